//! Stores and services on both databases.

mod accesses;
mod accounts;
mod aliases;
mod audit;
mod copy;
mod invitations;
mod links;
mod lobby;
mod mine;
mod parity;
mod passwords;
mod presence;
mod reconcile;
mod rooms;
mod sessions;
