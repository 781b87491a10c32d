//! Lists that write to the one or the other of Lena's addresses.

use std::path::Path;

use waxwing_model::{
    AccountId, EmailId, Keywords, MailboxId, NewIdentity, SubmissionId, SubmissionState, Trouble, TroubleKind,
};

use crate::caution::LeaveWay;
use crate::engine::Engine;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::without_keyring::{account, engine};

/// A letter of a list, with these fields besides.
async fn receive(
    engine: &Engine,
    (account, inbox): (AccountId, MailboxId),
    list: &str,
    fields: &str,
) -> EmailId {
    let raw = format!(
        "From: Lamp News <news@lamp.example>\r\nSubject: {list}\r\nDate: Fri, 27 Nov 2026 10:00:00 +0000\r\n\
         List-Id: {list} <{list}.lamp.example>\r\nList-Unsubscribe: <mailto:leave@lamp.example>\r\n{fields}\r\nlamps\r\n"
    );
    put(engine, (account, inbox), raw).await
}

async fn put(engine: &Engine, (account, inbox): (AccountId, MailboxId), raw: String) -> EmailId {
    let put = engine.write(move |writing| {
        let circumstances = Circumstances {
            received_at: 1_795_000_000_000,
            keywords: Keywords::none(),
            uid: None,
        };
        insert_whole(writing, account, inbox, raw.as_bytes(), circumstances)
    });
    put.await.expect("it comes")
}

#[tokio::test]
async fn each_list_tells_which_address_it_writes_to_and_is_left_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let work = account(&engine, "lena@works.example", true).await;
    let shop = NewIdentity {
        email: "shop@harbour.example".into(),
        name: "Lena's shop".into(),
        ..NewIdentity::default()
    };
    engine
        .write(move |writing| writing.insert_identity(lena.0, &shop))
        .await
        .unwrap();
    let mut letters = Vec::new();
    for (place, list, fields, address) in [
        (
            lena,
            "plain",
            "To: lena@harbour.example\r\n",
            "lena@harbour.example",
        ),
        (
            lena,
            "shop",
            "To: Shop <SHOP@harbour.example>\r\n",
            "shop@harbour.example",
        ),
        (
            lena,
            "tagged",
            "To: shop+lamps@harbour.example\r\n",
            "shop+lamps@harbour.example",
        ),
        (
            lena,
            "itself",
            "To: all@lamp.example\r\nDelivered-To: shop@harbour.example\r\n",
            "shop@harbour.example",
        ),
        (lena, "nobody", "To: all@lamp.example\r\n", "lena@harbour.example"),
        (
            work,
            "work",
            "To: lena@works.example, shop@harbour.example\r\n",
            "lena@works.example",
        ),
    ] {
        letters.push((receive(&engine, place, list, fields).await, list, address));
    }
    let (lists, _) = engine.subscriptions().await.unwrap();
    for (letter, list, address) in letters {
        let known = lists.iter().find(|known| known.known.name == list);
        assert_eq!(
            known.map(|known| known.address.as_str()),
            Some(address),
            "{list} in the list"
        );
        let ways = engine
            .ways_out(letter)
            .await
            .unwrap()
            .expect("there is a way out");
        assert_eq!(ways.address, address, "{list} when it is to be left");
        engine.leave_list(letter, LeaveWay::Mail).await.unwrap();
        let outbox = engine.outbox().await.unwrap();
        let newest = outbox.iter().max_by_key(|submission| submission.id).unwrap();
        assert_eq!(
            newest.envelope.from, address,
            "{list} is left by the one that it knows"
        );
    }
    engine.stop().await;
}

/// The address at which a list is told to reach her.
async fn told(engine: &Engine, list: &str) -> Option<String> {
    let (lists, _) = engine.subscriptions().await.unwrap();
    let known = lists.into_iter().find(|known| known.known.name == list);
    known.map(|known| known.address)
}

#[tokio::test]
async fn a_list_in_local_folders_is_left_by_the_account_that_it_wrote_to() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let kept = account(&engine, "Local Folders", false).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let unnamed = receive(&engine, kept, "unnamed", "To: all@lamp.example\r\n").await;
    assert_eq!(
        told(&engine, "unnamed").await.as_deref(),
        Some("lena@harbour.example"),
        "there is no other"
    );
    let work = account(&engine, "lena@works.example", true).await;
    let delivered = "To: all@lamp.example\r\nDelivered-To: lena+lamps@works.example\r\n";
    for (list, fields, account, address) in [
        (
            "first",
            "To: lena@harbour.example\r\n",
            lena.0,
            "lena@harbour.example",
        ),
        (
            "second",
            "To: lena@works.example\r\n",
            work.0,
            "lena@works.example",
        ),
        ("delivered", delivered, work.0, "lena+lamps@works.example"),
    ] {
        let letter = receive(&engine, kept, list, fields).await;
        assert_eq!(told(&engine, list).await.as_deref(), Some(address), "{list}");
        engine.leave_list(letter, LeaveWay::Mail).await.unwrap();
        let outbox = engine.outbox().await.unwrap();
        let newest = outbox.iter().max_by_key(|submission| submission.id).unwrap();
        assert_eq!(
            (newest.account, newest.envelope.from.as_str()),
            (account, address),
            "{list}"
        );
    }
    assert_eq!(
        told(&engine, "unnamed").await.as_deref(),
        Some(""),
        "any of the two may be meant"
    );
    let refused = engine.leave_list(unnamed, LeaveWay::Mail).await;
    assert!(refused.is_err(), "nobody guesses whom it lets go");
    engine.stop().await;
}

