//! Plain text from HTML: the words, with line breaks, lists, quotes and links as plain text has them.
//!
//! It reads tags as they come and builds no tree, so that nesting costs nothing and the work is linear.

use crate::html_tokens::{Token, Tokens, attribute, decode_entities};

/// Quotes and lists within each other that are shown as such.
const DEPTH_LIMIT: usize = 10;

/// The words of an HTML text, with the addresses of its links.
pub fn text_from_html(html: &str) -> String {
    render(html, Links::Shown).text
}

/// The same, and behind it what stands for its pictures: all that it is found by.
pub(crate) fn all_words(html: &str) -> String {
    let Rendered { mut text, pictures } = render(html, Links::Shown);
    text.push('\n');
    text.push_str(&pictures);
    text
}

/// An HTML text as plain text.
pub(crate) struct Rendered {
    pub text: String,
    /// What stands for its pictures where they are not shown (`alt`, HTML 4.8.3), a line each. It is searched; in the text and its
    /// first words it would stand in the way.
    pub pictures: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// `words <https://…>`: for the plain half of a letter that is sent.
    Shown,
    /// For reading and searching: the links of newsletters are long and say nothing.
    Hidden,
}

pub(crate) fn render(html: &str, links: Links) -> Rendered {
    let mut page = Page::default();
    let mut pictures = String::new();
    let mut link: Option<(String, usize)> = None;
    let mut lists: Vec<Option<u32>> = Vec::new();
    let mut preformatted = 0u32;
    for token in Tokens::of(html) {
        match token {
            Token::Text(text) => page.text(&decode_entities(text), preformatted > 0),
            Token::Open { name, attributes } => match name.as_str() {
                "br" => page.break_line(),
                "hr" => {
                    page.at_least(1);
                    page.text("---", false);
                    page.at_least(1);
                }
                "blockquote" => page.quote(1),
                "ul" | "ol" => {
                    page.at_least(if lists.is_empty() { 2 } else { 1 });
                    if lists.len() < DEPTH_LIMIT {
                        lists.push((name == "ol").then_some(0));
                    }
                }
                "li" => {
                    page.at_least(1);
                    let indent = "  ".repeat(lists.len().saturating_sub(1));
                    page.marker = match lists.last_mut() {
                        Some(Some(number)) => {
                            *number = number.saturating_add(1);
                            format!("{indent}{number}. ")
                        }
                        _ => format!("{indent}- "),
                    };
                }
                "pre" => {
                    page.at_least(2);
                    preformatted = preformatted.saturating_add(1);
                }
                "td" | "th" => page.space = true,
                "img" => {
                    let alt = attribute(attributes, "alt").unwrap_or_default();
                    if !alt.trim().is_empty() {
                        pictures.push_str(alt.trim());
                        pictures.push('\n');
                    }
                }
                "a" if links == Links::Shown => {
                    link = attribute(attributes, "href").map(|href| (href, page.out.len()));
                }
                _ => page.at_least(gap_around(&name)),
            },
            Token::Close { name } => match name.as_str() {
                "blockquote" => page.quote(-1),
                "ul" | "ol" => {
                    lists.pop();
                    page.at_least(if lists.is_empty() { 2 } else { 1 });
                }
                "pre" => {
                    page.at_least(2);
                    preformatted = preformatted.saturating_sub(1);
                }
                "a" => {
                    if let Some((href, start)) = link.take() {
                        page.link(&href, start);
                    }
                }
                "br" => page.break_line(),
                _ => page.at_least(gap_around(&name)),
            },
        }
    }
    page.out.truncate(page.out.trim_end().len());
    Rendered {
        text: page.out,
        pictures,
    }
}

/// Whether nobody would see anything of it: no words, and no picture or other thing that is drawn.
pub(crate) fn shows_nothing(html: &str) -> bool {
    const DRAWN: [&str; 12] = [
        "img", "image", "svg", "video", "audio", "object", "embed", "iframe", "input", "button", "canvas",
        "hr",
    ];
    let is_drawn = |token| match token {
        Token::Open { name, attributes } => {
            DRAWN.contains(&name.as_str())
                || attribute(attributes, "background").is_some()
                || attribute(attributes, "style").is_some_and(|style| style.contains("url("))
        }
        _ => false,
    };
    !Tokens::of(html).any(is_drawn) && render(html, Links::Hidden).text.trim().is_empty()
}

/// Text as HTML shows it.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The character set that an HTML text names in its first bytes, where its part names none.
pub(crate) fn charset(html: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(html.get(..1024).unwrap_or(html)).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// How many line ends stand around an element: none for those within a line.
fn gap_around(name: &str) -> u8 {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "table" | "figure" | "fieldset" => 2,
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details" | "div" | "dt"
        | "footer" | "form" | "header" | "html" | "li" | "main" | "nav" | "section" | "summary" | "tbody"
        | "tfoot" | "thead" | "tr" => 1,
        _ => 0,
    }
}

/// The text as it grows.
#[derive(Default)]
struct Page {
    out: String,
    /// Line ends that are due before the next word.
    gap: u8,
    /// Quotes that stand around all lines of the gap.
    gap_quote: usize,
    space: bool,
    quote: usize,
    /// A list's bullet or number that is due before the next word.
    marker: String,
}

impl Page {
    fn text(&mut self, text: &str, preformatted: bool) {
        for c in text.chars() {
            match c {
                '\n' if preformatted => self.break_line(),
                // A no-break space is a space to those who read plain text.
                '\u{a0}' => self.character(' '),
                c if c.is_whitespace() && !preformatted => self.space = true,
                c if c.is_control() => {}
                c => self.character(c),
            }
        }
    }

