//! Letters of people who know how senders and links are judged, and try to be judged better.

use waxwing_engine::{AskForKeys, LinkWarning, Note, Verdict};
use waxwing_testkit::dkim::{Sealer, Sealing};

use super::World;
use super::letters::{from, plain};

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_nobody_can_check_leaves_nothing_open() {
    let world = World::new().await;
    // Whoever forges has no key of the domain: the one behind this seal was never published.
    let forger = Sealer::ed25519("fjord.test", "forged").unwrap();
    let stranger = Sealer::ed25519("evil.test", "own").unwrap();
    world.internet.names.silence(&stranger.name());
    let over = Sealing {
        expires: Some(1_700_000_000),
        ..Sealing::default()
    };
    world
        .receive(
            "INBOX",
            &[
                forger.seal(&plain("jonas@fjord.test", "over"), &over),
                stranger.seal(&plain("jonas@fjord.test", "of a stranger"), &Sealing::default()),
            ],
        )
        .await;
    for (subject, verdict) in [
        ("over", Verdict::Nobody),
        ("of a stranger", Verdict::OtherUnknown),
    ] {
        assert_eq!(world.who(subject).await.verdict, verdict, "{subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_in_ones_own_name_that_one_has_not_sent_says_so() {
    let world = World::new().await;
    let own = plain("Lena <lena@waxwing.test>", "to myself");
    let came = |raw: &[u8]| {
        [
            &b"Received: from mail.test by waxwing.test; Mon, 23 Nov 2026 10:01:00 +0000\r\n"[..],
            raw,
        ]
        .concat()
    };
    let words = plain("lena@waxwing.test", "to a friend");
    let other = String::from_utf8(words.clone())
        .unwrap()
        .replace("Hello", "Pay me");
    let to_crew = plain("lena@waxwing.test", "to the crew");
    let by_list = [&b"List-Id: The crew <crew.waxwing.test>\r\n"[..], &to_crew].concat();
    let from_scanner =
        |subject: &str, fields: &str| [fields.as_bytes(), &plain("lena@waxwing.test", subject)].concat();
    let over_the_wire = "Received: from scanner (unknown [192.168.7.20]) by mail.waxwing.test with ESMTP\r\n";
    let signed_in = "Received: from scanner (unknown [192.168.7.20]) by mail.waxwing.test with ESMTPSA\r\n";
    world
        .receive(
            "INBOX",
            &[
                came(&own),
                came(&plain("lena@waxwing.test", "I have your password")),
                came(other.as_bytes()),
                plain("lena@waxwing.test", "of long ago"),
                came(&by_list),
                from_scanner("a scan", signed_in),
                from_scanner("a scan, or anything", over_the_wire),
                from_scanner("behind a router", &format!("{over_the_wire}{signed_in}")),
                from_scanner(
                    "a false scan",
                    &format!("Received: from x (evil [203.0.113.9]) by mail.waxwing.test\r\n{signed_in}"),
                ),
            ],
        )
        .await;
    world.receive("Sent", &[own, words, to_crew]).await;
    world.wish(AskForKeys::Never).await;
    assert_eq!(
        world.who("to a friend").await.notes,
        [Note::OwnAddress],
        "who was written to knows all of the letter, and says something else in its place"
    );
    assert_eq!(
        world.who("I have your password").await.notes,
        [Note::OwnAddress],
        "anybody can write an address"
    );
    let myself = world.who("to myself").await;
    assert_eq!(
        (myself.verdict, myself.notes),
        (Verdict::Own, Vec::new()),
        "its copy lies in Sent, with the same words"
    );
    let crew = world.who("to the crew").await;
    assert_eq!(
        (crew.verdict, crew.notes),
        (Verdict::Unknown, Vec::new()),
        "a list has handed it on, and it is looked at as any letter: nobody was to be asked for keys"
    );
    for (subject, note) in [
        ("a scan", Note::OwnAddressWithin("waxwing.test".into())),
        (
            "a scan, or anything",
            Note::OwnAddressSeemingly("waxwing.test".into()),
        ),
        (
            "behind a router",
            Note::OwnAddressSeemingly("waxwing.test".into()),
        ),
        ("a false scan", Note::OwnAddress),
    ] {
        assert_eq!(world.who(subject).await.notes, [note], "{subject}");
    }
    assert_eq!(
        world.who("of long ago").await.notes,
        [],
        "it was laid down here and came from nowhere"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_go_to_a_namesake_are_told_though_the_letter_is_vouched_for() {
    let world = World::new().await;
    let fjord = Sealer::rsa("fjord.test", "one").unwrap();
    fjord.publish(&world.internet.names);
    let evil = Sealer::ed25519("evil.test", "own").unwrap();
    evil.publish(&world.internet.names);
    let sealing = Sealing {
        fields: "from:to:subject:date:message-id:reply-to",
        ..Sealing::default()
    };
    let answers = |to: &str, subject: &str, minute: u32| {
        let letter = from("Invoices <billing@evil.test>", subject, minute);
        let raw = [format!("Reply-To: {to}\r\n").as_bytes(), &letter].concat();
        evil.seal(&raw, &sealing)
    };
    world
        .receive(
            "INBOX",
            &[
                fjord.seal(
                    &from("Jonas Weber <jonas@fjord.test>", "one", 1),
                    &Sealing::default(),
                ),
                fjord.seal(
                    &from("Jonas Weber <jonas@fjord.test>", "two", 2),
                    &Sealing::default(),
                ),
                answers("Jonas Weber <jonas.weber@mail.test>", "to a namesake", 3),
                answers("Billing <billing@desk.test>", "to a desk", 4),
            ],
        )
        .await;
    assert_eq!(world.who("two").await.verdict, Verdict::Vouched);
    let told = world.who("to a namesake").await;
    assert_eq!(told.verdict, Verdict::Vouched);
    assert!(
        told.notes
            .iter()
            .any(|note| matches!(note, Note::AnswersTo(to) if to.email == "jonas.weber@mail.test")),
        "{told:?}"
    );
    let honest = world.who("to a desk").await.notes;
    assert!(
        !honest.iter().any(|note| matches!(note, Note::AnswersTo(_))),
        "{honest:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_twice_is_still_told_from_whom_they_imitate() {
    let world = World::new().await;
    let letters: Vec<Vec<u8>> = (1..=3)
        .map(|minute| {
            from(
                "Jonas <jonas@fjord-ferries.test>",
                &format!("true {minute}"),
                minute,
            )
        })
        .chain((4..=5).map(|minute| {
            from(
                "Jonas <jonas@fjord-ferrles.test>",
                &format!("false {minute}"),
                minute,
            )
        }))
        .collect();
    world.receive("INBOX", &letters).await;
    let look = async |url: &str| world.engine().look_at_link(url).await.unwrap().warnings;
    let like = LinkWarning::LooksLike("fjord-ferries.test".into());
    assert_eq!(look("https://www.fjord-ferrles.test/").await, [like]);
    assert_eq!(look("https://www.fjord-ferries.test/").await, []);
    assert_eq!(
        look("https://fjord-ferries.test.fjord-ferrles.test/")
            .await
            .last(),
        Some(&LinkWarning::BeginsLike("fjord-ferries.test".into())),
        "whose name stands before a host is told however well its owner is known"
    );
    world.wish(AskForKeys::Never).await;
    let notes = world.who("false 5").await.notes;
    assert!(
        notes.contains(&Note::LooksLike("fjord-ferries.test".into())),
        "{notes:?}"
    );
}
