//! Who was in a room, as a file.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use visavis::{error::Error, presence};

use crate::pages::{context::Context, slug::Slug};

/// For hosts, where the room keeps it.
pub async fn csv(context: Context, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match presence::attendance::csv(&context.state, &user, &slug, context.lang()).await {
        Ok((room, text)) => {
            // A slug is of letters, digits and hyphens.
            let name = format!("attachment; filename=\"attendance-{}.csv\"", room.slug);
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, text).into_response()
        }
        Err(error) => context.problem(&error),
    }
}
