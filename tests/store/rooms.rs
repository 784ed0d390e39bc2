//! Making and finding rooms.

use visavis::{
    error::Error,
    rooms::{
        model::Role,
        operator,
        service::{self, NewRoom},
    },
};

use crate::{on_both, support::TestApp};

fn named(name: &str) -> NewRoom {
    NewRoom { name: Some(name.to_owned()), ..NewRoom::default() }
}

fn code(result: Result<visavis::rooms::model::Room, Error>) -> Option<(String, &'static str)> {
    match result {
        Err(Error::Invalid(fields)) => fields.first().map(|wrong| (wrong.field.clone().into_owned(), wrong.code)),
        _ => None,
    }
}

on_both! {
    async fn a_room_is_found_by_key_name_and_sloppy_code(app: TestApp) {
        let ann = app.user("ann").await;
        let room = service::create(&app.state, Some(&ann), named("Crème brûlée")).await.expect("made");
        assert_eq!(room.slug, "creme-brulee");
        let drawn = service::create(&app.state, Some(&ann), NewRoom::default()).await.expect("made");
        assert_eq!(drawn.name, drawn.slug);
        for text in [room.id.to_string(), "CREME BRULEE".into(), format!("{{{}}}", room.id)] {
            assert_eq!(service::find(&app.state, &text).await.expect("found").id, room.id, "{text}");
        }
        assert_eq!(service::find(&app.state, &drawn.slug.replace('-', "").to_uppercase()).await.expect("found").id, drawn.id);
        for text in ["", "!!", "nowhere", &format!("{}!", room.id)] {
            assert!(matches!(service::find(&app.state, text).await, Err(Error::NotFound)), "{text}");
        }
    }

    async fn whoever_runs_the_instance_sees_and_deletes_every_room(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let tuesday = service::create(&app.state, Some(&ann), named("Tuesday")).await.expect("made");
        let monday = service::create(&app.state, Some(&ben), named("Monday")).await.expect("made");
        let all = operator::all(&app.state).await.expect("listed");
        assert_eq!(all.iter().map(|room| room.id).collect::<Vec<_>>(), [monday.id, tuesday.id], "by name");
        let people = operator::people(&app.state, &monday).await.expect("listed");
        assert_eq!(people.iter().map(|(access, user)| (access.role, user.id)).collect::<Vec<_>>(), [(Role::Owner, ben.id)]);
        operator::delete(&app.state, "monday").await.expect("deleted");
        assert!(matches!(operator::delete(&app.state, "monday").await, Err(Error::NotFound)));
        assert_eq!(operator::all(&app.state).await.expect("listed").len(), 1);
    }

    async fn names_without_latin_letters_get_a_code(app: TestApp) {
        let ann = app.user("ann").await;
        let room = service::create(&app.state, Some(&ann), named("اجتماع فريق")).await.expect("made");
        assert_eq!((room.name.as_str(), room.slug.len()), ("اجتماع فريق", 12));
        assert!(service::create(&app.state, Some(&ann), named("اجتماع فريق")).await.is_ok(), "a second one too");
    }

    async fn names_that_cannot_be(app: TestApp) {
        let ann = app.user("ann").await;
        service::create(&app.state, Some(&ann), named("Taken")).await.expect("made");
        let cases = [
            ("taken!".to_owned(), ("slug", "slug_taken")),
            (" \u{202e}\n ".to_owned(), ("name", "name_required")),
            ("x".repeat(501), ("name", "name_too_long")),
            ("x".repeat(101), ("slug", "slug_too_long")),
            ("API".to_owned(), ("name", "name_reserved")),
            (ann.id.to_string(), ("name", "name_reserved")),
        ];
        for (name, expected) in cases {
            assert_eq!(code(service::create(&app.state, Some(&ann), named(&name)).await), Some((expected.0.to_owned(), expected.1)), "{name}");
        }
        assert!(matches!(service::create(&app.state, None, named("x")).await, Err(Error::Unauthorized)));
    }

    async fn of_many_rooms_of_one_name_one_is_made(app: TestApp) {
        let ann = app.user("ann").await;
        let all: Vec<_> = (0..8).map(|_| {
            let (state, ann) = (app.state.clone(), ann.clone());
            tokio::spawn(async move { service::create(&state, Some(&ann), named("Same")).await })
        }).collect();
        let mut made = 0;
        for task in all {
            match task.await.expect("no panic") {
                Ok(_) => made += 1,
                other => assert_eq!(code(other), Some(("slug".to_owned(), "slug_taken"))),
            }
        }
        assert_eq!(made, 1);
    }

    async fn ones_rooms_come_by_name_in_pages(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        for name in ["c", "a", "b"] {
            service::create(&app.state, Some(&ann), named(name)).await.expect("made");
        }
        service::create(&app.state, Some(&ben), named("z")).await.expect("made");
        let page = service::mine(&app.state, &ann, 2, 1).await.expect("listed");
        let count = service::count(&app.state, &ann).await.expect("counted");
        assert_eq!((page.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), count), (vec!["b", "c"], 3));
    }
}
