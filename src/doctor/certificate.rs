//! Whether browsers will take a certificate, and for how long.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use rustls::{
    CertificateError, Error, RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier, verify_server_name},
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// Less than this many days left is told as a failure: whoever renews it should have done so.
pub(super) const SOON: u32 = 7;
/// No authority signs for longer.
const LONGEST: u32 = 825;

/// What is to be said of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Good for so many days, at least as long as anybody signs for.
    Good(u32),
    /// It was good once.
    Expired,
    /// It is for other names.
    OtherName,
    /// Nobody whom browsers trust has signed it, or what is between is not sent along.
    Untrusted,
    /// Something else; in the words of the library.
    Wrong(String),
}

/// Judges a chain as a browser at `host` would.
pub(super) fn judge(chain: &[CertificateDer<'_>], host: &str, roots: RootCertStore, now: DateTime<Utc>) -> Verdict {
    let Some((own, between)) = chain.split_first() else { return Verdict::Wrong("none was shown".into()) };
    let name = match ServerName::try_from(host.trim_matches(['[', ']'])) {
        Ok(name) => name,
        Err(error) => return Verdict::Wrong(error.to_string()),
    };
    // A verifier without any root cannot be made; where the system has none, nothing is trusted.
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().ok();
    let at = |days: u32| {
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default() + u64::from(days) * 86_400;
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        match &verifier {
            Some(verifier) => verifier.verify_server_cert(own, between, &name, &[], time).map(drop),
            None => Err(CertificateError::UnknownIssuer.into()),
        }
    };
    match at(0) {
        Ok(()) => {
            // Days count down one by one: the last one on which it is still good.
            let (mut good, mut bad) = (0, LONGEST + 1);
            while bad - good > 1 {
                let middle = good.midpoint(bad);
                if at(middle).is_ok() { good = middle } else { bad = middle }
            }
            Verdict::Good(good)
        }
        Err(Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
            Verdict::Expired
        }
        // Whoever signed it: a name that does not fit is the plainer reason.
        Err(_) if ParsedCertificate::try_from(own).is_ok_and(|own| verify_server_name(&own, &name).is_err()) => {
            Verdict::OtherName
        }
        Err(Error::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::Other(_) | CertificateError::BadSignature,
        )) => Verdict::Untrusted,
        Err(error) => Verdict::Wrong(error.to_string()),
    }
}

/// The authorities that this machine trusts.
pub(super) fn of_the_system() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::clock::Clock;

    /// A certificate for `meet.example.org` that ends so many days (and some hours) from now, and who signed it.
    fn signed(days: i64) -> (Vec<CertificateDer<'static>>, RootCertStore) {
        let now = OffsetDateTime::from_unix_timestamp(Clock::System.now().timestamp()).expect("a time");
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("signed");
        let mut own = CertificateParams::new(vec!["meet.example.org".to_owned()]).expect("a name");
        own.not_before = now - Duration::days(300);
        own.not_after = now + Duration::days(days) + Duration::hours(12);
        let own = own.signed_by(&KeyPair::generate().expect("a key"), &authority).expect("signed");
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).expect("an authority");
        (vec![own.der().clone()], roots)
    }

    #[test]
    fn a_good_one_counts_its_days_and_each_fault_has_its_name() {
        let now = Clock::System.now();
        let host = "meet.example.org";
        for days in [0, 1, 6, 42, 398] {
            let (chain, roots) = signed(days);
            assert_eq!(judge(&chain, host, roots, now), Verdict::Good(u32::try_from(days).expect("small")));
        }
        let (chain, roots) = signed(-2);
        assert_eq!(judge(&chain, host, roots, now), Verdict::Expired);
        let (chain, roots) = signed(42);
        assert_eq!(judge(&chain, "other.example.org", roots.clone(), now), Verdict::OtherName);
        assert_eq!(judge(&chain, "192.0.2.1", roots, now), Verdict::OtherName);
        assert_eq!(judge(&chain, host, signed(1).1, now), Verdict::Untrusted);
        assert_eq!(judge(&chain, host, RootCertStore::empty(), now), Verdict::Untrusted);
    }
}
