//! What was decided in a room, told to its hosts. The table keeps ids alone; whose they are is looked up when somebody reads, so a name
//! goes with its account, and a guest's with what is kept of who was there.

mod names;
mod sheet;
pub mod told;

use chrono::TimeDelta;

use self::{names::Names, told::Told};
use crate::{
    db::Conn,
    error::Result,
    i18n::Lang,
    rooms::{
        self,
        audit::{Line, store},
        model::Room,
        permissions::{self, Permit, ReadLog},
    },
    state::AppState,
    users::model::User,
};

/// Lines on a page.
pub const PAGE: i64 = 50;
/// Lines in a file, the latest ones: more than a spreadsheet is read for.
const MOST: i64 = 10_000;

/// A page of it.
#[derive(Debug)]
pub struct Page {
    /// The room.
    pub room: Room,
    /// The latest first.
    pub lines: Vec<Told>,
    /// Which, from 1.
    pub page: i64,
    /// How many there are.
    pub pages: i64,
}

/// A page of the log of a room, for its hosts. One beyond the last is the last. Errors: `NotFound`, `Forbidden`.
pub async fn page(state: &AppState, user: &User, text: &str, page: i64) -> Result<Page> {
    let (room, permit) = readable(state, user, text).await?;
    let mut lent = state.db.lend().await?;
    let conn = &mut lent.conn();
    let count = store::count(conn, &permit, room.id).await?;
    let pages = ((count + PAGE - 1) / PAGE).max(1);
    let page = page.clamp(1, pages);
    let lines = store::page(conn, &permit, room.id, PAGE, (page - 1) * PAGE).await?;
    let lines = tell(conn, &permit, &room, lines).await?;
    Ok(Page { room, lines, page, pages })
}

/// The log as CSV. Errors: `NotFound`, `Forbidden`.
pub async fn csv(state: &AppState, user: &User, text: &str, lang: Lang) -> Result<(Room, String)> {
    let (room, permit) = readable(state, user, text).await?;
    let mut lent = state.db.lend().await?;
    let conn = &mut lent.conn();
    let lines = store::page(conn, &permit, room.id, MOST, 0).await?;
    let lines = tell(conn, &permit, &room, lines).await?;
    Ok((room, sheet::write(lang, &user.timezone, &lines)))
}

async fn readable(state: &AppState, user: &User, text: &str) -> Result<(Room, Permit<ReadLog>)> {
    let room = rooms::service::find(state, text).await?;
    let permit = permissions::read_log(rooms::service::who(state, &room, Some(user)).await?)?;
    Ok((room, permit))
}

async fn tell(conn: &mut Conn<'_>, permit: &Permit<ReadLog>, room: &Room, lines: Vec<Line>) -> Result<Vec<Told>> {
    let names = Names::of(conn, permit, room, &lines).await?;
    Ok(lines.into_iter().map(|line| names.tell(line)).collect())
}

/// Deletes what was kept for long enough.
pub async fn sweep(state: &AppState) -> Result<()> {
    let kept = TimeDelta::days(state.settings.database.audit_days.into());
    let mut lent = state.db.lend().await?;
    Ok(store::sweep(&mut lent.conn(), state.clock.now() - kept).await?)
}
