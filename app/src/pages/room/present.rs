//! Who is in a room, in a sentence. Made here, so that the browser's half need not know how.

use leptos::prelude::*;
use visavis::{
    error::Result,
    i18n::{Lang, pages},
    presence::{attendance, service},
    rooms::{
        model::Room,
        permissions::{Enter, Permit},
    },
    state::AppState,
};

use crate::{
    shell::fragment,
    ui::{Faces, FacesProps},
};

/// What is said of a room before one comes in.
#[derive(Debug)]
pub struct Present {
    /// As HTML.
    pub html: String,
    /// Whether anybody is in.
    pub anybody: bool,
}

/// What stands below the room's name: who is in, as far as the visitor may know, and that hosts will know who was.
pub async fn sentences(state: &AppState, lang: Lang, room: &Room, permit: Option<&Permit<Enter>>) -> Result<Present> {
    let mut faces = Vec::new();
    let there = match permit {
        Some(permit) => {
            let people = service::people(state, room.id, permit).await?;
            let all: Vec<_> = people.iter().map(|person| person.name.clone()).collect();
            faces = people.into_iter().map(|person| (person.name, person.color)).collect();
            // A telephone may have none.
            if all.iter().any(|name| name.trim().is_empty()) { number(lang, all.len()) } else { names(lang, &all) }
        }
        None => {
            let counts = service::counts(state, &[room.id]).await?;
            number(lang, counts.get(&room.id).map_or(0, |count| usize::try_from(*count).unwrap_or_default()))
        }
    };
    let anybody = there.is_some();
    let first = there.unwrap_or_else(|| pages::prejoin_hint(lang).to_owned());
    let told = attendance::told(lang, room);
    let html = fragment(move || {
        view! {
            {(!faces.is_empty()).then(|| Faces(FacesProps { people: faces, small: false }))}
            <span>{first}" "{told}</span>
        }
    });
    Ok(Present { html, anybody })
}

fn number(lang: Lang, count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(pages::present_somebody(lang).to_owned()),
        count => Some(pages::present_people(lang, count)),
    }
}

fn names(lang: Lang, all: &[String]) -> Option<String> {
    // Set apart, so that a name written from right to left leaves the sentence around it in order.
    let apart = |name: &String| format!("\u{2068}{name}\u{2069}");
    Some(match all {
        [] => return None,
        [one] => pages::present_one(lang, apart(one)),
        [one, two] => pages::present_two(lang, apart(one), apart(two)),
        [one, two, three] => pages::present_three(lang, apart(one), apart(two), apart(three)),
        [one, two, others @ ..] => pages::present_more(lang, others.len(), apart(one), apart(two)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_for_those_outside() {
        let said = |count| number(Lang::En, count).unwrap_or_default();
        assert_eq!([said(0), said(1), said(7)], ["", "One person is in.", "7 people are in."]);
    }

    #[test]
    fn names_for_those_who_may_come_in() {
        let all: Vec<String> = ["Anna", "Ben", "Cleo", "Dora", "Emil"].map(str::to_owned).into();
        let said = |count| names(Lang::En, &all[..count]).unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(
            [said(0), said(1), said(2), said(3), said(4), said(5)],
            [
                "",
                "Anna is in.",
                "Anna and Ben are in.",
                "Anna, Ben and Cleo are in.",
                "Anna, Ben and 2 others are in.",
                "Anna, Ben and 3 others are in."
            ]
        );
    }
}
