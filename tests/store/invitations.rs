//! Each function of the two stores: what is sent together, what becomes of a letter, and what a link is good for.

use chrono::TimeDelta;
use uuid::Uuid;
use visavis::{
    guest_links::{
        self,
        model::{GuestLink, Standing},
    },
    invitations::{
        model::{Failure, Invitation, Status, Time},
        store,
    },
    rooms::{
        model::{Role, Room},
        permissions::{self, Invite, Permit, Who},
        service::{NewRoom, create},
    },
    users::model::User,
};

use crate::{on_both, support::TestApp};

fn permit() -> Permit<Invite> {
    permissions::invite(Who { signed_in: true, role: Some(Role::Owner), ..Who::STRANGER }).expect("a host")
}

async fn room(app: &TestApp, owner: &User) -> Room {
    create(&app.state, Some(owner), NewRoom::default()).await.expect("made")
}

fn invitation(app: &TestApp, room: &Room, by: &User, batch: Uuid, email: &str) -> Invitation {
    let now = app.state.clock.now();
    Invitation {
        id: app.state.random.uuid(),
        room_id: room.id,
        batch_id: batch,
        email: email.to_owned(),
        email_folded: email.to_lowercase(),
        name: None,
        invited_by: Some(by.id),
        lang: "en".to_owned(),
        message: String::new(),
        starts_at: None,
        ends_at: None,
        zone: None,
        sequence: 0,
        status: Status::Pending,
        failure: None,
        tries: 0,
        sent_at: None,
        told: None,
        organizer: None,
        gave_access: None,
        accepted_by: None,
        accepted_at: None,
        created_at: now,
        updated_at: now,
    }
}

