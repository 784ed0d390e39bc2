//! `visavis user sessions …`.

use clap::Subcommand;
use serde_json::json;
use visavis::{
    error::Error,
    sessions::mine::{Place, end_all, end_one, places},
    state::AppState,
    users::manage,
};

use super::list::pretty;

/// What can be done about where somebody is signed in.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List them, the latest used first.
    List {
        /// E-mail address.
        email: String,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// End one, or all of them.
    End {
        /// E-mail address.
        email: String,
        /// The session, as the list names it.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        key: Option<String>,
        /// Every one.
        #[arg(long)]
        all: bool,
    },
}

/// Runs one command; what to say when it is done.
pub async fn run(state: &AppState, command: Command) -> Result<String, Error> {
    match command {
        Command::List { email, json } => {
            let user = manage::find(state, &email).await?;
            let places = places(state, user.id, None).await?;
            Ok(if json {
                pretty(&places.iter().map(body).collect())
            } else {
                places.iter().map(line).collect::<Vec<_>>().join("\n")
            })
        }
        Command::End { email, key, .. } => {
            let user = manage::find(state, &email).await?;
            match key {
                None => Ok(format!("Ended {}", end_all(state, user.id).await?)),
                Some(key) => match end_one(state, user.id, &key).await {
                    Ok(()) => Ok("Ended 1".to_owned()),
                    Err(Error::NotFound) => Err(Error::Conflict("session_over")),
                    Err(error) => Err(error),
                },
            }
        }
    }
}

fn line(place: &Place) -> String {
    let device = [&place.device.browser, &place.device.system].map(|word| word.as_deref().unwrap_or("-")).join(", ");
    format!("{}  {device}  last used {}", place.key, place.last_seen.to_rfc3339())
}

fn body(place: &Place) -> serde_json::Value {
    json!({ "key": place.key, "device": place.device, "since": place.since, "last_seen": place.last_seen })
}
