//! Which words are given places, and that no sign is lost or taken apart.

use super::*;

fn written(pieces: &[&str]) -> String {
    let (mut unbroken, mut html) = (Unbroken::default(), String::new());
    for piece in pieces {
        unbroken.write(piece, &mut html);
    }
    html
}

#[test]
fn what_people_write_stays_as_it_is() {
    let words = "käse & wine, ".repeat(1_000);
    assert_eq!(written(&[&words]), words.replace('&', "&amp;"));
    let chinese = "灯塔".repeat(5_000);
    assert_eq!(written(&[&chinese]), chinese);
    let address = format!("https://a.example/{}", "x".repeat(450));
    assert_eq!(
        written(&[&address, " ", &address]),
        format!("{address} {address}")
    );
}

#[test]
fn a_long_word_is_given_places_whatever_pieces_it_comes_in() {
    let long = "x".repeat(10_500);
    assert_eq!(written(&[&long]).matches("<wbr>").count(), 20);
    let pieces = vec!["x"; 10_500];
    let html = written(&pieces);
    assert_eq!(html.matches("<wbr>").count(), 20);
    assert!(html.split("<wbr>").all(|piece| piece.len() <= LONGEST));
    assert_eq!(html.replace("<wbr>", ""), long);
    let word = "я".repeat(LONGEST - 100);
    assert_eq!(written(&[&word]), word);
    let pieces = vec!["я"; LONGEST];
    assert_eq!(
        written(&pieces),
        pieces.concat(),
        "signs are counted, however long each is"
    );
    assert_eq!(written(&["я ", &"x".repeat(LONGEST)]).matches("<wbr>").count(), 0);
}

#[test]
fn signs_that_are_set_together_are_given_more_places() {
    for sign in ['\u{628}', '\u{915}', '\u{5d0}', '\u{1820}', '\u{10a00}'] {
        let word = sign.to_string().repeat(100_000);
        let html = written(&[&word]);
        assert_eq!(html.replace("<wbr>", ""), word);
        let longest = html.split("<wbr>").map(|piece| piece.chars().count()).max();
        assert_eq!(longest, Some(LONGEST / SHAPED), "{sign:?}");
        let pieces = vec![sign.to_string(); 1_000];
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        assert_eq!(written(&pieces).matches("<wbr>").count(), 9, "{sign:?} by itself");
        let words = format!("{} ", sign.to_string().repeat(90)).repeat(100);
        assert_eq!(
            written(&[&words]),
            words,
            "{sign:?}: the longest words there are stay"
        );
    }
    let marked = "a\u{301}".repeat(10_000);
    let html = written(&[&marked]);
    assert!(
        html.split("<wbr>").all(|piece| piece.chars().count() <= 170),
        "letters with marks"
    );
    assert!(
        !html.contains("<wbr>\u{301}"),
        "no mark stands without its letter"
    );
}

#[test]
fn a_sign_is_not_taken_apart() {
    let family = "\u{1f468}\u{200d}".repeat(LONGEST);
    let html = written(&[&family]);
    assert!(html.matches("<wbr>").count() > 0, "it ends somewhere");
    let thai = "ประเทศไทยมีประวัติศาสตร์".repeat(100);
    for text in [
        thai,
        "မြန်မာ".repeat(200),
        "ភាសាខ្មែរ".repeat(200),
        "x\u{200b}".repeat(600),
    ] {
        assert_eq!(written(&[&text]), text, "its lines end by themselves");
    }
    for mark in ['\u{93e}', '\u{345}', '\u{903}', '\u{301}'] {
        let marked = format!("{}{mark}x", "x".repeat(LONGEST));
        let apart = format!("{}{mark}<wbr>x", "x".repeat(LONGEST));
        assert_eq!(written(&[&marked]), apart, "{mark:?} stays with its letter");
    }
    let marked = format!("{}\u{301}x", "x".repeat(LONGEST));
    assert_eq!(
        written(&[&marked]),
        format!("{}\u{301}<wbr>x", "x".repeat(LONGEST)),
        "a mark stays with its letter"
    );
}

/// The longest piece of what is written of a text, in signs, from a place in it on.
fn longest_behind(text: &str, signs: usize) -> usize {
    let html = written(&[text]);
    assert_eq!(html.replace("<wbr>", ""), text, "no sign is lost");
    let mut seen = 0;
    let mut longest = 0;
    for piece in html.split("<wbr>").flat_map(|piece| piece.split(' ')) {
        let length = piece.chars().count();
        seen += length;
        if seen > signs {
            longest = longest.max(length);
        }
    }
    longest
}

#[test]
fn beyond_a_measure_no_word_is_wider_than_a_narrow_line() {
    for sign in ["क", "ب", "ক", "க", "ക", "א", "ཀ"] {
        for word in [100_000, 99, 40] {
            let text = format!("{} ", sign.repeat(word)).repeat(100_000 / word);
            assert!(
                longest_behind(&text, 30_000) <= CROWDED_SHAPED,
                "{sign}: words of {word}"
            );
        }
        let usual = format!("{} ", sign.repeat(USUAL_SHAPED)).repeat(10_000);
        assert_eq!(written(&[&usual]), usual, "{sign}: words that people write");
    }
    let base64 = "x".repeat(500_000);
    assert!(longest_behind(&base64, 70_000) <= CROWDED);
    let addresses = format!("https://a.example/{} ", "x".repeat(150)).repeat(300);
    assert_eq!(
        written(&[&addresses]),
        addresses,
        "as many as a long newsletter has"
    );
    let marked = format!("{}\u{301}", "x".repeat(99)).repeat(2_000);
    assert!(
        longest_behind(&marked, 30_000) <= CROWDED + 1,
        "one sign that is set together, and all are"
    );
}

#[test]
fn what_is_no_word_of_a_script_without_spaces_is_given_places_and_what_is_none() {
    for strange in ["ก", "ฮฬฆ", "\u{e31}", "\u{17d2}ក", "ກ", "က"] {
        let text = strange.repeat(100_000);
        assert!(longest_behind(&text, 20_000) <= 2 * CROWDED_SHAPED, "{strange:?}");
    }
    let clauses = "ประเทศไทยมีประวัติศาสตร์ยาวนาน ".repeat(1_000);
    assert_eq!(written(&[&clauses]), clauses, "a letter of thirty thousand signs");
    let stacked = "ក\u{17d2}ក".repeat(100_000);
    assert!(
        !written(&[&stacked]).contains("\u{17d2}<wbr>"),
        "what stands below another sign stays with it"
    );
}

#[test]
fn syllables_of_tibetan_end_behind_their_mark() {
    let text = "བོད་ཡིག་".repeat(5_000);
    assert_eq!(written(&[&text]), text);
}
