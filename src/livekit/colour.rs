//! The colour a participant has for everybody, derived from the identity. Existing clients compute the same one, so the
//! generator (Python's `random`: MT19937 seeded by array, rejection of what lies beyond) is part of the contract.

use rand_mt::Mt;
use sha1::{Digest, Sha1};

/// `hsl(h, s%, l%)` for an identity (or a waiting person's id).
pub fn colour(identity: &str) -> String {
    let digest = Sha1::digest(identity.as_bytes());
    let seed = u32::from(u16::from_be_bytes([digest[18], digest[19]]));
    let mut generator = Mt::new_with_key([seed]);
    let hue = between(&mut generator, 0, 360);
    let saturation = between(&mut generator, 50, 75);
    let lightness = between(&mut generator, 25, 60);
    format!("hsl({hue}, {saturation}%, {lightness}%)")
}

/// Both ends included: the top bits of an output, drawn again while they lie beyond.
fn between(generator: &mut Mt, from: u32, to: u32) -> u32 {
    let width = to - from + 1;
    let bits = u32::BITS - width.leading_zeros();
    loop {
        let drawn = generator.next_u32() >> (u32::BITS - bits);
        if drawn < width {
            return from + drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::colour;

    #[test]
    fn the_contract_s_vectors() {
        assert_eq!(colour("user1"), "hsl(92, 59%, 37%)");
        assert_eq!(colour("00000000-0000-0000-0000-000000000000"), "hsl(351, 72%, 53%)");
        assert_eq!(colour("None"), "hsl(3, 61%, 38%)");
        assert_eq!(colour("2c3a3ab1-6a1f-4f0c-9e2f-b1e1a7f6a0aa"), "hsl(66, 59%, 50%)");
    }
}
