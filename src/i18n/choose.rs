//! Which language to speak.

use super::Lang;

impl Lang {
    /// The language of a code such as `fr`, `fr-CA` or `fr_FR`.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next()?.trim();
        Self::ALL.iter().copied().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

/// The reader's language: what they chose (cookie or account), else the best of `Accept-Language` (RFC 9110 §12.5.4), else
/// the default.
pub fn choose(chosen: Option<&str>, accept_language: Option<&str>) -> Lang {
    chosen.and_then(Lang::from_code).or_else(|| accept_language.and_then(best)).unwrap_or_default()
}

fn best(header: &str) -> Option<Lang> {
    let mut wishes: Vec<(u16, Lang)> = header
        .split(',')
        .filter_map(|part| {
            let (range, quality) = part.split_once(';').unwrap_or((part, "q=1"));
            Some((thousandths(quality)?, Lang::from_code(range.trim())?))
        })
        .filter(|(quality, _)| *quality > 0)
        .collect();
    // A stable sort keeps the reader's order among equals.
    wishes.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    wishes.first().map(|(_, lang)| *lang)
}

fn thousandths(quality: &str) -> Option<u16> {
    let value: f32 = quality.trim().strip_prefix("q=")?.parse().ok()?;
    (0.0..=1.0).contains(&value).then_some((value * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_first_then_quality_then_order() {
        let cases = [
            (Some("fr"), Some("en"), Lang::Fr),
            (Some("xx"), Some("fr-CA, en;q=0.8"), Lang::Fr),
            (None, Some("en;q=0.5, fr;q=0.9"), Lang::Fr),
            (None, Some("fr;q=0, en;q=0.1"), Lang::En),
            (None, Some("da, fr, en"), Lang::Fr),
            (None, Some("fr;q=nonsense"), Lang::En),
            (None, Some("de-AT,de;q=0.9,en;q=0.8"), Lang::De),
            (None, Some("nl-BE, fr;q=0.9"), Lang::Nl),
            (Some("NL"), Some("de"), Lang::Nl),
            (None, None, Lang::En),
        ];
        for (chosen, accept, expected) in cases {
            assert_eq!(choose(chosen, accept), expected, "{chosen:?} {accept:?}");
        }
    }
}
