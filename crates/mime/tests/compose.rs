//! Letters that go out, read again as their recipient reads them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use waxwing_mime::{
    ComposeError, Composed, Outgoing, OutgoingAttachment, PartId, attachment, compose, for_sending,
    has_attachment, inline_by_content_id, parse,
};
use waxwing_model::Address;

fn letter() -> Outgoing {
    Outgoing {
        from: Address::new("Lena Brandt", "lena@nordlicht.example"),
        to: vec![Address::new("Mika Perälä", "mika@saaristo.example")],
        cc: vec![],
        bcc: vec![],
        reply_to: vec![],
        subject: "Dinner".to_owned(),
        html: None,
        text: "See you.\n".to_owned(),
        attachments: vec![],
        in_reply_to: vec![],
        references: vec![],
        date: 1_795_426_920_000,
        utc_offset_minutes: 60,
        asks_for_receipt: false,
    }
}

fn header(composed: &Composed) -> String {
    let raw = String::from_utf8(composed.raw.clone()).expect("a letter of ours is ASCII");
    raw.split_once("\r\n\r\n")
        .expect("a header and a body")
        .0
        .to_owned()
}

fn assert_wire_clean(composed: &Composed) {
    let raw = &composed.raw;
    assert!(raw.is_ascii(), "nothing needs 8-bit transport");
    for (at, &byte) in raw.iter().enumerate() {
        assert!(byte != b'\n' || raw[at - 1] == b'\r', "no bare LF at {at}");
        assert!(byte != b'\r' || raw[at + 1] == b'\n', "no bare CR at {at}");
        assert!(byte != 0, "no NUL at {at}");
    }
    assert!(
        raw.split(|&b| b == b'\n').all(|line| line.len() <= 999),
        "RFC 5322, section 2.1.1"
    );
}

#[test]
fn a_plain_letter_comes_back_as_it_was() {
    let composed = compose(&letter()).unwrap();
    assert_wire_clean(&composed);
    let read = parse(&composed.raw);
    assert_eq!(
        read.headers.message_id.as_ref(),
        Some(&composed.message_id),
        "the identifier is told"
    );
    assert!(
        composed.message_id.ends_with("@nordlicht.example"),
        "it is ours: {}",
        composed.message_id
    );
    assert_eq!(read.headers.date, Some(1_795_426_920_000), "the moment");
    assert!(
        header(&composed).contains("Date: Mon, 23 Nov 2026 10:42:00 +0100"),
        "on the clock of the sender"
    );
    assert_eq!(read.headers.to, letter().to, "a name with umlauts");
    assert_eq!(
        read.text.as_deref().map(str::trim_end),
        Some("See you."),
        "the text"
    );
    assert_eq!(read.oddities, [], "nothing odd");
    assert!(
        !header(&composed).contains("User-Agent"),
        "nobody needs to know the program"
    );
}

