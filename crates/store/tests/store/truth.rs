//! Whatever is done, in whatever order: counts, conversation rows, conversations, pages, positions and the index
//! are what one gets by counting and sorting the letters.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use waxwing_model::{
    Address, EmailId, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
    MailboxId, ThreadId,
};
use waxwing_store::{BodyFacts, NewEmail};

use crate::astray::assert_nothing_is_astray;
use crate::by_hand;
use crate::scene::{Scene, lena, letter, mailbox};

/// Letters have one of so few names, so that they meet often.
const NAMES: u32 = 24;

#[derive(Debug, Clone)]
enum Step {
    Insert {
        place: usize,
        name: u32,
        references: Vec<u32>,
        at: i64,
        seen: bool,
        starred: bool,
    },
    Keywords {
        letter: usize,
        seen: bool,
        starred: bool,
    },
    Show {
        letter: usize,
        places: Vec<usize>,
    },
    Body {
        letter: usize,
    },
    Remove {
        letter: usize,
    },
    RemoveMailbox {
        place: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let letter = 0..64_usize;
    let place = 0..6_usize;
    prop_oneof![
        6 => (place.clone(), 0..NAMES, proptest::collection::vec(0..NAMES, 0..3), 0..40_i64, any::<bool>(),
              proptest::bool::weighted(0.3))
            .prop_map(|(place, name, references, at, seen, starred)|
                Step::Insert { place, name, references, at, seen, starred }),
        3 => (letter.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(letter, seen, starred)| Step::Keywords { letter, seen, starred }),
        3 => (letter.clone(), proptest::collection::vec(place.clone(), 0..3))
            .prop_map(|(letter, places)| Step::Show { letter, places }),
        1 => letter.clone().prop_map(|letter| Step::Body { letter }),
        2 => letter.prop_map(|letter| Step::Remove { letter }),
        1 => place.prop_map(|place| Step::RemoveMailbox { place }),
    ]
}

fn keywords(seen: bool, starred: bool) -> Keywords {
    let mut keywords = Keywords::none();
    if seen {
        keywords = keywords.with("$seen");
    }
    if starred {
        keywords = keywords.with("$flagged");
    }
    keywords
}

/// Conversations by the simplest means: sets of names and letters that are poured together when they touch.
#[derive(Default)]
struct Threads(Vec<(usize, BTreeSet<String>, BTreeSet<EmailId>)>);

impl Threads {
    fn add(&mut self, account: usize, names: BTreeSet<String>, email: EmailId) {
        let mut joint = (account, names, BTreeSet::from([email]));
        let (touching, apart): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(owner, names, _)| *owner == account && !names.is_disjoint(&joint.1));
        for (_, names, emails) in touching {
            joint.1.extend(names);
            joint.2.extend(emails);
        }
        self.0 = apart;
        self.0.push(joint);
    }

    fn remove(&mut self, email: EmailId) {
        for (_, _, emails) in &mut self.0 {
            emails.remove(&email);
        }
        self.0.retain(|(_, _, emails)| !emails.is_empty());
    }

    fn partition(&self) -> BTreeSet<BTreeSet<EmailId>> {
        self.0.iter().map(|(_, _, emails)| emails.clone()).collect()
    }
}

struct World {
    scene: Scene,
    /// Three mailboxes of each of two accounts.
    places: Vec<(usize, waxwing_model::AccountId, MailboxId)>,
    letters: Vec<(usize, EmailId)>,
    threads: Threads,
    /// Lists that are asked for after every step, so that their orders are kept and put right.
    watched: Vec<Listing>,
}

impl World {
    fn new(watched: usize) -> Self {
        let scene = Scene::new();
        let mut places: Vec<_> = [scene.inbox, scene.archive, scene.trash]
            .map(|mailbox| (0, scene.account, mailbox))
            .into();
        let other = scene.store.write(|w| w.insert_account(&lena())).unwrap();
        for (name, role) in [
            ("Inbox", Some(waxwing_model::Role::Inbox)),
            ("Work", None),
            ("Home", None),
        ] {
            let new = mailbox(other, name, role);
            places.push((1, other, scene.store.write(|w| w.insert_mailbox(&new)).unwrap()));
        }
        Self {
            scene,
            places,
            letters: Vec::new(),
            threads: Threads::default(),
            watched: {
                let kinds = by_hand::kinds(&ListingSource::AllInboxes);
                let other = (watched * 7 + 3) % kinds.len();
                [watched % kinds.len(), other]
                    .map(|kind| kinds[kind].clone())
                    .into()
            },
        }
    }

