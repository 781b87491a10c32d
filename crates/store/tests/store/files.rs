//! Files as they are listed: whose they are, in which order, by which words, and that they come and go with their letters.

use rusqlite::Connection;
use waxwing_model::{Address, EmailId, Keyword, Keywords, MailboxId};
use waxwing_store::{BodyFacts, FilePlace, FileSource, FilesOrder, ListedFile, PartialBody, Passed};

use crate::scene::Scene;

fn file(name: &str, size: u32) -> ListedFile {
    ListedFile {
        part: "2".to_owned(),
        name: name.to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size,
        here: true,
        kind: u8::from(name.ends_with("pdf")),
        shows: "nothing".to_owned(),
        ..ListedFile::default()
    }
}

fn facts(files: &[ListedFile]) -> BodyFacts {
    BodyFacts {
        has_attachment: !files.is_empty(),
        listed: Some(files.to_vec()),
        ..BodyFacts::default()
    }
}

/// A letter from somebody with these files.
fn put(scene: &Scene, number: u32, from: &str, files: &[ListedFile]) -> EmailId {
    let mut letter = scene.letter(number);
    letter.from = vec![Address::new("Jonas", from)];
    let id = scene.add(&letter);
    let raw = format!("letter {number}");
    let put = scene
        .store
        .write(|w| w.put_body(id, raw.as_bytes(), &facts(files)));
    put.unwrap();
    id
}

fn listed(scene: &Scene, source: &FileSource, order: FilesOrder, words: &str) -> Vec<String> {
    let names = scene.store.read(|r| {
        let list = r.file_list(source, order, words)?;
        list.into_iter()
            .map(|at| r.file_at(at))
            .collect::<Result<Vec<_>, _>>()
    });
    let names = names.unwrap().into_iter();
    names.map(|file| file.unwrap().name).collect()
}

fn of(mailboxes: &[MailboxId]) -> FileSource {
    FileSource::Mailboxes(mailboxes.to_vec())
}

fn newest(scene: &Scene, source: &FileSource) -> Vec<String> {
    listed(scene, source, FilesOrder::Newest, "")
}

#[test]
fn files_are_listed_by_folder_and_by_person() {
    let scene = Scene::new();
    let jonas = "Jonas@Orchard.example";
    put(&scene, 1, jonas, &[file("a", 1)]);
    put(&scene, 2, jonas, &[]);
    put(&scene, 3, "x@y.example", &[file("c", 1), file("d", 1)]);
    let last = put(&scene, 4, jonas, &[file("e", 1)]);
    assert_eq!(newest(&scene, &of(&[scene.inbox])), ["e", "c", "d", "a"]);
    let from = |address: &str| newest(&scene, &FileSource::Person(address.to_owned()));
    assert_eq!(from("jonas@orchard.example"), ["e", "a"], "however it is written");
    assert_eq!(from("jonas@orchard.exampl_"), [""; 0], "and no other one");
    assert_eq!(from("Jonas"), [""; 0], "a name is no address");
    let place = |mailboxes: &[MailboxId]| scene.store.write(|w| w.set_mailboxes(last, mailboxes)).unwrap();
    place(&[scene.archive]);
    assert_eq!(from("jonas@orchard.example"), ["e", "a"], "wherever it lies");
    assert_eq!(newest(&scene, &of(&[scene.inbox])), ["c", "d", "a"]);
    place(&[]);
    assert_eq!(
        from("jonas@orchard.example"),
        ["a"],
        "what is shown nowhere is not listed"
    );
}

#[test]
fn an_address_that_json_writes_otherwise_is_found_too() {
    let scene = Scene::new();
    let odd = "\"jonas \\ b\"@orchard.example";
    put(&scene, 1, odd, &[file("a", 1)]);
    put(&scene, 2, "jonas@orchard.example", &[file("b", 1)]);
    assert_eq!(newest(&scene, &FileSource::Person(odd.to_uppercase())), ["a"]);
}

