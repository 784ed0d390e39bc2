//! `/{slug}/g/{token}`: coming by a guest link. Looking at it uses nothing up, because programs that check mails look at every link;
//! one button does. A link that opens nothing gets one and the same page, whatever the reason; only who was let in already is led on.

mod view;

use axum::{
    Router,
    extract::{Path, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use visavis::{
    error::Error,
    guest_links::service,
    i18n::invitations as words,
    lobby::model::Asker,
    state::AppState,
    web::{device::Browser, remote::Remote},
};

use super::context::Context;
use view::{Gone, GoneProps, Opening, OpeningProps};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/g/{token}", get(show).post(enter))
}

/// Room and link, as they stand in the address. What is not even UTF-8 is empty, and nobody's.
type Named = Result<Path<(String, String)>, PathRejection>;

async fn show(context: Context, from: Remote, headers: HeaderMap, named: Named) -> Response {
    let (slug, token) = named.map(|Path(named)| named).unwrap_or_default();
    let user = context.viewer.user.as_ref();
    let asker = Asker::new(user, &Browser::of(&context.state, &headers));
    match service::peek(&context.state, from, (&slug, &token), &asker, user).await {
        Ok((room, false)) => Redirect::to(&format!("/{}", room.slug)).into_response(),
        Ok((room, true)) => {
            let (lang, place) = (context.lang(), context.state.place().to_owned());
            // The address in the path opens what the address in the form opens.
            let action = format!("/{}/g/{token}", room.slug);
            context
                .show(words::guest_title(lang), move || Opening(OpeningProps { lang, place, name: room.name, action }))
        }
        Err(error) => refused(context, &error),
    }
}

async fn enter(context: Context, from: Remote, headers: HeaderMap, named: Named) -> Response {
    let (slug, token) = named.map(|Path(named)| named).unwrap_or_default();
    let browser = Browser::of(&context.state, &headers);
    let user = context.viewer.user.as_ref();
    let asker = Asker::new(user, &browser);
    match service::enter(&context.state, from, (&slug, &token), &asker, user).await {
        Ok(room) => {
            let mut response = Redirect::to(&format!("/{}", room.slug)).into_response();
            if let Some(cookie) = browser.set_cookie(&context.state) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => refused(context, &error),
    }
}

fn refused(context: Context, error: &Error) -> Response {
    match error {
        Error::NotFound => {
            let lang = context.lang();
            context.show_as(StatusCode::NOT_FOUND, words::gone_title(lang), move || Gone(GoneProps { lang }))
        }
        other => context.problem(other),
    }
}
