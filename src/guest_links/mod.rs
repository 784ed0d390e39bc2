//! Links that hosts make for guests: named, until a day, once or as often as one likes, past the lobby or up to it, and taken back at
//! any time. Looking at one changes nothing: programs that check mails open every link.

pub mod model;
pub mod service;
pub mod store;
