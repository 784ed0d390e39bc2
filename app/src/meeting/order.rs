//! Who is where. The order is steady: nobody moves because they speak, except to come into sight.

/// The order of arrival, own tile last.
pub fn arrange(people: &mut [(String, bool, u64)]) {
    people.sort_by(|a, b| (a.1, a.2, &a.0).cmp(&(b.1, b.2, &b.0)));
}

/// Brings `speaker` onto the first page, in place of whoever there has been silent for longest. `spoke` tells when somebody
/// was last heard (0: never). Own tile and pages that show everybody are left alone.
pub fn promote(order: &mut [String], page: usize, speaker: &str, spoke: impl Fn(&str) -> u64) -> bool {
    let Some(at) = order.iter().position(|id| id == speaker) else { return false };
    if at < page || page == 0 || order.len() <= page {
        return false;
    }
    let silent = (0..page).min_by_key(|&i| (spoke(&order[i]), std::cmp::Reverse(i)));
    silent.inspect(|&seat| order.swap(seat, at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(order: &[&str]) -> Vec<String> {
        order.iter().map(|&id| id.to_owned()).collect()
    }

    #[test]
    fn arrival_decides_and_own_is_last() {
        let mut people = vec![
            ("me".to_owned(), true, 1),
            ("late".to_owned(), false, 9),
            ("b".to_owned(), false, 3),
            ("a".to_owned(), false, 3),
        ];
        arrange(&mut people);
        let order: Vec<_> = people.iter().map(|(id, ..)| id.as_str()).collect();
        assert_eq!(order, ["a", "b", "late", "me"]);
    }

    #[test]
    fn who_speaks_out_of_sight_takes_the_place_of_the_most_silent() {
        let mut order = names(&["a", "b", "c", "d"]);
        let spoke = |id: &str| if id == "a" { 5 } else { 0 };
        assert!(promote(&mut order, 3, "d", spoke));
        assert_eq!(order, names(&["a", "b", "d", "c"]));
        assert!(!promote(&mut order, 3, "a", spoke), "in sight already");
        assert!(!promote(&mut order, 4, "c", spoke), "all in sight");
        assert!(!promote(&mut order, 3, "nobody", spoke));
    }
}
