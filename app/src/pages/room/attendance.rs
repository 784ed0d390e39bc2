//! Who was in a room, as a file.

use axum::response::Response;
use visavis::{error::Error, presence};

use crate::pages::{context::Context, file, slug::Slug};

/// For hosts, where the room keeps it.
pub async fn csv(context: Context, Slug(slug): Slug) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    match presence::attendance::csv(&context.state, &user, &slug, context.lang()).await {
        Ok((room, text)) => file::csv(&format!("attendance-{}", room.slug), text),
        Err(error) => context.problem(&error),
    }
}
