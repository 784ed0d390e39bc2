//! The page itself.

use super::{mailing, room, send};
use crate::{account::browser::Browser, on_both, support::TestApp};

on_both! {
    async fn what_is_wrong_is_said_beside_it_and_everything_typed_is_kept(app: TestApp) {
        let app = mailing(app, "smtp://127.0.0.1:1?tls=none");
        let ann = app.user("ann").await;
        let round = room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        let list = "ben@example.org\r\nnonsense </textarea><script>x</script>";
        let long = "é".repeat(1001);
        let fields = [("addresses", list), ("message", long.as_str()), ("language", "xx"), ("at", "2020-01-01T10:00"), ("minutes", "1"), ("zone", "Mars/Olympus")];
        let page = send(&mut host, &round, &fields).await;
        for field in ["addresses", "message", "language", "at", "minutes", "zone"] {
            assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
        }
        assert!(page.contains("ben@example.org\nnonsense &lt;/textarea&gt;") && !page.contains("<script>x"), "{page}");
        assert!(page.contains("Not an address: nonsense") && page.split("<details").any(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("more") && tag.contains("open"))), "{page}");
        let empty = send(&mut host, &round, &[("addresses", " ,; \n")]).await;
        assert!(empty.contains("Type at least one e-mail address."), "{empty}");
        let many = (0..101).map(|n| format!("p{n}@example.org")).collect::<Vec<_>>().join("\n");
        let page = send(&mut host, &round, &[("addresses", &many)]).await;
        assert!(page.contains("At most 100 addresses at a time.") && page.contains("p100@example.org"), "{page}");
    }

    async fn it_is_there_for_hosts_and_linked_from_where_they_invite(app: TestApp) {
        let (ann, eve) = (app.user("ann").await, app.user("eve").await);
        room(&app, &ann, "Round").await;
        let mut host = Browser::of(&app, &ann).await;
        assert!(host.get("/round/invite").await.text.contains("href=\"/round/invitations\""));
        let page = host.get("/round/invitations").await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains(".wasm"), "{}", page.text);
        assert_eq!(Browser::of(&app, &eve).await.get("/round/invitations").await.status, 403);
        assert_eq!(Browser::new(&app).get("/round/invitations").await.to(), "/sign-in?next=/round/invitations");
        assert_eq!(host.get("/nowhere/invitations").await.status, 404);
        for act in ["", "nothing", "again", "take-back", "cancel", "move", "revoke"] {
            let answer = host.post("/round/invitations", &[("do", act), ("which", "x")]).await;
            assert!(answer.status == 404 || answer.status == 303, "{act}: {}", answer.status);
        }
    }
}
