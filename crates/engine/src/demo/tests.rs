//! Whether the demo's letters are well made, at whatever moment they are made.

use std::collections::{HashMap, HashSet};

use waxwing_mime::{Letter, Oddity, attachment, has_attachment, inline_by_content_id, parse, thread_ids};

use super::{DemoLetter, DemoMailbox, catalogue, letters};

/// Monday, 23 November 2026, 10:42 in Berlin.
const NOW: i64 = 1_795_426_920_000;
const DAY: i64 = 86_400_000;

fn read() -> Vec<(DemoLetter, Letter)> {
    letters(NOW)
        .into_iter()
        .map(|letter| (parse(&letter.raw), letter))
        .map(|(read, letter)| (letter, read))
        .collect()
}

#[test]
fn every_template_makes_a_letter_that_is_not_odd() {
    let read = read();
    assert_eq!(read.len(), catalogue::TEMPLATES.len(), "no template is wrong");
    assert!((55..=75).contains(&read.len()), "about sixty: {}", read.len());
    for (demo, letter) in &read {
        let subject = &letter.headers.subject;
        let expected: &[Oddity] = &[];
        assert_eq!(letter.oddities, expected, "{subject}");
        assert_eq!(letter.headers.from.len(), 1, "{subject} has a sender");
        assert!(
            letter.headers.from[0].name.is_some(),
            "{subject} has one with a name"
        );
        assert!(letter.headers.message_id.is_some(), "{subject} can be answered");
        assert_eq!(
            letter.headers.date,
            Some(demo.received_at),
            "{subject} arrives when it is sent"
        );
        assert!(
            !letter.preview.is_empty() || demo.mailbox == DemoMailbox::Junk,
            "{subject} has first words"
        );
        let text = String::from_utf8_lossy(&demo.raw);
        assert!(
            !text.contains("{{") && !text.contains("X-Demo"),
            "{subject} is filled in"
        );
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{subject} has CRLF"
        );
    }
}

#[test]
fn conversations_hang_together() {
    let read = read();
    let by_id: HashMap<_, _> = read
        .iter()
        .filter_map(|(d, l)| Some((l.headers.message_id.clone()?, d.received_at)))
        .collect();
    assert_eq!(by_id.len(), read.len(), "each identifier once");
    let mut answers = 0;
    for (demo, letter) in &read {
        for id in &letter.headers.references {
            let earlier = by_id.get(id).copied();
            assert!(
                earlier.is_some_and(|at| at < demo.received_at),
                "{} answers {id}",
                letter.headers.subject
            );
        }
        answers += usize::from(!letter.headers.references.is_empty());
    }
    assert!(answers >= 20, "there is something to group: {answers}");
    let photos = read
        .iter()
        .filter(|(_, l)| {
            thread_ids(&l.headers)
                .iter()
                .any(|id| id.starts_with("photos-1@"))
        })
        .count();
    assert_eq!(photos, 7, "the photos are talked about");
}

#[test]
fn nobody_real_is_named() {
    for (demo, letter) in read() {
        let headers = &letter.headers;
        let people = headers
            .from
            .iter()
            .chain(&headers.to)
            .chain(&headers.cc)
            .chain(&headers.reply_to);
        for address in people {
            let domain = address.email.rsplit('@').next().unwrap_or_default();
            assert!(
                domain.ends_with(".example") || domain.ends_with(".test"),
                "{} in {}",
                address,
                headers.subject
            );
        }
        let text = letter.html.unwrap_or_default();
        for host in text.split("://").skip(1).filter_map(|after| {
            after
                .split(['/', '"', '\'', ')', '<', ' ', '?', '&', '\n'])
                .next()
        }) {
            assert!(
                host.ends_with(".example") || host.ends_with(".test"),
                "{host} in {}",
                headers.subject
            );
        }
        if demo.mailbox == DemoMailbox::Sent {
            assert_eq!(
                headers.from[0].email, "lena@demo.waxwing.test",
                "Lena sent what lies in Sent"
            );
        }
    }
}

