//! `visavis user delete`.

use clap::Args;
use visavis::{
    accounts::leaving::{Fate, Will, leave, sole_rooms},
    error::Error,
    state::AppState,
    users::manage,
};

/// Whom, and what becomes of the rooms that nobody else owns.
#[derive(Debug, Args)]
pub struct Options {
    /// E-mail address.
    email: String,
    /// Whoever has this address owns the rooms from now on.
    #[arg(long, value_name = "EMAIL", conflicts_with = "delete_rooms")]
    hand_over_to: Option<String>,
    /// The rooms are deleted too.
    #[arg(long)]
    delete_rooms: bool,
}

/// Deletes the account; what to say when it is done.
pub async fn run(state: &AppState, options: Options) -> Result<String, Error> {
    let user = manage::find(state, &options.email).await?;
    let fate = match &options.hand_over_to {
        Some(email) => {
            let heir = manage::find(state, email).await?;
            if !heir.is_active || heir.id == user.id {
                return Err(Error::Conflict("heir_unfit"));
            }
            Some(Fate::Give(heir.id))
        }
        None => options.delete_rooms.then_some(Fate::Delete),
    };
    let rooms = sole_rooms(state, user.id).await?;
    if fate.is_none() && !rooms.is_empty() {
        let names = rooms.iter().map(|sole| sole.room.slug.as_str()).collect::<Vec<_>>().join(", ");
        let why = "nobody else owns these rooms; add --hand-over-to EMAIL or --delete-rooms";
        return Err(anyhow::anyhow!("{why}: {names}").into());
    }
    leave(state, user.id, &Will { others: fate, ..Will::default() }).await?;
    Ok(format!("Deleted account {}", user.id))
}
