//! Who has which role in a room, as a thing of its own in the REST API (contract §1.7).

pub mod api;
pub mod people;
pub mod request;
pub mod service;
pub mod store;
