//! Who asks, in which language.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use tower_sessions::Session;
use uuid::Uuid;

use super::device::cookie;
use crate::{
    error::Error,
    i18n::{self, Lang},
    sessions::service::{USER, note_use},
    state::AppState,
    users::{self, model::User},
};

/// The person (or stranger) behind a request.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The account, if somebody is signed in and active.
    pub user: Option<User>,
    /// The language to speak.
    pub lang: Lang,
    /// This browser's session.
    pub session: Session,
}

/// Cookie of a chosen language.
pub const LANGUAGE_COOKIE: &str = "language";

impl Viewer {
    /// The account; `Unauthorized` without one.
    pub fn signed_in(&self) -> Result<&User, Error> {
        self.user.as_ref().ok_or(Error::Unauthorized)
    }
}

/// The reader's language, from cookie and `Accept-Language`.
pub fn language(parts: &Parts) -> Lang {
    let accept = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    i18n::choose(cookie(&parts.headers, LANGUAGE_COOKIE), accept)
}

impl FromRequestParts<AppState> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let lang = language(parts);
        let session = parts
            .extensions
            .get::<Session>()
            .cloned()
            .ok_or_else(|| anyhow::anyhow!("the session layer is missing"))?;
        let id: Option<Uuid> = session.get(USER).await?;
        let user = match id {
            Some(id) => users::service::active(state, id).await?,
            None => None,
        };
        if user.is_some() {
            note_use(&session, state.clock.now()).await?;
        }
        Ok(Self { user, lang, session })
    }
}
