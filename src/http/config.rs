//! `/api/v1.0/config/` (contract §1.1): what clients must know before they ask for anything else.

use axum::{Json, Router, extract::State, http::HeaderMap, routing::get};
use serde_json::{Value, json};
use url::Url;

use crate::{
    config::Frontend, livekit::tokens::Source, state::AppState, users::preferences::LANGUAGES, web::origin::livekit_url,
};

/// The routes, with and without their slash.
pub fn router() -> Router<AppState> {
    Router::new().route("/api/v1.0/config", get(config)).route("/api/v1.0/config/", get(config))
}

/// Features that are not built yet say so: switched off.
async fn config(State(state): State<AppState>, headers: HeaderMap) -> Json<Value> {
    let mut answer = json!({
        "LANGUAGE_CODE": LANGUAGES[0].0,
        "recording": { "is_enabled": false, "available_modes": [], "expiration_days": null, "max_duration": null },
        "background_image": { "upload_is_enabled": false, "max_count_by_user": 0, "max_size": 0, "allowed_extensions": [], "allowed_mimetypes": [] },
        "telephony": { "enabled": false },
        "resource": { "default_access_level": state.default_access_level() },
        "subtitle": { "enabled": false },
        "diagnostics": { "connection_test_enabled": false },
        "livekit": {
            "url": livekit_url(&state, &headers),
            "force_wss_protocol": state.settings.livekit.force_wss_protocol,
            "enable_firefox_proxy_workaround": state.settings.livekit.firefox_proxy_workaround,
            "default_sources": Source::ALL,
        },
        "authenticated_users_can_edit_display_name": true,
    });
    if let (Value::Object(answer), Value::Object(frontend)) = (&mut answer, frontend(&state.settings.frontend)) {
        answer.extend(frontend);
    }
    Json(answer)
}

/// What the operator tells web clients, under the contract's names.
fn frontend(settings: &Frontend) -> Value {
    let url = |url: &Option<Url>| url.as_ref().map(Url::to_string);
    json!({
        "custom_css_url": url(&settings.custom_css_url),
        "analytics": settings.analytics.0,
        "support": settings.support.0,
        "silence_livekit_debug_logs": settings.silence_livekit_debug,
        "is_silent_login_enabled": settings.silent_login,
        "idle_disconnect_warning_delay": settings.idle_disconnect_warning_delay,
        "feedback": settings.feedback.0,
        "documentation_url": url(&settings.documentation_url),
        "external_home_url": url(&settings.external_home_url),
        "use_french_gov_footer": settings.french_gov_footer,
        "use_proconnect_button": settings.proconnect_button,
        "manifest_link": settings.manifest_link,
        "transcription_destination": url(&settings.transcription_destination),
        "max_participants_for_sound": settings.max_participants_for_sound,
        "auto_mute_on_join_threshold": settings.auto_mute_on_join_threshold,
    })
}
