//! A process that is killed while it works off jobs. The workers are this test program itself, started anew.

use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use visavis::{
    clock::Clock,
    db::Db,
    jobs::{self, Handlers, LANES, Worker},
    on_db,
    random::Random,
};

use crate::support::databases;

const DATABASE: &str = "VISAVIS_TEST_FAULT_DATABASE";
const DIARY: &str = "VISAVIS_TEST_FAULT_DIARY";
const JOBS: usize = 60;

/// Writes down what it begins and what it has done.
fn handlers(diary: PathBuf) -> Handlers {
    Handlers::default().on("test", move |payload| {
        let diary = diary.clone();
        async move {
            note(&diary, "begun", &payload);
            tokio::time::sleep(Duration::from_millis(40)).await;
            note(&diary, "done", &payload);
            Ok(())
        }
    })
}

fn note(diary: &Path, what: &str, payload: &serde_json::Value) {
    let mut file = OpenOptions::new().append(true).create(true).open(diary).expect("a diary");
    // One write: several processes append to it.
    file.write_all(format!("{what} {payload}\n").as_bytes()).expect("noted");
}

fn count(diary: &Path, what: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in std::fs::read_to_string(diary).unwrap_or_default().lines() {
        if let Some(payload) = line.strip_prefix(what) {
            *counts.entry(payload.trim().to_owned()).or_default() += 1;
        }
    }
    counts
}

async fn worker(database: &str, diary: &Path, clock: Clock) -> Worker {
    Worker {
        db: Db::connect(database).await.expect("the database opens"),
        clock,
        handlers: handlers(diary.to_owned()),
        bell: Default::default(),
    }
}

#[tokio::test]
#[ignore = "is started as a process of its own by the test below"]
async fn as_a_worker() {
    let (database, diary) = (std::env::var(DATABASE).expect("a URL"), std::env::var(DIARY).expect("a path"));
    worker(&database, Path::new(&diary), Clock::System).await.run(CancellationToken::new()).await;
}

fn start(database: &str, diary: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--ignored", "--exact", "faults::killed::as_a_worker"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.env(DATABASE, database).env(DIARY, diary).spawn().expect("it starts")
}

async fn until(what: &str, check: impl Fn() -> bool) {
    let begun = Instant::now();
    while !check() {
        assert!(begun.elapsed() < Duration::from_secs(20), "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn body(database: String) {
    let folder = tempfile::tempdir().expect("a folder");
    let diary = folder.path().join("diary");
    let db = databases::open(&database).await;
    let (clock, random) = (Clock::System, Random::from_os());
    let mut tx = db.begin().await.expect("begins");
    for n in 0..JOBS {
        jobs::enqueue(&mut tx.conn(), &random, &clock, "test", &n, clock.now()).await.expect("enqueued");
    }
    tx.commit().await.expect("commits");
    let mut workers = [start(&database, &diary), start(&database, &diary)];
    until("work has begun", || count(&diary, "done").len() >= 5).await;
    let victim = &mut workers[0];
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    until("the other one has done the rest", || count(&diary, "done").len() >= JOBS - LANES).await;
    // What it was at is still claimed. A later worker finds the claim over.
    workers[1].kill().expect("killed");
    workers[1].wait().expect("gone");
    let late = worker(&database, &diary, Clock::manual(Clock::System.now() + TimeDelta::seconds(200))).await;
    while late.run_one().await.expect("fine") {}
    let (begun, done) = (count(&diary, "begun"), count(&diary, "done"));
    assert_eq!(done.len(), JOBS, "every job was done");
    let twice: Vec<_> = begun.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.len() <= 2 * LANES, "only what the killed ones were at was begun again: {twice:?}");
    assert!(begun.values().all(|times| *times <= 2), "{begun:?}");
    let mut lent = db.lend().await.expect("lent");
    let sql = "SELECT COUNT(*) FROM jobs";
    let left: i64 = on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn jobs_of_a_killed_process_are_done_by_others_once_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    body(format!("sqlite:{}", folder.path().join("test.db").display())).await;
}

#[tokio::test]
async fn jobs_of_a_killed_process_are_done_by_others_once_postgres() {
    if let Some(database) = databases::postgres_url().await {
        body(database).await;
    }
}
