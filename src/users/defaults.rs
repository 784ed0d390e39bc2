//! What a room starts with, which an account may prefer: who comes in, with what rights. It stands here, below the rooms,
//! because accounts keep it too.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{livekit::tokens::Source, web::fields::boolean};

/// Who comes in without being asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLevel {
    /// Everybody with the link.
    #[default]
    Public,
    /// Everybody who is signed in.
    Trusted,
    /// Those with a role.
    Restricted,
}

/// The contract's RoomConfiguration (§1.3): keys that are absent leave the instance's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// What those without a hosting role may send; absent or null: everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub can_publish_sources: Option<Vec<Source>>,
    /// Whether everyone may mute others: absent they may, an explicit null forbids it like false (contract §1.5), so both are
    /// kept apart.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub everyone_can_mute: Option<Option<bool>>,
}

/// A field that is there. Words and numbers count as what they mean, as the contract has it: `"no"` is false.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<bool>>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let meant = if value.is_null() { Some(None) } else { boolean(&value).map(Some) };
    meant.map(Some).ok_or_else(|| serde::de::Error::custom("neither yes nor no"))
}

impl Configuration {
    /// What a request asks for; `None` if it is no RoomConfiguration. Each source counts once, however often it stands there:
    /// they travel in every token of the room.
    pub fn parse(value: &Value) -> Option<Self> {
        // serde would take a list for the fields in their order.
        let mut parsed: Self = value.is_object().then(|| Self::deserialize(value).ok()).flatten()?;
        if let Some(sources) = &mut parsed.can_publish_sources {
            sources.sort_unstable();
            sources.dedup();
        }
        Some(parsed)
    }
}

/// The wire values of an enum.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ }) => {
        impl $type {
            /// The wire value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl std::str::FromStr for $type {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text { $($word => Ok(Self::$variant),)+ other => Err(format!("unknown value {other:?}")) }
            }
        }
        impl TryFrom<String> for $type {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
    };
}
pub(crate) use words;

words!(AccessLevel { Public = "public", Trusted = "trusted", Restricted = "restricted" });

impl AccessLevel {
    /// What a request asks for.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_str().and_then(|word| Self::from_str(word).ok())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_configuration_is_an_object_and_names_each_source_once() {
        for wrong in [json!([]), json!([null, true]), json!(null), json!("x"), json!({ "x": 1 })] {
            assert_eq!(Configuration::parse(&wrong), None, "{wrong}");
        }
        let many = json!({ "can_publish_sources": ["microphone", "camera", "microphone", "camera"] });
        let sources = Configuration::parse(&many).and_then(|parsed| parsed.can_publish_sources);
        assert_eq!(sources, Some(vec![Source::Camera, Source::Microphone]));
    }

    #[test]
    fn words_count_as_what_they_mean_and_are_kept_so() {
        let cases = [
            (json!("no"), json!(false)),
            (json!("Yes"), json!(true)),
            (json!(1), json!(true)),
            (json!("0"), json!(false)),
            (json!(null), json!(null)),
            (json!(true), json!(true)),
        ];
        for (sent, kept) in cases {
            let parsed = Configuration::parse(&json!({ "everyone_can_mute": sent })).expect("understood");
            assert_eq!(serde_json::to_value(&parsed).expect("JSON"), json!({ "everyone_can_mute": kept }), "{sent}");
        }
        for wrong in [json!("maybe"), json!(2), json!([]), json!({})] {
            assert_eq!(Configuration::parse(&json!({ "everyone_can_mute": wrong })), None, "{wrong}");
        }
        assert_eq!(serde_json::to_value(Configuration::default()).expect("JSON"), json!({}));
    }
}
