//! What is marked is what is found: the two are asked the same, over made texts.

use std::ops::Range;

use proptest::prelude::*;
use waxwing_store::{Reading, Shown, ShownPart};

use crate::scene::Scene;
use crate::search::{found, with_text};

/// What is marked of a text.
fn marked(query: &str, text: &str) -> Vec<String> {
    let shown = Shown {
        part: ShownPart::Text,
        text: text.to_owned(),
    };
    let marks = Reading::marks(query, &[shown]).unwrap().concat();
    let marked = |place: Range<usize>| text.get(place).unwrap_or_default().to_owned();
    marks.into_iter().map(marked).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_marked_and_nothing_else(
        text in "([a-cA-Céè\u{301}ü0-2東京都ก-ค้]{1,5}[ .,@\n-]){0,12}",
        // One word or one phrase: of several words each is marked, also where the others are missing.
        query in prop_oneof!["[a-céeu0-2東京都ก-ค้]{1,4} ?", "\"[a-céeu0-2東京都ก-ค้]{1,3}( [a-c東]{1,2}){1,2}\"? ?"],
    ) {
        let scene = Scene::new();
        let id = with_text(&scene, 1, "-", &text);
        let is_found = found(&scene, &query).contains(&id);
        // The letter's people and its subject are found as well, and are not in the text.
        prop_assert_eq!(is_found, !marked(&query, &text).is_empty(), "{:?} in {:?}", query, text);
    }

    #[test]
    fn any_two_characters_are_found_where_words_have_no_spaces(
        text in prop_oneof!["[一-三東京都案内]{2,9}", "[あ-んア-ンー]{2,9}", "[가-깋]{2,9}", "([ก-ฮ][ะาิ้็]?){2,6}"],
        before in "[a-z]{0,3}",
    ) {
        let scene = Scene::new();
        let id = with_text(&scene, 1, "-", &format!("{before}{text}, and {text}x"));
        let characters: Vec<char> = text.chars().collect();
        for length in 2..=characters.len() {
            for part in characters.windows(length) {
                let part: String = part.iter().collect();
                prop_assert_eq!(found(&scene, &part), vec![id], "{} in {}", part, text);
            }
        }
    }
}
