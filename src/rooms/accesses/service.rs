//! Giving, changing and taking roles. What holds for a room as a whole, above all that it keeps an owner, is decided while the
//! room's row is locked: nobody else changes a role in it meanwhile.

use uuid::Uuid;

use super::{request::NewAccess, store};
use crate::{
    db::{Conn, is_foreign_key_violation, is_unique_violation},
    error::{Error, FieldError, Result},
    rooms::{
        self,
        audit::{self, Action, Target},
        inside,
        model::{Access, Role},
        permissions::{self, Held, Who},
        word::{self, Changed},
    },
    state::AppState,
    users::{self, model::User},
    web::paging::{Page, Paging},
};

/// A page of the roles in all rooms that somebody runs, newest first.
pub async fn page(state: &AppState, user: &User, paging: &Paging<'_>) -> Result<(Page, Vec<Access>)> {
    let mut lent = state.db.lend().await?;
    let page = paging.among(store::count(&mut lent.conn(), user.id).await?)?;
    let found = store::page(&mut lent.conn(), user.id, page.limit, page.offset).await?;
    Ok((page, found))
}

/// One role, for those who run its room. Errors: `NotFound`, `Forbidden`.
pub async fn find(state: &AppState, user: &User, text: &str) -> Result<Access> {
    let id = Uuid::try_parse(text).map_err(|_| Error::NotFound)?;
    let mut lent = state.db.lend().await?;
    let access = store::by_id(&mut lent.conn(), id).await?.ok_or(Error::NotFound)?;
    permissions::see_accesses(who(&mut lent.conn(), access.room_id, user).await?)?;
    Ok(access)
}

/// [`find`], of this room alone: a page changes no other room than its own.
pub async fn find_in(state: &AppState, user: &User, room: Uuid, text: &str) -> Result<Access> {
    let access = find(state, user, text).await?;
    if access.room_id == room { Ok(access) } else { Err(Error::NotFound) }
}

