//! Stores and services on both databases.

mod links;
mod parity;
mod passwords;
mod rooms;
mod sessions;
