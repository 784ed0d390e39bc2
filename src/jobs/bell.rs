//! Wakes the worker of this process, so that what was just enqueued is done at once and not when it next looks.

use std::sync::Arc;

use tokio::sync::Notify;

/// Rung after the commit of what enqueues a job. Nothing is lost without it, nor by ringing for nothing: workers look by themselves
/// every second, and those of other processes only then.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// There may be work.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Until somebody rings, or has rung since somebody last waited.
    pub(super) async fn rung(&self) {
        self.0.notified().await;
    }
}
