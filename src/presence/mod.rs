//! Who is in which room, since when, and by what: fed by LiveKit's webhooks, put right by a reconciler, asked by all that comes above.

pub mod attendance;
pub mod came;
pub mod ended;
mod listeners;
pub mod mine;
pub mod model;
pub mod reconcile;
pub mod service;
pub mod store;
