//! Which attributes may stay, and the last look at each value. The same list serves both passes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::attributes::Attributes;
use crate::css::{self, Colour, Found, Role, Sight};
use crate::{image, link};

/// Attributes that every element may have. Names (`name`) are not among them: nothing in a letter needs one.
const ANYWHERE: [&str; 15] = [
    "align",
    "aria-hidden",
    "aria-label",
    "bgcolor",
    "class",
    "dir",
    "height",
    "id",
    "lang",
    "role",
    "style",
    "title",
    "translate",
    "valign",
    "width",
];

/// Attributes of single elements.
const SINGLE: [(&str, &[&str]); 27] = [
    ("a", &["href"]),
    ("area", &["alt", "coords", "href", "rel", "shape"]),
    ("blockquote", &["type"]),
    ("br", &["clear"]),
    ("caption", &[]),
    ("col", &["char", "charoff", "span"]),
    ("colgroup", &["char", "charoff", "span"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dl", &["compact"]),
    ("font", &["color", "face", "size"]),
    ("hr", &["color", "noshade", "size"]),
    ("img", &["alt", "border", "hspace", "src", "usemap", "vspace"]),
    ("ins", &["datetime"]),
    ("li", &["type", "value"]),
    ("map", &["name"]),
    ("ol", &["compact", "reversed", "start", "type"]),
    ("pre", &["wrap"]),
    (
        "table",
        &[
            "border",
            "bordercolor",
            "cellpadding",
            "cellspacing",
            "frame",
            "rules",
            "summary",
        ],
    ),
    ("tbody", &["char", "charoff"]),
    (
        "td",
        &[
            "abbr", "axis", "char", "charoff", "colspan", "headers", "nowrap", "rowspan", "scope",
        ],
    ),
    ("tfoot", &["char", "charoff"]),
    (
        "th",
        &[
            "abbr", "axis", "char", "charoff", "colspan", "headers", "nowrap", "rowspan", "scope",
        ],
    ),
    ("thead", &["char", "charoff"]),
    ("time", &["datetime"]),
    ("tr", &["char", "charoff"]),
    ("ul", &["compact", "type"]),
];

/// Lengths in attributes beyond this are mistakes or mischief, as in styles.
const LONGEST: u32 = 20_000;
/// Columns and rows are made for a cell that asks for them, whether anything stands in them or not.
const WIDEST: u32 = 100;

/// Octets of a value that is no style and no address.
const LONGEST_VALUE: usize = 4 * 1024;

/// So many different styles are remembered, none of which is longer than this in octets.
const MOST_STYLES: usize = 2_000;
const LONGEST_STYLE: usize = 4 * 1024;

/// Whether an element may have an attribute.
pub(crate) fn may_have(element: &str, attribute: &str) -> bool {
    ANYWHERE.contains(&attribute) || single(element).contains(&attribute)
}

/// The attributes that an element may have beside those that all may.
fn single(element: &str) -> &'static [&'static str] {
    let found = SINGLE.binary_search_by(|(name, _)| (*name).cmp(element)).ok();
    found
        .and_then(|at| SINGLE.get(at))
        .map_or(&[], |(_, attributes)| *attributes)
}

/// Styles, and what became of each. Its hashes are short work, and nobody who writes a letter knows their seed.
pub(crate) type Styles = foldhash::HashMap<String, String>;

/// What the last filter needs to know of the letter.
pub(crate) struct Policy {
    /// The picture URLs that the first pass put in.
    pub(crate) pictures: HashSet<String>,
    pub(crate) sending: bool,
    /// Its tags were misnested.
    pub(crate) disordered: bool,
    pub(crate) found: Arc<Found>,
    /// What became of styles that stood in this letter before: a newsletter has the same few hundreds of times.
    pub(crate) styles: Styles,
}

impl Policy {
    /// A value as it may stay, or `None` if the attribute must go.
    pub(crate) fn value<'v>(
        &mut self,
        element: &str,
        attribute: &str,
        value: &'v str,
    ) -> Option<Cow<'v, str>> {
        match attribute {
            "style" => {
                let style = self.style(value);
                (!style.is_empty()).then_some(Cow::Owned(style))
            }
            // On `<a>` the builder puts it in; on `<area>` the first pass does, and this is all it may say.
            "rel" => (element == "area").then_some(Cow::Borrowed("noopener noreferrer")),
            "href" if element == "a" && !self.sending && link::is_place(value) => Some(Cow::Borrowed(value)),
            "href" => link::allowed(value).map(|url| Cow::Owned(url.into())),
            "src" => (element == "img" && self.put_in().has(value)).then_some(Cow::Borrowed(value)),
            "usemap" => value.starts_with('#').then_some(Cow::Borrowed(value)),
            "height" if !css::bears_height(value, &self.found) => None,
            "width" | "height" | "hspace" | "vspace" | "size" | "border" | "cellpadding" | "cellspacing" => {
                is_bearable(value, LONGEST).then_some(Cow::Borrowed(value))
            }
            "colspan" | "rowspan" | "span" => is_bearable(value, WIDEST).then_some(Cow::Borrowed(value)),
            "face" => css::names_fonts(value, &self.found).then_some(Cow::Borrowed(short(value))),
            "bgcolor" | "color" => {
                self.found.colour();
                Some(Cow::Borrowed(short(value)))
            }
            _ => Some(Cow::Borrowed(short(value))),
        }
    }

    /// A style that would load a picture, or take what a letter has little of, is read every time, so that each of them is counted; and so is one so long that it
    /// would be much to remember.
    fn style(&mut self, value: &str) -> String {
        if let Some(known) = self.styles.get(value) {
            return known.clone();
        }
        let before = (self.found.remote_images(), self.found.spent());
        let put_in = self.put_in();
        let style = css::declarations(value, Sight::bare(&self.found).with_pictures(&put_in));
        let is_short = value.len().max(style.len()) <= LONGEST_STYLE;
        if is_short
            && (self.found.remote_images(), self.found.spent()) == before
            && self.styles.len() < MOST_STYLES
        {
            self.styles.insert(value.to_owned(), style.clone());
        }
        style
    }

    pub(crate) fn put_in(&self) -> PutIn<'_> {
        PutIn {
            pictures: &self.pictures,
            sending: self.sending,
            found: &self.found,
        }
    }
}

