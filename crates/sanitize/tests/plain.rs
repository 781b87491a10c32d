//! What plain text becomes: its words and the spaces that are seen, links, quotes, the signature.

use waxwing_sanitize::{Look, Options, Quotes, from_text, from_text_with, sanitize};

#[test]
fn plain_text_keeps_its_words_and_gains_links_quotes_and_a_dim_signature() {
    let text = "Hello <lena> & co,\r\n  see https://waxwing.example/a?b=1&c=2.\r\n> > old\r\n> newer\r\nwww.example.org, notes.txt, jonas@example.org\r\n-- \r\namara\r\n";
    let link = |href: &str, shown: &str| {
        format!("<a href=\"{href}\" target=\"_blank\" rel=\"noopener noreferrer\">{shown}</a>")
    };
    let expected = [
        "<div class=\"waxwing-text\">Hello &lt;lena&gt; &amp; co,<span class=\"waxwing-spaced\">\n  see ",
        &link(
            "https://waxwing.example/a?b=1&amp;c=2",
            "https://waxwing.example/a?b=1&amp;c=2",
        ),
        ".</span><blockquote type=\"cite\" class=\"waxwing-quote\"><blockquote type=\"cite\" class=\"waxwing-quote\">old",
        "</blockquote>newer</blockquote>",
        &link("https://www.example.org/", "www.example.org"),
        ", notes.txt, ",
        &link("mailto:jonas@example.org", "jonas@example.org"),
        "<div class=\"waxwing-signature\">-- \namara</div></div>",
    ];
    assert_eq!(from_text(text).fragment(), expected.concat());
}

#[test]
fn spaces_stay_where_the_difference_is_seen_and_nowhere_else() {
    let shown = |text: &str| {
        let fragment = from_text(text).fragment().to_owned();
        let body = fragment.strip_prefix("<div class=\"waxwing-text\">");
        let body = body.and_then(|body| body.strip_suffix("</div>"));
        body.expect("a text")
            .replace("<span class=\"waxwing-spaced\">", "[")
            .replace("<div class=\"waxwing-columns\">", "[columns ")
            .replace("</span>", "]")
    };
    assert_eq!(
        shown("One word\nafter the other \n \nand on"),
        "One word\nafter the other \n \nand on"
    );
    assert_eq!(
        shown("A sentence.  Another.  www.example.org  x")
            .matches("[  ]")
            .count(),
        3
    );
    assert_eq!(
        shown("Code:\n  if a {\n\n\tb\n  }\nEnd"),
        "Code:[\n  if a {\n\n\tb\n  }]\nEnd"
    );
    assert_eq!(shown("a     1\nb    10"), "[columns a     1\nb    10</div>");
    assert_eq!(
        shown(" Item  Price\n ----------\nRope      12\n----------\nOil        3\nEnd"),
        "[columns  Item  Price\n ----------\nRope      12\n----------\nOil        3</div>End",
        "lines that are drawn belong to it"
    );
    assert_eq!(
        shown("See:\n\nRope      12\nand a lamp\nOil        3\n\n  end\n> a\tb\n> c\td"),
        "See:\n\n[columns Rope      12\nand a lamp\nOil        3</div>[\n  end]\
         <blockquote type=\"cite\" class=\"waxwing-quote\">[columns a\tb\nc\td</div></blockquote>",
        "a table is one block, a quoted one too, and what stands around it is none of it"
    );
    assert_eq!(shown("Well     said"), "[Well     said]", "one line is no table");
    assert_eq!(shown("> a\tb\nc").matches(['[', ']']).count(), 2);
    assert_eq!(
        shown("a\n--\n  b\n"),
        "a<div class=\"waxwing-signature\">--[\n  b]</div>"
    );
    // What is not shown stands between no spaces.
    assert_eq!(shown("a \u{1} b"), "[a  b]");
}

