//! Handing messages to those in this process who listen.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use futures_util::{Stream, stream};
use parking_lot::Mutex;
use tokio::sync::broadcast::{Receiver, Sender, channel, error::RecvError};

/// How many messages wait for a slow listener before it is told that it missed some.
const WAITING: usize = 256;

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message. It may come twice, so it should say where to look, not what to do once.
    Message(String),
    /// Messages may have been lost: whatever was learnt from them has to be looked up anew.
    Missed,
}

type Channels = Mutex<HashMap<String, Sender<Heard>>>;

/// The listeners of one process, by channel.
#[derive(Clone, Debug, Default)]
pub(super) struct Hub(Arc<Channels>);

impl Hub {
    pub(super) fn subscribe(&self, name: &str) -> Subscription {
        let mut channels = self.0.lock();
        let receiver = match channels.get(name) {
            Some(sender) => sender.subscribe(),
            None => {
                let (sender, receiver) = channel(WAITING);
                channels.insert(name.to_owned(), sender);
                receiver
            }
        };
        Subscription { name: name.to_owned(), receiver: Some(receiver), channels: Arc::downgrade(&self.0) }
    }

    /// Tells whoever listens to this channel.
    pub(super) fn tell(&self, name: &str, text: &str) {
        if let Some(sender) = self.0.lock().get(name) {
            // Nobody listens any more: there is nobody to tell.
            let _ = sender.send(Heard::Message(text.to_owned()));
        }
    }

    /// Tells everybody that messages may have been lost.
    pub(super) fn missed(&self) {
        for sender in self.0.lock().values() {
            let _ = sender.send(Heard::Missed);
        }
    }
}

/// One listener's place at a channel. Hears what is published from now on; dropping it ends it.
#[derive(Debug)]
pub struct Subscription {
    name: String,
    receiver: Option<Receiver<Heard>>,
    channels: Weak<Channels>,
}

impl Subscription {
    /// The next message; `None` only once the cache itself is gone.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.receiver.as_mut()?.recv().await {
            Ok(heard) => Some(heard),
            Err(RecvError::Lagged(_)) => Some(Heard::Missed),
            Err(RecvError::Closed) => None,
        }
    }

    /// The same as a stream, for answers that never end by themselves.
    pub fn into_stream(self) -> impl Stream<Item = Heard> + Send {
        stream::unfold(self, async |mut subscription| {
            let heard = subscription.next().await?;
            Some((heard, subscription))
        })
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(channels) = self.channels.upgrade() else { return };
        let mut channels = channels.lock();
        drop(self.receiver.take());
        if channels.get(&self.name).is_some_and(|sender| sender.receiver_count() == 0) {
            channels.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_is_too_slow_is_told_that_something_is_missing() {
        let hub = Hub::default();
        let mut slow = hub.subscribe("a");
        for n in 0..=WAITING {
            hub.tell("a", &n.to_string());
        }
        assert_eq!(slow.next().await, Some(Heard::Missed));
        assert_eq!(slow.next().await, Some(Heard::Message("1".into())));
    }

    #[tokio::test]
    async fn a_channel_goes_with_its_last_listener() {
        let hub = Hub::default();
        let (one, two) = (hub.subscribe("a"), hub.subscribe("a"));
        drop(one);
        assert_eq!(hub.0.lock().len(), 1);
        drop(two);
        assert!(hub.0.lock().is_empty());
    }
}
