//! People with an account.

pub mod api;
pub mod defaults;
pub mod listing;
pub mod model;
pub mod password;
pub mod preferences;
pub mod service;
pub mod store;
pub mod types;
