//! How mails get out.

use super::{Source, setting::settings};
use crate::mail;

settings! {
    /// The mail server. `smtps://` is encrypted from the first byte on (port 465), `smtp://` after the greeting (STARTTLS, port 587)
    /// and never without; `?tls=none` behind it is for a server on this machine. Name and password stand in the URL,
    /// percent-encoded. Without it nobody gets mails: no sign-in links by e-mail, no confirmed addresses.
    SMTP_URL: "smtp_url", "smtp://user:password@host:587 or smtps://…", secret_url;
    /// From whom mails come.
    MAIL_FROM: "mail_from", "an address such as Visavis <visavis@example.org>";
}

/// Both of it; none: no mail is sent.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// Where it goes out, and from whom.
    pub out: Option<(mail::Server, mail::Sender)>,
}

impl Mail {
    pub(super) fn read(source: &mut Source) -> Self {
        let given = [&SMTP_URL, &MAIL_FROM].map(|setting| source.text(setting).is_some());
        if given[0] != given[1] {
            let missing = if given[0] { &MAIL_FROM } else { &SMTP_URL };
            source.problem(missing, "VISAVIS_SMTP_URL and VISAVIS_MAIL_FROM are needed together");
        }
        Self { out: source.optional(&SMTP_URL).zip(source.optional(&MAIL_FROM)) }
    }
}
