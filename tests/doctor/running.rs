//! The server runs and has started its own LiveKit.

use std::net::UdpSocket;

use tokio_util::sync::CancellationToken;
use visavis::{
    config::Settings,
    doctor::{State, examine},
    http::{self, serve::Server},
};

use super::support::{assert_names, check, failures, free_port, load};
use crate::livekit::support::binary;

async fn start(settings: &Settings) -> (CancellationToken, tokio::task::JoinHandle<anyhow::Result<()>>) {
    let server = Server::start(settings.clone()).await.expect("a server");
    let stop = server.stop.clone();
    let router = http::layers(http::router(&server.state, stop.clone()), &server.state);
    (stop, tokio::spawn(server.run(router)))
}

#[tokio::test]
async fn everything_is_tried_and_ports_that_had_to_be_changed_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let [listen, api, tcp, udp, turn] = [(); 5].map(|()| free_port().to_string());
    let (listen, bin) = (format!("127.0.0.1:{listen}"), binary().display().to_string());
    let settings = load(
        folder.path(),
        &[
            ("listen", &listen),
            ("livekit.bin", &bin),
            ("livekit.port", &api),
            ("livekit.tcp_port", &tcp),
            ("livekit.udp_port", &udp),
            ("livekit.turn_port", &turn),
        ],
    );
    let (stop, running) = start(&settings).await;
    let checks = examine(settings.clone()).await;
    assert!(failures(&checks).is_empty(), "{checks:#?}");
    for name in ["server", "LiveKit", "clock", "webhook", "signalling", "TURN", "media ports"] {
        assert_eq!(check(&checks, name).state, State::Ok, "{checks:#?}");
    }
    stop.cancel();
    running.await.expect("no panic").expect("ends well");

    let taken = UdpSocket::bind(("0.0.0.0", udp.parse().expect("a port"))).expect("free again");
    let checks = examine(settings.clone()).await;
    assert_names(&checks, "media ports", &format!("another program holds UDP port {udp}"), "VISAVIS_LIVEKIT_UDP_PORT");
    assert_eq!(check(&checks, "webhook").state, State::Skipped);
    assert!(check(&checks, "server").sentence.contains("Visavis does not run"), "{checks:#?}");
    let (stop, running) = start(&settings).await;
    let checks = examine(settings.clone()).await;
    assert_names(
        &checks,
        "media ports",
        &format!("UDP port {udp} was taken when LiveKit started"),
        "VISAVIS_LIVEKIT_UDP_PORT",
    );
    stop.cancel();
    running.await.expect("no panic").expect("ends well");
    drop(taken);

    let mut settings = settings;
    settings.livekit.supervised.bin = Some("/nowhere/livekit-server".into());
    assert_names(&examine(settings).await, "LiveKit", "no program that can be run", "VISAVIS_LIVEKIT_BIN");
}
