//! Those in the spotlight, as a room's metadata has them. Pure.

use serde_json::{Map, Value, json};

/// Our key in the metadata: identities, the one chosen first first.
pub const KEY: &str = "spotlight";
/// More would be no spotlight: the oldest gives way.
pub const MOST: usize = 3;

/// Who is in the spotlight.
pub fn read(metadata: &str) -> Vec<String> {
    let object: Map<String, Value> = serde_json::from_str(metadata).unwrap_or_default();
    let listed = object.get(KEY).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    listed.iter().filter_map(Value::as_str).take(MOST).map(str::to_owned).collect()
}

/// The same metadata with these in the spotlight; what others keep there stays.
pub fn written(metadata: &str, listed: &[String]) -> String {
    let mut object: Map<String, Value> = serde_json::from_str(metadata).unwrap_or_default();
    match listed {
        [] => drop(object.remove(KEY)),
        _ => drop(object.insert(KEY.to_owned(), json!(listed))),
    }
    Value::Object(object).to_string()
}

/// With or without one of them. `here` tells who is in the call; nobody else is in the spotlight.
pub fn changed(listed: &[String], identity: &str, on: bool, here: impl Fn(&str) -> bool) -> Vec<String> {
    let stay = listed.iter().filter(|one| *one != identity || on).filter(|one| here(one));
    let mut now: Vec<String> = stay.cloned().collect();
    if on && !now.iter().any(|one| one == identity) {
        now.push(identity.to_owned());
    }
    now.drain(..now.len().saturating_sub(MOST));
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(all: &[&str]) -> Vec<String> {
        all.iter().map(|&one| one.to_owned()).collect()
    }

    #[test]
    fn it_is_read_back_and_others_keep_their_keys() {
        let before = r#"{"access_level":"public","others":{"a":[1]},"spotlight":["x"]}"#;
        let after = written(before, &list(&["ann", "ben"]));
        assert_eq!(read(&after), ["ann", "ben"]);
        assert_eq!(
            serde_json::from_str::<Value>(&after).expect("JSON"),
            json!({ "access_level": "public", "others": { "a": [1] }, "spotlight": ["ann", "ben"] })
        );
        assert_eq!(
            written(&after, &[]),
            r#"{"access_level":"public","others":{"a":[1]}}"#,
            "no empty list stays behind"
        );
        for nonsense in ["", "nonsense", "[]", r#"{"spotlight":7}"#, r#"{"spotlight":[7,{}]}"#] {
            assert_eq!(read(nonsense), list(&[]), "{nonsense}");
        }
        assert_eq!(read(r#"{"spotlight":["a","b","c","d"]}"#), ["a", "b", "c"]);
    }

    #[test]
    fn one_comes_one_goes_and_the_oldest_gives_way() {
        let all = |_: &str| true;
        assert_eq!(changed(&[], "ann", true, all), ["ann"]);
        assert_eq!(changed(&list(&["ann", "ben"]), "ann", true, all), ["ann", "ben"], "once is enough");
        assert_eq!(changed(&list(&["ann", "ben"]), "ann", false, all), ["ben"]);
        assert_eq!(changed(&list(&["ann"]), "ben", false, all), ["ann"]);
        assert_eq!(changed(&list(&["a", "b", "c"]), "d", true, all), ["b", "c", "d"]);
        assert_eq!(changed(&list(&["gone", "ann"]), "ben", true, |one| one != "gone"), ["ann", "ben"]);
    }
}
