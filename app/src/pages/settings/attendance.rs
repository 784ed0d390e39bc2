//! Whether it is kept who was here.

use leptos::prelude::*;
use visavis::i18n::{Lang, lobby};

use super::rights::{Switch, SwitchProps};
use crate::ui::icon::{Icon, IconName};

/// The switch, and the list where there is one.
#[component]
pub fn Attendance(lang: Lang, action: String, on: bool, slug: String) -> impl IntoView {
    let file = on.then(|| {
        view! {
            <a class="button button--quiet" href=format!("/{slug}/attendance.csv")>
                <Icon name=IconName::Download />
                {lobby::attendance_file(lang)}
            </a>
        }
    });
    let hint = Some(lobby::attendance_hint(lang));
    let switch = Switch(SwitchProps { name: "attendance", label: lobby::attendance_keep(lang), hint, on });
    view! {
        <form class="section fields" id="attendance" method="post" action=action>
            <h2>{lobby::attendance(lang)}</h2>
            {switch}
            <div class="line">
                <button class="button" name="do" value="attendance">
                    {lobby::save(lang)}
                </button>
                {file}
            </div>
        </form>
    }
}
