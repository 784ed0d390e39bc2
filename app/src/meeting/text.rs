//! Small texts: initials, durations.

/// One or two letters for a face without a picture: of the first and the last word, else the first of all. The style sheet
/// makes capitals of them, which spares the browser our tables of all the world's letters.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let (first, last) = (words.next(), words.next_back());
    let letters: String = first.into_iter().chain(last).collect();
    if letters.is_empty() { name.trim().chars().take(1).collect() } else { letters }
}

/// `6:05`, `1:02:03`.
pub fn duration(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_all_kinds_of_names() {
        let cases = [
            ("Anna Lindqvist", "AL"),
            ("karim", "k"),
            ("Olumide  Adeyemi-Bartholomew Featherstonehaugh", "OF"),
            ("نور الهدى", "نا"),
            ("(guest) 7", "g7"),
            ("👏", "👏"),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!([duration(0), duration(65), duration(3723)], ["0:00", "1:05", "1:02:03"]);
    }
}
