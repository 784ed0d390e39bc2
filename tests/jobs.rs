//! Follow-up work: it exists exactly when its cause does, is tried again, and runs once at a time.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use chrono::TimeDelta;
use visavis::jobs::{self, Handlers, MAX_ATTEMPTS, Worker};

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
    (Worker { db: app.state.db.clone(), clock: app.state.clock.clone(), handlers }, runs)
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

    async fn a_recurring_job_is_enqueued_once(app: TestApp) {
        let (worker, _) = worker(&app, 0);
        worker.ensure(&app.state.random, "other").await.expect("fine");
        worker.ensure(&app.state.random, "other").await.expect("fine");
        assert!(worker.run_one().await.expect("fine"), "there is one (and nobody to serve it)");
        assert!(!worker.run_one().await.expect("fine"));
    }
}
