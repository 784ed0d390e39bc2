//! Being signed in: sessions, passwords checked with a throttle, one-time links.

pub mod agent;
pub mod link;
pub mod mailed;
pub mod mine;
pub mod model;
pub mod service;
mod store;
mod tower;

pub use store::count;
pub use tower::Store;
