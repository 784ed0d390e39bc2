//! The server itself: whether it runs, and whether its public address leads to it and not to something else.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
};

use rustls::pki_types::{CertificateDer, pem::PemObject};
use url::Url;

use super::{
    certificate::{self, SOON, Verdict},
    report::Report,
    request::{self, Answer},
};
use crate::{clock::Clock, config::Settings, http::proof, web::keys::Keys};

const LISTEN: &str = "VISAVIS_LISTEN";
const PUBLIC: &str = "VISAVIS_PUBLIC_URL";

/// Who is at the address we listen on.
pub(super) enum Instance {
    /// Ours.
    Runs,
    /// Nobody, and we could listen there.
    Free,
    /// Somebody else, or nobody may.
    Taken,
}

impl Instance {
    pub fn runs(&self) -> bool {
        matches!(self, Self::Runs)
    }

    pub fn port_is_free(&self) -> bool {
        matches!(self, Self::Free)
    }

    /// Now we answer there ourselves.
    pub fn stand_in(&mut self) {
        *self = Self::Runs;
    }
}

/// Our address as this machine reaches it.
pub(super) fn local(settings: &Settings) -> Url {
    let listen = settings.server.listen;
    let ip = if listen.ip().is_unspecified() { IpAddr::from(Ipv4Addr::LOCALHOST) } else { listen.ip() };
    let scheme = if settings.server.tls.is_some() { "https" } else { "http" };
    let text = format!("{scheme}://{}", SocketAddr::new(ip, listen.port()));
    text.parse().unwrap_or_else(|_| unreachable!("an address is a host"))
}

/// Asks whoever is there to prove that they are this instance. What they know of this run, where they are.
pub(super) async fn ask(base: &Url, settings: &Settings, nonce: &str) -> anyhow::Result<(Answer, Option<proof::Told>)> {
    let url = base.join(&format!("/healthz/{nonce}"))?;
    let answer = request::get(&url).await?;
    let told = serde_json::from_str(&answer.body).ok();
    let ours = Keys::derive(&settings.secrets.key).prove(nonce);
    Ok((answer, told.filter(|told: &proof::Told| told.instance == ours)))
}

pub(super) async fn find(settings: &Settings, nonce: &str, report: &mut Report) -> Instance {
    const NAME: &str = "server";
    let listen = settings.server.listen;
    if listen.port() == 0 {
        report.skipped(NAME, "port 0 takes any free port: where the server listens cannot be known");
        return Instance::Taken;
    }
    match ask(&local(settings), settings, nonce).await {
        Ok((_, Some(_))) => {
            report.fine(NAME, &format!("Visavis runs at {listen}"));
            Instance::Runs
        }
        Ok((_, None)) => {
            report.failed(
                NAME,
                &format!("something else answers at {listen}, or a Visavis with other secrets"),
                LISTEN,
            );
            Instance::Taken
        }
        Err(_) => match TcpListener::bind(listen) {
            Ok(_) => Instance::Free,
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                report.failed(NAME, &format!("another program listens on {listen}"), LISTEN);
                Instance::Taken
            }
            Err(error) => {
                report.failed(NAME, &format!("nobody can listen on {listen}: {error}"), LISTEN);
                Instance::Taken
            }
        },
    }
}

/// The address that people type: it resolves, leads to us, and browsers trust its certificate.
pub(super) async fn public(settings: &Settings, nonce: &str, instance: &Instance, report: &mut Report) {
    const NAME: &str = "public URL";
    let Some(url) = &settings.server.public_url else {
        report.skipped(NAME, "VISAVIS_PUBLIC_URL is not set: only people on this machine can take part");
        return;
    };
    let shown = url.as_str().trim_end_matches('/');
    let host = url.host_str().unwrap_or_default();
    let port = url.port_or_known_default().unwrap_or_default();
    if let Err(error) = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await {
        report.failed(NAME, &format!("the name {host} does not resolve: {error}"), PUBLIC);
        return certificate(settings, url, None, report);
    }
    let answer = match ask(url, settings, nonce).await {
        Ok((answer, Some(_))) => {
            report.fine(NAME, &format!("{shown} leads here"));
            Some(answer)
        }
        Ok((answer, None)) if instance.runs() => {
            report.failed(
                NAME,
                &format!("{shown} leads to something else than this Visavis (it answers {})", answer.status),
                PUBLIC,
            );
            Some(answer)
        }
        Ok((answer, None)) => {
            report.skipped(
                NAME,
                &format!("{shown} answers, but the server does not run: whether it leads here shows then"),
            );
            Some(answer)
        }
        Err(error) if instance.runs() => {
            report.failed(NAME, &format!("{shown} does not lead here: {error:#}"), PUBLIC);
            None
        }
        Err(_) => {
            report.skipped(NAME, "not tried: the server does not run");
            None
        }
    };
    certificate(settings, url, answer, report);
}

fn certificate(settings: &Settings, url: &Url, answer: Option<Answer>, report: &mut Report) {
    const NAME: &str = "certificate";
    let host = url.host_str().unwrap_or_default();
    if url.scheme() != "https" {
        if host == "localhost" || host.starts_with("127.") || host == "[::1]" {
            return report.skipped(NAME, "this machine alone needs none");
        }
        return report.failed(NAME, "over plain http browsers give a page no camera and no microphone", PUBLIC);
    }
    let setting =
        if settings.server.tls.is_some() { "VISAVIS_TLS_CERT" } else { "the certificate of the proxy before us" };
    let shown = answer.map(|answer| answer.chain).filter(|chain| !chain.is_empty());
    let kept = || {
        let path = &settings.server.tls.as_ref()?.cert;
        CertificateDer::pem_file_iter(path).ok()?.collect::<Result<Vec<_>, _>>().ok()
    };
    let Some(chain) = shown.or_else(kept) else {
        return report.skipped(NAME, "not tried: nobody answers there");
    };
    let sentence = match certificate::judge(&chain, host, certificate::of_the_system(), Clock::System.now()) {
        Verdict::Good(days) if days >= SOON => return report.fine(NAME, &format!("good for {days} days")),
        Verdict::Good(days) => format!("the certificate of {host} ends in {days} days"),
        Verdict::Expired => format!("the certificate of {host} has expired"),
        Verdict::OtherName => format!("the certificate is not for {host}"),
        Verdict::Untrusted => {
            format!(
                "browsers do not trust the certificate of {host}: it is self-signed, or the certificates between are not in the file"
            )
        }
        Verdict::Wrong(why) => format!("the certificate of {host} cannot be used: {why}"),
    };
    report.failed(NAME, &sentence, setting);
}
