//! How long it takes to do something to all of a folder, and how long others wait meanwhile: `listed LETTERS` makes a folder of so many
//! unread letters in a profile that goes at the end, marks all as read, takes that back, and moves all to another folder. Beside the
//! time of each stands what a small write and a page of the list took while it ran. Run it with
//! `--release`.
//!
//! What is not here: the interface, and any server.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints one line of JSON for each"
)]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use waxwing_engine::{Action, Engine, EngineOptions, KeyringUse};
use waxwing_model::{
    AccountId, Address, Keeping, Keyword, Keywords, LettersOfRow, Listed, Listing, ListingFilter,
    ListingGrouping, ListingOrder, ListingSource, MailboxId, NewAccount, Protocol, Retention, Role, RunId,
};
use waxwing_store::{NewEmail, NewMailbox, Store};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).ok_or("how many letters?")?.parse()?;
    let profile = tempfile::tempdir()?;
    let (inbox, archive) = fill(profile.path(), count)?;
    let engine = Engine::open(EngineOptions {
        profile: profile.path().to_owned(),
        keyring: KeyringUse::Never,
        passphrase: None,
    })
    .await?;
    let all = |grouping| Listed {
        listing: listing(inbox, grouping),
        first: None,
        last: None,
        except: Vec::new(),
        also: Vec::new(),
        letters: LettersOfRow::All,
    };
    let messages = all(ListingGrouping::Messages);
    let begun = Instant::now();
    engine.listed_marks(messages.clone()).await?;
    println!(
        r#"{{"what":"what is true of all","ms":{}}}"#,
        begun.elapsed().as_millis()
    );

    let read = Action::SetKeywords {
        emails: Vec::new(),
        add: Keywords::only(Keyword::SEEN),
        remove: Keywords::none(),
    };
    let (marked, _) = beside(
        &engine,
        inbox,
        "mark all as read",
        engine.perform_listed(messages, read, RunId("read".into())),
    )
    .await;
    let undo = marked?.performed.undo.ok_or("nothing was marked")?;
    let (undone, _) = beside(&engine, inbox, "undo", engine.undo(undo)).await;
    undone?;
    let away = Action::Move {
        emails: Vec::new(),
        to: archive,
    };
    let conversations = all(ListingGrouping::Conversations);
    let (moved, _) = beside(
        &engine,
        inbox,
        "move all",
        engine.perform_listed(conversations, away, RunId("away".into())),
    )
    .await;
    assert_eq!(moved?.performed.affected, count);
    engine.stop().await;
    Ok(())
}

/// Does it, and tells what it and others took.
async fn beside<T>(
    engine: &Engine,
    mailbox: MailboxId,
    what: &str,
    work: impl Future<Output = T>,
) -> (T, Duration) {
    let over = Arc::new(AtomicBool::new(false));
    let others = {
        let (engine, over) = (engine.clone(), Arc::clone(&over));
        tokio::spawn(async move {
            let (mut write, mut page) = (Vec::new(), Vec::new());
            while !over.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let _written = engine.put_setting("measured", "x").await;
                write.push(begun.elapsed());
                let begun = Instant::now();
                let _page = engine
                    .page(listing(mailbox, ListingGrouping::Messages), 0, 100)
                    .await;
                page.push(begun.elapsed());
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            (write, page)
        })
    };
    let begun = Instant::now();
    let answer = work.await;
    let took = begun.elapsed();
    over.store(true, Ordering::Relaxed);
    let (write, page) = others.await.unwrap_or_default();
    println!(
        r#"{{"what":"{what}","ms":{},"a write":{},"a page":{}}}"#,
        took.as_millis(),
        spread(write),
        spread(page)
    );
    (answer, took)
}

/// The middle one and the worst, in milliseconds.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
    format!("[{:.1}, {:.1}]", ms(times.get(times.len() / 2)), ms(times.last()))
}

fn listing(mailbox: MailboxId, grouping: ListingGrouping) -> Listing {
    Listing {
        source: ListingSource::Mailbox { mailbox },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping,
    }
}

fn fill(profile: &Path, count: u32) -> Result<(MailboxId, MailboxId), Box<dyn Error>> {
    let store = Store::open(&profile.join("waxwing.db"), Box::new(|_| {}))?;
    let (account, inbox, archive) = store.write(|writing| {
        let account = writing.insert_account(&lena())?;
        let inbox = writing.insert_mailbox(&folder(account, "Inbox", Role::Inbox))?;
        let archive = writing.insert_mailbox(&folder(account, "Archive", Role::Archive))?;
        Ok((account, inbox, archive))
    })?;
    for first in (0..count).step_by(1_000) {
        let letters: Vec<NewEmail> = (first..count.min(first + 1_000))
            .map(|number| letter(account, inbox, number))
            .collect();
        store.write(|writing| writing.insert_emails(inbox, &letters).map(drop))?;
    }
    Ok((inbox, archive))
}

fn lena() -> NewAccount {
    NewAccount {
        email: "lena@nordlicht.example".into(),
        name: "Lena".into(),
        protocol: Protocol::Local,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    }
}

fn folder(account: AccountId, name: &str, role: Role) -> NewMailbox {
    NewMailbox {
        account,
        parent: None,
        name: name.into(),
        role: Some(role),
        selectable: true,
        path: None,
        delimiter: None,
    }
}

/// Three letters make a conversation.
fn letter(account: AccountId, mailbox: MailboxId, number: u32) -> NewEmail {
    let first = number - number % 3;
    NewEmail {
        account,
        mailbox,
        uid: None,
        message_id: Some(format!("{number}@waxwing.test")),
        in_reply_to: Vec::new(),
        references: (first..number)
            .map(|other| format!("{other}@waxwing.test"))
            .collect(),
        subject: format!("Letter {first}"),
        from: vec![Address {
            name: Some("Jonas".into()),
            email: "jonas@kustwerk.example".into(),
        }],
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: 1_500_000_000_000 + i64::from(number) * 60_000,
        size: 4_000,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: "A letter to be counted.".into(),
    }
}
