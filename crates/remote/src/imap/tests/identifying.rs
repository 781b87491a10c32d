//! What is asked of servers that give letters and mailboxes names, and that nothing is asked of others.

use waxwing_model::ObjectIds;

use super::*;
use crate::imap::UidSet;

fn named(email: &str, thread: Option<&str>) -> Option<ObjectIds> {
    Some(ObjectIds {
        email: email.to_owned(),
        thread: thread.map(str::to_owned),
    })
}

#[tokio::test]
async fn each_kind_of_server_is_asked_for_its_own_names_and_others_for_none() {
    for (capabilities, items, answer, expected) in [
        ("UIDPLUS", "", "", None),
        (
            "OBJECTID",
            " EMAILID THREADID",
            " EMAILID (M00000001) THREADID (Te8b0)",
            named("M00000001", Some("Te8b0")),
        ),
        (
            "X-GM-EXT-1",
            " X-GM-MSGID X-GM-THRID",
            " X-GM-THRID 1266894439832287888 X-GM-MSGID 1278455344230334865",
            named("1278455344230334865", Some("1266894439832287888")),
        ),
        (
            "X-GM-EXT-1 OBJECTID",
            " X-GM-MSGID X-GM-THRID",
            " X-GM-MSGID x",
            None,
        ),
    ] {
        let (mut session, mut peer) = selected(capabilities).await;
        let mut headers = Vec::new();
        let set = UidSet::from_uids(&[5]);
        let mut each = |header| headers.push(header);
        let (outcome, ()) = tokio::join!(session.fetch_headers(&set, &mut each), async {
            let asked = peer.line().await;
            let wanted = format!(
                "UID FETCH 5 (UID FLAGS INTERNALDATE RFC822.SIZE{items} BODY.PEEK[HEADER.FIELDS (From"
            );
            assert!(asked.contains(&wanted), "{capabilities}: {asked}");
            peer.tag = asked.split(' ').next().unwrap().to_owned();
            peer.say(&format!(
                "* 1 FETCH (UID 5 FLAGS () RFC822.SIZE 9{answer} BODY[HEADER.FIELDS (From)] {{2}}\n\n)\n"
            ))
            .await;
            peer.done("OK done").await;
        });
        outcome.unwrap();
        assert_eq!(
            headers.len(),
            1,
            "{capabilities}: the header comes whatever the names are"
        );
        assert_eq!(headers[0].ids, expected, "{capabilities}");
    }
}

#[tokio::test]
async fn a_name_that_was_told_is_not_forgotten_for_flags_that_come_later() {
    let (mut session, mut peer) = selected("OBJECTID").await;
    let set = UidSet::from_uids(&[5, 6]);
    let (told, ()) = tokio::join!(
        session.fetch_identities(&set),
        peer.answer(
            "UID FETCH 5:6 (UID FLAGS EMAILID THREADID)",
            "* 1 FETCH (UID 5 FLAGS () EMAILID (M1) THREADID NIL)\n* 2 FETCH (UID 6 FLAGS (\\Deleted))\n\
             * 1 FETCH (UID 5 FLAGS (\\Seen))\n",
        )
    );
    let told = told.unwrap();
    assert_eq!(told[0].ids, named("M1", None));
    assert!(
        told[0].marks.keywords.has("$seen"),
        "the later word about the flags counts"
    );
    assert!(told[1].marks.deleted && told[1].ids.is_none());
}

#[tokio::test]
async fn a_letter_is_looked_for_by_its_name_and_a_name_that_is_none_is_not_sent() {
    for (capabilities, key) in [("OBJECTID", "EMAILID"), ("X-GM-EXT-1", "X-GM-MSGID")] {
        let (mut session, mut peer) = selected(capabilities).await;
        let asked = format!("UID SEARCH {key} 123");
        let (found, ()) = tokio::join!(
            session.find_letter("INBOX", "123"),
            peer.answer(&asked, "* SEARCH 7\n")
        );
        assert_eq!(found.unwrap(), [7]);
        assert_eq!(
            session.find_letter("INBOX", "1 OR ALL\r\n").await.unwrap(),
            Vec::<u32>::new()
        );
    }
}

#[tokio::test]
async fn mailboxes_are_asked_for_their_names_one_by_one_and_heard_when_they_are_told() {
    let (mut session, mut peer) = signed_in("LIST-EXTENDED LIST-STATUS OBJECTID CONDSTORE").await;
    let (listed, ()) = tokio::join!(
        session.list_with_status(),
        peer.answer(
            "LIST \"\" \"*\" RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))",
            "* LIST () \"/\" INBOX\n* STATUS INBOX (MAILBOXID (F1))\n* LIST () \"/\" Work\n",
        )
    );
    let names: Vec<_> = listed
        .unwrap()
        .into_iter()
        .map(|mailbox| mailbox.identity)
        .collect();
    assert_eq!(names, [Some("F1".to_owned()), None]);

    let (name, ()) = tokio::join!(
        session.mailbox_identity("Work"),
        peer.answer("STATUS \"Work\" (MAILBOXID)", "* STATUS Work (MAILBOXID (F2))\n")
    );
    assert_eq!(name.unwrap().as_deref(), Some("F2"));

    let (mut session, _peer) = signed_in("LIST-STATUS").await;
    assert_eq!(
        session.mailbox_identity("Work").await.unwrap(),
        None,
        "nothing is asked of a server that does not know them"
    );
}
