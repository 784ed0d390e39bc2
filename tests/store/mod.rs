//! Stores and services on both databases.

mod accounts;
mod copy;
mod links;
mod parity;
mod passwords;
mod rooms;
mod sessions;
