//! What queries mean, in a notation of one line: `sender` and the like stand for places, a star for a beginning.

use super::operator::{Asked, Wrong};
use super::query::{Fault, FaultKind, Node, parse};

fn shown(node: &Node) -> String {
    let list = |nodes: &[Node], between: &str| {
        let shown: Vec<String> = nodes.iter().map(shown).collect();
        format!("({})", shown.join(between))
    };
    match node {
        Node::All(nodes) => list(nodes, " & "),
        Node::Any(nodes) => list(nodes, " | "),
        Node::Not(inner) => format!("!{}", shown(inner)),
        Node::Words(words) => {
            let place = words
                .place
                .map(|place| format!("{}:", place.columns()))
                .unwrap_or_default();
            format!("{place}{}{}", words.text, if words.beginning { "*" } else { "" })
        }
        Node::Asked(Asked::Since(span)) => format!("since {:?} {:?}", span.first, span.unit),
        Node::Asked(asked) => format!("{asked:?}"),
    }
}

fn parsed(query: &str) -> String {
    parse(query).node.as_ref().map(shown).unwrap_or_default()
}

#[test]
fn a_query_is_taken_apart() {
    let cases = [
        (
            "from:Amara has:attachment quarterly",
            "(sender:Amara* & Attachment & quarterly*)",
            "as in the drawing",
        ),
        (
            "is:unread -has:attachment",
            "(Seen(false) & !Attachment)",
            "a minus turns an operator round",
        ),
        ("-is:unread", "!Seen(false)", "and can stand by itself"),
        (
            "boat OR -is:unread IS:Unread",
            "((boat* | !Seen(false)) & Seen(false))",
            "OR binds two neighbours",
        ),
        ("a OR b OR c d", "((a | b | c) & d)", "or more"),
        (
            "red AND OR boat",
            "(red & boat*)",
            "one that is left out holds nothing together",
        ),
        (
            "red NOT OR boat",
            "(red & !boat*)",
            "nor does one between a NOT and what that turns round",
        ),
        (
            "boat OR",
            "boat*",
            "an OR that is still being typed asks for nothing",
        ),
        (
            "OR boat or",
            "(boat* & or*)",
            "one without a neighbour means nothing, and in small letters it is a word",
        ),
        (
            "in:\"Ferry timetable\" in:arch",
            "(Folder(\"ferry timetable\") & FolderLike(\"arch\"))",
            "a folder may have a space, and may still be being typed",
        ),
        ("in:arch ", "Folder(\"arch\")", "a space ends it"),
        ("after:2026-03", "since On(\"2026-03-01\") Month", "days"),
        ("newer:2w", "since Ago(14, Day) Day", "and how long ago"),
        (
            "larger:10M smaller:500",
            "(Larger(10000000) & Smaller(500))",
            "sizes",
        ),
        (
            "cc:lena body:lamp filename:plan.pdf type:pdf list:rust tag:Work account:lena@",
            "(copies:lena* & body:lamp* & files:plan.pdf & kinds:pdf & list:rust* & Keyword(\"work\") & \
             AccountLike(\"lena@\"))",
            "where it stands",
        ),
        (
            "is:replied id:<a@b>",
            "(Keyword(\"$answered\") & MessageId(\"a@b\"))",
            "an answer, a letter",
        ),
        (
            "<4711@a.example> <b <c@> ",
            "((MessageId(\"4711@a.example\") | <4711@a.example>) & <b & <c@>)",
            "a Message-ID in its brackets is a letter, or spoken of in one",
        ),
        (
            "has:wings is:bird before:noon larger:life http://a",
            "(has:wings & is:bird & before:noon & larger:life & http://a*)",
            "what no operator knows is words",
        ),
        (
            "(boat OR kettle) lena",
            "((boat* | kettle*) & lena*)",
            "parentheses hold together",
        ),
        (
            "-(boat kettle) lena",
            "(!(boat* & kettle*) & lena*)",
            "and are taken away together",
        ),
        (
            "((from:a OR from:b) is:unread) OR x",
            "(((sender:a | sender:b) & Seen(false)) | x)",
            "within each other",
        ),
        (
            "(boat OR (kettle",
            "(boat* | kettle*)",
            "they may still be being typed",
        ),
        (
            "fill(colour) (f(x))",
            "(fill(colour) & f(x))",
            "a word may hold some of its own",
        ),
        (
            "boat) kettle",
            "(boat) & kettle*)",
            "outside of them a closing one belongs to the word",
        ),
        (
            "b bo boat \"boat\"",
            "(b & bo & boat* & boat)",
            "only longer words are beginnings, and no phrase",
        ),
        (
            "lamp 2026-117 lena@harbour.example ",
            "(lamp* & 2026-117 & lena@harbour.example)",
            "nor what is literal",
        ),
        ("2026-1", "2026-1*", "until it is typed"),
        (
            "subject:(kettle OR red) -from:(lena jonas) lamp",
            "((subject:kettle* | subject:red) & !(sender:lena* & sender:jonas*) & lamp*)",
            "what stands before parentheses is meant for all within",
        ),
        (
            "subject:(kettle from:lena (red)) blue in:(inbox OR trash)",
            "((subject:kettle* & sender:lena* & subject:red) & blue* & (Folder(\"inbox\") | Folder(\"trash\")))",
            "but for what has its own, and no further",
        ),
        (
            "subject:(kettle OR",
            "subject:kettle*",
            "and while it is being typed",
        ),
        (
            "kettle AND red OR blue AND and lamp AND",
            "(kettle* & (red | blue*) & and & lamp*)",
            "a large AND says what holds without it",
        ),
        (
            "AND boat -AND",
            "(boat* & !AND*)",
            "and means nothing where nothing stands before it",
        ),
        ("OR", "OR*", "by itself it is being typed, as ORANGE may be"),
        ("NOT", "NOT*", "and NOTES"),
        ("NOT ", "", "until a space ends it"),
        (
            "\"NOT\" boat \"OR\"",
            "(NOT & boat* & OR)",
            "in quotes they are words",
        ),
        ("NOT boat", "!boat*", "a large NOT is a minus"),
        ("kettle AND NOT boat", "(kettle* & !boat*)", "also behind an AND"),
        ("AND NOT boat", "!boat*", "whatever stands before that"),
        (
            "kettle NOT NOT boat NOT -red",
            "(kettle* & boat* & red*)",
            "twice is none",
        ),
        (
            "NOT from:lena NOT (red boat) x",
            "(!sender:lena* & !(red & boat*) & x)",
            "before operators and parentheses",
        ),
        (
            "red OR NOT boat lamp NOT",
            "((red | !boat*) & lamp*)",
            "and one of two",
        ),
        (
            "red OR AND boat",
            "(red | boat*)",
            "one of two that stand together is left out",
        ),
        (
            "(OR red) (NOT) (boat AND) ",
            "(red & boat*)",
            "also in parentheses",
        ),
        (
            "not boat NOTE",
            "(not & boat* & NOTE*)",
            "in small letters it is a word",
        ),
        ("larger:\"1 M\"", "Larger(1000000)", "a size may have a space"),
        (
            "from：“Amara Okafor” －（red OR «blue boat»） subject：lamp",
            "(sender:Amara Okafor & !(red | blue boat) & subject:lamp*)",
            "signs of other keyboards are these signs",
        ),
        (
            "\"6“ pipe\" x：y 3“ ",
            "(6“ pipe & x：y & 3“)",
            "where they stand for one",
        ),
        ("b", "b", "one letter is the beginning of too much"),
        ("C++", "C++", "also with signs behind it"),
        ("C#", "C#", "of any kind"),
        ("a--- ", "a---", "and where it is typed"),
    ];
    for (query, expected, reason) in cases {
        assert_eq!(parsed(query), expected, "{query}: {reason}");
    }
}

