//! The four ways in. Each ends in the last filter, so nothing else makes a [`SafeHtml`].

use std::sync::Arc;

use crate::attributes::write;
use crate::clean::clean;
use crate::css::{self, Found, Sight};
use crate::image::{Backgrounds, Purpose};
use crate::mode::Mode;
use crate::options::{Colours, Quotes};
use crate::policy::{self, Policy};
use crate::purse::{Purse, Whole};
use crate::rewrite::rewrite;
use crate::safe_html::Paper;
use crate::trackers::Details;
use crate::{Findings, Options, SafeHtml, text};

/// A longer letter is cut here. Pictures written into the HTML do not count: they are no text, and none may be longer than
/// what the reader of a letter hands on.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes one HTML body safe to show.
pub fn sanitize(html: &str, options: &Options) -> (SafeHtml, Findings) {
    let (safe, findings, _) = examine(html, options, &mut Purse::default(), None);
    (safe, findings)
}

/// What became of a part, and what was found in it.
type Examined = (SafeHtml, Findings, Details);

/// `purse`: what the parts before have taken; what this one takes is added. `whole`: the letter around the part, where it has others.
fn examine(html: &str, options: &Options, purse: &mut Purse, whole: Option<&Whole>) -> Examined {
    let before = purse.clone();
    // Out of what the parts before have left, however often it is looked at.
    let show = |found: &Found| {
        let mut taken = before.clone();
        (shown(html, options, found, &mut taken, whole), taken)
    };
    let in_own_colours = || show(&Found::default().after(&before.styles));
    let (examined, taken) = match options.colours {
        Colours::Own => in_own_colours(),
        Colours::Dark => {
            let found = Found::darkening().after(&before.styles);
            let darkened = show(&found);
            if found.has_dark_design() {
                show(&Found::of_dark_design().after(&before.styles))
            } else if found.is_dark_by_design() {
                in_own_colours()
            } else if found.may_stand_on_dark_part() {
                let own = in_own_colours();
                let ((safe, _, _), _) = &own;
                match css::stands_on_dark(safe.fragment()) {
                    true => own,
                    false => darkened,
                }
            } else {
                darkened
            }
        }
    };
    *purse = taken;
    examined
}

/// `seen` is what the first pass and the style sheets go by.
fn shown(html: &str, options: &Options, seen: &Found, purse: &mut Purse, whole: Option<&Whole>) -> Examined {
    let (start, octets) = cut_html(html, LONGEST.saturating_sub(purse.octets));
    seen.is_of(purse.octets.saturating_add(start.len()));
    let backgrounds = Backgrounds::new(options);
    let sight = Sight::bare(seen).with_pictures(&backgrounds);
    let rewritten = rewrite(start, Purpose::Showing(options), sight, purse);
    let (mut findings, mut details) = (rewritten.findings, rewritten.details);
    findings.truncated |= start.len() < html.len();
    details.took(u64::try_from(rewritten.steps).unwrap_or(u64::MAX));
    // What the first pass looked at the last filter looks at again.
    seen.begin_anew();
    let found = Arc::new(Found::beside(seen));
    let mut pictures = rewritten.pictures;
    pictures.extend(backgrounds.pictures());
    let policy = Policy {
        pictures,
        sending: false,
        disordered: rewritten.disordered,
        found: Arc::clone(&found),
        styles: Default::default(),
    };
    let body = body(&rewritten.body, &policy);
    let Some(fragment) = clean(rewritten.html, policy) else {
        findings.truncated = true;
        return (SafeHtml::default(), findings, details);
    };
    let mut variables = css::Variables::default();
    variables.read(&rewritten.sheets);
    let mut sheets = css::Sheets::for_letter(&css::Stands {
        elements: whole.map_or(rewritten.purse.elements, |whole| whole.elements),
        widest: whole.map_or(rewritten.widest, |whole| whole.widest),
        fragment: &fragment,
        body: &body,
        fragments: whole.map_or(&fragment, |whole| &whole.fragments),
        taken: purse.selectors,
    });
    for sheet in &rewritten.sheets {
        sheets.read(sheet, sight.with_variables(&variables, sheet));
    }
    details.took(u64::try_from(variables.spent()).unwrap_or(u64::MAX));
    *purse = Purse {
        octets: purse.octets.saturating_add(octets),
        widest: purse.widest.max(rewritten.widest),
        selectors: sheets.taken(),
        styles: seen.purse(),
        ..rewritten.purse
    };
    let style_sheet = sheets.finish();
    findings.plainer |= seen.was_cut() || seen.is_plainer() || found.was_cut() || found.is_plainer();
    for found in [&*found, seen] {
        findings.remote_images = findings.remote_images.saturating_add(found.remote_images());
        findings.remote_sheets = findings.remote_sheets.saturating_add(found.style_sheets());
        details.hosts_of_styles(found.hosts());
        details.took(found.steps());
    }
    let behind = backgrounds.finish();
    findings.add(behind.findings);
    details.add(behind.details);
    let paper = match found.has_colours() || seen.has_colours() {
        true if seen.darkens() || seen.shows_dark_design() => Paper::Darkened,
        true => Paper::White,
        false => Paper::App,
    };
    (
        SafeHtml::new(fragment, style_sheet, paper)
            .with_body(body)
            .with_mode(Mode::of(html))
            .with_quotes(options.quotes),
        findings,
        details,
    )
}

