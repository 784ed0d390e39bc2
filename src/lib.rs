//! Visavis: everything of the product that would still exist if the web pages did not.
//!
//! With the feature `server` (the default) this is the whole back end. Without it, what remains compiles to wasm: the plain
//! data types both sides speak (`…/types.rs`) and the translations. `ARCHITECTURE.md` draws the rooms and the arrows.

pub mod i18n;
pub mod rooms;

#[cfg(feature = "server")]
pub mod clock;
#[cfg(feature = "server")]
pub mod error;
#[cfg(feature = "server")]
pub mod livekit;
#[cfg(feature = "server")]
pub mod random;