    fn character(&mut self, c: char) {
        if self.out.is_empty() || self.gap > 0 {
            self.start_line();
        } else if self.space && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.space = false;
        self.out.push(c);
    }

    fn start_line(&mut self) {
        let is_first = self.out.is_empty();
        self.out.truncate(self.out.trim_end_matches(' ').len());
        for line in 0..self.gap {
            if !is_first {
                self.out.push('\n');
                if line + 1 < self.gap {
                    self.out.extend(std::iter::repeat_n('>', self.gap_quote));
                }
            }
        }
        self.out.extend(std::iter::repeat_n('>', self.quote));
        if self.quote > 0 {
            self.out.push(' ');
        }
        self.out.push_str(&std::mem::take(&mut self.marker));
        self.gap = 0;
    }

    fn at_least(&mut self, gap: u8) {
        if gap > 0 {
            self.open_gap();
            self.gap = self.gap.max(gap);
        }
    }

    /// A line end that the writer set: several of them are several, up to a reasonable gap.
    fn break_line(&mut self) {
        self.open_gap();
        self.gap = (self.gap + 1).min(3);
    }

    fn open_gap(&mut self) {
        if self.gap == 0 {
            self.gap_quote = self.quote;
        }
        self.space = false;
    }

    fn quote(&mut self, by: isize) {
        self.at_least(2);
        self.quote = self.quote.saturating_add_signed(by).min(DEPTH_LIMIT);
        self.gap_quote = self.gap_quote.min(self.quote);
    }

    /// The address after the words of a link, unless the words are the address.
    fn link(&mut self, href: &str, start: usize) {
        let address = href.trim();
        let shown = address.strip_prefix("mailto:").unwrap_or(address);
        let is_worth_showing = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        let words = self.out.get(start..).unwrap_or_default().trim();
        let bare = shown
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let repeats = words.trim_end_matches('/').ends_with(bare);
        if is_worth_showing && !words.is_empty() && !repeats && !address.contains(char::is_whitespace) {
            self.out.push_str(" <");
            self.out.push_str(shown);
            self.out.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    #[test]
    fn html_is_read_as_a_person_would_type_it() {
        for (html, text) in [
            (
                "<p>Good  morning\nboth,</p><p>Amara</p>",
                "Good morning both,\n\nAmara",
            ),
            ("<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"),
            ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
            ("a <b>b</b>, <i>c</i>", "a b, c"),
            (
                "<ul><li>one<li>two<ol><li>first</li></ol></ul>end",
                "- one\n- two\n  1. first\n\nend",
            ),
            (
                "x<blockquote>y<blockquote>z</blockquote></blockquote>w",
                "x\n\n> y\n>\n>> z\n\nw",
            ),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            (
                "<a href='https://waxwing.example/'>waxwing.example</a>",
                "waxwing.example",
            ),
            (
                "<a href='https://waxwing.example/x'>here</a>.",
                "here <https://waxwing.example/x>.",
            ),
            (
                "<a href='mailto:lena@a.example'>Lena</a>",
                "Lena <lena@a.example>",
            ),
            ("<a href='javascript:x'>here</a>", "here"),
            (
                "<head><title>T</title><style>x</style></head>&lt;b&gt;&nbsp;&euro;",
                "<b> €",
            ),
            ("", ""),
        ] {
            assert_eq!(text_from_html(html), text, "{html}");
        }
    }

    #[test]
    fn html_that_shows_nothing_is_known() {
        for html in [
            "",
            "\r\n",
            "<body></body>",
            "<!-- a comment -->",
            "<p>&nbsp;</p>",
            "<style>p{}</style>",
        ] {
            assert!(shows_nothing(html), "{html}");
        }
        for html in [
            "x",
            "<img src='cid:a'>",
            "<td background='cid:a'>",
            "<div style='background: url(cid:a)'>",
        ] {
            assert!(!shows_nothing(html), "{html}");
        }
    }

    #[test]
    fn what_stands_for_pictures_is_no_text_but_is_told() {
        let html = "<p>Dear<img src=a.png alt='Lighthouse &amp; boat'> all</p><img alt=' '><img src=b><IMG ALT=Kettle>";
        let rendered = render(html, Links::Hidden);
        assert_eq!(rendered.text, "Dear all");
        assert_eq!(rendered.pictures, "Lighthouse & boat\nKettle\n");
    }

    #[test]
    fn a_hundred_thousand_nested_tags_are_only_read() {
        let nested = |depth| {
            let open = "<div><blockquote><ul><li>".repeat(depth);
            format!("{open}deep{}", "</div>".repeat(depth))
        };
        assert_linear("nested tags", 2_500, nested, |html| text_from_html(html));
        let text = text_from_html(&nested(100_000));
        assert!(
            text.contains("deep") && text.len() < 1_000,
            "depth is capped, and nothing grows with it"
        );
    }

    #[test]
    fn an_html_text_names_its_own_character_set() {
        assert_eq!(
            charset(b"<meta charset=\"koi8-r\">").as_deref(),
            Some("koi8-r"),
            "HTML 5"
        );
        assert_eq!(
            charset(b"<meta content='text/html; charset=utf-8'>").as_deref(),
            Some("utf-8"),
            "HTML 4"
        );
        assert_eq!(charset(b"<p>charset"), None, "none");
    }
}
