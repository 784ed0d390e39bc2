//! HTTP to ourselves and to LiveKit. Any certificate is taken, and remembered: what is behind a bad one is looked at all the same,
//! and the certificate is judged by itself (`certificate`).

use std::{sync::Arc, time::Duration};

use anyhow::{Context, anyhow, bail};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    header,
};
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use url::Url;

/// How long any one question may take.
const LIMIT: Duration = Duration::from_secs(5);
/// Most of a body that is read.
const MOST: usize = 64 * 1024;

/// What came back.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub status: u16,
    pub date: Option<String>,
    pub body: String,
    /// The certificates that were shown, where it was TLS.
    pub chain: Vec<CertificateDer<'static>>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Asks once.
pub(super) async fn get(url: &Url) -> anyhow::Result<Answer> {
    let work = async {
        let (response, chain) = send(url, &[]).await?;
        let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MOST).collect().await.map_err(|error| anyhow!(error))?;
        Ok(Answer { status, date, body: String::from_utf8_lossy(&body.to_bytes()).into_owned(), chain })
    };
    timeout(LIMIT, work).await.unwrap_or_else(|_| bail!("no answer within {LIMIT:?}"))
}

/// Opens a WebSocket; what comes after the answer's head.
pub(super) async fn upgrade(url: &Url) -> anyhow::Result<Result<impl AsyncRead + Unpin + use<>, u16>> {
    let ask = [
        (header::CONNECTION, "Upgrade"),
        (header::UPGRADE, "websocket"),
        (header::SEC_WEBSOCKET_VERSION, "13"),
        // Any sixteen bytes do: we do not speak after this.
        (header::SEC_WEBSOCKET_KEY, "dmlzYXZpcyBkb2N0b3IgIQ=="),
    ];
    let work = async {
        let (response, _) = send(url, &ask).await?;
        if response.status() != hyper::StatusCode::SWITCHING_PROTOCOLS {
            return Ok(Err(response.status().as_u16()));
        }
        Ok(Ok(TokioIo::new(hyper::upgrade::on(response).await?)))
    };
    timeout(LIMIT, work).await.unwrap_or_else(|_| bail!("no answer within {LIMIT:?}"))
}

async fn send(
    url: &Url,
    headers: &[(header::HeaderName, &str)],
) -> anyhow::Result<(Response<Incoming>, Vec<CertificateDer<'static>>)> {
    let host = url.host_str().context("there is no host in it")?;
    let port = url.port_or_known_default().context("there is no port in it")?;
    let address = (host.trim_matches(['[', ']']), port);
    let tcp = TcpStream::connect(address).await.with_context(|| format!("nobody answers at {host}:{port}"))?;
    let secure = matches!(url.scheme(), "https" | "wss");
    let (stream, chain): (Box<dyn Stream>, _) =
        if secure { shake(host, tcp).await? } else { (Box::new(tcp), Vec::new()) };
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection.with_upgrades());
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let mut request = Request::get(target).header(header::HOST, authority);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    Ok((sender.send_request(request.body(Empty::<Bytes>::new())?).await?, chain))
}

async fn shake(host: &str, tcp: TcpStream) -> anyhow::Result<(Box<dyn Stream>, Vec<CertificateDer<'static>>)> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Arc::new(Anyone(provider.clone()));
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())?;
    let stream = tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(name, tcp)
        .await
        .context("no TLS is spoken there")?;
    let chain = stream.get_ref().1.peer_certificates().unwrap_or_default().to_vec();
    Ok((Box::new(stream), chain))
}

/// Takes every certificate, but only from who holds its key.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
