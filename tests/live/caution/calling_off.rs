//! Meetings that are called off in somebody's name: by them, and by whoever writes theirs.

use waxwing_engine::parts::Answer;
use waxwing_engine::{Look, ShownInvitation, Verdict};
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
    assert!(!shown(&world, "Off").await.1.doubted);
    assert_eq!(shown(&world, "Dentist").await.1.conflicts, [], "it is off");
}
