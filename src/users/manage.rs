//! What whoever runs the instance does with accounts. Callers have shown that they are: they sit at the machine's terminal.

use super::{
    model::{Email, User},
    service, store,
};
use crate::{
    db::Conn,
    error::{Error, Result},
    sessions,
    state::AppState,
};

/// Every account there is, by address; those of one address by key.
pub async fn all(state: &AppState) -> Result<Vec<User>> {
    let mut lent = state.db.lend().await?;
    Ok(store::all(&mut lent.conn()).await?)
}

/// The account of an address as it was typed, active or not. Errors: field `email`, `NotFound`.
pub async fn find(state: &AppState, email: &str) -> Result<User> {
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    service::by_email(state, &email).await
}

/// Lets an account run the instance, or no longer.
pub async fn set_admin(state: &AppState, user: &User, admin: bool) -> Result<()> {
    let mut lent = state.db.lend().await?;
    Ok(store::set_admin(&mut lent.conn(), user.id, admin, state.clock.now()).await?)
}

/// Opens or closes an account. A closed one is a stranger everywhere, at once, and stays signed out when it is opened again.
pub async fn set_active(state: &AppState, user: &User, active: bool) -> Result<()> {
    let mut tx = state.db.begin().await?;
    put_active(state, &mut tx.conn(), user, active).await?;
    Ok(tx.commit().await?)
}

/// [`set_active`], in the caller's transaction.
pub async fn put_active(state: &AppState, conn: &mut Conn<'_>, user: &User, active: bool) -> Result<()> {
    store::set_active(conn, user.id, active, state.clock.now()).await?;
    if !active {
        sessions::mine::forget_others(conn, user.id, None).await?;
    }
    Ok(())
}

/// Sets somebody's password; they are signed out everywhere. Errors: field `password`.
pub async fn set_password(state: &AppState, user: &User, password: String) -> Result<()> {
    let hash = state.passwords.hash(password).await?;
    let mut tx = state.db.begin().await?;
    store::set_password(&mut tx.conn(), user.id, &hash, state.clock.now()).await?;
    sessions::mine::forget_others(&mut tx.conn(), user.id, None).await?;
    Ok(tx.commit().await?)
}
