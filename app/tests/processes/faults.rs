//! PostgreSQL and Redis die and come back while people work, and so do we: what was answered as done is done.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;
use visavis::{
    clock::Clock,
    db::Db,
    random::Random,
    users::{password::Passwords, store as users},
};

use super::{
    http,
    stage::{Process, Stage, easy_livekit, free_port},
};
use crate::support::databases;

/// Nobody may wait longer for an answer, whatever is away.
const PATIENCE: Duration = Duration::from_secs(8);

/// A PostgreSQL of this test alone.
struct Postgres(String);

impl Postgres {
    fn script(arguments: &[&str]) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/setup-postgres.sh");
        let output = Command::new(script).args(arguments).stderr(Stdio::inherit()).output().expect("the script runs");
        assert!(output.status.success(), "setup-postgres.sh {arguments:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn start() -> Self {
        Self(Self::script(&["durable"]))
    }

    async fn tell(&self, what: &'static str) {
        let url = self.0.clone();
        tokio::task::spawn_blocking(move || Self::script(&[what, &url])).await.expect("no panic");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        Self::script(&["stop", &self.0]);
    }
}

/// A Redis of this test alone.
pub struct Redis {
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl Redis {
    pub fn start() -> Self {
        let mut redis = Self { port: free_port(), folder: tempfile::tempdir().expect("a folder"), child: None };
        redis.resume();
        redis
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub fn resume(&mut self) {
        let port = self.port.to_string();
        let spawn = |program| {
            let mut command = Command::new(program);
            command.current_dir(self.folder.path()).stdout(Stdio::null());
            command.args(["--port", &port, "--bind", "127.0.0.1", "--save", ""]).spawn()
        };
        let child = spawn("redis-server").or_else(|_| spawn("valkey-server"));
        self.child = Some(child.expect("redis-server is on the PATH: scripts/setup-redis.sh installs it"));
    }

    pub fn halt(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Gone already is as good.
            let _ = child.kill();
            child.wait().expect("it ends");
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.halt();
    }
}

/// People who make rooms, each one after the other, at either process.
struct Load {
    stop: Arc<AtomicBool>,
    made: Arc<Mutex<Vec<String>>>,
    refused: Arc<AtomicU32>,
    people: JoinSet<()>,
}

impl Load {
    fn begin(processes: [SocketAddr; 2], sessions: Vec<String>) -> Self {
        let (stop, made, refused) = (Arc::<AtomicBool>::default(), Arc::default(), Arc::default());
        let mut people = JoinSet::new();
        for (person, session) in sessions.into_iter().enumerate() {
            let (stop, made, refused) = (Arc::clone(&stop), Arc::clone(&made), Arc::clone(&refused));
            people.spawn(work(person, processes, session, stop, made, refused));
        }
        Self { stop, made, refused, people }
    }

    fn made(&self) -> usize {
        self.made.lock().len()
    }

    /// Waits until some more rooms were made than there are.
    async fn goes_on(&self) {
        let (before, begun) = (self.made(), Instant::now());
        while self.made() < before + 8 {
            assert!(begun.elapsed() < PATIENCE, "nothing is made any more");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn end(mut self) -> Vec<String> {
        self.stop.store(true, Ordering::SeqCst);
        while let Some(person) = self.people.join_next().await {
            person.expect("nobody was answered wrongly");
        }
        self.made.lock().clone()
    }
}

async fn work(
    person: usize,
    processes: [SocketAddr; 2],
    session: String,
    stop: Arc<AtomicBool>,
    made: Arc<Mutex<Vec<String>>>,
    refused: Arc<AtomicU32>,
) {
    for n in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let (name, begun) = (format!("Room {person} {n}"), Instant::now());
        let body = json!({ "name": name }).to_string();
        // As fast as the limit for one account lets people write.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let to = processes[(person + n) % 2];
        let answer = http::send(to, "POST", "/api/v1.0/rooms/", &session, "application/json", &body).await;
        assert!(begun.elapsed() < PATIENCE, "{name} waited {:?}", begun.elapsed());
        match answer {
            Ok(answer) if answer.status == 201 => {
                made.lock().push(answer.json()["slug"].as_str().expect("text").to_owned());
            }
            Ok(answer) => {
                assert!(matches!(answer.status, 500 | 503), "{name}: {} {}", answer.status, answer.body);
                if answer.status == 503 {
                    refused.fetch_add(1, Ordering::SeqCst);
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            // The process itself was killed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn sign_in(to: SocketAddr, password: &str) -> http::Answer {
    http::form(to, "/sign-in", "", &format!("email=ann%40example.org&password={password}")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_redis_and_ourselves_die_under_load_and_nothing_is_lost() {
    if super::servers().await.is_none() {
        return;
    }
    let postgres = Postgres::start();
    let mut redis = Redis::start();
    let stage = Stage::new(&postgres.0, &redis.url(), &easy_livekit().await);
    let one = stage.serve("one", 0).await;
    let two = stage.serve("two", 0).await;
    let both: [&Process; 2] = [&one, &two];
    stage.cli(&["user", "add", "ann@example.org"]);
    let session = http::form(one.address, &stage.link("ann@example.org"), "", "").await.session();
    password(&postgres.0, &session, one.address).await;
    let mut sessions = Vec::new();
    for name in ["ben", "cat", "dan", "eve", "fay", "gus"] {
        let email = format!("{name}@example.org");
        stage.cli(&["user", "add", &email]);
        sessions.push(http::form(two.address, &stage.link(&email), "", "").await.session());
    }
    let load = Load::begin([one.address, two.address], sessions);
    load.goes_on().await;

    postgres.tell("halt").await;
    for process in both {
        process.ready(&["database"]).await;
        assert_eq!(http::get(process.address, "/healthz", "").await.status, 200, "the process itself is well");
        let begun = Instant::now();
        let answer = http::get(process.address, "/api/v1.0/users/me/", &session).await;
        assert_eq!((answer.status, &answer.json()["code"]), (503, &json!("unavailable")));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        let page = http::page(process.address, "/rooms/new", &session).await;
        assert!(page.status == 503 && page.body.contains("does not answer just now"), "{} {}", page.status, page.body);
    }
    postgres.tell("resume").await;
    for process in both {
        process.ready(&[]).await;
    }
    load.goes_on().await;
    assert!(load.refused.load(Ordering::SeqCst) > 0, "the outage was felt");

    redis.halt();
    for process in both {
        process.ready(&["cache"]).await;
        let begun = Instant::now();
        let answer = sign_in(process.address, "the-right-one").await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "signing in works: {}", answer.head);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
    load.goes_on().await;
    // Guessing is limited all the same, by each process for itself.
    for _ in 0..5 {
        sign_in(one.address, "wrong-password").await;
    }
    let answer = sign_in(one.address, "the-right-one").await;
    let page = http::get(one.address, answer.header("location").expect("a way on"), &answer.session()).await.body;
    assert!(page.contains("Too many attempts"), "{page}");
    redis.resume();
    for process in both {
        process.ready(&[]).await;
    }
    load.goes_on().await;

    // We die ourselves: the other goes on, and whoever starts in our place finds everything.
    let port = one.address.port();
    let said = one.log();
    one.kill();
    load.goes_on().await;
    let one = stage.serve("again", port).await;
    load.goes_on().await;

    let made = load.end().await;
    for slug in &made {
        assert_eq!(
            http::get(two.address, &format!("/api/v1.0/rooms/{slug}/"), &session).await.status,
            200,
            "{slug} is lost"
        );
    }
    let said = said + &two.log() + &one.log();
    assert!(!said.contains("panicked") && !said.contains("example.org"), "{said}");
    assert_eq!(said.matches("Redis is away: limits").count(), 2, "once each: {said}");
    assert_eq!(said.matches("Redis is back").count(), 2, "{said}");
    one.stop().await;
    two.stop().await;
}

/// Gives the account of this session a password.
async fn password(database: &str, session: &str, process: SocketAddr) {
    let me = http::get(process, "/api/v1.0/users/me/", session).await.json();
    let id = me["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let hash = Passwords::new(Random::from_os()).expect("works").hash("the-right-one".into()).await.expect("hashed");
    let db: Db = databases::open(database).await;
    let mut lent = db.lend().await.expect("lent");
    users::set_password(&mut lent.conn(), id, &hash, Clock::System.now()).await.expect("set");
}
