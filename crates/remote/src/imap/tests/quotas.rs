//! How full an account is (RFC 2087), and how large its mailboxes are (RFC 8438), where a server tells.

use waxwing_model::Quota;

use super::*;

#[tokio::test]
async fn the_tightest_room_counts() {
    let (mut session, mut peer) = signed_in("QUOTA").await;
    let (quota, ()) = tokio::join!(
        session.quota(),
        peer.answer(
            "GETQUOTAROOT \"INBOX\"",
            "* QUOTAROOT INBOX \"\" team\n* QUOTA \"\" (STORAGE 10 512)\n* QUOTA team (MESSAGE 1 2 STORAGE 90 100)\n"
        )
    );
    let expected = Quota {
        used: 90 * 1024,
        limit: 100 * 1024,
    };
    assert_eq!(quota.unwrap(), Some(expected));
    let (quota, ()) = tokio::join!(
        session.quota(),
        peer.answer("GETQUOTAROOT \"INBOX\"", "* QUOTAROOT INBOX\n")
    );
    assert_eq!(quota.unwrap(), None, "an account without bounds has no quota");
    let (quota, ()) = tokio::join!(session.quota(), async {
        peer.hear("GETQUOTAROOT \"INBOX\"").await;
        peer.done("NO not for you").await;
    });
    assert!(matches!(quota, Err(RemoteError::Refused { .. })), "{quota:?}");
    let (mut session, _peer) = signed_in("").await;
    assert_eq!(
        session.quota().await.unwrap(),
        None,
        "it is not asked where it is not offered"
    );
}

#[tokio::test]
async fn a_refusal_for_want_of_room_is_remembered_once() {
    let (mut session, mut peer) = signed_in("QUOTA LITERAL+").await;
    assert!(!session.take_over_quota());
    let keywords = waxwing_model::Keywords::none();
    let (outcome, ()) = tokio::join!(session.append("Sent", &keywords, None, b"x\r\n"), async {
        peer.hear("APPEND \"Sent\" {3+}").await;
        peer.bytes(3).await;
        peer.line().await;
        peer.done("NO [OVERQUOTA] full").await;
    });
    assert!(matches!(outcome, Err(RemoteError::Refused { .. })), "{outcome:?}");
    assert!(session.take_over_quota() && !session.take_over_quota());
}

#[tokio::test]
async fn sizes_of_all_mailboxes_come_with_one_list() {
    let (mut session, mut peer) = signed_in("LIST-EXTENDED LIST-STATUS STATUS=SIZE").await;
    let (sizes, ()) = tokio::join!(
        session.sizes(),
        peer.answer(
            "LIST \"\" \"*\" RETURN (STATUS (SIZE))",
            "* LIST () \"/\" inbox\n* STATUS inbox (SIZE 6000000000)\n* LIST () \"/\" a\n* STATUS a (MESSAGES 1)\n"
        )
    );
    let sizes = sizes.unwrap();
    assert_eq!(sizes.get("INBOX"), Some(&6_000_000_000));
    assert_eq!(sizes.len(), 1, "one that is not told is not made up");
    let (mut session, _peer) = signed_in("LIST-EXTENDED LIST-STATUS").await;
    assert!(
        session.sizes().await.unwrap().is_empty(),
        "nor asked for where it is not offered"
    );
}
