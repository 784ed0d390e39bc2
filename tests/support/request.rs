//! Requests straight into the router.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use futures_util::StreamExt;
use serde_json::Value;
use tower::ServiceExt;

/// How long the first of an endless answer's events may take.
const FIRST_EVENT: Duration = Duration::from_secs(10);

/// A browser or script, with or without a session.
#[derive(Clone)]
pub struct Client {
    router: Router,
    session: Option<String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

impl Client {
    pub fn new(router: Router, session: Option<String>) -> Self {
        Self { router, session, headers: Vec::new() }
    }

    /// The id in its session cookie, for another router over the same database.
    pub fn session_id(&self) -> &str {
        self.session.as_deref().unwrap_or_default()
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty(), true).await
    }

    /// With the CSRF token that a browser would repeat.
    pub async fn post(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, body.into(), true).await
    }

    /// Any method, with the CSRF token.
    pub async fn call(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        self.send(method, path, body.into(), true).await
    }

    pub async fn call_without_csrf(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        self.send(method, path, body.into(), false).await
    }

    pub async fn post_without_csrf(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, body.into(), false).await
    }

    /// Any method; `csrf`: with the token of the double submit.
    pub async fn send(&self, method: Method, path: &str, body: Body, csrf: bool) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in [("host", "localhost:8080"), ("content-type", "application/json")] {
            if !self.headers.iter().any(|(given, _)| given == name) {
                request = request.header(name, value);
            }
        }
        let session =
            self.session.as_ref().map(|id| format!("sessionid={id}; __Host-visavis={id}; ")).unwrap_or_default();
        request = request.header("cookie", format!("{session}csrftoken=t"));
        if csrf {
            request = request.header("x-csrftoken", "t");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = self.router.clone().oneshot(request.body(body).expect("a request")).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let kind = parts.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let bytes = if kind.starts_with("text/event-stream") {
            // It goes on for ever: what comes first says what it is.
            let first = tokio::time::timeout(FIRST_EVENT, body.into_data_stream().next()).await.expect("an event");
            first.transpose().expect("a body").unwrap_or_default()
        } else {
            to_bytes(body, usize::MAX).await.expect("a body")
        };
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