#[test]
fn files_of_several_folders_stand_together_each_once() {
    let scene = Scene::new();
    let ids: Vec<EmailId> = (1..=5)
        .map(|number| {
            let id = put(&scene, number, "x@y.example", &[file(&number.to_string(), 1)]);
            if number % 2 == 0 {
                scene
                    .store
                    .write(|w| w.set_mailboxes(id, &[scene.archive]))
                    .unwrap();
            }
            id
        })
        .collect();
    let both = [scene.inbox, scene.archive];
    scene.store.write(|w| w.set_mailboxes(ids[2], &both)).unwrap();
    assert_eq!(newest(&scene, &of(&both)), ["5", "4", "3", "2", "1"]);
    assert_eq!(newest(&scene, &of(&[scene.archive])), ["4", "3", "2"]);
    assert_eq!(newest(&scene, &of(&[])), [""; 0]);
}

#[test]
fn the_same_is_listed_whichever_way_is_shorter() {
    let scene = Scene::new();
    put(&scene, 1, "x@y.example", &[file("a", 1)]);
    let others: Vec<EmailId> = (2..=4)
        .map(|number| put(&scene, number, "x@y.example", &[]))
        .collect();
    assert_eq!(
        newest(&scene, &of(&[scene.inbox])),
        ["a"],
        "by the few with files"
    );
    for id in others {
        scene
            .store
            .write(|w| w.set_mailboxes(id, &[scene.archive]))
            .unwrap();
    }
    put(&scene, 5, "x@y.example", &[file("b", 1)]);
    assert_eq!(
        newest(&scene, &of(&[scene.inbox])),
        ["b", "a"],
        "by the few there"
    );
}

#[test]
fn files_are_listed_of_the_starred_and_of_what_finds_their_letters() {
    let scene = Scene::new();
    let ids: Vec<EmailId> = (1..=6)
        .map(|number| {
            let mut letter = scene.letter(number);
            letter.subject = if number == 5 { "a kettle" } else { "a boat" }.to_owned();
            if number != 3 {
                letter.keywords = Keywords::only(Keyword::FLAGGED);
            }
            let id = scene.add(&letter);
            let files = match number {
                2 => Vec::new(),
                _ => vec![file(&number.to_string(), 1)],
            };
            scene
                .store
                .write(|w| w.put_body(id, b"x", &facts(&files)))
                .unwrap();
            id
        })
        .collect();
    let place = |id, mailboxes: &[MailboxId]| scene.store.write(|w| w.set_mailboxes(id, mailboxes)).unwrap();
    place(ids[3], &[scene.inbox, scene.archive]);
    place(ids[5], &[scene.trash]);
    let starred = newest(&scene, &FileSource::Starred);
    assert_eq!(starred, ["5", "4", "1"], "each once, and none from Trash");
    let found = |query: &str| newest(&scene, &FileSource::Search(query.to_owned()));
    assert_eq!(found("boat"), ["6", "4", "3", "1"]);
    assert_eq!(found("boat OR kettle"), ["6", "5", "4", "3", "1"]);
    assert_eq!(found("kettle boat"), [""; 0]);
    assert_eq!(found("boat -in:trash is:starred"), ["4", "1"]);
    assert_eq!(found(""), [""; 0]);
    scene.store.show_beside("lantern", vec![ids[1], ids[2]]);
    assert_eq!(found("lantern"), ["3"], "also what a server alone has found");
}

