//! The kit every page is made of. It knows the look and nothing of the product's rules.

mod avatar;
mod copy_link;
mod crumb;
mod field;
mod form;
pub mod icon;
mod mark;
mod menu;
mod notice;
mod select;

pub use avatar::Avatar;
pub use copy_link::CopyLink;
pub use crumb::Crumb;
pub use field::{CodeField, CurrentPassword, Field};
pub use form::FormState;
pub use mark::Mark;
pub use menu::Menu;
pub use notice::{Notice, Tone};
pub use select::Select;
