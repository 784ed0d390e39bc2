//! Redis goes away and comes back.

use std::{
    process::{Child, Command, Stdio},
    time::Instant,
};

use tempfile::TempDir;

use super::*;

/// A real Redis of this test alone, which can be killed, frozen and started again on the same port.
struct Server {
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl Server {
    fn new() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        Self { port, folder: tempfile::tempdir().expect("a folder"), child: None }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    fn start(&mut self) {
        let (port, folder) = (self.port.to_string(), self.folder.path().display().to_string());
        let arguments = ["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", &folder];
        let spawn = |program| Command::new(program).args(arguments).stdout(Stdio::null()).spawn();
        let child = spawn("redis-server").or_else(|_| spawn("valkey-server"));
        self.child = Some(child.expect("redis-server is on the PATH: scripts/setup-redis.sh installs it"));
    }

    fn signal(&self, name: &str) {
        let id = self.child.as_ref().expect("it runs").id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().expect("kill").success());
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Gone already is as good.
            let _ = child.kill();
            child.wait().expect("it ends");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Counts on until `there` or not; how many were counted alone.
async fn until_ping(cache: &Cache, there: bool) {
    let wait = async {
        while cache.ping().await.is_ok() != there {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(SOON, wait).await.expect("noticed in time");
}

#[tokio::test]
async fn before_redis_is_there_counting_works_and_the_rest_says_so_at_once() {
    if server().is_none() {
        return;
    }
    let mut server = Server::new();
    let cache = Cache::redis(&server.url(), "a:", Clock::System).expect("a URL");
    assert_eq!(cache.settle(Duration::from_millis(100)).await.expect_err("nobody is there").status(), 503);
    let mut subscription = cache.subscribe("news");
    let begun = Instant::now();
    assert_eq!((cache.count("k", LONG).await.0, cache.count("k", LONG).await.0), (1, 2));
    cache.uncount("k").await;
    assert_eq!(cache.count("k", LONG).await.0, 2);
    for result in [cache.put("a", "1", LONG).await.err(), cache.get("a").await.err(), cache.take("a").await.err()] {
        assert_eq!(result.expect("away").status(), 503);
    }
    cache.publish("news", "here").await;
    assert_eq!(heard(&mut subscription).await, Heard::Message("here".into()), "one process at least");
    assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
    server.start();
    cache.settle(SOON).await.expect("found by itself");
    assert_eq!(heard(&mut subscription).await, Heard::Missed);
    assert_eq!(cache.count("k", LONG).await.0, 1, "now in Redis");
}

#[tokio::test]
async fn a_redis_that_died_is_done_without_and_found_again() {
    if server().is_none() {
        return;
    }
    let mut server = Server::new();
    server.start();
    let (one, two) = (redis(&server.url(), "a:").await, redis(&server.url(), "a:").await);
    for round in 1..=2 {
        let mut subscription = listening(&two, "news").await;
        assert_eq!((one.count("k", LONG).await.0, two.count("k", LONG).await.0), (1, 2));
        server.kill();
        let begun = Instant::now();
        for _ in 0..100 {
            one.count(&format!("k{round}"), LONG).await;
        }
        assert_eq!(one.count(&format!("k{round}"), LONG).await.0, 101, "no attempt goes uncounted");
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(one.get("a").await.expect_err("away").code(), "unavailable");
        assert_eq!(one.counts().failures.get(), 102 * round, "for /metrics");
        server.start();
        one.settle(SOON).await.expect("back");
        assert_eq!(heard(&mut subscription).await, Heard::Missed);
        two.settle(SOON).await.expect("back");
        one.publish("news", "again").await;
        assert_eq!(heard(&mut subscription).await, Heard::Message("again".into()), "subscribed again by itself");
    }
}

#[tokio::test]
async fn a_redis_that_hangs_holds_nobody_up_for_long() {
    if server().is_none() {
        return;
    }
    let mut server = Server::new();
    server.start();
    let cache = redis(&server.url(), "a:").await;
    server.signal("STOP");
    let begun = Instant::now();
    let counts = join_all((0..20).map(|_| cache.count("k", LONG))).await;
    assert_eq!(counts.iter().map(|count| count.0).max(), Some(20));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let begun = Instant::now();
    assert_eq!(cache.count("k", LONG).await.0, 21);
    assert!(begun.elapsed() < Duration::from_millis(100), "only the first ones waited: {:?}", begun.elapsed());
    server.signal("CONT");
    until_ping(&cache, true).await;
}

#[tokio::test]
async fn a_redis_that_takes_no_writes_is_away() {
    if server().is_none() {
        return;
    }
    let mut server = Server::new();
    server.start();
    let cache = redis(&server.url(), "a:").await;
    let mut admin =
        ::redis::Client::open(server.url()).expect("a URL").get_multiplexed_async_connection().await.expect("there");
    let mut set = async |value: &str| {
        ::redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg(value).exec_async(&mut admin).await.expect("set");
    };
    set("1").await;
    assert_eq!(cache.count("k", LONG).await.0, 1);
    assert_eq!(cache.count("k", LONG).await.0, 2);
    until_ping(&cache, false).await;
    set("0").await;
    until_ping(&cache, true).await;
}
