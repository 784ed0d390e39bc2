//! Follow-up work: it exists exactly when its cause does, is tried again, and runs once at a time.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use chrono::TimeDelta;
use visavis::{
    jobs::{self, Handlers, MAX_ATTEMPTS, Worker},
    on_db,
};

use crate::{on_both, support::TestApp};

fn worker(app: &TestApp, fails: u32) -> (Worker, Arc<AtomicU32>) {
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let handlers = Handlers::default().on("test", move |payload| {
        let n = counted.fetch_add(1, Ordering::SeqCst);
        async move {
            assert_eq!(payload, serde_json::json!({ "a": "é" }));
            if n < fails { Err(anyhow::anyhow!("not yet").into()) } else { Ok(()) }
        }
    });
    (Worker { db: app.state.db.clone(), clock: app.state.clock.clone(), handlers, bell: app.state.jobs.clone() }, runs)
}

async fn enqueue_of(app: &TestApp, kind: &'static str) {
    let mut lent = app.state.db.lend().await.expect("lent");
    let now = app.state.clock.now();
    jobs::enqueue(&mut lent.conn(), &app.state.random, &app.state.clock, kind, &(), now).await.expect("enqueued");
}

/// Far less than the second after which a worker looks by itself, plus what a busy machine takes.
async fn within_a_moment(done: impl Fn() -> bool) {
    let wait = async {
        while !done() {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(3), wait).await.expect("in time");
}

async fn enqueue(app: &TestApp, commit: bool) {
    let mut tx = app.state.db.begin().await.expect("begins");
    let now = app.state.clock.now();
    let payload = serde_json::json!({ "a": "é" });
    jobs::enqueue(&mut tx.conn(), &app.state.random, &app.state.clock, "test", &payload, now).await.expect("enqueued");
    if commit {
        tx.commit().await.expect("commits");
    }
}

/// How many jobs there are of which this holds.
async fn waiting(app: &TestApp, what: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM jobs WHERE {what}"));
    let mut lent = app.state.db.lend().await.expect("lent");
    on_db!(&mut lent.conn(), c => sqlx::query_scalar(sql).fetch_one(c).await).expect("counted")
}

on_both! {
    async fn a_job_of_a_transaction_that_failed_never_runs(app: TestApp) {
        let (worker, runs) = worker(&app, 0);
        enqueue(&app, false).await;
        assert!(!worker.run_one().await.expect("fine"));
        enqueue(&app, true).await;
        assert!(worker.run_one().await.expect("fine"));
        assert!(!worker.run_one().await.expect("fine"), "done is done");
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }

    async fn a_failed_job_waits_longer_each_time(app: TestApp) {
        let (worker, runs) = worker(&app, 2);
        enqueue(&app, true).await;
        assert!(worker.run_one().await.expect("fine"));
        assert!(!worker.run_one().await.expect("fine"), "not at once");
        app.advance(TimeDelta::seconds(2));
        assert!(worker.run_one().await.expect("fine"));
        app.advance(TimeDelta::seconds(7));
        assert!(!worker.run_one().await.expect("fine"));
        app.advance(TimeDelta::seconds(1));
        assert!(worker.run_one().await.expect("fine"));
        assert_eq!(runs.load(Ordering::SeqCst), 3);
    }

    async fn a_job_that_never_works_is_given_up(app: TestApp) {
        let (worker, runs) = worker(&app, u32::MAX);
        enqueue(&app, true).await;
        for _ in 0..MAX_ATTEMPTS + 3 {
            worker.run_one().await.expect("fine");
            app.advance(TimeDelta::hours(2));
        }
        assert_eq!(runs.load(Ordering::SeqCst), u32::try_from(MAX_ATTEMPTS).expect("small"));
    }

    async fn two_workers_never_share_a_job(app: TestApp) {
        let (worker, runs) = worker(&app, 0);
        for _ in 0..10 {
            enqueue(&app, true).await;
        }
        let all = (0..4).map(|_| {
            let worker = worker.clone();
            tokio::spawn(async move { while worker.run_one().await.expect("fine") {} })
        });
        for task in all.collect::<Vec<_>>() {
            task.await.expect("no panic");
        }
        assert_eq!(runs.load(Ordering::SeqCst), 10);
    }

    async fn a_job_that_panics_fails_and_the_worker_lives_on(app: TestApp) {
        let (mut worker, runs) = worker(&app, 0);
        let counted = runs.clone();
        worker.handlers = Handlers::default().on("test", move |_| {
            let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
            async move { if first { panic!("on purpose") } else { Ok(()) } }
        });
        enqueue(&app, true).await;
        assert!(worker.run_one().await.expect("fine"));
        app.advance(TimeDelta::seconds(2));
        assert!(worker.run_one().await.expect("fine"), "tried again");
        assert_eq!(runs.load(Ordering::SeqCst), 2);
    }

    async fn what_a_dead_worker_left_is_taken_up_when_its_claim_is_over(app: TestApp) {
        let (mut worker, runs) = worker(&app, 0);
        let finishes = worker.handlers.clone();
        worker.handlers = Handlers::default().on("test", |_| std::future::pending());
        enqueue(&app, true).await;
        let dying = tokio::spawn({ let worker = worker.clone(); async move { worker.run_one().await } });
        worker.handlers = finishes;
        while waiting(&app, "claimed_until IS NOT NULL").await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        dying.abort();
        assert!(!worker.run_one().await.expect("fine"), "it may still be at work");
        app.advance(TimeDelta::seconds(151));
        assert!(worker.run_one().await.expect("fine"));
        assert!(!worker.run_one().await.expect("fine"), "and that was all");
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }

    async fn who_comes_late_ends_nothing_of_who_took_over(app: TestApp) {
        let (mut worker, _) = worker(&app, 0);
        let (go, gone) = (Arc::new(tokio::sync::Notify::new()), Arc::new(AtomicU32::new(0)));
        let (signal, begun) = (go.clone(), gone.clone());
        worker.handlers = Handlers::default().on("test", move |_| {
            let signal = signal.clone();
            begun.fetch_add(1, Ordering::SeqCst);
            async move { signal.notified().await; Ok(()) }
        });
        enqueue(&app, true).await;
        let late = tokio::spawn({ let worker = worker.clone(); async move { worker.run_one().await } });
        while gone.load(Ordering::SeqCst) < 1 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        app.advance(TimeDelta::seconds(151));
        let second = tokio::spawn({ let worker = worker.clone(); async move { worker.run_one().await } });
        while gone.load(Ordering::SeqCst) < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        go.notify_one();
        assert!(late.await.expect("no panic").expect("fine"));
        assert_eq!(waiting(&app, "claimed_until IS NOT NULL").await, 1, "the second one is still at it");
        go.notify_one();
        assert!(second.await.expect("no panic").expect("fine"));
        assert_eq!(waiting(&app, "1 = 1").await, 0);
    }

    async fn a_worker_that_stops_finishes_what_is_short_and_gives_back_what_is_long(app: TestApp) {
        let (mut worker, runs) = worker(&app, 0);
        let counted = runs.clone();
        worker.handlers = Handlers::default().on("test", move |_| {
            let short = counted.fetch_add(1, Ordering::SeqCst) == 0;
            async move { tokio::time::sleep(std::time::Duration::from_secs(if short { 1 } else { 60 })).await; Ok(()) }
        });
        for left in [0, 1] {
            enqueue(&app, true).await;
            let stop = tokio_util::sync::CancellationToken::new();
            let running = tokio::spawn(worker.clone().run(stop.clone()));
            while waiting(&app, "claimed_until IS NOT NULL").await == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            stop.cancel();
            tokio::time::timeout(std::time::Duration::from_secs(8), running).await.expect("in time").expect("no panic");
            assert_eq!(waiting(&app, "claimed_until IS NULL AND attempts = 0").await, left);
            assert_eq!(waiting(&app, "1 = 1").await, left);
        }
    }

    async fn a_recurring_job_that_was_given_up_is_woken(app: TestApp) {
        let (worker, _) = worker(&app, 0);
        worker.ensure("other").await.expect("fine");
        for _ in 0..MAX_ATTEMPTS {
            assert!(worker.run_one().await.expect("fine"), "nobody serves it");
            app.advance(TimeDelta::hours(2));
        }
        assert!(!worker.run_one().await.expect("fine"), "given up");
        worker.ensure("other").await.expect("fine");
        assert!(worker.run_one().await.expect("fine"), "a new start");
    }

    async fn a_recurring_job_is_enqueued_once(app: TestApp) {
        let (worker, _) = worker(&app, 0);
        let (one, two) = tokio::join!(worker.ensure("other"), worker.ensure("other"));
        one.and(two).expect("fine");
        assert!(worker.run_one().await.expect("fine"), "there is one (and nobody to serve it)");
        assert!(!worker.run_one().await.expect("fine"));
    }

    async fn one_that_takes_long_keeps_no_other_waiting(app: TestApp) {
        let (mut worker, runs) = worker(&app, 0);
        let served = runs.clone();
        worker.handlers = std::mem::take(&mut worker.handlers).on("slow", |_| std::future::pending());
        let stop = tokio_util::sync::CancellationToken::new();
        for _ in 0..3 {
            enqueue_of(&app, "slow").await;
        }
        let running = tokio::spawn(worker.clone().run(stop.clone()));
        while waiting(&app, "claimed_until IS NOT NULL").await < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        enqueue(&app, true).await;
        app.state.jobs.ring();
        within_a_moment(|| served.load(Ordering::SeqCst) == 1).await;
        running.abort();
    }

    async fn who_rings_waits_for_no_second(app: TestApp) {
        let (worker, runs) = worker(&app, 0);
        let stop = tokio_util::sync::CancellationToken::new();
        let running = tokio::spawn(worker.run(stop.clone()));
        // Ten jobs, each after the one before: by looking every second this would take ten.
        let began = std::time::Instant::now();
        for round in 1..=10 {
            enqueue(&app, true).await;
            app.state.jobs.ring();
            within_a_moment(|| runs.load(Ordering::SeqCst) == round).await;
        }
        assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
        stop.cancel();
        running.await.expect("no panic");
    }

    async fn without_a_ring_the_worker_looks_by_itself(app: TestApp) {
        let (worker, runs) = worker(&app, 0);
        let running = tokio::spawn(worker.run(tokio_util::sync::CancellationToken::new()));
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        enqueue(&app, true).await;
        enqueue(&app, true).await;
        within_a_moment(|| runs.load(Ordering::SeqCst) == 2).await;
        running.abort();
    }

    async fn what_recurs_survives_failures(app: TestApp) {
        let (mut worker, runs) = worker(&app, 0);
        let counted = runs.clone();
        let hour = std::time::Duration::from_secs(3600);
        worker.handlers = Handlers::default().every("hourly", hour, &counted, |counted: Arc<AtomicU32>| async move {
            match counted.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(()),
                1 => panic!("on purpose"),
                _ => Err(anyhow::anyhow!("as always").into()),
            }
        });
        worker.ensure_recurring().await.expect("fine");
        worker.ensure_recurring().await.expect("fine");
        assert!(worker.run_one().await.expect("fine"), "at once");
        app.advance(TimeDelta::seconds(3599));
        assert!(!worker.run_one().await.expect("fine"), "it works, so after an hour");
        app.advance(TimeDelta::seconds(1));
        for _ in 0..2 * MAX_ATTEMPTS {
            assert!(worker.run_one().await.expect("fine"));
            assert!(!worker.run_one().await.expect("fine"), "not at once");
            app.advance(TimeDelta::seconds(60));
        }
        assert_eq!(waiting(&app, "kind = 'hourly' AND failed_at IS NULL AND last_error = 'internal: as always'").await, 1);
    }
}
