//! The API through its real router.

pub mod accesses;
mod chat;
mod config;
mod door_settings;
mod health;
pub mod lobby;
mod metrics;
mod moderation;
mod participants;
mod room_changes;
mod rooms;
mod spotlight;
mod users;
mod webhook;