#[test]
fn what_has_no_word_asks_for_nothing() {
    for query in [
        "",
        "  ",
        "-",
        "\"\"",
        "***",
        "( ) ^",
        "-\"\" !",
        "from:\"\"",
        "()",
        "-()",
        "((",
        "OR",
        "sort:best",
    ] {
        let node = parse(query).node;
        assert!(node.is_none() || query == "OR", "{query:?} is {node:?}");
    }
}

#[test]
fn a_minus_is_always_a_minus() {
    assert_eq!(parsed("-boat"), "!boat*");
    assert_eq!(parsed("-boat -red"), "(!boat* & !red*)");
    assert_eq!(parsed("-(boat)"), "!boat*");
    assert_eq!(parsed("-boat sort:best "), "!boat*");
    assert_eq!(parsed("-from:lena"), "!sender:lena*");
}

#[test]
fn the_best_come_first_where_that_is_asked() {
    assert!(parse("boat sort:best").best);
    assert!(!parse("boat sort:worst").best);
    assert_eq!(parsed("sort:best boat"), "boat*");
}

#[test]
fn what_is_odd_is_told_once_it_is_typed() {
    let faults = |query: &str| parse(query).faults;
    let one = |piece: &str, kind| {
        vec![Fault {
            piece: piece.to_owned(),
            kind,
        }]
    };
    let cases = [
        (
            "before:noon boat",
            one("before:noon", FaultKind::Value(Wrong::Day)),
        ),
        ("before:noon", Vec::new()),
        ("before:noon ", one("before:noon", FaultKind::Value(Wrong::Day))),
        (
            "-larger:life x",
            one("-larger:life", FaultKind::Value(Wrong::Size)),
        ),
        ("is:bird boat", one("is:bird", FaultKind::Value(Wrong::Word))),
        ("from: boat", one("from:", FaultKind::NoValue)),
        ("from:", Vec::new()),
        ("from:\"\" boat", one("from:\"\"", FaultKind::NoValue)),
        ("-in:\" \"", one("-in:\" \"", FaultKind::NoValue)),
        ("from：“Amara” larger:5MiB on:23.11.2026 ", Vec::new()),
        ("“boat ", one("“boat", FaultKind::Quote)),
        ("（boat ", one("(", FaultKind::Parenthesis)),
        ("http: boat", Vec::new()),
        ("(boat", Vec::new()),
        ("(boat ", one("(", FaultKind::Parenthesis)),
        ("(boat) ) x", one(")", FaultKind::Parenthesis)),
        ("\"boat ", one("\"boat", FaultKind::Quote)),
        ("🎉", one("🎉", FaultKind::NoWord)),
        ("! ", one("!", FaultKind::NoWord)),
        ("-*** is:unread", Vec::new()),
        ("from:🎉 boat", one("from:🎉", FaultKind::NoWord)),
        ("from:🎉", one("from:🎉", FaultKind::NoWord)),
        ("salt & pepper", Vec::new()),
        ("-", Vec::new()),
        ("\"", Vec::new()),
        ("subject:(kettle OR red) ", Vec::new()),
        ("\"boat", Vec::new()),
        ("OR", Vec::new()),
        ("OR ", one("OR", FaultKind::OneSided)),
        ("AND NOT boat ", one("AND", FaultKind::OneSided)),
        ("boat AND", Vec::new()),
        ("boat AND ", one("AND", FaultKind::OneSided)),
        ("boat OR ", one("OR", FaultKind::OneSided)),
        ("boat OR AND kettle ", one("AND", FaultKind::OneSided)),
        ("boat NOT", Vec::new()),
        ("boat NOT ", one("NOT", FaultKind::NoValue)),
        ("NOT ", one("NOT", FaultKind::NoValue)),
        ("(boat OR) kettle", one("OR", FaultKind::OneSided)),
        ("(NOT) kettle", one("NOT", FaultKind::NoValue)),
        ("boat OR NOT kettle AND \"OR\" ", Vec::new()),
        ("from:lena (boat OR \"red kettle\") after:7d ", Vec::new()),
    ];
    for (query, expected) in cases {
        assert_eq!(faults(query), expected, "{query:?}");
    }
    let many = "a ".repeat(200);
    assert_eq!(faults(&many), one("a", FaultKind::TooMuch));
    assert_eq!(faults(&"(".repeat(200)), one("(", FaultKind::TooMuch));
}
