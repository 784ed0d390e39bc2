//! A meeting in people's calendars: a file that every calendar reads, and links to two that most people have. Nothing is loaded
//! from there, and nothing is kept here: the time stands in the address.

mod event;
mod ics;
mod itip;
mod links;
mod time;

pub use event::{Event, LONGEST, SHORTEST};
pub use ics::file;
pub use itip::{Itip, Method, Organizer, Person};
pub use links::{google, outlook};
pub use time::at;
