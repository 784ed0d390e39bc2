//! Above the features: the API's router, the layers around everything, health, start and stop.

mod config;
mod health;
mod layers;
mod metrics;
mod router;
pub mod serve;

pub use layers::layers;
pub use router::router;
