//! The log as CSV. Pure.

use super::told::{Told, Whom};
use crate::{
    i18n::{Lang, audit as words},
    web::csv::{MARK, line, moment},
};

/// The whole file; times as the clocks of `zone` say them.
pub fn write(lang: Lang, zone: &str, lines: &[Told]) -> String {
    let mut text = String::from(MARK);
    let heads = [words::sheet_who(lang), words::sheet_what(lang), words::sheet_whom(lang)];
    line(&mut text, &[&words::sheet_time(lang, zone), heads[0], heads[1], heads[2]]);
    for told in lines {
        let whom = match &told.whom {
            Whom::Named(name) => name,
            Whom::Guest => words::a_guest(lang),
            Whom::Somebody => "",
        };
        line(&mut text, &[&moment(told.at, zone), told.who(lang), &told.sentence(lang), whom]);
    }
    text
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::rooms::audit::Action;

    #[test]
    fn no_name_is_a_formula() {
        let told = Told {
            at: DateTime::UNIX_EPOCH,
            who: Whom::Named("=HYPERLINK(\"http://x\")".into()),
            action: Action::Muted,
            whom: Whom::Named("@SUM(A1)".into()),
            detail: String::new(),
        };
        assert_eq!(
            write(Lang::En, "Europe/Paris", &[told]),
            "\u{feff}\"Time (Europe/Paris)\",\"Who\",\"What\",\"About\"\r\n\
             \"1970-01-01 01:00\",\"'=HYPERLINK(\"\"http://x\"\")\",\"'\u{2068}=HYPERLINK(\"\"http://x\"\")\u{2069} muted \u{2068}@SUM(A1)\u{2069}\",\"'@SUM(A1)\"\r\n"
        );
    }
}
