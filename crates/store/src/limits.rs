//! Tests of the limits, which need a connection's insides: a disk without room, and mailboxes without end.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use waxwing_model::{
    AccountId, Address, Change, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, MailboxId, NewAccount, Role, TroubleKind,
};

use crate::{BodyFacts, NewEmail, Reading, Store, StoreError, lena};

struct Scene {
    _folder: tempfile::TempDir,
    store: Store,
    account: AccountId,
    inboxes: Vec<MailboxId>,
    told: Arc<Mutex<Vec<Change>>>,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let told: Arc<Mutex<Vec<Change>>> = Arc::default();
        let teller = Arc::clone(&told);
        let on_commit = Box::new(move |changes| teller.lock().unwrap().extend(changes));
        let store = Store::open(&folder.path().join("mail.sqlite"), on_commit).unwrap();
        let accounts: Vec<_> = ["lena", "jonas"]
            .into_iter()
            .map(|name| {
                let new = NewAccount {
                    email: format!("{name}@harbour.example"),
                    name: name.to_owned(),
                    ..lena::account()
                };
                store
                    .write(|w| {
                        let account = w.insert_account(&new)?;
                        let inbox = w.insert_mailbox(&lena::mailbox(account, "Inbox", Some(Role::Inbox)))?;
                        Ok((account, inbox))
                    })
                    .unwrap()
            })
            .collect();
        let inboxes = accounts.iter().map(|(_, inbox)| *inbox).collect();
        Self {
            _folder: folder,
            store,
            account: accounts[0].0,
            inboxes,
            told,
        }
    }

    fn letter(&self, number: u32) -> NewEmail {
        NewEmail {
            account: self.account,
            mailbox: self.inboxes[0],
            uid: Some(number + 1),
            message_id: Some(format!("{number}@orchard.example")),
            in_reply_to: Vec::new(),
            references: vec![format!("{}@orchard.example", number / 3 * 3)],
            subject: format!("letter {number}"),
            from: vec![Address::new("Amara Okafor", "amara@lighthouse.example")],
            to: Vec::new(),
            cc: Vec::new(),
            bcc: Vec::new(),
            reply_to: Vec::new(),
            sent_by: None,
            sent_at: None,
            received_at: i64::from(number) * 1000,
            size: 100,
            keywords: Keywords::none(),
            has_attachment: false,
            preview: String::new(),
        }
    }

    fn fill(&self, letters: u32) -> Vec<EmailId> {
        let numbers: Vec<u32> = (0..letters).collect();
        let add = |batch: &[u32]| {
            self.store.write(|w| {
                batch
                    .iter()
                    .map(|number| w.insert_email(&self.letter(*number)))
                    .collect()
            })
        };
        numbers
            .chunks(500)
            .flat_map(|batch| -> Vec<EmailId> { add(batch).unwrap() })
            .collect()
    }
}

/// Leaves room for so many more pages of 4096 octets, or for as many as there can be.
fn leave_room(store: &Store, pages: Option<i64>) {
    store.with_writer(|writer| {
        let now: i64 = writer
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        let most = pages.map_or(i64::from(u32::MAX) - 1, |pages| now + pages);
        writer
            .query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))
            .unwrap();
    });
}

#[test]
fn a_full_disk_is_told_in_words_and_leaves_what_was_there() {
    let scene = Scene::new();
    for room in 0..24 {
        leave_room(&scene.store, Some(room));
        let total = || {
            scene
                .store
                .read(|r| r.mailbox(scene.inboxes[0]))
                .unwrap()
                .unwrap()
                .total
        };
        let before = total();
        scene.told.lock().unwrap().clear();
        // Batches of letters with bodies, so that the room ends in ever other places.
        let (mut committed, mut number) = (0, before);
        let error = loop {
            let outcome = scene.store.write(|w| {
                for _ in 0..=room % 4 {
                    let id = w.insert_email(&scene.letter(number))?;
                    number += 1;
                    let text = format!("kettle number{number} ").repeat(usize::try_from(room).unwrap() * 20);
                    w.put_body(
                        id,
                        text.as_bytes(),
                        &BodyFacts {
                            text: text.clone(),
                            ..BodyFacts::default()
                        },
                    )?;
                }
                Ok(())
            });
            match outcome {
                Ok(()) => committed += u32::try_from(room % 4 + 1).unwrap(),
                Err(error) => break error,
            }
            scene.told.lock().unwrap().clear();
        };
        assert!(
            matches!(error, StoreError::Full { .. }),
            "with room for {room} pages: {error:?}"
        );
        assert_eq!(error.trouble().kind, TroubleKind::DiskFull);
        assert_eq!(
            total(),
            before + committed,
            "what was committed is there, what failed is not"
        );
        assert_eq!(*scene.told.lock().unwrap(), [], "what failed is not told");
        scene.store.check().unwrap();
    }
    leave_room(&scene.store, None);
    let id = scene
        .store
        .write(|w| w.insert_email(&scene.letter(1_000_000)))
        .unwrap();
    assert!(
        scene.store.read(|r| r.email(id)).unwrap().is_some(),
        "with room again, it goes on"
    );
}