#[test]
fn files_stand_in_each_order_and_go_by_words() {
    let scene = Scene::new();
    put(
        &scene,
        1,
        "mika@post.example",
        &[file("bill 10.txt", 3), file("Zoë.pdf", 1)],
    );
    put(&scene, 2, "amara@post.example", &[file("bill 9.txt", 2)]);
    put(&scene, 3, "jonas@post.example", &[file("Äpfel.pdf", 9)]);
    let inbox = of(&[scene.inbox]);
    let by = |order| listed(&scene, &inbox, order, "");
    assert_eq!(
        by(FilesOrder::Newest),
        ["Äpfel.pdf", "bill 9.txt", "bill 10.txt", "Zoë.pdf"]
    );
    assert_eq!(
        by(FilesOrder::Name),
        ["Äpfel.pdf", "bill 9.txt", "bill 10.txt", "Zoë.pdf"]
    );
    assert_eq!(
        by(FilesOrder::Size),
        ["Äpfel.pdf", "bill 10.txt", "bill 9.txt", "Zoë.pdf"]
    );
    assert_eq!(
        by(FilesOrder::Kind),
        ["bill 9.txt", "bill 10.txt", "Äpfel.pdf", "Zoë.pdf"]
    );
    let mut names = scene.letter(4);
    names.from = vec![Address::new("Amara Okafor", "amara@post.example")];
    let id = scene.add(&names);
    scene
        .store
        .write(|w| w.put_body(id, b"x", &facts(&[file("x", 1)])))
        .unwrap();
    assert_eq!(by(FilesOrder::Sender)[0], "x", "Amara before Jonas");
    let with = |words: &str| listed(&scene, &inbox, FilesOrder::Name, words);
    assert_eq!(with("BILL 1"), ["bill 10.txt"], "1 stands in no other");
    assert_eq!(with("apfel"), ["Äpfel.pdf"]);
    assert_eq!(with("okafor"), ["x"], "by who sent it");
    assert_eq!(
        with("number2 bill"),
        ["bill 9.txt"],
        "by the subject and the name"
    );
    assert_eq!(with("  "), by(FilesOrder::Name));
    assert_eq!(with("nothing"), [""; 0]);
}

#[test]
fn what_is_listed_comes_changes_and_goes_with_its_letter() {
    let scene = Scene::new();
    let inbox = of(&[scene.inbox]);
    let id = put(&scene, 1, "x@y.example", &[file("a", 1), file("b", 1)]);
    scene
        .store
        .write(|w| w.put_body(id, b"another", &facts(&[file("c", 1)])))
        .unwrap();
    assert_eq!(newest(&scene, &inbox), ["c"], "in the place of what was listed");
    let copy = scene.add(&scene.letter(2));
    assert!(scene.store.write(|w| w.copy_body(id, copy)).unwrap());
    assert_eq!(newest(&scene, &inbox), ["c", "c"], "of a copy too");
    scene.store.write(|w| w.remove_email(copy)).unwrap();
    let here = || {
        let read = scene.store.read(|r| {
            let list = r.file_list(&inbox, FilesOrder::Newest, "")?;
            list.into_iter()
                .map(|at| r.file_at(at))
                .collect::<Result<Vec<_>, _>>()
        });
        let files = read.unwrap().into_iter().flatten();
        files.map(|file| (file.name, file.here)).collect::<Vec<_>>()
    };
    scene.store.write(|w| w.forget_body(id)).unwrap();
    assert_eq!(
        here(),
        [("c".to_owned(), false)],
        "it is known, and comes with its letter"
    );
    let partial = PartialBody {
        skeleton: b"x".to_vec(),
        absent: [("2".to_owned(), 9)].into(),
    };
    let mut away = file("c", 9);
    away.here = false;
    scene
        .store
        .write(|w| w.put_partial_body(id, &partial, &facts(&[away])))
        .unwrap();
    assert_eq!(here(), [("c".to_owned(), false)]);
    scene.store.write(|w| w.remove_email(id)).unwrap();
    assert_eq!(scene.number("SELECT count(*) FROM file"), 0);
}

#[test]
fn letters_whose_files_are_not_known_wait_until_they_are() {
    let scene = Scene::new();
    let inbox = of(&[scene.inbox]);
    let unknown = BodyFacts {
        has_attachment: true,
        ..BodyFacts::default()
    };
    let ids: Vec<EmailId> = (1..=3).map(|number| scene.add(&scene.letter(number))).collect();
    for id in &ids {
        scene.store.write(|w| w.put_body(*id, b"x", &unknown)).unwrap();
    }
    let waiting = || scene.store.read(|r| r.unlisted(&Passed::default(), 10)).unwrap();
    assert_eq!(waiting(), [ids[2], ids[1], ids[0]], "the newest first");
    let list = |id, files: &[ListedFile]| scene.store.write(|w| w.list_waiting_files(id, files)).unwrap();
    list(ids[2], &[file("a", 1)]);
    scene
        .store
        .write(|w| w.put_body(ids[1], b"y", &facts(&[file("new", 1)])))
        .unwrap();
    list(ids[1], &[file("old", 1)]);
    assert_eq!(newest(&scene, &inbox), ["a", "new"], "what came meanwhile counts");
    assert_eq!(
        scene
            .store
            .read(|r| r.unlisted_count(&Passed::default()))
            .unwrap(),
        1
    );
    scene.store.write(|w| w.remove_email(ids[0])).unwrap();
    assert_eq!(waiting(), []);
}

