//! Names that are filled in, and what that may cost.

use super::*;

fn filled(sheet: &str, value: &str) -> Option<String> {
    let mut variables = Variables::default();
    variables.read(&[sheet.to_owned()]);
    let words = variables.filled(value, &Own::new())?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_name_is_filled_in_with_the_value_that_holds_for_all() {
    let sheet = "p{--c:red} :root{--brand:#0a7 ; --edge:1px solid var(--brand);--Space: 8px!important} .a{--brand:blue}\
                 @media(max-width:9px){:root{--brand:black}} @media screen{html{--s:1}} @layer x{:root,:host{--l:2}}\
                 @media print{:root{--p:3}} .b{--once:4px} .c{--loop:var(--loop)}";
    for (value, made) in [
        ("var(--brand)", Some("#0a7")),
        ("VAR( --edge )", Some("1px solid #0a7")),
        ("calc(2 * var(--Space))", Some("calc(2 * 8px )")),
        ("var(--space)", None),
        ("var(--s)var(--l)", Some("1 2")),
        ("var(--p)", None),
        ("var(--none, var(--once))", Some("4px")),
        ("var(--none,)", Some("")),
        ("var(--c)/**/x", Some("red x")),
        ("var(--loop)", None),
        ("var(x)", None),
        ("var(--c) {}", None),
    ] {
        assert_eq!(filled(sheet, value).as_deref(), made, "{value}");
    }
}

#[test]
fn names_within_names_take_no_more_than_a_value_may() {
    let mut sheet = String::from(":root{--a0:;--b0:xxxxxxxxxxxxxxxx;");
    for number in 1..20 {
        let before = number - 1;
        sheet += &format!("--a{number}:{};", format!("var(--a{before})").repeat(40));
        sheet += &format!("--b{number}:{};", format!("var(--b{before})").repeat(10));
    }
    for name in ["a19", "b19", "a3", "b2"] {
        assert_eq!(filled(&sheet, &format!("var(--{name})")), None, "{name}");
    }
    assert!(filled(&sheet, "var(--b1)").is_some());
    let mut variables = Variables::default();
    variables.read(&[format!(":root{{--x:{}}}", "y".repeat(LONGEST))]);
    let times = (0..10_000).filter(|_| variables.filled("var(--x)", &Own::new()).is_some());
    let times = times.count();
    assert!(times * LONGEST <= MOST_OCTETS && times > 900, "{times}");
}

#[test]
fn what_comes_to_nothing_costs_as_much_as_was_read_for_it() {
    let sheet = format!(
        ":root{{--c:/*{}*/;--l:{};--ok:red}}",
        "x".repeat(496),
        "var(--c)".repeat(64)
    );
    let mut variables = Variables::default();
    variables.read(&[sheet]);
    assert!(variables.filled("var(--ok)", &Own::new()).is_some());
    for _ in 0..1_000 {
        assert_eq!(variables.filled("var(--l)", &Own::new()), None);
    }
    assert_eq!(
        variables.filled("var(--ok)", &Own::new()),
        None,
        "nothing is left"
    );
    assert_eq!(variables.spent(), MOST_OCTETS);
}

#[test]
fn brackets_are_followed_no_deeper_than_any_value_needs() {
    let deep = |depth: usize| format!("{}var(--c){}", "calc(".repeat(depth), ")".repeat(depth));
    assert!(filled(":root{--c:1}", &deep(70)).is_some());
    assert_eq!(filled(":root{--c:1}", &deep(80)), None);
}