#[test]
fn a_failure_that_is_overlooked_is_not_committed_by_halves() {
    let scene = Scene::new();
    scene.fill(20);
    leave_room(&scene.store, Some(2));
    let committed = scene.store.write(|w| {
        let id = w.insert_email(&scene.letter(20))?;
        // The bytes stand elsewhere; what lists show of them does not.
        let facts = BodyFacts {
            preview: "long ".repeat(20_000),
            ..BodyFacts::default()
        };
        let full = w.put_body(id, b"a letter", &facts);
        assert!(matches!(full, Err(StoreError::Full { .. })), "{full:?}");
        // Whoever calls this goes on as if nothing had happened.
        let after = w.put_setting("after", "the failure");
        assert!(matches!(after, Err(StoreError::Failed)), "{after:?}");
        Ok(())
    });
    assert!(matches!(committed, Err(StoreError::Failed)), "{committed:?}");
    let (total, setting) = scene
        .store
        .read(|r| Ok((r.mailbox(scene.inboxes[0])?.unwrap().total, r.setting("after")?)))
        .unwrap();
    assert_eq!(
        (total, setting),
        (20, None),
        "neither what came before the failure nor what came after"
    );
    let packs = scene.store.packs().all().unwrap();
    assert!(
        packs.iter().all(|(_, octets)| *octets == 0),
        "nor its bytes: {packs:?}"
    );
}

/// Counts the instructions of SQLite's machine, in tens.
struct Meter(Arc<AtomicU64>);

impl Meter {
    fn on(store: &Store) -> Self {
        let count = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&count);
        let tick = move || {
            counter.fetch_add(1, Ordering::Relaxed);
            false
        };
        store.with_writer(|writer| writer.progress_handler(10, Some(tick)).unwrap());
        Self(count)
    }

    fn cost<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> (u64, T) {
        let before = self.0.load(Ordering::Relaxed);
        let done = work().unwrap();
        (self.0.load(Ordering::Relaxed) - before, done)
    }
}

/// What the things that are done all the time cost in a mailbox of this size.
fn costs(letters: u32) -> Vec<(String, u64)> {
    let scene = Scene::new();
    let ids = scene.fill(letters);
    let meter = Meter::on(&scene.store);
    // All in one transaction, because it is the writing connection that is metered.
    scene
        .store
        .write(|w| {
            let mut costs = list_costs(&meter, w, scene.inboxes[0])?;
            let middle = ids[ids.len() / 2];
            let thread = w.email(middle)?.unwrap().thread;
            let (cost, conversation) = meter.cost(|| w.thread(thread));
            assert_eq!(conversation.len(), 3);
            costs.push(("a conversation".to_owned(), cost));
            let archive = w.insert_mailbox(&lena::mailbox(scene.account, "Archive", None))?;
            let mut joint = scene.letter(letters);
            joint.references = vec!["0@orchard.example".to_owned(), "3@orchard.example".to_owned()];
            let seen = Keywords::only("$seen");
            costs.push((
                "a mark".to_owned(),
                meter.cost(|| w.set_keywords(middle, &seen)).0,
            ));
            costs.push((
                "a move".to_owned(),
                meter.cost(|| w.set_mailboxes(middle, &[archive])).0,
            ));
            costs.push(("a removal".to_owned(), meter.cost(|| w.remove_email(middle)).0));
            costs.push(("a joint".to_owned(), meter.cost(|| w.insert_email(&joint)).0));
            Ok(costs)
        })
        .unwrap()
}

fn list_costs(meter: &Meter, r: &Reading<'_>, inbox: MailboxId) -> Result<Vec<(String, u64)>, StoreError> {
    let mut costs = Vec::new();
    for source in [
        ListingSource::Mailbox { mailbox: inbox },
        ListingSource::AllInboxes,
    ] {
        for grouping in [ListingGrouping::Conversations, ListingGrouping::Messages] {
            for filter in [ListingFilter::ALL, ListingFilter::UNREAD] {
                let order = ListingOrder::NEWEST;
                let listing = Listing {
                    source: source.clone(),
                    filter,
                    order,
                    grouping,
                };
                let count = r.count(&listing)?;
                for (what, offset) in [("first", 0), ("last", count - 50)] {
                    let (cost, page) = meter.cost(|| r.page(&listing, offset, 50));
                    assert_eq!(page.len(), 50);
                    costs.push((format!("{what} page of {listing:?}"), cost));
                }
                let newest = r.page(&listing, 0, 1)?[0].thread;
                let (cost, place) = meter.cost(|| r.position(&listing, newest));
                assert_eq!(place, Some(0));
                costs.push((format!("first place of {listing:?}"), cost));
            }
        }
    }
    Ok(costs)
}

#[test]
fn what_is_done_all_the_time_costs_as_much_in_a_large_mailbox_as_in_a_small_one() {
    for ((what, small), (_, large)) in costs(300).into_iter().zip(costs(4500)) {
        assert!(small > 0, "{what} costs something, or this measures nothing");
        assert!(
            large < small * 2 + 50,
            "{what}: {small} with 300 letters, {large} with 4500"
        );
    }
}
