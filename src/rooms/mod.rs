//! Rooms: the links that stay, who may do what in them, and what it takes to enter one.

pub mod types;