/// Gives somebody a role. Errors: fields `user`, `resource` (unknown), `non_field_errors` (`access_taken`); refused.
pub async fn add(state: &AppState, user: &User, new: NewAccess) -> Result<Access> {
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let mut wrong = Vec::new();
    if users::store::by_id(conn, new.user).await?.is_none() {
        wrong.push(FieldError::new("user", "user_unknown"));
    }
    if rooms::store::locked(conn, new.room).await?.is_none() {
        wrong.push(FieldError::new("resource", "room_unknown"));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let permit = permissions::add_access(who(conn, new.room, user).await?, new.role)?;
    let access = Access {
        id: state.random.uuid(),
        room_id: new.room,
        user_id: new.user,
        role: new.role,
        created_at: state.clock.now(),
    };
    match insert(conn, &permit, &access).await {
        Err(error) if is_unique_violation(&error) => return Err(Error::field("non_field_errors", "access_taken")),
        // Deleted since we looked.
        Err(error) if is_foreign_key_violation(&error) => return Err(Error::field("user", "user_unknown")),
        result => result?,
    }
    let role = Some(new.role.as_str());
    audit::note(conn, state, new.room, Some(user.id), Action::RoleGiven, Target::Account(new.user), role).await?;
    inside::enqueue(conn, state, new.room).await?;
    tx.commit().await?;
    tracing::info!(access.id = %access.id, room.id = %new.room, user.id = %user.id, "Gave access {}", access.id);
    word::tell(state, new.room, Changed::Room).await;
    inside::tell(state, new.room).await;
    Ok(access)
}

async fn insert(
    conn: &mut Conn<'_>,
    _permit: &permissions::Permit<permissions::AddAccess>,
    access: &Access,
) -> sqlx::Result<()> {
    rooms::store::insert_access(conn, access).await
}

/// Changes a role. Errors: `NotFound`, `Forbidden`, refused.
pub async fn change(state: &AppState, user: &User, id: Uuid, role: Role) -> Result<Access> {
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let (mut access, who, held) = locked(conn, id, user).await?;
    let permit = permissions::change_access(who, held, role)?;
    store::set_role(conn, &permit, id, role, state.clock.now()).await?;
    let target = Target::Account(access.user_id);
    audit::note(conn, state, access.room_id, Some(user.id), Action::RoleGiven, target, Some(role.as_str())).await?;
    inside::enqueue(conn, state, access.room_id).await?;
    tx.commit().await?;
    tracing::info!(access.id = %id, room.id = %access.room_id, user.id = %user.id, "Changed access {id}");
    word::tell(state, access.room_id, Changed::Room).await;
    inside::tell(state, access.room_id).await;
    access.role = role;
    Ok(access)
}

/// Takes a role away. Errors: `NotFound`, `Forbidden`, refused.
pub async fn remove(state: &AppState, user: &User, text: &str) -> Result<()> {
    let id = Uuid::try_parse(text).map_err(|_| Error::NotFound)?;
    let mut tx = state.db.begin().await?;
    let conn = &mut tx.conn();
    let (access, who, held) = locked(conn, id, user).await?;
    let permit = permissions::remove_access(who, held)?;
    take(state, conn, &permit, user, &access).await?;
    tx.commit().await?;
    taken(state, user, &access).await;
    Ok(())
}

async fn take(
    state: &AppState,
    conn: &mut Conn<'_>,
    permit: &permissions::Permit<permissions::RemoveAccess>,
    user: &User,
    access: &Access,
) -> Result<()> {
    store::delete(conn, permit, access.id).await?;
    let target = Target::Account(access.user_id);
    audit::note(conn, state, access.room_id, Some(user.id), Action::RoleTaken, target, None).await?;
    inside::enqueue(conn, state, access.room_id).await
}

/// Takes away a place that an invitation gave, unless it has become more than that, in the caller's transaction, which tells with
/// [`taken`] once it is through. Errors: `Forbidden`, refused.
pub async fn take_place(state: &AppState, conn: &mut Conn<'_>, user: &User, id: Uuid) -> Result<Option<Access>> {
    if store::by_id(conn, id).await?.is_none_or(|access| access.role != Role::Member) {
        return Ok(None);
    }
    let (access, who, held) = locked(conn, id, user).await?;
    let permit = permissions::remove_access(who, held)?;
    take(state, conn, &permit, user, &access).await?;
    Ok(Some(access))
}

/// A role was taken away: everybody whom it concerns hears of it.
pub async fn taken(state: &AppState, user: &User, access: &Access) {
    let (id, room) = (access.id, access.room_id);
    tracing::info!(access.id = %id, room.id = %room, user.id = %user.id, "Took access {id} away");
    word::tell(state, room, Changed::Room).await;
    inside::tell(state, room).await;
}

/// The role that somebody has in a room.
pub async fn held(state: &AppState, room: Uuid, user: Uuid) -> Result<Option<Access>> {
    let mut lent = state.db.lend().await?;
    let all = rooms::store::accesses(&mut lent.conn(), &[room]).await?;
    Ok(all.into_iter().find(|access| access.user_id == user))
}

/// An access, with its room locked; read again under the lock, because it may have changed while we waited for it.
async fn locked(conn: &mut Conn<'_>, id: Uuid, user: &User) -> Result<(Access, Who, Held)> {
    let room = store::by_id(conn, id).await?.ok_or(Error::NotFound)?.room_id;
    rooms::store::locked(conn, room).await?.ok_or(Error::NotFound)?;
    let access = store::by_id(conn, id).await?.ok_or(Error::NotFound)?;
    let who = who(conn, room, user).await?;
    let owners = store::owners(conn, room).await?;
    let held = Held { own: access.user_id == user.id, role: access.role, owners };
    Ok((access, who, held))
}

async fn who(conn: &mut Conn<'_>, room: Uuid, user: &User) -> Result<Who> {
    Ok(Who { signed_in: true, role: rooms::store::role(conn, room, user.id).await?, ..Who::STRANGER })
}
