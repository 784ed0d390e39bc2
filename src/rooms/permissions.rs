//! Who may do what: pure functions, and the only place that hands out a [`Permit`]. What changes or reveals something takes
//! one, so it cannot forget to ask.

use std::marker::PhantomData;

use super::model::{AccessLevel, Role};
use crate::error::{Error, Result};

/// Proof that an action was allowed. Only this module makes one.
#[derive(Debug)]
pub struct Permit<Action>(PhantomData<Action>);

/// To make a room.
#[derive(Debug)]
pub struct Create;
/// To be given a token for a room, and what belongs to being in it.
#[derive(Debug)]
pub struct Enter;
/// To see who has a role in a room.
#[derive(Debug)]
pub struct SeeAccesses;

/// Who asks, seen from one room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// Their role in this room.
    pub role: Option<Role>,
}

impl Who {
    /// Nobody we know.
    pub const STRANGER: Self = Self { signed_in: false, role: None };
}

/// Everybody with an account makes rooms. Errors: `Unauthorized`.
pub fn create(signed_in: bool) -> Result<Permit<Create>> {
    if signed_in { Ok(Permit(PhantomData)) } else { Err(Error::Unauthorized) }
}

/// Contract §2.4. Errors: `Forbidden`.
pub fn enter(level: AccessLevel, who: Who) -> Result<Permit<Enter>> {
    let open = match level {
        AccessLevel::Public => true,
        AccessLevel::Trusted => who.signed_in,
        AccessLevel::Restricted => false,
    };
    if open || who.role.is_some() { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

/// Hosts alone. Errors: `Forbidden`.
pub fn see_accesses(who: Who) -> Result<Permit<SeeAccesses>> {
    if who.role.is_some_and(Role::is_host) { Ok(Permit(PhantomData)) } else { Err(Error::Forbidden) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_enter() {
        use AccessLevel::{Public, Restricted, Trusted};
        let stranger = Who::STRANGER;
        let user = Who { signed_in: true, role: None };
        let member = Who { signed_in: true, role: Some(Role::Member) };
        let owner = Who { signed_in: true, role: Some(Role::Owner) };
        let table = [
            (Public, [true, true, true, true]),
            (Trusted, [false, true, true, true]),
            (Restricted, [false, false, true, true]),
        ];
        for (level, expected) in table {
            let got = [stranger, user, member, owner].map(|who| enter(level, who).is_ok());
            assert_eq!(got, expected, "{level:?}");
        }
    }

    #[test]
    fn only_hosts_see_accesses_and_only_users_create() {
        let role = |role| Who { signed_in: true, role };
        let got = [None, Some(Role::Member), Some(Role::Administrator), Some(Role::Owner)]
            .map(|r| see_accesses(role(r)).is_ok());
        assert_eq!(got, [false, false, true, true]);
        assert!(create(true).is_ok() && create(false).is_err());
    }
}
