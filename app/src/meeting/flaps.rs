//! Who went, and may be back at once: a page that is loaded anew, a connection that comes and goes. Pure: the clock comes in.

use std::{collections::HashMap, time::Duration};

/// Who is back within this time has not been away.
pub const BACK: Duration = Duration::from_secs(4);

/// Who went, and when, as long as nobody was told.
#[derive(Debug, Default)]
pub struct Flaps {
    gone: HashMap<String, f64>,
}

impl Flaps {
    /// Somebody went.
    pub fn went(&mut self, identity: &str, now: f64) {
        self.gone.insert(identity.to_owned(), now);
    }

    /// Somebody came; whether that is worth saying: of one who went a moment ago neither is.
    pub fn came(&mut self, identity: &str) -> bool {
        self.gone.remove(identity).is_none()
    }

    /// [`BACK`] after somebody went: whether it is worth saying now.
    pub fn stayed_away(&mut self, identity: &str, since: f64) -> bool {
        self.gone.get(identity) == Some(&since) && self.gone.remove(identity).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_flaps_is_no_news_and_what_is_said_is_so() {
        let mut flaps = Flaps::default();
        assert!(flaps.came("ann"));
        flaps.went("ann", 1.0);
        assert!(!flaps.came("ann"));
        flaps.went("ann", 2.0);
        assert!(!flaps.stayed_away("ann", 1.0), "that was the time before");
        assert!(flaps.came("ben"), "somebody else");
        assert!(flaps.stayed_away("ann", 2.0));
        assert!(!flaps.stayed_away("ann", 2.0), "once");
        assert!(flaps.came("ann"), "who was said to have gone is said to be back");
    }
}