on_both! {
    async fn an_invitation_from_its_letter_to_its_end(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (round, batch, now) = (room(&app, &ann).await, app.state.random.uuid(), app.state.clock.now());
        let (one, two) = (invitation(&app, &round, &ann, batch, "Ben@example.org"), invitation(&app, &round, &ann, batch, "cleo@example.org"));
        let mut lent = app.state.db.lend().await.expect("lent");
        let conn = &mut lent.conn();
        for each in [&one, &two] {
            store::insert(conn, &permit(), each).await.expect("stored");
        }
        let twice = invitation(&app, &round, &ann, batch, "ben@example.org");
        assert!(store::insert(conn, &permit(), &twice).await.is_err(), "an address once in what is sent together");
        assert_eq!(store::of_batch(conn, round.id, batch).await.expect("read").len(), 2);
        assert!(store::of_batch(conn, ben.id, batch).await.expect("read").is_empty(), "of no other room");

        // That an earlier letter failed is nobody's business; that it arrived is known.
        let time = Time { from: now + TimeDelta::hours(1), to: now + TimeDelta::hours(2), zone: "Europe/Paris".to_owned() };
        store::set_time(conn, &permit(), batch, &time, now).await.expect("moved");
        store::sent(conn, one.id, 0, now).await.expect("noted");
        assert_eq!(store::tried(conn, one.id, 0).await.expect("noted"), None);
        let read = store::by_id(conn, one.id).await.expect("read").expect("there");
        assert_eq!((read.status, read.sequence, read.time(), read.told), (Status::Pending, 1, Some(time), Some(0)));
        assert_eq!((store::tried(conn, one.id, 1).await.expect("noted"), store::tried(conn, one.id, 1).await.expect("noted")), (Some(1), Some(2)));
        store::sent(conn, one.id, 1, now).await.expect("noted");
        store::failed(conn, two.id, 1, Failure::Refused, now).await.expect("noted");
        let read = store::by_id(conn, two.id).await.expect("read").expect("there");
        assert_eq!((read.status, read.failure()), (Status::Failed, Some(Failure::Refused)));
        assert!(!store::again(conn, &permit(), (two.id, 0), now).await.expect("refused"), "an older letter");
        assert!(store::again(conn, &permit(), (two.id, 1), now).await.expect("again"));
        assert!(!store::again(conn, &permit(), (two.id, 1), now).await.expect("refused"), "one is on its way");

        // A place, once, for this address in this room.
        assert!(store::waits(conn, round.id, "ben@example.org").await.expect("read"));
        assert!(!store::waits(conn, round.id, "eve@example.org").await.expect("read"));
        assert_eq!(store::verified(conn, ben.id).await.expect("read"), None, "nothing was shown yet");
        assert_eq!(store::accept(conn, round.id, "ben@example.org", (ben.id, None), now).await.expect("accepted"), 1);
        assert_eq!(store::accept(conn, round.id, "ben@example.org", (ben.id, None), now).await.expect("nothing"), 0);
        assert!(!store::again(conn, &permit(), (one.id, 1), now).await.expect("refused"), "who is there needs no letter");

        // Taken back, shown for a while, swept.
        assert!(store::cancel(conn, &permit(), two.id, now).await.expect("cancelled"));
        assert!(!store::cancel(conn, &permit(), two.id, now).await.expect("once"));
        assert!(!store::waits(conn, round.id, "cleo@example.org").await.expect("read"));
        let day = TimeDelta::days(1);
        assert_eq!(store::of_room(conn, &permit(), round.id, now - day, 10).await.expect("read").len(), 2);
        assert_eq!(store::of_room(conn, &permit(), round.id, now, 10).await.expect("read").len(), 1);
        assert_eq!(store::sent_by(conn, ann.id).await.expect("read").len(), 2);
        store::sweep(conn, now - day, now).await.expect("swept");
        assert!(store::by_id(conn, two.id).await.expect("read").is_none() && store::by_id(conn, one.id).await.expect("read").is_some());
        store::sweep(conn, now + day, now).await.expect("swept");
        assert!(store::by_id(conn, one.id).await.expect("read").is_none(), "a day after the meeting");
    }

    async fn a_link_is_counted_revoked_and_swept(app: TestApp) {
        let ann = app.user("ann").await;
        let (round, other, now) = (room(&app, &ann).await, room(&app, &ann).await, app.state.clock.now());
        let link = GuestLink {
            id: app.state.random.uuid(),
            room_id: round.id,
            name: "Candidate".to_owned(),
            may_pass: true,
            expires_at: now + TimeDelta::days(1),
            max_uses: Some(2),
            uses: 0,
            created_by: Some(ann.id),
            created_at: now,
            revoked_at: None,
        };
        let mut lent = app.state.db.lend().await.expect("lent");
        let conn = &mut lent.conn();
        guest_links::store::insert(conn, &permit(), &link, &[7; 32]).await.expect("stored");
        assert!(guest_links::store::by_hash(conn, &[8; 32]).await.expect("read").is_none());
        let mut used = Vec::new();
        for _ in 0..3 {
            used.push(guest_links::store::use_one(conn, link.id, now).await.expect("counted"));
        }
        assert_eq!(used, [true, true, false]);
        let read = guest_links::store::by_hash(conn, &[7; 32]).await.expect("read").expect("there");
        assert_eq!((read.uses, read.standing(now), read.may_pass), (2, Standing::UsedUp, true));
        assert!(!guest_links::store::revoke(conn, &permit(), other.id, link.id, now).await.expect("refused"), "another room's");
        assert!(guest_links::store::revoke(conn, &permit(), round.id, link.id, now).await.expect("revoked"));
        assert_eq!(guest_links::store::of_room(conn, &permit(), round.id).await.expect("read").len(), 1);
        assert_eq!(guest_links::store::made_by(conn, ann.id).await.expect("read").len(), 1);
        guest_links::store::sweep(conn, now).await.expect("swept");
        assert!(guest_links::store::of_room(conn, &permit(), round.id).await.expect("read").is_empty());
    }
}
