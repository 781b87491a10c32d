//! Letters that are added together are one conversation with the same others, and have the same in every table, as letters
//! that are added one after the other.

use proptest::prelude::*;
use waxwing_model::{Address, Keyword, Keywords};
use waxwing_store::NewEmail;

use crate::conversations::together;
use crate::scene::Scene;

const PEOPLE: [&str; 4] = [
    "lena@harbour.example",
    "jonas@orchard.example",
    "amara@post.example",
    "nils@harbour.example",
];
const SUBJECTS: [&str; 7] = [
    "Hello",
    "Re: Hello",
    "AW: Hello",
    "Plan",
    "Re: Plan",
    "Fwd: Plan",
    "",
];
const DAY: i64 = 24 * 3_600_000;

/// What a letter has of its own: its name, whom it names, a subject, who wrote to whom, when, and its marks.
type Drawn = (
    Option<u32>,
    Vec<u32>,
    usize,
    (usize, usize),
    i64,
    (bool, bool, bool),
);

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        proptest::option::weighted(0.9, 0..12_u32),
        proptest::collection::vec(0..12_u32, 0..3),
        0..SUBJECTS.len(),
        (0..PEOPLE.len(), 0..PEOPLE.len()),
        0..6_i64,
        any::<(bool, bool, bool)>(),
    )
}

fn letter(scene: &Scene, number: u32, drawn: &Drawn) -> NewEmail {
    let (name, named, subject, (from, to), day, (seen, starred, tagged)) = drawn;
    let name_of = |number: &u32| format!("{number}@orchard.example");
    let address = |place: usize| vec![Address::new("", PEOPLE[place])];
    let mut keywords = Keywords::none();
    for (is_there, keyword) in [
        (*seen, Keyword::SEEN),
        (*starred, Keyword::FLAGGED),
        (*tagged, "orchard"),
    ] {
        if is_there {
            keywords = keywords.with(keyword);
        }
    }
    NewEmail {
        uid: Some(number),
        message_id: name.as_ref().map(name_of),
        references: named.iter().map(name_of).collect(),
        subject: SUBJECTS[*subject].to_owned(),
        from: address(*from),
        to: address(*to),
        // Several of one moment.
        received_at: day * DAY,
        keywords,
        ..scene.letter(number)
    }
}

/// Every table that a letter leaves something in, but for ids of conversations, which need not be the same.
const TABLES: [&str; 6] = [
    "SELECT group_concat(id || subject || keywords || received_at) FROM (SELECT * FROM email ORDER BY id)",
    "SELECT group_concat(email_id || arrival || unread || starred) FROM (SELECT * FROM membership ORDER BY email_id)",
    "SELECT group_concat(email_id || keyword) FROM (SELECT * FROM tagged ORDER BY email_id)",
    "SELECT group_concat(email_id || subject) FROM (SELECT * FROM bare_subject ORDER BY email_id)",
    "SELECT group_concat(message_id || (SELECT min(id) FROM email WHERE email.thread_id = thread_reference.thread_id))
       FROM (SELECT * FROM thread_reference ORDER BY message_id) AS thread_reference",
    "SELECT group_concat(total || ' ' || unread || ' ' || conversations || ' ' || unread_conversations) FROM mailbox",
];

fn tables(scene: &Scene) -> Vec<Option<String>> {
    let behind = rusqlite::Connection::open(scene.path()).unwrap();
    TABLES
        .map(|sql| behind.query_row(sql, [], |row| row.get(0)).unwrap())
        .to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn letters_that_come_together_are_kept_like_letters_that_come_alone(
        drawn in proptest::collection::vec(drawn(), 1..40),
        at_once in 2..40_usize,
        muted in proptest::option::weighted(0.3, 0..40_usize),
    ) {
        let scenes = [1, at_once].map(|at_once| {
            let scene = Scene::new();
            let letters: Vec<NewEmail> =
                (1..).zip(&drawn).map(|(number, drawn)| letter(&scene, number, drawn)).collect();
            let mut emails = Vec::new();
            // By hand something is said of the conversation of one of those in the first half.
            let (first, second) = letters.split_at(letters.len() / 2);
            for (half, letters) in [first, second].into_iter().enumerate() {
                for some in letters.chunks(at_once) {
                    emails.extend(scene.store.write(|w| match some {
                        [one] => w.insert_email(one).map(|email| vec![email]),
                        some => w.insert_emails(scene.inbox, some),
                    }).unwrap());
                }
                if let Some(&email) = muted.filter(|_| half == 0).and_then(|muted| emails.get(muted)) {
                    scene.store.write(|w| w.mute(&[email], true)).unwrap();
                }
            }
            (together(&scene, &emails), tables(&scene))
        });
        prop_assert_eq!(&scenes[0], &scenes[1]);
    }
}
