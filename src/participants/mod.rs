//! Those in a call: what they do about themselves, raise a hand and take another name. LiveKit holds it and tells the others; we
//! decide, because nobody there may write their own attributes.

pub mod api;
pub mod model;
pub mod openapi;
pub mod request;
pub mod service;
