//! The first pass, over tags and text: drops what no letter needs, flattens absurd nesting, decides about pictures
//! and links, and gathers the style sheets. What it writes goes through the last filter, which trusts none of it.
//!
//! It sees all attributes of a tag at once, which the last filter does not. Not here: the tree.

mod blocked;
mod decided;
mod foreign;
mod form;
mod room;
mod root;
mod style;
mod turning;
mod unseen;
mod writing;

use std::collections::HashSet;

use crate::attributes::Attributes;
use crate::css::Sight;
use crate::element::{Fate, Text, ends_foreign, is_phrase, is_void};
use crate::fold::Fold;
use crate::image::{Picture, Purpose, picture};
use crate::markup::{Reader, Tag, tell};
use crate::nesting::{Nesting, Place};
use crate::options::Quotes;
use crate::purse::Purse;
use crate::trackers::Details;
use crate::turns::Turns;
use crate::unbroken::Unbroken;
use crate::{Findings, css, policy, quote};
use foreign::Foreign;
use turning::Boxes;

/// More elements than this nobody reads. Text beyond stays, its tags do not.
const MOST_ELEMENTS: usize = 150_000;
/// More style than this no letter needs.
const LONGEST_SHEET: usize = 512 * 1024;

/// What the first pass made.
pub(crate) struct Rewritten {
    pub(crate) html: String,
    /// The letter's style sheets, not yet filtered. Each is read by itself: one left open must not swallow the next.
    pub(crate) sheets: Vec<String>,
    /// The picture URLs that we put in. Any other one that is found later did not come from us.
    pub(crate) pictures: HashSet<String>,
    pub(crate) findings: Findings,
    pub(crate) details: Details,
    /// Tags were misnested, so the tree may not read back as itself.
    pub(crate) disordered: bool,
    /// What was taken, with what the parts before had.
    pub(crate) purse: Purse,
    /// So many of them stand side by side at the most.
    pub(crate) widest: usize,
    /// So much was looked at for it.
    pub(crate) steps: usize,
    /// What the letter says of its body, where nothing to be seen stands before it.
    pub(crate) body: Vec<(&'static str, String)>,
}

/// Runs the first pass. `sight` says whether colours are changed for dark paper and where pictures of styles are, which are
/// put in here and only once. `purse`: what the parts before have taken.
pub(crate) fn rewrite(html: &str, purpose: Purpose, sight: Sight<'_>, purse: &Purse) -> Rewritten {
    let mut pass = Pass {
        purpose,
        sight,
        variables: css::Variables::default(),
        fold: Fold::default(),
        made: Rewritten {
            html: String::with_capacity(html.len()),
            sheets: Vec::new(),
            pictures: HashSet::new(),
            findings: Findings::default(),
            details: Details::default(),
            disordered: false,
            purse: purse.clone(),
            widest: 0,
            steps: 0,
            body: Vec::new(),
        },
        nesting: Nesting::default(),
        inside: Inside::Html,
        after_pre: false,
        blank: true,
        bare: None,
        hidden_at: None,
        hiding: css::Hiding::default(),
        heights: css::Heights::default(),
        stretching_at: None,
        choices: 0,
        unbroken: Unbroken::after(purse.words),
        turns: Turns::after(purse.turns),
        boxes: Boxes::default(),
    };
    let told = tell(html, &mut pass);
    pass.close_box();
    pass.made.purse.words = pass.unbroken.spent();
    pass.made.purse.turns = pass.turns.count();
    let steps = told + pass.nesting.steps() + pass.made.steps + pass.variables.spent();
    let folds = matches!(purpose, Purpose::Showing(options) if options.quotes == Quotes::Folded);
    if folds && !pass.nesting.is_disordered() {
        std::mem::take(&mut pass.fold).apply(&mut pass.made.html);
    }
    Rewritten {
        disordered: pass.nesting.is_disordered(),
        widest: pass.nesting.widest(),
        steps,
        ..pass.made
    }
}

/// Where in the letter the pass is.
enum Inside {
    Html,
    /// In an element that goes with its content, so many of its own name deep.
    Removed(&'static str, usize),
    /// In a drawing or a formula.
    Foreign(Foreign),
    /// In an element whose content is text, which is kept, dropped, or a style sheet.
    Text(&'static str, Fate),
}

struct Pass<'a> {
    purpose: Purpose<'a>,
    sight: Sight<'a>,
    /// What has a name in the sheets, once a style has asked.
    variables: css::Variables,
    fold: Fold,
    made: Rewritten,
    nesting: Nesting,
    inside: Inside,
    after_pre: bool,
    /// Nothing to be seen stands in the letter yet.
    blank: bool,
    /// Blocks that begin one in the other with nothing between them: where the outermost begins, and how deep it stands.
    bare: Option<(usize, usize)>,
    /// How deep the outermost element stands that is open and hidden.
    hidden_at: Option<usize>,
    /// The classes by which the sheets hide pictures, once somebody has asked.
    hiding: css::Hiding,
    /// And those whose heights they leave to the file.
    heights: css::Heights,
    /// How deep the outermost element stands that is open and may stretch what is in it.
    stretching_at: Option<usize>,
    /// Choices of the field that were shown already.
    choices: usize,
    unbroken: Unbroken,
    turns: Turns,
    boxes: Boxes,
}

impl Reader for Pass<'_> {
    fn start(&mut self, tag: &Tag) {
        let (name, attributes) = (tag.name, Attributes(tag.attributes));
        self.count_scripts(name, &attributes);
        if let Inside::Removed(removed, depth) = &mut self.inside {
            *depth += usize::from(*removed == name);
            return;
        }
        if let Inside::Foreign(foreign) = &mut self.inside {
            if !ends_foreign(name) {
                if foreign.start(tag) {
                    self.text(" ");
                }
                return;
            }
            self.inside = Inside::Html;
        }
        self.count_sheets(name, &attributes);
        match tag.fate {
            Fate::Keep => {
                self.keep(name, &attributes, None);
            }
            Fate::As(other) => self.keep_as(name, other, &attributes),
            Fate::Unwrap => {
                self.made.details.starts(name, None);
                match name {
                    "input" => self.input(&attributes),
                    "option" => self.choice(),
                    _ => {}
                }
            }
            Fate::Root => self.root(name, &attributes),
            Fate::Foreign if tag.is_closed => {}
            Fate::Foreign => self.inside = Inside::Foreign(Foreign::new(name)),
            Fate::Remove => self.inside = Inside::Removed(name, 1),
            Fate::Sheet => self.sheet(name, &attributes),
            fate @ (Fate::KeepText(_) | Fate::RemoveText(_)) => {
                if let Fate::KeepText(_) = fate {
                    // Nothing but text comes before its end, as with an element that has none.
                    self.close_box();
                    self.nesting.void("pre", &mut self.made.html);
                    self.made.html.push_str("<pre>");
                    self.after_pre = true;
                }
                self.inside = Inside::Text(name, fate);
            }
        }
    }

