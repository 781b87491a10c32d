//! Letters that bring more than words, from delivery to the answer: an invitation that is answered, a letter within a letter,
//! files in Outlook's wrapper, and names that pretend.

use journeys::eventually;
use waxwing_engine::parts::{Answer, Danger};
use waxwing_engine::{FileSource, FilesOrder, LetterRef, Look, Shows, SyncScope};
use waxwing_model::{Role, SubmissionState};
use waxwing_testkit::Stage;

use super::{Outcome, arrived, lena};

const INVITATION: &str = "From: Jonas <jonas@waxwing.test>\r\nTo: lena@waxwing.test\r\nSubject: Lamp room\r\n\
Message-ID: <meet-1@waxwing.test>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
--b\r\nContent-Type: text/plain\r\n\r\nPlease come.\r\n--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n\
BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:lamp@waxwing.test\r\nSEQUENCE:0\r\nSUMMARY:Lamp room\r\n\
DTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nORGANIZER;CN=Jonas:mailto:jonas@waxwing.test\r\n\
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:lena@waxwing.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n\
--a\r\nContent-Type: message/rfc822\r\n\r\nFrom: amara@waxwing.test\r\nSubject: Within\r\n\
Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Inner <script>1</script>words</p>\r\n\
--c\r\nContent-Type: text/csv; name=tides.csv\r\n\r\n1,2\r\n--c--\r\n\
--a\r\nContent-Type: application/octet-stream; name=\"=?utf-8?B?YmlsbOKArmZkcC5leGU=?=\"\r\n\
Content-Disposition: attachment\r\n\r\nMZ\r\n--a--\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_answered_once_and_what_it_meets_with_is_told() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    stage.dovecot.deliver("lena", "INBOX", INVITATION.as_bytes())?;
    let other = INVITATION
        .replace("lamp@waxwing.test", "dentist@waxwing.test")
        .replace("meet-1@", "meet-2@")
        .replace("Lamp room", "Dentist")
        .replace("T090000Z", "T093000Z");
    stage.dovecot.deliver("lena", "INBOX", other.as_bytes())?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let letter = lena
        .letter(Role::Inbox, "Lamp room")
        .await
        .ok_or("the invitation")?;
    let body = lena.engine.body(letter.id, Look::default()).await?;
    let shown = body.invitation.ok_or("it is an invitation")?;
    assert_eq!(shown.invitation.summary, "Lamp room");
    assert_eq!(
        shown.answers_as.map(|lena| lena.email).as_deref(),
        Some("lena@waxwing.test")
    );
    assert_eq!((shown.answered, shown.conflicts), (None, Vec::new()));

    let answer = lena.engine.answer_invitation(letter.id, Answer::Accept).await?;
    let sent = lena.engine.deliver_now(&account, answer).await?;
    assert!(
        matches!(sent.state, SubmissionState::Sent { .. }),
        "{:?}",
        sent.state
    );
    let reply = arrived(&stage, "jonas", "Accepted: Lamp room").await;
    assert!(
        reply.contains("method=REPLY") && reply.contains("In-Reply-To: <meet-1@waxwing.test>"),
        "{reply}"
    );

    let again = lena.engine.body(letter.id, Look::default()).await?.invitation;
    assert_eq!(
        again.and_then(|shown| shown.answered),
        Some(Answer::Accept),
        "it is remembered"
    );
    let dentist = lena.letter(Role::Inbox, "Dentist").await.ok_or("the other")?;
    let shown = lena
        .engine
        .body(dentist.id, Look::default())
        .await?
        .invitation
        .ok_or("one")?;
    let meets: Vec<_> = shown.conflicts.iter().map(|one| one.summary.as_str()).collect();
    assert_eq!(meets, ["Lamp room"], "half an hour of it at the same time");

    let files: Vec<_> = body
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.shows, file.dangers.as_slice()))
        .collect();
    assert_eq!(
        files,
        [
            ("invitation-1.2.ics", Shows::Text, &[][..]),
            ("Within.eml", Shows::Letter, &[]),
            (
                "billfdp.exe",
                Shows::Nothing,
                &[Danger::Program, Danger::Disguised]
            ),
        ]
    );
    let within = lena.engine.nested(letter.id, "2", Look::default()).await?;
    assert_eq!(within.head.subject, "Within");
    assert!(within.body.document.contains("Inner words") && !within.body.document.contains("<script"));
    let file = within.body.attachments.first().ok_or("its file")?;
    assert_eq!((file.part.as_str(), file.name.as_str()), ("2/2", "tides.csv"));
    assert_eq!(lena.engine.attachment(letter.id, &file.part).await?.1, b"1,2");

    let files = async |source, limit| {
        let page = lena
            .engine
            .files(source, FilesOrder::Newest, "", None, limit)
            .await?;
        let last = page.next.map(|behind| behind.row);
        Ok::<_, waxwing_engine::EngineError>((page.files.len(), last, page.total))
    };
    let from_jonas = FileSource::Person("Jonas@waxwing.test".to_owned());
    assert_eq!(files(from_jonas, 10).await?, (6, None, 6), "three of each letter");
    let there = FileSource::Mailboxes(letter.mailboxes.to_vec());
    assert_eq!(files(there, 2).await?, (2, Some(1), 6), "a page of two");

    let paper = lena
        .engine
        .printed(letter.id, Look::default(), "in November".to_owned())
        .await?;
    for words in [
        "Jonas &lt;jonas@waxwing.test&gt;",
        "in November",
        "Within.eml",
        "Please come.",
    ] {
        assert!(paper.contains(words), "{words} is on the paper: {paper}");
    }
    eventually("the copy in Sent", || async {
        lena.engine.sync_once(&account, SyncScope::Everything).await;
        lena.letter(Role::Sent, "Accepted: Lamp room").await
    })
    .await;
    Ok(())
}

