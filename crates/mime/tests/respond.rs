//! Answers, as a person starts them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use waxwing_mime::{Response, parse};
use waxwing_model::{Address, ResponseKind};

const NOW: i64 = 1_795_430_000_000;

fn letter() -> waxwing_mime::Letter {
    parse(
        b"From: Amara Okafor <amara@kustwerk.example>\r\n\
          To: Lena <LENA@nordlicht.example>, Jonas <jonas@halvorsen.example>\r\n\
          Cc: archive@kustwerk.example, amara@kustwerk.example\r\n\
          Subject: Re: AW: Lamp room\r\nMessage-ID: <c@k>\r\nReferences: <a@k> <b@k>\r\n\
          Date: Mon, 23 Nov 2026 10:42:00 +0100\r\n\r\n\
          I moved <the> stairs.\r\n\r\n> older\r\n>> oldest\r\n-- \r\nAmara\r\n",
    )
}

fn emails(addresses: &[Address]) -> Vec<&str> {
    addresses.iter().map(|address| address.email.as_str()).collect()
}

fn own() -> Vec<String> {
    vec!["lena@nordlicht.example".to_owned()]
}

/// An answer in lena's zone, an hour east of Greenwich, in the same year.
fn respond(kind: ResponseKind, letter: &waxwing_mime::Letter, own: &[String]) -> Response {
    waxwing_mime::respond(kind, letter, own, 60, NOW)
}

#[test]
fn a_reply_goes_to_the_sender_and_a_reply_to_all_leaves_me_out() {
    let reply = respond(ResponseKind::Reply, &letter(), &own());
    assert_eq!(
        (emails(&reply.to), reply.cc.len()),
        (vec!["amara@kustwerk.example"], 0),
        "the sender alone"
    );
    let all = respond(ResponseKind::ReplyAll, &letter(), &own());
    assert_eq!(
        emails(&all.to),
        ["amara@kustwerk.example", "jonas@halvorsen.example"],
        "whatever the case of mine"
    );
    assert_eq!(emails(&all.cc), ["archive@kustwerk.example"], "nobody twice");
}

#[test]
fn reply_to_is_honoured() {
    let letter = parse(b"From: lena@a.example\nReply-To: crew@b.example\nTo: jonas@c.example\n\nx");
    let reply = respond(ResponseKind::Reply, &letter, &["jonas@c.example".to_owned()]);
    assert_eq!(
        emails(&reply.to),
        ["crew@b.example"],
        "where the sender asked for it"
    );
}

#[test]
fn whoever_answers_their_own_letter_writes_on_to_its_recipients() {
    let letter = parse(b"From: lena@nordlicht.example\nTo: jonas@c.example\nCc: amara@k.example\n\nx");
    let all = respond(ResponseKind::ReplyAll, &letter, &own());
    assert_eq!(
        (emails(&all.to), emails(&all.cc)),
        (vec!["jonas@c.example"], vec!["amara@k.example"]),
        "not to me"
    );
    let note = parse(b"From: lena@nordlicht.example\nTo: lena@nordlicht.example\n\nx");
    let reply = respond(ResponseKind::ReplyAll, &note, &own());
    assert_eq!(
        emails(&reply.to),
        ["lena@nordlicht.example"],
        "a note to oneself is answered to oneself"
    );
}

#[test]
fn an_answer_carries_the_conversation_on() {
    let reply = respond(ResponseKind::Reply, &letter(), &own());
    assert_eq!(reply.subject, "Re: Lamp room", "one prefix");
    assert_eq!(reply.in_reply_to, ["c@k"], "RFC 5322, section 3.6.4");
    assert_eq!(
        reply.references,
        ["a@k", "b@k", "c@k"],
        "the line of letters, oldest first"
    );
    let many: String = (0..300).map(|n| format!(" <{n}@a>")).collect();
    let long = parse(format!("From: a@b.example\nMessage-ID: <own@a>\nReferences:{many}\n\nx").as_bytes());
    let references = respond(ResponseKind::Reply, &long, &own()).references;
    assert!(references.len() <= 40, "a line that does not grow for ever");
    assert_eq!(
        references.last().map(String::as_str),
        Some("own@a"),
        "what is answered stays last"
    );
}

#[test]
fn a_quote_tells_who_and_when_and_escapes_the_rest() {
    let reply = waxwing_mime::respond(ResponseKind::Reply, &letter(), &own(), 60, NOW);
    assert_eq!(
        reply.quote_html,
        "<p>On 23 November at 10:42, Amara Okafor wrote:</p><blockquote type=\"cite\">I moved &lt;the&gt; \
         stairs.<br><blockquote type=\"cite\">older<blockquote type=\"cite\">oldest</blockquote></blockquote></blockquote>",
        "the signature goes, the older quotes stay in each other"
    );
    let later = waxwing_mime::respond(ResponseKind::Reply, &letter(), &own(), 0, NOW + 366 * 86_400_000);
    assert!(
        later.quote_html.contains("On 23 November 2026 at 09:42,"),
        "another year, another clock"
    );
}

#[test]
fn a_forwarded_letter_shows_its_header() {
    let forward = waxwing_mime::respond(ResponseKind::Forward, &letter(), &own(), 60, NOW);
    assert_eq!(forward.to, [], "the person says to whom");
    assert_eq!(forward.subject, "Fwd: Re: AW: Lamp room", "its subject stays");
    assert_eq!(forward.in_reply_to.len(), 0, "it answers nobody");
    for line in [
        "From: Amara Okafor &lt;amara@kustwerk.example&gt;",
        "Date: 23 November at 10:42",
        "Amara",
    ] {
        assert!(
            forward.quote_html.contains(line),
            "{line} stands in {}",
            forward.quote_html
        );
    }
}

#[test]
fn what_no_editor_bears_is_left_out_of_what_is_quoted_and_said_to_be() {
    let raw = format!(
        "From: a@b.example\nSubject: x\n\nSee {} here\n",
        "y".repeat(1 << 20)
    );
    let letter = parse(raw.as_bytes());
    for kind in [ResponseKind::Reply, ResponseKind::Forward] {
        let response = respond(kind, &letter, &own());
        assert!(response.is_shortened, "{kind:?}");
        assert!(response.quote_html.len() < 1_000, "{kind:?}");
        assert!(
            response
                .quote_html
                .contains("more signs of this word are left out here] here"),
            "{kind:?}: {}",
            response.quote_html
        );
    }
    assert!(!respond(ResponseKind::Reply, &self::letter(), &own()).is_shortened);
}
