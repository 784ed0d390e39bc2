//! The meeting as a file for calendars.

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use visavis::{
    error::Error,
    rooms::calendar,
    web::{extract::Params, remote::Remote},
};

use super::{room, when::Typed};
use crate::pages::{context::Context, slug::Slug};

/// The file; without a time that can be, the page that asks for it.
pub async fn ics(context: Context, from: Remote, Slug(slug): Slug, params: Params) -> Response {
    let (room, permit) = match room(&context, from, &slug).await {
        Ok(found) => found,
        Err(error) => return context.problem(&error),
    };
    let (lang, now) = (context.lang(), context.state.clock.now());
    let typed = Typed::of(&params, context.viewer.user.as_ref().map(|user| user.timezone.as_str()), now);
    let event =
        if typed.asked { typed.event(lang, &permit, &room, &context.origin) } else { Err(Error::Invalid(vec![])) };
    match event {
        Ok(event) => {
            // A slug is of letters, digits and hyphens.
            let name = format!("attachment; filename=\"{}.ics\"", room.slug);
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, calendar::file(&event, now)).into_response()
        }
        Err(_) => {
            let query = if typed.asked { typed.query() } else { String::new() };
            Redirect::to(&format!("/{}/invite{query}#when", room.slug)).into_response()
        }
    }
}
