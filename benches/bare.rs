//! The handler that `benches/run` compares ours with: the same queries and the same kind of signature, and nothing around them.
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
use visavis::{
    db::Db,
    rooms::{model::Room, store},
    users,
};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (url, port) = (arguments.next().context("a database URL")?, arguments.next().context("a port")?);
    let router = Router::new()
        .route("/room/{slug}", get(room))
        .route("/rooms/{email}", get(rooms))
        .route("/config", get(async || Json(json!({ "livekit": { "url": "ws://localhost" } }))))
        .with_state(Db::connect(&url).await?);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    Ok(axum::serve(listener, router).await?)
}

async fn room(State(db): State<Db>, Path(slug): Path<String>) -> Result<Json<Value>, StatusCode> {
    let answer = async {
        let mut lent = db.lend().await?;
        shown(&store::by_slug(&mut lent.conn(), &slug).await?.context("no such room")?)
    };
    answer.await.map(Json).map_err(|_| StatusCode::NOT_FOUND)
}

async fn rooms(State(db): State<Db>, Path(email): Path<String>) -> Result<Json<Value>, StatusCode> {
    let answer = async {
        let mut lent = db.lend().await?;
        let user = users::store::local_by_email(&mut lent.conn(), &email).await?.context("nobody")?;
        let count = store::count_of(&mut lent.conn(), user.id).await?;
        let page = store::page_of(&mut lent.conn(), user.id, 20, 0).await?;
        let results = page.iter().map(shown).collect::<anyhow::Result<Vec<_>>>()?;
        anyhow::Ok(json!({ "count": count, "results": results }))
    };
    answer.await.map(Json).map_err(|_| StatusCode::NOT_FOUND)
}

fn shown(room: &Room) -> anyhow::Result<Value> {
    let claims = json!({
        "iss": "visavis", "sub": "00000000-0000-0000-0000-000000000000", "nbf": 0, "exp": 2_000_000_000, "name": "Guest",
        "video": { "room": room.id, "roomJoin": true, "canPublish": true, "canSubscribe": true, "canPublishData": true,
            "canPublishSources": ["camera", "microphone", "screen_share", "screen_share_audio"] },
        "attributes": { "color": "hsl(0, 50%, 40%)" },
    });
    let token = jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(&[7; 43]))?;
    Ok(json!({ "id": room.id, "name": room.name, "slug": room.slug, "livekit": { "room": room.id, "token": token } }))
}
