//! Words that stay together.

/// What no line breaks apart: a moment in a narrow column, whose year stood alone on the next line.
pub fn whole(moment: &str) -> String {
    moment.replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_break_at() {
        assert_eq!(whole("22 November 2026, 6:15"), "22\u{a0}November\u{a0}2026,\u{a0}6:15");
        assert_eq!(whole("today"), "today");
    }
}
