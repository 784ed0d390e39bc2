//! What tests stand on: a whole back end on a database of its own, a clock that stands still, a LiveKit that answers as told.

mod app;
pub mod databases;
pub mod request;

pub use app::TestApp;
pub use request::Client;

/// Defines each test twice: on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $type:ident) $body:block)+) => {
        $(
            mod $name {
                use super::*;

                async fn body($app: $type) $body

                $(#[$meta])*
                #[tokio::test]
                async fn sqlite() {
                    body($type::sqlite().await).await;
                }

                $(#[$meta])*
                #[tokio::test]
                async fn postgres() {
                    if let Some(app) = $type::postgres().await {
                        body(app).await;
                    }
                }
            }
        )+
    };
}
