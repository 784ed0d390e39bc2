//! `visavis user …`.

use anyhow::bail;
use clap::Subcommand;
use visavis::{
    config::Settings,
    error::Error,
    http::serve::offline,
    i18n::{self, Lang},
    sessions::link,
    state::AppState,
    users::{
        model::Email,
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
}

/// Runs one command on the database, whether the server runs or not.
pub async fn run(settings: Settings, command: Command) -> anyhow::Result<()> {
    let state = offline(settings).await?;
    let result = match &command {
        Command::Add { email, name, admin } => add(&state, email, name, *admin).await,
        Command::Link { email } => print_link(&state, email).await,
    };
    state.db.close().await;
    match result {
        Ok(text) => {
            say(&text);
            Ok(())
        }
        Err(Error::Invalid(fields)) => {
            let sentence = |code| i18n::errors::by_code(Lang::En, code).unwrap_or(code);
            bail!(
                "{}",
                fields.iter().map(|e| format!("{}: {}", e.field, sentence(e.code))).collect::<Vec<_>>().join("\n")
            )
        }
        Err(Error::NotFound) => bail!("there is no account with this address; add it with: visavis user add"),
        Err(error) => Err(error.into()),
    }
}

async fn add(state: &AppState, email: &str, name: &str, admin: bool) -> Result<String, Error> {
    let new = NewUser::parse(email, name, admin)?;
    let mut tx = state.db.begin().await?;
    let user = service::create(state, &mut tx.conn(), new).await?;
    tx.commit().await?;
    Ok(format!("Added account {}", user.id))
}

async fn print_link(state: &AppState, email: &str) -> Result<String, Error> {
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    let user = service::by_email(state, &email).await?;
    let token = link::issue(state, Some(user.id)).await?;
    Ok(format!("{}/link/{token}", state.origin))
}
