//! Looks at finished HTML as a stranger would: what could run in it, and what could it fetch? It shares no code with
//! the sanitiser, so that a mistake there is not made here again.

use std::cell::RefCell;

use cssparser::{Parser, Token as Css};
use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Everything in `fragment` and `style_sheet` that could run or reach the network, in words. Empty is good.
pub fn dangers(fragment: &str, style_sheet: &str) -> Vec<String> {
    let mut dangers = tags(fragment)
        .iter()
        .flat_map(|tag| element_dangers(&tag.name, &tag.attrs))
        .collect::<Vec<_>>();
    dangers.extend(css_dangers(style_sheet));
    if style_sheet.contains('<') {
        dangers.push("a style sheet that could end its element".to_owned());
    }
    dangers
}

/// The start tags of a piece of HTML.
pub fn tags(html: &str) -> Vec<Tag> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.tags.into_inner()
}

/// The value of an attribute.
pub fn attribute<'t>(attributes: &'t [Attribute], name: &str) -> Option<&'t str> {
    attributes
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| &*attribute.value)
}

#[derive(Default)]
struct Sink {
    tags: RefCell<Vec<Tag>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        let next = match &*tag.name {
            "script" => TokenSinkResult::RawData(ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
            _ => TokenSinkResult::Continue,
        };
        self.tags.borrow_mut().push(tag);
        next
    }
}

/// Elements that can neither load nor run anything, whatever their attributes but those judged below.
const HARMLESS: &str = " a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code \
col colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i \
img ins kbd li main map mark menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong sub summary \
sup table tbody td tfoot th thead time tr tt u ul var wbr ";

/// Attributes that hold words, numbers or colours.
const QUIET: &str = " align alt aria-hidden aria-label axis abbr bgcolor border bordercolor cellpadding cellspacing char \
charoff class clear color colspan compact coords datetime dir face frame headers height hspace id lang name noshade nowrap \
open reversed rel role rowspan rules scope shape size span start summary target title translate type valign value vspace width wrap ";

/// What an element could do that stands in a letter.
pub fn element_dangers(element: &str, attributes: &[Attribute]) -> Vec<String> {
    let mut dangers = Vec::new();
    if !HARMLESS.contains(&format!(" {element} ")) {
        dangers.push(format!("the element {element}"));
    }
    for attribute in attributes {
        let (name, value) = (&*attribute.name.local, &*attribute.value);
        let good = match name {
            // The last is a place in the letter: nobody serves anything there.
            "href" => [
                "http://",
                "https://",
                "mailto:",
                "ftp://",
                "tel:",
                "letter://localhost/here#",
            ]
            .iter()
            .any(|start| value.starts_with(start)),
            // Not even our own scheme: these letters are shown without any picture that we serve.
            "src" => ["png", "jpeg", "jpg", "gif", "webp"]
                .iter()
                .any(|kind| value.starts_with(&format!("data:image/{kind};base64,"))),
            "usemap" => value.starts_with('#'),
            "style" => {
                dangers.extend(css_dangers(value));
                true
            }
            _ => QUIET.contains(&format!(" {name} ")),
        };
        if !good {
            dangers.push(format!("{name}={value:?} on {element}"));
        }
    }
    if matches!(element, "a" | "area")
        && (attribute(attributes, "target") != Some("_blank")
            || attribute(attributes, "rel") != Some("noopener noreferrer"))
    {
        dangers.push("a link that would open in the frame".to_owned());
    }
    dangers
}

/// Functions of CSS that only compute.
const COMPUTING: &str = " rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp linear-gradient \
radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient translate \
translatex translatey scale scalex scaley rotate rotatez skew skewx skewy \
matrix repeat minmax fit-content rect counter counters not is where nth-child nth-last-child nth-of-type nth-last-of-type lang dir ";

fn css_dangers(css: &str) -> Vec<String> {
    let mut dangers = Vec::new();
    walk(&mut Parser::new(css), &mut dangers);
    let plain = css.to_ascii_lowercase();
    for word in [
        "url(",
        "expression",
        "behavior",
        "-moz-binding",
        "javascript:",
        "fixed",
        "sticky",
        "::-",
        "writing-mode",
        "orientation",
        "image-set",
        "@import",
        "translatez",
        "translate3d",
        "scalez",
        "scale3d",
        "rotatex",
        "rotatey",
        "rotate3d",
        "matrix3d",
        "perspective",
    ] {
        if plain.contains(word) {
            dangers.push(format!("{word} in a style"));
        }
    }
    dangers
}

fn walk(input: &mut Parser, dangers: &mut Vec<String>) {
    while let Ok(token) = input.next().cloned() {
        match &token {
            Css::UnquotedUrl(url) => dangers.push(format!("url {url}")),
            Css::BadUrl(_) | Css::BadString(_) => dangers.push("an unclosed string or url".to_owned()),
            Css::AtKeyword(name)
                if !["media", "supports", "container"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known)) =>
            {
                dangers.push(format!("@{name}"));
            }
            Css::Ident(name)
                if [
                    "fixed",
                    "sticky",
                    "placeholder",
                    "file-selector-button",
                    "details-content",
                    "marker",
                    "backdrop",
                    "cue",
                ]
                .contains(&&*name.to_ascii_lowercase()) =>
            {
                dangers.push(format!("the word {name}"));
            }
            Css::Function(name) => {
                if !COMPUTING.contains(&format!(" {} ", name.to_ascii_lowercase())) {
                    dangers.push(format!("the function {name}"));
                }
                inside(input, dangers);
            }
            Css::ParenthesisBlock | Css::SquareBracketBlock | Css::CurlyBracketBlock => {
                inside(input, dangers)
            }
            _ => {}
        }
    }
}

fn inside(input: &mut Parser, dangers: &mut Vec<String>) {
    let _: Result<(), cssparser::ParseError<()>> = input.parse_nested_block(|inside| {
        walk(inside, dangers);
        Ok(())
    });
}
