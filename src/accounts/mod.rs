//! An account as a whole, with all that hangs on it in other features: taken along, and given up.

pub mod closing;
pub mod export;
pub mod leaving;
mod store;
