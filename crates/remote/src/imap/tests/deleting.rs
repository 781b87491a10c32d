//! Deleting for good: only what was named, never what others have marked.

use super::*;
use crate::imap::UidSet;

#[tokio::test]
async fn what_others_have_marked_is_never_expunged() {
    let (mut session, mut peer) = selected("").await;
    let set = UidSet::from_uids(&[5, 6]);
    let (outcome, ()) = tokio::join!(session.destroy(&set), async {
        peer.answer("UID STORE 5:6 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID SEARCH DELETED", "* SEARCH 5 6 99\n").await;
    });
    outcome.expect("ours are marked, and that is all that can be done");
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not an EXPUNGE");
}

#[tokio::test]
async fn a_list_of_marked_messages_that_cannot_be_read_expunges_nothing() {
    let (mut session, mut peer) = selected("").await;
    let five = UidSet::from_uids(&[5]);
    let (outcome, ()) = tokio::join!(session.destroy(&five), async {
        peer.answer("UID STORE 5 +FLAGS.SILENT (\\Deleted)", "").await;
        peer.answer("UID SEARCH DELETED", "* SEARCH five\n").await;
    });
    assert!(
        matches!(outcome, Err(RemoteError::Protocol { .. })),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn with_uidplus_exactly_the_named_ones_go_and_gone_is_as_good() {
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let five = UidSet::from_uids(&[5]);
    let (outcome, ()) = tokio::join!(session.destroy(&five), async {
        peer.hear("UID STORE 5 +FLAGS.SILENT (\\Deleted)").await;
        peer.done("NO [EXPUNGEISSUED] gone already").await;
        peer.answer("UID EXPUNGE 5", "").await;
    });
    outcome.expect("it is gone, as was wanted");
    session
        .destroy(&UidSet::new())
        .await
        .expect("nothing to do is done without a word");
}

#[tokio::test]
async fn a_mark_that_was_refused_expunges_nothing() {
    let (mut session, mut peer) = selected("UIDPLUS").await;
    let five = UidSet::from_uids(&[5]);
    let (outcome, ()) = tokio::join!(session.destroy(&five), async {
        peer.hear("UID STORE 5 +FLAGS.SILENT (\\Deleted)").await;
        peer.done("NO [NOPERM] no").await;
    });
    assert!(matches!(outcome, Err(RemoteError::Refused { .. })), "{outcome:?}");
    let (outcome, ()) = tokio::join!(session.noop(), peer.answer("NOOP", ""));
    outcome.expect("the next thing that was said is not an EXPUNGE");
}

#[tokio::test]
async fn a_selected_mailbox_is_left_before_it_is_deleted() {
    let (mut session, mut peer) = selected("UNSELECT").await;
    let (outcome, ()) = tokio::join!(session.delete("INBOX"), async {
        peer.answer("UNSELECT", "").await;
        peer.answer("DELETE \"INBOX\"", "").await;
    });
    outcome.unwrap();
    assert_eq!(session.selected(), None);
}
