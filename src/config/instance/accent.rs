//! The colour of buttons and links, and whether it can be read.

use std::{fmt, str::FromStr};

/// What WCAG 2.2 AA asks of text.
pub(super) const ENOUGH: f64 = 4.5;

/// The darkest surface on which a link stands in the light: the tint made of the accent, which is as light as this grey.
const BEHIND: [u8; 3] = [0xec, 0xec, 0xec];

/// A colour, in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

impl FromStr for Accent {
    type Err = ();

    /// `#00697a` or `#07a`. Nothing else: it goes into a style sheet, and into mails, whose readers know no newer way of writing it.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix('#').ok_or(())?;
        let digits = digits.chars().map(|c| c.to_digit(16)).collect::<Option<Vec<_>>>().ok_or(())?;
        let byte = |high: u32, low: u32| u8::try_from(high * 16 + low).map_err(|_| ());
        Ok(Self(match digits[..] {
            [r, g, b] => [byte(r, r)?, byte(g, g)?, byte(b, b)?],
            [r, s, g, h, b, c] => [byte(r, s)?, byte(g, h)?, byte(b, c)?],
            _ => return Err(()),
        }))
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Accent {
    /// The least contrast in the light: of white upon it, or of it upon the page. In the dark its lightness is ours, and is enough.
    pub fn contrast(&self) -> f64 {
        let on = |behind| contrast(luminance(self.0), luminance(behind));
        on([0xff; 3]).min(on(BEHIND))
    }

    /// The style sheet that puts it in the place of ours. What is beside it keeps the lightness of ours, so that contrasts hold.
    pub fn style(&self) -> String {
        format!(
            ":root{{--brand:{self};\
             --accent:light-dark(var(--brand),oklch(from var(--brand) .78 min(c,.12) h));\
             --accent-hover:light-dark(oklch(from var(--brand) calc(l - .07) c h),oklch(from var(--brand) .84 min(c,.1) h));\
             --accent-tint:light-dark(oklch(from var(--brand) .945 min(c,.022) h),oklch(from var(--brand) .29 min(c,.042) h));\
             --on-accent:light-dark(oklch(1 0 0),oklch(from var(--brand) .19 min(c,.03) h))}}"
        )
    }
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG's relative luminance.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_or_three() {
        assert_eq!("#07A".parse::<Accent>().map(|colour| colour.to_string()), Ok("#0077aa".to_owned()));
        for wrong in ["", "#", "#12345", "#1234567", "red", "#00697g", "#000;}body{display:none", "url(x)", "#+1+2+3"] {
            assert!(wrong.parse::<Accent>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn pale_colours_are_told_from_those_that_can_be_read() {
        for (colour, enough) in [
            ("#000000", true),
            ("#00697a", true),
            ("#8b1e3f", true),
            ("#3b4cc0", true),
            ("#b8500a", false),
            ("#e2001a", false),
            ("#777777", false),
            ("#ffcc00", false),
            ("#ffffff", false),
        ] {
            let colour: Accent = colour.parse().expect("a colour");
            assert_eq!(colour.contrast() >= ENOUGH, enough, "{colour}: {}", colour.contrast());
        }
    }
}
