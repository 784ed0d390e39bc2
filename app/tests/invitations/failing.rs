//! Letters that do not arrive: what the inviter sees, and what no log may hold.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tracing_subscriber::fmt::MakeWriter;
use visavis::invitations::model::Status;

use super::{listed, mailing, room, send, waiting};
use crate::{account::browser::Browser, mailpit::free_port, on_both, support::TestApp};

/// A mail server that takes nothing from anybody, and repeats the address when it says so, as real ones do. The port.
async fn refusing(code: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).lines();
                let mut say = "220 here".to_owned();
                loop {
                    if writer.write_all(format!("{say}\r\n").as_bytes()).await.is_err() {
                        return;
                    }
                    let Ok(Some(line)) = lines.next_line().await else { return };
                    say = match line.get(..4) {
                        Some("RCPT") => format!("{code} no such person: {}", &line[8..]),
                        Some("QUIT") => "221 bye".to_owned(),
                        _ => "250 fine".to_owned(),
                    };
                }
            });
        }
    });
    port
}

/// Everything that is logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("not poisoned")).into_owned()
    }
}

/// What jobs keep of themselves.
async fn jobs(app: &TestApp) -> String {
    let mut lent = app.state.db.lend().await.expect("lent");
    let rows: Vec<(String, Option<String>)> = visavis::on_db!(&mut lent.conn(), c =>
        sqlx::query_as("SELECT CAST(payload AS TEXT), last_error FROM jobs").fetch_all(c).await)
    .expect("read");
    format!("{rows:?}")
}

const FIELDS: &[(&str, &str)] = &[
    ("addresses", "Secretname <secret-address@example.org>"),
    ("message", "secret-words"),
    ("at", "2026-11-30T10:30"),
];

fn keeps_secrets(text: &str) {
    for secret in ["secret-address", "Secretname", "secret-words", "Secret round", "secret-round", "example.org"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

on_both! {
    async fn a_refused_address_is_shown_to_the_inviter_and_to_no_log(app: TestApp) {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(log.clone()).with_ansi(false);
        let _on = tracing::subscriber::set_default(subscriber.with_env_filter("visavis=debug,visavis_app=debug,info").finish());
        let port = refusing(550).await;
        let app = mailing(app, &format!("smtp://127.0.0.1:{port}?tls=none"));
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Secret round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, FIELDS).await;
        keeps_secrets(&jobs(&app).await);
        app.work().await;
        assert_eq!((listed(&app, &round).await[0].status, waiting(&app).await), (Status::Failed, 0));
        let page = host.get("/secret-round/invitations").await.text;
        assert!(page.contains("the mail server refuses this address") && page.contains("secret-address@example.org"), "{page}");
        let told = log.text();
        assert!(told.contains("could not be sent") && told.contains("answered 550"), "{told}");
        keeps_secrets(&told);
        // It is tried again when the host says so, and changed, and cancelled: whatever fails.
        let one = listed(&app, &round).await[0].clone();
        host.submit("/secret-round/invitations", &[("do", "again"), ("which", &one.id.to_string())]).await;
        app.work().await;
        let moved = [("do", "move"), ("which", &one.batch_id.to_string()), ("at", "2026-11-30T11:30"), ("minutes", "45"), ("zone", "UTC")];
        host.submit("/secret-round/invitations", &moved).await;
        app.work().await;
        host.submit("/secret-round/invitations", &[("do", "take-back"), ("which", &one.id.to_string())]).await;
        app.work().await;
        keeps_secrets(&log.text());
        keeps_secrets(&jobs(&app).await);
    }

    async fn a_mail_server_that_is_away_is_tried_for_hours_and_then_said_to_be(app: TestApp) {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(log.clone()).with_ansi(false);
        let _on = tracing::subscriber::set_default(subscriber.with_env_filter("visavis=debug,visavis_app=debug,info").finish());
        let app = mailing(app, &format!("smtp://127.0.0.1:{}?tls=none", free_port()));
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Secret round").await;
        let mut host = Browser::of(&app, &ann).await;
        send(&mut host, &round, &FIELDS[..2]).await;
        for turn in 0..8 {
            assert_eq!((turn, listed(&app, &round).await[0].status), (turn, Status::Pending));
            app.work().await;
            keeps_secrets(&jobs(&app).await);
            app.advance(TimeDelta::hours(2));
        }
        assert_eq!((listed(&app, &round).await[0].status, waiting(&app).await), (Status::Failed, 0));
        let mut host = Browser::of(&app, &ann).await;
        assert!(host.get("/secret-round/invitations").await.text.contains("could not be reached for hours"));
        keeps_secrets(&log.text());
    }

    async fn a_server_that_says_later_is_asked_later(app: TestApp) {
        let port = refusing(450).await;
        let app = mailing(app, &format!("smtp://127.0.0.1:{port}?tls=none"));
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org")]).await;
        app.work().await;
        assert_eq!((listed(&app, &round).await[0].status, waiting(&app).await), (Status::Pending, 1));
    }

    async fn a_letter_whose_job_was_lost_can_be_sent_again(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org")]).await;
        let mut lent = app.state.db.lend().await.expect("lent");
        visavis::on_db!(&mut lent.conn(), c => sqlx::query("DELETE FROM jobs").execute(c).await.map(drop)).expect("lost");
        drop(lent);
        for (hours, status) in [(23, Status::Pending), (2, Status::Failed)] {
            app.advance(TimeDelta::hours(hours));
            visavis::invitations::service::sweep(&app.state).await.expect("swept");
            assert_eq!(listed(&app, &round).await[0].status, status);
        }
        assert!(listed(&app, &round).await[0].may_go_again());
    }

    async fn a_letter_about_a_meeting_that_is_over_is_not_sent(app: TestApp) {
        let app = mailing(app, &format!("smtp://127.0.0.1:{}?tls=none", free_port()));
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        send(&mut Browser::of(&app, &ann).await, &round, &[("addresses", "ben@example.org"), ("at", "2026-11-30T10:30")]).await;
        app.advance(TimeDelta::days(20));
        app.work().await;
        let one = listed(&app, &round).await[0].clone();
        assert_eq!((one.status, one.failure.as_deref()), (Status::Failed, Some("late")));
        // And people's addresses are not kept for ever.
        app.advance(TimeDelta::days(100));
        visavis::invitations::service::sweep(&app.state).await.expect("swept");
        assert!(listed(&app, &round).await.is_empty());
    }
}