#[test]
fn every_mailbox_has_letters_and_some_are_unread() {
    let all = letters(NOW);
    for mailbox in [
        DemoMailbox::Inbox,
        DemoMailbox::Archive,
        DemoMailbox::Sent,
        DemoMailbox::Trash,
        DemoMailbox::Junk,
        DemoMailbox::Named("Projects/Lighthouse"),
        DemoMailbox::Named("Projects/Ferry timetable"),
    ] {
        assert!(all.iter().any(|letter| letter.mailbox == mailbox), "{mailbox:?}");
    }
    let unread = all
        .iter()
        .filter(|l| l.mailbox == DemoMailbox::Inbox && !l.keywords.has("$seen"))
        .count();
    assert!(
        (4..=12).contains(&unread),
        "enough to see, not enough to be a chore: {unread}"
    );
    assert!(all.iter().any(|letter| letter.keywords.has("$flagged")), "a star");
    assert!(
        all.iter()
            .filter(|l| l.mailbox == DemoMailbox::Sent)
            .all(|l| l.keywords.has("$seen")),
        "one's own is read"
    );
}

#[test]
fn there_is_one_of_everything() {
    let read = read();
    let kinds: HashSet<_> = read
        .iter()
        .flat_map(|(_, l)| l.attachments.iter().map(|a| a.media_type.clone()))
        .collect();
    for kind in [
        "application/pdf",
        "text/csv",
        "text/plain",
        "text/calendar",
        "image/png",
        "message/rfc822",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    let words: String = read.iter().filter_map(|(_, l)| l.text.clone()).collect();
    for script in ['ن', 'ש', 'の', '灯', '등', 'ท', 'φ', 'Ж'] {
        assert!(words.contains(script), "{script}");
    }
    for (demo, letter) in &read {
        let shown = letter
            .attachments
            .iter()
            .filter(|a| a.inline && a.media_type == "image/png");
        for picture in shown {
            let id = picture
                .content_id
                .as_deref()
                .expect("an inline picture has an identifier");
            let (_, bytes) = inline_by_content_id(&demo.raw, id).expect("and can be found by it");
            assert!(
                bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"),
                "a whole picture: {id}"
            );
        }
        for listed in letter
            .attachments
            .iter()
            .filter(|a| a.media_type == "application/pdf")
        {
            let (_, bytes) = attachment(&demo.raw, &listed.part).expect("listed");
            assert!(
                bytes.starts_with(b"%PDF-1.4") && bytes.trim_ascii_end().ends_with(b"%%EOF"),
                "{}",
                listed.name
            );
        }
    }
    let lamp_room = read
        .iter()
        .rev()
        .find(|(_, l)| l.headers.subject.contains("final drawings"))
        .expect("the newest of it");
    assert!(has_attachment(&lamp_room.1), "the drawings hang on it");
    assert!(
        lamp_room
            .1
            .html
            .as_ref()
            .is_some_and(|html| html.matches("<img").count() >= 4),
        "pictures to be blocked"
    );
}

#[test]
fn the_letters_are_in_order_at_any_moment() {
    // Just after midnight, at noon, on New Year's Day and on a 29 February.
    for now in [NOW - NOW % DAY + 1_000, NOW, 1_798_761_600_000, 1_835_395_200_000] {
        let all = letters(now);
        assert_eq!(all.len(), catalogue::TEMPLATES.len(), "all of them at {now}");
        assert!(
            all.iter().all(|letter| letter.received_at <= now),
            "none from the future at {now}"
        );
        assert!(
            all[0].received_at < now - 60 * DAY,
            "they reach back some months at {now}"
        );
        let order: Vec<_> = all.iter().map(|l| parse(&l.raw).headers.message_id).collect();
        let usual: Vec<_> = letters(NOW)
            .iter()
            .map(|l| parse(&l.raw).headers.message_id)
            .collect();
        assert_eq!(order, usual, "in the same order at {now}");
    }
}

#[test]
fn dates_in_the_texts_move_with_the_moment() {
    let ferry = |now| {
        let all = letters(now);
        let mut subjects = all.iter().map(|l| parse(&l.raw).headers.subject);
        subjects.rfind(|s| s.starts_with("Winter timetable"))
    };
    assert_eq!(
        ferry(NOW).as_deref(),
        Some("Winter timetable from 1 December"),
        "eight days ahead"
    );
    assert_eq!(
        ferry(NOW + 20 * DAY).as_deref(),
        Some("Winter timetable from 21 December"),
        "later, later"
    );
}
