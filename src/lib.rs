//! Visavis: everything of the product that would still exist if the web pages did not.
//!
//! With the feature `server` (the default) this is the whole back end. Without it, what remains compiles to wasm: the plain
//! data types both sides speak (`…/types.rs`) and the translations. `ARCHITECTURE.md` draws the rooms and the arrows.

pub mod i18n;
pub mod lobby;
pub mod rooms;

#[cfg(feature = "server")]
pub mod accounts;
#[cfg(feature = "server")]
pub mod backup;
#[cfg(feature = "server")]
pub mod cache;
#[cfg(feature = "server")]
pub mod chat;
#[cfg(feature = "server")]
pub mod clock;
#[cfg(feature = "server")]
pub mod config;
#[cfg(feature = "server")]
pub mod db;
#[cfg(feature = "server")]
pub mod doctor;
#[cfg(feature = "server")]
pub mod error;
#[cfg(feature = "server")]
pub mod guest_links;
#[cfg(feature = "server")]
pub mod http;
#[cfg(feature = "server")]
pub mod invitations;
#[cfg(feature = "server")]
pub mod jobs;
#[cfg(feature = "server")]
pub mod livekit;
#[cfg(feature = "server")]
pub mod mail;
#[cfg(feature = "server")]
pub mod metrics;
#[cfg(feature = "server")]
pub mod moderation;
#[cfg(feature = "server")]
pub mod participants;
#[cfg(feature = "server")]
pub mod presence;
#[cfg(feature = "server")]
pub mod random;
#[cfg(feature = "server")]
pub mod sessions;
#[cfg(feature = "server")]
pub mod spotlight;
#[cfg(feature = "server")]
pub mod state;
#[cfg(feature = "server")]
pub mod users;
#[cfg(feature = "server")]
pub mod web;
#[cfg(feature = "server")]
pub mod webhooks;