#[tokio::test]
async fn a_letter_that_cannot_be_read_hides_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    receive(&engine, lena, "plain", "To: lena@harbour.example\r\n").await;
    receive(&engine, lena, "itself", "To: all@lamp.example\r\n").await;
    engine.stop().await;
    assert!(empty_packs(folder.path()) > 0, "there were bytes");
    assert_eq!(
        told(&engine, "plain").await.as_deref(),
        Some("lena@harbour.example")
    );
    assert_eq!(
        told(&engine, "itself").await.as_deref(),
        Some(""),
        "it is not known"
    );
}

/// Takes the bytes of all letters away. Gives how many there were.
fn empty_packs(profile: &Path) -> u64 {
    let mut taken = 0;
    for entry in std::fs::read_dir(profile).unwrap() {
        let (path, file_type) = entry
            .map(|entry| (entry.path(), entry.file_type().unwrap()))
            .unwrap();
        if file_type.is_dir() {
            taken += empty_packs(&path);
        } else if path.extension().is_some_and(|ending| ending == "pack") {
            let pack = std::fs::File::options().write(true).open(path).unwrap();
            taken += pack.metadata().unwrap().len();
            pack.set_len(0).unwrap();
        }
    }
    taken
}

/// The letter that was put into the outbox last, moved on.
async fn newest_goes_on(engine: &Engine, state: SubmissionState) -> SubmissionId {
    let outbox = engine.outbox().await.unwrap();
    let newest = outbox
        .iter()
        .map(|letter| letter.id)
        .max_by_key(|id| id.0)
        .unwrap();
    let moved = engine.write(move |writing| writing.set_submission_state(newest, &state));
    moved.await.unwrap();
    newest
}

async fn left_by(engine: &Engine) -> Option<String> {
    let (lists, _) = engine.subscriptions().await.unwrap();
    lists.into_iter().find_map(|list| list.known.left_by)
}

#[tokio::test]
async fn one_request_is_offered_only_where_it_may_have_been_signed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let sealed = |hash: &str, names: &str| {
        format!("DKIM-Signature: v=1; a=rsa-sha256; d=lamp.example; s=one; bh={hash}; b=AAAA; h={names}\r\n")
    };
    let body = "tiEO3E3DrEMLZXBGVbQm9lL6aMy6rf9B04cIit4pa1I=";
    let both = "from:list-unsubscribe:list-unsubscribe-post";
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    for (seal, post, unsigned, why) in [
        (String::new(), post, true, "nobody has signed it"),
        (sealed("AAAA", both), post, true, "it was changed"),
        (
            sealed(body, "from:subject"),
            post,
            true,
            "the offer is not signed",
        ),
        (sealed(body, both), post, false, "DNS may tell that it is"),
        (String::new(), "", false, "there is no such offer"),
    ] {
        let raw = format!(
            "{seal}From: Lamp News <news@lamp.example>\r\nTo: lena@harbour.example\r\nSubject: Lamps\r\n\
             List-Id: <lamps.lamp.example>\r\nList-Unsubscribe: <https://lamp.example/out>\r\n{post}\r\nlamps\r\n"
        );
        let letter = put(&engine, lena, raw).await;
        let ways = engine.ways_out(letter).await.unwrap().unwrap();
        assert_eq!(ways.unsigned, unsigned, "{why}");
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_list_counts_as_left_when_the_letter_that_leaves_it_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let lena = account(&engine, "lena@harbour.example", true).await;
    let letter = receive(&engine, lena, "plain", "To: lena@harbour.example\r\n").await;
    let failed = || SubmissionState::Failed {
        trouble: Trouble::new(TroubleKind::Refused, "No such person"),
        permanent: true,
    };
    let sent = || SubmissionState::Sent {
        reply: "250 Thanks".into(),
    };
    engine.leave_list(letter, LeaveWay::Mail).await.unwrap();
    assert_eq!(left_by(&engine).await, None, "it waits in the outbox");
    let refused = newest_goes_on(&engine, failed()).await;
    assert_eq!(left_by(&engine).await, None, "it was refused");
    engine.dismiss_submission(refused).await.unwrap();
    assert_eq!(left_by(&engine).await, None, "it was put away");
    engine.leave_list(letter, LeaveWay::Mail).await.unwrap();
    let outbox = engine.outbox().await.unwrap();
    engine.undo_send(outbox.first().unwrap().id).await.unwrap();
    assert_eq!(left_by(&engine).await, None, "it was taken back");
    engine.leave_list(letter, LeaveWay::Mail).await.unwrap();
    newest_goes_on(&engine, failed()).await;
    newest_goes_on(&engine, sent()).await;
    assert_eq!(
        left_by(&engine).await.as_deref(),
        Some("mail"),
        "it has gone after all"
    );
    engine.stop().await;
}
