//! Lists that write to the one or the other of Lena's addresses.

use waxwing_model::{
    AccountId, EmailId, Keeping, Keywords, MailboxId, NewAccount, NewIdentity, Protocol, Retention, Role,
};
use waxwing_store::NewMailbox;

use crate::caution::LeaveWay;
use crate::engine::Engine;
use crate::letters::ingest::{Circumstances, insert_whole};
use crate::without_keyring::engine;

/// An account with an inbox, that can send and never does.
async fn account(engine: &Engine, email: &'static str) -> (AccountId, MailboxId) {
    let put = engine.write(move |writing| {
        let account = writing.insert_account(&NewAccount {
            email: email.into(),
            name: "Lena".into(),
            protocol: Protocol::Local,
            incoming: None,
            outgoing: None,
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            demo: true,
        })?;
        let mailbox = writing.insert_mailbox(&NewMailbox {
            account,
            parent: None,
            name: "Inbox".into(),
            role: Some(Role::Inbox),
            selectable: true,
            path: None,
            delimiter: None,
        })?;
        Ok((account, mailbox))
    });
    put.await.expect("an account")
}

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
    let lena = account(&engine, "lena@harbour.example").await;
    let work = account(&engine, "lena@works.example").await;
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
