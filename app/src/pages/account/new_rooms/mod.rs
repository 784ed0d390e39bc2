//! `/account/rooms`: what one's new rooms start with.

mod view;

use axum::{Router, response::Response, routing::get};
use serde::Deserialize;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::account,
    rooms::rights::Rights,
    state::AppState,
    users::{
        defaults::{AccessLevel, Configuration},
        model::User,
        preferences::{Changes, change},
    },
};

use crate::pages::{context::Context, form::Form};
use view::{NewRooms, NewRoomsProps};

const PATH: &str = "/account/rooms";

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/rooms", get(show).post(save))
}

async fn show(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, form) = (context.lang(), context.form().await);
    let level = user.default_room_access_level.as_deref().and_then(|level| level.parse().ok());
    let usual = context.state.default_access_level();
    let rights = Rights::of(&configuration(&user));
    context.show(account::new_rooms_title(lang), move || NewRooms(NewRoomsProps { lang, form, level, usual, rights }))
}

/// What the account prefers; nothing where it is of no use any more.
fn configuration(user: &User) -> Configuration {
    Configuration::parse(&user.default_room_configuration.0).unwrap_or_default()
}

/// What was chosen.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    access_level: String,
    // A switch that is off sends nothing.
    microphone: Option<String>,
    camera: Option<String>,
    share: Option<String>,
    mute: Option<String>,
}

async fn save(context: Context, Form(typed): Form<Typed>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match keep(&context, &user, &typed).await {
        Ok(()) => context.done(PATH, Some("new_rooms_saved")).await,
        Err(error) => context.failed(error, &[], PATH).await,
    }
}

async fn keep(context: &Context, user: &User, typed: &Typed) -> Outcome<()> {
    let level: Option<AccessLevel> = match typed.access_level.as_str() {
        "" => None,
        word => Some(word.parse().map_err(|_| Error::field("access_level", "access_level_invalid"))?),
    };
    let rights = Rights {
        microphone: typed.microphone.is_some(),
        camera: typed.camera.is_some(),
        share: typed.share.is_some(),
        mute: typed.mute.is_some(),
    };
    let changes = Changes::of_new_rooms(level, rights.applied(&configuration(user)));
    change(&context.state, user, changes).await.map(drop)
}
