//! Plain text as a letter: links, nested quotes, the signature. The words and their spacing stay as they are.

use linkify::{LinkFinder, LinkKind};

use crate::attributes::{escape, write};
use crate::fold::{Fold, is_seen};
use crate::options::Quotes;
use crate::quote;

/// Deeper quotes than this are shown at this depth.
const DEEPEST: usize = 24;

/// HTML for `text`. It still goes through the last filter.
pub(crate) fn html(text: &str, quotes: Quotes) -> String {
    let mut page = Page {
        html: String::with_capacity(text.len() * 2),
        depth: 0,
        signature: false,
        fresh: true,
        fold: Fold::default(),
    };
    page.html.push_str("<div class=\"waxwing-text\">");
    // A line end is CR LF on the wire (RFC 5322 section 2.1) and anything at all in practice.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for line in text.trim_end_matches('\n').split('\n') {
        page.line(line);
    }
    page.leave_signature();
    page.set_depth(0);
    if quotes == Quotes::Folded {
        std::mem::take(&mut page.fold).apply(&mut page.html);
    }
    page.html.push_str("</div>");
    page.html
}

struct Page {
    html: String,
    depth: usize,
    signature: bool,
    /// Nothing stands in this block yet, so no line end is wanted before the next line.
    fresh: bool,
    fold: Fold,
}

impl Page {
    fn line(&mut self, line: &str) {
        let (depth, rest) = depth(line);
        if depth != self.depth {
            self.leave_signature();
            self.set_depth(depth);
        }
        // RFC 3676 section 4.3: the separator is "-- " alone on its line. Many programs lose the space.
        if !self.signature && matches!(rest, "-- " | "--") {
            self.html.push_str("<div class=\"waxwing-signature\">");
            self.signature = true;
            self.fresh = true;
        }
        if !self.fresh {
            self.html.push('\n');
        }
        self.fresh = false;
        if is_seen(rest) {
            self.fold.seen();
        }
        link(rest, &mut self.html);
    }

    fn set_depth(&mut self, depth: usize) {
        if self.depth == 0 && depth > 0 {
            self.fold.quote(self.html.len(), 0);
        }
        while self.depth < depth {
            self.html.push_str("<blockquote type=\"cite\"");
            write("class", quote::CLASS, &mut self.html);
            self.html.push('>');
            self.depth += 1;
            self.fresh = true;
        }
        while self.depth > depth {
            self.html.push_str("</blockquote>");
            self.depth -= 1;
            self.fresh = true;
        }
        if depth == 0 {
            self.fold.ended(self.html.len(), 0);
        }
    }

    fn leave_signature(&mut self) {
        if self.signature {
            self.html.push_str("</div>");
            self.signature = false;
            self.fresh = true;
        }
    }
}

/// How many `>` a line begins with, and what follows (RFC 3676 section 4.5, and the `> >` of other programs).
fn depth(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(after) = rest
        .strip_prefix('>')
        .or_else(|| rest.strip_prefix(" >").filter(|_| depth > 0))
    {
        depth += 1;
        rest = after;
    }
    if depth == 0 {
        return (0, line);
    }
    (depth.min(DEEPEST), rest.strip_prefix(' ').unwrap_or(rest))
}

fn link(line: &str, to: &mut String) {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    for span in finder.spans(line) {
        let text = span.as_str();
        let href = match span.kind() {
            Some(LinkKind::Email) => Some(format!("mailto:{text}")),
            Some(_) if starts_with(text, &["http://", "https://", "mailto:"]) => Some(text.to_owned()),
            // Without a scheme only what begins with www is surely meant as a link; "notes.txt" is not.
            Some(_) if starts_with(text, &["www."]) => Some(format!("https://{text}")),
            _ => None,
        };
        match href {
            Some(href) => {
                to.push_str("<a");
                write("href", &href, to);
                to.push('>');
                visible(text, to);
                to.push_str("</a>");
            }
            None => visible(text, to),
        }
    }
}

/// Text without the control characters that a terminal would obey and a page would show as boxes.
fn visible(text: &str, to: &mut String) {
    if text.contains(|one: char| one.is_control() && one != '\t') {
        let shown: String = text
            .chars()
            .filter(|&one| !one.is_control() || one == '\t')
            .collect();
        escape(&shown, to);
    } else {
        escape(text, to);
    }
}

fn starts_with(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| {
        text.get(..beginning.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    })
}