/// The attributes of the frame's body. They are few, and each is written anew here, since the last filter sees no body.
fn body(said: &[(&str, String)], policy: &Policy) -> String {
    let mut body = String::new();
    let put_in = policy.put_in();
    for (name, value) in said {
        if *name == "style" {
            let style = css::declarations(value, Sight::bare(&policy.found).with_pictures(&put_in));
            // What an element itself says, and strongly, would win over the frame's own rules.
            let style = style.replace(" !important", "");
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
    let parts: Vec<Part<'_>> = parts.iter().map(|part| Part::Html(part)).collect();
    examine_letter(&parts, options)
}

/// A part of a letter of several kinds of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    Html(&'a str),
    /// Plain text, as [`from_text`] shows it.
    Text(&'a str),
    /// A picture that stands between the others, with its words. The address must be in our own scheme.
    Picture {
        address: &'a str,
        name: &'a str,
    },
}

/// A letter of several kinds of parts, with what there is to know of it.
pub fn examine_letter(parts: &[Part<'_>], options: &Options) -> (SafeHtml, Findings, Details) {
    let mut made = examine_all(parts, options, options.colours);
    // All parts stand on one paper.
    let on_white = |(safe, _, _): &Examined| safe.paper() == Paper::White;
    if made.iter().any(on_white) && !made.iter().all(on_white) {
        made = examine_all(parts, options, Colours::Own);
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

/// All parts in one set of colours. Where one brings a style sheet, it is for the elements of all, which are known only when each part
/// has been looked at once.
fn examine_all(parts: &[Part<'_>], options: &Options, colours: Colours) -> Vec<Examined> {
    let (made, purse) = examine_each(parts, options, colours, None);
    let has_sheet = |(safe, _, _): &Examined| !safe.style_sheet().is_empty();
    if made.len() < 2 || !made.iter().any(has_sheet) {
        return made;
    }
    let whole = Whole {
        fragments: made.iter().map(|(safe, _, _)| safe.fragment()).collect(),
        elements: purse.elements,
        widest: purse.widest,
    };
    examine_each(parts, options, colours, Some(&whole)).0
}

fn examine_each(
    parts: &[Part<'_>],
    options: &Options,
    colours: Colours,
    whole: Option<&Whole>,
) -> (Vec<Examined>, Purse) {
    let last_text = parts
        .iter()
        .rposition(|part| !matches!(part, Part::Picture { .. }));
    let mut purse = Purse::default();
    let of_part = |part| Options {
        colours,
        part,
        ..*options
    };
    let examined = parts.iter().enumerate().map(|(number, part)| match part {
        Part::Html(html) => examine(html, &of_part(number), &mut purse, whole),
        Part::Text(text) => {
            // What follows a quote speaks of it.
            let quotes = match last_text == Some(number) || options.quotes == Quotes::PassedOn {
                true => options.quotes,
                false => Quotes::Open,
            };
            examine_plain(text, quotes, &mut purse)
        }
        Part::Picture { address, name } => (
            picture_alone(address, name),
            Default::default(),
            Default::default(),
        ),
    });
    let examined = examined.collect();
    (examined, purse)
}

/// A picture that is a part of its own.
fn picture_alone(address: &str, name: &str) -> SafeHtml {
    let mut html = String::from("<img");
    write("src", address, &mut html);
    write("alt", name, &mut html);
    html.push('>');
    let policy = Policy {
        pictures: [address.to_owned()].into_iter().collect(),
        sending: false,
        disordered: false,
        found: Default::default(),
        styles: Default::default(),
    };
    SafeHtml::new(clean(html, policy).unwrap_or_default(), String::new(), Paper::App).into_picture()
}

/// Shows plain text: escaped, with links, with `>` quotes as nested quotes and the signature after `-- ` dimmed.
pub fn from_text(text: &str) -> SafeHtml {
    from_text_with(text, Quotes::Open)
}

/// The same, with the quote at its end folded where that is wanted.
pub fn from_text_with(text: &str, quotes: Quotes) -> SafeHtml {
    examine_text(text, quotes).0
}

/// The same, with what there is to know of it.
pub fn examine_text(text: &str, quotes: Quotes) -> (SafeHtml, Findings, Details) {
    examine_plain(text, quotes, &mut Purse::default())
}

fn examine_plain(text: &str, quotes: Quotes, purse: &mut Purse) -> Examined {
    let start = cut(text, LONGEST.saturating_sub(purse.octets));
    purse.octets += start.len();
    let mut details = Details::default();
    let mut findings = Findings {
        truncated: start.len() < text.len(),
        ..Findings::default()
    };
    let before = purse.elements;
    let html = text::html(start, quotes, purse, &mut details);
    // Links of a text stand beside each other.
    purse.widest = purse.widest.max(purse.elements - before);
    let found = Arc::new(Found::default());
    let policy = Policy {
        pictures: Default::default(),
        sending: false,
        disordered: false,
        found: Arc::clone(&found),
        styles: Default::default(),
    };
    let fragment = clean(html, policy);
    findings.truncated |= fragment.is_none();
    details.took(found.steps());
    (
        SafeHtml::new(fragment.unwrap_or_default(), String::new(), Paper::App).with_quotes(quotes),
        findings,
        details,
    )
}

/// Cleans what the editor made, to go out: without scripts and without our classes. Pictures of the letter itself
/// (`cid:`) stay.
pub fn for_sending(html: &str) -> String {
    let (start, _) = cut_html(html, LONGEST);
    let found = Found::default();
    let rewritten = rewrite(start, Purpose::Sending, Sight::bare(&found), &Purse::default());
    let policy = Policy {
        pictures: rewritten.pictures,
        sending: true,
        disordered: rewritten.disordered,
        found: Default::default(),
        styles: Default::default(),
    };
    clean(rewritten.html, policy).unwrap_or_default()
}

fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}

/// HTML as far as it is read, and how long that is. The signs of pictures that are written into it are passed over as they are counted.
fn cut_html(html: &str, longest: usize) -> (&str, usize) {
    const PICTURE: &str = "data:image/";
    if html.len() <= longest {
        return (html, html.len());
    }
    let (mut end, mut left) = (0, longest);
    loop {
        let rest = html.get(end..).unwrap_or_default();
        let text = rest.find(PICTURE).map_or(rest.len(), |at| at + PICTURE.len());
        if text > left {
            let cut = html.get(..html.floor_char_boundary(end + left));
            return (cut.unwrap_or(html), longest);
        }
        if text == rest.len() {
            return (html, longest - (left - text));
        }
        left -= text;
        let picture = rest.get(text..).unwrap_or_default().bytes();
        let is_of_one = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=;,%\r\n".contains(byte);
        end += text + picture.take_while(is_of_one).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_written_into_a_letter_leave_room_for_its_text() {
        let picture = format!("<img src=\"data:image/png;base64,{}\">", "A".repeat(LONGEST / 2));
        let html = format!("{picture}{picture}{picture}<p>the end");
        assert_eq!(
            cut_html(&html, LONGEST).0.len(),
            html.len(),
            "three pictures are not too much"
        );
        let long = format!("{picture}{}", "ä".repeat(LONGEST));
        let kept = cut_html(&long, LONGEST).0.len() - picture.len();
        assert!(
            kept < LONGEST && kept > LONGEST - 60,
            "the text is cut still: {kept}"
        );
        let words = "data:image/ ".repeat(LONGEST / 6);
        assert!(
            cut_html(&words, LONGEST).0.len() < words.len(),
            "a word alone is no picture"
        );
    }

    #[test]
    fn a_text_that_is_cut_is_told_to_be() {
        let (safe, findings, _) = examine_text(&"> käse\n".repeat(800_000), Quotes::Open);
        assert!(findings.truncated, "it ends early");
        assert!(safe.fragment().len() < 16_000_000);
        assert!(!examine_text("käse", Quotes::Open).1.truncated);
    }
}