/// A letter with a file for calendars alone, from Jonas.
fn of_jonas(subject: &str, method: &str, lines: &str) -> String {
    let lines = lines.replace('\n', "\r\n");
    format!(
        "From: Jonas <jonas@waxwing.test>\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\n\
         Message-ID: <{}@waxwing.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method={method}\r\n\r\n\
         BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{subject}\r\nORGANIZER:mailto:jonas@waxwing.test\r\n\
         ATTENDEE:mailto:lena@waxwing.test\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subject.replace(' ', "-")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_within_a_letter_is_answered_to_who_invites_and_not_to_who_passed_it_on() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let passed_on = format!(
        "From: Amara <amara@waxwing.test>\r\nTo: lena@waxwing.test\r\nSubject: Have you seen this?\r\n\
         Message-ID: <passed-on@waxwing.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n\
         --outer\r\n\r\nSee below.\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n{INVITATION}\r\n--outer--\r\n"
    );
    stage.dovecot.deliver("lena", "INBOX", passed_on.as_bytes())?;
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let letter = lena
        .letter(Role::Inbox, "Have you seen this?")
        .await
        .ok_or("the letter")?;
    let within = LetterRef {
        email: letter.id,
        within: Some("2".to_owned()),
    };
    let shown = lena.engine.nested(letter.id, "2", Look::default()).await?;
    let invitation = shown.body.invitation.ok_or("it is told")?;
    assert!(invitation.passed_on && invitation.answers_as.is_some());
    let answer = lena.engine.answer_invitation(within, Answer::Decline).await?;
    lena.engine.deliver_now(&account, answer).await?;
    let reply = arrived(&stage, "jonas", "Declined: Lamp room").await;
    assert!(
        reply.contains("In-Reply-To: <meet-1@waxwing.test>") && !reply.contains("passed-on@"),
        "it names the invitation: {reply}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_repeats_meets_and_what_is_called_off_or_over_does_not() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let weekly = "UID:watch\nSEQUENCE:1\nDTSTART:20310106T090000Z\nDTEND:20310106T100000Z\nRRULE:FREQ=WEEKLY";
    let day = "UID:watch\nSEQUENCE:1\nRECURRENCE-ID:20310120T090000Z\nDTSTART:20310120T090000Z";
    for letter in [
        of_jonas("Watch", "REQUEST", weekly),
        of_jonas(
            "Old watch",
            "REQUEST",
            &weekly.replace("SEQUENCE:1", "SEQUENCE:0"),
        ),
        of_jonas(
            "Dentist",
            "REQUEST",
            "UID:dentist\nDTSTART:20310120T093000Z\nDURATION:PT1H",
        ),
        of_jonas(
            "Another day",
            "REQUEST",
            "UID:another\nDTSTART:20310127T093000Z\nDURATION:PT1H",
        ),
        of_jonas("Passed on", "REQUEST", "UID:passed\nDTSTART:20310401T090000Z")
            .replace("lena@waxwing.test", "crew@waxwing.test")
            .replace(
                "MIME-Version",
                "X-Original-To: lena+list@waxwing.test\r\nMIME-Version",
            ),
        of_jonas("No watch that day", "CANCEL", day),
        of_jonas(
            "No watch",
            "CANCEL",
            "UID:watch\nSEQUENCE:2\nDTSTART:20310106T090000Z",
        ),
        of_jonas(
            "Stranger",
            "CANCEL",
            "UID:watch\nSEQUENCE:2\nDTSTART:20310106T090000Z",
        )
        .replace("ORGANIZER:mailto:jonas", "ORGANIZER:mailto:amara"),
    ] {
        stage.dovecot.deliver("lena", "INBOX", letter.as_bytes())?;
    }
    lena.engine.sync_once(&account, SyncScope::Everything).await;
    let shown = async |subject: &str| -> Result<_, Box<dyn std::error::Error>> {
        let letter = lena
            .letter(Role::Inbox, subject)
            .await
            .ok_or(subject.to_owned())?;
        let body = lena.engine.body(letter.id, Look::default()).await?;
        Ok((letter.id, body.invitation.ok_or("it is an invitation")?))
    };
    let (watch, told) = shown("Watch").await?;
    assert!(told.answers_as.is_some(), "what the part alone says is asked for");
    lena.engine.answer_invitation(watch, Answer::Accept).await?;

    let (_, dentist) = shown("Dentist").await?;
    let met: Vec<_> = dentist
        .conflicts
        .iter()
        .map(|one| (one.summary.as_str(), one.times))
        .collect();
    assert_eq!(met, [("Watch", 1)], "the third Monday");

    let (_, told) = shown("Passed on").await?;
    assert_eq!(
        told.answers_as.map(|lena| lena.email).as_deref(),
        Some("lena+list@waxwing.test"),
        "it asked somebody else and was delivered to this address of hers"
    );

    let (old, told) = shown("Old watch").await?;
    assert!(told.outdated && told.answers_as.is_none() && told.answered.is_none());
    let refused = lena.engine.answer_invitation(old, Answer::Decline).await;
    assert!(
        refused.is_err(),
        "an older version does not take the place of a newer one"
    );

    let (day_off, told) = shown("No watch that day").await?;
    assert!(told.doubted, "nobody vouches for Jonas here");
    assert_eq!(shown("Dentist").await?.1.conflicts.len(), 1, "so it stands");
    lena.engine.believe_calling_off(day_off).await?;
    assert!(!shown("No watch that day").await?.1.doubted);
    assert_eq!(shown("Dentist").await?.1.conflicts, [], "that day is off");
    let (stranger, told) = shown("Stranger").await?;
    assert!(!told.doubted, "there is nothing to believe");
    lena.engine.believe_calling_off(stranger).await?;
    assert_eq!(
        shown("Another day").await?.1.conflicts.len(),
        1,
        "only who invites calls off"
    );
    let (no_watch, off) = shown("No watch").await?;
    assert!(off.invitation.cancelled && off.answers_as.is_none());
    lena.engine.believe_calling_off(no_watch).await?;
    assert_eq!(shown("Another day").await?.1.conflicts, [], "all of it is off");
    Ok(())
}
