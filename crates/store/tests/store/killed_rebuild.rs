//! A process that builds the search index again is killed in the midst of it, again and again. Whoever opens the store then searches
//! what is there, goes on where it was, and in the end has the index that it had before.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use waxwing_model::EmailId;
use waxwing_store::{Repairs, Store, Unindexed};

use crate::scene::{Scene, opened};

const ROUNDS: u64 = 12;
const LETTERS: u32 = 400;
/// Lines of one transaction.
const SOME: u32 = 15;
/// Where the process that is to be killed finds its store.
const STORE: &str = "WAXWING_KILLED_REBUILD";

/// This is the process that is killed; as a test by itself it has nothing to do.
#[test]
fn builds_the_index_until_it_is_killed() {
    let Some(path) = std::env::var_os(STORE) else {
        return;
    };
    let store = opened(path.as_ref());
    loop {
        while store.write(|w| w.index_waiting(Unindexed::All, SOME)).unwrap() > 0 {
            println!("\nsome");
        }
        store.write(|w| w.leave_all_to_be_indexed()).unwrap();
        println!("\nanew");
    }
}

#[test]
fn an_index_whose_building_was_killed_is_built_to_its_end() {
    let scene = Scene::new();
    for number in 0..LETTERS {
        scene.add(&scene.letter(number));
    }
    let finish =
        |store: &Store| while store.write(|w| w.index_waiting(Unindexed::All, 1_000)).unwrap() > 0 {};
    let found =
        |store: &Store, query: &str| -> Vec<EmailId> { store.read(|r| r.search(query, LETTERS, 0)).unwrap() };
    finish(&scene.store);
    let queries = ["jonas ", "number12", "from:orchard letter ", "\"number7\""];
    let whole = queries.map(|query| found(&scene.store, query));
    assert_eq!(whole[0].len(), LETTERS as usize);
    let path = scene.path();
    drop(scene.store);
    let mut parts = 0;
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "killed_rebuild::builds_the_index_until_it_is_killed",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(STORE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // After so many transactions of its own, and a little later: so in the midst of one.
        let steps = BufReader::new(child.stdout.take().unwrap()).lines();
        let steps = steps
            .map_while(Result::ok)
            .filter(|line| line == "some" || line == "anew");
        assert_eq!(
            steps.take(1 + usize::try_from(round).unwrap() * 3).count(),
            1 + usize::try_from(round).unwrap() * 3,
            "it goes on until it is killed"
        );
        std::thread::sleep(Duration::from_micros(round * 977 % 4_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = opened(&path);
        store.check().unwrap();
        let some = found(&store, "jonas ");
        let waiting = store.read(|r| r.search_waiting()).unwrap().0;
        assert_eq!(
            some.len() + waiting as usize,
            LETTERS as usize,
            "round {round}: a letter is found, or waits to be"
        );
        parts += u32::from(waiting > 0);
        // Every other time the next process goes on where this one was killed.
        if round % 2 == 0 {
            finish(&store);
            assert_eq!(queries.map(|query| found(&store, query)), whole, "round {round}");
            assert_eq!(store.repair_search().unwrap(), Repairs::default());
        }
    }
    assert!(parts > 0, "it was killed in the midst of it");
    let store = opened(&path);
    finish(&store);
    assert_eq!(queries.map(|query| found(&store, query)), whole);
    store.check().unwrap();
}