#[test]
fn an_empty_line_before_a_quote_and_a_signature_is_seen() {
    let shown = |text: &str| {
        let fragment = from_text(text).fragment().to_owned();
        let plain = fragment.replace(" type=\"cite\" class=\"waxwing-quote\"", "");
        plain.replace("div class=\"waxwing-signature\"", "sign")
    };
    // A line end right before a block ends the line above it, and only a second one makes an empty line.
    assert!(
        shown("a\n\n> b\n").contains("a\n\n<blockquote>b"),
        "{}",
        shown("a\n\n> b\n")
    );
    assert!(
        shown("a\n> b\n").contains("a<blockquote>b"),
        "where none was, none is"
    );
    assert!(
        shown("a\n \n-- \nb").contains("a\n \n<sign>-- "),
        "{}",
        shown("a\n \n-- \nb")
    );
    assert!(
        shown("> a\n\n> b").contains("</blockquote>\n<blockquote>b"),
        "between two quotes: {}",
        shown("> a\n\n> b")
    );
    assert!(
        shown("> a\n>\nb").contains("a\n</blockquote>b"),
        "behind a quote there is room: {}",
        shown("> a\n>\nb")
    );
}

#[test]
fn what_is_passed_on_is_what_the_letter_says() {
    let head = "From: Jonas\nDate: Monday\nSubject: Oil\nTo: Lena\n\nThe oil is here.\n> How much?\n";
    let fold = |text: &str, quotes| from_text_with(text, quotes).fragment().to_owned();
    for announced in [
        format!("See below.\n\n---------- Forwarded message ---------\n{head}"),
        format!("-- \nLena\n\nBegin forwarded message:\n\n{head}"),
    ] {
        let html = fold(&announced, Quotes::Folded);
        assert!(html.contains("<div class=\"waxwing-passed-on\">"), "{html}");
        assert!(
            !html.contains("waxwing-fold") && !html.contains("<div class=\"waxwing-quote\">"),
            "{html}"
        );
        let (signature, _) = html.split_once("waxwing-passed-on").expect("it is there");
        assert_eq!(
            signature.matches("<div").count(),
            signature.matches("</div").count() + 2,
            "a signature is over where it begins: {html}"
        );
    }
    // What an answer has below itself is passed on where the subject says so.
    for text in [
        format!("See below.\n\n-----Original Message-----\n{head}"),
        format!("See below.\n\n{head}"),
    ] {
        assert!(
            fold(&text, Quotes::PassedOn).contains("waxwing-passed-on"),
            "{text}"
        );
        assert!(
            !fold(&text, Quotes::Folded).contains("waxwing-passed-on"),
            "{text}"
        );
    }
    let answer = "It is here.\n\nOn Monday Jonas wrote:\n> See below.\n>\n> Begin forwarded message:\n>\n> From: Amara\n> Subject: Oil\n";
    let html = fold(answer, Quotes::Folded);
    assert!(
        html.contains("waxwing-fold") && !html.contains("waxwing-passed-on"),
        "an answer to what was passed on passes nothing on: {html}"
    );
    let frame = |quotes| from_text_with("> a\n> b", quotes).frame(Default::default());
    let rule = ".waxwing-quote, .waxwing-text blockquote { color: inherit; }";
    assert!(frame(Quotes::PassedOn).contains(rule), "its quotes are not dim");
    assert!(!frame(Quotes::Open).contains(rule));
}

#[test]
fn words_keep_off_the_edge_of_a_light_paper_in_a_dark_window() {
    let by_day = Look {
        dark: false,
        dark_around: true,
    };
    let rule = "body { padding: 14px 18px; }";
    let html = |html: &str| sanitize(html, &Options::blocked()).0;
    for (safe, what) in [
        (from_text("Hello"), "a plain text"),
        (html("<p>Hello</p>"), "HTML without any style"),
        (
            html("<p style='color:#222'>Hello</p>"),
            "HTML with a colour alone",
        ),
    ] {
        assert!(safe.frame(by_day).contains(rule), "{what}");
        assert!(
            !safe.frame(Look::LIGHT).contains(rule),
            "{what} in a light window"
        );
    }
    assert!(
        !from_text("Hello").frame(Look::DARK).contains(rule),
        "on the window's own paper"
    );
    let coloured = html("<p style='color:#222'>Hello</p>");
    assert!(
        coloured.frame(Look::DARK).contains(rule),
        "colours that were not changed have light paper in the dark, too"
    );
    let designed = html("<style>p{color:red}</style><p>Hello</p>");
    assert!(
        !designed.frame(by_day).contains(rule),
        "it has measures of its own"
    );
}
