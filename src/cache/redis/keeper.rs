//! Keeps the connections: one for commands, one that listens. Either both work or Redis is away.

use std::{convert::Infallible, future::Future, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use redis::{AsyncConnectionConfig, Client, Value};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::{ANSWER, Shared};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(2);
/// The pause between attempts.
const RETRY: Duration = Duration::from_millis(500);
/// How often an idle connection is looked after: one that died without a word is found by that.
const BEAT: Duration = Duration::from_secs(2);

/// Connects until the task is aborted. Says once that Redis went away, and once that it is back.
pub(super) async fn keep(client: Client, shared: Arc<Shared>) {
    let mut away = false;
    for number in 0.. {
        let Err(reason) = connected(&client, &shared, number, &mut away).await;
        shared.connection.send_replace(None);
        if !away {
            let reason = format!("{reason:#}");
            tracing::warn!(reason, "Redis is away: limits are counted in this process alone until it is back");
            away = true;
        }
        sleep(RETRY).await;
    }
}

/// Lasts as long as the connections do.
async fn connected(client: &Client, shared: &Shared, number: u64, away: &mut bool) -> Result<Infallible> {
    let config = AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(Some(ANSWER));
    let mut commands = in_time(CONNECT, client.get_multiplexed_async_connection_with_config(&config)).await?;
    let check = shared.check();
    in_time(ANSWER, check.exec_async(&mut commands)).await?;
    let (mut sink, mut messages) = in_time(CONNECT, client.get_async_pubsub()).await?.split();
    in_time(ANSWER, sink.subscribe(shared.channel())).await?;
    let mut current = shared.connection.subscribe();
    shared.connection.send_replace(Some((number, commands.clone())));
    shared.hub.missed();
    if std::mem::take(away) {
        tracing::info!("Redis is back");
    }
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            message = messages.next() => {
                let text: String = message.context("the subscription ended")?.get_payload()?;
                match text.split_once('\n') {
                    Some((channel, text)) => shared.hub.tell(channel, text),
                    None => tracing::warn!("A message that is none of ours came through Redis"),
                }
            }
            _ = current.changed() => ensure!(current.borrow_and_update().is_some(), "a command failed"),
            _ = beat.tick() => {
                in_time(ANSWER, sink.ping::<Value>()).await?;
                in_time(ANSWER, check.exec_async(&mut commands)).await?;
            }
        }
    }
}

async fn in_time<T>(limit: Duration, work: impl Future<Output = redis::RedisResult<T>>) -> Result<T> {
    Ok(timeout(limit, work).await.context("no answer in time")??)
}
