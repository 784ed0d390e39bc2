//! What every handler of a page starts with and ends in.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::prelude::IntoView;
use visavis::{
    error::Error,
    i18n::Lang,
    livekit::colour::colour,
    sessions::agent::Agent,
    state::AppState,
    users::model::User,
    web::{Flash, Viewer, device::cookie, known, origin::origin, reply},
};

use super::{path, preferences::THEME_COOKIE, problem};
use crate::{
    shell::{Brand, Page, Theme, ViewerInfo, render},
    ui::FormState,
};

/// Who asks for which page, and everything an answer needs.
#[derive(Clone, Debug)]
pub struct Context {
    /// The services' state.
    pub state: AppState,
    /// Who asks.
    pub viewer: Viewer,
    /// The page to be.
    pub page: Page,
    /// Scheme, host and port that the reader used.
    pub origin: String,
    /// The device, in a few words.
    pub agent: Agent,
    /// What a browser keeps that signed in before.
    pub known: Option<String>,
}

impl FromRequestParts<AppState> for Context {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let mut page = page(parts, state);
        match <Viewer as FromRequestParts<AppState>>::from_request_parts(parts, state).await {
            Ok(viewer) => {
                page.lang = viewer.lang;
                page.viewer = viewer.user.as_ref().map(info);
                let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
                Ok(Self {
                    state: state.clone(),
                    viewer,
                    page,
                    origin: origin(state, &parts.headers),
                    agent: agent.map(Agent::parse).unwrap_or_default(),
                    known: known::of(&parts.headers),
                })
            }
            // The database is away: the page that says so needs none.
            Err(error) => Err(problem::answer(state, page, &error)),
        }
    }
}

/// A page in the reader's language and theme.
pub fn page(parts: &Parts, state: &AppState) -> Page {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    Page {
        lang: visavis::web::viewer::language(parts),
        path: path::local(path).unwrap_or("/").to_owned(),
        nonce: URL_SAFE_NO_PAD.encode(state.random.bytes::<16>()),
        theme: cookie(&parts.headers, THEME_COOKIE).and_then(Theme::from_code),
        brand: Brand::of(state),
        ..Page::default()
    }
}

/// The person as the header shows them; the colour is the one they have in calls.
fn info(user: &User) -> ViewerInfo {
    let name = user.display_name();
    let mut words = name
        .split(|c: char| c.is_whitespace() || c == '@')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = if name.contains('@') { None } else { words.next_back() };
    let initials = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
    ViewerInfo { color: colour(&user.subject()), initials, name }
}

impl Context {
    /// The reader's language.
    pub const fn lang(&self) -> Lang {
        self.page.lang
    }

    /// What the previous answer left for this page's form.
    pub async fn form(&self) -> FormState {
        let flash = Flash::take(&self.viewer.session).await;
        FormState { errors: flash.errors, values: flash.values, notice: flash.notice }
    }

    /// The page, with its title.
    pub fn show<V: IntoView + 'static>(
        self,
        title: impl Into<String>,
        view: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        self.show_as(StatusCode::OK, title, view)
    }

    /// The page, with a status of its own.
    pub fn show_as<V: IntoView + 'static>(
        self,
        status: StatusCode,
        title: impl Into<String>,
        view: impl FnOnce() -> V + Send + 'static,
    ) -> Response {
        render(Page { title: title.into(), ..self.page }, status, view)
    }

    /// After a form that worked: on to `to`, which may say so.
    pub async fn done(&self, to: &str, notice: Option<&str>) -> Response {
        if let Some(code) = notice {
            Flash::notice(code).leave(&self.viewer.session).await;
        }
        Redirect::to(to).into_response()
    }

    /// After a form that did not: back to it with what was typed, when something can be done about it there; else a page that
    /// tells what happened.
    pub async fn failed(self, error: Error, typed: &[(&str, &str)], to: &str) -> Response {
        match error {
            Error::Invalid(_) | Error::Conflict(_) | Error::RateLimited { .. } => {
                Flash::of(&error, typed).leave(&self.viewer.session).await;
                Redirect::to(to).into_response()
            }
            other => self.problem(&other),
        }
    }

    /// A page that tells what happened; for strangers where somebody must be signed in, the way to do so.
    pub fn problem(self, error: &Error) -> Response {
        if matches!(error, Error::Unauthorized) {
            return Redirect::to(&path::sign_in(&self.page.path)).into_response();
        }
        reply::log(error);
        problem::answer(&self.state, self.page, error)
    }
}
