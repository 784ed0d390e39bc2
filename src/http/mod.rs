//! Above the features: the API's router, the layers around everything, health, start and stop.

mod class;
mod config;
mod headers;
mod health;
mod layers;
mod limits;
mod metrics;
mod patience;
mod router;
pub mod serve;

pub use layers::layers;
pub use router::router;
