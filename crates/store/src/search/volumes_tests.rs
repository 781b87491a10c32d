//! The index in several volumes finds what one would, whatever order letters come in, and gives the first before the last.

use std::collections::HashSet;

use proptest::prelude::*;
use waxwing_model::{
    AccountId, Address, EmailId, Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder,
    ListingSource, MailboxId,
};

use super::volumes::{FULL, table};
use crate::{BodyFacts, NewEmail, Repairs, Store, Unindexed, lena};

pub(super) struct Shelf {
    _folder: tempfile::TempDir,
    pub store: Store,
    account: AccountId,
    inbox: MailboxId,
}

impl Shelf {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("mail.sqlite"), Box::new(|_| {})).unwrap();
        let (account, inbox) = store
            .write(|w| {
                let account = w.insert_account(&lena::account())?;
                let inbox = w.insert_mailbox(&lena::mailbox(account, "Inbox", None))?;
                Ok((account, inbox))
            })
            .unwrap();
        Self {
            _folder: folder,
            store,
            account,
            inbox,
        }
    }

    /// The same store after its program has ended.
    pub fn reopened(self) -> Self {
        let Self {
            _folder: folder,
            store,
            account,
            inbox,
        } = self;
        drop(store);
        let store = Store::open(&folder.path().join("mail.sqlite"), Box::new(|_| {})).unwrap();
        Self {
            _folder: folder,
            store,
            account,
            inbox,
        }
    }

    /// Letters of these moments. One in three is about a boat, one in fifty about a whale, and one about a narwhal.
    pub fn add(&self, moments: &[i64]) -> Vec<EmailId> {
        let letters: Vec<NewEmail> = moments
            .iter()
            .zip(0..)
            .map(|(moment, number): (_, usize)| NewEmail {
                account: self.account,
                mailbox: self.inbox,
                uid: None,
                message_id: None,
                in_reply_to: Vec::new(),
                references: Vec::new(),
                subject: match number {
                    number if number % 50 == 0 => "A whale".to_owned(),
                    number if number % 3 == 0 => "A boat".to_owned(),
                    557 => "Nothing but a narwhal".to_owned(),
                    _ => "Nothing".to_owned(),
                },
                from: vec![Address::new("Jonas Brandt", "jonas@orchard.example")],
                to: Vec::new(),
                cc: Vec::new(),
                bcc: Vec::new(),
                reply_to: Vec::new(),
                sent_by: None,
                sent_at: None,
                received_at: *moment,
                size: 100,
                keywords: match number % 7 {
                    0 => Keywords::none(),
                    _ => Keywords::only(Keyword::SEEN),
                },
                has_attachment: number % 5 == 0,
                preview: String::new(),
            })
            .collect();
        self.store
            .write(|w| w.insert_emails(self.inbox, &letters))
            .unwrap()
    }

    pub fn index(&self) {
        while self.store.write(|w| w.index_waiting(Unindexed::All, 60)).unwrap() > 0 {}
    }

    pub fn found(&self, query: &str) -> Vec<EmailId> {
        self.store.read(|r| r.search(query, u32::MAX, 0)).unwrap()
    }

    /// What must be true of the volumes once nothing waits.
    pub fn hold_against_letters(&self, whose: &str) {
        self.store
            .read(|r| {
                let volumes = r.volumes()?;
                let mut until = i64::MAX;
                let mut lines = 0;
                for volume in &volumes {
                    assert!(volume.newest <= until, "{whose}: volumes do not overlap");
                    let table = table(volume.id);
                    let astray = r.number(
                        "counting",
                        &format!(
                            "SELECT count(*) FROM {table}_docsize LEFT JOIN email USING (id)
                             WHERE received_at IS NULL OR received_at < ?1 OR received_at > ?2"
                        ),
                        [volume.since, volume.newest],
                    )?;
                    assert_eq!(astray, 0, "{whose}: lines stand in their volume");
                    lines += r.number("counting", &format!("SELECT count(*) FROM {table}_docsize"), [])?;
                    until = volume.since;
                }
                assert_eq!(
                    lines,
                    r.number("counting", "SELECT count(*) FROM email", [])?,
                    "{whose}"
                );
                Ok(())
            })
            .unwrap();
        self.store.check().unwrap();
    }

    fn volumes(&self) -> usize {
        self.store.read(|r| r.volumes()).unwrap().len()
    }

    pub(super) fn listing(query: &str) -> Listing {
        Listing {
            source: ListingSource::Search {
                query: query.to_owned(),
            },
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Conversations,
        }
    }
}

