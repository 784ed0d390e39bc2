//! Making and changing accounts.

use std::time::Duration;

use tower_sessions::Session;
use uuid::Uuid;

use super::{
    model::{Email, LONGEST_NAME, User, clean_name},
    store,
};
use crate::{
    db::{Conn, is_unique_violation},
    error::{Error, FieldError, Result},
    sessions,
    state::AppState,
};

/// Wrong present passwords that changing one may meet within [`WINDOW`].
const GUESSES: u64 = 5;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// What a new account starts with.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// E-mail address.
    pub email: Email,
    /// Name.
    pub name: Option<String>,
    /// May run the instance.
    pub admin: bool,
}

impl NewUser {
    /// Checks what was typed; every wrong field at once.
    pub fn parse(email: &str, name: &str, admin: bool) -> Result<Self> {
        let mut wrong = Vec::new();
        let email = Email::try_from(email).map_err(|code| wrong.push(FieldError::new("email", code))).ok();
        let name = match name.trim() {
            "" => None,
            name => clean_name(name, LONGEST_NAME).map_err(|code| wrong.push(FieldError::new("name", code))).ok(),
        };
        match email {
            Some(email) if wrong.is_empty() => Ok(Self { email, name, admin }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

/// Adds an account inside the caller's transaction. Errors: field `email`, `email_taken`.
pub async fn create(state: &AppState, conn: &mut Conn<'_>, new: NewUser) -> Result<User> {
    let now = state.clock.now();
    let user = User {
        id: state.random.uuid(),
        sub: None,
        email: Some(new.email.as_str().to_owned()),
        full_name: new.name,
        short_name: None,
        language: None,
        theme: None,
        email_verified_at: None,
        timezone: "UTC".to_owned(),
        password_hash: None,
        is_admin: new.admin,
        is_active: true,
        default_room_access_level: None,
        default_room_configuration: sqlx::types::Json(serde_json::json!({})),
        created_at: now,
        updated_at: now,
    };
    match store::insert(conn, &user).await {
        Err(error) if is_unique_violation(&error) => Err(Error::field("email", "email_taken")),
        result => result.map(|()| user).map_err(Error::from),
    }
}

/// The active account of a key.
pub async fn active(state: &AppState, id: Uuid) -> Result<Option<User>> {
    let mut lent = state.db.lend().await?;
    Ok(store::by_id(&mut lent.conn(), id).await?.filter(|user| user.is_active))
}

/// Whose account, active or not, LiveKit knows by this subject; none for guests.
pub async fn by_subject(state: &AppState, subject: &str) -> Result<Option<User>> {
    let mut lent = state.db.lend().await?;
    Ok(store::by_subject(&mut lent.conn(), subject).await?)
}

/// The local account of an address; `NotFound` without one.
pub async fn by_email(state: &AppState, email: &Email) -> Result<User> {
    let mut lent = state.db.lend().await?;
    store::local_by_email(&mut lent.conn(), &email.folded()).await?.ok_or(Error::NotFound)
}

/// Checks that whoever sits at a session knows the account's password. Errors: field `current`; `RateLimited`.
pub async fn show_password(state: &AppState, user: &User, current: String) -> Result<()> {
    let key = format!("password:{}", user.id);
    state.cache.limit(&key, GUESSES, WINDOW).await?;
    if !state.passwords.verify(current, user.password_hash.clone()).await? {
        return Err(Error::field("current", "password_wrong"));
    }
    state.cache.uncount(&key).await;
    Ok(())
}

/// Sets one's own password; who has one must show it. Every session but `session` ends with it: whoever changes a password wants
/// others out. Errors: fields `password`, `current`; `RateLimited` after [`GUESSES`] wrong ones: whoever sits at a session that is
/// not theirs must not find the password out.
pub async fn change_password(
    state: &AppState,
    user: &User,
    session: Option<&Session>,
    current: String,
    new: String,
) -> Result<()> {
    if user.password_hash.is_some() {
        show_password(state, user, current).await?;
    }
    let hash = state.passwords.hash(new).await?;
    let mut tx = state.db.begin().await?;
    store::set_password(&mut tx.conn(), user.id, &hash, state.clock.now()).await?;
    sessions::mine::forget_others(&mut tx.conn(), user.id, session).await?;
    Ok(tx.commit().await?)
}
