//! One's own account, as a browser sees it.

pub mod browser;
mod leaving;
mod mail;
mod places;
mod profile;
mod signing_in;
