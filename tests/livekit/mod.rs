//! Against the real LiveKit server: supervised, forwarded, and forgotten at the right moments.

mod changes;
mod forwarding;
mod hands;
mod presence;
mod rights;
mod stale;
mod supervision;
pub mod support;
