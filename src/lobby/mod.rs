//! The lobby: who asks to come in waits until a host has decided. Nobody gets a token, a name or a message of a room before.

pub mod types;

#[cfg(feature = "server")]
pub mod api;
#[cfg(feature = "server")]
pub mod decisions;
#[cfg(feature = "server")]
pub mod entry;
#[cfg(feature = "server")]
pub mod model;
#[cfg(feature = "server")]
pub mod now;
#[cfg(feature = "server")]
pub mod openapi;
#[cfg(feature = "server")]
pub mod pass;
#[cfg(feature = "server")]
mod places;
#[cfg(feature = "server")]
pub mod request;
#[cfg(feature = "server")]
pub mod service;
#[cfg(feature = "server")]
pub mod snapshot;
#[cfg(feature = "server")]
pub mod store;
#[cfg(feature = "server")]
pub mod streams;
#[cfg(feature = "server")]
pub mod watch;
