//! The pages, the meeting and the server functions of Visavis.

#[cfg(feature = "ssr")]
pub mod assets;
