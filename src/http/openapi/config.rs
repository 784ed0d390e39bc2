//! What `/api/v1.0/config/` answers.

use serde_json::json;

use crate::{
    livekit::tokens::Source,
    users::openapi::access_level,
    web::openapi::{Operation, nullable, object, text, word},
};

/// The operation.
pub fn operation() -> Operation {
    let (yes, number) = (|| json!({ "type": "boolean" }), || json!({ "type": "integer" }));
    let (words, any) = (|| json!({ "type": "array", "items": { "type": "string" } }), || json!({ "type": "object" }));
    let recording = object([
        ("is_enabled", yes()),
        ("available_modes", words()),
        ("expiration_days", nullable(number())),
        ("max_duration", nullable(number())),
    ]);
    let background = object([
        ("upload_is_enabled", yes()),
        ("max_count_by_user", number()),
        ("max_size", number()),
        ("allowed_extensions", words()),
        ("allowed_mimetypes", words()),
    ]);
    let livekit = object([
        ("url", text("")),
        ("force_wss_protocol", yes()),
        ("enable_firefox_proxy_workaround", yes()),
        ("default_sources", json!({ "type": "array", "items": word(Source::ALL.map(Source::as_str)) })),
    ]);
    let settings = object([
        ("LANGUAGE_CODE", text("")),
        ("recording", recording),
        ("background_image", background),
        (
            "telephony",
            object([("enabled", yes()), ("default_country?", text("")), ("international_phone_number?", text(""))]),
        ),
        ("resource", object([("default_access_level", access_level())])),
        ("subtitle", object([("enabled", yes())])),
        ("diagnostics", object([("connection_test_enabled", yes())])),
        ("livekit", livekit),
        ("authenticated_users_can_edit_display_name", yes()),
        ("custom_css_url", nullable(text(""))),
        ("analytics", any()),
        ("support", any()),
        ("silence_livekit_debug_logs", yes()),
        ("is_silent_login_enabled", yes()),
        ("idle_disconnect_warning_delay", nullable(number())),
        ("feedback", any()),
        ("documentation_url", nullable(text(""))),
        ("external_home_url", nullable(text(""))),
        ("use_french_gov_footer", yes()),
        ("use_proconnect_button", yes()),
        ("manifest_link", nullable(text(""))),
        ("transcription_destination", nullable(text(""))),
        ("max_participants_for_sound", number()),
        ("auto_mute_on_join_threshold", number()),
    ]);
    Operation::open("get", "/api/v1.0/config/", "Read what clients must know first").answers(
        200,
        "The settings.",
        settings,
    )
}
