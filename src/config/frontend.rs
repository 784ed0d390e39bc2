//! What web clients are told about this instance by `/api/v1.0/config/`. The names after `frontend.` are those that operators of
//! the peer product know.

use std::str::FromStr;

use serde_json::{Map, Value};
use url::Url;

use super::{
    Source,
    setting::{ON_OFF, settings},
};

const A_URL: &str = "a URL such as https://example.org/page";
const AN_OBJECT: &str = "a JSON object";

settings! {
    /// A style sheet that clients load after their own.
    CUSTOM_CSS_URL: "frontend.custom_css_url", A_URL;
    /// What clients need for their analytics; none leaves them off.
    ANALYTICS: "frontend.analytics", AN_OBJECT, default "{}";
    /// What clients need for their support chat and help links.
    SUPPORT: "frontend.support", AN_OBJECT, default "{}";
    /// Where clients lead those who want to say something about the product.
    FEEDBACK: "frontend.feedback", AN_OBJECT, default "{}";
    /// Whether clients keep the log lines of their LiveKit library to themselves.
    SILENCE_LIVEKIT_DEBUG: "frontend.silence_livekit_debug", ON_OFF, default "false";
    /// Whether clients try to sign people in without asking them; of use with an identity provider alone.
    SILENT_LOGIN: "frontend.is_silent_login_enabled", ON_OFF, default "false";
    /// After how many milliseconds alone in a call clients ask whether somebody is still there.
    IDLE_DISCONNECT: "frontend.idle_disconnect_warning_delay", "a number of milliseconds";
    /// Where clients send people who look for the manual.
    DOCUMENTATION_URL: "frontend.documentation_url", A_URL;
    /// Where clients send strangers who come to their first page.
    EXTERNAL_HOME_URL: "frontend.external_home_url", A_URL;
    /// Whether clients show the footer of French authorities.
    FRENCH_GOV_FOOTER: "frontend.use_french_gov_footer", ON_OFF, default "false";
    /// Whether the button to sign in is that of ProConnect.
    PROCONNECT_BUTTON: "frontend.use_proconnect_button", ON_OFF, default "false";
    /// Web app manifest that clients link to.
    MANIFEST_LINK: "frontend.manifest_link", "a URL or path";
    /// Where clients say that transcripts are found.
    TRANSCRIPTION_DESTINATION: "frontend.transcription_destination", A_URL;
    /// Above this many people in a call clients play no sound when somebody comes.
    MAX_FOR_SOUND: "frontend.max_participants_for_sound", "a number", default "5";
    /// Above this many people in a call who comes starts muted.
    AUTO_MUTE: "frontend.auto_mute_on_join_threshold", "a number", default "50";
}

/// What web clients are told.
#[derive(Clone, Debug, Default)]
pub struct Frontend {
    /// [`CUSTOM_CSS_URL`].
    pub custom_css_url: Option<Url>,
    /// [`ANALYTICS`].
    pub analytics: Object,
    /// [`SUPPORT`].
    pub support: Object,
    /// [`FEEDBACK`].
    pub feedback: Object,
    /// [`SILENCE_LIVEKIT_DEBUG`].
    pub silence_livekit_debug: bool,
    /// [`SILENT_LOGIN`].
    pub silent_login: bool,
    /// [`IDLE_DISCONNECT`].
    pub idle_disconnect_warning_delay: Option<u64>,
    /// [`DOCUMENTATION_URL`].
    pub documentation_url: Option<Url>,
    /// [`EXTERNAL_HOME_URL`].
    pub external_home_url: Option<Url>,
    /// [`FRENCH_GOV_FOOTER`].
    pub french_gov_footer: bool,
    /// [`PROCONNECT_BUTTON`].
    pub proconnect_button: bool,
    /// [`MANIFEST_LINK`].
    pub manifest_link: Option<String>,
    /// [`TRANSCRIPTION_DESTINATION`].
    pub transcription_destination: Option<Url>,
    /// [`MAX_FOR_SOUND`].
    pub max_participants_for_sound: u32,
    /// [`AUTO_MUTE`].
    pub auto_mute_on_join_threshold: u32,
}

/// A JSON object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object(pub Map<String, Value>);

impl FromStr for Object {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }
}

impl Frontend {
    pub(super) fn read(source: &mut Source) -> Self {
        Self {
            custom_css_url: source.optional(&CUSTOM_CSS_URL),
            analytics: source.value(&ANALYTICS),
            support: source.value(&SUPPORT),
            feedback: source.value(&FEEDBACK),
            silence_livekit_debug: source.value(&SILENCE_LIVEKIT_DEBUG),
            silent_login: source.value(&SILENT_LOGIN),
            idle_disconnect_warning_delay: source.optional(&IDLE_DISCONNECT),
            documentation_url: source.optional(&DOCUMENTATION_URL),
            external_home_url: source.optional(&EXTERNAL_HOME_URL),
            french_gov_footer: source.value(&FRENCH_GOV_FOOTER),
            proconnect_button: source.value(&PROCONNECT_BUTTON),
            manifest_link: source.text(&MANIFEST_LINK),
            transcription_destination: source.optional(&TRANSCRIPTION_DESTINATION),
            max_participants_for_sound: source.value(&MAX_FOR_SOUND),
            auto_mute_on_join_threshold: source.value(&AUTO_MUTE),
        }
    }
}
