//! Above the features: the API's router, the layers around everything, health, start and stop.

mod class;
mod config;
mod headers;
mod health;
mod layers;
mod limits;
mod metrics;
pub mod openapi;
mod patience;
pub mod proof;
mod router;
pub mod serve;
mod stand_in;
pub mod work;

pub use layers::layers;
pub use router::router;
pub use stand_in::StandIn;
