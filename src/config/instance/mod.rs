//! Whose instance this is: its name, its look, its legal pages.

mod accent;
mod link;
mod logo;
mod name;

pub use accent::Accent;
pub use link::Link;
pub use logo::Logo;
pub use name::Name;

use super::{Source, setting::settings};

settings! {
    /// One sentence at the foot of every page: who runs this instance.
    SENTENCE: "instance", "a sentence";
    /// What the instance is called, instead of Visavis: in the header, in titles and in mails.
    NAME: "instance_name", "a name of at most 40 characters";
    /// Its mark in the header, instead of ours: SVG or PNG, at most 24 kB, read once at the start.
    LOGO: "instance_logo", "a file";
    /// The colour of buttons and links. What lies on it and around it follows from it; so does its twin in the dark. One on which
    /// white cannot be read, or which cannot be read on the page, is refused.
    ACCENT: "instance_accent", "a colour such as #00697a";
    /// Links at the foot of every page, such as imprint, privacy and accessibility.
    LINKS: "instance_links", "text|url, with commas between them";
}

/// Whose instance this is. Nothing given: ours.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// [`SENTENCE`].
    pub sentence: Option<String>,
    /// [`NAME`].
    pub name: Name,
    /// [`LOGO`].
    pub logo: Option<Logo>,
    /// [`ACCENT`].
    pub accent: Option<Accent>,
    /// [`LINKS`].
    pub links: Vec<Link>,
}

impl Instance {
    /// The colour of a button where there are no style sheets, such as in a mail.
    pub fn accent(&self) -> String {
        self.accent.map_or_else(|| "#00697a".to_owned(), |accent| accent.to_string())
    }

    pub(super) fn read(source: &mut Source) -> Self {
        let logo = source.path(&LOGO).and_then(|path| match Logo::read(&path) {
            Ok(logo) => Some(logo),
            Err(what) => {
                source.problem(&LOGO, format!("{}: {what}", path.display()));
                None
            }
        });
        let accent = source.optional::<Accent>(&ACCENT);
        if let Some(least) = accent.as_ref().map(Accent::contrast).filter(|least| *least < accent::ENOUGH) {
            let (found, enough) = ((least * 10.0).floor() / 10.0, accent::ENOUGH);
            let what = format!(
                "too pale: on it or beside it text has a contrast of {found}, and needs {enough}; choose a darker one"
            );
            source.problem(&ACCENT, what);
        }
        Self {
            sentence: source.text(&SENTENCE),
            name: source.optional(&NAME).unwrap_or_default(),
            logo,
            accent,
            links: source.list(&LINKS),
        }
    }
}
