//! What becomes of colours on dark paper: what could be read is read, brands and markers keep their hue.

use super::*;

fn colour(digits: &str) -> Colour {
    Colour::digits(digits).expect("digits")
}

fn contrast(one: Colour, other: Colour) -> f32 {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    one.max(other) / one.min(other)
}

#[test]
fn white_becomes_the_apps_paper_and_black_its_ink() {
    let near = |one: Colour, other: Colour| (one.luminance() - other.luminance()).abs() < 0.01;
    for role in [Role::Paper, Role::Line] {
        assert!(near(colour("ffffff").on_dark(role), colour("211f1d")), "paper");
    }
    for role in [Role::Text, Role::Line] {
        assert!(near(colour("000000").on_dark(role), colour("ece8e2")), "ink");
    }
    assert_eq!(colour("00000033").on_dark(Role::Shadow), colour("00000033"));
}

fn all() -> Vec<Colour> {
    let steps = ["00", "33", "66", "99", "cc", "ff"];
    let pairs = steps.iter().flat_map(|r| steps.iter().map(move |g| (r, g)));
    pairs
        .flat_map(|(r, g)| steps.iter().map(move |b| colour(&format!("{r}{g}{b}"))))
        .collect()
}

#[test]
fn what_could_be_read_can_be_read_again() {
    for text in all() {
        for paper in all() {
            let before = contrast(text, paper);
            let (text_after, paper_after) = (text.on_dark(Role::Text), paper.on_dark(Role::Paper));
            let after = contrast(text_after, paper_after);
            if text.luminance() >= paper.luminance() {
                assert!(
                    after >= before - 0.05,
                    "{text:?} on {paper:?} had {before} and has {after}"
                );
            } else if before >= 7.0 {
                assert!(after >= 4.4, "{text:?} on {paper:?} had {before} and has {after}");
            } else if before >= 4.5 {
                assert!(after >= 2.9, "{text:?} on {paper:?} had {before} and has {after}");
            }
        }
    }
    let paper = colour("ffffff").on_dark(Role::Paper);
    for text in all() {
        assert!(
            contrast(text.on_dark(Role::Text), paper) >= 4.5,
            "{text:?} on the app's paper"
        );
    }
}

#[test]
fn a_brand_keeps_its_hue_and_white_words_on_it() {
    for (digits, greatest) in [
        ("c8102e", 0),
        ("0f6b66", 1),
        ("1a3c8b", 2),
        ("e07a3f", 0),
        ("1db954", 1),
    ] {
        let brand = colour(digits);
        for role in [Role::Text, Role::Paper, Role::Line] {
            let dark = brand.on_dark(role);
            let channels = [dark.red, dark.green, dark.blue];
            let most = channels.iter().max().copied();
            assert_eq!(channels.get(greatest).copied(), most, "{digits} became {dark:?}");
        }
        let white = colour("ffffff").on_dark(Role::Text);
        assert_eq!(white, colour("ffffff"), "white words stay white");
        assert!(contrast(white, brand.on_dark(Role::Paper)) >= 4.5, "on {digits}");
    }
    for dark in ["003366", "0f6b66", "14324a"] {
        assert_eq!(
            colour(dark).on_dark(Role::Paper),
            colour(dark),
            "it is dark enough as it is"
        );
    }
}

#[test]
fn a_marker_stays_one_and_is_written_on() {
    let paper = colour("211f1d");
    for digits in [
        "ffff99", "ffff00", "fff200", "ffee58", "99ff99", "00ff00", "ff99cc", "66ffff", "ffd180",
    ] {
        let marker = colour(digits).on_dark(Role::Paper);
        let channels = [marker.red, marker.green, marker.blue].map(f32::from);
        let [least, most] = [f32::min, f32::max].map(|of| channels.into_iter().reduce(of).unwrap());
        assert!(
            contrast(marker, paper) >= 1.2,
            "{digits} became {marker:?}: it is lighter than the paper"
        );
        assert!(
            most - least >= 40.0,
            "{digits} became {marker:?}: it has a colour"
        );
        assert!(
            contrast(colour("000000").on_dark(Role::Text), marker) >= 4.5,
            "{digits}: words on it are read"
        );
    }
    for digits in ["ffffff", "f4f4f4", "e8f0fe", "faf8f5"] {
        let [paper, marked] = [Role::Line, Role::Paper].map(|role| colour(digits).on_dark(role).luminance());
        assert!((paper - marked).abs() < 0.02, "{digits} is paper");
    }
}

#[test]
fn a_marker_of_the_browsers_own_colour_is_as_a_yellow_one() {
    let yellow = Colour::named("yellow").unwrap().on_dark(Role::Paper);
    let rule = format!(
        "mark {{ background-color: #{}; color: inherit; }}",
        yellow.to_digits()
    );
    let sheet = include_str!("../../frame/dark.css");
    assert!(sheet.contains(&rule), "{rule}");
}

#[test]
fn a_dark_paper_is_known_however_it_is_written() {
    for paper in ["#000", "black", "0a1f44", "#1b1a18"] {
        assert!(
            Colour::attribute(paper).is_some_and(Colour::is_dark_paper),
            "{paper}"
        );
    }
    for paper in ["#fff", "white", "f4f4f4", "#0f6b66cc"] {
        assert!(
            !Colour::attribute(paper).is_some_and(|colour| colour.is_dark_paper() && colour.alpha >= 1.0),
            "{paper}"
        );
    }
    assert_eq!(Colour::attribute("expression(1)"), None);
}
