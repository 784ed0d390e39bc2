//! Rooms: the links that stay, who may do what in them, and what it takes to enter one.

pub mod types;

#[cfg(feature = "server")]
pub mod accesses;
#[cfg(feature = "server")]
pub mod api;
#[cfg(feature = "server")]
pub mod body;
#[cfg(feature = "server")]
pub mod calendar;
#[cfg(feature = "server")]
pub mod change;
#[cfg(feature = "server")]
pub mod entry;
#[cfg(feature = "server")]
pub mod metadata;
#[cfg(feature = "server")]
pub mod model;
#[cfg(feature = "server")]
pub mod openapi;
#[cfg(feature = "server")]
pub mod operator;
#[cfg(feature = "server")]
pub mod permissions;
#[cfg(feature = "server")]
pub mod request;
#[cfg(feature = "server")]
pub mod rights;
#[cfg(feature = "server")]
pub mod service;
#[cfg(feature = "server")]
pub mod slug;
#[cfg(feature = "server")]
pub mod store;
#[cfg(feature = "server")]
pub mod word;
