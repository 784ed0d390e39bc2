//! `visavis user …`: everything that can be done about people. It works on the database, whether the server runs or not.

mod delete;
mod list;
mod password;
mod sessions;

use std::path::PathBuf;

use anyhow::bail;
use clap::{Subcommand, ValueEnum};
use visavis::{
    accounts::{closing, export::archive},
    config::Settings,
    error::Error,
    http::serve::offline,
    i18n::{self, Lang},
    sessions::link,
    state::AppState,
    users::{
        manage, profile,
        service::{self, NewUser},
    },
};

use super::say;

/// What can be done about people.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an account.
    Add {
        /// E-mail address.
        email: String,
        /// Name that others see.
        #[arg(long, default_value = "")]
        name: String,
        /// May run this instance.
        #[arg(long)]
        admin: bool,
    },
    /// Print a link that signs this account in, once, within 15 minutes.
    Link {
        /// E-mail address.
        email: String,
    },
    /// List every account.
    List {
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// Show one account.
    Show {
        /// E-mail address.
        email: String,
        /// As a JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Set a password, read from the terminal or, without one, from standard input; signs the account out everywhere.
    Password {
        /// E-mail address.
        email: String,
    },
    /// Give another name.
    Name {
        /// E-mail address.
        email: String,
        /// The name that others will see.
        name: String,
    },
    /// Let an account run this instance, or no longer.
    Admin {
        /// E-mail address.
        email: String,
        /// Whether it may.
        switch: Switch,
    },
    /// Close an account: it is signed out everywhere and cannot sign in. Its rooms stay.
    Deactivate {
        /// E-mail address.
        email: String,
    },
    /// Open a closed account again.
    Activate {
        /// E-mail address.
        email: String,
    },
    /// Where an account is signed in.
    #[command(subcommand)]
    Sessions(sessions::Command),
    /// Write everything we keep about somebody into a zip file.
    Export {
        /// E-mail address.
        email: String,
        /// The file to write; it must not be there yet.
        file: PathBuf,
    },
    /// Delete an account for good.
    Delete(delete::Options),
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// Yes.
    On,
    /// No.
    Off,
}

/// Runs one command.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<()> {
    let state = offline(settings).await?;
    let result = execute(&state, command).await;
    state.db.close().await;
    match result {
        Ok(text) => {
            if !text.is_empty() {
                say(&text);
            }
            Ok(())
        }
        Err(Error::Invalid(fields)) => {
            let sentence = |code| i18n::errors::by_code(Lang::En, code).unwrap_or(code);
            bail!(
                "{}",
                fields.iter().map(|e| format!("{}: {}", e.field, sentence(e.code))).collect::<Vec<_>>().join("\n")
            )
        }
        Err(Error::NotFound) => bail!("there is no account with this address; visavis user list shows them"),
        Err(Error::Conflict(code)) => bail!("{}", i18n::errors::by_code(Lang::En, code).unwrap_or(code)),
        Err(Error::Internal(error)) => Err(error),
        Err(error) => Err(error.into()),
    }
}

/// What to say when it is done.
async fn execute(state: &AppState, command: Command) -> Result<String, Error> {
    match command {
        Command::Add { email, name, admin } => add(state, &email, &name, admin).await,
        Command::Link { email } => {
            let user = manage::find(state, &email).await?;
            let token = link::issue(state, Some(user.id)).await?;
            Ok(format!("{}/link/{token}", state.origin))
        }
        Command::List { json } => Ok(list::all(&manage::all(state).await?, json)),
        Command::Show { email, json } => {
            let user = manage::find(state, &email).await?;
            Ok(list::one(&user, json))
        }
        Command::Password { email } => {
            let user = manage::find(state, &email).await?;
            manage::set_password(state, &user, password::ask()?).await?;
            Ok(format!("Set the password of account {}", user.id))
        }
        Command::Name { email, name } => {
            let user = manage::find(state, &email).await?;
            profile::rename(state, &user, &name).await?;
            Ok(format!("Renamed account {}", user.id))
        }
        Command::Admin { email, switch } => {
            let user = manage::find(state, &email).await?;
            manage::set_admin(state, &user, switch == Switch::On).await?;
            let what = if switch == Switch::On { "runs this instance" } else { "no longer runs this instance" };
            Ok(format!("Account {} {what}", user.id))
        }
        Command::Deactivate { email } => set_active(state, &email, false).await,
        Command::Activate { email } => set_active(state, &email, true).await,
        Command::Sessions(command) => sessions::run(state, command).await,
        Command::Export { email, file } => {
            let user = manage::find(state, &email).await?;
            write_new(&file, &archive(state, &user, None).await?)?;
            Ok(format!("Wrote {}", file.display()))
        }
        Command::Delete(options) => delete::run(state, options).await,
    }
}

async fn add(state: &AppState, email: &str, name: &str, admin: bool) -> Result<String, Error> {
    let new = NewUser::parse(email, name, admin)?;
    let mut tx = state.db.begin().await?;
    let user = service::create(state, &mut tx.conn(), new).await?;
    tx.commit().await?;
    Ok(format!("Added account {}", user.id))
}

async fn set_active(state: &AppState, email: &str, active: bool) -> Result<String, Error> {
    let user = manage::find(state, email).await?;
    closing::set_active(state, &user, active).await?;
    Ok(format!("Account {} is {}", user.id, if active { "open" } else { "closed" }))
}

/// Writes a file that only its owner can read, and none over another.
fn write_new(path: &std::path::Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};

    use anyhow::Context;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be made", path.display()))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| format!("{} cannot be written", path.display()))
}
