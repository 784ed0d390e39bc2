//! `/account/sessions`: where one is signed in.

mod view;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use visavis::{
    error::Error,
    i18n::account,
    sessions::{
        mine::{end_one, places},
        service::end_others,
    },
    state::AppState,
};

use crate::pages::{context::Context, form::Form};
use view::{Places, PlacesProps, Row};

const PATH: &str = "/account/sessions";

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/sessions", get(show)).route("/account/sessions/end", post(end))
}

async fn show(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, form) = (context.lang(), context.form().await);
    match places(&context.state, user.id, Some(&context.viewer.session)).await {
        Ok(places) => {
            let rows = places.into_iter().map(|place| Row::of(lang, place, &user.timezone)).collect();
            context.show(account::places_title(lang), move || Places(PlacesProps { lang, form, rows }))
        }
        Err(error) => context.problem(&error),
    }
}

/// Which; an empty one stands for all but this one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Which {
    key: String,
}

/// Ends one's own sessions. One that is over already is as good as ended.
async fn end(context: Context, Form(which): Form<Which>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let ended = match which.key.as_str() {
        "" => end_others(&context.state, &context.viewer.session, &user).await.map(|()| "places_ended"),
        key => match end_one(&context.state, user.id, key).await {
            Ok(()) | Err(Error::NotFound) => Ok("place_ended"),
            Err(error) => Err(error),
        },
    };
    match ended {
        Ok(notice) => context.done(PATH, Some(notice)).await,
        Err(error) => context.problem(&error),
    }
}
