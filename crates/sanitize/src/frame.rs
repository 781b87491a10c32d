//! The whole document for the sandboxed frame. Not here: any change to the letter, which is safe already.

use crate::SafeHtml;
use crate::attributes::escape;
use crate::mode::Mode;
use crate::safe_html::Paper;

/// What the frame's document may load: pictures in itself or through our scheme, and nothing else. It is the
/// second wall; the sanitiser is the first, and the web view's cut network the third.
pub const FRAME_CSP: &str = "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; \
img-src data: letter: http://letter.localhost; font-src 'none'; media-src 'none'; connect-src 'none'; \
object-src 'none'; frame-src 'none'; worker-src 'none'; manifest-src 'none'; form-action 'none'; base-uri 'none'";

/// How the app looks just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub dark: bool,
    /// The window around it is dark, whatever paper the letter is shown on.
    pub dark_around: bool,
}

impl Look {
    pub const LIGHT: Self = Self {
        dark: false,
        dark_around: false,
    };
    pub const DARK: Self = Self {
        dark: true,
        dark_around: true,
    };
}

/// What stands above a letter on paper. All of it is text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    pub title: String,
    /// "From" and whom, "To" and whom, and so on.
    pub lines: Vec<(String, String)>,
}

/// More octets than all that stands in a document and is not the letter's.
const OWN: usize = 8 * 1024;

const PAPER: &str = include_str!("frame/paper.css");
const BASE: &str = include_str!("frame/base.css");
/// The measures of letters that bring none.
const PLAIN: &str = include_str!("frame/plain.css");
/// The measures that a browser gives, for letters with a style sheet: it was written with these in mind.
const DESIGNED: &str = include_str!("frame/designed.css");
/// The room between the words of a letter and the edge of a light paper that lies in a dark window, where nobody else has left any.
const APART: &str = "body { padding: 14px 18px; }\n";
/// What a letter that passes on another quotes is what it says.
const PASSED_ON: &str = ".waxwing-quote, .waxwing-text blockquote { color: inherit; }\n";
/// What reading without a doctype means for tables.
const QUIRKS: &str = include_str!("frame/quirks.css");
const LIGHT: &str = include_str!("frame/light.css");
const DARK: &str = include_str!("frame/dark.css");
/// What no letter may decide on the screen, as `PAPER` says it for paper: a layer before the letter's own sheet, whose `!important` rules nothing in that sheet can undo.
const FIRST: &str = include_str!("frame/first.css");

impl SafeHtml {
    /// The complete document for the frame. The same letter and look give the same bytes.
    pub fn frame(&self, look: Look) -> String {
        let colours = if look.dark && self.paper() != Paper::White {
            DARK
        } else {
            LIGHT
        };
        let measures = if !self.style_sheet().is_empty() {
            DESIGNED
        } else if self.paper() == Paper::App {
            PLAIN
        } else {
            ""
        };
        let is_apart = look.dark_around && colours == LIGHT && self.style_sheet().is_empty();
        let mut document = String::with_capacity(self.fragment().len() + self.style_sheet().len() + OWN);
        // The policy stands first, so that it holds before anything else in the document is read.
        for piece in [
            self.mode().doctype(),
            "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"",
            FRAME_CSP,
            "\"><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><style>",
            FIRST,
            "</style><style>",
            BASE,
            measures,
            if is_apart { APART } else { "" },
            self.quotes(),
            self.tables(),
            colours,
            "</style><style>",
            self.style_sheet(),
            "</style></head><body",
            self.body(),
            ">",
            self.fragment(),
            "</body></html>",
        ] {
            document.push_str(piece);
        }
        document
    }

    /// What its quotes look like beyond what all do.
    fn quotes(&self) -> &'static str {
        match self.is_passed_on() {
            true => PASSED_ON,
            false => "",
        }
    }

    /// What its tables take from around them. A letter without a sheet stands on the app's own measures, and so do its tables.
    fn tables(&self) -> &'static str {
        match self.mode() == Mode::Quirks && !self.style_sheet().is_empty() {
            true => QUIRKS,
            false => "",
        }
    }

    /// The complete document for a printer: what is known of the letter, then the letter, in daylight.
    pub fn printed(&self, heading: &Heading) -> String {
        let mut title = String::new();
        escape(&heading.title, &mut title);
        let mut lines = String::new();
        for (name, value) in &heading.lines {
            for (before, text) in [("<dt>", name), ("</dt><dd>", value)] {
                lines.push_str(before);
                escape(text, &mut lines);
            }
            lines.push_str("</dd>");
        }
        let mut document = String::with_capacity(self.fragment().len() + self.style_sheet().len() + OWN);
        for piece in [
            self.mode().doctype(),
            "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"",
            FRAME_CSP,
            "\"><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><title>",
            &title,
            "</title><style>",
            PAPER,
            "</style><style>",
            BASE,
            PLAIN,
            self.quotes(),
            self.tables(),
            LIGHT,
            "</style><style>",
            self.style_sheet(),
            "</style></head><body><header class=\"waxwing-heading\"><h1>",
            &title,
            "</h1><dl>",
            &lines,
            "</dl></header><div class=\"waxwing-letter\">",
        ] {
            document.push_str(piece);
        }
        self.write_wrapped(&mut document);
        document.push_str("</div></body></html>");
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_browsers_own_rule_gives_way_to_any_of_the_senders() {
        let rules = QUIRKS.lines().filter(|line| line.contains("margin"));
        let selectors: Vec<&str> = rules.filter_map(|rule| Some(rule.split_once(" {")?.0)).collect();
        assert_eq!(selectors.len(), 2, "one for what begins and one for what ends");
        for selector in selectors {
            let inside = selector
                .strip_prefix(":where(")
                .and_then(|rest| rest.strip_suffix(')'));
            let mut depth = 0_i32;
            let is_whole = inside.is_some_and(|inside| {
                inside.chars().all(|sign| {
                    depth += i32::from(sign == '(') - i32::from(sign == ')');
                    depth >= 0
                })
            });
            assert!(is_whole, "{selector} counts for nothing beside another");
        }
    }

    #[test]
    fn what_a_body_begins_with_has_no_room_above_it_on_paper_either() {
        let letter = "<style>p{color:red}</style><body class=a><p>x";
        let (safe, _) = crate::sanitize(letter, &crate::Options::blocked());
        let page = safe.printed(&Heading::default());
        assert!(
            page.contains("<div class=\"waxwing-letter\"><div class=\"a\"><p>x"),
            "{page}"
        );
        let rule = QUIRKS.lines().find(|line| line.contains("margin-block-start"));
        for around in [".waxwing-letter,", ".waxwing-letter > div:only-child)"] {
            assert!(
                rule.is_some_and(|rule| rule.contains(around)),
                "{around} has the rule of the body"
            );
        }
    }
}
