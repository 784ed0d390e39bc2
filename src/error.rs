//! The one error type. Its [`code`](Error::code) is the key of the sentence the reader sees (`locales/*/errors.json`).

use std::{borrow::Cow, time::Duration};

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, as the request spells it: also one that we do not know.
    pub field: Cow<'static, str>,
    /// snake_case key in `locales/*/errors.json`.
    pub code: &'static str,
}

impl FieldError {
    /// `code` is wrong with `field`.
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// All that is wrong with a request, collected before anything is refused.
pub type FieldErrors = Vec<FieldError>;

/// Why a service did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, and somebody must be (401).
    #[error("unauthorized")]
    Unauthorized,
    /// Who asks is known and may not (403).
    #[error("forbidden")]
    Forbidden,
    /// Who asks is known and may not, for a reason worth telling (403); the text is the code.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// There is no such thing, or the feature is off (404).
    #[error("not found")]
    NotFound,
    /// The thing is no longer as the request assumes (409); the text is the code.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Fields of the request are wrong (400).
    #[error("invalid: {0:?}")]
    Invalid(FieldErrors),
    /// Too many requests (429).
    #[error("rate limited for {retry_after:?}")]
    RateLimited {
        /// When it is worth asking again.
        retry_after: Duration,
    },
    /// A system we depend on failed or did not answer in time (502).
    #[error("upstream: {0:#}")]
    Upstream(anyhow::Error),
    /// A part that we store things in, database or cache, is not reachable just now (503).
    #[error("unavailable: {0:#}")]
    Unavailable(anyhow::Error),
    /// A fault of ours (500). The body of the answer says nothing of it.
    #[error("internal: {0:#}")]
    Internal(anyhow::Error),
}

/// What services return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// One wrong field.
    pub fn field(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }

    /// The snake_case code, and translation key, of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Refused(code) | Self::Conflict(code) => code,
            Self::Invalid(_) => "invalid",
            Self::RateLimited { .. } => "rate_limited",
            Self::Upstream(_) => "upstream",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The HTTP status this error is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::Forbidden | Self::Refused(_) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 400,
            Self::RateLimited { .. } => 429,
            Self::Upstream(_) => 502,
            Self::Unavailable(_) => 503,
            Self::Internal(_) => 500,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_away(&error) { Self::Unavailable(error.into()) } else { Self::Internal(error.into()) }
    }
}

/// Whether the database could not be reached, in contrast to a question that it refused. Classes of SQLSTATE: 08 connection,
/// 57P01–57P03 shutting down or starting, 53 out of resources.
fn is_away(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Database, Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
    match error {
        Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed => true,
        Database(error) => error
            .code()
            .is_some_and(|code| ["08", "53", "57P"].iter().any(|class| code.len() == 5 && code.starts_with(class))),
        _ => false,
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}
