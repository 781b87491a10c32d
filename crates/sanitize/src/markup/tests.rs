//! What is read is what a browser's tokenizer reads: held against html5ever's, over the tricks of the collection and letters
//! made by chance; and crowds, which it cuts.

use std::cell::RefCell;
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;

use super::*;

#[path = "../../tests/tricks/mod.rs"]
mod tricks;

/// What was read, in words, with texts that follow one another in one.
#[derive(Default, Debug, PartialEq, Eq)]
struct Told(Vec<String>);

impl Told {
    fn push_text(&mut self, text: &str) {
        match self.0.last_mut().filter(|last| last.starts_with('"')) {
            Some(last) => last.push_str(text),
            None if text.is_empty() => {}
            None => self.0.push(format!("\"{text}")),
        }
    }

    fn push_tag(&mut self, name: &str, is_closed: bool, attributes: &[(String, String)]) {
        let end = if is_closed { "/" } else { "" };
        self.0.push(format!("<{name} {attributes:?}{end}>"));
    }
}

/// A name as far as it is known here.
fn short(name: &str) -> &'static str {
    known(name.as_bytes()).0
}

impl Reader for Told {
    fn start(&mut self, tag: &Tag) {
        let attributes: Vec<_> = tag
            .attributes
            .iter()
            .map(|one| (one.name.to_string(), one.value.to_string()))
            .collect();
        self.push_tag(tag.name, tag.is_closed, &attributes);
    }

    fn end(&mut self, name: &'static str, _fate: Fate) {
        self.0.push(format!("</{name}>"));
    }

    fn text(&mut self, text: &str) {
        self.push_text(text);
    }
}

fn ours(html: &str) -> Told {
    let mut told = Told::default();
    tell(html, &mut told);
    told
}

struct Theirs(RefCell<Told>);

