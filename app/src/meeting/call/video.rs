//! A participant's picture or screen.

use crate::meeting::state::Meeting;
use leptos::{html, prelude::*};

/// Shows it as soon as it is there.
#[component]
pub fn Video(
    meeting: Meeting,
    identity: String,
    /// `camera` or `screen_share`.
    source: &'static str,
    class: &'static str,
) -> impl IntoView {
    let view: NodeRef<html::Video> = NodeRef::new();
    let held: StoredValue<Option<web_sys::HtmlVideoElement>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move || {
        if let (Some(element), Some(call)) = (view.get(), meeting.call()) {
            call.show(&element, &identity, source);
            held.set_value(Some(element));
        }
    });
    on_cleanup(move || {
        if let (Some(Some(element)), Some(call)) = (held.try_get_value(), meeting.call()) {
            call.hide(&element);
        }
    });
    view! { <video node_ref=view class=class autoplay playsinline prop:muted=true></video> }
}