    fn end(&mut self, name: &'static str, fate: Fate) {
        match &mut self.inside {
            Inside::Html => {
                let (written, is_kept) = match fate {
                    Fate::Keep => (name, !is_void(name)),
                    Fate::As(other) => (other, true),
                    _ => (name, false),
                };
                if is_kept && self.ends_left_out(written) {
                    return self.made.details.ends(written);
                }
                if is_kept {
                    self.close_box();
                }
                let before = self.made.html.len();
                self.bare = None;
                if is_kept && self.nesting.end(written, &mut self.made.html) {
                    self.write_end(written);
                }
                match written {
                    "a" => self.made.details.link_ends(),
                    name => self.made.details.ends(name),
                }
                self.fold
                    .ended(before, self.made.html.len(), self.nesting.depth());
            }
            Inside::Removed(removed, depth) => {
                if *removed == name {
                    *depth -= 1;
                    if *depth == 0 {
                        self.inside = Inside::Html;
                    }
                }
            }
            Inside::Foreign(foreign) => {
                if !foreign.end(name) {
                    self.inside = Inside::Html;
                }
            }
            Inside::Text(element, fate) => {
                if *element == name {
                    if let Fate::KeepText(_) = fate {
                        self.close_box();
                        self.made.html.push_str("</pre>");
                    }
                    self.inside = Inside::Html;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        match &self.inside {
            Inside::Foreign(foreign) if !foreign.speaks() => {}
            Inside::Html | Inside::Foreign(_) => {
                let text = self.without_first_end(text);
                self.nesting.text(text, &mut self.made.html);
                self.note_seen(text);
                self.made.details.text(text);
                self.write_text(text);
            }
            Inside::Text(_, Fate::KeepText(_)) => {
                let text = self.without_first_end(text);
                self.note_seen(text);
                self.made.details.text(text);
                self.write_text(text);
            }
            Inside::Text(_, Fate::Sheet) => {
                let length = self.made.purse.sheets.saturating_add(text.len());
                self.made.purse.sheets = length;
                match self.made.sheets.last_mut().filter(|_| length <= LONGEST_SHEET) {
                    Some(sheet) => {
                        // Within a rule around it the marks of old comments would be part of its first one.
                        let first = sheet.starts_with("@media") && sheet.ends_with("{\n");
                        let bare = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
                        sheet.push_str(if first { bare } else { text });
                    }
                    None => self.made.findings.plainer = true,
                }
            }
            Inside::Text(..) | Inside::Removed(..) => {}
        }
    }
}

impl Pass<'_> {
    /// A style sheet begins, for a medium that is a rule around it.
    fn sheet(&mut self, name: &'static str, attributes: &Attributes) {
        let css = attributes
            .get("type")
            .is_none_or(|kind| kind.trim().eq_ignore_ascii_case("text/css"));
        let media = attributes.get("media").filter(|media| !media.trim().is_empty());
        if css {
            let media = media.map(|media| format!("@media {media} {{\n"));
            self.made.sheets.push(media.unwrap_or_default());
        }
        let fate = if css {
            Fate::Sheet
        } else {
            Fate::RemoveText(Text::Rawtext)
        };
        self.inside = Inside::Text(name, fate);
    }

    /// A line end right after <pre> is dropped by every parser that reads this later.
    fn without_first_end<'t>(&mut self, text: &'t str) -> &'t str {
        let text = match self.after_pre {
            true => text.trim_start_matches('\n'),
            false => text,
        };
        self.after_pre &= text.is_empty();
        text
    }

