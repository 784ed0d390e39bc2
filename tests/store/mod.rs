//! Stores and services on both databases.

mod accesses;
mod accounts;
mod aliases;
mod copy;
mod links;
mod lobby;
mod parity;
mod passwords;
mod presence;
mod reconcile;
mod rooms;
mod sessions;
