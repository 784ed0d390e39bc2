//! The API through its real router.

mod config;
mod health;
mod metrics;
mod rooms;
mod users;
mod webhook;