/// The pictures that the first pass put in.
pub(crate) struct PutIn<'p> {
    pictures: &'p HashSet<String>,
    sending: bool,
    found: &'p Found,
}

impl PutIn<'_> {
    /// Whether a URL was put in by the first pass; and even then it must be of a kind that we put in.
    fn has(&self, url: &str) -> bool {
        if !self.pictures.contains(url) {
            return false;
        }
        let away = || matches!(link::scheme(url).as_deref(), Some("http" | "https"));
        image::is_data(url)
            || if self.sending {
                image::is_content_id(url) || away()
            } else {
                link::is_ours(url)
            }
    }
}

impl css::Pictures for PutIn<'_> {
    fn shows_remote(&self) -> bool {
        !self.sending
    }

    fn at(&self, url: &str, _unseen: bool) -> Option<String> {
        let is_known = !self.sending && self.has(url);
        if !is_known {
            self.found.url(url);
        }
        is_known.then(|| url.to_owned())
    }
}

/// A value of before CSS with its colours changed for dark paper, where `found` says so.
pub(crate) fn for_paper<'v>(element: &str, attribute: &str, value: &'v str, found: &Found) -> Cow<'v, str> {
    if !found.darkens() {
        return Cow::Borrowed(value);
    }
    match attribute {
        "bgcolor" | "color" | "bordercolor" => match Colour::attribute(value) {
            Some(colour) => {
                if attribute == "bgcolor" && colour.is_dark_paper() {
                    found.dark_part();
                }
                let role = match attribute {
                    "bgcolor" => Role::Paper,
                    // Of a line across the letter, not of words.
                    "color" if element == "hr" => Role::Line,
                    "color" => Role::Text,
                    _ => Role::Line,
                };
                Cow::Owned(format!("#{}", colour.on_dark(role).to_digits()))
            }
            None => Cow::Borrowed(value),
        },
        _ => Cow::Borrowed(value),
    }
}

