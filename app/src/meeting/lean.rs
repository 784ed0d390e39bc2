//! Closures of few types. Leptos writes its rendering code once for each type of closure in a view; a hundred closures in boxes
//! are a handful of types, which is a fifth of what a browser must load before the button works.

use leptos::{ev::MouseEvent, prelude::*};
#[cfg(feature = "hydrate")]
use std::sync::Arc;

/// A part of a view that changes.
pub type Part = Box<dyn FnMut() -> AnyView + Send>;
/// A text that changes.
pub type Text = Box<dyn FnMut() -> String + Send>;
/// A class or attribute that comes and goes.
pub type Flag = Box<dyn FnMut() -> bool + Send>;
/// An attribute that may be absent.
pub type Maybe = Box<dyn FnMut() -> Option<&'static str> + Send>;
/// What a press does.
pub type Press = Box<dyn FnMut(MouseEvent)>;

/// Draws a part anew when what it reads changes.
pub fn part<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> Part {
    Box::new(move || draw().into_any())
}

/// The same, for a part that is there only while a condition holds; nothing is drawn anew while it keeps holding.
#[cfg(feature = "hydrate")]
pub fn when<V: IntoView + 'static>(
    holds: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> V + Send + 'static,
) -> Part {
    let holds = derived(holds);
    Box::new(move || if holds.get() { draw().into_any() } else { ().into_any() })
}

/// A memo; a closure in a box makes one type of memo for each type of value.
pub fn derived<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memo(Box::new(read))
}

// A closure in a generic function is a type of its own for each of the function's types: hence these inner functions.
fn memo<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| read())
}

/// A text.
pub fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Text {
    Box::new(move || read().into())
}

/// A class or attribute.
pub fn flag(read: impl Fn() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}

/// An attribute.
pub fn maybe(read: impl Fn() -> Option<&'static str> + Send + 'static) -> Maybe {
    Box::new(read)
}

/// A press.
pub fn press(mut act: impl FnMut() + 'static) -> Press {
    Box::new(move |_| act())
}

/// One view for each id, kept while the id is there.
#[cfg(feature = "hydrate")]
pub fn each(
    ids: impl Fn() -> Vec<String> + Send + Sync + 'static,
    draw: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    list(Arc::new(ids), Arc::new(draw))
}

#[cfg(feature = "hydrate")]
fn list(
    ids: Arc<dyn Fn() -> Vec<String> + Send + Sync>,
    draw: Arc<dyn Fn(String) -> AnyView + Send + Sync>,
) -> AnyView {
    let (ids, draw, key) = (move || ids(), move |id| draw(id), String::clone as fn(&String) -> String);
    view! { <For each=ids key=key children=draw /> }.into_any()
}
