//! Icons on a 24 px grid, drawn with a stroke, sized by the text beside them.

use leptos::prelude::*;

/// A drawing of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it shows")]
pub enum IconName {
    Mic,
    MicOff,
    Camera,
    CameraOff,
    Share,
    Hand,
    Smile,
    More,
    Leave,
    People,
    Chat,
    Settings,
    Copy,
    Check,
    Close,
    Lock,
    Record,
    Captions,
    Phone,
    Calendar,
    Download,
    Search,
    Plus,
    Chevron,
    Globe,
    Theme,
    Sun,
    Moon,
    Warning,
    Info,
    Speaker,
    Play,
    Full,
    Link,
    Send,
    Mail,
    Host,
    Signal,
    Trash,
    Edit,
    Clock,
    Pin,
    Reply,
    Bell,
    Keyboard,
    Flip,
}

impl IconName {
    /// The shapes inside the `svg` element.
    pub(crate) const fn shapes(self) -> &'static str {
        match self {
            Self::Mic => {
                r#"<rect x="8.75" y="2.75" width="6.5" height="11.5" rx="3.25"/><path d="M5 11.5a7 7 0 0 0 14 0M12 18.5v2.75M8.75 21.25h6.5"/>"#
            }
            Self::MicOff => {
                r#"<path d="M15.25 10V6a3.25 3.25 0 0 0-6.3-1.1M8.75 8.75V11a3.25 3.25 0 0 0 5 2.75M5 11.5a7 7 0 0 0 11.3 5.52M19 11.5a7 7 0 0 1-.6 2.83M12 18.5v2.75M8.75 21.25h6.5M3.5 3.5l17 17"/>"#
            }
            Self::Camera => {
                r#"<rect x="2.75" y="6" width="12.75" height="12" rx="3"/><path d="M15.5 10.75l4.35-2.7a.92.92 0 0 1 1.4.78v6.34a.92.92 0 0 1-1.4.78l-4.35-2.7"/>"#
            }
            Self::CameraOff => {
                r#"<path d="M10.25 6h2.25a3 3 0 0 1 3 3v1.75l4.35-2.7a.92.92 0 0 1 1.4.78v6.34M15.25 16.2A3 3 0 0 1 12.5 18H5.75a3 3 0 0 1-3-3V9a3 3 0 0 1 2.6-2.97M3.5 3.5l17 17"/>"#
            }
            Self::Share => {
                r#"<path d="M15.5 4.5h2.75a3 3 0 0 1 3 3v7.25a3 3 0 0 1-3 3H5.75a3 3 0 0 1-3-3V7.5a3 3 0 0 1 3-3H8.5M8.5 20.75h7M12 13.5V3.25M8.75 6.5L12 3.25l3.25 3.25"/>"#
            }
            Self::Hand => {
                r#"<path d="M8.25 12.25V5.5a1.5 1.5 0 0 1 3 0v5.25M11.25 10.5V3.75a1.5 1.5 0 0 1 3 0v6.75M14.25 10.75V5.25a1.5 1.5 0 0 1 3 0v8.75a7 7 0 0 1-7 7c-2.3 0-3.9-1-5.05-3.05L3.05 14a1.42 1.42 0 0 1 2.4-1.52l2.8 3.02v-3.25"/>"#
            }
            Self::Smile => {
                r#"<circle cx="12" cy="12" r="9.25"/><path d="M8 14.25c.85 1.5 2.3 2.35 4 2.35s3.15-.85 4-2.35M9 9.25v.5M15 9.25v.5"/>"#
            }
            Self::More => {
                r#"<g class="solid" fill="currentColor" stroke="none"><circle cx="5" cy="12" r="1.75"/><circle cx="12" cy="12" r="1.75"/><circle cx="19" cy="12" r="1.75"/></g>"#
            }
            Self::Leave => {
                r#"<path d="M10 20.25H6.75a3 3 0 0 1-3-3V6.75a3 3 0 0 1 3-3H10M9.5 12h11.25M16.5 7.75L20.75 12l-4.25 4.25"/>"#
            }
            Self::People => {
                r#"<circle cx="9" cy="8" r="3.75"/><path d="M2.25 19.75c.5-3.7 3.15-5.75 6.75-5.75s6.25 2.05 6.75 5.75M15.5 4.5a3.75 3.75 0 0 1 0 7M18 14.65c2.05.8 3.35 2.5 3.75 5.1"/>"#
            }
            Self::Chat => r#"<path d="M3.5 20.5l1.1-4.15a8.25 8.25 0 1 1 3.25 3.15zM8.25 10.25h7.5M8.25 13.75h4.75"/>"#,
            Self::Settings => {
                r#"<path d="M3.5 7h8M17.5 7h3M3.5 17h3M12.5 17h8"/><circle cx="14.5" cy="7" r="2.75"/><circle cx="9.5" cy="17" r="2.75"/>"#
            }
            Self::Copy => {
                r#"<rect x="8.75" y="8.75" width="12" height="12" rx="2.75"/><path d="M5.5 15.25a2.25 2.25 0 0 1-2.25-2.25V6A2.75 2.75 0 0 1 6 3.25h7a2.25 2.25 0 0 1 2.25 2.25"/>"#
            }
            Self::Check => r#"<path d="M4.5 12.75l5 5 10-11"/>"#,
            Self::Close => r#"<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>"#,
            Self::Lock => {
                r#"<rect x="4.75" y="10.5" width="14.5" height="10.25" rx="2.75"/><path d="M8 10.5V7.25a4 4 0 0 1 8 0v3.25M12 14.75v1.75"/>"#
            }
            Self::Record => {
                r#"<circle cx="12" cy="12" r="9.25"/><circle class="solid" cx="12" cy="12" r="4" fill="currentColor" stroke="none"/>"#
            }
            Self::Captions => {
                r#"<rect x="2.75" y="5" width="18.5" height="14" rx="3"/><path d="M6.75 11h4M13.75 11h3.5M6.75 14.75h7M16.75 14.75h.5"/>"#
            }
            Self::Phone => {
                r#"<path d="M7.2 3.5l2 4.1a1.5 1.5 0 0 1-.35 1.75L7.3 10.7c1.25 2.6 3.4 4.75 6 6l1.35-1.55a1.5 1.5 0 0 1 1.75-.35l4.1 2c.6.3.9 1 .65 1.6-.7 1.7-2.2 2.6-4.15 2.35C9.9 19.85 4.15 14.1 3.25 7c-.25-1.95.65-3.45 2.35-4.15.6-.25 1.3.05 1.6.65z"/>"#
            }
            Self::Calendar => {
                r#"<rect x="3.25" y="4.75" width="17.5" height="16" rx="3"/><path d="M3.25 10h17.5M8 2.75V6.5M16 2.75V6.5"/>"#
            }
            Self::Download => r#"<path d="M12 3.25v12M7.25 10.75L12 15.5l4.75-4.75M4 20.5h16"/>"#,
            Self::Search => r#"<circle cx="10.75" cy="10.75" r="7"/><path d="M16 16l4.75 4.75"/>"#,
            Self::Plus => r#"<path d="M12 4.5v15M4.5 12h15"/>"#,
            Self::Chevron => r#"<path d="M9 5.5l6.5 6.5L9 18.5"/>"#,
            Self::Globe => {
                r#"<circle cx="12" cy="12" r="9.25"/><path d="M2.75 12h18.5M12 2.75c2.5 2.5 3.75 5.6 3.75 9.25S14.5 18.75 12 21.25C9.5 18.75 8.25 15.65 8.25 12S9.5 5.25 12 2.75z"/>"#
            }
            Self::Theme => {
                r#"<circle cx="12" cy="12" r="9.25"/><path class="solid" d="M12 2.75a9.25 9.25 0 0 1 0 18.5z" fill="currentColor" stroke="none"/>"#
            }
            Self::Sun => {
                r#"<circle cx="12" cy="12" r="4.25"/><path d="M12 2.25v2M12 19.75v2M2.25 12h2M19.75 12h2M5.1 5.1l1.42 1.42M17.48 17.48l1.42 1.42M5.1 18.9l1.42-1.42M17.48 6.52l1.42-1.42"/>"#
            }
            Self::Moon => r#"<path d="M20.75 14.25A9 9 0 1 1 9.75 3.25a7.25 7.25 0 0 0 11 11z"/>"#,
            Self::Warning => {
                r#"<path d="M10.2 4.3L2.9 17.1a2.08 2.08 0 0 0 1.8 3.15h14.6a2.08 2.08 0 0 0 1.8-3.15L13.8 4.3a2.08 2.08 0 0 0-3.6 0zM12 9.5v4.25M12 16.75v.25"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="9.25"/><path d="M12 11v5.5M12 7.5v.25"/>"#,
            Self::Speaker => {
                r#"<path d="M3.25 9.75v4.5h3.5L12 18.75V5.25L6.75 9.75zM15.75 9a4.25 4.25 0 0 1 0 6M18.25 6.25a8.2 8.2 0 0 1 0 11.5"/>"#
            }
            Self::Play => {
                r#"<path class="solid" d="M7 4.7v14.6c0 .95 1 1.5 1.8 1l11.5-7.3a1.2 1.2 0 0 0 0-2L8.8 3.7c-.8-.5-1.8.05-1.8 1z" fill="currentColor" stroke="none"/>"#
            }
            Self::Full => r#"<path d="M14.5 3.5h6v6M9.5 20.5h-6v-6M20.5 3.5l-7 7M3.5 20.5l7-7"/>"#,
            Self::Link => {
                r#"<path d="M9.75 14.25l4.5-4.5M11 6.5l2.25-2.25a4.6 4.6 0 0 1 6.5 6.5L17.5 13M13 17.5l-2.25 2.25a4.6 4.6 0 0 1-6.5-6.5L6.5 11"/>"#
            }
            Self::Send => r#"<path d="M12 20V4.5M5.5 10.75L12 4.25l6.5 6.5"/>"#,
            Self::Mail => {
                r#"<rect x="2.75" y="4.75" width="18.5" height="14.5" rx="3"/><path d="M3.5 7l8.5 6 8.5-6"/>"#
            }
            Self::Host => {
                r#"<path d="M12 2.75l7.5 2.75v5.75c0 4.6-2.9 8.1-7.5 10-4.6-1.9-7.5-5.4-7.5-10V5.5zM8.5 11.75l2.5 2.5 4.5-5"/>"#
            }
            Self::Signal => {
                r#"<path d="M4.5 19.25v-3.5"/><path opacity=".35" d="M9.5 19.25v-7M14.5 19.25v-10.5M19.5 19.25v-14"/>"#
            }
            Self::Trash => {
                r#"<path d="M4 6.25h16M9 6.25V4.5A1.25 1.25 0 0 1 10.25 3.25h3.5A1.25 1.25 0 0 1 15 4.5v1.75M6 6.25l.8 12.1a2.6 2.6 0 0 0 2.6 2.4h5.2a2.6 2.6 0 0 0 2.6-2.4L18 6.25M10 10.5v6M14 10.5v6"/>"#
            }
            Self::Edit => {
                r#"<path d="M4 20l1-4.5L16.25 4.25a2.3 2.3 0 0 1 3.25 0l.25.25a2.3 2.3 0 0 1 0 3.25L8.5 19zM14 6.5l3.5 3.5"/>"#
            }
            Self::Clock => r#"<circle cx="12" cy="12" r="9.25"/><path d="M12 6.75V12l3.5 2.25"/>"#,
            Self::Pin => r#"<path d="M8.5 3.25h7l-1 6.25 3.25 3.5v1.5H6.25V13l3.25-3.5zM12 14.5v6.25"/>"#,
            Self::Reply => r#"<path d="M9.5 6 4 11.25l5.5 5.25M4.5 11.25H14a6 6 0 0 1 6 6v1.25"/>"#,
            Self::Bell => {
                r#"<path d="M12 3.25a6 6 0 0 0-6 6c0 4.25-1.25 5.75-2.25 7.25h16.5c-1-1.5-2.25-3-2.25-7.25a6 6 0 0 0-6-6zM9.75 19.5a2.4 2.4 0 0 0 4.5 0"/>"#
            }
            Self::Keyboard => {
                r#"<rect x="2.75" y="5.75" width="18.5" height="12.5" rx="2.75"/><path d="M6.5 9.75v.01M10.2 9.75v.01M13.9 9.75v.01M17.5 9.75v.01M6.5 12.5v.01M10.2 12.5v.01M13.9 12.5v.01M17.5 12.5v.01M8.75 15.25h6.5"/>"#
            }
            Self::Flip => {
                r#"<path d="M4 11a8 8 0 0 1 13.7-4.6L20 8.5M20 3.75V8.5h-4.75M20 13a8 8 0 0 1-13.7 4.6L4 15.5M4 20.25V15.5h4.75"/><circle cx="12" cy="12" r="2.25"/>"#
            }
        }
    }
}

/// An icon. It is decoration: the words beside it (or a `.sr` text) carry the meaning.
#[component]
pub fn Icon(
    /// Which drawing.
    name: IconName,
) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=name.shapes()></svg> }
}
