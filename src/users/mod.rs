//! People with an account.

pub mod api;
pub mod model;
pub mod password;
pub mod service;
pub mod store;
pub mod types;
