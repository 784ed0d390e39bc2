//! What changes at the door, as it happens.

use axum::{
    extract::{Extension, State},
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::StreamExt;
use leptos::prelude::*;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use visavis::{
    error::{Error, Result as Outcome},
    i18n::{Lang, lobby},
    lobby::{decisions, snapshot::Snapshot, streams},
    state::AppState,
    web::{
        Viewer,
        reply::{answer, reply},
    },
};

use super::{
    card::{Card, CardProps},
    list::{List, ListProps},
};
use crate::{
    pages::{events, slug::Slug},
    shell::fragment,
};

/// Everything, from now on.
pub async fn events(
    State(state): State<AppState>,
    Extension(stop): Extension<CancellationToken>,
    viewer: Viewer,
    Slug(slug): Slug,
) -> Response {
    let heard = async {
        let user = viewer.signed_in()?;
        let (room, _permit) = decisions::door(&state, user, &slug).await?;
        let seen = streams::host(&state, &room, user, viewer.session.clone(), stop);
        let (lang, slug) = (viewer.lang, room.slug.clone());
        Ok(events::events(seen.map(move |snapshot| shown(lang, &slug, &snapshot))))
    };
    heard.await.unwrap_or_else(|error: Error| reply(&error, viewer.lang))
}

/// The same, once: for who cannot listen.
pub async fn news(State(state): State<AppState>, viewer: Viewer, Slug(slug): Slug) -> Response {
    let seen = async {
        let (room, _permit) = decisions::door(&state, viewer.signed_in()?, &slug).await?;
        let snapshot = Snapshot::take(&state, room.id).await?;
        Ok(axum::Json(shown(viewer.lang, &room.slug, &snapshot)))
    };
    let seen: Outcome<_> = seen.await;
    let mut response = answer(seen, viewer.lang);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn shown(lang: Lang, slug: &str, snapshot: &Snapshot) -> Value {
    let waiting: Vec<_> = snapshot.waiting().cloned().collect();
    let ids: Vec<_> = waiting.iter().map(|entry| entry.participant_id).collect();
    let bell = waiting.iter().max_by_key(|entry| entry.since).map(|entry| lobby::is_at_the_door(lang, &entry.username));
    let (now, action) = (snapshot.at, format!("/{slug}/lobby"));
    let (first, count) = (waiting.first().cloned(), waiting.len());
    let to = action.clone();
    let card = fragment(move || first.map(|first| Card(CardProps { lang, action: to, first, count })));
    let to = action.clone();
    let list = fragment(move || List(ListProps { lang, action, waiting, now }));
    let panel = fragment(move || view! { <a class="quiet" href=to target="_blank">{lobby::door_more(lang)}</a> });
    json!({ "failed": lobby::not_done(lang), "ids": ids, "bell": bell.unwrap_or_default(), "card": card, "panel": format!("{list}{panel}"), "list": list })
}
