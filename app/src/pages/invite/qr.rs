//! A link as a picture that a telephone reads.

use std::fmt::Write;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around it, which readers need (ISO/IEC 18004).
const QUIET: usize = 4;

/// The width in modules and the dark ones as a path, one stroke a run. `None`: the text is too long.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                // Writing into a string does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some((width + 2 * QUIET, path))
}

/// Dark on light whatever the theme: many readers find no other.
#[component]
pub fn Qr(
    /// What it says.
    text: String,
    /// For those who do not see it.
    label: String,
) -> impl IntoView {
    drawn(&text).map(|(size, path)| {
        view! {
            <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
                <rect width=size height=size fill="#fff"></rect>
                <path d=path fill="#000"></path>
            </svg>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once_and_no_light_one() {
        let text = "https://meet.example.org/monday-round";
        let (size, path) = drawn(text).expect("short enough");
        let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("short enough");
        let width = code.width();
        assert_eq!(size, width + 8);
        let mut dark = vec![Color::Light; width * width];
        for part in path.split('M').skip(1) {
            let number = |text: &str| text.parse::<usize>().expect("a number");
            let (x, rest) = part.split_once(' ').expect("y");
            let (y, rest) = rest.split_once('h').expect("a run");
            let run = number(rest.split('v').next().expect("a length"));
            for step in 0..run {
                let at = (number(y) - 4) * width + number(x) - 4 + step;
                assert_eq!(std::mem::replace(&mut dark[at], Color::Dark), Color::Light);
            }
        }
        assert!(dark == code.to_colors());
        assert!(drawn(&"x".repeat(5000)).is_none());
    }
}
