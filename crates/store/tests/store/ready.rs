//! Lines of the index that are made ready while others write: each letter gets one, with what stands in its files, and none is
//! written of what a letter is no more.

use waxwing_model::EmailId;
use waxwing_store::{BodyFacts, FileFact, Papers, PartialBody, Ready, Unindexed};

use crate::scene::Scene;
use crate::search::found;

fn facts(text: &str, readable: bool) -> BodyFacts {
    BodyFacts {
        text: text.to_owned(),
        has_attachment: readable,
        files: vec![FileFact {
            name: "plan.pdf".to_owned(),
            kinds: "pdf".to_owned(),
            readable,
        }],
        ..BodyFacts::default()
    }
}

fn papers(text: &str) -> Papers {
    Papers {
        text: text.to_owned(),
        ..Papers::default()
    }
}

/// So many letters that wait for their lines. One in three has a file with text in it.
fn waiting(scene: &Scene, count: u32) -> Vec<EmailId> {
    scene
        .store
        .write(|w| {
            (1..=count)
                .map(|number| {
                    let id = w.insert_email(&scene.letter(number))?;
                    let raw = number.to_string();
                    w.put_body(id, raw.as_bytes(), &facts("boiling", number % 3 == 0))?;
                    Ok(id)
                })
                .collect()
        })
        .unwrap()
}

fn ready(scene: &Scene) -> Ready {
    scene
        .store
        .read(|r| r.ready_lines(Unindexed::All, 1_000))
        .unwrap()
}

fn write(scene: &Scene, ready: Ready) -> u32 {
    scene.store.write(|w| w.write_ready(ready)).unwrap()
}

#[test]
fn each_letter_has_one_line_with_what_is_in_its_files() {
    let scene = Scene::new();
    let ids = waiting(&scene, 90);
    let mut ready = ready(&scene);
    let with_files = ready.with_files(1_000);
    let third: Vec<EmailId> = ids.iter().copied().skip(2).step_by(3).collect();
    assert_eq!(with_files, third);
    assert_eq!(ready.with_files(1), third[..3], "of one digit");
    let (late, opened) = with_files.split_last().unwrap();
    for email in opened {
        ready.put_papers(*email, papers("anchorage"));
    }
    ready.put_papers(ids[0], papers("anchorage"));
    assert_eq!(write(&scene, ready), 90);
    assert_eq!(
        scene.store.read(|r| r.search_count("anchorage")).unwrap(),
        29,
        "those whose files were opened, and none that has none"
    );
    assert_eq!(scene.store.read(|r| r.search_count("boiling")).unwrap(), 90);
    assert_eq!(
        scene.store.read(|r| r.unopened(100)).unwrap(),
        [*late],
        "what was not opened is left to be"
    );
    assert_eq!(
        scene.store.read(|r| r.replaced_lines()).unwrap(),
        0,
        "each line was written once"
    );
    let pieces = "SELECT max((id >> 37) & 0xFFFF) FROM search_data";
    assert_eq!(
        scene.number(pieces),
        1,
        "FTS5 has written all of them in one piece, whoever has files"
    );
    // Files without text leave the line as it is.
    scene
        .store
        .write(|w| w.put_papers(*late, Some(&papers(" \n"))))
        .unwrap();
    assert_eq!(scene.store.read(|r| r.unopened(100)).unwrap(), []);
    assert_eq!(scene.store.read(|r| r.replaced_lines()).unwrap(), 0);
    scene.store.check().unwrap();
}

#[test]
fn what_has_changed_since_its_line_was_made_ready_waits_for_the_next_time() {
    let scene = Scene::new();
    let ids = waiting(&scene, 70);
    let [changed, gone, forgotten, alone, part] = ids[..5] else {
        unreachable!("there are so many")
    };
    let parts = |text: &str| {
        let partial = PartialBody {
            skeleton: Vec::new(),
            absent: [("2".to_owned(), 9)].into(),
        };
        scene
            .store
            .write(|w| w.put_partial_body(part, &partial, &facts(text, false)))
            .unwrap();
    };
    scene.store.write(|w| w.forget_body(part)).unwrap();
    // It comes alone, and has a line now; with the others it waits again.
    parts("half");
    scene.store.write(|w| w.leave_all_to_be_indexed()).unwrap();
    let ready = ready(&scene);
    scene
        .store
        .write(|w| {
            // More than are written at once.
            for email in &ids[5..] {
                w.put_body(*email, b"other", &facts("frozen", false))?;
            }
            w.put_body(changed, b"other", &facts("frozen", false))?;
            w.remove_email(gone)?;
            w.forget_body(forgotten)
        })
        .unwrap();
    parts("quarter");
    scene
        .store
        .write(|w| w.put_body(alone, b"other", &facts("melted", false)))
        .unwrap();
    assert_eq!(write(&scene, ready), 0, "none is what it was");
    assert_eq!(found(&scene, "boiling"), []);
    assert_eq!(found(&scene, "half"), []);
    assert_eq!(found(&scene, "quarter"), [part], "it came alone and stands");
    assert_eq!(found(&scene, "melted"), [alone], "so does this one");
    assert_eq!(found(&scene, "frozen"), []);
    while scene
        .store
        .write(|w| w.index_waiting(Unindexed::All, 100))
        .unwrap()
        > 0
    {}
    assert_eq!(found(&scene, "frozen").len(), 66);
    assert_eq!(
        found(&scene, "jonas").len(),
        69,
        "each once, and not the one that went"
    );
    scene.store.check().unwrap();
}

#[test]
fn letters_of_the_time_before_files_were_told_of_are_found_by_them() {
    let scene = Scene::new();
    let ids = waiting(&scene, 60);
    let old = ids[2];
    rusqlite::Connection::open(scene.path())
        .unwrap()
        .execute("UPDATE body SET text_size = 4 WHERE email_id = ?1", [old.0])
        .unwrap();
    let mut ready = ready(&scene);
    assert!(
        ready.with_files(9).contains(&old),
        "it has an attachment, as far as is known"
    );
    ready.put_papers(
        old,
        Papers {
            facts: facts("", true),
            text: "anchorage".to_owned(),
        },
    );
    write(&scene, ready);
    assert_eq!(found(&scene, "boil anchorage filename:plan type:pdf"), [old]);
}
