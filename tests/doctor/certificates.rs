//! Certificates that browsers refuse.

use rcgen::{CertificateParams, KeyPair};
use time::{Duration, OffsetDateTime};
use visavis::{clock::Clock, doctor::examine};

use super::support::{Sound, assert_names};

/// A self-signed certificate that ends so many days from now, in `folder`.
fn self_signed(folder: &std::path::Path, name: &str, days: i64) -> [String; 2] {
    let now = OffsetDateTime::from_unix_timestamp(Clock::System.now().timestamp()).expect("a time");
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = now - Duration::days(90);
    params.not_after = now + Duration::days(days);
    let certificate = params.self_signed(&key).expect("signed");
    let paths = ["cert.pem", "key.pem"].map(|name| folder.join(name));
    std::fs::write(&paths[0], certificate.pem()).expect("written");
    std::fs::write(&paths[1], key.serialize_pem()).expect("written");
    paths.map(|path| path.display().to_string())
}

#[tokio::test]
async fn expired_for_another_name_or_trusted_by_nobody() {
    // Whoever comes first in this process; `main` does it in the program.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let sound = Sound::set().await;
    let url = format!("https://localhost:{}", sound.port);
    let said = [
        ("localhost", -1, "the certificate of localhost has expired"),
        ("meet.example.org", 30, "the certificate is not for localhost"),
        ("localhost", 30, "browsers do not trust the certificate of localhost: it is self-signed"),
    ];
    for (name, days, words) in said {
        let [cert, key] = self_signed(sound.folder.path(), name, days);
        let checks = examine(sound.settings(&[("public_url", &url), ("tls_cert", &cert), ("tls_key", &key)])).await;
        assert_names(&checks, "certificate", words, "VISAVIS_TLS_CERT");
        // LiveKit reports over plain http here, which a server with a certificate does not take.
        let others: Vec<_> =
            checks.iter().filter(|check| check.name != "certificate" && check.name != "webhook").collect();
        assert!(
            others.iter().all(|check| check.setting.is_none()),
            "behind it, everything else is looked at: {checks:#?}"
        );
    }
    sound.end().await;
}
