//! Who somebody is on LiveKit: a person, and which of that person's browsers. LiveKit lets an identity in once and puts
//! the older one out, so a reload replaces itself and a second device does not.

use std::fmt;

use crate::random::Random;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LENGTH: usize = 8;

/// One browser of a person: eight letters and digits of base 32, stable for as long as the browser keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Device(String);

impl Device {
    /// A new one, for a browser that has none yet.
    pub fn random(random: &Random) -> Self {
        random.bytes::<LENGTH>().into()
    }

    /// The eight letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<[u8; LENGTH]> for Device {
    /// Five bits of each byte make a letter.
    fn from(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.into_iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
    }
}

impl TryFrom<&str> for Device {
    type Error = ();

    fn try_from(text: &str) -> Result<Self, ()> {
        let valid = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if valid { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

/// `<subject>` or `<subject>~<device>`. [`Identity::parse`] is the one way back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    subject: String,
    device: Option<Device>,
}

impl Identity {
    /// Whoever `subject` is (an account's `sub` or id, or a guest's UUID), on `device` if the client named one.
    ///
    /// A subject that itself ends like a device (`bob~abcdefgh`) always gets one, or it would read as another person's
    /// (`bob`'s) browser.
    pub fn new(subject: impl Into<String>, device: Option<Device>) -> Self {
        let subject = subject.into();
        let device = device.or_else(|| split(&subject).map(|_| Device("a".repeat(LENGTH))));
        Self { subject, device }
    }

    /// Reads what [`fmt::Display`] wrote. Never fails: what has no device is all subject.
    pub fn parse(text: &str) -> Self {
        match split(text) {
            Some((subject, device)) => Self { subject: subject.to_owned(), device: Some(device) },
            None => Self { subject: text.to_owned(), device: None },
        }
    }

    /// The person.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The person's browser, if the client named one.
    pub fn device(&self) -> Option<&Device> {
        self.device.as_ref()
    }
}

fn split(text: &str) -> Option<(&str, Device)> {
    let (subject, device) = text.rsplit_once('~')?;
    let device = Device::try_from(device).ok()?;
    (!subject.is_empty()).then_some((subject, device))
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.subject)?;
        match &self.device {
            Some(device) => write!(f, "~{}", device.as_str()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn device(text: &str) -> Option<Device> {
        Some(Device::try_from(text).expect("a device"))
    }

    #[test]
    fn one_person_on_two_devices() {
        assert_eq!(Identity::new("user1", None).to_string(), "user1");
        assert_eq!(Identity::new("user1", device("abcdefg2")).to_string(), "user1~abcdefg2");
        assert_eq!(Identity::parse("user1~abcdefg2").subject(), "user1");
    }

    #[test]
    fn a_tilde_alone_is_no_device() {
        for text in ["a~b", "~", "~abcdefgh", "", "user~ABCDEFGH", "user~abcdefg1", "user~abcdefghi", "user~abcdefgé"]
        {
            let identity = Identity::parse(text);
            assert_eq!((identity.subject(), identity.device()), (text, None), "{text}");
        }
        assert_eq!(Identity::parse("a~b~abcdefgh").subject(), "a~b");
    }

    #[test]
    fn nobody_passes_for_a_device_of_somebody_else() {
        let odd = Identity::new("bob~abcdefgh", None);
        assert_eq!(odd.to_string(), "bob~abcdefgh~aaaaaaaa");
        assert_eq!(Identity::parse(&odd.to_string()).subject(), "bob~abcdefgh");
    }

    #[test]
    fn devices_are_drawn_from_the_alphabet() {
        let random = Random::seeded(1);
        for _ in 0..100 {
            let drawn = Device::random(&random);
            assert_eq!(Device::try_from(drawn.as_str()), Ok(drawn));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(subject in "[a-z2~]{1,24}", named in proptest::option::of("[a-z2-7]{8}")) {
            let identity = Identity::new(subject, named.as_deref().and_then(device));
            prop_assert_eq!(Identity::parse(&identity.to_string()), identity);
        }
    }
}
