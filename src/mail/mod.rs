//! Mails: how they look, and the way out by SMTP. It knows no feature: who wants to say something writes a [`Letter`], inside a job,
//! so that nobody waits for a mail server and none is lost.

mod letter;
mod server;

use anyhow::anyhow;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
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

    /// The address that mails come from, and what it is called.
    pub fn sender(&self) -> (Option<&str>, &str) {
        (self.from.name.as_deref(), self.from.email.as_ref())
    }

    /// Sends a letter to one address.
    pub async fn send(&self, letter: &Letter<'_>, to: &str, name: Option<&str>) -> Result<()> {
        self.post(&Post { letter, to, name, reply_to: None, calendar: None }).await.map_err(|lost| lost.error)
    }

    /// Sends a letter with what goes along with it; whether it is worth trying again is part of the answer.
    pub async fn post(&self, post: &Post<'_>) -> Result<(), Undelivered> {
        let for_good = |error| Undelivered { for_good: true, error };
        // The address itself must not get into a log.
        let address: Address =
            post.to.parse().map_err(|_| for_good(anyhow!("this is no address that mail can be sent to").into()))?;
        let ascii = post.to.is_ascii();
        let message = self.message(post, address).map_err(for_good)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Undelivered {
                for_good: is_for_good(error.status().map(u16::from), !ascii && error.is_client()),
                error: anyhow!("the mail was not taken: {}", told(&error)).into(),
            }),
        }
    }

    fn message(&self, post: &Post<'_>, address: Address) -> Result<Message> {
        let Post { letter, name, reply_to, calendar, .. } = *post;
        let id = format!("<{}@{}>", self.random.uuid(), self.from.email.domain());
        let mut builder = Message::builder();
        // An address of ours that no mail program can write is no reason to send nothing.
        if let Some((name, Ok(address))) = reply_to.map(|(name, address)| (name, address.parse())) {
            builder = builder.reply_to(Mailbox::new(name.map(one_line).filter(|name| !name.is_empty()), address));
        }
        let message = builder
            .from(self.from.clone())
            .to(Mailbox::new(name.map(one_line).filter(|name| !name.is_empty()), address))
            .subject(one_line(letter.subject))
            .message_id(Some(id))
            .date(self.clock.now().into())
            .header(AutoSubmitted)
            .multipart(parts(letter, calendar)?);
        message.map_err(|error| anyhow!("a mail could not be written: {error}").into())
    }
}

/// A letter, and what goes along with it.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// What it says.
    pub letter: &'a Letter<'a>,
    /// To which address.
    pub to: &'a str,
    /// Whose it is.
    pub name: Option<&'a str>,
    /// Name and address of the person to whom answers go.
    pub reply_to: Option<(Option<&'a str>, &'a str)>,
    /// Method and text of a message for calendars.
    pub calendar: Option<(&'static str, &'a str)>,
}

/// A mail that did not go out.
#[derive(Debug)]
pub struct Undelivered {
    /// The address is at fault: the same again meets the same answer.
    pub for_good: bool,
    /// What happened, without the address.
    pub error: crate::error::Error,
}

/// Whether trying again is in vain: a refusal for ever (5xx), unless it is us whom the server refuses (RFC 4954 §6), which the
/// operator can mend; or an address that this server cannot even be told.
fn is_for_good(status: Option<u16>, unspeakable: bool) -> bool {
    match status {
        Some(530 | 534 | 535 | 538 | 454) => false,
        Some(status) => (500..600).contains(&status),
        None => unspeakable,
    }
}

