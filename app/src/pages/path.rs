//! Paths that came from outside and are to be redirected to.

/// The text, if it is a path on this origin and nothing else: it starts with a single slash and holds nothing that browsers
/// drop or turn (`\`, tabs, line ends) before they read it.
pub fn local(text: &str) -> Option<&str> {
    let tame = text.len() <= 2000 && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (tame && text.starts_with('/') && !text.starts_with("//")).then_some(text)
}

/// The sign-in page that leads on to `next`.
pub fn sign_in(next: &str) -> String {
    format!("/sign-in?next={}", escaped(next))
}

/// A path as a query's value.
pub fn escaped(path: &str) -> String {
    path.bytes().map(escape).collect()
}

/// A byte inside a query's value (RFC 3986 §2).
fn escape(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours() {
        for good in ["/", "/monday-round", "/rooms/new?x=1&y=%2F#z"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nb",
            "/é",
            "javascript:x",
        ] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
        assert_eq!(sign_in("/a?b=c&d"), "/sign-in?next=/a%3Fb%3Dc%26d");
    }
}
