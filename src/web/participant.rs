//! Somebody in a call, who proves it with the participant token (contract §1.5): no cookie, so nothing that another site could make
//! a browser send along. Failures are 403 and in the contract's words, which programs compare.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{reply::reply, viewer::language};
use crate::{
    error::Error,
    i18n::Lang,
    livekit::{Identity, ParticipantClaims},
    state::AppState,
    users::{self, model::User},
};

/// Whoever holds a participant token that is ours and still holds. Of which room is for a `Permit` to say.
#[derive(Clone, Debug)]
pub struct Participant {
    /// What the token says.
    pub claims: ParticipantClaims,
    /// Their account; none for a guest.
    pub user: Option<User>,
    /// The language of the answer.
    pub lang: Lang,
}

impl FromRequestParts<AppState> for Participant {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let lang = language(parts);
        let token = bearer(parts).map_err(refuse)?;
        let claims = state.livekit.verify(token);
        let claims = claims.map_err(|_| refuse("Invalid LiveKit token: it is not one of ours, or it is over"))?;
        let identity = Identity::parse(&claims.identity);
        let user = users::service::by_subject(state, identity.subject()).await;
        match user.map_err(|error| reply(&error, lang))? {
            // A token cannot be taken back, an account can.
            Some(user) if !user.is_active => Err(reply(&Error::Forbidden, lang)),
            user => Ok(Self { claims, user, lang }),
        }
    }
}

/// The token of the header, if there is exactly one and it is what it has to be.
fn bearer(parts: &Parts) -> Result<&str, &'static str> {
    const SHAPE: &str = "Authorization header must be: Bearer <token>";
    let mut all = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (first, more) = (all.next().ok_or("Authentication credentials were not provided.")?, all.next());
    let (scheme, token) = first.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(SHAPE)?;
    let fine = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && !token.contains(' ') && more.is_none();
    if fine { Ok(token) } else { Err(SHAPE) }
}

fn refuse(detail: &'static str) -> Response {
    (StatusCode::FORBIDDEN, axum::Json(json!({ "detail": detail }))).into_response()
}
