//! What is marked of texts of each kind.

use super::*;

/// What is marked of a text, in brackets.
fn marked(query: &str, part: ShownPart, text: &str) -> String {
    let shown = Shown {
        part,
        text: text.to_owned(),
    };
    let marks = Reading::marks(query, &[shown]).unwrap();
    let mut out = text.to_owned();
    for place in marks.concat().iter().rev() {
        out.insert(place.end, ']');
        out.insert(place.start, '[');
    }
    out
}

fn text(query: &str, text: &str) -> String {
    marked(query, ShownPart::Text, text)
}

#[test]
fn words_are_marked_where_the_index_finds_them() {
    for (query, expected, reason) in [
        (
            "lamp room",
            "the [lamp] in the [room], a [Lamp]",
            "each of them, whatever its case",
        ),
        (
            "\"lamp room\"",
            "a lamp, the [lamp room], a [lamp, room]",
            "a phrase is whole",
        ),
        ("\"lamp\"", "[lamp] and lamps", "quotes are meant as they stand"),
        (
            "rechnung",
            "die [Rechnung]snummer der Abrechnung",
            "a beginning is marked as far as it was typed",
        ),
        (
            "muller",
            "Frau [Müller], [Muller], [Mu\u{308}ller]",
            "accents make no difference",
        ),
        ("mull", "[Müll]er, [Mu\u{308}ll]er", "also where the word goes on"),
        ("日本", "[日本]語の[日本]", "any two characters"),
        ("日本語", "[日本語]", "or more"),
        ("京", "東[京]の[京]都", "one is one, though pairs are indexed"),
        ("東京tower", "in [東京tower]", "scripts beside each other"),
        ("สวัส", "[สวัส]ดีครับ", "Thai has no spaces either"),
        ("-lamp room", "lamp, [room]", "what is not wanted is not marked"),
        (
            "(lamp OR room) is:unread",
            "[lamp] or [room], unread",
            "and what is asked of a letter is no word",
        ),
        (
            "4711",
            "no. [4711], not 47110",
            "numbers are meant as they stand, once something follows",
        ),
        (
            "amara@lighthouse.example",
            "to [amara@lighthouse.example]",
            "addresses literally",
        ),
        (
            "subject:lamp from:room",
            "lamp, room",
            "what is looked for elsewhere is not marked here",
        ),
        ("body:lamp", "[lamp]", "and here it is"),
        ("lamp lamps", "[lamps]", "what lies over each other is one place"),
    ] {
        let query = format!("{query} ");
        let plain = expected.replace(['[', ']'], "");
        assert_eq!(text(&query, &plain), expected, "{query}: {reason}");
    }
}

#[test]
fn each_part_is_marked_by_what_is_looked_for_in_it() {
    use ShownPart::{Copies, FileName, Recipients, Sender, Subject};
    assert_eq!(marked("from:lena ", Sender, "Lena Vogt"), "[Lena] Vogt");
    assert_eq!(marked("from:lena ", Recipients, "Lena Vogt"), "Lena Vogt");
    assert_eq!(marked("to:lena ", Recipients, "Lena Vogt"), "[Lena] Vogt");
    assert_eq!(
        marked("to:lena ", Copies, "Lena Vogt"),
        "[Lena] Vogt",
        "copies are recipients"
    );
    assert_eq!(marked("cc:lena ", Recipients, "Lena Vogt"), "Lena Vogt");
    assert_eq!(
        marked("filename:plan ", FileName, "plan_of_deck.pdf"),
        "[plan]_of_deck.pdf"
    );
    assert_eq!(
        marked("plan ", Subject, "The plan"),
        "The [plan]",
        "a word by itself is looked for anywhere"
    );
    assert_eq!(
        marked("type:pdf ", FileName, "plan.pdf"),
        "plan.pdf",
        "a kind is no word"
    );
}

#[test]
fn texts_of_any_kind_are_looked_through() {
    assert_eq!(
        text("lamp", "\0\u{1}lamp\u{2}"),
        "\0\u{1}[lamp]\u{2}",
        "signs of our own in it"
    );
    assert_eq!(text("", "lamp"), "lamp");
    assert_eq!(text("\" (", "lamp"), "lamp", "a query without words");
    assert_eq!(text("lamp", ""), "");
    let long = format!("{} lamp", "日".repeat(600_000));
    let shown = [Shown {
        part: ShownPart::Text,
        text: long,
    }];
    let marks = Reading::marks("lamp", &shown).unwrap();
    assert_eq!(marks, [Vec::new()], "what is not indexed is not marked");
}

#[test]
fn a_letter_that_is_made_to_be_marked_everywhere_ends_with_so_many_places() {
    let shown = ["lamp ".repeat(20_000), "deck".to_owned()].map(|text| Shown {
        part: ShownPart::Text,
        text,
    });
    let marks = Reading::marks("lamp deck ", &shown).unwrap();
    assert_eq!((marks[0].len(), marks[0][MOST - 1].end), (MOST, 5 * MOST - 1));
    assert_eq!(marks[1], vec![0..4]);
    let marks = Reading::marks(&format!("{}deck ", "lamp ".repeat(12)), &shown).unwrap();
    assert_eq!(
        (marks[0].len(), marks[1].len()),
        (MOST, 0),
        "it is not gone on for ever"
    );
}

#[test]
fn words_are_split_as_in_the_index() {
    let schema = include_str!("../../../schema.sql");
    assert!(schema.contains(&format!("tokenize = \"{TOKENIZER}\"")));
}
