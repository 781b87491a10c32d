//! The files in which the bytes of letters stand: they follow the transactions, and give room back.

use std::fs::OpenOptions;
use std::time::Duration;

use waxwing_model::{EmailId, Keeping};
use waxwing_store::{BodyFacts, NewEmail, StoreError};

use crate::scene::{Scene, missing};

fn keep(scene: &Scene, number: u32, raw: &[u8]) -> EmailId {
    let id = scene.add(&NewEmail {
        uid: Some(number),
        ..scene.letter(number)
    });
    put(scene, id, raw).unwrap();
    id
}

fn put(scene: &Scene, id: EmailId, raw: &[u8]) -> Result<(), StoreError> {
    let facts = BodyFacts {
        text: "a red kettle".to_owned(),
        ..BodyFacts::default()
    };
    scene.store.write(|w| w.put_body(id, raw, &facts))
}

fn raw(scene: &Scene, id: EmailId) -> Option<Vec<u8>> {
    scene.store.read(|r| r.raw(id)).unwrap()
}

fn octets(scene: &Scene) -> u64 {
    std::fs::metadata(scene.pack()).unwrap().len()
}

#[test]
fn a_transaction_that_fails_leaves_no_bytes_and_the_next_one_is_whole() {
    let scene = Scene::new();
    let first = keep(&scene, 1, b"the first");
    let before = octets(&scene);
    let second = scene.add(&scene.letter(2));
    let failed = scene.store.write(|w| {
        w.put_body(second, &[b'x'; 4000], &BodyFacts::default())?;
        assert_eq!(w.raw(second)?, Some(vec![b'x'; 4000]), "it is there within");
        Err::<(), _>(StoreError::TooLate)
    });
    assert!(failed.is_err());
    assert_eq!(octets(&scene), before, "what was undone takes no room");
    put(&scene, second, b"the second").unwrap();
    assert_eq!(raw(&scene, first), Some(b"the first".to_vec()));
    assert_eq!(raw(&scene, second), Some(b"the second".to_vec()));
}

#[test]
fn what_a_killed_program_left_behind_the_last_letter_is_written_over() {
    let scene = Scene::new();
    let first = keep(&scene, 1, b"the first");
    let before = octets(&scene);
    let mut bytes = std::fs::read(scene.pack()).unwrap();
    bytes.extend_from_slice(&[b'x'; 500]);
    std::fs::write(scene.pack(), bytes).unwrap();
    let scene = scene.reopen();
    let second = keep(&scene, 2, b"the second");
    assert!(octets(&scene) < before + 501, "it goes on where the letters end");
    assert_eq!(raw(&scene, first), Some(b"the first".to_vec()));
    assert_eq!(raw(&scene, second), Some(b"the second".to_vec()));
    scene.store.check().unwrap();
}

#[test]
fn letters_that_had_not_reached_the_disk_when_the_power_went_are_fetched_again() {
    let scene = Scene::new();
    let kept = keep(&scene, 1, b"on the disk");
    let end = octets(&scene);
    let lost = keep(&scene, 2, b"on its way to the disk");
    let only_here = scene.add(&scene.letter(3));
    put(&scene, only_here, b"without a server").unwrap();
    let pack = OpenOptions::new().write(true).open(scene.pack()).unwrap();
    pack.set_len(end + 3).unwrap();
    let check = scene.store.check();
    assert!(matches!(check, Err(StoreError::Damaged(_))), "{check:?}");

    let scene = scene.reopen();
    assert_eq!(raw(&scene, kept), Some(b"on the disk".to_vec()));
    assert_eq!(raw(&scene, lost), None, "it is not believed to be here");
    let missing = scene
        .store
        .read(|r| missing(r, scene.account, &Keeping::default(), 0, 9));
    assert_eq!(missing.unwrap(), [lost], "a server has it");
    let read = scene.store.read(|r| r.raw(only_here));
    assert!(
        matches!(read, Err(StoreError::Damaged(_))),
        "nobody has it, and that is said: {read:?}"
    );
    put(&scene, lost, b"come again").unwrap();
    assert_eq!(raw(&scene, lost), Some(b"come again".to_vec()));
    let read = scene.store.read(|r| r.raw(only_here));
    assert!(read.is_err(), "it is not taken for what came later: {read:?}");
}

#[test]
fn copies_share_their_bytes_and_each_can_go() {
    let scene = Scene::new();
    let original = keep(&scene, 1, &[b'y'; 4000]);
    let copy = scene.add(&scene.letter(2));
    let before = octets(&scene);
    assert!(scene.store.write(|w| w.copy_body(original, copy)).unwrap());
    assert_eq!(octets(&scene), before, "nothing is written twice");
    scene.store.write(|w| w.remove_email(original)).unwrap();
    scene.store.give_back().unwrap();
    assert_eq!(
        raw(&scene, copy),
        Some(vec![b'y'; 4000]),
        "the copy has its own right"
    );
}

