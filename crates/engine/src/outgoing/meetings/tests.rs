//! Who answers an invitation that was passed on to one of two accounts.

use waxwing_model::{EmailId, Keywords, MailboxId, NewIdentity, Submission};

use super::*;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::without_keyring::{account, engine};

/// A letter with an invitation of Amara's in it that asks these, and the answer to that.
async fn answered(
    engine: &Engine,
    (account, inbox): (AccountId, MailboxId),
    asked: &[&str],
) -> Result<Submission> {
    let asked: String = asked
        .iter()
        .map(|asked| format!("ATTENDEE:mailto:{asked}\r\n"))
        .collect();
    let raw = format!(
        "From: Jonas <jonas@harbour.example>\r\nSubject: Outer\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\r\nOuter words\r\n\
         --outer\r\nContent-Type: message/rfc822\r\n\r\nFrom: Amara <amara@kustwerk.example>\r\nSubject: Quay\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n\
         BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:quay@kustwerk.example\r\nSUMMARY:Quay\r\n\
         DTSTART:20301124T090000Z\r\nORGANIZER:mailto:amara@kustwerk.example\r\n{asked}END:VEVENT\r\n\
         END:VCALENDAR\r\n\r\n--outer--\r\n"
    );
    let put = engine.write(move |writing| {
        let circumstances = Circumstances {
            received_at: 1_795_000_000_000,
            keywords: Keywords::none(),
            uid: None,
        };
        insert_whole(writing, account, inbox, raw.as_bytes(), circumstances)
    });
    let email: EmailId = put.await.expect("it comes");
    let letter = LetterRef {
        email,
        within: Some("2".to_owned()),
    };
    let answer = engine.answer_invitation(letter, Answer::Accept).await?;
    engine.submission(answer).await
}

#[tokio::test]
async fn of_two_accounts_that_were_asked_the_one_that_the_letter_came_to_answers() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let work = account(&engine, "lena@works.example", true).await;
    let both = ["lena@works.example", "lena@harbour.example"];
    for (place, email) in [(lena, "lena@harbour.example"), (work, "lena@works.example")] {
        for asked in [both, [both[1], both[0]]] {
            let sent = answered(&engine, place, &asked).await.unwrap();
            assert_eq!(
                (sent.account, sent.envelope.from.as_str()),
                (place.0, email),
                "{asked:?}"
            );
        }
    }
    let other = answered(&engine, lena, &["lena@works.example"]).await.unwrap();
    assert_eq!(other.account, work.0, "the other one alone was asked");
    engine
        .write(move |writing| writing.set_disabled(lena.0, true))
        .await
        .unwrap();
    let other = answered(&engine, lena, &both).await.unwrap();
    assert_eq!(
        other.account, work.0,
        "from an account that is off nothing leaves"
    );
    let nobody = answered(&engine, lena, &["lena@harbour.example"]).await;
    assert!(nobody.is_err(), "{nobody:?}");
    engine.stop().await;
}

#[tokio::test]
async fn the_exact_address_answers_before_one_with_a_tag() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let quay = NewIdentity {
        email: "lena+quay@harbour.example".into(),
        name: "Lena at the quay".into(),
        ..NewIdentity::default()
    };
    let quay = engine
        .write(move |writing| writing.insert_identity(lena.0, &quay))
        .await
        .unwrap();
    let sent = answered(&engine, lena, &["lena+quay@harbour.example"])
        .await
        .unwrap();
    assert_eq!(sent.wishes.identity, Some(quay));
    assert_eq!(sent.envelope.from, "lena+quay@harbour.example");
    let tagged = answered(&engine, lena, &["lena+pier@harbour.example"])
        .await
        .unwrap();
    assert_ne!(tagged.wishes.identity, Some(quay));
    assert_eq!(tagged.envelope.from, "lena+pier@harbour.example");
    engine.stop().await;
}
