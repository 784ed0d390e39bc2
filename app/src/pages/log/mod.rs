//! `/{slug}/log`: what was decided in a room, for its hosts; `/{slug}/log.csv`: the same as a file.

mod view;

use axum::{Router, response::Response, routing::get};
use visavis::{error::Error, i18n::audit, moderation::log, state::AppState, web::extract::Params};

use super::{context::Context, file::csv, slug::Slug};
use view::{LogPage, LogPageProps, Row};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/{slug}/log", get(show)).route("/{slug}/log.csv", get(file))
}

async fn show(context: Context, params: Params, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let wanted = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    match log::page(&context.state, &user, &slug, wanted).await {
        Ok(log::Page { room, lines, page, pages }) => {
            let lang = context.lang();
            let rows = lines.iter().map(|told| Row::of(lang, told, &user.timezone)).collect();
            let days = context.state.settings.database.audit_days;
            let title = audit::title_of(lang, &room.name);
            context.show(title, move || LogPage(LogPageProps { lang, room, rows, page, pages, days }))
        }
        Err(error) => context.problem(&error),
    }
}

async fn file(context: Context, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match log::csv(&context.state, &user, &slug, context.lang()).await {
        Ok((room, text)) => csv(&format!("log-{}", room.slug), text),
        Err(error) => context.problem(&error),
    }
}
