//! The kit every page is made of. It knows the look and nothing of the product's rules.

mod avatar;
#[cfg(feature = "ssr")]
mod copy_link;
#[cfg(feature = "ssr")]
mod copy_text;
#[cfg(feature = "ssr")]
mod crumb;
#[cfg(feature = "ssr")]
mod faces;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod form;
pub mod icon;
mod mark;
#[cfg(feature = "ssr")]
mod menu;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod select;
#[cfg(feature = "ssr")]
mod text_area;

pub use avatar::Avatar;
#[cfg(feature = "ssr")]
pub use copy_link::CopyLink;
#[cfg(feature = "ssr")]
pub use copy_text::CopyText;
#[cfg(feature = "ssr")]
pub use crumb::Crumb;
#[cfg(feature = "ssr")]
pub use faces::{Faces, FacesProps};
#[cfg(feature = "ssr")]
pub use field::{CodeField, CurrentPassword, Field, FieldError};
#[cfg(feature = "ssr")]
pub use form::FormState;
pub use mark::Mark;
#[cfg(feature = "ssr")]
pub use menu::Menu;
#[cfg(feature = "ssr")]
pub use notice::{Notice, Tone};
#[cfg(feature = "ssr")]
pub use select::Select;
#[cfg(feature = "ssr")]
pub use text_area::{TextArea, TextAreaProps, inside};
