//! What is equal to whoever searches is found by any of its forms, and marked by exactly the letters that it is made of.

use waxwing_store::{Reading, Shown, ShownPart};

use crate::scene::Scene;
use crate::search::{found, with_text};

/// A text in which what a query finds stands in brackets.
fn marked(query: &str, text: &str) -> String {
    let shown = Shown {
        part: ShownPart::Text,
        text: text.to_owned(),
    };
    let mut out = text.to_owned();
    for place in Reading::marks(query, &[shown]).unwrap().concat().iter().rev() {
        out.insert(place.end, ']');
        out.insert(place.start, '[');
    }
    out
}

/// Texts in which what is found stands in brackets, and by what it is found.
const CASES: &[(&str, &[&str])] = &[
    (
        "der [Versicherungs\u{ad}nehmer] zahlt",
        &["Versicherungsnehmer", "versicherungs\u{ad}nehmer"],
    ),
    ("[foo\u{200b}bar] \u{feff}x", &["foobar", "\u{feff}foobar"]),
    ("\u{200f}[boat]\u{200e} of", &["boat", "\u{202a}boat\u{202c}"]),
    (
        // As file names of macOS have it.
        "[\u{1112}\u{116c}\u{110b}\u{1174}\u{1105}\u{1169}\u{11a8}].pdf",
        &[
            "회의록",
            "\u{1112}\u{116c}\u{110b}\u{1174}\u{1105}\u{1169}\u{11a8}",
        ],
    ),
    (
        "[회의록].pdf",
        &["\u{1112}\u{116c}\u{110b}\u{1174}\u{1105}\u{1169}\u{11a8}"],
    ),
    ("[회의]록", &["회의", "\u{1112}\u{116c}\u{110b}\u{1174}"]),
    (
        "旅行[カ\u{3099}イト\u{3099}]です",
        &["ガイド", "ｶﾞｲﾄﾞ", "カ\u{3099}イト\u{3099}"],
    ),
    ("[ｶﾞｲﾄﾞ]", &["ガイド"]),
    (
        "旅行[ガイド]",
        &["ｶﾞｲﾄﾞ", "カ\u{3099}イト\u{3099}", "ガ\u{200b}イド"],
    ),
    ("東[京\u{ad}都]の", &["京都"]),
    ("Lange [Straße] 5", &["Straße", "strasse", "STRASSE", "STRAẞE"]),
    ("[Straß]e", &["Stras"]),
    ("[Strasse]", &["straße"]),
    (
        "[Οδυσσεύς] και",
        &["Οδυσσεύς", "οδυσσευς", "ΟΔΥΣΣΕΥΣ", "οδυσσεύσ"],
    ),
    ("[ΟΔΥΣΣΕΥΣ]", &["Οδυσσεύς"]),
    ("[مَرْحَبًا] بك", &["مرحبا", "مَرْحَبًا"]),
    ("[مرحبا]", &["مَرْحَبًا"]),
    ("[محـــمد] علي", &["محمد"]),
    ("[שָׁלוֹם] לך", &["שלום", "\u{fb2a}לום"]),
    ("[בן]־אדם", &["בן", "בֵּן"]),
    ("Nr. [４７１１]", &["4711", "４７１１"]),
    ("no. [4711]", &["４７１１"]),
    ("the [oﬃce]", &["office", "oﬃce"]),
    ("the [oﬃ]ce", &["offi"]),
    ("[Ĳsland]", &["ijsland"]),
    ("[Łódź]", &["lodz", "łódź"]),
    ("[København]", &["kobenhavn", "københavn"]),
    ("[Ærø]", &["aero", "ærø"]),
    ("[ёлка]", &["елка", "е\u{308}лка"]),
    ("[Елка]", &["ёлка"]),
    ("[Diyarbakır]", &["diyarbakir", "DİYARBAKIR"]),
    ("[𝓦𝓪𝔁𝔀𝓲𝓷𝓰] [ⓌⒶⓍⓌⒾⓃⒼ]", &["waxwing"]),
    ("[Waxwing]™", &["waxwing", "𝗪𝗮𝘅𝘄𝗶𝗻𝗴"]),
    ("l´[eau]", &["eau"]),
    ("№[5]", &["5"]),
];

#[test]
fn words_are_found_and_marked_whatever_form_their_letters_have() {
    let scene = Scene::new();
    for (number, (expected, queries)) in (1..).zip(CASES) {
        let text = expected.replace(['[', ']'], "");
        let id = with_text(&scene, number, "-", &text);
        for query in *queries {
            // As it is typed, and with something behind it.
            for query in [(*query).to_owned(), format!("{query} ")] {
                if query.chars().count() > 2 || query.ends_with(' ') {
                    assert!(found(&scene, &query).contains(&id), "{query:?} in {text}");
                    assert_eq!(&marked(&query, &text), expected, "{query:?} in {text}");
                }
            }
        }
    }
}

#[test]
fn what_is_not_equal_is_not_found() {
    let scene = Scene::new();
    with_text(&scene, 1, "-", "カイト ぱ Strase 471１ oice בנאדם");
    for query in ["ガイド", "strasse", "4712", "office", "\"בן אדם\"", "は"] {
        assert_eq!(found(&scene, query), [], "{query}");
    }
}

#[test]
fn what_shows_nothing_asks_for_nothing() {
    let scene = Scene::new();
    let id = with_text(&scene, 1, "-", "boat");
    for query in ["\u{ad}", "ـــ", "\u{200b}\u{200d}", "\"\u{640}\""] {
        assert_eq!(found(&scene, query), [], "{query:?}");
        assert_eq!(found(&scene, &format!("{query} boat")), [id], "{query:?}");
    }
}