    /// The lists that are watched are in order.
    fn watch(&self) {
        let inboxes = [self.places[0].2, self.places[3].2];
        for listing in &self.watched {
            by_hand::assert_sorted(&self.scene, listing, &inboxes);
        }
    }

    fn take(&mut self, step: &Step) {
        let store = self.scene.store.clone();
        let chosen =
            |letter: usize, letters: &[(usize, EmailId)]| letters.get(letter % letters.len().max(1)).copied();
        match step {
            Step::Insert {
                place,
                name,
                references,
                at,
                seen,
                starred,
            } => {
                let (owner, account, mailbox) = self.places[*place];
                let new = NewEmail {
                    received_at: *at,
                    references: references
                        .iter()
                        .map(|name| format!("{name}@orchard.example"))
                        .collect(),
                    keywords: keywords(*seen, *starred),
                    size: 100 + name % 3,
                    has_attachment: name % 4 == 1,
                    uid: (name % 2 == 0).then(|| u32::try_from(self.letters.len()).unwrap() + 1),
                    from: vec![Address::new(
                        ["Zoë", "Amara", "jonas"][*name as usize % 3],
                        "a@b.example",
                    )],
                    to: vec![Address::new(
                        "",
                        ["lena@harbour.example", "b@b.example"][*name as usize % 2],
                    )],
                    ..letter(account, mailbox, *name)
                };
                let id = store.write(|w| w.insert_email(&new)).unwrap();
                let names = new.references.iter().chain(&new.message_id).cloned().collect();
                self.threads.add(owner, names, id);
                self.letters.push((owner, id));
            }
            Step::Keywords {
                letter,
                seen,
                starred,
            } => {
                if let Some((_, id)) = chosen(*letter, &self.letters) {
                    store
                        .write(|w| w.set_keywords(id, &keywords(*seen, *starred)))
                        .unwrap();
                }
            }
            Step::Show { letter, places } => {
                if let Some((owner, id)) = chosen(*letter, &self.letters) {
                    let mailboxes: Vec<MailboxId> = places
                        .iter()
                        .map(|place| self.places[*place])
                        .filter(|place| place.0 == owner)
                        .map(|place| place.2)
                        .collect();
                    store.write(|w| w.set_mailboxes(id, &mailboxes)).unwrap();
                }
            }
            Step::Body { letter } => {
                if let Some((_, id)) = chosen(*letter, &self.letters) {
                    store
                        .write(|w| w.put_body(id, b"raw", &BodyFacts::default()))
                        .unwrap();
                }
            }
            Step::Remove { letter } => {
                if let Some((_, id)) = chosen(*letter, &self.letters) {
                    store.write(|w| w.remove_email(id)).unwrap();
                    self.letters.retain(|(_, other)| *other != id);
                    self.threads.remove(id);
                }
            }
            Step::RemoveMailbox { place } => {
                let (owner, account, old) = self.places[*place];
                let new = store
                    .write(|w| {
                        let before = w.mailbox(old)?.unwrap();
                        w.remove_mailbox(old)?;
                        w.insert_mailbox(&mailbox(account, &before.name, before.role))
                    })
                    .unwrap();
                self.places[*place] = (owner, account, new);
                let gone: Vec<EmailId> = store
                    .read(|r| {
                        let mut gone = Vec::new();
                        for (_, id) in &self.letters {
                            if r.email(*id)?.is_none() {
                                gone.push(*id);
                            }
                        }
                        Ok(gone)
                    })
                    .unwrap();
                for id in gone {
                    self.letters.retain(|(_, other)| *other != id);
                    self.threads.remove(id);
                }
            }
        }
    }

    fn check(&self) {
        assert_nothing_is_astray(&self.scene.path());
        self.check_threads();
        for (_, _, mailbox) in &self.places {
            self.check_lists(ListingSource::Mailbox { mailbox: *mailbox }, &[*mailbox], false);
        }
        self.check_lists(
            ListingSource::AllInboxes,
            &[self.places[0].2, self.places[3].2],
            false,
        );
        let untrashed: Vec<_> = self
            .places
            .iter()
            .map(|place| place.2)
            .filter(|id| *id != self.places[2].2)
            .collect();
        for listing in by_hand::kinds(&ListingSource::AllInboxes) {
            by_hand::assert_sorted(&self.scene, &listing, &[self.places[0].2, self.places[3].2]);
        }
        self.check_lists(ListingSource::Starred, &untrashed, true);
        let everywhere: Vec<_> = self.places.iter().map(|place| place.2).collect();
        self.check_lists(
            ListingSource::Search {
                query: "letter".to_owned(),
            },
            &everywhere,
            false,
        );
        self.scene.store.check().unwrap();
    }

