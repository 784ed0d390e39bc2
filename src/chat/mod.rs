//! What people write in a call. LiveKit carries it from client to client; we keep it until the call is over, for those who come later,
//! and say whether anybody may write at all.

pub mod api;
pub mod model;
pub mod openapi;
pub mod request;
pub mod service;
pub mod store;
pub mod switch;
