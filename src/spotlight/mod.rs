//! Whom hosts show large to everybody. The room's metadata on LiveKit holds it, which only we may write, so it is believed, everybody
//! hears it at once, and it ends with the meeting.

pub mod api;
pub mod model;
pub mod openapi;
pub mod request;
pub mod service;
