//! Letters as they stand among the drafts, while they are written.

use waxwing_mime::{Outgoing, compose_draft, for_sending, parse};
use waxwing_model::Address;

fn letter() -> Outgoing {
    Outgoing {
        from: Address::new("Lena Brandt", "lena@nordlicht.example"),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: "Dinner".into(),
        html: Some("<p>See you.</p>".into()),
        text: "See you.".into(),
        attachments: Vec::new(),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        date: 1_795_426_920_000,
        utc_offset_minutes: 60,
        asks_for_receipt: false,
    }
}

#[test]
fn a_draft_names_those_who_get_it_blindly_and_leaves_out_what_is_no_address_yet() {
    let unfinished = Outgoing {
        to: vec![
            Address::new("", "jon"),
            Address::new("Mika Perälä", "mika@saaristo.example"),
        ],
        cc: vec![Address::new("Nobody", "")],
        bcc: vec![Address::new("Secret", "amara@kustwerk.example")],
        ..letter()
    };
    let (raw, message_id) = compose_draft(&unfinished).unwrap();
    let read = parse(&raw).headers;
    assert_eq!(read.message_id.as_deref(), Some(message_id.as_str()));
    assert_eq!(read.to, unfinished.to[1..], "who is known");
    assert_eq!(
        (read.cc, read.bcc),
        (Vec::new(), unfinished.bcc.clone()),
        "also blindly"
    );
    let (again, _) = compose_draft(&unfinished).unwrap();
    assert_ne!(raw, again, "each version has a Message-ID of its own");
}

#[test]
fn a_draft_need_be_for_nobody_yet() {
    let (raw, _) = compose_draft(&letter()).unwrap();
    let read = parse(&raw);
    assert_eq!(read.headers.subject, "Dinner");
    assert_eq!(read.html.as_deref().map(str::trim), Some("<p>See you.</p>"));
}

#[test]
fn sent_from_the_drafts_bcc_goes_no_further() {
    let blind = Outgoing {
        to: vec![Address::new("", "mika@saaristo.example")],
        bcc: vec![Address::new("", "amara@kustwerk.example")],
        ..letter()
    };
    let sent = for_sending(&compose_draft(&blind).unwrap().0).unwrap();
    assert!(parse(&sent.raw).headers.bcc.is_empty(), "nobody is told");
    assert_eq!(sent.envelope.to.len(), 2, "and both get it");
}
