//! Meetings that are called off in somebody's name: by them, by whoever writes for them, and by whoever writes theirs; and what else
//! strangers say of meetings.

use waxwing_engine::parts::Answer;
use waxwing_engine::{Look, Said, ShownInvitation, Verdict};
use waxwing_model::EmailId;
use waxwing_testkit::dkim::{Sealer, Sealing};

use super::World;

const ALL: Sealing<'_> = Sealing {
    canonical: "relaxed/relaxed",
    fields: "from:to:subject:date:message-id:mime-version:content-type",
    length: None,
    expires: None,
};

/// About a meeting of Jonas's, on one and the same morning.
fn about(subject: &str, method: &str, uid: &str) -> Vec<u8> {
    let lines = [
        "BEGIN:VCALENDAR",
        &format!("METHOD:{method}"),
        "BEGIN:VEVENT",
        &format!("UID:{uid}"),
        &format!("SUMMARY:{subject}"),
        "DTSTART:20310106T090000Z",
        "DTEND:20310106T100000Z",
        "ORGANIZER:mailto:jonas@fjord.test",
        "ATTENDEE:mailto:lena@waxwing.test",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    format!(
        "From: Jonas <jonas@fjord.test>\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\n\
         Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{subject}@fjord.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/calendar; method={method}\r\n\r\n{}",
        lines.join("\r\n")
    )
    .into_bytes()
}

async fn shown(world: &World, subject: &str) -> (EmailId, ShownInvitation) {
    let letter = world.letter(subject).await;
    let body = world.engine().body(letter, Look::default()).await.unwrap();
    (letter, body.invitation.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_called_off_by_whom_somebody_vouches_for() {
    let world = World::new().await;
    let fjord = Sealer::rsa("fjord.test", "one").unwrap();
    fjord.publish(&world.internet.names);
    world
        .receive(
            "INBOX",
            &[
                about("Watch", "REQUEST", "watch"),
                about("Dentist", "REQUEST", "dentist"),
                about("Forged", "CANCEL", "watch"),
                fjord.seal(&about("Off", "CANCEL", "watch"), &ALL),
            ],
        )
        .await;
    let (watch, _) = shown(&world, "Watch").await;
    let answered = world.engine().answer_invitation(watch, Answer::Accept).await;
    answered.unwrap();
    for subject in ["Forged", "Off"] {
        let (_, told) = shown(&world, subject).await;
        assert!(told.doubted, "nobody has looked at the seals of {subject} yet");
    }
    let forged = world.who("Forged").await.verdict;
    assert_ne!(forged, Verdict::Vouched);
    assert!(shown(&world, "Forged").await.1.doubted, "nobody vouches for it");
    let met = shown(&world, "Dentist").await.1.conflicts.len();
    assert_eq!(met, 1, "and the meeting stands");
    assert_eq!(world.who("Off").await.verdict, Verdict::Vouched);
    let (_, off) = shown(&world, "Off").await;
    assert!(!off.doubted && off.off);
    assert_eq!(shown(&world, "Dentist").await.1.conflicts, [], "it is off");
}

/// A letter of somebody's about the watch of Jonas's, with what its file says of people.
fn told_by(from: &str, subject: &str, method: &str, people: &str) -> Vec<u8> {
    let raw = String::from_utf8(about(subject, method, "watch")).unwrap();
    let raw = raw.replace(
        "ORGANIZER:mailto:jonas@fjord.test\r\nATTENDEE:mailto:lena@waxwing.test",
        people,
    );
    raw.replace("From: Jonas <jonas@fjord.test>", &format!("From: {from}"))
        .into_bytes()
}

/// Meetings that the dentist's meets with: the watch, as long as it stands.
async fn stands(world: &World) -> bool {
    !shown(world, "Dentist").await.1.conflicts.is_empty()
}

fn said(told: &ShownInvitation) -> Vec<(&str, Said)> {
    let speakers = told.speakers.iter();
    speakers
        .map(|speaker| (speaker.address.email.as_str(), speaker.said))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_stranger_says_of_a_meeting_it_stands() {
    let world = World::new().await;
    let evil = Sealer::rsa("evil.test", "one").unwrap();
    evil.publish(&world.internet.names);
    let mallory = "Mallory <mallory@evil.test>";
    let jonas = "ORGANIZER:mailto:jonas@fjord.test\r\nATTENDEE:mailto:lena@waxwing.test";
    let own = "ORGANIZER:mailto:mallory@evil.test\r\nATTENDEE:mailto:lena@waxwing.test";
    let agent_of_another = "ORGANIZER;SENT-BY=\"mailto:mallory@evil.test\":mailto:amara@fjord.test";
    let reply = "ORGANIZER:mailto:jonas@fjord.test\r\nATTENDEE;PARTSTAT=DECLINED:mailto:lena@waxwing.test";
    let claims = [
        ("Cancelled", "CANCEL", jonas, "jonas@fjord.test"),
        ("Cancelled by me", "CANCEL", own, "jonas@fjord.test"),
        (
            "Cancelled for another",
            "CANCEL",
            agent_of_another,
            "jonas@fjord.test",
        ),
        ("Declined", "REPLY", reply, "lena@waxwing.test"),
        ("Otherwise", "COUNTER", reply, "lena@waxwing.test"),
    ];
    let mut letters = vec![
        about("Watch", "REQUEST", "watch"),
        about("Dentist", "REQUEST", "dentist"),
    ];
    letters.extend(
        claims
            .map(|(subject, method, people, _)| evil.seal(&told_by(mallory, subject, method, people), &ALL)),
    );
    world.receive("INBOX", &letters).await;
    let (watch, _) = shown(&world, "Watch").await;
    world
        .engine()
        .answer_invitation(watch, Answer::Accept)
        .await
        .unwrap();
    for (subject, _, _, name) in claims {
        assert_eq!(
            world.who(subject).await.verdict,
            Verdict::Vouched,
            "it is Mallory beyond doubt"
        );
        let (letter, told) = shown(&world, subject).await;
        assert_eq!(said(&told), [(name, Said::ByOther)], "{subject}");
        assert!(!told.doubted, "{subject}: there is nothing to believe");
        let is_cancel = subject.starts_with("Cancelled");
        assert_eq!((told.stands, told.off), (is_cancel, false), "{subject}");
        assert!(stands(&world).await, "{subject} changes nothing");
        // Whatever a window asks for.
        world.engine().believe_calling_off(letter).await.unwrap();
        assert!(stands(&world).await, "{subject} cannot be believed");
        let (_, watch) = shown(&world, "Watch").await;
        assert_eq!(watch.answered, Some(Answer::Accept), "{subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_for_who_invited_is_believed_when_the_person_says_so() {
    let world = World::new().await;
    let fjord = Sealer::rsa("fjord.test", "one").unwrap();
    fjord.publish(&world.internet.names);
    let people = "ORGANIZER;SENT-BY=\"mailto:oskar@fjord.test\":mailto:jonas@fjord.test\r\nATTENDEE:mailto:lena@waxwing.test";
    let oskar = "Oskar <oskar@fjord.test>";
    world
        .receive(
            "INBOX",
            &[
                about("Watch", "REQUEST", "watch"),
                about("Dentist", "REQUEST", "dentist"),
                told_by(oskar, "Bare", "CANCEL", people),
                fjord.seal(&told_by(oskar, "Sealed", "CANCEL", people), &ALL),
            ],
        )
        .await;
    let (watch, _) = shown(&world, "Watch").await;
    world
        .engine()
        .answer_invitation(watch, Answer::Accept)
        .await
        .unwrap();
    for (subject, verdict, how) in [
        ("Bare", Verdict::Nobody, Said::InAgentsName),
        ("Sealed", Verdict::Vouched, Said::ByAgent),
    ] {
        assert_eq!(world.who(subject).await.verdict, verdict);
        let (_, told) = shown(&world, subject).await;
        assert_eq!(said(&told), [("jonas@fjord.test", how)], "both are named");
        assert!(
            told.doubted && !told.stands && !told.off,
            "{subject} is the person's to believe"
        );
        assert!(stands(&world).await, "{subject} changes nothing by itself");
    }
    let (sealed, _) = shown(&world, "Sealed").await;
    world.engine().believe_calling_off(sealed).await.unwrap();
    assert!(!stands(&world).await, "it is off");
    let (_, told) = shown(&world, "Sealed").await;
    assert!(!told.doubted, "the person is asked once");
    assert!(told.off && !told.stands, "and the letter says that it is off");
    assert_eq!(
        said(&told),
        [("jonas@fjord.test", Said::ByAgent)],
        "that somebody else has said it stays"
    );
}
