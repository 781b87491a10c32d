//! The four ways in. Each ends in the last filter, so nothing else makes a [`SafeHtml`].

use std::sync::Arc;

use crate::clean::clean;
use crate::css::{self, Found};
use crate::image::Purpose;
use crate::policy::Policy;
use crate::rewrite::rewrite;
use crate::safe_html::Paper;
use crate::{Findings, Options, SafeHtml, text};

/// A longer letter is cut here. Pictures written into the HTML count.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes one HTML body safe to show.
pub fn sanitize(html: &str, options: &Options) -> (SafeHtml, Findings) {
    let start = cut(html);
    let rewritten = rewrite(start, Purpose::Showing(options));
    let mut findings = rewritten.findings;
    findings.truncated |= start.len() < html.len();
    let found = Arc::new(Found::default());
    let policy = Policy {
        pictures: rewritten.pictures,
        sending: false,
        disordered: rewritten.disordered,
        found: Arc::clone(&found),
    };
    let Some(fragment) = clean(rewritten.html, policy) else {
        findings.truncated = true;
        return (SafeHtml::default(), findings);
    };
    let style_sheet: String = rewritten
        .sheets
        .iter()
        .map(|sheet| css::sheet(sheet, &found))
        .collect();
    findings.remote_images = findings.remote_images.saturating_add(found.remote_images());
    let paper = if found.has_colours() {
        Paper::White
    } else {
        Paper::App
    };
    (SafeHtml::new(fragment, style_sheet, paper), findings)
}

/// Makes the parts of one letter safe to show, each by itself, so that a tag left open in one part cannot swallow
/// another (the leak known as EFAIL).
pub fn sanitize_parts(parts: &[String], options: &Options) -> (SafeHtml, Findings) {
    let mut findings = Findings::default();
    let mut clean = Vec::with_capacity(parts.len());
    for part in parts {
        let (safe, found) = sanitize(part, options);
        findings.add(found);
        clean.push(safe);
    }
    (SafeHtml::join(clean), findings)
}

/// Shows plain text: escaped, with links, with `>` quotes as nested quotes and the signature after `-- ` dimmed.
pub fn from_text(text: &str) -> SafeHtml {
    let html = text::html(cut(text));
    let policy = Policy {
        pictures: Default::default(),
        sending: false,
        disordered: false,
        found: Default::default(),
    };
    SafeHtml::new(clean(html, policy).unwrap_or_default(), String::new(), Paper::App)
}

/// Cleans what the editor made, to go out: without scripts and without our classes. Pictures of the letter itself
/// (`cid:`) stay.
pub fn for_sending(html: &str) -> String {
    let rewritten = rewrite(cut(html), Purpose::Sending);
    let policy = Policy {
        pictures: rewritten.pictures,
        sending: true,
        disordered: rewritten.disordered,
        found: Default::default(),
    };
    clean(rewritten.html, policy).unwrap_or_default()
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}
