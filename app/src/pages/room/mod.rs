//! `/{slug}`: the meeting of a room, or the page that says there is none; `/{slug}/attendance.csv`: who was in it, for its hosts.

mod account;
mod attendance;
mod help;
mod present;

use axum::{
    Router,
    extract::RawQuery,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use visavis::{
    error::{Error, Result as Outcome},
    i18n::{Lang, meeting as words, pages},
    invitations,
    lobby::{
        model::Asker,
        now::Standing,
        service::{Stands, stands},
    },
    rooms::{self, model::Room},
    state::AppState,
    web::{device::Browser, remote::Remote},
};

use super::{
    context::Context,
    problem::{self, NotFound, NotFoundProps},
    slug::Slug,
};
use account::{AccountNeeded, AccountNeededProps};

use crate::{
    assets,
    meeting::{MeetingIsland, MeetingIslandProps, MeetingSetup, inside::rules as meeting_rules},
    shell::Frame,
    ui::FormState,
};

/// The route. What has an address of its own is not a room: no room gets a reserved slug.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}", get(room)).route("/{slug}/attendance.csv", get(attendance::csv))
}

async fn room(
    mut context: Context,
    from: Remote,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Slug(text): Slug,
) -> Response {
    // What is not even UTF-8 cannot be a room's name.
    let room = match rooms::service::look_up(&context.state, context.viewer.user.as_ref(), from, &text).await {
        Ok(room) if room.slug == text => room,
        // A sloppy spelling, or an earlier name; the right one is what people should see and hand on. Not for ever: the room may
        // be called otherwise tomorrow.
        Ok(room) => {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            return Redirect::temporary(&format!("/{}{query}", room.slug)).into_response();
        }
        Err(Error::NotFound) => return no_room(context, text),
        Err(error) => return context.problem(&error),
    };
    // Who was removed says with a press that they wait to be let back in (`meeting/ended`).
    let waits = query.as_deref() == Some("wait");
    match setup(&context, &room, &headers, waits).await {
        Ok(None) => {
            let (lang, back) = (context.lang(), format!("/{}", room.slug));
            context.show(room.name.clone(), move || AccountNeeded(AccountNeededProps { lang, name: room.name, back }))
        }
        Ok(Some(setup)) => {
            context.page.frame = Frame::Meeting;
            context.page.connect = context.state.livekit.settings().public_url.as_deref().map(origins);
            let settings = &context.state.settings;
            let (rules, warm) = (meeting_rules(&settings.frontend), settings.livekit.firefox_proxy_workaround);
            context.show(room.name, move || MeetingIsland(MeetingIslandProps { setup, rules, warm }))
        }
        Err(error) => context.problem(&error),
    }
}

/// None: whoever asks lacks the account that the room asks for.
async fn setup(context: &Context, room: &Room, headers: &HeaderMap, waits: bool) -> Outcome<Option<MeetingSetup>> {
    let user = context.viewer.user.as_ref();
    invitations::service::claim(&context.state, user, room).await?;
    let browser = Browser::of(&context.state, headers);
    let standing = Standing::of(&context.state, room, user, &browser).await?;
    if standing.lacks_account() {
        return Ok(None);
    }
    let (who, asker) = (standing.who, Asker::new(user, &browser));
    let own = || user.map(rooms::entry::account_name).unwrap_or_default();
    let (permit, waits_as) = match standing.enter() {
        Ok(permit) => (Some(permit), None),
        Err(_) => match stands(&context.state, room, &standing, &asker).await? {
            Stands::Admitted(permit) => (Some(permit), None),
            Stands::Waiting(name) => (None, Some(name)),
            Stands::Nowhere => (None, None),
        },
    };
    let agent = help::agent(headers);
    let present = present::sentences(&context.state, context.lang(), room, permit.as_ref()).await?;
    Ok(Some(MeetingSetup {
        lang: context.lang(),
        words: words::everything(context.lang()).iter().map(|&text| text.to_owned()).collect(),
        slug: room.slug.clone(),
        room_name: room.name.clone(),
        room_link: format!("{}/{}", context.origin, room.slug),
        waiting: waits_as.is_some() || (waits && who.removed),
        name: waits_as.unwrap_or_else(own),
        name_editable: !(room.verified_only && user.is_some()),
        button: button(context.lang(), permit.is_some(), who.hosts() && !present.anybody).to_owned(),
        present: present.html,
        denied_help: help::denied(context.lang(), &agent).to_owned(),
        system_help: help::system(context.lang(), &agent).to_owned(),
        wait_script: assets::url("wait.js").to_owned(),
        lobby_script: assets::url("lobby.js").to_owned(),
        call_script: assets::url("call.js").to_owned(),
        shims_script: assets::url("shims.js").to_owned(),
        devices_script: assets::url("devices.js").to_owned(),
        livekit_url: context.state.livekit.settings().public_url.clone(),
        product: context.page.brand.name.clone(),
        home: "/".to_owned(),
    }))
}

/// What the button will do.
fn button(lang: Lang, may_enter: bool, begins: bool) -> &'static str {
    match (may_enter, begins) {
        (false, _) => words::ask_to_join(lang),
        (true, true) => words::start_meeting(lang),
        (true, false) => words::join(lang),
    }
}

/// LiveKit's origin, for its WebSocket and for the requests that go ahead of it.
fn origins(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    if url.starts_with("ws:") || url.starts_with("http:") {
        format!("ws://{host} http://{host}")
    } else {
        format!("wss://{host} https://{host}")
    }
}

fn no_room(context: Context, typed: String) -> Response {
    let (lang, status) = (context.lang(), StatusCode::NOT_FOUND);
    let code = problem::code(&context.state, status);
    let form = FormState { values: [("code".to_owned(), typed)].into(), ..FormState::default() };
    context.show_as(status, pages::lost_title(lang), move || NotFound(NotFoundProps { lang, form, code }))
}
