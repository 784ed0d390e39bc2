//! One contract for both caches: in this process, and in a real Redis.

mod away;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use futures_util::{FutureExt, StreamExt, future::join_all};
use tokio::time::{sleep, timeout};
use visavis::{
    cache::{Cache, Heard, Subscription},
    clock::Clock,
};

/// Names the Redis that tests may write to; `make test` starts one.
const SERVER: &str = "VISAVIS_TEST_REDIS";
const LONG: Duration = Duration::from_secs(60);
const SOON: Duration = Duration::from_secs(5);

static NEXT: AtomicU32 = AtomicU32::new(0);

/// `None` only when the developer asked to do without servers.
fn server() -> Option<String> {
    let server = std::env::var(SERVER).ok();
    assert!(
        server.is_some() || std::env::var_os("VISAVIS_TEST_SQLITE_ONLY").is_some(),
        "{SERVER} is not set: run `make test`, point it at a Redis, or set VISAVIS_TEST_SQLITE_ONLY=1 to leave it out"
    );
    server
}

/// A name of its own for each test, and each run.
fn prefix() -> String {
    let now = Clock::System.now().timestamp_micros();
    format!("test:{now}:{}:", NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn redis(url: &str, prefix: &str) -> Cache {
    let cache = Cache::redis(url, prefix, Clock::System).expect("a URL");
    cache.settle(SOON).await.expect("the test server answers");
    cache
}

/// Two processes that share a cache; in process, the same twice.
struct Pair(Cache, Cache);

macro_rules! on_both_caches {
    ($($(#[$meta:meta])* async fn $name:ident($pair:ident: Pair) $body:block)+) => {
        $(
            mod $name {
                use super::*;

                async fn body($pair: Pair) $body

                #[tokio::test]
                async fn memory() {
                    let cache = Cache::memory(Clock::System);
                    body(Pair(cache.clone(), cache)).await;
                }

                #[tokio::test]
                async fn redis() {
                    if let Some(server) = server() {
                        let prefix = prefix();
                        body(Pair(super::redis(&server, &prefix).await, super::redis(&server, &prefix).await)).await;
                    }
                }
            }
        )+
    };
}

async fn heard(subscription: &mut Subscription) -> Heard {
    timeout(SOON, subscription.next()).await.expect("in time").expect("the cache is there")
}

/// Starts listening, past the word that everything before is unknown.
async fn listening(cache: &Cache, channel: &str) -> Subscription {
    let mut subscription = cache.subscribe(channel);
    while subscription.next().now_or_never().is_some() {}
    subscription
}

on_both_caches! {
    async fn a_value_lasts_its_time(pair: Pair) {
        let Pair(one, two) = pair;
        assert_eq!(two.get("a").await.expect("works"), None);
        one.put("a", "é\n1", Duration::from_millis(300)).await.expect("works");
        assert_eq!(two.get("a").await.expect("works").as_deref(), Some("é\n1"));
        one.put("a", "2", Duration::from_millis(300)).await.expect("works");
        assert_eq!(two.get("a").await.expect("works").as_deref(), Some("2"));
        sleep(Duration::from_millis(350)).await;
        assert_eq!(two.get("a").await.expect("works"), None);
        one.put("a", "3", Duration::ZERO).await.expect("no time at all is none");
        sleep(Duration::from_millis(5)).await;
        assert_eq!(one.take("a").await.expect("works"), None);
    }

    async fn of_many_takers_one_gets_it(pair: Pair) {
        let Pair(one, two) = pair;
        for round in 0..20 {
            let key = format!("k{round}");
            one.put(&key, "x", LONG).await.expect("works");
            let takers = (0..16).map(|n| {
                let (cache, key) = (if n % 2 == 0 { one.clone() } else { two.clone() }, key.clone());
                tokio::spawn(async move { cache.take(&key).await.expect("works") })
            });
            let got = join_all(takers).await.into_iter().filter_map(|taken| taken.expect("no panic")).count();
            assert_eq!(got, 1, "{key}");
        }
    }

    async fn no_count_is_lost_among_many_at_once(pair: Pair) {
        let Pair(one, two) = pair;
        let counters = (0..50).map(|n| {
            let cache = if n % 2 == 0 { one.clone() } else { two.clone() };
            tokio::spawn(async move { cache.count("k", LONG).await })
        });
        let mut counts: Vec<_> = join_all(counters).await.into_iter().map(|count| count.expect("no panic").0).collect();
        counts.sort_unstable();
        assert_eq!(counts, (1..=50).collect::<Vec<_>>());
    }

    async fn a_window_begins_with_its_first_count(pair: Pair) {
        let Pair(one, two) = pair;
        let window = Duration::from_millis(400);
        let (count, left) = one.count("k", window).await;
        assert!(count == 1 && left <= window && left > Duration::from_millis(200), "{count} {left:?}");
        sleep(Duration::from_millis(250)).await;
        let (count, left) = two.count("k", window).await;
        assert!(count == 2 && left <= Duration::from_millis(150), "a later count does not lengthen it: {count} {left:?}");
        sleep(Duration::from_millis(200)).await;
        assert_eq!(one.count("k", window).await.0, 1, "a new window");
    }

    async fn what_is_taken_back_did_not_count(pair: Pair) {
        let Pair(one, two) = pair;
        let window = Duration::from_millis(300);
        one.uncount("k").await;
        assert_eq!(one.count("k", window).await.0, 1, "below zero is zero");
        assert_eq!(two.count("k", window).await.0, 2);
        one.uncount("k").await;
        assert_eq!(two.count("k", window).await.0, 2);
        sleep(Duration::from_millis(350)).await;
        one.uncount("k").await;
        assert_eq!(two.count("k", window).await.0, 1, "the old window is over");
        sleep(Duration::from_millis(350)).await;
        assert_eq!(two.count("k", window).await.0, 1, "and taking back began none that never ends");
    }

    async fn who_subscribed_hears_what_is_published_in_order(pair: Pair) {
        let Pair(one, two) = pair;
        let (mut here, mut there) = (listening(&one, "news").await, listening(&two, "news").await);
        let mut other = listening(&two, "other").await;
        for n in 0..20 {
            one.publish("news", &format!("{n}\nü")).await;
        }
        for n in 0..20 {
            assert_eq!(heard(&mut here).await, Heard::Message(format!("{n}\nü")), "one hears oneself");
            assert_eq!(heard(&mut there).await, Heard::Message(format!("{n}\nü")));
        }
        one.publish("other", "last").await;
        assert_eq!(heard(&mut other).await, Heard::Message("last".into()), "nothing of another channel");
        let mut late = std::pin::pin!(listening(&one, "news").await.into_stream());
        two.publish("news", "late").await;
        assert_eq!(timeout(SOON, late.next()).await.expect("in time"), Some(Heard::Message("late".into())));
    }
}

#[tokio::test]
async fn instances_with_other_prefixes_share_nothing() {
    let Some(server) = server() else { return };
    let (one, two) = (redis(&server, &prefix()).await, redis(&server, &prefix()).await);
    let mut deaf = listening(&two, "news").await;
    one.put("a", "1", LONG).await.expect("works");
    one.count("k", LONG).await;
    one.publish("news", "x").await;
    assert_eq!(two.get("a").await.expect("works"), None);
    assert_eq!(two.count("k", LONG).await.0, 1);
    sleep(Duration::from_millis(100)).await;
    assert!(deaf.next().now_or_never().is_none());
}
