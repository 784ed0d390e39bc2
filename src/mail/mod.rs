//! Mails: how they look, and the way out by SMTP. It knows no feature: who wants to say something writes a [`Letter`], inside a job,
//! so that nobody waits for a mail server and none is lost.

mod letter;
mod server;

use anyhow::anyhow;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
    transport::smtp::extension::ClientId,
};

pub use letter::Letter;
pub use server::{Sender, Server};

use crate::{clock::Clock, error::Result, random::Random};

/// How long one mail may take; well below what a job may.
const TIME: std::time::Duration = std::time::Duration::from_secs(30);

/// The way out. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    clock: Clock,
    random: Random,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer(…)")
    }
}

impl Mailer {
    /// By this server, from this address. Nothing is opened yet.
    pub fn new(server: &Server, from: &Sender, clock: Clock, random: Random) -> Result<Self> {
        let hello = ClientId::Domain(from.0.email.domain().to_owned());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&server.for_lettre())
            .map_err(|error| anyhow!("the mail server's URL: {error}"))?;
        let transport = builder.hello_name(hello).timeout(Some(TIME)).build();
        Ok(Self { transport, from: from.0.clone(), clock, random })
    }

    /// Whether the server answers, and takes our name and password.
    pub async fn probe(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("it answers, but not as a mail server does".to_owned()),
            Err(error) => Err(told(&error)),
        }
    }

    /// Sends a letter to one address.
    pub async fn send(&self, letter: &Letter<'_>, to: &str, name: Option<&str>) -> Result<()> {
        let message = self.message(letter, to, name)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(anyhow!("the mail was not taken: {}", told(&error)).into()),
        }
    }

    fn message(&self, letter: &Letter<'_>, to: &str, name: Option<&str>) -> Result<Message> {
        // The address itself must not get into a log.
        let address: Address = to.parse().map_err(|_| anyhow!("this is no address that mail can be sent to"))?;
        let id = format!("<{}@{}>", self.random.uuid(), self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name.map(one_line).filter(|name| !name.is_empty()), address))
            .subject(one_line(letter.subject))
            .message_id(Some(id))
            .date(self.clock.now().into())
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(letter.text()?, letter.html()?));
        message.map_err(|error| anyhow!("a mail could not be written: {error}").into())
    }
}

/// A header is one line: whoever could end it could write the next one.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// What went wrong, without what the server said: that often repeats the address.
fn told(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "no encrypted connection to the mail server came about".to_owned(),
        None if error.is_client() => "the mail server does not offer what the settings ask for".to_owned(),
        None if error.is_response() => "the mail server said what none should".to_owned(),
        None => "the mail server could not be reached".to_owned(),
    }
}

/// Tells other programs that nobody wrote this by hand (RFC 3834 §5), so that none of them answers.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::i18n::Lang;

    fn mailer() -> Mailer {
        let server = "smtp://127.0.0.1:1?tls=none".parse().expect("a server");
        let from = "Visavis <visavis@meet.example>".parse().expect("a sender");
        Mailer::new(&server, &from, Clock::manual(DateTime::UNIX_EPOCH), Random::seeded(1)).expect("made")
    }

    fn letter(subject: &str) -> Letter<'_> {
        Letter {
            lang: Lang::Fr,
            subject,
            greeting: "Bonjour <b>Zoë</b>,",
            lead: "Voici & voilà.",
            button: "Se connecter",
            url: "https://meet.example/link/abc?x=1&y=2",
            after: &["Une fois.", "Merci."],
            place: "meet.example",
            name: "R&D <Lyon>",
            accent: "#8b1e3f",
        }
    }

    #[test]
    fn no_header_ends_early() {
        let bad = "Hi\r\nBcc: victim@example.org\r\n\r\n<script>";
        let message = mailer().message(&letter(bad), "ann@example.org", Some(bad)).expect("written");
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
        let lines: Vec<_> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).collect();
        assert!(!lines.iter().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        let names: Vec<_> = lines.iter().map(|line| line.split(':').next().unwrap_or_default()).collect();
        assert_eq!(
            names,
            ["From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "MIME-Version", "Content-Type"]
        );
        assert_eq!(message.envelope().to().len(), 1, "nobody else gets it");
        for bad in ["a@b.org\r\nBcc: x@y.zz", "a@b.org, x@y.zz", "<a@b.org>", "", "a@b.org>\0"] {
            let refused = mailer().message(&letter("Hi"), bad, None).expect_err("no address");
            assert!(!format!("{refused:?}").contains("b.org"), "{refused:?}");
        }
    }

    #[test]
    fn what_people_wrote_is_text_in_the_page_and_as_it_was_in_the_plain_twin() {
        let letter = letter("Hi");
        let html = letter.html().expect("rendered");
        assert!(
            html.contains("Bonjour &#60;b&#62;Zoë&#60;/b&#62;") || html.contains("Bonjour &lt;b&gt;Zoë&lt;/b&gt;"),
            "{html}"
        );
        assert!(html.contains("lang=\"fr\"") && !html.contains("<img") && !html.contains("<script"), "{html}");
        assert!(
            html.contains("background-color:#8b1e3f;") && html.contains("Lyon") && !html.contains("<Lyon>"),
            "{html}"
        );
        let text = letter.text().expect("rendered");
        assert!(
            text.contains("Bonjour <b>Zoë</b>,") && text.contains("\nhttps://meet.example/link/abc?x=1&y=2\n"),
            "{text}"
        );
        for part in ["Voici & voilà.", "Une fois.", "Merci.", "R&D <Lyon> · meet.example"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
