//! Invitations by mail. One is a letter first, with the meeting for calendars where it has a time; and it is a place in the room for
//! whoever opens the room signed in with that address, once it is confirmed to be theirs (`claim`). Nothing here asks whether an
//! address has an account, so nothing can tell.

pub mod api;
mod claim;
mod deliver;
mod farewell;
mod letter;
mod limits;
pub mod list;
pub mod model;
pub mod openapi;
pub mod request;
pub mod service;
pub mod store;