impl TokenSink for Theirs {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut told = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes: Vec<_> = tag
                    .attrs
                    .iter()
                    .map(|one| (one.name.local.to_string(), one.value.to_string()))
                    .collect();
                told.push_tag(short(&tag.name), tag.self_closing, &attributes);
                return match known(tag.name.as_bytes()).1 {
                    Fate::Sheet => TokenSinkResult::RawData(Rawtext),
                    Fate::KeepText(text) | Fate::RemoveText(text) => match text {
                        Text::Rcdata => TokenSinkResult::RawData(Rcdata),
                        Text::Rawtext => TokenSinkResult::RawData(Rawtext),
                        Text::Plain => TokenSinkResult::Plaintext,
                    },
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => told.0.push(format!("</{}>", short(&tag.name))),
            Token::CharacterTokens(text) => told.push_text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn theirs(html: &str) -> Told {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Theirs(RefCell::default()), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Whether so many attributes may stand in a tag that they are cut, which a browser does not.
fn is_crowd(tag: &str) -> bool {
    let inside = tag.split('>').next().unwrap_or_default();
    inside.split([' ', '/', '\'', '"']).nth(MOST).is_some()
}

#[test]
fn every_trick_of_the_collection_is_read_as_a_browser_reads_it() {
    let mut tried = 0;
    let mut odd = String::new();
    let mut hold = |html: &str| {
        let (ours, theirs) = (ours(html), theirs(html));
        let short: String = html.chars().take(200).collect();
        assert!(ours == theirs, "{short:?} of {} octets", html.len());
        odd.extend(html.chars().filter(|one| one.is_control()).take(2));
        tried += 1;
    };
    for (family, text) in tricks::FAMILIES {
        hold(text);
        let others = tricks::vectors(family)
            .into_iter()
            .filter(|html| !html.split('<').any(is_crowd));
        for html in others {
            hold(&html);
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/newsletters");
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&text);
        for html in text.lines().chain([&*text]) {
            hold(html);
        }
    }
    for sign in ['\0', '\r', '\u{1b}'] {
        assert!(odd.contains(sign), "{sign:?} is among what was read");
    }
    assert!(tried > 800, "the collection is there: {tried}");
}

#[test]
fn what_is_odd_is_read_as_a_browser_reads_it() {
    for html in [
        "",
        "<",
        "</",
        "<a",
        "<a ",
        "<a b",
        "<a b=",
        "<a b='",
        "<a b=''",
        "</a",
        "<!",
        "<!-",
        "<!--",
        "<!-->",
        "<!--->x",
        "<!--a--!>x",
        "<!--a--!x-->y",
        "<!---!>x-->y",
        "<!----!>x",
        "<!--<!-->x",
        "<!--<!--->x-->y",
        "<!-- -- ->-->x",
        "<!---->x",
        "<![CDATA[<b>]]>x",
        "<!doctype html \"a>b\">x",
        "<?php a>b ?>",
        "</ a>b>",
        "</>x",
        "<3 <\u{e9}>x",
        "\u{feff}<p>\u{feff}</p>",
        "a\0b<a\0b c\0d='e\0f'>\0</a>",
        "<A HREF=X hReF=y/>",
        "<a / b/c=/d/>",
        "<a =b==c>",
        "<a b\r\n=\r\n'\r\n'>",
        "<a b'c\"d<e>f",
        "<a b=c\"d'e<f`g=h>",
        "<a b=&lt c=&ltx d=&lt=>&lt&ltx&lt=",
        "<a\u{e9} \u{e9}=\u{e9}>",
        "<br/ ><br / /><br a=b/>",
        "<script><!--<script></script>x</script>",
        "<style></styles></style ></STYLE/x=y>z",
        "<title>&amp;<b></title/>x",
        "<textarea>\r\n&#0;\0</textarea>x",
        "<plaintext></plaintext>&amp;",
        "<xmp>&amp;\0\r</xmp",
        "<iframe></IFRAME\n>x",
        "<svg><style><a x=\"</style>\">",
        "<noframes><!--</noframes>-->",
        "\r\r\n\n\r",
        "&#x1F600;&NotAName;&amp",
        "&",
        "&a",
        "&#",
        "&#x",
    ] {
        assert_eq!(ours(html), theirs(html), "{html:?}");
    }
}

fn piece() -> impl Strategy<Value = String> {
    let whole = vec![
        "<p",
        "<a ",
        "<style",
        "<title>",
        "<textarea>",
        "<script>",
        "</style",
        "</script>",
        "</title>",
        "</textarea ",
        "<svg/",
        "<xmp>",
        "</xmp>",
        "<!--",
        "-->",
        "--!>",
        "-",
        "!",
        "<!",
        "<?",
        "</",
        "<",
        ">",
        "/",
        "/>",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\u{c}",
        "\0",
        "&",
        "&amp",
        "&lt;",
        "&notin",
        "&copy",
        "&#",
        "&#x4",
        "1",
        ";",
        "x",
        "HREF",
        "id=",
        "style='",
        "\u{e9}",
        "\u{feff}",
        "<![CDATA[",
        "]]>",
        "<plaintext",
        "`",
        "#",
    ];
    prop_oneof![
        9 => prop::sample::select(whole).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_letter_is_read_as_a_browser_reads_it(pieces in prop::collection::vec(piece(), 0..24)) {
        let html = pieces.concat();
        prop_assert_eq!(ours(&html), theirs(&html), "{:?}", html);
    }
}

fn crowd(attribute: &str) -> String {
    (0..1_000)
        .map(|number| format!(" {attribute}{number}=1"))
        .collect()
}

/// How many attributes are left in the tags of a letter, and what was read last.
fn left(html: &str) -> (usize, String) {
    struct Count(usize, String);
    impl Reader for Count {
        fn start(&mut self, tag: &Tag) {
            self.0 += tag.attributes.len();
            self.1 = format!("<{}>", tag.name);
        }
        fn end(&mut self, name: &'static str, _fate: Fate) {
            self.1 = format!("</{name}>");
        }
        fn text(&mut self, text: &str) {
            self.1 = text.to_owned();
        }
    }
    let mut count = Count(0, String::new());
    tell(html, &mut count);
    (count.0, count.1)
}

#[test]
fn a_crowd_is_cut_out_and_the_tag_goes_on_behind_it() {
    let html = format!("<p first=\"é\"{}>text</p><b>", crowd("a"));
    let told = ours(&html);
    assert!(
        told.0
            .first()
            .is_some_and(|tag| tag.starts_with("<p [(\"first\", \"é\"), (\"a0\", \"1\")")
                && tag.contains("\"a126\"")
                && !tag.contains("\"a127\"")),
        "what came first stays: {told:?}"
    );
    assert_eq!(
        told.0.get(1..).unwrap(),
        ["\"text", "</p>", "<b []>"],
        "and what comes after"
    );
    assert_eq!(
        left(&format!("</p{}>x", crowd("a"))),
        (0, "x".into()),
        "end tags have attributes too"
    );
}

#[test]
fn a_crowd_cannot_hide_behind_a_quote_that_opens_in_no_tag() {
    for before in [
        "<!-- <a x=\" -->",
        "<!--><a x=\"\">",
        "<!-- <!--><i>",
        "<script><a x=\"</script>",
        "<script><!--<script></script>",
        "<style></styles><a x='</style>",
        "<title></title/><i>",
        "<svg><style><a x=\"</style>",
        "<!x \"><i>",
        "<?x '><i>",
        "</ x=\"><i>",
        "</><i>",
        "<i x=a\"b>",
        "<i x\"y='>'>",
        "a < b=\" ",
        "<i/x=/\">",
    ] {
        let html = format!("{before}<p{}>", crowd("a"));
        let (count, last) = left(&html);
        assert!((100..=200).contains(&count), "after {before} {count} are left");
        assert_eq!(last, "<p>", "after {before}");
    }
}
