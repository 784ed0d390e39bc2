//! `<!DOCTYPE html>` and everything down to the content.

use leptos::prelude::*;
use visavis::i18n::pages;

use super::{
    Frame, IslandScripts, Page, Theme,
    frame::{Footer, Header},
};
use crate::assets;

/// A whole document around its content.
#[component]
pub fn Shell(
    /// What it is a page of.
    page: Page,
    children: Children,
) -> impl IntoView {
    let (lang, theme) = (page.lang, page.theme.map(Theme::code));
    let title = page.brand.title(&page.title);
    let head = match page.frame {
        Frame::Page => {
            view! { <script type="module" nonce=page.nonce.clone() src=assets::url("page.js")></script> }.into_any()
        }
        Frame::Meeting => view! {
            <link rel="stylesheet" href=assets::url("call.css") />
            <IslandScripts nonce=page.nonce.clone() />
        }
        .into_any(),
    };
    let script = page.script.map(|name| {
        view! { <script type="module" nonce=page.nonce.clone() src=assets::url(name)></script> }
    });
    let refresh = page.refresh.map(|seconds| {
        view! {
            <noscript>
                <meta http-equiv="refresh" content=seconds />
            </noscript>
        }
    });
    // After ours, so that they win.
    let styles = [page.brand.style.clone(), page.brand.custom.clone()].into_iter().flatten();
    let styles = styles.map(|href| view! { <link rel="stylesheet" href=href /> }).collect_view();
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() dir="ltr" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <title>{title}</title>
                <link rel="icon" href=assets::url("favicon.svg") type="image/svg+xml" />
                <link rel="stylesheet" href=assets::url("app.css") />
                {head}
                {styles}
                {script}
                {refresh}
            </head>
            <body class="page">
                <a class="skip button" href="#main">
                    {pages::skip_to_content(lang)}
                </a>
                <Header page=page.clone() />
                {children()}
                <Footer page />
            </body>
        </html>
    }
}
