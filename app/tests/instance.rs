//! Whose instance it is: name, logo, colour, links, a style sheet of the operator.

use crate::{support::TestApp, visitor};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

async fn page(app: &TestApp, path: &str) -> (String, String) {
    let answer = visitor(app).with("accept", "text/html").get(path).await;
    let policy = answer.headers["content-security-policy"].to_str().expect("ASCII").to_owned();
    (answer.text, policy)
}

fn linked<'a>(html: &'a str, before: &str) -> &'a str {
    html.split_once(before).expect(before).1.split('"').next().expect("an end")
}

#[tokio::test]
async fn nothing_given_it_is_ours_and_nothing_more_is_loaded() {
    let app = TestApp::sqlite().await;
    let (html, policy) = page(&app, "/").await;
    assert!(
        html.contains("<title>Visavis</title>") && !html.contains("/assets/instance/") && !html.contains("brand__logo"),
        "{html}"
    );
    assert_eq!(html.matches("rel=\"stylesheet\"").count(), 1, "{html}");
    assert!(policy.contains("style-src 'self';"), "{policy}");
}

#[tokio::test]
async fn every_page_shows_whose_it_is_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let logo = folder.path().join("logo.svg");
    std::fs::write(&logo, LOGO).expect("written");
    let app = TestApp::sqlite().await.with_settings(&[
        ("instance_name", "R&D <Lyon>"),
        ("instance_logo", &logo.display().to_string()),
        ("instance_accent", "#8B1E3F"),
        ("instance_links", "Imprint \"& co\"|https://example.org/imprint?a=1&b=\"2, Privacy|/privacy"),
    ]);
    for path in ["/", "/sign-in", "/no-such-room", "/no/such/page"] {
        let (html, policy) = page(&app, path).await;
        assert!(
            html.contains("R&amp;D &lt;Lyon&gt;") && !html.contains("<Lyon>") && !html.contains("Visavis"),
            "{path}: {html}"
        );
        assert!(
            html.contains("href=\"/privacy\"") && html.contains("https://example.org/imprint?a=1&amp;b=&quot;2"),
            "{path}: {html}"
        );
        assert!(!html.contains(" style=") && !html.contains("<style"), "{path}");
        assert!(
            policy.contains("style-src 'self';") && policy.contains("img-src 'self' data: blob:;"),
            "{path}: {policy}"
        );
        assert!(html.len() < 20_000, "{path}: {} bytes before they are packed", html.len());
    }
    let (html, _) = page(&app, "/").await;
    let style = visitor(&app).get(&format!("/assets/instance/{}", linked(&html, "href=\"/assets/instance/"))).await;
    assert_eq!(
        (style.status.as_u16(), &style.headers["content-type"]),
        (200, &"text/css; charset=utf-8".parse().expect("a value"))
    );
    assert!(style.text.contains("--brand:#8b1e3f;") && style.text.len() < 1000, "{}", style.text);
    let picture = visitor(&app).get(&format!("/assets/instance/{}", linked(&html, "src=\"/assets/instance/"))).await;
    assert_eq!(
        (picture.status.as_u16(), &picture.headers["content-type"]),
        (200, &"image/svg+xml".parse().expect("a value"))
    );
    assert!(picture.headers["cache-control"].to_str().expect("ASCII").contains("immutable"));
    let policy = picture.headers["content-security-policy"].to_str().expect("ASCII");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
        "no script of a picture runs: {policy}"
    );
    for other in ["logo-0000000000000000.svg", "8b1e3f.css", "..%2Fvisavis.db"] {
        assert_eq!(visitor(&app).get(&format!("/assets/instance/{other}")).await.status, 404, "{other}");
    }
}

#[tokio::test]
async fn a_style_sheet_of_the_operator_comes_last_and_from_its_own_origin_alone() {
    let cases = [
        ("https://static.example.org:8443/a.css?x=1&y=2", true, "style-src 'self' https://static.example.org:8443;"),
        ("http://localhost:8080/a.css", true, "style-src 'self';"),
        ("http://static.example.org/a.css", false, "style-src 'self';"),
    ];
    for (url, is_linked, source) in cases {
        let app =
            TestApp::sqlite().await.with_settings(&[("frontend.custom_css_url", url), ("instance_accent", "#8b1e3f")]);
        let (html, policy) = page(&app, "/").await;
        assert!(policy.contains(source), "{url}: {policy}");
        let link = format!("<link rel=\"stylesheet\" href=\"{}\">", url.replace('&', "&amp;"));
        assert_eq!(
            html.find(&link).is_some_and(|at| at > html.find("/assets/instance/").expect("ours")),
            is_linked,
            "{url}: {html}"
        );
    }
}
