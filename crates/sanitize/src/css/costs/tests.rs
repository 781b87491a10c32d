//! What is counted, and what becomes of what is too much.

use super::*;

#[test]
fn what_is_drawn_apart_costs_by_what_it_takes() {
    for (name, value, expected) in [
        ("opacity", "0.9", Cost::Drawn(1)),
        ("opacity", "1 !important", Cost::Nothing),
        ("box-shadow", "0 0 3px rgba(0,0,0,.2), 0 1px red", Cost::Drawn(8)),
        ("text-shadow", "none", Cost::Nothing),
        (
            "background",
            "linear-gradient(red,blue), radial-gradient(red,blue)",
            Cost::Drawn(6),
        ),
        ("background", "red", Cost::Nothing),
        ("background-blend-mode", "hue,color", Cost::Drawn(60)),
        ("border-bottom", "1px Dotted red", Cost::Dotted),
        ("border-top-left-radius", "3px", Cost::Round),
        ("border-radius", "0", Cost::Nothing),
        ("border-radius", "0 0px / 0 0", Cost::Nothing),
        ("translate", "1px", Cost::Placed),
        ("content", "counters(a, \".\")", Cost::Placed),
        ("border", "1px solid red", Cost::Nothing),
        ("outline", "auto red", Cost::Drawn(5)),
        ("outline", "none", Cost::Nothing),
        ("position", "absolute !important", Cost::Placed),
        ("position", "static", Cost::Nothing),
        ("transform", "scale(2)", Cost::Placed),
        ("display", "table-cell", Cost::Cell),
        ("display", "TABLE-HEADER-GROUP", Cost::Row),
        ("display", "table", Cost::Nothing),
        ("display", "-webkit-inline-flex", Cost::Flexible),
        ("min-height", "calc(1px + 50%)", Cost::Part),
        ("min-height", "-webkit-fill-available", Cost::Part),
        ("height", "50px", Cost::Nothing),
        ("counter-reset", "a 1", Cost::Counted),
        ("counter-reset", "none", Cost::Nothing),
        ("color", "red", Cost::Nothing),
    ] {
        assert_eq!(cost(name, value), expected, "{name}: {value}");
    }
}

#[test]
fn a_letter_has_what_it_needs_and_no_more() {
    let spent = Spent::default();
    assert!(spent.take("opacity", "0.5", || MOST_DRAWN).is_some());
    assert!(spent.take("opacity", "0.5", || 1).is_none(), "nothing is left");
    assert!(
        spent.take("color", "red", || usize::MAX).is_some(),
        "a colour costs nothing"
    );
    spent.forget();
    assert!(
        spent.take("opacity", "0.5", || usize::MAX).is_none(),
        "too many at once"
    );
    assert!(
        spent.take("opacity", "0.5", || 1).is_some(),
        "which takes nothing from others"
    );
    assert!(spent.take("display", "table-row", || 10_000).is_some());
    assert!(spent.take("display", "table-cell", || 100).is_some());
    assert!(
        spent.take("display", "table-cell", || 10_000).is_none(),
        "in each of those rows"
    );
}

#[test]
fn what_is_too_much_is_plainer() {
    for (name, value, expected) in [
        ("border-bottom", "1px Dotted #ddd", Some("1px solid #ddd")),
        (
            "border-style",
            "dashed solid !important",
            Some("solid solid !important"),
        ),
        (
            "background",
            "linear-gradient(to right, #1a73e8 0%, #1557b0)",
            Some("#1a73e8"),
        ),
        (
            "background",
            "url(x) radial-gradient(circle, rgba(1, 2, 3, 0.5), red) !important",
            Some("rgba(1, 2, 3, 0.5) !important"),
        ),
        ("background", "conic-gradient(from 3deg, red, blue)", Some("red")),
        ("background-image", "linear-gradient(red, blue)", None),
        ("opacity", "0.5", None),
    ] {
        assert_eq!(plainer(name, value).as_deref(), expected, "{name}: {value}");
    }
}

#[test]
fn flexible_boxes_and_parts_of_heights_are_many_of_one_kind_alone() {
    for (one, other) in [
        (("display", "flex"), ("height", "100%")),
        (("height", "100%"), ("display", "flex")),
    ] {
        let spent = Spent::default();
        assert!(
            spent.take(one.0, one.1, || 5_000).is_some(),
            "{one:?} alone are no trouble"
        );
        let taken = (0..100).filter(|_| spent.take(other.0, other.1, || 1).is_some());
        assert_eq!(taken.count(), MOST_FLEXIBLE, "{other:?} beside them");
    }
    let spent = Spent::default();
    let both = || {
        let flexible = spent.take("display", "flex", || 1).is_some();
        spent.take("height", "100%", || 1).is_some() && flexible
    };
    assert!((0..100).filter(|_| both()).count() <= MOST_FLEXIBLE + 1);
}

#[test]
fn fonts_that_were_named_before_may_be_named_again() {
    let spent = Spent::default();
    let named = (0..1_000).filter(|number| spent.font(&format!("f{number}")).is_some());
    assert_eq!(named.count(), 250);
    assert!(spent.font("f7").is_some());
}

#[test]
fn nothing_is_drawn_around_the_lines_of_a_long_letter() {
    let spent = Spent::default();
    let follow = [
        ("outline", "1px solid red"),
        ("outline-style", "Dotted"),
        ("outline", "auto"),
        ("text-wrap", "pretty"),
        ("text-wrap", "balance !important"),
    ];
    let stay = [
        ("outline", "none"),
        ("outline", "0"),
        ("outline-width", "1px"),
        ("text-wrap", "nowrap"),
    ];
    for (name, value) in follow.into_iter().chain(stay) {
        assert!(
            spent.take(name, value, || 1).is_some(),
            "{name}: {value} in a short one"
        );
    }
    spent.is_of(LONG);
    for (name, value) in follow.into_iter().chain(stay) {
        assert!(
            spent.take(name, value, || 1).is_some(),
            "{name}: {value} in one that is nearly too long"
        );
    }
    spent.is_of(4 * LONG + 1);
    for (name, value) in follow {
        assert!(spent.take(name, value, || 1).is_none(), "{name}: {value}");
    }
    for (name, value) in stay {
        assert!(spent.take(name, value, || 1).is_some(), "{name}: {value}");
    }
}
