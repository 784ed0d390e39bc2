//! Everything we keep about somebody, as files that they and their programs can read.
//!
//! It is about one person: what others have in the same rooms is not in it, and neither are hashes of passwords and sessions.

use std::io::{Cursor, Write};

use serde::Serialize;
use serde_json::{Value, json};
use tower_sessions::Session;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::store;
use crate::{
    error::Result,
    guest_links::{self, model::GuestLink},
    invitations::{self, model::Invitation},
    presence::{self, model::Stay},
    rooms::model::{Access, Room},
    sessions::mine::{Place, places},
    state::AppState,
    users::model::User,
};

/// A zip of JSON files. `session`: the one that asks, marked as such.
pub async fn archive(state: &AppState, user: &User, session: Option<&Session>) -> Result<Vec<u8>> {
    let mut lent = state.db.lend().await?;
    let rooms = store::rooms(&mut lent.conn(), user.id).await?;
    let accesses = store::accesses(&mut lent.conn(), user.id).await?;
    let stays = presence::store::stays_of(&mut lent.conn(), user.id).await?;
    let invited = invitations::store::sent_by(&mut lent.conn(), user.id).await?;
    let links = guest_links::store::made_by(&mut lent.conn(), user.id).await?;
    drop(lent);
    let places = places(state, user.id, session).await?;
    let rooms: Vec<_> = rooms.iter().map(|room| told(room, &accesses)).collect();
    let files = [
        ("account.json", account(user)),
        ("sessions.json", places.iter().map(session_of).collect()),
        ("rooms.json", rooms.into()),
        ("accesses.json", accesses.iter().map(access).collect()),
        ("presences.json", stays.iter().map(stay).collect()),
        ("invitations.json", invited.iter().map(invitation).collect()),
        ("guest_links.json", links.iter().map(guest_link).collect()),
    ];
    Ok(zipped(&files)?)
}

fn account(user: &User) -> Value {
    json!({
        "id": user.id,
        "sub": user.sub,
        "email": user.email,
        "email_verified_at": user.email_verified_at,
        "full_name": user.full_name,
        "short_name": user.short_name,
        "language": user.language,
        "timezone": user.timezone,
        "theme": user.theme,
        "has_password": user.password_hash.is_some(),
        "is_admin": user.is_admin,
        "is_active": user.is_active,
        "default_room_access_level": user.default_room_access_level,
        "default_room_configuration": user.default_room_configuration.0,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    })
}

fn session_of(place: &Place) -> Value {
    json!({ "device": place.device, "since": place.since, "last_seen": place.last_seen, "here": place.here })
}

fn told(room: &Room, accesses: &[Access]) -> Value {
    let role = accesses.iter().find(|access| access.room_id == room.id).map(|access| access.role);
    json!({
        "id": room.id,
        "name": room.name,
        "slug": room.slug,
        "access_level": room.access_level,
        "configuration": room.configuration.0,
        "pin_code": room.pin_code,
        "role": role,
        "created_at": room.created_at,
        "updated_at": room.updated_at,
    })
}

fn access(access: &Access) -> Value {
    json!({ "id": access.id, "room_id": access.room_id, "role": access.role, "created_at": access.created_at })
}

fn stay(stay: &Stay) -> Value {
    json!({
        "room_id": stay.room_id,
        "name": stay.name,
        "device": stay.device,
        "joined_at": stay.joined_at,
        "left_at": stay.left_at,
        "shown_to_hosts": stay.told,
    })
}

/// What one sent oneself; the address is there because one typed it.
fn invitation(sent: &Invitation) -> Value {
    json!({
        "room_id": sent.room_id,
        "email": sent.email,
        "name": sent.name,
        "message": sent.message,
        "starts_at": sent.starts_at,
        "ends_at": sent.ends_at,
        "status": sent.status.as_str(),
        "created_at": sent.created_at,
    })
}

fn guest_link(link: &GuestLink) -> Value {
    json!({
        "room_id": link.room_id,
        "name": link.name,
        "may_pass": link.may_pass,
        "expires_at": link.expires_at,
        "uses": link.uses,
        "created_at": link.created_at,
        "revoked_at": link.revoked_at,
    })
}

fn zipped(files: &[(&str, impl Serialize)]) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o600);
    for (name, value) in files {
        zip.start_file(*name, options)?;
        zip.write_all(&serde_json::to_vec_pretty(value)?)?;
    }
    Ok(zip.finish()?.into_inner())
}
