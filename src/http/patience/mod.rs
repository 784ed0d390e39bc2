//! How much a connection may send, and how slowly, before there is a request.

mod opening;

use std::time::Duration;

use hyper_util::{
    rt::{TokioExecutor, TokioTimer},
    server::conn::auto::Builder,
};

pub use opening::Opening;

/// How long a client may take over a request's head: who sends a letter a minute keeps a connection for nothing.
pub const HEAD_TIME: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes; beyond it HTTP/1 is answered 431.
const HEAD: usize = 64 * 1024;
/// Most headers of a request.
const MOST: usize = 100;

/// Sets the limits. `head`: how long a request's head may take, and how long a connection may wait for the next one.
pub fn limit(builder: &mut Builder<TokioExecutor>, head: Duration) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_headers(MOST).max_buf_size(HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX))
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
}

#[cfg(test)]
mod tests;
