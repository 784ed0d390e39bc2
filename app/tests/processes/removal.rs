//! Who was removed at one process stays out at the other.

use serde_json::json;

use super::{
    http,
    lobby::{Door, Guest, calm},
    stage::{Stage, easy_livekit},
};

#[tokio::test]
async fn who_was_removed_at_one_process_stays_out_at_the_other() {
    let Some((database, redis)) = super::servers().await else { return };
    // One that says of everybody that they are inside, and knows no signalling.
    let stage = Stage::new(&database, &redis, &easy_livekit().await);
    let (one, two) = (stage.serve("one", 0).await, stage.serve("two", 0).await);
    let (a, b) = (one.address, two.address);
    let door = Door::new(&stage, a).await;
    let (karim, lea) = (Guest::new(&door, a, "Karim").await, Guest::new(&door, a, "Lea").await);
    let mut tokens = Vec::new();
    for guest in [&karim, &lea] {
        door.decide(b, guest, true).await;
        tokens.push(guest.token(b).await);
    }
    // LiveKit, as the forwarder sees it: 404 for lack of signalling, 403 for who does not get that far.
    let connects =
        async |to, token: &str| http::get(to, &format!("/livekit/rtc/validate?access_token={token}"), "").await.status;
    assert_eq!([connects(a, &tokens[0]).await, connects(b, &tokens[0]).await], [404, 404]);
    let path = format!("/api/v1.0/rooms/{}/remove-participant/", door.id);
    let removed = http::post(a, &path, &door.session, &json!({ "participant_identity": karim.id })).await;
    assert_eq!(removed.status, 200, "{}", removed.body);
    for to in [b, a] {
        assert_eq!(connects(to, &tokens[0]).await, 403, "with the token of before");
        assert_eq!(connects(to, &tokens[1]).await, 404, "Lea is not meant");
        assert_eq!(karim.ask(to).await, "denied");
        assert_eq!(lea.ask(to).await, "accepted");
    }
    // Let back at the other one.
    let removals = format!("/api/v1.0/rooms/{}/removed/", door.id);
    let listed = http::get(b, &removals, &door.session).await.json();
    let id = listed["removed"][0]["id"].as_str().expect("an id").to_owned();
    let back = http::send(b, "DELETE", &format!("{removals}{id}/"), &door.session, "application/json", "")
        .await
        .expect("an answer");
    assert_eq!(back.status, 204, "{}", back.body);
    assert_eq!([connects(a, &tokens[0]).await, connects(b, &tokens[0]).await], [404, 404]);
    calm(&[&one, &two]);
    one.stop().await;
    two.stop().await;
}
