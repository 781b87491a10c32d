//! Large bytes on their way out: they stand in files of their own, which live as long as the rows that name them.

use std::io::Read;
use std::path::PathBuf;

use waxwing_model::{CopyState, DraftContent, DraftId, Envelope, SendWishes, SubmissionId, SubmissionState};
use waxwing_store::{NewSubmission, Parcel, StoreError};

use crate::scene::Scene;

const LARGE: usize = 1_000_003;

fn bytes(first: u8) -> Vec<u8> {
    (0..LARGE)
        .map(|at| first.wrapping_add(u8::try_from(at % 251).unwrap()))
        .collect()
}

fn packed(scene: &Scene, bytes: &[u8]) -> Parcel {
    // In pieces of an odd length, as they come.
    let packed = scene
        .store
        .pack(|out| bytes.chunks(77_777).try_for_each(|piece| out.write_all(piece)));
    packed.unwrap()
}

fn files(scene: &Scene) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(scene.path().with_extension("sqlite.parcels")) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn all(parcel: &Parcel) -> Vec<u8> {
    let mut all = Vec::new();
    parcel.reader().read_to_end(&mut all).unwrap();
    assert_eq!(all.len() as u64, parcel.size(), "as many as it says");
    all
}

fn draft(scene: &Scene) -> DraftId {
    let content = DraftContent::default();
    let made = scene
        .store
        .write(|w| w.insert_draft(scene.account, &content, None, &[], &[]));
    made.unwrap()
}

fn submission(scene: &Scene, raw: Parcel, draft: Option<DraftId>) -> NewSubmission {
    NewSubmission {
        account: scene.account,
        message_id: "1@harbour.example".to_owned(),
        subject: "Drawings".to_owned(),
        recipients: Vec::new(),
        envelope: Envelope {
            from: "lena@harbour.example".to_owned(),
            to: vec!["amara@lighthouse.example".to_owned()],
        },
        raw,
        answers: None,
        send_at: 0,
        draft,
        wishes: SendWishes::default(),
    }
}

fn put(scene: &Scene, new: &NewSubmission) -> SubmissionId {
    scene.store.write(|w| w.insert_submission(new)).unwrap()
}

#[test]
fn a_large_file_comes_back_as_it_was_and_is_not_in_the_database() {
    let scene = Scene::new();
    let draft = draft(&scene);
    let file = packed(&scene, &bytes(1));
    let id = scene
        .store
        .write(|w| w.attach(draft, "a.pdf", "application/pdf", &file, None))
        .unwrap();
    drop(file);
    assert_eq!(scene.number("SELECT length(data) FROM draft_attachment"), 0);
    let scene = scene.reopen();
    let there = scene.store.read(|r| r.attachment_data(id)).unwrap().unwrap();
    assert!(all(&there) == bytes(1), "byte for byte");
    let mut some = [0; 10];
    assert_eq!(
        there.read_at(LARGE as u64 - 4, &mut some).unwrap(),
        4,
        "up to its end"
    );
    assert_eq!(
        there.read_at(LARGE as u64, &mut some).unwrap(),
        0,
        "and no further"
    );
    scene.store.check().unwrap();
}

#[test]
fn the_file_goes_with_what_it_belonged_to() {
    let scene = Scene::new();
    let draft = draft(&scene);
    let file = packed(&scene, &bytes(1));
    let other = packed(&scene, &bytes(2));
    let attach = |file: &Parcel| {
        let attached = scene
            .store
            .write(|w| w.attach(draft, "a.pdf", "application/pdf", file, None));
        attached.unwrap()
    };
    let first = attach(&file);
    attach(&other);
    drop((file, other));
    assert_eq!(files(&scene).len(), 2);
    scene.store.write(|w| w.detach(first)).unwrap();
    assert_eq!(files(&scene).len(), 1, "it was taken off");
    let letter = submission(&scene, packed(&scene, &bytes(3)), Some(draft));
    let id = put(&scene, &letter);
    assert_eq!(files(&scene).len(), 2, "the draft may be wanted again");
    let raw = scene.store.read(|r| r.submission_raw(id)).unwrap().unwrap();
    let sent = SubmissionState::Sent { reply: "250".into() };
    scene.store.write(|w| w.set_submission_state(id, &sent)).unwrap();
    assert_eq!(
        files(&scene).len(),
        1,
        "a letter that was sent needs its draft no more"
    );
    scene
        .store
        .write(|w| w.set_copy_state(id, CopyState::Filed))
        .unwrap();
    assert_eq!(
        files(&scene),
        Vec::<PathBuf>::new(),
        "and its own bytes stand in Sent"
    );
    let empty = scene.store.read(|r| r.submission_raw(id)).unwrap().unwrap();
    assert_eq!(empty.size(), 0);
    #[cfg(unix)]
    assert!(all(&raw) == bytes(3), "whoever is reading it reads to its end");
}

#[test]
fn a_file_that_nobody_names_goes() {
    let scene = Scene::new();
    drop(packed(&scene, &bytes(1)));
    assert_eq!(files(&scene), Vec::<PathBuf>::new(), "nothing was made of it");
    let full = scene.store.pack(|out| {
        out.write_all(&bytes(2))?;
        Err(std::io::ErrorKind::StorageFull.into())
    });
    assert!(matches!(full, Err(StoreError::Full { .. })), "{full:?}");
    assert_eq!(files(&scene), Vec::<PathBuf>::new(), "half a file is none");

    let letter = submission(&scene, packed(&scene, &bytes(3)), None);
    let undone = scene.store.write(|w| {
        w.insert_submission(&letter)?;
        Err::<(), _>(StoreError::TooLate)
    });
    undone.unwrap_err();
    drop(letter);
    draft(&scene);
    assert_eq!(files(&scene), Vec::<PathBuf>::new(), "its transaction was undone");

    let letter = submission(&scene, packed(&scene, &bytes(4)), None);
    let id = put(&scene, &letter);
    drop(letter);
    let folder = scene.path().with_extension("sqlite.parcels");
    std::fs::write(folder.join("000099.parcel"), b"left by a program that was killed").unwrap();
    let scene = scene.reopen();
    assert_eq!(files(&scene).len(), 1, "what was left behind is removed");
    let raw = scene.store.read(|r| r.submission_raw(id)).unwrap().unwrap();
    assert!(all(&raw) == bytes(4), "and what is named is not");
    let next = put(&scene, &submission(&scene, packed(&scene, &bytes(5)), None));
    let raw = scene.store.read(|r| r.submission_raw(next)).unwrap().unwrap();
    assert!(all(&raw) == bytes(5), "no number is given twice");
}

#[test]
fn a_letter_whose_bytes_are_not_what_they_were_is_not_handed_out() {
    let scene = Scene::new();
    let id = put(&scene, &submission(&scene, packed(&scene, &bytes(1)), None));
    let file = files(&scene).remove(0);
    let mut spoilt = bytes(1);
    spoilt[LARGE / 2] ^= 1;
    for (what, bytes) in [("changed", &spoilt[..]), ("cut", &bytes(1)[..LARGE - 1])] {
        std::fs::write(&file, bytes).unwrap();
        let read = scene.store.read(|r| r.submission_raw(id));
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{what}: {read:?}");
    }
    assert!(scene.store.check().is_err(), "and the check tells of it");
    std::fs::remove_file(&file).unwrap();
    let read = scene.store.read(|r| r.submission_raw(id));
    assert!(matches!(read, Err(StoreError::Damaged(_))), "missing: {read:?}");
}
