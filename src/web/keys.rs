//! Keys derived from the instance's one secret, one per purpose, so that a signature for one is none for another.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The derived keys.
#[derive(Clone)]
pub struct Keys {
    device: [u8; 32],
    instance: [u8; 32],
    known: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// From the instance's secret.
    pub fn derive(secret: &str) -> Self {
        Self {
            device: mac(secret.as_bytes(), b"visavis device cookie"),
            instance: mac(secret.as_bytes(), b"visavis instance"),
            known: mac(secret.as_bytes(), b"visavis known device cookie"),
        }
    }

    /// `value.signature`.
    pub fn sign_device(&self, value: &str) -> String {
        format!("{value}.{}", URL_SAFE_NO_PAD.encode(mac(&self.device, value.as_bytes())))
    }

    /// The value, if we signed it.
    pub fn verify_device<'a>(&self, signed: &'a str) -> Option<&'a str> {
        let (value, signature) = signed.rsplit_once('.')?;
        let given = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let ours = mac(&self.device, value.as_bytes());
        bool::from(ours.as_slice().ct_eq(&given)).then_some(value)
    }

    /// `nonce.signature`, which says that this browser signed in to the account of an address. It names nobody. The space
    /// between the two cannot be moved: a nonce of ours holds none.
    pub fn sign_known(&self, nonce: &str, folded_email: &str) -> String {
        format!("{nonce}.{}", URL_SAFE_NO_PAD.encode(mac(&self.known, format!("{nonce} {folded_email}").as_bytes())))
    }

    /// The nonce, if we signed it for this address.
    pub fn verify_known<'a>(&self, signed: &'a str, folded_email: &str) -> Option<&'a str> {
        let (nonce, signature) = signed.rsplit_once('.')?;
        let given = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let ours = mac(&self.known, format!("{nonce} {folded_email}").as_bytes());
        bool::from(ours.as_slice().ct_eq(&given)).then_some(nonce)
    }

    /// What only this instance can answer to a nonce.
    pub fn prove(&self, nonce: &str) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.instance, nonce.as_bytes()))
    }

    /// A number that follows from the browser's id and tells nothing of it.
    pub fn device_tag(&self, id: &str) -> [u8; 8] {
        let tag = mac(&self.device, format!("tag {id}").as_bytes());
        [tag[0], tag[1], tag[2], tag[3], tag[4], tag[5], tag[6], tag[7]]
    }
}

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length (RFC 2104 §2).
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC accepts any key length"));
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_signed() {
        let keys = Keys::derive("one");
        let signed = keys.sign_device("abc");
        assert_eq!(keys.verify_device(&signed), Some("abc"));
        assert_eq!(Keys::derive("two").verify_device(&signed), None);
        for forged in ["abc", "abc.", &signed.replace("abc", "abd"), &signed[..signed.len() - 1], ""] {
            assert_eq!(keys.verify_device(forged), None, "{forged}");
        }
    }

    #[test]
    fn a_known_device_is_known_to_one_account() {
        let keys = Keys::derive("one");
        let signed = keys.sign_known("abc", "ann@example.org");
        assert_eq!(keys.verify_known(&signed, "ann@example.org"), Some("abc"));
        assert_eq!(keys.verify_known(&signed, "ben@example.org"), None);
        assert_eq!(keys.verify_known(&keys.sign_device("abc"), "ann@example.org"), None, "another purpose");
        assert_eq!(Keys::derive("two").verify_known(&signed, "ann@example.org"), None);
    }
}
