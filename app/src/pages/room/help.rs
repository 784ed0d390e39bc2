//! How to give a browser its camera and microphone back: the steps of this browser and this system. The server says them, because it
//! knows both from the request, and a page need not carry the steps of all the others.

use axum::http::{HeaderMap, header};
use visavis::{
    i18n::{Lang, prejoin as words},
    sessions::agent::Agent,
};

/// What the request says of browser and system.
pub fn agent(headers: &HeaderMap) -> Agent {
    let header = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Agent::parse(header.unwrap_or_default())
}

/// When the browser refuses.
pub fn denied(lang: Lang, agent: &Agent) -> &'static str {
    match (agent.browser.as_deref(), agent.system.as_deref()) {
        (Some("Safari"), Some("iPhone" | "iPad")) => words::denied_safari_phone(lang),
        (_, Some("iPhone" | "iPad")) => words::denied_other_iphone(lang),
        (Some("Firefox"), Some("Android")) => words::denied_firefox_phone(lang),
        (_, Some("Android")) => words::denied_android(lang),
        (Some("Firefox"), _) => words::denied_firefox(lang),
        (Some("Safari"), _) => words::denied_safari(lang),
        (Some("Chrome" | "Edge" | "Opera" | "Vivaldi"), _) => words::denied_chromium(lang),
        _ => words::denied(lang),
    }
}

/// When the system refuses the browser.
pub fn system(lang: Lang, agent: &Agent) -> &'static str {
    match agent.system.as_deref() {
        Some("Windows") => words::system_windows(lang),
        Some("Mac") => words::system_mac(lang),
        Some("Android") => words::system_android(lang),
        Some("iPhone" | "iPad") => words::system_iphone(lang),
        _ => words::system(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_browser_and_system_has_its_steps() {
        let cases = [
            ("Firefox/142.0 (X11; Linux)", "crossed-out", "privacy settings"),
            ("(Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "sliders", "Privacy & security"),
            ("(Macintosh) Version/18 Safari/605", "Settings for", "System Settings"),
            ("(Linux; Android 15) Chrome/140 Mobile Safari", "Permissions", "Apps"),
            ("(Android 15; Mobile) Firefox/142", "lock", "Apps"),
            ("(iPhone) Version/18 Mobile Safari/604", "Website Settings", "Apps"),
            ("(iPhone) CriOS/140 Mobile Safari/604", "Settings of your", "Apps"),
            ("curl/8", "small sign", "privacy settings"),
        ];
        for (header, browser, of_system) in cases {
            let agent = Agent::parse(header);
            let (denied, system) = (denied(Lang::En, &agent), system(Lang::En, &agent));
            assert!(denied.contains(browser), "{header}: {denied}");
            assert!(system.contains(of_system), "{header}: {system}");
        }
    }
}
