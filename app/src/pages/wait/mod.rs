//! `/{slug}/wait`: what somebody sees who asked to come in. The meeting's script listens here, or asks where listening does not
//! get through. It says nothing of the room, nor of who is in it, but what hosts want those at the door to know.

mod view;

use axum::{
    Router,
    extract::{Extension, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::Lang,
    lobby::{
        model::Asker,
        service::give_up,
        snapshot::View,
        streams::{self, Visitor},
    },
    rooms::{self, model::Room},
    state::AppState,
    web::{
        Viewer,
        device::Browser,
        remote::Remote,
        reply::{answer, reply},
    },
};

use super::events::events;
use crate::{pages::slug::Slug, shell::fragment};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/wait", get(poll).post(leave)).route("/{slug}/wait/events", get(listen))
}

async fn find(state: &AppState, viewer: &Viewer, from: Remote, slug: &str) -> Outcome<Room> {
    rooms::service::look_up(state, viewer.user.as_ref(), from, slug).await
}

/// Whoever has never asked has no cookie of ours, and is nobody here.
fn visitor(state: &AppState, viewer: &Viewer, headers: &HeaderMap) -> Outcome<Visitor> {
    let participant_id = Browser::known(state, headers).ok_or(Error::NotFound)?;
    let user_id = viewer.user.as_ref().map(|user| user.id);
    Ok(Visitor { asker: Asker { participant_id, user_id }, user: viewer.user.clone() })
}

async fn poll(
    State(state): State<AppState>,
    viewer: Viewer,
    from: Remote,
    headers: HeaderMap,
    Slug(slug): Slug,
) -> Response {
    let seen = async {
        let room = find(&state, &viewer, from, &slug).await?;
        let view = streams::poll(&state, room.id, &visitor(&state, &viewer, &headers)?).await?;
        Ok(axum::Json(news(&state, viewer.lang, &room, &view)))
    };
    let mut response = answer(seen.await, viewer.lang);
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

async fn listen(
    State(state): State<AppState>,
    Extension(stop): Extension<CancellationToken>,
    viewer: Viewer,
    from: Remote,
    headers: HeaderMap,
    Slug(slug): Slug,
) -> Response {
    let heard = async {
        let room = find(&state, &viewer, from, &slug).await?;
        let visitor = visitor(&state, &viewer, &headers)?;
        let views = streams::visitor(&state, room.id, visitor, stop).await?;
        let lang = viewer.lang;
        Ok(events(views.map(move |view| news(&state, lang, &room, &view))))
    };
    heard.await.unwrap_or_else(|error: Error| reply(&error, viewer.lang))
}

async fn leave(
    State(state): State<AppState>,
    viewer: Viewer,
    from: Remote,
    headers: HeaderMap,
    Slug(slug): Slug,
) -> Response {
    let left = async {
        let room = find(&state, &viewer, from, &slug).await?;
        give_up(&state, room.id, &visitor(&state, &viewer, &headers)?.asker).await
    };
    match left.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => reply(&error, viewer.lang),
    }
}

fn news(state: &AppState, lang: Lang, room: &Room, view: &View) -> Value {
    let name = match view {
        // They go on listening, too.
        View::Waiting { .. } | View::Removed | View::Full => "waiting",
        View::Admitted => "admitted",
        View::Refused(_) => "refused",
        View::TimedOut => "timed_out",
        View::Gone => "gone",
    };
    let mut news = json!({ "state": name, "html": "" });
    if let View::Refused(until) = view {
        news["after"] = json!((*until - state.clock.now()).num_milliseconds().max(0));
    }
    if *view != View::Admitted {
        let (view, slug) = (view.clone(), room.slug.clone());
        news["html"] = fragment(move || view::said(lang, &view, &slug)).into();
    }
    news
}