    fn check_threads(&self) {
        let mut found: BTreeMap<ThreadId, BTreeSet<EmailId>> = BTreeMap::new();
        for (_, id) in &self.letters {
            let email = self.scene.store.read(|r| r.email(*id)).unwrap().unwrap();
            found.entry(email.thread).or_default().insert(*id);
        }
        assert_eq!(
            found.into_values().collect::<BTreeSet<_>>(),
            self.threads.partition(),
            "conversations"
        );
    }

    /// Compares every list of a source with one made from the letters themselves.
    fn check_lists(&self, source: ListingSource, mailboxes: &[MailboxId], only_starred: bool) {
        let ids: Vec<EmailId> = self.letters.iter().map(|letter| letter.1).collect();
        let mut letters = self.scene.store.read(|r| r.emails(&ids)).unwrap();
        letters.retain(|email| email.mailboxes.iter().any(|mailbox| mailboxes.contains(mailbox)));
        letters.retain(|email| !only_starred || email.keywords.has("$flagged"));
        let arrivals = by_hand::arrivals(&self.scene, mailboxes);
        letters.sort_by_key(|email| std::cmp::Reverse((email.received_at, arrivals[&email.id], email.id)));
        for (grouping, filter, order) in by_hand::dated() {
            let mut groups: Vec<(ThreadId, Vec<EmailId>, i64, bool)> = Vec::new();
            for email in &letters {
                let unread = !email.keywords.has("$seen");
                let known = groups
                    .iter_mut()
                    .find(|group| grouping == ListingGrouping::Conversations && group.0 == email.thread);
                match known {
                    Some(group) => {
                        group.1.push(email.id);
                        group.3 |= unread;
                    }
                    None => groups.push((email.thread, vec![email.id], email.received_at, unread)),
                }
            }
            groups.retain(|group| filter == ListingFilter::ALL || group.3);
            // Rows of one moment may stand in either order, as long as they always stand in the same.
            let mut expected: Vec<_> = groups
                .into_iter()
                .map(|(_, emails, at, _)| (at, emails))
                .collect();
            expected.sort();
            let listing = Listing {
                source: source.clone(),
                filter,
                order,
                grouping,
            };
            self.compare(&listing, &expected);
        }
    }

    fn compare(&self, listing: &Listing, expected: &[(i64, Vec<EmailId>)]) {
        self.scene
            .store
            .read(|r| {
                let rows = r.page(listing, 0, 1000)?;
                assert_eq!(
                    r.count(listing)?,
                    u32::try_from(rows.len()).unwrap(),
                    "{listing:?}"
                );
                let mut listed: Vec<_> = rows
                    .iter()
                    .map(|row| (row.received_at, row.emails.clone()))
                    .collect();
                let newest = listing.order == ListingOrder::NEWEST;
                let sorted = listed.is_sorted_by(|a, b| if newest { a.0 >= b.0 } else { a.0 <= b.0 });
                assert!(sorted, "{listing:?} is in order: {listed:?}");
                listed.sort();
                assert_eq!(listed, expected, "{listing:?} has the rows it should");
                let mut paged = Vec::new();
                for offset in (0..rows.len()).step_by(3) {
                    paged.extend(r.page(listing, u32::try_from(offset).unwrap(), 3)?);
                }
                assert_eq!(paged, rows, "{listing:?} is the same page by page");
                for row in &rows {
                    let place = rows.iter().position(|other| other.thread == row.thread);
                    let place = place.map(|place| u32::try_from(place).unwrap());
                    assert_eq!(
                        r.position(listing, row.thread)?,
                        place,
                        "{listing:?}: where {row:?} stands"
                    );
                }
                assert_eq!(r.position(listing, ThreadId(i64::MAX))?, None, "no row, no place");
                Ok(())
            })
            .unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_one_would_count(watched in 0..88_usize,
        steps in proptest::collection::vec(step(), 1..60)) {
        let mut world = World::new(watched);
        for step in &steps {
            world.take(step);
            world.watch();
        }
        world.check();
    }
}
