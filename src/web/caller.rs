//! Who calls the REST API. On unsafe methods a session counts only with the contract's double submit (§0.3), also where
//! nobody must be signed in. Both extractors run before a body is looked at, as the contract's order has it (§0.4).

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
    response::Response,
};

use super::{
    csrf,
    reply::reply,
    viewer::{Viewer, language},
};
use crate::{
    error::{Error, Result},
    i18n::Lang,
    state::AppState,
    users::model::User,
};

/// Anybody.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account, if somebody is signed in.
    pub user: Option<User>,
    /// The language of the answer.
    pub lang: Lang,
}

/// Somebody with an account; 401 without one.
#[derive(Clone, Debug)]
pub struct Account {
    /// The account.
    pub user: User,
    /// The language of the answer.
    pub lang: Lang,
}

async fn caller(parts: &mut Parts, state: &AppState) -> Result<Caller> {
    let Viewer { user, lang, .. } = Viewer::from_request_parts(parts, state).await?;
    let safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if user.is_some() && !safe {
        csrf::double_submit(&parts.headers)?;
    }
    Ok(Caller { user, lang })
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        caller(parts, state).await.map_err(|error| reply(&error, language(parts)))
    }
}

impl FromRequestParts<AppState> for Account {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let account = async {
            let Caller { user, lang } = caller(parts, state).await?;
            Ok(Self { user: user.ok_or(Error::Unauthorized)?, lang })
        };
        account.await.map_err(|error| reply(&error, language(parts)))
    }
}