#[test]
fn room_of_letters_that_are_gone_is_given_back_and_the_others_move() {
    let scene = Scene::new();
    let letters: Vec<EmailId> = (1..=40_u8)
        .map(|n| keep(&scene, n.into(), &[n; 50_000]))
        .collect();
    let twin = scene.add(&scene.letter(99));
    scene.store.write(|w| w.copy_body(letters[3], twin)).unwrap();
    assert!(!scene.store.give_back().unwrap(), "a full pack stays as it is");
    for (place, id) in letters.iter().enumerate() {
        if place % 4 != 3 {
            scene.store.write(|w| w.remove_email(*id)).unwrap();
        }
    }
    let spoiled = letters[7];
    scene.spoil(spoiled);
    assert!(
        !scene.store.give_back().unwrap() && scene.pack().exists(),
        "what is not what it was is not moved, and not thrown away either"
    );
    scene.store.write(|w| w.remove_email(spoiled)).unwrap();
    assert!(scene.store.give_back().unwrap());
    assert!(!scene.pack().exists(), "the old pack is gone");
    for (place, id) in letters
        .iter()
        .enumerate()
        .filter(|(place, _)| place % 4 == 3 && *place != 7)
    {
        let number = u8::try_from(place + 1).unwrap();
        assert_eq!(raw(&scene, *id), Some(vec![number; 50_000]), "letter {number}");
    }
    assert_eq!(raw(&scene, twin), Some(vec![4; 50_000]), "the copy moved along");
    scene.store.check().unwrap();
    let found = scene.store.write(|w| {
        w.rebuild_search()?;
        w.search("kettle", 99, 0)
    });
    assert_eq!(found.unwrap().len(), 10, "the texts moved along");
    let later = keep(&scene, 100, b"later");
    let scene = scene.reopen();
    assert_eq!(raw(&scene, later), Some(b"later".to_vec()));
}

#[test]
fn a_pack_stays_while_somebody_reads_who_began_before() {
    let scene = Scene::new();
    let id = keep(&scene, 1, &[b'z'; 9000]);
    let store = scene.store.clone();
    let read = scene.store.read(|r| {
        assert!(r.email(id)?.is_some(), "the snapshot begins with the first look");
        let removing = std::thread::spawn(move || {
            store.write(|w| w.remove_email(id)).unwrap();
            store.give_back().unwrap()
        });
        std::thread::sleep(Duration::from_millis(300));
        assert!(!removing.is_finished(), "it waits for us");
        Ok((r.raw(id)?, removing))
    });
    let (raw, removing) = read.unwrap();
    assert_eq!(raw, Some(vec![b'z'; 9000]), "the snapshot is whole");
    assert!(removing.join().unwrap(), "and goes on afterwards");
    assert!(!scene.pack().exists());
}

#[test]
fn a_pack_that_is_full_is_followed_by_another_also_within_one_transaction() {
    let scene = Scene::new();
    let letters: Vec<EmailId> = (1..=4_u8).map(|n| scene.add(&scene.letter(n.into()))).collect();
    let large = vec![b'l'; 40 << 20];
    let failed = scene.store.write(|w| {
        for id in &letters {
            w.put_body(*id, &large, &BodyFacts::default())?;
        }
        assert_eq!(
            w.raw(letters[3])?.map(|raw| raw.len()),
            Some(40 << 20),
            "all is there within"
        );
        Err::<(), _>(StoreError::TooLate)
    });
    assert!(failed.is_err());
    let folder = scene.pack().parent().unwrap().to_owned();
    let sizes = || -> Vec<u64> {
        let mut found: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        found.sort();
        found
            .iter()
            .map(|file| std::fs::metadata(file).unwrap().len())
            .collect()
    };
    assert_eq!(
        sizes(),
        [0],
        "what was undone takes no room, whichever pack it was in"
    );
    scene
        .store
        .write(|w| {
            letters
                .iter()
                .try_for_each(|id| w.put_body(*id, &large, &BodyFacts::default()))
        })
        .unwrap();
    assert_eq!(sizes().len(), 2, "two letters fill a pack");
    for id in &letters {
        assert!(scene.store.read(|r| r.verify_body(*id)).unwrap(), "{id} is whole");
    }
    let scene = scene.reopen();
    scene.store.check().unwrap();
    scene
        .store
        .write(|w| letters.iter().take(3).try_for_each(|id| w.remove_email(*id)))
        .unwrap();
    assert!(scene.store.give_back().unwrap());
    assert_eq!(
        sizes().len(),
        1,
        "the pack of which nothing is left is given back"
    );
    assert!(scene.store.read(|r| r.verify_body(letters[3])).unwrap());
}

#[test]
fn nobody_waits_to_read_because_room_is_given_back_behind_somebody_who_reads_for_long() {
    let scene = Scene::new();
    let letters: Vec<EmailId> = (1..=8_u8).map(|n| keep(&scene, n.into(), &[n; 50_000])).collect();
    for id in &letters[1..] {
        scene.store.write(|w| w.remove_email(*id)).unwrap();
    }
    let before = scene.pack();
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (end, may_end) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|threads| {
        let (store, letters) = (&scene.store, &letters);
        // In here, so that it goes when something fails, and the reader ends too.
        let end = end;
        threads.spawn(move || {
            store.read(|r| {
                begun.send(()).unwrap();
                let _ = may_end.recv();
                // What it sees is still there.
                assert_eq!(r.raw(letters[0])?, Some(vec![1; 50_000]));
                Ok(())
            })
        });
        has_begun.recv().unwrap();
        let giving = threads.spawn(|| scene.store.give_back().unwrap());
        let begun = std::time::Instant::now();
        let mut rounds = 0;
        while !giving.is_finished() {
            rounds += 1;
            assert_eq!(raw(&scene, letters[0]), Some(vec![1; 50_000]));
            scene.add(&scene.letter(begun.elapsed().subsec_nanos()));
            assert!(
                begun.elapsed() < Duration::from_secs(120),
                "the room is left for another time"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(rounds > 1, "lists and writing go on meanwhile");
        assert!(before.exists(), "somebody reads in it");
        end.send(()).unwrap();
    });
    scene.store.give_back().unwrap();
    assert!(!before.exists(), "the next time finds it");
    assert_eq!(raw(&scene, letters[0]), Some(vec![1; 50_000]));
}
