//! What a visitor can ask for in the prejoin. The page is drawn on the server too, where nothing can be asked.

use super::state::{Kind, Meeting};

/// A press of a button or a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Switch a device on or off.
    Turn(Kind, bool),
    /// Use another device.
    Pick(Kind, String),
    /// Hear a tone.
    TestSpeaker,
    /// Come in.
    Join,
}

impl Meeting {
    /// Does it, in the browser.
    pub fn wish(self, wish: Wish) {
        #[cfg(feature = "hydrate")]
        super::session::grant(self, wish);
        #[cfg(not(feature = "hydrate"))]
        let _ = wish;
    }
}
