//! The meeting: prejoin, call, and what is said afterwards. One island, because the camera that is opened in the prejoin is
//! the camera of the call.
//!
//! The page around it is a header, this island and a footer; the island brings its own `main`, and hides the rest of the
//! page while the call fills the window (`style/call.css`).

pub mod arrange;
pub mod backoff;
#[cfg(feature = "hydrate")]
mod call;
#[cfg(feature = "hydrate")]
mod ended;
pub mod event;
pub mod flaps;
#[cfg(feature = "ssr")]
pub mod inside;
mod island;
pub mod layout;
mod lean;
pub mod order;
pub mod people;
mod prejoin;
pub mod server;
#[cfg(feature = "hydrate")]
mod session;
mod setup;
pub mod state;
pub mod text;
pub mod wish;

pub use island::{ELEMENT, Meeting, MeetingProps};
#[cfg(feature = "ssr")]
pub use island::{MeetingIsland, MeetingIslandProps};
pub use setup::MeetingSetup;