#[test]
fn letters_that_were_looked_at_in_vain_are_passed_one_by_one_and_from_one_to_another() {
    let scene = Scene::new();
    let unknown = BodyFacts {
        has_attachment: true,
        ..BodyFacts::default()
    };
    let ids: Vec<EmailId> = (0..10).map(|number| scene.add(&scene.letter(number))).collect();
    for id in &ids {
        scene.store.write(|w| w.put_body(*id, b"x", &unknown)).unwrap();
    }
    for (each, between, left) in [
        (&[][..], None, &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0][..]),
        (&[9, 8, 3], None, &[7, 6, 5, 4, 2, 1, 0]),
        (&[], Some((2, 8)), &[9, 1, 0]),
        (&[9, 5, 0], Some((3, 7)), &[8, 2, 1]),
        (&[], Some((0, 9)), &[]),
    ] {
        let passed = Passed {
            each: each.iter().map(|place: &usize| ids[*place]).collect(),
            between: between.map(|(first, last): (usize, usize)| (ids[first], ids[last])),
        };
        let left: Vec<EmailId> = left.iter().map(|place: &usize| ids[*place]).collect();
        for limit in 0..12 {
            let found = scene.store.read(|r| r.unlisted(&passed, limit)).unwrap();
            assert_eq!(
                found,
                left[..left.len().min(limit as usize)],
                "{passed:?}, {limit}"
            );
        }
        let count = scene.store.read(|r| r.unlisted_count(&passed)).unwrap();
        assert_eq!(count as usize, left.len(), "{passed:?}");
    }
}

#[test]
fn files_of_a_letter_whose_text_went_while_it_was_read_are_not_said_to_be_here() {
    let scene = Scene::new();
    let unknown = BodyFacts {
        has_attachment: true,
        ..BodyFacts::default()
    };
    let [went, stays, part] = [1, 2, 3].map(|number| scene.add(&scene.letter(number)));
    let partial = PartialBody {
        skeleton: b"x".to_vec(),
        absent: [("3".to_owned(), 9)].into(),
    };
    let list = scene.store.write(|w| {
        w.put_body(went, b"x", &unknown)?;
        w.put_body(stays, b"x", &unknown)?;
        w.put_partial_body(part, &partial, &unknown)?;
        w.forget_body(went)?;
        for letter in [went, stays, part] {
            w.list_waiting_files(letter, &[file("a", 1)])?;
        }
        Ok(())
    });
    list.unwrap();
    let is_here = |email| {
        let at = FilePlace { email, place: 0 };
        let found = scene.store.read(|r| r.file_at(at)).unwrap();
        found.expect("it is listed").here
    };
    assert_eq!([went, stays, part].map(is_here), [false, true, true]);
}

#[test]
fn letters_of_an_older_store_with_files_wait_to_be_listed() {
    let scene = Scene::new();
    let with = put(&scene, 1, "x@y.example", &[file("a", 1)]);
    put(&scene, 2, "x@y.example", &[]);
    let behind = Connection::open(scene.path()).unwrap();
    behind
        .execute_batch("DROP TABLE file; DROP TABLE unlisted; PRAGMA user_version = 33;")
        .unwrap();
    drop(behind);
    let scene = scene.reopen();
    assert_eq!(
        scene.store.read(|r| r.unlisted(&Passed::default(), 10)).unwrap(),
        [with]
    );
}
