//! The links that lead to a room: the present one, and those of its former names, which go on leading here until somebody gives them up.

use uuid::Uuid;

use super::{
    audit::{self, Action, Target, part::Part},
    model::Room,
    permissions::{self, Permit, Update, Who},
    store,
    word::{self, Changed},
};
use crate::{
    error::{Error, Result},
    state::AppState,
    users::model::User,
};

/// The slugs of its former names, the latest first.
pub async fn former(state: &AppState, permit: &Permit<Update>, room: &Room) -> Result<Vec<String>> {
    let mut lent = state.db.lend().await?;
    let all = store::slugs(&mut lent.conn(), permit, room.id).await?;
    Ok(all.into_iter().filter(|slug| *slug != room.slug).collect())
}

/// Gives up a former link: from now on it leads nowhere, until some room takes the name. One that is given up already is as good as
/// given up now. Errors: `NotFound`, `Forbidden`, `Conflict` (`link_in_use`).
pub async fn give_up(state: &AppState, user: &User, id: Uuid, slug: &str) -> Result<()> {
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let room = store::locked(conn, id).await?.ok_or(Error::NotFound)?;
    let role = store::role(conn, id, user.id).await?;
    let permit = permissions::update(Who { signed_in: true, role, ..Who::STRANGER })?;
    // Renamed back meanwhile.
    if room.slug == slug {
        return Err(Error::Conflict("link_in_use"));
    }
    if store::delete_slug(conn, &permit, id, slug).await? {
        let detail = Some(Part::Link.as_str());
        audit::note(conn, state, id, Some(user.id), Action::Settings, Target::None, detail).await?;
    }
    tx.commit().await?;
    tracing::info!(room.id = %id, user.id = %user.id, "Gave up a link of room {id}");
    word::tell(state, id, Changed::Room).await;
    Ok(())
}
