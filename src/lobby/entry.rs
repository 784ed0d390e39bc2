//! The door of a call, for our own pages: in, or waiting for a host.

use std::time::Instant;

use chrono::TimeDelta;

use super::{
    model::Asker,
    now::Standing,
    service::{self, Knock, Verdict},
    types::Answer,
};
use crate::{
    error::Result,
    invitations,
    metrics::Join,
    rooms::{self, entry::Admitted, types::EntryRequest},
    state::AppState,
    users::model::User,
    web::{device::Browser, remote::Remote},
};

/// How long somebody counts as waiting until their page has connected to hear what becomes of it.
const STAY: TimeDelta = TimeDelta::seconds(15);

/// Lets somebody into a call, or to its door.
///
/// Errors: `NotFound`, field `name`, `RateLimited`, `Upstream` when LiveKit cannot be reached: the caller tries again.
pub async fn enter(
    state: &AppState,
    user: Option<&User>,
    browser: &Browser,
    from: Remote,
    request: &EntryRequest,
) -> Result<Answer> {
    let began = Instant::now();
    let result = knock(state, user, browser, from, request).await;
    match &result {
        Ok(Answer::Entered(_)) => state.metrics.joined(&Join::new(None), began.elapsed()),
        Err(error) => state.metrics.joined(&Join::new(Some(error.status())), began.elapsed()),
        Ok(Answer::Waiting | Answer::Refused) => {}
    }
    result
}

async fn knock(
    state: &AppState,
    user: Option<&User>,
    browser: &Browser,
    from: Remote,
    request: &EntryRequest,
) -> Result<Answer> {
    let room = rooms::service::look_up(state, user, from, &request.slug).await?;
    invitations::service::claim(state, user, &room).await?;
    let standing = Standing::of(state, &room, user, browser).await?;
    let name = rooms::entry::name(&room, user, &request.name)?;
    let (asker, identity) = (Asker::new(user, browser), rooms::entry::identity_on(state, user, browser));
    let knock = Knock { asker: &asker, name: &name, stay: STAY, from, identity: &identity };
    match service::ask(state, &room, &standing, &knock).await? {
        Verdict::In(permit, _) => {
            let admitted = Admitted { permit, room: &room, who: standing.who, user, browser };
            rooms::entry::let_in(state, &admitted, name, request.again).await.map(Answer::Entered)
        }
        Verdict::Waiting(_) | Verdict::Full => Ok(Answer::Waiting),
        Verdict::Denied(_) | Verdict::Removed => Ok(Answer::Refused),
    }
}
