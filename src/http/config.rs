//! `/api/v1.0/config/` (contract §1.1): what clients must know before they ask for anything else.

use axum::{Json, Router, extract::State, http::HeaderMap, routing::get};
use serde_json::{Value, json};

use crate::{livekit::tokens::Source, state::AppState, web::origin::livekit_url};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1.0/config", get(config)).route("/api/v1.0/config/", get(config))
}

/// Features that are not built yet say so: switched off.
async fn config(State(state): State<AppState>, headers: HeaderMap) -> Json<Value> {
    Json(json!({
        "LANGUAGE_CODE": "en-us",
        "recording": { "is_enabled": false, "available_modes": [], "expiration_days": null, "max_duration": null },
        "background_image": { "upload_is_enabled": false, "max_count_by_user": 0, "max_size": 0, "allowed_extensions": [], "allowed_mimetypes": [] },
        "telephony": { "enabled": false },
        "resource": { "default_access_level": crate::rooms::model::AccessLevel::default() },
        "subtitle": { "enabled": false },
        "diagnostics": { "connection_test_enabled": false },
        "livekit": {
            "url": livekit_url(&state, &headers),
            "force_wss_protocol": false,
            "enable_firefox_proxy_workaround": false,
            "default_sources": Source::ALL,
        },
        "authenticated_users_can_edit_display_name": true,
        "custom_css_url": null,
        "analytics": {},
        "support": {},
        "silence_livekit_debug_logs": true,
        "is_silent_login_enabled": false,
        "idle_disconnect_warning_delay": null,
        "feedback": {},
        "documentation_url": null,
        "external_home_url": null,
        "use_french_gov_footer": false,
        "use_proconnect_button": false,
        "manifest_link": null,
        "transcription_destination": null,
        "max_participants_for_sound": 5,
        "auto_mute_on_join_threshold": 50,
    }))
}
