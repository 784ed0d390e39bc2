//! Stores and services on both databases.

mod copy;
mod accounts;
mod links;
mod parity;
mod passwords;
mod rooms;
mod sessions;
