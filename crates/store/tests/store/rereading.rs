//! Letters that an older version of the reader has read, read anew: what is written of it, and what stays as it was.

use rusqlite::Connection;
use waxwing_model::{Address, Change, EmailId};
use waxwing_store::{BodyFacts, FileFact, ListedFile, Papers, PartialBody, ReadAnew, Reread, Unindexed};

use crate::scene::Scene;
use crate::search::found;

fn facts(read_by: u32, text: &str, has_attachment: bool) -> BodyFacts {
    BodyFacts {
        read_by,
        text: text.to_owned(),
        preview: text.to_owned(),
        has_attachment,
        ..BodyFacts::default()
    }
}

fn put(scene: &Scene, number: u32, facts: &BodyFacts) -> EmailId {
    let id = scene.add(&scene.letter(number));
    let raw = format!("letter {number}");
    scene
        .store
        .write(|w| w.put_body(id, raw.as_bytes(), facts))
        .unwrap();
    id
}

fn reread(scene: &Scene, email: EmailId, facts: BodyFacts) -> Reread {
    let stored = scene.store.read(|r| r.stored(email)).unwrap().unwrap();
    Reread { stored, facts }
}

#[test]
fn what_is_found_again_is_not_written_again() {
    let scene = Scene::new();
    let with_a_file = |read_by, name: &str| BodyFacts {
        listed: Some(vec![ListedFile {
            part: "2".to_owned(),
            name: name.to_owned(),
            ..ListedFile::default()
        }]),
        ..facts(read_by, "kettle", true)
    };
    let email = put(&scene, 1, &with_a_file(1, "plan.pdf"));
    let behind = Connection::open(scene.path()).unwrap();
    behind
        .execute_batch(
            "CREATE TABLE written (what TEXT) STRICT;
             CREATE TRIGGER listed AFTER INSERT ON file BEGIN INSERT INTO written VALUES ('file'); END;
             CREATE TRIGGER stored AFTER UPDATE OF pack, start, text_size ON body
               BEGIN INSERT INTO written VALUES ('body'); END;",
        )
        .unwrap();
    let written = || -> Vec<String> {
        let mut asked = behind.prepare("SELECT what FROM written ORDER BY what").unwrap();
        let rows = asked.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    write(
        &scene,
        2,
        &[reread(&scene, email, with_a_file(2, "plan.pdf"))],
        Some(email),
    );
    assert_eq!(written(), [""; 0], "but that it was read");
    assert_eq!(waiting(&scene, 2), []);
    let mut another = reread(&scene, email, with_a_file(3, "plans.pdf"));
    another.facts.text = "anchor".to_owned();
    write(&scene, 3, &[another], None);
    assert_eq!(written(), ["body", "file"], "what is another is");
}

#[test]
fn where_all_that_was_found_is_known_there_is_nothing_to_write() {
    let scene = Scene::new();
    let [one, other] = [1, 2].map(|number| put(&scene, number, &facts(1, "kettle", true)));
    let before = |email| ReadAnew::Before { email, again: true };
    let is_known = |letters: &[Reread], so_far| {
        let read = scene.store.read(|r| r.has_rereadings(2, letters, so_far));
        read.unwrap()
    };
    assert!(is_known(&[], ReadAnew::NOTHING), "nobody has begun");
    assert!(!is_known(&[], before(other)), "it is further than is noted");
    let anew = || vec![reread(&scene, other, facts(2, "kettle", true))];
    assert!(
        !is_known(&anew(), ReadAnew::NOTHING),
        "it is not noted that it was read"
    );
    let put = scene.store.write(|w| w.put_rereadings(2, &anew(), before(other)));
    put.unwrap();
    assert!(is_known(&anew(), before(other)));
    assert!(!is_known(&anew(), before(one)) && !is_known(&anew(), ReadAnew::Done));
    let both = [anew(), vec![reread(&scene, one, facts(2, "kettle", true))]].concat();
    assert!(!is_known(&both, before(other)), "one of them was not");
    scene.store.write(|w| w.remove_email(one)).unwrap();
    assert!(is_known(&both, before(other)), "it went meanwhile");
}

fn waiting(scene: &Scene, version: u32) -> Vec<EmailId> {
    scene.store.read(|r| r.read_by_older(version, 10)).unwrap()
}

fn write(scene: &Scene, version: u32, letters: &[Reread], down_to: Option<EmailId>) {
    scene
        .store
        .write(|w| {
            let so_far = down_to.map_or(ReadAnew::Done, |email| ReadAnew::Before { email, again: false });
            w.put_rereadings(version, letters, so_far)
        })
        .unwrap();
}

#[test]
fn letters_of_an_older_version_are_given_newest_first_until_all_were_read() {
    let scene = Scene::new();
    let first = put(&scene, 1, &facts(0, "kettle", true));
    let current = put(&scene, 2, &facts(2, "kettle", true));
    let last = put(&scene, 3, &facts(1, "kettle", true));
    assert_eq!(waiting(&scene, 2), [last, first], "not {current}");
    assert_ne!(scene.store.read(|r| r.read_anew(2)).unwrap(), ReadAnew::Done);
    scene.told();
    let anew = reread(&scene, last, facts(2, "anchor", false));
    write(&scene, 2, &[anew], Some(last));
    let told = scene.told();
    assert!(told.contains(&Change::Emails { emails: vec![last] }), "{told:?}");
    let there = scene.store.read(|r| r.email(last)).unwrap().unwrap();
    assert_eq!((there.has_attachment, there.preview.as_str()), (false, "anchor"));
    assert_eq!(found(&scene, "anchor"), [last]);
    assert_eq!(found(&scene, "kettle"), [current, first]);

    let scene = scene.reopen();
    assert_eq!(waiting(&scene, 2), [first], "it goes on where it was");
    scene.told();
    let same = reread(&scene, first, facts(2, "kettle", true));
    write(&scene, 2, &[same], Some(first));
    assert_eq!(scene.told(), [], "nothing else was found, and nobody hears of it");
    write(&scene, 2, &[], None);
    assert_eq!(scene.store.read(|r| r.read_anew(2)).unwrap(), ReadAnew::Done);
    assert_eq!(
        waiting(&scene, 3),
        [last, current, first],
        "the next version reads all"
    );
    for (email, number) in [(first, 1), (current, 2), (last, 3)] {
        let raw = scene.store.read(|r| r.raw(email)).unwrap();
        assert_eq!(raw, Some(format!("letter {number}").into_bytes()));
    }
    scene.store.check().unwrap();
}

#[test]
fn who_sent_a_letter_for_somebody_else_is_found_when_it_is_read_anew() {
    let scene = Scene::new();
    let email = put(&scene, 1, &facts(0, "kettle", false));
    assert_eq!(found(&scene, "from:amara"), []);
    let office = Address::new("Amara Okafor", "office@lighthouse.example");
    let anew = BodyFacts {
        sent_by: Some(office.clone()),
        ..facts(1, "kettle", false)
    };
    let anew = reread(&scene, email, anew);
    write(&scene, 1, &[anew], Some(email));
    assert_eq!(found(&scene, "from:amara kettle"), [email]);
    let there = scene.store.read(|r| r.email(email)).unwrap().unwrap();
    assert_eq!(there.sent_by, Some(office));
}

#[test]
fn letters_that_an_older_program_has_read_since_are_read_too() {
    let scene = Scene::new();
    put(&scene, 1, &facts(2, "kettle", true));
    write(&scene, 2, &[], None);
    // The older program knows of no newer version, and notes that all is well for itself.
    assert_eq!(waiting(&scene, 1), []);
    write(&scene, 1, &[], None);
    let late = put(&scene, 2, &facts(1, "kettle", true));
    assert_eq!(waiting(&scene, 2), [late]);
}

#[test]
fn a_letter_that_has_changed_since_it_was_read_keeps_what_came_last() {
    let scene = Scene::new();
    let [replaced, gone, forgotten] = [1, 2, 3].map(|number| put(&scene, number, &facts(0, "kettle", true)));
    let anew: Vec<Reread> = [replaced, gone, forgotten]
        .into_iter()
        .map(|email| reread(&scene, email, facts(1, "anchor", false)))
        .collect();
    scene
        .store
        .write(|w| {
            w.put_body(replaced, b"another", &facts(0, "lantern", true))?;
            w.remove_email(gone)?;
            w.forget_body(forgotten)
        })
        .unwrap();
    write(&scene, 1, &anew, Some(replaced));
    assert_eq!(found(&scene, "anchor"), []);
    assert_eq!(found(&scene, "lantern"), [replaced]);
    let raw = scene.store.read(|r| r.raw(replaced)).unwrap();
    assert_eq!(raw.as_deref(), Some(&b"another"[..]));
    scene.store.check().unwrap();
}

#[test]
fn copies_are_read_with_their_letter_and_stand_where_it_stands() {
    let scene = Scene::new();
    let letter = put(&scene, 1, &facts(0, "kettle", true));
    let copy = scene.add(&scene.letter(2));
    scene.store.write(|w| w.copy_body(letter, copy)).unwrap();
    let anew = reread(&scene, copy, facts(1, "anchor", false));
    write(&scene, 1, &[anew], Some(copy));
    assert_eq!(found(&scene, "anchor"), [copy, letter]);
    assert_eq!(waiting(&scene, 1), [], "both were read");
    let places = "SELECT count(DISTINCT pack * 1000000 + start) FROM body";
    assert_eq!(scene.number(places), 1, "their octets stand once");
    for email in [letter, copy] {
        let there = scene.store.read(|r| r.email(email)).unwrap().unwrap();
        assert!(!there.has_attachment);
    }
}

#[test]
fn a_letter_that_is_here_in_part_is_read_as_far_as_it_is_here() {
    let scene = Scene::new();
    let part = scene.add(&scene.letter(1));
    let partial = PartialBody {
        skeleton: b"its text".to_vec(),
        absent: [("2".to_owned(), 9)].into(),
    };
    scene
        .store
        .write(|w| w.put_partial_body(part, &partial, &facts(0, "kettle", false)))
        .unwrap();
    assert_eq!(waiting(&scene, 1), [part]);
    let anew = reread(&scene, part, facts(1, "anchor", true));
    assert_eq!(anew.stored.raw, b"its text");
    write(&scene, 1, &[anew], Some(part));
    assert_eq!(found(&scene, "anchor"), [part]);
    assert!(
        scene
            .store
            .read(|r| r.email(part))
            .unwrap()
            .unwrap()
            .has_attachment
    );
    assert_eq!(scene.store.read(|r| r.partial_body(part)).unwrap(), Some(partial));
}

#[test]
fn a_line_that_was_made_ready_before_does_not_bring_back_what_was_found_then() {
    let scene = Scene::new();
    let letters: Vec<EmailId> = (1..=60)
        .map(|number| put(&scene, number, &facts(0, "kettle", true)))
        .collect();
    scene.store.write(|w| w.leave_all_to_be_indexed()).unwrap();
    let ready = scene.store.read(|r| r.ready_lines(Unindexed::All, 100)).unwrap();
    let anew: Vec<Reread> = letters
        .iter()
        .map(|email| reread(&scene, *email, facts(1, "anchor", false)))
        .collect();
    write(&scene, 1, &anew, letters.first().copied());
    assert_eq!(scene.store.write(|w| w.write_ready(ready)).unwrap(), 0);
    while scene
        .store
        .write(|w| w.index_waiting(Unindexed::All, 100))
        .unwrap()
        > 0
    {}
    assert_eq!(found(&scene, "anchor").len(), 60);
    assert_eq!(found(&scene, "kettle"), []);
}

#[test]
fn files_of_every_kind_are_read_once_more_though_nothing_else_of_their_letter_has_changed() {
    let scene = Scene::new();
    let kinds = [
        "letter rfc822",
        "letter mail archive mbox",
        "document pdf",
        "",
        "text txt",
    ];
    let facts = |version: u32, kinds: &str| BodyFacts {
        files: vec![FileFact {
            name: "fwd".to_owned(),
            kinds: kinds.to_owned(),
            readable: true,
        }],
        ..facts(version, "kettle", true)
    };
    for (number, kinds) in (1..).zip(kinds) {
        let letter = put(&scene, number, &facts(5, kinds));
        let opened = Papers::default();
        scene
            .store
            .write(|w| w.put_papers(letter, Some(&opened)))
            .unwrap();
        // As the version before has marked them: `*`, and a line end behind the letter.
        let mut pack = std::fs::read(scene.pack()).unwrap();
        let mark = pack.len() - 2;
        pack[mark] = b'*';
        std::fs::write(scene.pack(), pack).unwrap();
        let anew = reread(&scene, letter, facts(6, kinds));
        assert_eq!(scene.store.read(|r| r.unopened(10)).unwrap(), []);
        write(&scene, 6, &[anew], Some(letter));
        assert_eq!(
            scene.store.read(|r| r.unopened(10)).unwrap(),
            [letter],
            "{kinds:?}"
        );
        scene
            .store
            .write(|w| w.put_papers(letter, Some(&opened)))
            .unwrap();
    }
    scene.store.check().unwrap();
}

#[test]
fn a_damaged_letter_is_not_read() {
    let scene = Scene::new();
    let damaged = put(&scene, 1, &facts(0, "kettle", true));
    scene.spoil(damaged);
    assert_eq!(scene.store.read(|r| r.stored(damaged)).unwrap(), None);
}

#[test]
fn letters_of_a_store_of_the_time_before_are_all_of_an_older_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let connection = Connection::open(&path).unwrap();
    let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    for version in 1..29 {
        let step = std::fs::read_to_string(format!("{migrations}/{version:04}.sql")).unwrap();
        connection.execute_batch(&step).unwrap();
        if version == 8 {
            connection.execute_batch("DROP TABLE body_before").unwrap();
        }
    }
    connection
        .execute_batch(
            "PRAGMA application_id = 0x57787767; PRAGMA user_version = 28;
             INSERT INTO account (id, email, name, protocol, retention, demo, colour)
             VALUES (1, 'lena@harbour.example', 'Lena', 'local', '\"keep\"', 0, 0);
             INSERT INTO thread (id, account_id) VALUES (1, 1);
             INSERT INTO email (id, account_id, thread_id, received_at, size, has_body, has_attachment, keywords, subject,
               preview, from_addresses, to_addresses, cc_addresses, bcc_addresses, reply_to_addresses, in_reply_to,
               reference_ids)
             VALUES (7, 1, 1, 0, 5, 1, 0, '[]', '', '', '[]', '[]', '[]', '[]', '[]', '[]', '[]');
             INSERT INTO body (email_id, size, sha256, text_size, pack, start) VALUES (7, 5, x'00', 0, 1, 0);",
        )
        .unwrap();
    drop(connection);
    let store = waxwing_store::Store::open(&path, Box::new(|_| {})).unwrap();
    assert_eq!(store.read(|r| r.read_by_older(1, 10)).unwrap(), [EmailId(7)]);
}
