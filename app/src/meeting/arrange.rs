//! Who is large, who is small, and who is not shown: pure, from what somebody chose to see.

/// What one sees.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'c> {
    /// Letters of [`SPEAKER`], [`ALONE`], [`HIDE_OWN`], [`HIDE_FACELESS`] and of [`most`], which one chose for oneself alone: what this
    /// browser remembers (`app/js/picture/flags.ts`).
    pub flags: &'c str,
    /// Who stays large, whoever speaks: pinned by oneself, else shown to all by a host.
    pub pinned: &'c [String],
}

/// One large picture of who speaks, the others in a strip.
pub const SPEAKER: char = 's';
/// The same without the strip.
pub const ALONE: char = 'l';
/// The own picture is not shown to oneself.
pub const HIDE_OWN: char = 'o';
/// Those without a picture are not shown.
pub const HIDE_FACELESS: char = 'f';

/// Somebody who could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'p> {
    /// Who.
    pub identity: &'p str,
    /// Oneself.
    pub own: bool,
    /// With a picture.
    pub picture: bool,
}

/// How many tiles a page holds at most.
pub fn most(flags: &str) -> usize {
    let chosen = |&(flag, _): &(char, usize)| flags.contains(flag);
    [('4', 4), ('9', 9), ('6', 16)].iter().find(|one| chosen(one)).map_or(usize::MAX, |&(_, most)| most)
}

/// Puts in what is not there, and takes out what is.
pub fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|each| *each == one) {
        Some(at) => drop(all.remove(at)),
        None => all.push(one),
    }
}

/// Who is large and who is small, each in the order given. Nobody large: all are alike. Somebody is always shown.
pub fn arrange(all: &[Shown<'_>], chosen: Chosen<'_>, speaker: Option<&str>) -> (Vec<String>, Vec<String>) {
    let alone = all.iter().filter(|one| !one.own).count() == 0;
    let pinned = |one: &Shown<'_>| chosen.pinned.iter().any(|pinned| pinned == one.identity);
    let wanted = |one: &&Shown<'_>| {
        let hidden = (one.own && chosen.flags.contains(HIDE_OWN))
            || (!one.picture && !one.own && chosen.flags.contains(HIDE_FACELESS));
        pinned(one) || alone || !hidden
    };
    let mut shown: Vec<_> = all.iter().filter(wanted).copied().collect();
    // Whoever hides everybody sees them all the same: an empty stage helps nobody.
    if shown.iter().all(|one| one.own) && !alone {
        shown = all.iter().filter(|one| !(one.own && chosen.flags.contains(HIDE_OWN))).copied().collect();
    }
    let mut large: Vec<&str> = shown.iter().filter(|one| pinned(one)).map(|one| one.identity).collect();
    if large.is_empty() && chosen.flags.contains([SPEAKER, ALONE]) && shown.len() > 1 {
        let speaking =
            shown.iter().find(|one| Some(one.identity) == speaker).or_else(|| shown.iter().find(|one| !one.own));
        large = speaking.or(shown.first()).map(|one| vec![one.identity]).unwrap_or_default();
    }
    // With nobody beside them there is no strip, and they may as well fill the stage together.
    if large.len() == shown.len() {
        large.clear();
    }
    let stripped = !large.is_empty() && chosen.flags.contains(ALONE);
    let small = shown.iter().map(|one| one.identity).filter(|identity| !stripped && !large.contains(identity));
    (large.iter().map(|&identity| identity.to_owned()).collect(), small.map(str::to_owned).collect())
}