#[test]
fn volumes_are_cut_where_they_are_full_and_find_what_one_would() {
    let many = 6 * FULL;
    let newest_first: Vec<i64> = (0..many).rev().map(|day| day * 1000).collect();
    let oldest_first: Vec<i64> = (0..many).map(|day| day * 1000).collect();
    let two_folders: Vec<i64> = newest_first
        .iter()
        .step_by(2)
        .chain(newest_first.iter().skip(1).step_by(2))
        .copied()
        .collect();
    let odd: Vec<i64> = oldest_first
        .iter()
        .map(|at| if at % 77_000 == 0 { i64::MAX - at } else { *at })
        .collect();
    let all_the_same = vec![5; usize::try_from(many).unwrap()];
    for (name, moments, several) in [
        ("newest first", newest_first, true),
        ("oldest first", oldest_first, true),
        ("two folders", two_folders, true),
        ("wrong dates among them", odd, true),
        ("all at once", all_the_same, false),
    ] {
        let shelf = Shelf::new();
        let mut ids = shelf.add(&moments);
        shelf.index();
        shelf.hold_against_letters(name);
        assert!(
            shelf.volumes() > 3 || !several,
            "{name}: {} volumes",
            shelf.volumes()
        );
        let order = |wanted: &dyn Fn(usize) -> bool| {
            let mut expected: Vec<_> = (0..moments.len())
                .filter(|at| wanted(*at))
                .map(|at| (moments[at], ids[at]))
                .collect();
            expected.sort_unstable_by(|a, b| b.cmp(a));
            expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        };
        assert_eq!(
            shelf.found("whale"),
            order(&|at| at % 50 == 0),
            "{name}: a rare word"
        );
        assert_eq!(shelf.found("jonas"), order(&|_| true), "{name}: a common one");
        assert_eq!(shelf.found("is:unread"), order(&|at| at % 7 == 0), "{name}: none");
        assert_eq!(
            shelf.found("is:unread -whale has:attachment"),
            order(&|at| at % 35 == 0 && at % 50 != 0),
            "{name}: one that is not wanted"
        );
        let first = shelf.store.read(|r| r.search("jonas", 10, 5)).unwrap();
        assert_eq!(first, shelf.found("jonas")[5..15], "{name}: a page");
        // What goes, goes from whatever volume it is in.
        let gone: Vec<EmailId> = ids.drain(..ids.len() / 2).collect();
        shelf
            .store
            .write(|w| gone.iter().try_for_each(|id| w.remove_email(*id)))
            .unwrap();
        assert_eq!(shelf.found("jonas").len(), ids.len(), "{name}: half of them");
        shelf.hold_against_letters(name);
        shelf.store.write(|w| w.rebuild_search()).unwrap();
        assert_eq!(shelf.found("jonas").len(), ids.len(), "{name}: built again");
        shelf.hold_against_letters(name);
        shelf.store.write(|w| w.remove_account(shelf.account)).unwrap();
        assert_eq!(shelf.found("jonas"), [], "{name}: none is left");
    }
}

#[test]
fn the_first_rows_of_a_common_word_come_before_the_last_are_gathered() {
    let shelf = Shelf::new();
    let moments: Vec<i64> = (0..5 * FULL).rev().collect();
    let ids = shelf.add(&moments);
    shelf.index();
    let listing = Shelf::listing("jonas");
    let first = shelf.store.read(|r| r.first_rows(&listing, 20)).unwrap().unwrap();
    let shown: Vec<EmailId> = first.rows.iter().map(|row| row.email).collect();
    assert_eq!(shown, ids[..20], "the newest");
    assert!(
        first.known > 20 && usize::try_from(first.known).unwrap() < ids.len(),
        "some are known to be there, not all: {}",
        first.known
    );
    shelf.store.read(|r| r.gather_while(&listing, || true)).unwrap();
    assert_eq!(
        shelf.store.read(|r| r.first_rows(&listing, 20)).unwrap(),
        None,
        "all are at hand"
    );
    assert_eq!(
        usize::try_from(shelf.store.read(|r| r.count(&listing)).unwrap()).unwrap(),
        ids.len()
    );
    let rare = Shelf::listing("whale");
    assert_eq!(
        shelf.store.read(|r| r.first_rows(&rare, 20)).unwrap(),
        None,
        "few are gathered at once"
    );
    // Somebody has typed on.
    let other = Shelf::listing("brandt");
    shelf.store.read(|r| r.gather_while(&other, || false)).unwrap();
    assert!(shelf.store.read(|r| r.first_rows(&other, 20)).unwrap().is_some());
}

