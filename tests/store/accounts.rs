//! Deleting accounts: no room is left without an owner, whatever happens at once.

use uuid::Uuid;
use visavis::{
    accounts::leaving::{Fate, Will, leave, sole_rooms},
    error::Error,
    rooms::{
        self,
        model::{Access, Role, Room},
        service::{NewRoom, create},
    },
    state::AppState,
    users::{self, model::User},
};

use crate::{on_both, support::TestApp};

async fn room(app: &TestApp, owner: &User, name: &str) -> Room {
    create(&app.state, Some(owner), NewRoom { name: Some(name.into()), ..NewRoom::default() }).await.expect("made")
}

/// Gives a role as every change of roles does: the room's row first.
async fn give(state: &AppState, room: &Room, user: &User, role: Role) -> Result<(), sqlx::Error> {
    let mut tx = state.db.begin().await?;
    visavis::on_db!(&mut tx.conn(), c => sqlx::query("UPDATE rooms SET updated_at = updated_at WHERE id = $1")
        .bind(room.id).execute(c).await.map(drop))?;
    let id = state.random.uuid();
    let access = Access { id, room_id: room.id, user_id: user.id, role, created_at: state.clock.now() };
    rooms::store::insert_access(&mut tx.conn(), &access).await?;
    tx.commit().await
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let mut lent = app.state.db.lend().await.expect("lent");
    visavis::on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted")
}

const ROOMS: &str = "SELECT COUNT(*) FROM rooms";
const ORPHANS: &str = "SELECT COUNT(*) FROM rooms WHERE NOT EXISTS \
    (SELECT 1 FROM room_accesses WHERE room_accesses.room_id = rooms.id AND room_accesses.role = 'owner')";

fn all(fate: Fate) -> Will {
    Will { others: Some(fate), ..Will::default() }
}

fn one(room: &Room, fate: Fate) -> Will {
    Will { rooms: [(room.id, fate)].into(), others: None }
}

async fn role(app: &TestApp, room: &Room, user: Uuid) -> Option<Role> {
    rooms::store::role(&mut app.state.db.lend().await.expect("lent").conn(), room.id, user).await.expect("read")
}

