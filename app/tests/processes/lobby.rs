//! Guests wait at one process and are admitted at another, while what they depend on dies and comes back.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    faults::Redis,
    http::{self, Events},
    stage::{Process, Stage, easy_livekit},
};

const JSON: &str = "application/json";

/// How long word takes at most while everything is well; without word, they look every 15 seconds.
const QUICKLY: Duration = Duration::from_secs(3);

/// A room and its host.
pub struct Door {
    pub session: String,
    pub id: String,
    slug: String,
}

impl Door {
    pub async fn new(stage: &Stage, to: SocketAddr) -> Self {
        stage.cli(&["user", "add", "ann@example.org", "--name", "Ann"]);
        let session = http::form(to, &stage.link("ann@example.org"), "", "").await.session();
        let new = json!({ "name": "The Room", "access_level": "restricted" });
        let room = http::post(to, "/api/v1.0/rooms/", &session, &new).await.json();
        let text = |name: &str| room[name].as_str().expect("text").to_owned();
        Self { id: text("id"), slug: text("slug"), session }
    }

    pub async fn decide(&self, to: SocketAddr, guest: &Guest, allow: bool) {
        let body = json!({ "participant_id": guest.id, "allow_entry": allow });
        let answer = http::post(to, &format!("/api/v1.0/rooms/{}/enter/", self.id), &self.session, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Who waits, in their order.
    async fn waiting(&self, to: SocketAddr) -> Vec<Value> {
        let path = format!("/api/v1.0/rooms/{}/waiting-participants/", self.id);
        let list = http::get(to, &path, &self.session).await.json();
        list["participants"].as_array().expect("a list").iter().map(|guest| guest["id"].clone()).collect()
    }

    async fn listen(&self, to: SocketAddr) -> Events {
        Events::open(to, &format!("/{}/lobby/events", self.slug), &format!("sessionid={}; ", self.session)).await
    }
}

/// A guest's browser.
pub struct Guest {
    pub id: Value,
    cookies: String,
    path: String,
    slug: String,
}

impl Guest {
    pub async fn new(door: &Door, to: SocketAddr, name: &str) -> Self {
        let path = format!("/api/v1.0/rooms/{}/request-entry/", door.id);
        let body = json!({ "username": name });
        let answer = http::post(to, &path, "", &body).await;
        assert_eq!((answer.status, &answer.json()["status"]), (200, &json!("waiting")), "{}", answer.body);
        let cookie = answer.cookie("lobbyParticipantId").expect("a cookie");
        let cookies = format!("lobbyParticipantId={cookie}; ");
        Self { id: answer.json()["id"].clone(), cookies, path, slug: door.slug.clone() }
    }

    /// Asks again, as old clients do.
    pub async fn ask(&self, to: SocketAddr) -> Value {
        self.asked(to).await["status"].clone()
    }

    /// What an admitted one connects with.
    pub async fn token(&self, to: SocketAddr) -> String {
        self.asked(to).await["livekit"]["token"].as_str().expect("a token").to_owned()
    }

    async fn asked(&self, to: SocketAddr) -> Value {
        let body = json!({ "username": "Karim" }).to_string();
        let answer = http::with_cookies(to, "POST", &self.path, &self.cookies, JSON, &body).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let got = answer.json();
        assert_eq!(got["id"], self.id, "the same browser, wherever it asks");
        assert_eq!(got["status"] == "accepted", got["livekit"]["token"].is_string(), "{got}");
        got
    }

    async fn listen(&self, to: SocketAddr) -> Events {
        Events::open(to, &format!("/{}/wait/events", self.slug), &self.cookies).await
    }
}

/// Listens until this is heard; how long that took.
async fn hears(events: &mut Events, what: impl Fn(&Value) -> bool) -> Duration {
    let begun = Instant::now();
    loop {
        let news = events.next().await.expect("it goes on");
        if what(&news) {
            return begun.elapsed();
        }
    }
}

fn is(state: &'static str) -> impl Fn(&Value) -> bool {
    move |news| news["state"] == state
}

fn are(guests: &[&Guest]) -> impl Fn(&Value) -> bool {
    let ids: Vec<_> = guests.iter().map(|guest| guest.id.clone()).collect();
    move |news| news["ids"] == json!(ids)
}

pub fn calm(processes: &[&Process]) {
    for process in processes {
        let said = process.log();
        assert!(!said.contains("panicked") && !said.contains("example.org") && !said.contains("Karim"), "{said}");
    }
}

#[tokio::test]
async fn a_guest_who_waits_at_one_process_is_admitted_at_the_other() {
    let Some((database, redis)) = super::servers().await else { return };
    let stage = Stage::new(&database, &redis, &easy_livekit().await);
    let (one, two) = (stage.serve("one", 0).await, stage.serve("two", 0).await);
    let (a, b) = (one.address, two.address);
    one.ready(&[]).await;
    two.ready(&[]).await;
    let door = Door::new(&stage, a).await;
    let listens = Guest::new(&door, a, "Karim").await;
    let mut heard = listens.listen(a).await;
    hears(&mut heard, is("waiting")).await;
    let mut host = door.listen(b).await;
    hears(&mut host, are(&[&listens])).await;
    let asks = Guest::new(&door, b, "Lea").await;
    assert!(hears(&mut host, are(&[&listens, &asks])).await < QUICKLY);
    assert_eq!(
        (asks.ask(a).await, asks.ask(b).await),
        (json!("waiting"), json!("waiting")),
        "wherever the next request goes"
    );
    assert_eq!(door.waiting(a).await, [listens.id.clone(), asks.id.clone()]);

    door.decide(b, &listens, true).await;
    assert!(hears(&mut heard, is("admitted")).await < QUICKLY);
    assert_eq!(heard.next().await, None);
    assert_eq!((listens.ask(a).await, listens.ask(b).await), (json!("accepted"), json!("accepted")));
    assert_eq!(asks.ask(b).await, "waiting", "one of two");
    let form = http::form(a, &format!("/{}/lobby", door.slug), &door.session, "do=admit_all").await;
    assert_eq!(form.status, 303, "{}", form.body);
    assert_eq!((asks.ask(b).await, asks.ask(a).await), (json!("accepted"), json!("accepted")));
    assert!(hears(&mut host, are(&[])).await < QUICKLY);

    // Hosts at both decide in the same moment: one decision, no error.
    let torn = Guest::new(&door, a, "Zoe").await;
    tokio::join!(door.decide(a, &torn, true), door.decide(b, &torn, true));
    assert_eq!((torn.ask(a).await, torn.ask(b).await), (json!("accepted"), json!("accepted")));
    calm(&[&one, &two]);
    one.stop().await;
    two.stop().await;
}

#[tokio::test]
async fn redis_may_go_and_come_back_while_guests_wait() {
    let Some((database, _)) = super::servers().await else { return };
    let mut redis = Redis::start();
    let stage = Stage::new(&database, &redis.url(), &easy_livekit().await);
    let (one, two) = (stage.serve("one", 0).await, stage.serve("two", 0).await);
    let (a, b) = (one.address, two.address);
    one.ready(&[]).await;
    two.ready(&[]).await;
    let door = Door::new(&stage, a).await;
    let (first, second) = (Guest::new(&door, a, "Karim").await, Guest::new(&door, a, "Lea").await);
    let (mut firsts, mut seconds) = (first.listen(a).await, second.listen(a).await);
    hears(&mut firsts, is("waiting")).await;
    hears(&mut seconds, is("waiting")).await;

    redis.halt();
    for process in [&one, &two] {
        process.ready(&["cache"]).await;
    }
    let third = Guest::new(&door, b, "Zoe").await;
    assert_eq!(
        door.waiting(b).await,
        [first.id.clone(), second.id.clone(), third.id.clone()],
        "nobody lost their place"
    );
    door.decide(b, &third, true).await;
    assert_eq!((third.ask(a).await, third.ask(b).await), (json!("accepted"), json!("accepted")));
    // No word comes through, so it takes until they look by themselves.
    door.decide(b, &first, true).await;
    hears(&mut firsts, is("admitted")).await;

    redis.resume();
    for process in [&one, &two] {
        process.ready(&[]).await;
    }
    assert_eq!(door.waiting(b).await, std::slice::from_ref(&second.id));
    door.decide(b, &second, true).await;
    assert!(hears(&mut seconds, is("admitted")).await < QUICKLY, "word comes through again");
    calm(&[&one, &two]);
    one.stop().await;
    two.stop().await;
}

#[tokio::test]
async fn a_process_that_is_restarted_loses_nobodys_place_and_no_decision() {
    let Some((database, redis)) = super::servers().await else { return };
    let stage = Stage::new(&database, &redis, &easy_livekit().await).with("LOBBY_DENIED_TIMEOUT", "60");
    let (mut one, two) = (stage.serve("one", 0).await, stage.serve("two", 0).await);
    let (a, b) = (one.address, two.address);
    let door = Door::new(&stage, a).await;
    let (first, admitted, refused) =
        (Guest::new(&door, a, "Karim").await, Guest::new(&door, a, "Lea").await, Guest::new(&door, a, "Zoe").await);
    door.decide(a, &admitted, true).await;
    let mut host = door.listen(b).await;
    for round in ["stopped", "killed"] {
        let mut heard = first.listen(a).await;
        hears(&mut heard, is("waiting")).await;
        let later = Guest::new(&door, b, "Ben").await;
        if round == "killed" {
            one.kill()
        } else {
            one.stop().await
        }
        assert_eq!(heard.next().await, None, "{round}");
        // Meanwhile others come; the place is kept, and hosts go on seeing who waits.
        assert_eq!(door.waiting(b).await.first(), Some(&first.id), "{round}");
        one = stage.serve(&format!("{round}, again"), a.port()).await;
        let mut heard = first.listen(a).await;
        let news = heard.next().await.expect("heard");
        let html = news["html"].as_str().expect("text");
        assert!(news["state"] == "waiting" && html.contains("next in line"), "{round}: {news}");
        assert_eq!(admitted.ask(a).await, "accepted", "{round}: who was admitted still is");
        later.ask(b).await;
        assert_eq!(door.waiting(b).await.first(), Some(&first.id), "{round}");
        // A second listener of the same round must not linger into the next one.
        drop(heard);
        hears(&mut host, |news| news["ids"][0] == first.id).await;
    }
    door.decide(a, &first, true).await;
    assert_eq!(first.ask(b).await, "accepted");
    refused.ask(a).await;
    door.decide(a, &refused, false).await;
    one.kill();
    let one = stage.serve("at last", a.port()).await;
    assert_eq!(refused.ask(a).await, "denied", "a refusal is not forgotten either");
    calm(&[&one, &two]);
    one.stop().await;
    two.stop().await;
}
