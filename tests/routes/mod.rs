//! The API through its real router.

mod config;
mod health;
mod rooms;
mod users;
mod webhook;
