//! A moment, as the reader's clock and language say it.

pub use visavis::users::moment::{day, month, when};
