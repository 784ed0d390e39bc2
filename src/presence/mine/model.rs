//! Which rooms a page shows, and in which order. Pure.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use crate::rooms::slug;

/// Rooms on one page.
pub const PAGE: usize = 20;

/// What is looked at of each room to find its place.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// The room.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The last part of its link.
    pub slug: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its last meeting began.
    pub started_at: Option<DateTime<Utc>>,
    /// When its last meeting ended; none while it goes on.
    pub finished_at: Option<DateTime<Utc>>,
}

impl Line {
    /// When somebody last met here; `now` while they do.
    pub fn used(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.started_at.map(|_| self.finished_at.unwrap_or(now))
    }

    /// For the order. A room that nobody has used yet stands where its making puts it: who has just made one looks for it on top.
    fn place(&self) -> (Reverse<DateTime<Utc>>, String, Uuid) {
        let used = self.used(DateTime::<Utc>::MAX_UTC).unwrap_or(self.created_at);
        (Reverse(used), fold(&self.name), self.id)
    }
}

/// A page of what was found.
#[derive(Debug)]
pub struct Shown {
    /// In their order.
    pub lines: Vec<Line>,
    /// From 1.
    pub page: usize,
    /// At least 1.
    pub pages: usize,
    /// How many match.
    pub found: usize,
}

/// Letters without their case and marks, so that "creme" finds "Crème".
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The lines that hold every word of `text`, by last use, then name; of these the page.
pub fn arrange(mut lines: Vec<Line>, text: &str, page: usize) -> Shown {
    let wanted = fold(text);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    // A whole link, pasted.
    let link = text.contains('/').then(|| slug::from_input(text)).flatten();
    lines.retain(|line| {
        let name = fold(&line.name);
        link.as_ref() == Some(&line.slug) || words.iter().all(|word| name.contains(word) || line.slug.contains(word))
    });
    lines.sort_by_cached_key(Line::place);
    let found = lines.len();
    let pages = found.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let lines = lines.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    Shown { lines, page, pages, found }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn line(name: &str, made: i64, met: Option<(i64, Option<i64>)>) -> Line {
        let at = |hours: i64| DateTime::from_timestamp(1_795_000_000, 0).expect("a time") + TimeDelta::hours(hours);
        Line {
            id: Uuid::from_u128(name.bytes().fold(7, |key: u128, byte| key.wrapping_mul(31) + u128::from(byte))),
            name: name.to_owned(),
            slug: slug::slugify(name),
            created_at: at(made),
            started_at: met.map(|(from, _)| at(from)),
            finished_at: met.and_then(|(_, to)| to).map(at),
        }
    }

    fn names(shown: &Shown) -> Vec<&str> {
        shown.lines.iter().map(|line| line.name.as_str()).collect()
    }

    #[test]
    fn what_goes_on_is_first_then_what_was_used_or_made_last_then_names() {
        let lines = vec![
            line("Old and used", 0, Some((9, Some(10)))),
            line("never B", 5, None),
            line("Élan", 5, None),
            line("Just made", 20, None),
            line("Going on", 1, Some((8, None))),
            line("Never a", 5, None),
        ];
        let shown = arrange(lines, "", 1);
        assert_eq!(names(&shown), ["Going on", "Just made", "Old and used", "Élan", "Never a", "never B"]);
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        assert_eq!(shown.lines[0].used(now), Some(now));
        assert_eq!(shown.lines[1].used(now), None);
    }

    #[test]
    fn each_word_must_be_there_whatever_its_case_and_marks() {
        let all =
            || ["Crème brûlée", "CREME caramel", "Straße", "اجتماع فريق", "50%_off"].map(|name| line(name, 0, None));
        let found = |text: &str| names(&arrange(all().into(), text, 1)).join("|");
        assert_eq!(found("creme"), "Crème brûlée|CREME caramel");
        assert_eq!(found("  BRÛ   cre "), "Crème brûlée");
        assert_eq!(found("فريق"), "اجتماع فريق");
        assert_eq!(found("%_"), "50%_off");
        assert_eq!(found("https://meet.example.org/creme-caramel?x"), "CREME caramel");
        assert_eq!(found("nothing"), "");
        assert_eq!(arrange(all().into(), "", 1).found, 5);
    }

    #[test]
    fn two_hundred_rooms_are_ten_pages() {
        let all: Vec<_> = (0..200).map(|number| line(&format!("Room {number:03}"), -number, None)).collect();
        let page = |number| arrange(all.clone(), "", number);
        assert_eq!((page(1).pages, page(1).found, names(&page(1))[0]), (10, 200, "Room 000"));
        assert_eq!(names(&page(10)).last(), Some(&"Room 199"));
        assert_eq!((page(0).page, page(usize::MAX).page), (1, 10));
        let empty = arrange(Vec::new(), "", 7);
        assert_eq!((empty.page, empty.pages, empty.lines.len()), (1, 1, 0));
    }
}