#[test]
fn everything_at_once_comes_back_as_it_was() {
    let picture = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 255];
    let out = Outgoing {
        subject: "灯台 – Grüße, “lamp room” 🕯 and a subject that is long enough to be folded twice at least"
            .to_owned(),
        html: Some("<p>Grüße <img src=\"cid:lamp@waxwing\"></p>".to_owned()),
        text: format!("Grüße\n\n.\nFrom here\n{}\n", "long ".repeat(1_000)),
        attachments: vec![
            OutgoingAttachment {
                name: "lamp.png".into(),
                media_type: "image/png".into(),
                content_id: Some("lamp@waxwing".into()),
                data: picture.clone().into(),
            },
            OutgoingAttachment {
                name: "Übersicht 灯台.csv".into(),
                media_type: "text/csv".into(),
                content_id: None,
                data: b"a,b\n1,2\r3\n".to_vec().into(),
            },
            OutgoingAttachment {
                name: "old.eml".into(),
                media_type: "message/rfc822".into(),
                content_id: None,
                data: b"Subject: old\r\n\r\nold\r\n".to_vec().into(),
            },
        ],
        in_reply_to: vec!["b@k".into()],
        references: (0..60)
            .map(|n| format!("{n}.a.rather.long.identifier@kustwerk.example"))
            .collect(),
        ..letter()
    };
    let composed = compose(&out).unwrap();
    assert_wire_clean(&composed);
    let read = parse(&composed.raw);
    assert_eq!(
        read.headers.subject, out.subject,
        "folding and encoding are undone"
    );
    assert_eq!(read.headers.references, out.references, "all sixty");
    assert_eq!(
        read.html.as_deref().map(str::trim_end),
        out.html.as_deref(),
        "the HTML"
    );
    assert_eq!(
        read.text.as_deref().map(str::trim_end),
        Some(out.text.trim_end()),
        "the text, long lines and all"
    );
    assert_eq!(read.oddities, [], "nothing odd");
    let names: Vec<_> = read
        .attachments
        .iter()
        .map(|a| (a.name.as_str(), a.inline))
        .collect();
    assert_eq!(
        names,
        [
            ("lamp.png", true),
            ("Übersicht 灯台.csv", false),
            ("old.eml", false)
        ],
        "names and places"
    );
    assert!(has_attachment(&read), "a paper clip for the table");
    assert_eq!(
        inline_by_content_id(&composed.raw, "lamp@waxwing"),
        Some(("image/png".into(), picture)),
        "the picture"
    );
    let (table, bytes) = attachment(&composed.raw, &read.attachments[1].part).unwrap();
    assert_eq!(
        (table.size, bytes),
        (10, b"a,b\n1,2\r3\n".to_vec()),
        "not a byte has changed"
    );
    assert_eq!(
        attachment(&composed.raw, &PartId("9.9".into())),
        None,
        "no such part"
    );
    let types = |needle: &str| String::from_utf8_lossy(&composed.raw).matches(needle).count();
    assert_eq!(
        (
            types("multipart/mixed"),
            types("multipart/related"),
            types("multipart/alternative")
        ),
        (1, 1, 1),
        "nested"
    );
}

#[test]
fn bcc_stands_in_the_envelope_and_nowhere_else() {
    let out = Outgoing {
        bcc: vec![
            Address::new("Secret", "amara@kustwerk.example"),
            Address::new("", "MIKA@saaristo.example"),
        ],
        cc: vec![Address::new("", "jonas@halvorsen.example")],
        ..letter()
    };
    let composed = compose(&out).unwrap();
    let raw = String::from_utf8(composed.raw.clone()).unwrap().to_lowercase();
    // Three hexadecimal digits of a Message-ID may be the word.
    let is_field = |line: &str| line.starts_with("bcc") || line.starts_with("resent-bcc");
    assert!(
        !raw.lines().any(is_field) && !raw.contains("amara") && !raw.contains("secret"),
        "no trace of it: {raw}"
    );
    assert_eq!(
        composed.envelope.to,
        [
            "mika@saaristo.example",
            "jonas@halvorsen.example",
            "amara@kustwerk.example"
        ],
        "each once"
    );
    let hidden = Outgoing { to: vec![], ..out };
    assert!(
        compose(&hidden).is_ok(),
        "a letter may go to hidden recipients alone"
    );
}

#[test]
fn no_field_lets_another_header_in() {
    let evil = "x\r\nBcc: victim@a.example\r\n\r\nbody\0";
    let out = Outgoing {
        from: Address::new(evil, "lena@nordlicht.example"),
        to: vec![Address::new(evil, "mika@saaristo.example")],
        subject: evil.to_owned(),
        html: Some("<p>x</p>".to_owned()),
        attachments: vec![OutgoingAttachment {
            name: evil.into(),
            media_type: format!("text/plain{evil}"),
            content_id: Some(evil.into()),
            data: vec![].into(),
        }],
        in_reply_to: vec![evil.into(), "good@a".into()],
        references: vec![evil.into()],
        ..letter()
    };
    let composed = compose(&out).unwrap();
    assert_wire_clean(&composed);
    let text = String::from_utf8(composed.raw.clone()).unwrap();
    assert!(
        !text.lines().any(|line| line.to_lowercase().starts_with("bcc:")),
        "no line begins with Bcc: {text}"
    );
    assert_eq!(
        parse(&composed.raw).headers.in_reply_to,
        ["good@a"],
        "what is no identifier is left out"
    );
    for bad in [
        "lena@a.example\r\nBcc: x@y",
        "lena@a.example>\r\nRCPT",
        "",
        "lena",
        "a b@c.example",
    ] {
        let out = Outgoing {
            to: vec![Address::new("", bad)],
            ..letter()
        };
        assert!(
            matches!(compose(&out), Err(ComposeError::BadAddress(_))),
            "{bad:?}"
        );
    }
}