/// Who is in the strip beside a shared screen: first those who are to be large, who hold their places whoever speaks.
pub fn beside(all: &[Shown<'_>], chosen: Chosen<'_>) -> Vec<String> {
    let flags = chosen.flags.replace(SPEAKER, "");
    let (mut large, small) = arrange(all, Chosen { flags: &flags, ..chosen }, None);
    if chosen.pinned.is_empty() && flags.contains(ALONE) {
        return Vec::new();
    }
    large.extend(small);
    large
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Shown<'static>; 4] = [
        Shown { identity: "ann", own: false, picture: true },
        Shown { identity: "ben", own: false, picture: false },
        Shown { identity: "cleo", own: false, picture: true },
        Shown { identity: "me", own: true, picture: true },
    ];

    fn arranged(flags: &str, pinned: &[&str], speaker: Option<&str>) -> (String, String) {
        let pinned: Vec<String> = pinned.iter().map(|&one| one.to_owned()).collect();
        let (large, small) = arrange(&ALL, Chosen { flags, pinned: &pinned }, speaker);
        (large.join(" "), small.join(" "))
    }

    fn of(large: &str, small: &str) -> (String, String) {
        (large.to_owned(), small.to_owned())
    }

    #[test]
    fn by_itself_all_are_alike() {
        assert_eq!(arranged("", &[], Some("ben")), of("", "ann ben cleo me"));
    }

    #[test]
    fn who_speaks_is_large_until_somebody_is_pinned() {
        assert_eq!(arranged("s", &[], Some("cleo")), of("cleo", "ann ben me"));
        assert_eq!(arranged("s", &[], None), of("ann", "ben cleo me"), "before anybody spoke");
        assert_eq!(arranged("s", &[], Some("gone")), of("ann", "ben cleo me"));
        assert_eq!(arranged("s", &["me", "ben"], Some("cleo")), of("ben me", "ann cleo"));
        assert_eq!(arranged("", &["me"], Some("cleo")), of("me", "ann ben cleo"));
        assert_eq!(arranged("", &["me", "ann", "cleo", "ben"], None), of("", "ann ben cleo me"), "all is none");
        assert_eq!(arranged("", &["gone"], None), of("", "ann ben cleo me"));
    }

    #[test]
    fn what_is_hidden_and_what_never_is() {
        assert_eq!(arranged("o", &[], None), of("", "ann ben cleo"));
        assert_eq!(arranged("f", &[], None), of("", "ann cleo me"));
        assert_eq!(arranged("f", &["ben"], None), of("ben", "ann cleo me"), "who is pinned is wanted");
        let hides = Chosen { flags: "of", pinned: &[] };
        assert_eq!(arrange(&ALL[3..], hides, None).1, ["me"], "alone one sees oneself");
        assert_eq!(arrange(&ALL[1..2], hides, None).1, ["ben"], "somebody is always shown");
    }

    #[test]
    fn who_speaks_may_be_all_one_sees() {
        assert_eq!(arranged("l", &[], Some("cleo")), of("cleo", ""));
        assert_eq!(arranged("l", &["ben"], Some("cleo")), of("ben", ""));
        assert_eq!(arranged("l", &["me", "ann", "cleo", "ben"], None), of("", "ann ben cleo me"), "all is none");
    }

    #[test]
    fn beside_a_screen_nobody_moves_for_speaking_and_who_is_pinned_comes_first() {
        let beside = |flags, pinned: &[&str]| {
            let pinned: Vec<String> = pinned.iter().map(|&one| one.to_owned()).collect();
            beside(&ALL, Chosen { flags, pinned: &pinned }).join(" ")
        };
        assert_eq!(beside("s", &[]), "ann ben cleo me");
        assert_eq!(beside("so", &["cleo"]), "cleo ann ben");
        assert_eq!(beside("l", &[]), "", "the screen alone");
        assert_eq!(beside("l", &["ben"]), "ben");
    }

    #[test]
    fn a_page_holds_as_many_as_was_chosen() {
        assert_eq!(["s4", "9o", "f6", "so"].map(most), [4, 9, 16, usize::MAX]);
    }

    #[test]
    fn once_in_once_out() {
        let mut all = vec!['a'];
        toggle(&mut all, 'b');
        toggle(&mut all, 'a');
        assert_eq!(all, ['b']);
    }
}