on_both! {
    async fn only_rooms_without_another_owner_are_asked_about(app: TestApp) {
        let (ann, ben, cid) = (app.user("ann").await, app.user("ben").await, app.user("cid").await);
        let alone = room(&app, &ann, "Alone").await;
        let shared = room(&app, &ann, "Shared").await;
        let bens = room(&app, &ben, "Bens").await;
        give(&app.state, &shared, &ben, Role::Owner).await.expect("given");
        give(&app.state, &alone, &cid, Role::Member).await.expect("given");
        give(&app.state, &bens, &ann, Role::Administrator).await.expect("given");
        let asked = sole_rooms(&app.state, ann.id).await.expect("read");
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].room.id, asked[0].heirs.len(), asked[0].heirs[0].id), (alone.id, 1, cid.id));

        let undecided = leave(&app.state, ann.id, &Will::default()).await;
        assert!(matches!(undecided, Err(Error::Conflict("rooms_undecided"))));
        for wrong in [Fate::HandOver(ben.id), Fate::HandOver(ann.id), Fate::HandOver(Uuid::nil())] {
            let refused = leave(&app.state, ann.id, &one(&alone, wrong)).await;
            assert!(matches!(refused, Err(Error::Conflict("rooms_undecided"))), "{wrong:?}");
        }
        assert!(users::service::active(&app.state, ann.id).await.expect("read").is_some(), "nothing happened by halves");
        assert_eq!(role(&app, &alone, ann.id).await, Some(Role::Owner));

        leave(&app.state, ann.id, &one(&alone, Fate::HandOver(cid.id))).await.expect("gone");
        assert!(users::service::active(&app.state, ann.id).await.expect("read").is_none());
        assert_eq!(role(&app, &alone, cid.id).await, Some(Role::Owner));
        assert_eq!((role(&app, &shared, ben.id).await, role(&app, &bens, ann.id).await), (Some(Role::Owner), None));
        assert_eq!((count(&app, ROOMS).await, count(&app, ORPHANS).await), (3, 0));
        assert!(matches!(leave(&app.state, ann.id, &all(Fate::Delete)).await, Err(Error::NotFound)), "once");
    }

    async fn a_room_that_is_deleted_loses_its_call(app: TestApp) {
        let ann = app.user("ann").await;
        let alone = room(&app, &ann, "Alone").await;
        app.state.livekit.ensure_live(&alone.id.to_string(), false).await.expect("live");
        leave(&app.state, ann.id, &all(Fate::Delete)).await.expect("gone");
        assert_eq!(count(&app, ROOMS).await, 0);
        let ended = app.livekit.calls().iter().any(|call| format!("{call:?}").contains("DeleteRoom"));
        assert!(ended, "{:?}", app.livekit.calls());
    }

    async fn the_operator_gives_rooms_to_somebody_who_had_no_role(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (first, second) = (room(&app, &ann, "First").await, room(&app, &ann, "Second").await);
        give(&app.state, &first, &ben, Role::Member).await.expect("given");
        leave(&app.state, ann.id, &all(Fate::Give(ben.id))).await.expect("gone");
        for room in [&first, &second] {
            assert_eq!(role(&app, room, ben.id).await, Some(Role::Owner));
        }
    }

    async fn heir_and_owner_leaving_at_once_leave_no_room_behind(app: TestApp) {
        for round in 0..12 {
            let (ann, ben) = (app.user(&format!("ann{round}")).await, app.user(&format!("ben{round}")).await);
            let (first, second) = (room(&app, &ann, &format!("a{round}")).await, room(&app, &ben, &format!("b{round}")).await);
            give(&app.state, &first, &ben, Role::Member).await.expect("given");
            give(&app.state, &second, &ann, Role::Administrator).await.expect("given");
            let (state, other) = (app.state.clone(), app.state.clone());
            let to_ben = one(&first, Fate::HandOver(ben.id));
            let to_ann = one(&second, Fate::HandOver(ann.id));
            let ann_leaves = tokio::spawn(async move { leave(&state, ann.id, &to_ben).await });
            let ben_leaves = tokio::spawn(async move { leave(&other, ben.id, &to_ann).await });
            let (one, two) = (ann_leaves.await.expect("no panic"), ben_leaves.await.expect("no panic"));
            assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "one stays with both rooms: {one:?} {two:?}");
            for refused in [one, two].into_iter().filter_map(Result::err) {
                assert!(matches!(refused, Error::Conflict("rooms_undecided")), "{refused:?}");
            }
            assert_eq!(count(&app, ORPHANS).await, 0, "round {round}");
        }
    }

    async fn co_owners_leaving_at_once_do_not_both_leave(app: TestApp) {
        for round in 0..12 {
            let (ann, ben) = (app.user(&format!("ann{round}")).await, app.user(&format!("ben{round}")).await);
            for n in 0..3 {
                let shared = room(&app, &ann, &format!("s{round}-{n}")).await;
                give(&app.state, &shared, &ben, Role::Owner).await.expect("given");
            }
            let leaving = [ann.id, ben.id].map(|id| {
                let state = app.state.clone();
                tokio::spawn(async move { leave(&state, id, &Will::default()).await })
            });
            let mut gone = 0;
            for task in leaving {
                match task.await.expect("no panic") {
                    Ok(()) => gone += 1,
                    Err(error) => assert!(matches!(error, Error::Conflict("rooms_undecided")), "{error:?}"),
                }
            }
            assert_eq!((gone, count(&app, ORPHANS).await), (1, 0), "round {round}");
        }
    }

    async fn a_room_made_while_its_maker_leaves_has_an_owner_or_is_not_there(app: TestApp) {
        for round in 0..20 {
            let (ann, ben) = (app.user(&format!("ann{round}")).await, app.user(&format!("ben{round}")).await);
            let bens = room(&app, &ben, &format!("b{round}")).await;
            let (state, maker, id) = (app.state.clone(), ann.clone(), ann.id);
            let making = tokio::spawn(async move {
                for n in 0..4 {
                    let _ = create(&state, Some(&maker), NewRoom { name: Some(format!("r{round}-{n}")), ..NewRoom::default() }).await;
                }
            });
            let (state, granted) = (app.state.clone(), ann.clone());
            // A role given meanwhile must neither come back to life nor block.
            let granting = tokio::spawn(async move { give(&state, &bens, &granted, Role::Owner).await.is_ok() });
            let left = leave(&app.state, id, &all(Fate::Delete)).await;
            assert!(matches!(left, Ok(()) | Err(Error::Conflict("rooms_undecided"))), "{left:?}");
            making.await.expect("no panic");
            granting.await.expect("no panic");
            assert_eq!(count(&app, ORPHANS).await, 0, "round {round}");
        }
    }
}
