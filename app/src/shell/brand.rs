//! Whose instance a page shows: name, logo, colours, links.

use visavis::state::AppState;

/// What the header, the title and the footer say of the instance.
#[derive(Clone, Debug)]
pub struct Brand {
    /// What it is called.
    pub name: String,
    /// Where its logo is; none: ours.
    pub logo: Option<String>,
    /// Where the style sheet is that puts its colour in the place of ours.
    pub style: Option<String>,
    /// A style sheet of the operator, after all of ours.
    pub custom: Option<String>,
    /// Where that one comes from, when it is not here: the content policy must let it in.
    pub custom_origin: Option<String>,
    /// Texts and addresses at the foot.
    pub links: Vec<(String, String)>,
    /// One sentence on who runs it.
    pub sentence: Option<String>,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            name: "Visavis".to_owned(),
            logo: None,
            style: None,
            custom: None,
            custom_origin: None,
            links: Vec::new(),
            sentence: None,
        }
    }
}

impl Brand {
    /// The title of the tab.
    pub fn title(&self, page: &str) -> String {
        if page.is_empty() { self.name.clone() } else { format!("{page} · {}", self.name) }
    }
}

impl Brand {
    /// As the settings say.
    pub fn of(state: &AppState) -> Self {
        let given = &state.settings.instance;
        let at = |name: &str| format!("{}{name}", crate::identity::FOLDER);
        // Without encryption anybody on the way could write it; our own origin is as safe as the page itself.
        let custom = state
            .settings
            .frontend
            .custom_css_url
            .as_ref()
            .filter(|url| url.scheme() == "https" || url.origin().ascii_serialization() == state.origin);
        Self {
            name: given.name.as_str().to_owned(),
            logo: given.logo.as_ref().map(|logo| at(&logo.name)),
            style: given.accent.map(|accent| at(&crate::identity::style_name(accent))),
            custom: custom.map(ToString::to_string),
            custom_origin: custom
                .map(|url| url.origin().ascii_serialization())
                .filter(|origin| *origin != state.origin),
            links: given.links.iter().map(|link| (link.text.clone(), link.url.clone())).collect(),
            sentence: given.sentence.clone(),
        }
    }
}
