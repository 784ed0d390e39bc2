//! One's own rooms, the one that was used last first.

mod model;

use std::collections::HashMap;

pub use model::{Line, PAGE, Shown, fold};
use uuid::Uuid;

use super::store;
use crate::{
    error::Result,
    rooms::{self, model::Room},
    state::AppState,
    users::model::User,
};

/// A page of somebody's rooms, and what was asked for.
#[derive(Debug)]
pub struct Mine {
    /// The rooms of this page, each with what is known of its use.
    pub rooms: Vec<(Room, Line)>,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are; at least 1.
    pub pages: usize,
    /// How many rooms match.
    pub found: usize,
    /// How many rooms there are in all.
    pub all: usize,
}

/// The page of somebody's rooms whose name or link holds each word of `text`. A page that is not there is the nearest one.
///
/// All lines are read and arranged here: folding must be the same on both databases and right for rooms older than any column
/// made for it, and to sort by use, every room is looked at in any case.
pub async fn page(state: &AppState, user: &User, text: &str, page: usize) -> Result<Mine> {
    let mut lent = state.db.lend().await?;
    let lines = store::lines_of(&mut lent.conn(), user.id).await?;
    let all = lines.len();
    let Shown { lines, page, pages, found } = model::arrange(lines, text, page);
    let keys: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let mut rooms: HashMap<Uuid, Room> =
        rooms::store::by_ids(&mut lent.conn(), &keys).await?.into_iter().map(|room| (room.id, room)).collect();
    // One that was deleted between the two questions is left out.
    let rooms = lines.into_iter().filter_map(|line| Some((rooms.remove(&line.id)?, line))).collect();
    Ok(Mine { rooms, page, pages, found, all })
}
