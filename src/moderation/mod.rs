//! What those who run a meeting decide about everybody in it. LiveKit is told by us, never by a browser.

pub mod api;
pub mod openapi;
pub mod request;
pub mod rights;
