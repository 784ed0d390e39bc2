//! The people in the room: one signal each, so that a change of speaker redraws one tile.

use super::order;
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// A participant as the page shows one (`app/js/people.ts`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Person {
    /// LiveKit identity.
    pub identity: String,
    /// This browser.
    pub own: bool,
    /// The name others see.
    pub name: String,
    /// The contract's colour, checked; empty when there is none.
    pub color: String,
    /// `owner`, `administrator`, `member` or empty.
    pub role: String,
    /// Not signed in.
    pub guest: bool,
    /// Can be heard.
    pub mic: bool,
    /// Can be seen, and we have the picture.
    pub camera: bool,
    /// Shows a screen, and we have the picture.
    pub share: bool,
    /// Is speaking.
    pub speaking: bool,
    /// Has a bad connection.
    pub weak: bool,
    /// When they came (Unix time, milliseconds).
    pub joined: f64,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct People {
    known: StoredValue<HashMap<String, RwSignal<Person>>>,
    owner: StoredValue<Option<Owner>>,
    spoke: StoredValue<(u64, HashMap<String, u64>)>,
    /// Who has been here since the last connection. The others are kept for a moment: they lost theirs too.
    present: StoredValue<HashSet<String>>,
    /// Identities in the order of their tiles.
    pub order: RwSignal<Vec<String>>,
    /// Identities of those who show a screen, earliest first.
    pub sharing: RwSignal<Vec<String>>,
    /// Who of the others spoke last. Whoever talks into somebody's words takes nothing from them.
    pub speaker: RwSignal<Option<String>>,
}

/// What a change of the list means to those who watch.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody new, with the name.
    Came(String),
    /// Nothing worth saying.
    Nothing,
}

impl People {
    /// Nobody yet. Call it where the meeting lives: the signals of people live as long.
    pub fn new() -> Self {
        Self {
            known: StoredValue::default(),
            owner: StoredValue::new(Owner::current()),
            spoke: StoredValue::default(),
            present: StoredValue::default(),
            order: RwSignal::default(),
            sharing: RwSignal::default(),
            speaker: RwSignal::default(),
        }
    }

    /// The person of this identity.
    pub fn get(&self, identity: &str) -> Option<RwSignal<Person>> {
        self.known.with_value(|known| known.get(identity).copied())
    }

    /// How many are here.
    pub fn count(&self) -> usize {
        self.order.with(Vec::len)
    }

    /// Somebody came or changed.
    pub fn put(&self, person: Person) -> Change {
        self.present.update_value(|present| {
            present.insert(person.identity.clone());
        });
        self.note_speech(&person);
        self.note_share(&person.identity, person.share);
        if let Some(known) = self.get(&person.identity) {
            if known.with_untracked(|now| *now != person) {
                known.set(person);
            }
            return Change::Nothing;
        }
        let (identity, name) = (person.identity.clone(), person.name.clone());
        let signal = match self.owner.get_value() {
            Some(owner) => owner.with(|| RwSignal::new(person)),
            None => RwSignal::new(person),
        };
        self.known.update_value(|known| {
            known.insert(identity.clone(), signal);
        });
        // Those who are here keep their places; the new one comes before the own tile.
        self.order.update(|order| {
            let own = order.last().is_some_and(|last| self.is_own(last));
            let at = if own && !self.is_own(&identity) { order.len() - 1 } else { order.len() };
            order.insert(at, identity);
        });
        Change::Came(name)
    }

    /// Everybody who is here at the moment of a first or renewed connection. Who was here before and is not back yet keeps
    /// the tile until [`People::forget_absent`].
    pub fn put_all(&self, people: Vec<Person>) {
        self.present.update_value(HashSet::clear);
        let first = self.order.with_untracked(Vec::is_empty);
        let mut all: Vec<_> = people.iter().map(|p| (p.identity.clone(), p.own, p.joined as u64)).collect();
        order::arrange(&mut all);
        for person in people {
            self.put(person);
        }
        if first {
            self.order.set(all.into_iter().map(|(identity, ..)| identity).collect());
        }
    }

    /// Those who did not come back are gone.
    pub fn forget_absent(&self) {
        let absent = |id: &&String| self.present.with_value(|present| !present.contains(*id));
        let gone: Vec<String> = self.order.with_untracked(|order| order.iter().filter(absent).cloned().collect());
        for identity in gone {
            self.remove(&identity);
        }
    }

    /// Somebody left; their name.
    pub fn remove(&self, identity: &str) -> Option<String> {
        let signal = self.known.try_update_value(|known| known.remove(identity)).flatten()?;
        self.order.update(|order| order.retain(|id| id != identity));
        self.note_share(identity, false);
        Some(signal.with_untracked(|person| person.name.clone()))
    }

    /// Brings a speaker who is out of sight onto the first page.
    pub fn bring_into_sight(&self, identity: &str, page: usize) {
        let mut order = self.order.get_untracked();
        let moved = self.spoke.with_value(|(_, spoke)| {
            order::promote(&mut order, page, identity, |id| spoke.get(id).copied().unwrap_or(0))
        });
        if moved {
            self.order.set(order);
        }
    }

    fn is_own(&self, identity: &str) -> bool {
        self.get(identity).is_some_and(|person| person.with_untracked(|p| p.own))
    }

    fn note_speech(&self, person: &Person) {
        if person.speaking {
            self.spoke.update_value(|(clock, spoke)| {
                *clock += 1;
                spoke.insert(person.identity.clone(), *clock);
            });
            if !person.own && !self.speaker.with_untracked(|now| now.as_ref().is_some_and(|now| self.speaks(now))) {
                self.speaker.set(Some(person.identity.clone()));
            }
        }
    }

    fn speaks(&self, identity: &str) -> bool {
        self.get(identity).is_some_and(|person| person.with_untracked(|p| p.speaking))
    }

    fn note_share(&self, identity: &str, shares: bool) {
        if self.sharing.with_untracked(|all| all.iter().any(|id| id == identity)) == shares {
            return;
        }
        self.sharing.update(|all| {
            all.retain(|id| id != identity);
            if shares {
                all.push(identity.to_owned());
            }
        });
    }
}

impl Default for People {
    fn default() -> Self {
        Self::new()
    }
}
