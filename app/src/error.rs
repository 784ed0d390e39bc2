//! What goes wrong, as the browser hears of it.

#[cfg(feature = "ssr")]
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// The answer of a server function that refused or failed. Twin of `visavis::error::Error`, without what is nobody's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UiError {
    /// snake_case code, key of the sentence in `locales/*/errors.json`.
    pub code: String,
    /// Wrong fields and their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, String)>,
    /// Seconds after which it is worth asking again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl UiError {
    /// The request did not reach the server, or no answer of ours came back (a proxy's page, a cut connection).
    pub const UNREACHABLE: &'static str = "unreachable";

    /// An error that is nothing but its code.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), fields: Vec::new(), retry_after: None }
    }

    /// Whether the same request may succeed in a moment: nobody decided against it.
    pub fn may_pass(&self) -> bool {
        matches!(self.code.as_str(), Self::UNREACHABLE | "rate_limited" | "upstream" | "unavailable" | "internal")
    }
}

#[cfg(feature = "ssr")]
impl FromServerFnError for UiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // What the client sent is its fault; left alone, the answer would be a 500.
        if matches!(
            error,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)
        ) && let Some(options) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
        {
            options.set_status(axum::http::StatusCode::BAD_REQUEST);
        }
        Self::new(match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::UNREACHABLE,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                "invalid"
            }
            _ => "internal",
        })
    }
}

#[cfg(feature = "ssr")]
impl From<visavis::error::Error> for UiError {
    fn from(error: visavis::error::Error) -> Self {
        use visavis::error::Error;
        let mut said = Self::new(error.code());
        match error {
            Error::Invalid(fields) => {
                said.fields =
                    fields.into_iter().map(|wrong| (wrong.field.into_owned(), wrong.code.to_owned())).collect();
            }
            Error::RateLimited { retry_after } => said.retry_after = Some(retry_after.as_secs().max(1)),
            _ => {}
        }
        said
    }
}
