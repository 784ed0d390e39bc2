//! The faces of those who are somewhere.

use leptos::prelude::*;

use super::Avatar;
use crate::meeting::text::initials;

/// How many are drawn.
const SHOWN: usize = 3;

/// A few faces, and how many more there are. Decoration: the words beside them say who it is, or how many.
#[component]
pub fn Faces(
    /// Names and colours, in order.
    people: Vec<(String, String)>,
    /// Beside a line of small text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let class = if small { "avatar avatar--s" } else { "avatar" };
    let more = people.len().saturating_sub(SHOWN);
    let faces = people.into_iter().take(SHOWN).map(|(name, color)| {
        view! {
            <span class=class>
                <Avatar initials=initials(&name) color />
            </span>
        }
    });
    view! {
        <span class="faces" aria-hidden="true">
            {faces.collect_view()}
            {(more > 0).then(|| view! { <span class=format!("{class} faces__more")>{format!("+{more}")}</span> })}
        </span>
    }
}
