//! What HTTP needs below the features: who asks, what they typed, how errors look. Features know it; it knows no feature but
//! `users` and `sessions`, which it turns into a [`Viewer`].

pub mod caller;
pub mod csrf;
pub mod csv;
pub mod device;
pub mod extract;
pub mod fields;
pub mod flash;
pub mod keys;
pub mod known;
pub mod openapi;
pub mod origin;
pub mod paging;
pub mod participant;
pub mod proxied;
pub mod remote;
pub mod reply;
pub mod viewer;
pub mod visit;

pub use caller::{Account, Caller};
pub use flash::Flash;
pub use participant::Participant;
pub use viewer::Viewer;
