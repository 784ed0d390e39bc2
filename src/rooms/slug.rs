//! The last part of a room's link.

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::random::Random;

/// Longest slug, in characters (contract §2.1).
pub const LONGEST: usize = 100;

/// First parts of our own addresses, and those that crawlers and later pages need: no room may answer there. A test in
/// `app/tests` compares this list with the router.
pub const RESERVED: &[&str] = &[
    "about",
    "account",
    "accounts",
    "admin",
    "api",
    "assets",
    "authenticate",
    "docs",
    "events",
    "external-api",
    "favicon-ico",
    "favicon-svg",
    "fn",
    "health",
    "healthz",
    "help",
    "home",
    "invitations",
    "jwks",
    "join",
    "language",
    "legal",
    "link",
    "livekit",
    "login",
    "logout",
    "media",
    "metrics",
    "new",
    "openapi-json",
    "privacy",
    "readyz",
    "recording",
    "recordings",
    "robots-txt",
    "rooms",
    "sdk",
    "settings",
    "setup",
    "sign-in",
    "sign-out",
    "signin",
    "static",
    "theme",
    "user",
    "users",
    "visavis",
    "well-known",
    "www",
];

/// The contract's slug of a text (§2.1): NFKD, ASCII, lower case, words joined by single hyphens.
pub fn slugify(text: &str) -> String {
    let folded: String = text.nfkd().filter(char::is_ascii).map(|c| c.to_ascii_lowercase()).collect();
    let kept: String =
        folded.chars().filter(|c| c.is_ascii_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-')).collect();
    let mut slug = String::with_capacity(kept.len());
    for c in kept.trim().chars() {
        let c = if c.is_whitespace() { '-' } else { c };
        if c != '-' || !slug.ends_with('-') {
            slug.push(c);
        }
    }
    slug.trim_matches(['-', '_']).to_owned()
}

/// The slug of a room's name. `Ok(None)`: nothing of it can stand in a link (no Latin letter or digit), so a code is drawn.
/// Errors: `name_reserved`, `slug_too_long`.
pub fn of_name(name: &str) -> Result<Option<String>, &'static str> {
    let slug = slugify(name);
    if slug.is_empty() {
        Ok(None)
    } else if RESERVED.contains(&slug.as_str()) || Uuid::try_parse(&slug).is_ok() {
        // A name that reads as an id would let one room pass for another (contract §1.3).
        Err("name_reserved")
    } else if slug.chars().count() > LONGEST {
        Err("slug_too_long")
    } else {
        Ok(Some(slug))
    }
}

/// The field that the contract blames for what [`of_name`] refuses.
pub fn field_of(code: &str) -> &'static str {
    if code == "slug_too_long" { "slug" } else { "name" }
}

/// A code such as `abc-defg-hij`: ten letters, 47 bits.
pub fn draw(random: &Random) -> String {
    let mut letters = (0..10).map(|_| char::from(b'a' + random.below(26) as u8));
    let mut group = |n: usize| letters.by_ref().take(n).collect::<String>();
    format!("{}-{}-{}", group(3), group(4), group(3))
}

/// What somebody typed or pasted: a code, a name, or a whole link. `None`: nothing of it can be a slug. Ten letters may be a
/// code without its hyphens or a name (`assemblies`): that is for the look-up to find out.
pub fn from_input(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        // "meet.example.org/abc" pasted without its scheme: what follows the last slash.
        None => text.rsplit_once('/').map_or(text, |(_, last)| last),
    };
    let slug = slugify(path.split(['?', '#', '/']).next().unwrap_or_default());
    (!slug.is_empty()).then_some(slug)
}

/// `abcdefghij` → `abc-defg-hij`; everything else stays.
pub fn canonical(slug: &str) -> String {
    if slug.len() == 10 && slug.bytes().all(|b| b.is_ascii_lowercase()) {
        format!("{}-{}-{}", &slug[..3], &slug[3..7], &slug[7..])
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_of_names() {
        let cases = [
            ("Monday round", "monday-round"),
            ("  Crème   brûlée -- à la carte! ", "creme-brulee-a-la-carte"),
            ("_under_score_", "under_score"),
            ("ﬁne ²", "fine-2"),
            ("اجتماع", ""),
            ("a.b/c", "abc"),
        ];
        for (name, slug) in cases {
            assert_eq!(slugify(name), slug, "{name}");
        }
    }

    #[test]
    fn names_that_may_not_be_a_link() {
        assert_eq!(of_name("Sign In"), Err("name_reserved"));
        assert_eq!(of_name("2c3a3ab1-6a1f-4f0c-9e2f-b1e1a7f6a0aa"), Err("name_reserved"));
        assert_eq!(of_name("2C3A3AB16A1F4F0C9E2FB1E1A7F6A0AA!"), Err("name_reserved"));
        assert_eq!(of_name(&"x".repeat(101)), Err("slug_too_long"));
        assert_eq!(of_name("日本"), Ok(None));
    }

    #[test]
    fn what_people_paste() {
        assert_eq!(from_input("ABCDEFGHIJ").as_deref(), Some("abcdefghij"));
        for text in
            ["abc-defg-hij", "https://meet.example/abc-defg-hij?x=1#y", "meet.example/abc-defg-hij", " abc-defg-hij/ "]
        {
            assert_eq!(from_input(text).as_deref(), Some("abc-defg-hij"), "{text}");
        }
        assert_eq!(from_input("https://meet.example"), None);
        assert_eq!(from_input("Monday Round").as_deref(), Some("monday-round"));
        assert_eq!(from_input("///"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_slug_is_its_own_slug(name in ".{0,200}") {
            let slug = slugify(&name);
            proptest::prop_assert_eq!(slugify(&slug), slug.clone());
            proptest::prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_'));
        }

        #[test]
        fn codes_have_the_contracts_shape(seed: u64) {
            let code = draw(&Random::seeded(seed));
            proptest::prop_assert_eq!(canonical(&code.replace('-', "")), code);
        }
    }
}
