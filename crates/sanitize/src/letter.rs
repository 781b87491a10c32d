//! The four ways in. Each ends in the last filter, so nothing else makes a [`SafeHtml`].

use std::collections::HashMap;
use std::sync::Arc;

use crate::attributes::write;
use crate::clean::clean;
use crate::css::{self, Found};
use crate::image::Purpose;
use crate::options::{Colours, Quotes};
use crate::policy::{self, Policy};
use crate::rewrite::rewrite;
use crate::safe_html::Paper;
use crate::trackers::Details;
use crate::{Findings, Options, SafeHtml, text};

/// A longer letter is cut here. Pictures written into the HTML count.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes one HTML body safe to show.
pub fn sanitize(html: &str, options: &Options) -> (SafeHtml, Findings) {
    let (safe, findings, _) = examine(html, options);
    (safe, findings)
}

fn examine(html: &str, options: &Options) -> (SafeHtml, Findings, Details) {
    if options.colours == Colours::Dark {
        let found = Found::darkening();
        let darkened = shown(html, options, &found);
        if !found.is_dark_by_design() {
            return darkened;
        }
    }
    shown(html, options, &Found::default())
}

/// `seen` is what the first pass and the style sheets go by.
fn shown(html: &str, options: &Options, seen: &Found) -> (SafeHtml, Findings, Details) {
    let start = cut(html);
    let rewritten = rewrite(start, Purpose::Showing(options), seen);
    let (mut findings, mut details) = (rewritten.findings, rewritten.details);
    findings.truncated |= start.len() < html.len();
    details.took(u64::try_from(rewritten.steps).unwrap_or(u64::MAX));
    let found = Arc::new(Found::default());
    let policy = Policy {
        pictures: rewritten.pictures,
        sending: false,
        disordered: rewritten.disordered,
        found: Arc::clone(&found),
        styles: HashMap::new(),
    };
    let body = body(&rewritten.body, &found);
    let Some(fragment) = clean(rewritten.html, policy) else {
        findings.truncated = true;
        return (SafeHtml::default(), findings, details);
    };
    let mut left = css::selectors_for(rewritten.elements);
    let style_sheet: String = rewritten
        .sheets
        .iter()
        .map(|sheet| css::sheet(sheet, seen, &mut left))
        .collect();
    findings.truncated |= seen.was_cut();
    for found in [&*found, seen] {
        findings.remote_images = findings.remote_images.saturating_add(found.remote_images());
        details.hosts_of_styles(found.hosts());
        details.took(found.steps());
    }
    let paper = match found.has_colours() || seen.has_colours() {
        true if seen.darkens() => Paper::Darkened,
        true => Paper::White,
        false => Paper::App,
    };
    (
        SafeHtml::new(fragment, style_sheet, paper).with_body(body),
        findings,
        details,
    )
}

/// The attributes of the frame's body. They are few, and each is written anew here, since the last filter sees no body.
fn body(said: &[(&str, String)], found: &Found) -> String {
    let mut body = String::new();
    for (name, value) in said {
        if *name == "style" {
            let style = css::declarations(value, found);
            if !style.is_empty() {
                write(name, &style, &mut body);
            }
        } else {
            write(name, policy::short(value), &mut body);
        }
    }
    body
}

/// Makes the parts of one letter safe to show, each by itself, so that a tag left open in one part cannot swallow
/// another (the leak known as EFAIL).
pub fn sanitize_parts(parts: &[String], options: &Options) -> (SafeHtml, Findings) {
    let (safe, findings, _) = examine_parts(parts, options);
    (safe, findings)
}

/// The same, with what there is to know beyond the counts.
pub fn examine_parts(parts: &[String], options: &Options) -> (SafeHtml, Findings, Details) {
    let each = |colours| {
        let options = Options { colours, ..*options };
        parts
            .iter()
            .map(move |part| examine(part, &options))
            .collect::<Vec<_>>()
    };
    let mut made = each(options.colours);
    // All parts stand on one paper.
    let on_white = |(safe, _, _): &(SafeHtml, Findings, Details)| safe.paper() == Paper::White;
    if made.iter().any(on_white) && !made.iter().all(on_white) {
        made = each(Colours::Own);
    }
    let mut findings = Findings::default();
    let mut all = Details::default();
    let mut clean = Vec::with_capacity(made.len());
    for (safe, found, details) in made {
        findings.add(found);
        all.add(details);
        clean.push(safe);
    }
    (SafeHtml::join(clean), findings, all)
}

/// Shows plain text: escaped, with links, with `>` quotes as nested quotes and the signature after `-- ` dimmed.
pub fn from_text(text: &str) -> SafeHtml {
    from_text_with(text, Quotes::Open)
}

/// The same, with the quote at its end folded where that is wanted.
pub fn from_text_with(text: &str, quotes: Quotes) -> SafeHtml {
    let html = text::html(cut(text), quotes);
    let policy = Policy {
        pictures: Default::default(),
        sending: false,
        disordered: false,
        found: Default::default(),
        styles: HashMap::new(),
    };
    SafeHtml::new(clean(html, policy).unwrap_or_default(), String::new(), Paper::App)
}

/// Cleans what the editor made, to go out: without scripts and without our classes. Pictures of the letter itself
/// (`cid:`) stay.
pub fn for_sending(html: &str) -> String {
    let rewritten = rewrite(cut(html), Purpose::Sending, &Found::default());
    let policy = Policy {
        pictures: rewritten.pictures,
        sending: true,
        disordered: rewritten.disordered,
        found: Default::default(),
        styles: HashMap::new(),
    };
    clean(rewritten.html, policy).unwrap_or_default()
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}
