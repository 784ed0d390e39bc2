//! One act each, and who may not.

use axum::http::Method;
use serde_json::json;
use visavis::{
    accounts::closing::set_active,
    i18n::Lang,
    livekit::fake::{Answer, Call},
    moderation, on_db,
    rooms::{self, model::Role},
    users::model::User,
};

use super::{
    about, call, done, holder, identity, inside, loud, people, post,
    removal::{connects, joined},
};
use crate::{on_both, routes::accesses::give, support::TestApp};

/// Which microphones and screens are silent now.
async fn muted(app: &TestApp, room: &rooms::model::Room) -> Vec<String> {
    let all = people(app, room).await;
    all.into_iter().flat_map(|one| one.tracks).filter(|track| track.muted).map(|track| track.sid).collect()
}

/// The sentences of the log, the latest first.
async fn log(app: &TestApp, host: &User, room: &rooms::model::Room) -> Vec<String> {
    let page = moderation::log::page(&app.state, host, &room.slug, 1).await.expect("theirs");
    page.lines.iter().map(|told| told.sentence(Lang::En).replace(['\u{2068}', '\u{2069}'], "")).collect()
}

on_both! {
    async fn hosts_mute_one_and_all(app: TestApp) {
        let ann = app.user("ann").await;
        let host = identity(&ann);
        let room = call(&app, &ann, &["karim", "lea", &host]).await;
        let client = app.signed_in(&ann).await;
        let mic = json!({ "participant_identity": "karim", "track_sid": "TR_mic_karim" });
        assert_eq!(post(&client, &room, "mute-participant", mic.clone()).await, done());
        assert_eq!(muted(&app, &room).await, ["TR_mic_karim"]);
        let nobody = json!({ "participant_identity": "nobody", "track_sid": "TR_mic_karim" });
        assert_eq!(post(&client, &room, "mute-participant", nobody).await, (404, json!({ "error": "Participant not found" })));
        assert_eq!(post(&client, &room, "mute-everyone", json!({})).await, (200, json!({ "status": "success", "muted": 1 })));
        assert_eq!(muted(&app, &room).await, ["TR_mic_karim", "TR_mic_lea"], "hosts speak on, shares go on");
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(post(&client, &room, "mute-participant", mic).await, (500, json!({ "error": "Failed to mute participant" })));
        assert_eq!(post(&client, &room, "mute-everyone", json!({})).await.0, 500);
    }

    async fn others_mute_microphones_where_the_room_lets_them_and_while_they_are_inside(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim", "lea"]).await;
        let other = call(&app, &ann, &["karim"]).await;
        let (mic, share) = (json!({ "participant_identity": "lea", "track_sid": "TR_mic_lea" }), json!({ "participant_identity": "lea", "track_sid": "TR_share_lea" }));
        let unknown = (403, json!({ "error": "Could not verify caller presence" }));
        assert_eq!(post(&holder(&app, &room, "removed"), &room, "mute-participant", mic.clone()).await, unknown, "a token alone is not enough");
        assert_eq!(post(&holder(&app, &other, "karim"), &room, "mute-participant", mic.clone()).await.0, 403, "of another room");
        assert_eq!(post(&holder(&app, &room, "karim"), &room, "mute-participant", share).await.0, 403, "a share is for hosts to stop");
        assert_eq!(post(&app.anonymous(), &room, "mute-participant", mic.clone()).await.0, 403, "the contract's answer to nobody");
        assert_eq!(muted(&app, &room).await, [""; 0]);
        assert_eq!(post(&holder(&app, &room, "karim"), &room, "mute-participant", mic.clone()).await, done());
        assert_eq!(muted(&app, &room).await, ["TR_mic_lea"]);
        // Nobody's account did it: the log says which guest.
        assert_eq!(log(&app, &ann, &room).await, ["A guest muted a guest"]);
        joined(&app, &room, "karim", app.state.clock.now().timestamp()).await;
        assert_eq!(log(&app, &ann, &room).await, ["x muted a guest"]);
        let host = app.signed_in(&ann).await;
        let rights = host.call(Method::PUT, &format!("/api/v1.0/rooms/{}/rights/", room.id), json!({ "mute": false }).to_string()).await;
        assert_eq!(rights.status, 200);
        assert_eq!(post(&holder(&app, &room, "karim"), &room, "mute-participant", mic.clone()).await.0, 403, "whatever the token claims");
        // A bad token is not forgiven because of a good cookie.
        let both = host.with("authorization", "Bearer nonsense");
        assert_eq!(post(&both, &room, "mute-participant", mic).await.0, 403);
    }

    async fn no_token_makes_a_host(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        let forged = holder(&app, &room, &identity(&ann));
        for (act, body) in [
            ("mute-everyone", json!({})),
            ("lower-hands", json!({})),
            ("stop-share", about("karim")),
            ("ask-to-unmute", about("karim")),
            ("remove-participant", about("karim")),
            ("update-participant", json!({ "participant_identity": "karim", "name": "x" })),
            ("update-participant-role", json!({ "participant_identity": "karim", "role": "administrator" })),
            ("end", json!({})),
        ] {
            assert_eq!(post(&forged, &room, act, body).await.0, 401, "{act}");
        }
        let calls = app.livekit.calls();
        let told = |call: &Call| !matches!(call, Call::ListRooms { .. } | Call::GetParticipant { .. } | Call::ListParticipants { .. });
        assert!(!calls.iter().any(told), "{calls:?}");
    }

    async fn a_share_ends_and_may_begin_again(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        assert_eq!(post(&app.signed_in(&ann).await, &room, "stop-share", about("karim")).await, done());
        let told: Vec<_> = app.livekit.calls().into_iter().filter_map(|call| match call {
            Call::UpdateParticipant { change, .. } => change.permission.map(|permission| permission.sources.len()),
            _ => None,
        }).collect();
        assert_eq!(told, [2, 4], "the right to it goes, which ends it, and comes back");
    }

    async fn hands_go_down_one_or_all(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &[]).await;
        let up = |who: &str| {
            let mut one = loud(who, &room);
            one.attributes.insert("handRaisedAt".into(), "2026-11-18T10:00:00+00:00".into());
            one
        };
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[up("karim"), up("lea"), loud("mia", &room)]);
        let client = app.signed_in(&ann).await;
        let hands = async || people(&app, &room).await.iter().filter(|one| one.attributes.contains_key("handRaisedAt")).count();
        assert_eq!(post(&client, &room, "lower-hands", about("lea")).await, done());
        assert_eq!(hands().await, 1);
        assert_eq!(post(&client, &room, "lower-hands", json!({})).await, done());
        assert_eq!(hands().await, 0);
    }

    async fn who_is_asked_to_unmute_hears_it_from_the_server_alone(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim", "lea"]).await;
        let client = app.signed_in(&ann).await;
        assert_eq!(post(&client, &room, "ask-to-unmute", about("karim")).await, done());
        let sent = app.livekit.calls().into_iter().find_map(|call| match call {
            Call::SendDataTo { payload, to, .. } => Some((payload, to)),
            _ => None,
        });
        assert_eq!(sent, Some((r#"{"type":"askedToUnmute"}"#.to_owned(), vec!["karim".to_owned()])));
        for _ in 0..5 {
            assert_eq!(post(&client, &room, "ask-to-unmute", about("karim")).await.0, 200);
        }
        assert_eq!(post(&client, &room, "ask-to-unmute", about("karim")).await.0, 429, "asking is no means to pester");
        assert_eq!(post(&client, &room, "ask-to-unmute", about("nobody")).await.0, 404);
    }

    async fn co_hosts_run_the_meeting_until_it_is_over(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let room = call(&app, &ann, &["karim", &identity(&ben)]).await;
        let (host, bens) = (app.signed_in(&ann).await, app.signed_in(&ben).await);
        let path = format!("/api/v1.0/rooms/{}/co-hosts/", room.id);
        let name = async |client: &crate::support::Client, who: &str, on: bool| {
            let body = json!({ "participant_identity": who, "on": on }).to_string();
            client.call(Method::PUT, &path, body).await.status.as_u16()
        };
        assert_eq!(post(&bens, &room, "mute-everyone", json!({})).await.0, 403);
        assert_eq!(name(&host, "karim", true).await, 404, "a guest has nothing to prove it with");
        assert_eq!(name(&host, &identity(&ben), true).await, 200);
        assert_eq!(post(&bens, &room, "mute-everyone", json!({})).await.0, 200);
        let role = async || people(&app, &room).await.into_iter().find(|one| one.identity == identity(&ben)).and_then(|one| one.attributes.get("room_role").cloned());
        assert_eq!(role().await.as_deref(), Some("administrator"), "clients show host's tools by it");
        // Helping out is not owning.
        assert_eq!(name(&bens, &identity(&eve), true).await, 403);
        assert_eq!(bens.call(Method::PATCH, &format!("/api/v1.0/rooms/{}/", room.id), json!({ "access_level": "public" }).to_string()).await.status, 403);
        assert_eq!(post(&bens, &room, "update-participant-role", json!({ "participant_identity": "karim", "role": "member" })).await.0, 403);
        assert_eq!(name(&host, &identity(&ben), false).await, 200);
        assert_eq!((post(&bens, &room, "mute-everyone", json!({})).await.0, role().await), (403, None));
        assert_eq!(name(&host, &identity(&ben), true).await, 200);
        finished(&app, &room).await;
        assert_eq!(post(&bens, &room, "mute-everyone", json!({})).await.0, 403, "the meeting is over");
    }

    async fn a_role_is_given_in_the_call_as_the_contract_has_it(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (host, bens) = (identity(&ann), identity(&ben));
        let room = call(&app, &ann, &["karim", &bens]).await;
        let client = app.signed_in(&ann).await;
        let ask = async |who: &str, role: &str| post(&client, &room, "update-participant-role", json!({ "participant_identity": who, "role": role })).await;
        let detail = json!({ "detail": "You must be connected to the meeting to perform this action." });
        assert_eq!(ask(&bens, "administrator").await, (403, detail.clone()));
        let mut all = people(&app, &room).await;
        all.push(inside(&host, Default::default()));
        app.livekit.set_room(&room.id.to_string(), "RM_1", &all);
        assert_eq!(ask(&host, "member").await, (403, json!({ "error": "You cannot change your own role." })));
        assert_eq!(ask("nobody", "member").await, (404, json!({ "error": "Participant is not connected to this meeting." })));
        assert_eq!(ask("karim", "member").await, (404, json!({ "error": "This participant has no user account and cannot be assigned a role." })));
        assert_eq!(ask(&bens, "owner").await.0, 400);
        assert_eq!(ask(&bens, "administrator").await, (200, json!({ "role": "administrator", "livekit_synced": true })));
        assert_eq!(post(&app.signed_in(&ben).await, &room, "mute-everyone", json!({})).await.0, 200);
        assert_eq!(ask(&bens, "member").await, (200, json!({ "role": "member", "livekit_synced": true })));
        app.livekit.answer(Answer::Unreachable);
        assert_eq!(ask(&bens, "administrator").await, (403, detail), "it fails closed");
    }

    async fn an_owner_is_not_demoted_in_passing(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = call(&app, &ann, &[&identity(&ann), &identity(&ben)]).await;
        give(&app, &json!(room.id), &ben, Role::Administrator).await;
        let client = app.signed_in(&ben).await;
        let body = json!({ "participant_identity": identity(&ann), "role": "member" });
        assert_eq!(post(&client, &room, "update-participant-role", body).await, (403, json!({ "error": "Room owners cannot be demoted." })));
        assert_eq!(post(&client, &room, "remove-participant", about(&identity(&ann))).await.0, 403, "nor put out of the own room");
    }

    async fn somebody_is_changed_as_the_contract_has_it(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        let client = app.signed_in(&ann).await;
        let ask = async |more: serde_json::Value| {
            let mut body = more;
            body["participant_identity"] = json!("karim");
            post(&client, &room, "update-participant", body).await
        };
        assert_eq!(ask(json!({ "name": "Karim H.", "attributes": { "handRaisedAt": "" } })).await, done());
        assert_eq!(people(&app, &room).await[0].name, "Karim H.");
        assert_eq!(ask(json!({ "permission": { "can_publish": true } })).await, done());
        assert!(!people(&app, &room).await[0].permission.can_subscribe, "what is not named is taken away");
        assert_eq!(ask(json!({ "attributes": { "room_role": "owner" } })).await.0, 400, "what everybody believes is ours");
        assert_eq!(ask(json!({ "permission": { "hidden": true } })).await.0, 400);
        assert_eq!(ask(json!({})).await, (400, json!({ "non_field_errors": ["At least one of the following fields must be provided: metadata, attributes, permission, name."] })));
    }

    async fn what_one_may_not_do_to_who_runs_the_room(app: TestApp) {
        let (ann, ben, eve) = (app.user("ann").await, app.user("ben").await, app.user("eve").await);
        let (owner, bens) = (identity(&ann), identity(&ben));
        let room = call(&app, &ann, &[&owner, &bens, "karim"]).await;
        give(&app, &json!(room.id), &eve, Role::Administrator).await;
        let host = app.signed_in(&ann).await;
        let path = format!("/api/v1.0/rooms/{}/co-hosts/", room.id);
        let body = json!({ "participant_identity": bens, "on": true }).to_string();
        assert_eq!(host.call(Method::PUT, &path, body).await.status, 200);
        let silent = |who: &str| json!({ "participant_identity": who, "permission": {} });
        let named = |who: &str| json!({ "participant_identity": who, "name": "Somebody Else" });
        for client in [app.signed_in(&ben).await, app.signed_in(&eve).await] {
            for body in [silent(&owner), named(&owner)] {
                assert_eq!(post(&client, &room, "update-participant", body).await.0, 403);
            }
            assert_eq!(post(&client, &room, "remove-participant", about(&owner)).await.0, 403);
            // A hand is not theirs alone.
            let hand = json!({ "participant_identity": owner, "attributes": { "handRaisedAt": "" } });
            assert_eq!(post(&client, &room, "update-participant", hand).await, done());
            assert_eq!(post(&client, &room, "update-participant", named("karim")).await, done());
        }
        let all = people(&app, &room).await;
        assert!(all[0].permission.can_subscribe && all[0].name == owner, "{:?}", all[0]);
        assert_eq!(post(&app.signed_in(&ben).await, &room, "update-participant", named(&bens)).await, done(), "oneself");
        assert_eq!(post(&host, &room, "update-participant", silent(&bens)).await, done(), "the owner");
        let verified = visavis::rooms::door::DoorSettings { max_participants: None, hosts_required: false, verified_only: true };
        visavis::rooms::door::set(&app.state, &ann, room.id, verified).await.expect("set");
        let (status, wrong) = post(&host, &room, "update-participant", named(&bens)).await;
        assert_eq!((status, wrong), (400, json!({ "name": ["In this room everybody is called as their account is."] })));
    }

    async fn an_identity_that_is_none_is_said_to_be_wrong(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        let client = app.signed_in(&ann).await;
        for none in ["\u{0}", "a\u{7}", &"x".repeat(256)] {
            let body = json!({ "participant_identity": none, "on": true }).to_string();
            let answer = client.call(Method::PUT, &format!("/api/v1.0/rooms/{}/co-hosts/", room.id), body).await;
            assert_eq!(answer.status, 400, "{}", answer.text);
            for act in ["remove-participant", "lower-hands", "stop-share", "ask-to-unmute"] {
                assert_eq!(post(&client, &room, act, about(none)).await.0, 400, "{act}");
            }
        }
    }

    async fn a_share_may_begin_again_although_we_were_interrupted(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        let client = app.signed_in(&ann).await;
        let all = people(&app, &room).await[0].permission.clone();
        app.livekit.answer(Answer::Hold);
        let asking = post(&client, &room, "stop-share", about("karim"));
        let cut = async {
            // Who that is, and that the right goes; then LiveKit is away.
            for _ in 0..2 {
                app.livekit.release();
            }
            while !app.livekit.calls().iter().any(|call| matches!(call, Call::UpdateParticipant { .. })) {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            app.livekit.answer(Answer::Unreachable);
        };
        let ((status, _), ()) = tokio::join!(asking, cut);
        assert_eq!(status, 500);
        app.livekit.answer(Answer::Ok);
        assert_ne!(people(&app, &room).await[0].permission, all);
        app.advance(chrono::TimeDelta::seconds(3));
        app.work().await;
        assert!(people(&app, &room).await[0].permission.equals(&all));
    }

    async fn a_closed_account_is_put_out_of_the_calls_it_is_in(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let (bens, anns) = (identity(&ben), identity(&ann));
        let room = call(&app, &ann, &[&bens, &anns]).await;
        give(&app, &json!(room.id), &ben, Role::Administrator).await;
        joined(&app, &room, &bens, app.state.clock.now().timestamp()).await;
        let inside = async || people(&app, &room).await.into_iter().map(|one| one.identity).collect::<Vec<_>>();
        assert!(connects(&app, &room, &bens).await);
        set_active(&app.state, &ben, false).await.expect("closed");
        assert_eq!(inside().await, [anns.as_str()]);
        // A token of before does not bring them back.
        assert!(!connects(&app, &room, &bens).await);
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[loud(&bens, &room), loud(&anns, &room)]);
        joined(&app, &room, &bens, app.state.clock.now().timestamp()).await;
        assert_eq!(inside().await, [anns.as_str()]);
        set_active(&app.state, &ben, true).await.expect("opened");
        assert!(connects(&app, &room, &bens).await);
        // LiveKit cannot be told in that moment.
        app.livekit.set_room(&room.id.to_string(), "RM_1", &[loud(&bens, &room), loud(&anns, &room)]);
        app.livekit.answer(Answer::Unreachable);
        set_active(&app.state, &ben, false).await.expect("closed");
        app.livekit.answer(Answer::Ok);
        assert_eq!(inside().await.len(), 2);
        app.advance(chrono::TimeDelta::seconds(5));
        app.work().await;
        assert_eq!(inside().await, [anns.as_str()]);
    }

    async fn the_meeting_ends_for_everybody_and_the_room_stays(app: TestApp) {
        let ann = app.user("ann").await;
        let room = call(&app, &ann, &["karim"]).await;
        let client = app.signed_in(&ann).await;
        assert_eq!(post(&client, &room, "end", json!({})).await, done());
        assert_eq!(people(&app, &room).await, []);
        assert_eq!(post(&client, &room, "end", json!({})).await, done(), "twice is no error");
        assert_eq!(client.get(&format!("/api/v1.0/rooms/{}/", room.id)).await.status, 200);
    }

    async fn what_was_decided_is_written_down_in_ids(app: TestApp) {
        let (ann, ben) = (app.user("ann").await, app.user("ben").await);
        let room = call(&app, &ann, &["karim", &identity(&ben)]).await;
        let client = app.signed_in(&ann).await;
        post(&client, &room, "mute-everyone", json!({})).await;
        post(&client, &room, "remove-participant", about("karim")).await;
        post(&client, &room, "remove-participant", json!({ "participant_identity": identity(&ben), "block": true })).await;
        let mut lent = app.state.db.lend().await.expect("lent");
        let sql = "SELECT * FROM room_audit ORDER BY at, id";
        let lines: Vec<rooms::audit::Line> = on_db!(&mut lent.conn(), c => sqlx::query_as(sql).fetch_all(c).await).expect("read");
        let mut told: Vec<_> = lines.iter().map(|line| (line.action.as_str(), line.actor_id, line.target_id, line.target.as_deref())).collect();
        told.sort_by_key(|line| line.0);
        assert_eq!(told, [
            ("blocked", Some(ann.id), Some(ben.id), None),
            ("muted_all", Some(ann.id), None, None),
            ("removed", Some(ann.id), None, Some("karim")),
        ]);
    }
}

/// LiveKit says that the meeting is over.
pub async fn finished(app: &TestApp, room: &rooms::model::Room) {
    // Who listens for ends says so when the work begins.
    app.work().await;
    let at = app.state.clock.now().timestamp().to_string();
    let event = json!({ "event": "room_finished", "id": "EV_end", "createdAt": at, "room": { "sid": "RM_1", "name": room.id, "creationTime": at } });
    assert_eq!(app.webhook(&event.to_string()).await.status, 200);
    app.work().await;
}
