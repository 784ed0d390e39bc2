//! `/account/delete`: leaving for good.

mod view;

use std::collections::BTreeMap;

use axum::{Router, response::Response, routing::get};
use uuid::Uuid;
use visavis::{
    accounts::leaving::{Fate, Sole, Will, leave_myself, sole_rooms},
    error::Error,
    i18n::{Lang, account},
    rooms::model::Role,
    sessions::service::{end, is_fresh},
    state::AppState,
};

use crate::pages::{context::Context, form::Form};
pub use view::SignInAgain;
use view::{Heir, Leave, LeaveProps, RoomChoice};

const PATH: &str = "/account/delete";
/// What stands for deleting a room, where an heir's key could stand.
const DELETE: &str = "delete";

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/delete", get(show).post(leave))
}

async fn show(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, form) = (context.lang(), context.form().await);
    let asked = async {
        let rooms = sole_rooms(&context.state, user.id).await?;
        Ok((rooms, is_fresh(&context.viewer.session, context.state.clock.now()).await?))
    };
    match asked.await {
        Ok((rooms, fresh)) => {
            let rooms = rooms.into_iter().map(|sole| choice(lang, sole)).collect();
            let has_password = user.password_hash.is_some();
            context.show(account::leave_title(lang), move || {
                Leave(LeaveProps { lang, form, rooms, has_password, may: has_password || fresh })
            })
        }
        Err(error) => context.problem(&error),
    }
}

/// A room as the page asks about it.
fn choice(lang: Lang, sole: Sole) -> RoomChoice {
    let heirs = sole.heirs.into_iter().map(|heir| {
        let name = [heir.full_name, heir.email].into_iter().flatten().find(|text| !text.is_empty());
        let role = match heir.role {
            Role::Member => account::role_member(lang),
            Role::Administrator => account::role_administrator(lang),
            Role::Owner => account::role_owner(lang),
        };
        Heir { id: heir.id.to_string(), name: name.unwrap_or_else(|| heir.id.to_string()), role }
    });
    RoomChoice { id: sole.room.id.to_string(), name: sole.room.name, heirs: heirs.collect() }
}

/// Deletes the account, if everything is decided.
async fn leave(context: Context, Form(mut typed): Form<BTreeMap<String, String>>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let current = typed.remove("current").unwrap_or_default();
    let will = Will { rooms: typed.iter().filter_map(fate).collect(), others: None };
    let session = context.viewer.session.clone();
    let left = async {
        leave_myself(&context.state, &user, &session, current, &will).await?;
        end(&session).await
    };
    match left.await {
        Ok(()) => context.done("/", Some("account_deleted")).await,
        Err(error) => {
            let typed: Vec<_> = typed.iter().take(200).map(|(field, value)| (field.as_str(), value.as_str())).collect();
            context.failed(error, &typed, PATH).await
        }
    }
}

/// A field `room-KEY` of the form. Anything else decides nothing.
fn fate((field, value): (&String, &String)) -> Option<(Uuid, Fate)> {
    let room = field.strip_prefix("room-")?.parse().ok()?;
    match value.as_str() {
        DELETE => Some((room, Fate::Delete)),
        heir => Some((room, Fate::HandOver(heir.parse().ok()?))),
    }
}
