//! People with an account.

pub mod address;
mod address_store;
pub mod api;
pub mod defaults;
pub mod listing;
pub mod manage;
pub mod model;
pub mod moment;
pub mod openapi;
pub mod password;
pub mod preferences;
pub mod profile;
pub mod service;
pub mod store;
pub mod timezone;
pub mod types;
