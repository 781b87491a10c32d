//! Address lists as they are written, broken, and used to deceive.

use waxwing_testkit::effort::assert_linear;

use super::*;

fn shown(value: &str) -> Vec<String> {
    list(value)
        .iter()
        .map(|a| format!("{}|{}", a.name.as_deref().unwrap_or("-"), a.email))
        .collect()
}

#[test]
fn lists_are_read_in_every_way_they_are_written() {
    for (value, expected) in [
        ("lena@a.example", vec!["-|lena@a.example"]),
        (
            "Lena Brandt <lena@a.example>, amara@b.example",
            vec!["Lena Brandt|lena@a.example", "-|amara@b.example"],
        ),
        (
            "\"Okafor, Amara\" <amara@b.example>",
            vec!["Okafor, Amara|amara@b.example"],
        ),
        (
            "Okafor, Amara <amara@b.example>",
            vec!["Okafor, Amara|amara@b.example"],
        ),
        (
            "amara@b.example (Amara (of the lighthouse) Okafor)",
            vec!["Amara of the lighthouse Okafor|amara@b.example"],
        ),
        (
            "=?utf-8?q?Mika_Per=C3=A4l=C3=A4?= <mika@c.example>",
            vec!["Mika Perälä|mika@c.example"],
        ),
        (
            "\"=?utf-8?q?Mika?=\" <mika@c.example>",
            vec!["Mika|mika@c.example"],
        ),
        (
            "Crew: lena@a.example, Jonas <jonas@d.example>;",
            vec!["-|lena@a.example", "Jonas|jonas@d.example"],
        ),
        ("undisclosed-recipients:;", vec![]),
        (
            "<@relay.example,@b.example:amara@b.example>",
            vec!["-|amara@b.example"],
        ),
        ("\"the crew\"@a.example", vec!["-|\"the crew\"@a.example"]),
        ("Lena lena@a.example", vec!["Lena|lena@a.example"]),
        (
            "Lena <lena@a.example, Jonas <jonas@d.example>",
            vec!["Lena|lena@a.example", "Jonas|jonas@d.example"],
        ),
        ("'lena@a.example' <lena@a.example>", vec!["-|lena@a.example"]),
        ("MAILER-DAEMON", vec!["MAILER-DAEMON|"]),
        ("<>", vec![]),
        (",, ;", vec![]),
    ] {
        assert_eq!(shown(value), expected, "{value}");
    }
}

#[test]
fn an_encoded_address_does_not_become_another_address() {
    let found = list("=?utf-8?b?Ym9zc0BiYW5rLmV4YW1wbGUA?=@evil.example");
    assert!(
        found[0].email.ends_with("@evil.example"),
        "the address stays undecoded: {found:?}"
    );
    let found = list("=?utf-8?q?boss=40bank.example=0A=3Cx=3E=2C?= <thief@evil.example>");
    assert_eq!(found.len(), 1, "a decoded comma or bracket separates nothing");
    assert_eq!(
        found[0].email, "thief@evil.example",
        "and the address is that in the brackets"
    );
    assert!(
        !found[0].name.as_deref().unwrap_or_default().contains('\n'),
        "no control character survives"
    );
}

#[test]
fn what_a_person_types_is_read_or_refused_in_words() {
    let typed =
        parse_addresses("Jonas <jonas@a.example>; amara@b.example,\n Lena <lena@grün.example>").unwrap();
    assert_eq!(typed.len(), 3, "commas, semicolons and lines separate");
    assert_eq!(parse_addresses(" , ").unwrap(), [], "nothing is nothing");
    for wrong in [
        "jonas",
        "jonas@",
        "jonas, amara@b.example",
        "a b@c.example d@",
        "x@y..example",
    ] {
        assert!(
            matches!(parse_addresses(wrong), Err(ComposeError::BadAddress(_))),
            "{wrong}"
        );
    }
    let error = parse_addresses("jonas").unwrap_err().to_string();
    assert_eq!(error, "“jonas” is not an email address.", "a sentence");
}

#[test]
fn a_domain_with_umlauts_goes_out_in_ascii() {
    assert_eq!(
        check("lena@grün.example").unwrap().to_string(),
        "lena@xn--grn-ioa.example",
        "RFC 5890"
    );
    assert!(
        check("lena@a.example\r\nRCPT TO:<x@y>").is_err(),
        "no line break reaches SMTP"
    );
}

#[test]
fn a_sign_that_is_never_closed_hides_nobody() {
    for (value, expected) in [
        (
            "security :( <thief@evil.example>",
            vec!["security :(|thief@evil.example"],
        ),
        (
            "Your Bank (security <thief@evil.example>",
            vec!["Your Bank (security|thief@evil.example"],
        ),
        (
            "\"Your Bank <thief@evil.example>",
            vec!["\"Your Bank|thief@evil.example"],
        ),
        (
            "Lena (work <lena@a.example>, bob@b.example, Tom (x) <t@d.example>",
            vec!["Lena (work|lena@a.example", "-|bob@b.example", "Tom|t@d.example"],
        ),
        (
            "\"Lena <lena@a.example>, bob@b.example, Tom <t@d.example>",
            vec!["\"Lena|lena@a.example", "-|bob@b.example", "Tom|t@d.example"],
        ),
        (
            "Lena <\"lena@a.example>, bob@b.example",
            vec!["Lena|\"lena@a.example", "-|bob@b.example"],
        ),
        (
            "Lena <lena, bob@b.example, tom@d.example",
            vec!["Lena|lena", "-|bob@b.example", "-|tom@d.example"],
        ),
        ("lena@a.example (Lena", vec!["-|lena@a.example(Lena"]),
        ("Lena :) <lena@a.example>", vec!["Lena :)|lena@a.example"]),
        ("Support: Team <x@y.example>", vec!["Support: Team|x@y.example"]),
        ("Info 24:7 <x@y.example>", vec!["Info 24:7|x@y.example"]),
        ("Crew: lena@a.example", vec!["Crew|lena@a.example"]),
        (
            "Crew: Lena <a@b.example>;, Info: c <d@e.example>",
            vec!["Lena|a@b.example", "Info: c|d@e.example"],
        ),
        ("undisclosed-recipients:", vec!["undisclosed-recipients|"]),
        ("(nobody at all)", vec!["nobody at all|"]),
    ] {
        assert_eq!(shown(value), expected, "{value}");
    }
}

