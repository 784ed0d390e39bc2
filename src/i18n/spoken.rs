//! The texts of a browser: what the page brought along, in its one language.

use std::{cell::Cell, fmt::Display};

use super::meeting::COUNT;

thread_local! {
    // A plain array at a known place: a text is two loads, wherever one is needed.
    static TEXTS: [Cell<&'static str>; COUNT] = const { [const { Cell::new("") }; COUNT] };
}

/// Takes what `meeting::everything` gave on the server, for as long as the page lives.
pub fn speak(texts: Vec<String>) {
    TEXTS.with(|known| known.iter().zip(texts).for_each(|(place, text)| place.set(text.leak())));
}

/// The text at a place.
#[inline]
pub(super) fn word(at: usize) -> &'static str {
    TEXTS.with(|known| known.get(at).map_or("", Cell::get))
}

/// The same with its placeholders filled. One pass: what is filled in is text, whatever it holds.
#[inline(never)]
pub(super) fn fill(at: usize, with: &[(&str, &dyn Display)]) -> String {
    let mut rest = word(at);
    let mut filled = String::new();
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some((name, value)) = with.iter().find(|(name, _)| rest.starts_with(name)) else { break };
        filled.push_str(&value.to_string());
        rest = &rest[name.len()..];
    }
    filled + rest
}
