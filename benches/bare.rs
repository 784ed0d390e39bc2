//! The handler that `benches/run` compares ours with: the same query and the same kind of signature, and nothing around them.
//! Arguments: database URL, port.

use anyhow::Context;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};
use visavis::{db::Db, rooms::store};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (url, port) = (arguments.next().context("a database URL")?, arguments.next().context("a port")?);
    let router = Router::new().route("/{slug}", get(room)).with_state(Db::connect(&url).await?);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    Ok(axum::serve(listener, router).await?)
}

async fn room(State(db): State<Db>, Path(slug): Path<String>) -> Result<Json<Value>, StatusCode> {
    let answer = async {
        let mut lent = db.lend().await?;
        let room = store::by_slug(&mut lent.conn(), &slug).await?.context("no such room")?;
        let claims = json!({
            "iss": "visavis", "sub": "00000000-0000-0000-0000-000000000000", "nbf": 0, "exp": 2_000_000_000, "name": "Guest",
            "video": { "room": room.id, "roomJoin": true, "canPublish": true, "canSubscribe": true, "canPublishData": true,
                "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"] },
            "attributes": { "color": "hsl(0, 50%, 40%)" },
        });
        let token = jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(&[7; 43]))?;
        anyhow::Ok(Json(
            json!({ "id": room.id, "name": room.name, "slug": room.slug, "livekit": { "room": room.id, "token": token } }),
        ))
    };
    answer.await.map_err(|_| StatusCode::NOT_FOUND)
}
