//! When to try again after the connection was lost.

/// After this long (milliseconds) without a connection the call counts as over.
pub const GIVE_UP: f64 = 600_000.0;
/// A first connection that has not come about by then will be explained instead.
pub const GIVE_UP_JOINING: f64 = 45_000.0;
/// No attempt takes longer (milliseconds), unless the machine slept meanwhile.
pub const LONGEST_ATTEMPT: f64 = 120_000.0;

/// The pause before the next attempt, in milliseconds: half a second, doubling up to five, with up to a fifth taken off by
/// `chance` (0 to 1) so that a room full of people does not come back in one moment. The first attempt is immediate.
pub fn pause(attempt: u32, chance: f64) -> f64 {
    if attempt == 0 {
        return 0.0;
    }
    let whole = (500.0 * f64::from(1_u32 << (attempt - 1).min(8))).min(5000.0);
    whole * (1.0 - 0.2 * chance.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_five_seconds() {
        let pauses: Vec<f64> = (0..7).map(|attempt| pause(attempt, 0.0)).collect();
        assert_eq!(pauses, [0.0, 500.0, 1000.0, 2000.0, 4000.0, 5000.0, 5000.0]);
        assert_eq!(pause(u32::MAX, 0.0), 5000.0);
        assert_eq!(pause(1, 1.0), 400.0);
    }
}
