//! Who has a role in a room, as its page lists them, and giving one to whoever has an e-mail address.

use std::time::Duration;

use uuid::Uuid;

use super::{request::NewAccess, service};
use crate::{
    error::{Error, Result},
    rooms::{
        self,
        model::{Access, Role},
        permissions::{self, Held, Permit, SeeAccesses, Who},
    },
    state::AppState,
    users::{
        self,
        model::{Email, User},
    },
};

/// Addresses that one account may name within an [`HOUR`], right or wrong.
const TRIES: u64 = 60;
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Somebody with a role, and what may be done about it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The role.
    pub access: Access,
    /// Whose it is.
    pub user: User,
    /// The roles that it may be changed to.
    pub may_become: Vec<Role>,
    /// Whether it may be taken away.
    pub removable: bool,
}

/// Everybody with a role in a room, as `reader` may see and change them: owners first, then hosts, then by name.
pub async fn list(
    state: &AppState,
    _permit: &Permit<SeeAccesses>,
    room: Uuid,
    reader: &User,
    who: Who,
) -> Result<Vec<Person>> {
    let mut lent = state.db.lend().await?;
    let accesses = rooms::store::accesses(&mut lent.conn(), &[room]).await?;
    let mut users = rooms::store::people(&mut lent.conn(), &[room]).await?;
    let owners = accesses.iter().filter(|access| access.role == Role::Owner).count();
    let owners = i64::try_from(owners).unwrap_or(i64::MAX);
    let mut people = Vec::with_capacity(accesses.len());
    for access in accesses {
        let Some(at) = users.iter().position(|user| user.id == access.user_id) else { continue };
        let held = Held { own: access.user_id == reader.id, role: access.role, owners };
        let others = [Role::Owner, Role::Administrator, Role::Member].into_iter().filter(|role| *role != access.role);
        people.push(Person {
            user: users.swap_remove(at),
            may_become: others.filter(|role| permissions::change_access(who, held, *role).is_ok()).collect(),
            removable: permissions::remove_access(who, held).is_ok(),
            access,
        });
    }
    people.sort_by_cached_key(|one| (std::cmp::Reverse(one.access.role), one.user.display_name().to_lowercase()));
    Ok(people)
}

/// Gives a role to the account of an address.
///
/// It is said plainly when there is none: an owner who believes that somebody has the keys must not be wrong about it. So that
/// this tells nobody who has an account, who may not give roles is refused before anything is looked up, an account that was
/// closed counts as none, and one account can name only a few addresses an hour, whatever came of them.
///
/// Errors: `NotFound`, `Forbidden`, refused, `RateLimited`; field `email` (`email_invalid`, `account_unknown`, `access_taken`).
pub async fn add_by_email(state: &AppState, user: &User, room: Uuid, email: &str, role: Role) -> Result<Access> {
    let mut lent = state.db.lend().await?;
    rooms::store::by_id(&mut lent.conn(), room).await?.ok_or(Error::NotFound)?;
    let held = rooms::store::role(&mut lent.conn(), room, user.id).await?;
    permissions::add_access(Who { signed_in: true, role: held, ..Who::STRANGER }, role)?;
    let email = Email::try_from(email).map_err(|code| Error::field("email", code))?;
    state.cache.limit(&format!("named:{}", user.id), TRIES, HOUR).await?;
    let found = users::store::active_by_email(&mut lent.conn(), &email.folded()).await?;
    drop(lent);
    let found = found.ok_or_else(|| Error::field("email", "account_unknown"))?;
    // The service asks for the permission again, under the room's lock.
    service::add(state, user, NewAccess { user: found.id, room, role }).await.map_err(beside_the_address)
}

fn beside_the_address(error: Error) -> Error {
    match error {
        Error::Invalid(fields) if fields.iter().any(|wrong| wrong.code == "access_taken") => {
            Error::field("email", "access_taken")
        }
        Error::Invalid(fields) if fields.iter().any(|wrong| wrong.code == "user_unknown") => {
            Error::field("email", "account_unknown")
        }
        Error::Invalid(_) => Error::NotFound,
        other => other,
    }
}
