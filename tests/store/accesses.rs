//! A room keeps an owner, whatever happens in whatever order.

use std::sync::Arc;

use uuid::Uuid;
use visavis::{
    error::Error,
    on_db,
    random::Random,
    rooms::{
        accesses::{request::NewAccess, service, store as roles},
        model::{Access, Role},
        service::{NewRoom, create},
        store,
    },
    users::model::User,
};

use crate::{on_both, support::TestApp};

const ROLES: [Role; 3] = [Role::Member, Role::Administrator, Role::Owner];

async fn owners(app: &TestApp, room: Uuid) -> i64 {
    let mut lent = app.state.db.lend().await.expect("lent");
    roles::owners(&mut lent.conn(), room).await.expect("counted")
}

async fn everyone(app: &TestApp, room: Uuid) -> Vec<Access> {
    let mut lent = app.state.db.lend().await.expect("lent");
    store::accesses(&mut lent.conn(), &[room]).await.expect("read")
}

async fn people(app: &TestApp, n: usize) -> Vec<User> {
    let mut all = Vec::new();
    for i in 0..n {
        all.push(app.user(&format!("p{i}")).await);
    }
    all
}

/// One thing that somebody tries: `true` if it was done.
async fn attempt(app: &TestApp, random: &Random, people: &[User], room: Uuid) -> bool {
    let below = |end: usize| random.below(end as u32) as usize;
    let (actor, role) = (&people[below(people.len())], ROLES[below(3)]);
    let held = everyone(app, room).await;
    let target = &held[below(held.len())];
    let tried = match below(4) {
        0 => {
            let new = NewAccess { user: people[below(people.len())].id, room, role };
            service::add(&app.state, actor, new).await.map(drop)
        }
        1 => service::remove(&app.state, actor, &target.id.to_string()).await,
        _ => service::change(&app.state, actor, target.id, role).await.map(drop),
    };
    match tried {
        Ok(()) => true,
        Err(Error::Forbidden | Error::Refused(_) | Error::NotFound | Error::Invalid(_)) => false,
        Err(other) => panic!("{other}"),
    }
}

on_both! {
    async fn no_sequence_of_changes_leaves_a_room_without_an_owner(app: TestApp) {
        let people = people(&app, 4).await;
        let mut done = 0;
        for seed in 0..12 {
            let random = Random::seeded(seed);
            let room = create(&app.state, Some(&people[0]), NewRoom::default()).await.expect("made").id;
            for step in 0..60 {
                done += usize::from(attempt(&app, &random, &people, room).await);
                assert!(owners(&app, room).await >= 1, "seed {seed}, step {step}");
            }
        }
        assert!(done > 60, "not everything is refused: {done}");
    }

    async fn nor_do_many_at_once(app: TestApp) {
        let people = Arc::new(people(&app, 5).await);
        let room = create(&app.state, Some(&people[0]), NewRoom::default()).await.expect("made").id;
        let app = Arc::new(app);
        let tasks: Vec<_> = (0..12).map(|seed| {
            let (app, people) = (app.clone(), people.clone());
            tokio::spawn(async move {
                let random = Random::seeded(1000 + seed);
                for _ in 0..25 {
                    attempt(&app, &random, &people, room).await;
                    assert!(owners(&app, room).await >= 1);
                }
            })
        }).collect();
        for task in tasks {
            task.await.expect("no panic");
        }
    }

    async fn of_two_owners_who_leave_at_once_one_stays(app: TestApp) {
        let people = people(&app, 2).await;
        for round in 0..25 {
            let room = create(&app.state, Some(&people[0]), NewRoom::default()).await.expect("made").id;
            let new = NewAccess { user: people[1].id, room, role: Role::Owner };
            service::add(&app.state, &people[0], new).await.expect("given");
            let tasks: Vec<_> = everyone(&app, room).await.into_iter().map(|access| {
                let state = app.state.clone();
                let user = people.iter().find(|user| user.id == access.user_id).expect("one of them").clone();
                tokio::spawn(async move {
                    if round % 2 == 0 {
                        service::remove(&state, &user, &access.id.to_string()).await
                    } else {
                        service::change(&state, &user, access.id, Role::Member).await.map(drop)
                    }
                })
            }).collect();
            let mut gone = 0;
            for task in tasks {
                match task.await.expect("no panic") {
                    Ok(()) => gone += 1,
                    Err(Error::Refused("last_owner")) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!((gone, owners(&app, room).await), (1, 1), "round {round}");
        }
    }

    async fn of_many_who_give_one_person_a_role_one_does(app: TestApp) {
        let people = people(&app, 2).await;
        let room = create(&app.state, Some(&people[0]), NewRoom::default()).await.expect("made").id;
        let tasks: Vec<_> = (0..8).map(|_| {
            let (state, owner) = (app.state.clone(), people[0].clone());
            let new = NewAccess { user: people[1].id, room, role: Role::Member };
            tokio::spawn(async move { service::add(&state, &owner, new).await })
        }).collect();
        let mut made = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(_) => made += 1,
                Err(Error::Invalid(wrong)) => assert_eq!(wrong[0].code, "access_taken"),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(made, 1);
    }

    async fn a_deleted_account_takes_its_roles_along(app: TestApp) {
        let people = people(&app, 2).await;
        let room = create(&app.state, Some(&people[0]), NewRoom::default()).await.expect("made").id;
        let new = NewAccess { user: people[1].id, room, role: Role::Member };
        service::add(&app.state, &people[0], new).await.expect("given");
        let (id, mut lent) = (people[1].id, app.state.db.lend().await.expect("lent"));
        on_db!(&mut lent.conn(), c => sqlx::query("DELETE FROM users WHERE id = $1").bind(id).execute(c).await.map(drop)).expect("deleted");
        assert_eq!(everyone(&app, room).await.len(), 1);
        let wrong = service::add(&app.state, &people[0], new).await;
        assert!(matches!(wrong, Err(Error::Invalid(wrong)) if wrong[0].code == "user_unknown"));
    }
}