#[test]
fn the_best_matches_come_first_whatever_their_age() {
    let shelf = Shelf::new();
    let ids = shelf.add(&(0..3 * FULL).rev().collect::<Vec<_>>());
    let facts = |text: &str| BodyFacts {
        text: text.to_owned(),
        ..BodyFacts::default()
    };
    // The word stands in the text of a new letter and in the subject of an old one.
    shelf
        .store
        .write(|w| {
            w.put_body(
                ids[1],
                b"x",
                &facts("some words about a whale and many others besides"),
            )
        })
        .unwrap();
    shelf.index();
    let found = shelf.found("whale sort:best");
    let place = |id: EmailId| found.iter().position(|one| *one == id).unwrap();
    assert_eq!(found.len(), shelf.found("whale").len(), "as many");
    assert_eq!(
        place(ids[1]),
        found.len() - 1,
        "a subject counts for more than a text"
    );
    let mut listing = Shelf::listing("whale sort:best");
    let rows = |listing: &Listing| {
        let rows = shelf.store.read(|r| r.page(listing, 0, 1_000)).unwrap();
        rows.into_iter().map(|row| row.email).collect::<Vec<_>>()
    };
    assert_eq!(rows(&listing), found);
    assert_eq!(
        shelf.store.read(|r| r.position_of_moment(&listing, 5)).unwrap(),
        None,
        "there is no place of a moment among them"
    );
    shelf
        .store
        .write(|w| {
            [ids[0], ids[1], ids[100]]
                .iter()
                .try_for_each(|id| w.set_keywords(*id, &Keywords::only(Keyword::FLAGGED)))
        })
        .unwrap();
    let mut starred = shelf.found("whale sort:best");
    starred.retain(|id| [ids[0], ids[1], ids[100]].contains(id));
    assert_eq!(starred.last(), Some(&ids[1]));
    listing.filter.starred = true;
    assert_eq!(
        rows(&listing),
        starred,
        "a list that is narrowed keeps that order"
    );
    assert_eq!(
        shelf.store.read(|r| r.first_rows(&listing, 1)).unwrap(),
        None,
        "it is gathered whole"
    );
}

#[test]
fn what_is_missing_or_astray_is_found_and_put_right() {
    let shelf = Shelf::new();
    let ids = shelf.add(&(0..3 * FULL).rev().collect::<Vec<_>>());
    shelf.index();
    assert_eq!(
        shelf.store.repair_search().unwrap(),
        Repairs::default(),
        "nothing is to be done"
    );
    let oldest = *ids.last().unwrap();
    shelf.store.with_writer(|connection| {
        connection
            .execute_batch(&format!(
                "DELETE FROM search WHERE rowid = {};
                 INSERT INTO search (rowid, subject) VALUES (999999, 'whale');
                 DELETE FROM search_2 WHERE rowid = {oldest};
                 DELETE FROM search_3 WHERE rowid = {oldest};
                 INSERT INTO search (rowid, subject) VALUES ({oldest}, 'whale');",
                ids[0]
            ))
            .unwrap();
    });
    let repairs = shelf.store.repair_search().unwrap();
    assert_eq!(
        repairs,
        Repairs {
            missing: 1,
            astray: 1,
            misplaced: 1,
            damaged: 0
        }
    );
    shelf.index();
    shelf.hold_against_letters("after the repair");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn letters_of_any_moments_in_any_order_are_found_once_and_in_order(
        batches in proptest::collection::vec(proptest::collection::vec(0_i64..2_000, 1..160), 1..5)
    ) {
        let shelf = Shelf::new();
        let mut all: Vec<(i64, EmailId)> = Vec::new();
        for moments in &batches {
            let ids = shelf.add(moments);
            all.extend(moments.iter().copied().zip(ids));
            // Some are still being moved when the next come.
            let _some = shelf.store.write(|w| w.index_waiting(Unindexed::All, 90)).unwrap();
            let found = shelf.found("jonas");
            let once: HashSet<&EmailId> = found.iter().collect();
            prop_assert_eq!(once.len(), found.len(), "none twice");
        }
        shelf.index();
        shelf.hold_against_letters("at the end");
        all.sort_unstable_by(|a, b| b.cmp(a));
        let expected: Vec<EmailId> = all.into_iter().map(|(_, id)| id).collect();
        prop_assert_eq!(shelf.found("jonas"), expected);
    }
}
