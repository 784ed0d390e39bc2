//! The pages, the meeting and the server functions of Visavis.
#![recursion_limit = "256"]

pub mod error;
pub mod meeting;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod identity;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod router;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod shell;

#[cfg(feature = "hydrate")]
pub mod interop;
#[cfg(feature = "hydrate")]
mod start;

#[cfg(feature = "ssr")]
pub use router::router;
