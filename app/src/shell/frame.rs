//! Header and footer of a page.

use leptos::prelude::*;
use visavis::i18n::{Lang, pages};

use super::{Page, Theme, ViewerInfo};
use crate::ui::{
    Avatar, Mark, Menu,
    icon::{Icon, IconName},
};

/// Brand, and the way in or the account.
#[component]
pub fn Header(page: Page) -> impl IntoView {
    let lang = page.lang;
    let end = match page.viewer {
        Some(viewer) => Some(view! { <AccountMenu lang viewer /> }.into_any()),
        // Where one signs in, the button would lead nowhere.
        None if page.path.starts_with("/sign-in")
            || page.path.starts_with("/setup")
            || page.path.starts_with("/link") =>
        {
            None
        }
        None => Some(
            view! {
                <a class="button button--quiet" href="/sign-in">
                    {pages::sign_in(lang)}
                </a>
            }
            .into_any(),
        ),
    };
    let mark = match page.brand.logo {
        Some(logo) => view! { <img class="brand__logo" src=logo alt="" /> }.into_any(),
        None => view! { <Mark /> }.into_any(),
    };
    view! {
        <header class="top">
            <a class="brand" href="/">
                {mark}
                <bdi>{page.brand.name}</bdi>
            </a>
            <div class="top__end">{end}</div>
        </header>
    }
}

#[component]
fn AccountMenu(lang: Lang, viewer: ViewerInfo) -> impl IntoView {
    let label = pages::your_account(lang, &viewer.name);
    let (initials, color) = (viewer.initials, viewer.color);
    let face = move || {
        view! {
            <Avatar initials=initials.clone() color=color.clone() />
            <span class="sr">{label.clone()}</span>
        }
    };
    view! {
        <Menu class="icon-button" summary=face>
            <p class="menu__who" dir="auto">
                {viewer.name}
            </p>
            <a class="menu__item" href="/account">
                <Icon name=IconName::Settings />
                {pages::account(lang)}
            </a>
            <form method="post" action="/sign-out">
                <button class="menu__item">
                    <Icon name=IconName::Leave />
                    {pages::sign_out(lang)}
                </button>
            </form>
        </Menu>
    }
}

/// Who runs this place; language and theme.
#[component]
pub fn Footer(page: Page) -> impl IntoView {
    let lang = page.lang;
    let back = page.path;
    let links = page.brand.links.into_iter().map(|(text, url)| view! { <a href=url>{text}</a> }).collect_view();
    view! {
        <footer class="foot">
            <p>{page.brand.sentence}</p>
            <nav aria-label=pages::about_this_place(lang)>
                {links}
                <LanguageMenu lang back=back.clone() />
                <ThemeMenu lang back theme=page.theme />
            </nav>
        </footer>
    }
}

#[component]
fn LanguageMenu(lang: Lang, back: String) -> impl IntoView {
    let items = Lang::ALL.iter().map(move |each| {
        let chosen = (*each == lang).then_some("true");
        view! {
            <button class="menu__item" name="language" value=each.code() lang=each.code() aria-current=chosen>
                {pages::this_language(*each)}
            </button>
        }
    });
    let summary = move || {
        view! {
            <Icon name=IconName::Globe />
            <span class="sr">{pages::language(lang)}" "</span>
            {pages::this_language(lang)}
        }
    };
    view! {
        <Menu class="foot__menu" summary group="foot">
            <form method="post" action="/language">
                <input type="hidden" name="back" value=back />
                {items.collect_view()}
            </form>
        </Menu>
    }
}

#[component]
fn ThemeMenu(lang: Lang, back: String, theme: Option<Theme>) -> impl IntoView {
    let all = [
        (None, pages::theme_system(lang), IconName::Theme),
        (Some(Theme::Light), pages::theme_light(lang), IconName::Sun),
        (Some(Theme::Dark), pages::theme_dark(lang), IconName::Moon),
    ];
    let items = all.into_iter().map(move |(each, label, icon)| {
        let chosen = (each == theme).then_some("true");
        let value = each.map_or("system", Theme::code);
        view! {
            <button class="menu__item" name="theme" value=value aria-current=chosen>
                <Icon name=icon />
                {label}
            </button>
        }
    });
    let summary = move || {
        view! {
            <Icon name=IconName::Theme />
            {pages::theme(lang)}
        }
    };
    view! {
        <Menu class="foot__menu" summary group="foot">
            <form method="post" action="/theme">
                <input type="hidden" name="back" value=back />
                {items.collect_view()}
            </form>
        </Menu>
    }
}