/// As much of a value as anybody reads. Selectors may ask what is in it, once for each of them.
pub(crate) fn short(value: &str) -> &str {
    value
        .get(..value.floor_char_boundary(LONGEST_VALUE))
        .unwrap_or(value)
}

/// Whether a number is no larger than it may be, read as HTML reads integers: white space, a sign, digits, and whatever
/// follows (WHATWG HTML, section 2.3.4.1).
fn is_bearable(length: &str, most: u32) -> bool {
    let length = length.trim();
    let length = length.strip_prefix(['+', '-']).unwrap_or(length);
    let digits = length.chars().take_while(char::is_ascii_digit).count();
    digits <= 5
        && length
            .get(..digits)
            .is_none_or(|digits| digits.parse::<u32>().unwrap_or(0) <= most)
}

/// How many columns and rows a cell of a table spans. What is too large stays away.
pub(crate) fn spans(element: &str, attributes: &Attributes) -> (usize, usize) {
    if !matches!(element, "td" | "th") {
        return (1, 1);
    }
    let span = |name| {
        let value = attributes.get(name).filter(|value| is_bearable(value, WIDEST));
        let value = value.unwrap_or_default().trim().trim_start_matches('+');
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        let span = value.get(..digits).and_then(|digits| digits.parse().ok());
        // As many rows as follow are written as none.
        let most = usize::try_from(WIDEST).unwrap_or_default();
        span.map_or(1, |span| if span == 0 { most } else { span })
    };
    (span("colspan"), span("rowspan"))
}

/// The allow-list in the form that the last filter takes.
pub(crate) fn attributes() -> (
    HashSet<&'static str>,
    HashMap<&'static str, HashSet<&'static str>>,
) {
    let single = SINGLE
        .iter()
        .map(|(name, attributes)| (*name, attributes.iter().copied().collect()));
    (ANYWHERE.into_iter().collect(), single.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_bounded_with_a_sign_before_them_and_without() {
        let mut policy = Policy {
            pictures: HashSet::new(),
            sending: false,
            disordered: false,
            found: Arc::default(),
            styles: Default::default(),
        };
        let mut stays = |element, attribute, value| policy.value(element, attribute, value).is_some();
        for (element, attribute, value) in [
            ("td", "colspan", "+1000"),
            ("td", "rowspan", " +65534"),
            ("col", "span", "+999"),
            ("hr", "size", "+99999999"),
            ("table", "border", "-99999999"),
            ("table", "cellpadding", "99999999"),
            ("table", "cellspacing", "+99999999"),
            // More than a number of this machine holds.
            ("table", "cellspacing", "99999999999"),
            ("td", "colspan", "+99999999999"),
        ] {
            assert!(!stays(element, attribute, value), "{attribute}={value}");
        }
        for (element, attribute, value) in [
            ("font", "size", "+1"),
            ("font", "size", "-2"),
            ("td", "colspan", "+3"),
            ("table", "cellpadding", "10"),
            ("td", "width", "100%"),
        ] {
            assert!(stays(element, attribute, value), "{attribute}={value}");
        }
    }

    #[test]
    fn single_elements_stand_in_order_and_have_what_is_theirs() {
        assert!(SINGLE.is_sorted(), "the list is searched by halves");
        assert!(may_have("td", "colspan") && may_have("ul", "type") && may_have("a", "href"));
        assert!(may_have("nobody", "class") && !may_have("nobody", "href") && !may_have("div", "colspan"));
    }

    #[test]
    fn styles_are_remembered_if_they_are_short() {
        let mut policy = Policy {
            pictures: HashSet::new(),
            sending: false,
            disordered: false,
            found: Arc::default(),
            styles: Default::default(),
        };
        let long = "color: red; ".repeat(1_000);
        for _ in 0..2 {
            assert!(
                policy
                    .value("p", "style", &long)
                    .is_some_and(|style| style.len() > 4_096)
            );
        }
        assert!(policy.styles.is_empty(), "a long one would be much to remember");
        for _ in 0..2 {
            assert_eq!(
                policy.value("p", "style", "color:red").as_deref(),
                Some("color: red")
            );
        }
        assert_eq!(policy.styles.len(), 1);
    }
}
