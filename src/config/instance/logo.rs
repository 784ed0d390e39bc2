//! The mark in the header.

use std::path::Path;

use sha2::{Digest, Sha256};

/// Every page shows it, and a page is light.
const LARGEST: u64 = 24 * 1024;

/// A picture, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its media type.
    pub kind: &'static str,
    /// Its file name; another picture has another name.
    pub name: String,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl Logo {
    /// The picture in a file, or why it is none.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let size = std::fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?.len();
        if size > LARGEST {
            return Err(format!("has {size} bytes; at most {LARGEST} are served"));
        }
        Self::of(std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?)
    }

    fn of(bytes: Vec<u8>) -> Result<Self, String> {
        let (kind, ending) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            ("image/png", "png")
        } else if is_svg(&bytes) {
            ("image/svg+xml", "svg")
        } else {
            return Err("is neither SVG nor PNG".to_owned());
        };
        let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { kind, name: format!("logo-{hash}.{ending}"), bytes })
    }
}

/// Text whose first element is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(mut text) = std::str::from_utf8(bytes) else { return false };
    loop {
        text = text.trim_start_matches('\u{feff}').trim_start();
        let end = match text {
            comment if comment.starts_with("<!--") => "-->",
            other if other.starts_with("<?") || other.starts_with("<!") => ">",
            element => {
                return element
                    .strip_prefix("<svg")
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'));
            }
        };
        let Some((_, rest)) = text.split_once(end) else { return false };
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_a_picture_and_says_so_itself() {
        let svg = b"<?xml version=\"1.0\"?>\n<!-- <x> --><!DOCTYPE svg>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
            .to_vec();
        let logo = Logo::of(svg).expect("a picture");
        assert!(logo.kind == "image/svg+xml" && logo.name.starts_with("logo-") && logo.name.ends_with(".svg"));
        assert_eq!(Logo::of(b"\x89PNG\r\n\x1a\nrest".to_vec()).expect("a picture").kind, "image/png");
        assert_ne!(
            Logo::of(b"<svg>1</svg>".to_vec()).expect("a").name,
            Logo::of(b"<svg>2</svg>".to_vec()).expect("b").name
        );
        for wrong in [&b""[..], b"GIF89a", b"<html><svg/></html>", b"<svgx/>", b"<!--", b"\xff\xfe<svg/>"] {
            assert!(Logo::of(wrong.to_vec()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_heavy_one_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("logo.svg");
        std::fs::write(&file, format!("<svg>{}</svg>", " ".repeat(24 * 1024))).expect("written");
        assert!(Logo::read(&file).expect_err("heavy").contains("at most 24576"));
        assert!(Logo::read(folder.path()).is_err() && Logo::read(&folder.path().join("none")).is_err());
    }
}