#[test]
fn addresses_are_those_that_the_sender_meant() {
    for (value, expected) in [
        ("lena . brandt@a.example", vec!["-|lena.brandt@a.example"]),
        ("lena.brandt @ a . example", vec!["-|lena.brandt@a.example"]),
        ("Lena lena @ a.example", vec!["Lena|lena@a.example"]),
        ("Dr. Lena lena@a.example", vec!["Dr. Lena|lena@a.example"]),
        ("<<lena@a.example>>", vec!["-|lena@a.example"]),
        ("Lena <<lena@a.example>>", vec!["Lena|lena@a.example"]),
        ("Lena <lena@a.example>>", vec!["Lena|lena@a.example"]),
        ("Lena lena@a.example>", vec!["Lena|lena@a.example"]),
        ("Lena <L> <lena@a.example>", vec!["Lena <L>|lena@a.example"]),
        ("Lena <lena@a.example (work)>", vec!["Lena|lena@a.example"]),
        ("[lena@a.example]", vec!["-|lena@a.example"]),
        ("Lena [mailto:lena@a.example]", vec!["Lena|lena@a.example"]),
        ("<SMTP:lena@a.example>", vec!["-|lena@a.example"]),
        ("smtp:lena@a.example", vec!["-|lena@a.example"]),
        ("a@b.example c@d.example", vec!["-|a@b.example", "-|c@d.example"]),
        ("a@b.example\tc@d.example", vec!["-|a@b.example", "-|c@d.example"]),
        ("\"a@b.example\" c@d.example", vec!["a@b.example|c@d.example"]),
        ("\"le\\\"na\"@a.example", vec!["-|\"le\\\"na\"@a.example"]),
        ("a@[IPv6:2001:db8::1]", vec!["-|a@[IPv6:2001:db8::1]"]),
    ] {
        assert_eq!(shown(value), expected, "{value}");
    }
}

#[test]
fn an_encoded_word_is_one_piece_whatever_stands_raw_in_it() {
    for (value, expected) in [
        ("=?utf-8?Q?a;b?= <x@y.example>", vec!["a;b|x@y.example"]),
        (
            "=?utf-8?Q?Info:_Team?= <x@y.example>",
            vec!["Info: Team|x@y.example"],
        ),
        (
            "=?utf-8?Q?Lena_(work)?= <x@y.example>",
            vec!["Lena (work)|x@y.example"],
        ),
        (
            "=?utf-8?Q?Lena_\"L\"?= <x@y.example>",
            vec!["Lena \"L\"|x@y.example"],
        ),
        ("=?utf-8?Q?Lena_<L>?= <x@y.example>", vec!["Lena <L>|x@y.example"]),
        (
            "=?utf-8?Q?Brandt,_Lena?= <x@y.example>",
            vec!["Brandt, Lena|x@y.example"],
        ),
        (
            "=?utf-8?Q?Bank <thief@evil.example>, ?=",
            vec!["=?utf-8?Q?Bank|thief@evil.example", "?=|"],
        ),
    ] {
        assert_eq!(shown(value), expected, "{value}");
    }
}

#[test]
fn no_encoded_word_hides_the_address_that_other_readers_see() {
    for hidden in [
        "=?utf-8?Q?.\"?= <boss@bank.example> \"@evil.example",
        "=?utf-8?Q?\"?= <boss@bank.example> \" <thief@evil.example>",
        "=?utf-8?Q?(?= <boss@bank.example> ) <thief@evil.example>",
        "=?utf-8?Q?((a)?= <boss@bank.example> ) <thief@evil.example>",
        "=?utf-8?Q?(\\)?= <boss@bank.example> ) <thief@evil.example>",
        "=?utf-8?Q?\"\\\"?= <boss@bank.example> \" <thief@evil.example>",
        "=?utf-8?Q?\")\"(?= <boss@bank.example> ) <thief@evil.example>",
        "=?utf-8?Q?<thief@evil.example>?= <boss@bank.example>",
    ] {
        let first = shown(hidden).into_iter().next().unwrap_or_default();
        assert!(first.ends_with("@evil.example"), "{hidden} shows {first}");
    }
}

#[test]
fn a_list_of_nothing_but_signs_is_read_in_one_go() {
    for piece in [
        "(", "\"", "<", "a:", "<\"", "=?a?q?x", "=?a?q?x ", "(\"<", "=?a?q?(x", "a@b ", "\\(", ": <", "<a@",
    ] {
        for end in ["", "?=)\">"] {
            let text = |pieces| piece.repeat(pieces) + end;
            assert_linear(format_args!("{piece}…{end}"), 5_000, text, |text| list(text));
        }
    }
}
