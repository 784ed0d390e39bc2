//! Slugs are one room's, for as long as it is there.

use visavis::{
    db::Db,
    error::Error,
    random::Random,
    rooms::{
        change,
        model::Room,
        request::Changes,
        service::{self, NewRoom},
        slug,
    },
    state::AppState,
    users::model::User,
};

use crate::{on_both, support::TestApp};

fn named(name: &str) -> NewRoom {
    NewRoom { name: Some(name.to_owned()), ..NewRoom::default() }
}

async fn rename(app: &TestApp, user: &User, room: &Room, name: &str) -> Result<Room, Error> {
    let changes = Changes { name: Some(name.to_owned()), ..Changes::default() };
    change::update(&app.state, user, room.id, changes).await
}

/// The same back end, with a randomness that begins at a known place.
fn seeded(app: &TestApp) -> AppState {
    let origin = "http://localhost:8080".parse().expect("a URL");
    let (settings, db, livekit) = (app.state.settings.clone(), app.state.db.clone(), app.state.livekit.clone());
    AppState::new(settings, &origin, db, livekit, app.state.clock.clone(), Random::seeded(99)).expect("a state")
}

on_both! {
    async fn of_many_who_want_one_slug_by_any_way_one_gets_it(app: TestApp) {
        let ann = app.user("ann").await;
        for round in 0..6 {
            let wanted = format!("Wanted {round}");
            let mut rooms = Vec::new();
            for n in 0..4 {
                rooms.push(service::create(&app.state, Some(&ann), named(&format!("Room {round} {n}"))).await.expect("made"));
            }
            let renamed = rooms.into_iter().map(|room| {
                let (state, ann, name) = (app.state.clone(), ann.clone(), wanted.clone());
                let changes = Changes { name: Some(name), ..Changes::default() };
                tokio::spawn(async move { change::update(&state, &ann, room.id, changes).await })
            });
            let made = (0..4).map(|_| {
                let (state, ann, new) = (app.state.clone(), ann.clone(), named(&wanted));
                tokio::spawn(async move { service::create(&state, Some(&ann), new).await })
            });
            let mut got = 0;
            for task in renamed.chain(made).collect::<Vec<_>>() {
                match task.await.expect("no panic") {
                    Ok(room) => {
                        assert_eq!(room.slug, slug::slugify(&wanted));
                        got += 1;
                    }
                    Err(Error::Invalid(wrong)) => assert_eq!(wrong[0].code, "slug_taken"),
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!(got, 1, "round {round}");
        }
    }

    async fn a_drawn_code_is_never_one_that_led_elsewhere(app: TestApp) {
        let elsewhere = TestApp::sqlite().await;
        let drawn = service::create(&seeded(&elsewhere), Some(&elsewhere.user("ann").await), NewRoom::default()).await.expect("made").slug;
        let ann = app.user("ann").await;
        let holder = service::create(&app.state, Some(&ann), named(&drawn)).await.expect("made");
        rename(&app, &ann, &holder, "Holder").await.expect("renamed");
        // Draws the same code first, and another one then.
        let made = service::create(&seeded(&app), Some(&ann), NewRoom::default()).await.expect("made");
        assert_ne!(made.slug, drawn);
        assert_eq!(service::find(&app.state, &drawn).await.expect("found").id, holder.id);
    }

    async fn rooms_of_an_older_version_keep_their_links(app: TestApp) {
        let ann = app.user("ann").await;
        let room = service::create(&app.state, Some(&ann), named("Older")).await.expect("made");
        // As the migration finds it: rooms, and no table of slugs.
        let (file, drop) = match &app.state.db {
            Db::Sqlite(_) => (include_str!("../../migrations/sqlite/0002_rooms.sql"), "DROP TABLE room_slugs; DROP INDEX room_accesses_newest"),
            Db::Postgres(_) => (include_str!("../../migrations/postgres/0002_rooms.sql"), "DROP TABLE room_slugs; DROP INDEX room_accesses_newest"),
        };
        for sql in [drop, file] {
            match &app.state.db {
                Db::Sqlite(pool) => { sqlx::raw_sql(sql).execute(pool).await.expect("runs"); }
                Db::Postgres(pool) => { sqlx::raw_sql(sql).execute(pool).await.expect("runs"); }
            }
        }
        assert_eq!(service::find(&app.state, "older").await.expect("found").id, room.id);
        assert!(service::create(&app.state, Some(&ann), named("Older")).await.is_err());
    }
}
