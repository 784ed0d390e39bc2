//! Small texts: initials, durations, links in messages.

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

/// A piece of a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// An address to follow: what is shown, and where it leads.
    Link(&'a str, String),
}

/// Cuts a message into text and links. Only `https://`, `http://` and `www.` count: nobody is sent anywhere by accident.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let begins = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "(<[\"'«“‘".contains(c));
        let length = if begins { link(rest) } else { 0 };
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if plain < at {
            pieces.push(Piece::Text(&text[plain..at]));
        }
        let shown = &rest[..length];
        let target = if shown.starts_with("http") { shown.to_owned() } else { format!("https://{shown}") };
        pieces.push(Piece::Link(shown, target));
        at += length;
        plain = at;
    }
    if plain < text.len() {
        pieces.push(Piece::Text(&text[plain..]));
    }
    pieces
}

/// The length of the link that `text` begins with; 0 when it begins with none.
fn link(text: &str) -> usize {
    let Some(prefix) = ["https://", "http://", "www."].into_iter().find(|prefix| text.starts_with(prefix)) else {
        return 0;
    };
    let end = text.find(|c: char| c.is_whitespace() || "<>\"«»“”".contains(c)).unwrap_or(text.len());
    // A full stop or bracket at the end belongs to the sentence, unless the bracket was opened inside.
    let mut shown = &text[..end];
    while let Some(last) = shown.chars().next_back() {
        let opened = last == ')' && shown.contains('(');
        if opened || !(".,;:!?'’)]}…".contains(last)) {
            break;
        }
        shown = &shown[..shown.len() - last.len_utf8()];
    }
    if shown.len() > prefix.len() { shown.len() } else { 0 }
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

    #[test]
    fn links_are_found_and_punctuation_stays_outside() {
        let link = |shown, target: &str| Piece::Link(shown, target.to_owned());
        assert_eq!(
            pieces("See https://a.example/x_(y), or (www.b.example)."),
            [
                Piece::Text("See "),
                link("https://a.example/x_(y)", "https://a.example/x_(y)"),
                Piece::Text(", or ("),
                link("www.b.example", "https://www.b.example"),
                Piece::Text(")."),
            ]
        );
        assert_eq!(pieces("javascript:alert(1) xhttps://a"), [Piece::Text("javascript:alert(1) xhttps://a")]);
        assert_eq!(pieces("https:// 👏"), [Piece::Text("https:// 👏")]);
        assert_eq!(pieces(""), []);
    }
}
