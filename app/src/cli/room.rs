//! `visavis room …`: every room of the instance. It works on the database, whether the server runs or not.

use anyhow::bail;
use clap::Subcommand;
use serde_json::{Value, json};
use visavis::{
    config::Settings,
    error::Error,
    http::serve::offline,
    rooms::{model::Room, operator, service},
    state::AppState,
};

use super::say;

/// What can be done about rooms.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List every room.
    List {
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// Show one room and who has a role in it.
    Show {
        /// The last part of its link, or its id.
        room: String,
        /// As a JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Delete a room, with its roles and links, and end its call.
    Delete {
        /// The last part of its link, or its id.
        room: String,
        /// Without this, nothing is deleted.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs one command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<()> {
    let state = offline(settings).await?;
    let result = done(&state, &command).await;
    state.db.close().await;
    match result {
        Ok(text) => {
            say(&text);
            Ok(())
        }
        Err(Error::NotFound) => bail!("there is no such room"),
        Err(error) => Err(error.into()),
    }
}

async fn done(state: &AppState, command: &Command) -> Result<String, Error> {
    match command {
        Command::List { json } => {
            let rooms = operator::all(state).await?;
            if *json {
                return Ok(pretty(&rooms.iter().map(of).collect()));
            }
            Ok(rooms.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        Command::Show { room, json } => {
            let room = service::find(state, room).await?;
            let people = operator::people(state, &room).await?;
            if *json {
                let mut value = of(&room);
                let people = people
                    .iter()
                    .map(|(access, user)| json!({ "user": user.id, "email": user.email, "role": access.role }));
                value["people"] = people.collect();
                return Ok(pretty(&value));
            }
            let people = people.iter().map(|(access, user)| {
                format!(
                    "\n  {}  {}  {}",
                    access.role.as_str(),
                    user.email.as_deref().unwrap_or("(no address)"),
                    user.display_name()
                )
            });
            Ok(line(&room) + &people.collect::<String>())
        }
        Command::Delete { room, yes } => {
            let found = service::find(state, room).await?;
            if !yes {
                return Ok(format!("{}\nNothing was deleted: add --yes.", line(&found)));
            }
            let gone = operator::delete(state, room).await?;
            Ok(format!("{} is deleted.", gone.name))
        }
    }
}

fn line(room: &Room) -> String {
    format!("{}  {}  [{}]  {}", room.slug, room.name, room.access_level.as_str(), room.id)
}

fn of(room: &Room) -> Value {
    json!({
        "id": room.id,
        "slug": room.slug,
        "name": room.name,
        "access_level": room.access_level,
        "created_at": room.created_at,
        "updated_at": room.updated_at,
    })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}