/// Text and page; with a message for calendars as the third form of the same (RFC 6047 §2.4), and once more as a file, for programs
/// that look there alone.
fn parts(letter: &Letter<'_>, calendar: Option<(&'static str, &str)>) -> Result<MultiPart> {
    let both = MultiPart::alternative_plain_html(letter.text()?, letter.html()?);
    let Some((method, text)) = calendar else { return Ok(both) };
    let kind = |kind: &str| ContentType::parse(kind).map_err(anyhow::Error::from);
    let inline = SinglePart::builder()
        .header(kind(&format!("text/calendar; charset=utf-8; method={method}"))?)
        .body(text.to_owned());
    let file = Attachment::new("invitation.ics".to_owned()).body(text.to_owned(), kind("application/ics")?);
    Ok(MultiPart::mixed().multipart(both.singlepart(inline)).singlepart(file))
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
            facts: &[],
            message: "",
            button: "Se connecter",
            url: "https://meet.example/link/abc?x=1&y=2",
            after: &["Une fois.", "Merci."],
            place: "meet.example",
            name: "R&D <Lyon>",
            accent: "#8b1e3f",
        }
    }

    fn post<'a>(letter: &'a Letter<'a>) -> Post<'a> {
        Post { letter, to: "ann@example.org", name: None, reply_to: None, calendar: None }
    }

    fn written(post: &Post<'_>) -> Message {
        mailer().message(post, post.to.parse().expect("an address")).expect("written")
    }

    #[test]
    fn no_header_ends_early() {
        let bad = "Hi\r\nBcc: victim@example.org\r\n\r\n<script>";
        let message = written(&Post {
            letter: &letter(bad),
            name: Some(bad),
            reply_to: Some((Some(bad), "ben@example.org")),
            ..post(&letter("x"))
        });
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
        let lines: Vec<_> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).collect();
        assert!(!lines.iter().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        let names: Vec<_> = lines.iter().map(|line| line.split(':').next().unwrap_or_default()).collect();
        assert_eq!(
            names,
            [
                "Reply-To",
                "From",
                "To",
                "Subject",
                "Message-ID",
                "Date",
                "Auto-Submitted",
                "MIME-Version",
                "Content-Type"
            ]
        );
        assert_eq!(message.envelope().to().len(), 1, "nobody else gets it");
        let hi = letter("Hi");
        let late = Post { reply_to: Some((None, "a@b.org\r\nBcc: x@y.zz")), ..post(&hi) };
        assert!(!String::from_utf8_lossy(&written(&late).formatted()).contains("y.zz"));
    }

    #[tokio::test]
    async fn what_is_no_address_is_refused_for_good_and_not_repeated_in_a_log() {
        let letter = letter("Hi");
        for bad in ["a@b.org\r\nBcc: x@y.zz", "a@b.org, x@y.zz", "<a@b.org>", "", "a@b.org>\0"] {
            let refused = mailer().post(&Post { to: bad, ..post(&letter) }).await.expect_err("no address");
            assert!(refused.for_good && !format!("{refused:?}").contains("b.org"), "{refused:?}");
        }
        let away = mailer().post(&post(&letter)).await.expect_err("nobody is there");
        assert!(!away.for_good, "{away:?}");
    }

    #[test]
    fn refusals_for_ever_are_the_address_s_fault_unless_it_is_us_whom_they_refuse() {
        for (status, unspeakable, expected) in [
            (Some(550), false, true),
            (Some(553), false, true),
            (Some(450), false, false),
            (Some(421), false, false),
            (Some(535), false, false),
            (Some(530), false, false),
            (None, false, false),
            (None, true, true),
        ] {
            assert_eq!(is_for_good(status, unspeakable), expected, "{status:?}");
        }
    }

    #[test]
    fn calendars_find_their_part_beside_text_and_page_and_as_a_file() {
        let letter = letter("Hi");
        let message = written(&Post { calendar: Some(("REQUEST", "BEGIN:VCALENDAR\r\n")), ..post(&letter) });
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        for part in ["multipart/mixed", "multipart/alternative", "method=REQUEST", "application/ics", "invitation.ics"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn a_persons_words_are_marked_as_theirs_and_a_letter_may_have_no_link() {
        let with = Letter { facts: &["Monday <10>"], message: "<b>Hi</b>\n-- \nyours", ..letter("x") };
        let (html, text) = (with.html().expect("rendered"), with.text().expect("rendered"));
        assert!(html.contains("<blockquote") && !html.contains("<b>Hi") && !html.contains("Monday <10>"), "{html}");
        assert!(text.contains("\nMonday <10>\n") && text.contains("\n> <b>Hi</b>\n> -- \n> yours\n"), "{text}");
        let without = Letter { button: "", ..letter("x") };
        assert!(!without.html().expect("rendered").contains("href"));
        assert!(!without.text().expect("rendered").contains("https:"));
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
