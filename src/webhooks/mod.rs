//! What other systems tell us.

pub mod livekit;
pub mod trial;
