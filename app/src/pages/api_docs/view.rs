//! Every operation with what it takes and answers, then the shapes they share. Made from the same source as the document.

use super::shape::{brief, name_of};
use leptos::prelude::*;
use serde_json::Value;
use visavis::{
    http::openapi::{operations, shapes},
    i18n::{Lang, api_docs},
    web::openapi::Operation,
};

/// The whole.
#[component]
pub fn Manual(
    /// Language of what surrounds the document.
    lang: Lang,
) -> impl IntoView {
    let each = operations().into_iter().map(|operation| one(lang, operation)).collect_view();
    let shapes = shapes()
        .into_iter()
        .map(|(name, shape)| {
            view! {
                <h3 id=format!("shape-{name}")>{name}</h3>
                <pre>
                    <code>{brief(&shape, 0)}</code>
                </pre>
            }
        })
        .collect_view();
    view! {
        <main class="manual" id="main">
            <h1>{api_docs::title(lang)}</h1>
            <p>{api_docs::lead(lang)}</p>
            <p>
                <a href="/api/v1.0/openapi.json">{api_docs::for_tools(lang)}</a>
            </p>
            {each}
            <section>
                <h2>{api_docs::shapes(lang)}</h2>
                {shapes}
            </section>
        </main>
    }
}

fn one(lang: Lang, operation: Operation) -> impl IntoView {
    let who = match (operation.account, operation.is_unsafe()) {
        _ if operation.participant => api_docs::participant(lang),
        (true, true) => api_docs::account_unsafe(lang),
        (true, false) => api_docs::account(lang),
        (false, _) => api_docs::open(lang),
    };
    let query = (!operation.query.is_empty()).then(|| {
        let all = operation.query.iter().map(|(name, meaning, _)| {
            view! {
                <dt>
                    <code>{*name}</code>
                </dt>
                <dd lang="en">{*meaning}</dd>
            }
        });
        view! {
            <h3>{api_docs::query(lang)}</h3>
            <dl>{all.collect_view()}</dl>
        }
    });
    let body = operation.body.as_ref().map(|shape| {
        view! {
            <h3>{api_docs::body(lang)}</h3>
            {content(shape)}
        }
    });
    let answers = operation.all_answers().into_iter().map(|(status, meaning, shape)| {
        view! {
            <dt>
                <code>{status}</code>
            </dt>
            <dd>
                <span lang="en">{meaning}</span>
                {shape.as_ref().map(content)}
            </dd>
        }
    });
    view! {
        <section>
            <h2>
                <code>{operation.method.to_uppercase()}" "{operation.path}</code>
            </h2>
            <p lang="en">{operation.summary}"."</p>
            <p>{who}</p>
            {query}
            {body}
            <h3>{api_docs::answers(lang)}</h3>
            <dl>{answers.collect_view()}</dl>
        </section>
    }
}

/// The name of a shape that is told below, else the shape itself.
fn content(shape: &Value) -> AnyView {
    match name_of(shape).map(str::to_owned) {
        Some(name) => view! { <a href=format!("#shape-{name}")>{name.clone()}</a> }.into_any(),
        None => view! {
            <pre>
                <code>{brief(shape, 0)}</code>
            </pre>
        }
        .into_any(),
    }
}