    /// Writes a start tag, with a class of ours if it has one. Says whether it was taken note of, so that its end is to be.
    fn keep(&mut self, name: &'static str, attributes: &Attributes, ours: Option<&'static str>) -> bool {
        let style = attributes.get("style").map(|style| self.filled(style));
        let style = style.as_deref();
        self.made.details.starts(name, style);
        if self.hidden_at.is_some_and(|at| self.nesting.depth() < at) {
            self.hidden_at = None;
        }
        if self.stretching_at.is_some_and(|at| self.nesting.depth() < at) {
            self.stretching_at = None;
        }
        let unseen = name == "img" && self.is_unseen(attributes, style);
        let picture = (name == "img").then(|| {
            let made = &mut self.made;
            picture(
                attributes,
                style,
                unseen,
                self.purpose,
                &mut made.findings,
                &mut made.details,
            )
        });
        if picture == Some(Picture::Gone) {
            return false;
        }
        if self.made.purse.elements >= MOST_ELEMENTS {
            self.made.findings.truncated = true;
            return false;
        }
        if !self.has_room_for(name) {
            self.made.findings.plainer = true;
            return false;
        }
        if self.is_left_out(name, attributes, style) {
            self.made.findings.plainer = true;
            return true;
        }
        self.close_box();
        self.made.purse.elements += 1;
        self.blank = false;
        if !is_phrase(name) {
            self.unbroken.ends();
        }
        let place = if is_void(name) {
            self.nesting.void(name, &mut self.made.html)
        } else {
            self.nesting
                .start_spanning(name, policy::spans(name, attributes), &mut self.made.html)
        };
        if place != Place::Good {
            self.made.findings.too_deep |= place == Place::TooDeep;
            return place == Place::TooDeep;
        }
        self.after_pre = name == "pre";
        if !is_void(name) {
            self.note_hidden(style);
            self.note_stretching(style);
            self.note_box(name, style);
        }
        let depth = self.nesting.depth() - usize::from(!is_void(name));
        self.fold.within(depth);
        let bare = match self.bare.take() {
            Some(outer) if name == "div" => outer,
            _ => (self.made.html.len(), depth),
        };
        if picture.is_some() {
            self.fold.seen();
        } else if quote::is_quote(name, attributes) {
            self.fold.quote(self.made.html.len(), depth);
        } else if quote::begins_earlier(name, attributes) {
            self.fold.rest(bare.0, bare.1);
        }
        self.bare = (name == "div").then_some(bare);
        self.made.html.push('<');
        self.made.html.push_str(name);
        let shape = self.shape(name, attributes, style);
        self.write_plain(name, attributes, shape);
        self.write_style(name, attributes, style, shape);
        self.write_decided(name, attributes, picture, ours);
        self.note_words(name, attributes);
        self.made.html.push('>');
        true
    }
}