#[test]
fn names_of_all_kinds_come_back() {
    for name in [
        "Okafor, Amara",
        "a \"b\" \\ c",
        "(Lena)",
        "李 小龙",
        "نور",
        "x@y.example",
        "Jonas;",
        "=?utf-8?q?x?=",
        "'q'a",
    ] {
        let out = Outgoing {
            from: Address::new(name, "lena@nordlicht.example"),
            ..letter()
        };
        let read = parse(
            &compose(&out)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
                .raw,
        );
        let back = read.headers.from[0].name.clone().unwrap_or_default();
        assert_eq!((back.as_str(), read.headers.from.len()), (name, 1), "{name}");
    }
}

#[test]
fn a_letter_without_sender_or_recipient_is_refused_in_a_sentence() {
    let nobody = Outgoing {
        to: vec![],
        ..letter()
    };
    assert_eq!(compose(&nobody), Err(ComposeError::NoRecipient), "no recipient");
    let anonymous = Outgoing {
        from: Address::new("", ""),
        ..letter()
    };
    assert_eq!(compose(&anonymous), Err(ComposeError::NoSender), "no sender");
    assert_eq!(
        ComposeError::NoRecipient.to_string(),
        "The letter has no recipient.",
        "a sentence"
    );
}

#[test]
fn a_ready_letter_is_made_fit_for_sending() {
    let raw = b"From lena Mon Nov 23\nFrom: Lena <lena@nordlicht.example>\nTo: crew: mika@saaristo.example,\n jonas@halvorsen.example;\n\
        Bcc: amara@kustwerk.example,\n hidden@kustwerk.example\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nDate: whenever\n\nbody\rline\n.\nend\0";
    let ready = for_sending(raw).unwrap();
    let text = String::from_utf8(ready.raw.clone()).unwrap();
    assert_wire_clean(&ready);
    assert!(
        !text.contains("kustwerk") && !text.contains("From lena"),
        "no Bcc with its fold, no mbox line: {text}"
    );
    assert!(
        text.contains("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"),
        "what stays is not rewritten"
    );
    assert!(
        text.ends_with("\r\n\r\nbody\r\nline\r\n.\r\nend\r\n"),
        "only line ends change: {text:?}"
    );
    assert_eq!(
        text.matches("Date: ").count(),
        1,
        "a date that can be read instead of one that cannot"
    );
    assert_eq!(ready.envelope.to.len(), 4, "To and Bcc");
    assert_eq!(
        parse(&ready.raw).headers.message_id,
        Some(ready.message_id.clone()),
        "an identifier was added"
    );
    assert_eq!(
        for_sending(&ready.raw).unwrap().raw,
        ready.raw,
        "what is ready stays as it is"
    );
}

#[test]
fn a_lone_return_in_a_ready_letter_lets_no_field_in() {
    let ready =
        for_sending(b"From: lena@a.example\nTo: jonas@b.example\nSubject: x\rBcc: victim@c.example\n\nbody")
            .unwrap();
    let text = String::from_utf8(ready.raw).unwrap();
    assert!(
        text.contains("Subject: x Bcc: victim@c.example\r\n"),
        "it stays within its field: {text:?}"
    );
    assert_eq!(ready.envelope.to, ["jonas@b.example"], "and gets no letter");
}

#[test]
fn a_ready_letter_that_cannot_go_is_refused() {
    assert_eq!(for_sending(b""), Err(ComposeError::NoSender), "nothing");
    assert_eq!(
        for_sending(b"just words"),
        Err(ComposeError::NoSender),
        "no header"
    );
    assert_eq!(
        for_sending(b"From: lena@a.example\n\nx"),
        Err(ComposeError::NoRecipient),
        "to nobody"
    );
    let bad = for_sending(b"From: lena@a.example\nTo: jonas\n\nx");
    assert!(matches!(bad, Err(ComposeError::BadAddress(_))), "{bad:?}");
}
