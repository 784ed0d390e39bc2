//! What people see when something is wrong: in their language, with what they typed.

use visavis::i18n::{Lang, pages};

use crate::{
    support::{Client, TestApp, request::Answer},
    visitor, whole,
};

fn is_page(answer: &Answer, lang: Lang, status: u16, title: &str) {
    let (what, html) = (format!("{status} in {}", lang.code()), &answer.text);
    assert_eq!(answer.status.as_u16(), status, "{what}");
    assert!(html.contains(&format!("<html lang=\"{}\"", lang.code())), "{what}: {html}");
    assert!(
        html.contains(&format!("<h1>{title}</h1>")) && html.contains(&format!("<title>{title} · ")),
        "{what}: {html}"
    );
    assert!(html.contains(&format!("{status}-")), "{what} has a code to quote: {html}");
}

#[tokio::test]
async fn every_error_page_speaks_the_language_of_its_reader() {
    for lang in Lang::ALL.iter().copied() {
        let app = TestApp::sqlite().await;
        let person = Client::new(whole(&app), None).with("accept", "text/html").with("accept-language", lang.code());
        is_page(&person.get("/no/such/page").await, lang, 404, pages::missing_title(lang));
        is_page(&person.get("/no-such-room").await, lang, 404, pages::lost_title(lang));
        is_page(&person.post("/rooms/new/nothing", "").await, lang, 404, pages::missing_title(lang));
        let elsewhere = person.clone().with("sec-fetch-site", "cross-site");
        is_page(&elsewhere.post("/rooms", "name=x").await, lang, 403, pages::problem_forbidden_title(lang));
        is_page(&person.post("/sign-in", "x".repeat(200_000)).await, lang, 413, pages::problem_large_title(lang));
    }
}

#[tokio::test]
async fn a_room_that_is_not_there_leaves_what_was_typed_in_the_field() {
    let app = TestApp::sqlite().await;
    let person = visitor(&app).with("accept", "text/html");
    let long = "x".repeat(1500);
    for (path, field) in [
        ("/monday-rond", "monday-rond"),
        ("/%D7%A9%D7%9C%D7%95%D7%9D", "שלום"),
        ("/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7%20abc", "مرحبا abc"),
        ("/%22%3E%3Cb%3Eme", "&quot;&gt;&lt;b&gt;me"),
        ("/%20", " "),
        ("/%ff", ""),
        (&format!("/{long}"), &long),
    ] {
        let answer = person.get(path).await;
        is_page(&answer, Lang::En, 404, pages::lost_title(Lang::En));
        assert!(answer.text.contains(&format!("value=\"{field}\"")), "{path}: {}", answer.text);
        assert!(!answer.text.contains("<b>"), "{path}");
    }
}
