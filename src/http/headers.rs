//! Security headers, on every answer there is.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::state::AppState;

/// What a meeting needs, on our own pages alone.
const ON: [&str; 8] = [
    "autoplay",
    "camera",
    "display-capture",
    "fullscreen",
    "microphone",
    "picture-in-picture",
    "screen-wake-lock",
    "speaker-selection",
];
/// What else browsers know: nobody here asks for it, and a feature that is not named would be on.
const OFF: [&str; 23] = [
    "accelerometer",
    "bluetooth",
    "compute-pressure",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "midi",
    "otp-credentials",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

fn permissions() -> String {
    let on = ON.iter().map(|feature| format!("{feature}=(self)"));
    on.chain(OFF.iter().map(|feature| format!("{feature}=()"))).collect::<Vec<_>>().join(", ")
}

/// Adds them where an answer has none of its own.
pub fn secured(mut router: Router, state: &AppState) -> Router {
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        // Pages set their own policy, with a nonce.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in fixed {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)));
    }
    let permissions = HeaderValue::from_str(&permissions()).ok();
    let name = HeaderName::from_static("permissions-policy");
    router = router
        .layer(SetResponseHeaderLayer::if_not_present(name, move |_: &axum::response::Response| permissions.clone()));
    if state.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        router = router.layer(SetResponseHeaderLayer::if_not_present(header::STRICT_TRANSPORT_SECURITY, year));
    }
    router
}
