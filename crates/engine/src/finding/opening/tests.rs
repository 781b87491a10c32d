//! What is noted while files are opened before their lines are written, in the order in which the engine does it, and what comes of
//! the note when the program ends meanwhile. No file here ends it: a note without its end is what such a file leaves.

use std::path::Path;

use waxwing_store::{NewEmail, Unindexed};

use super::*;
use crate::lena;
use crate::without_keyring::{engine, inbox};

/// The program ends as it does when a file or a power cut ends it: nothing is taken back.
async fn anew(engine: Engine, profile: &Path) -> Engine {
    engine.stop().await;
    drop(engine);
    self::engine(profile).await
}

/// A letter with a file in which that word stands.
fn letter(word: &str) -> Vec<u8> {
    format!(
        "From: Amara <amara@nordlicht.example>\r\nSubject: a file\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSee there.\r\n\
         --b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"list.csv\"\r\n\r\n{word};12\r\n--b--\r\n"
    )
    .into_bytes()
}

/// Letters whose lines are still to be written.
async fn waiting(engine: &Engine, words: &'static [&'static str]) -> Vec<EmailId> {
    let (account, mailbox) = inbox(engine).await;
    engine
        .write(move |writing| {
            let mut letters = Vec::new();
            for word in words {
                let raw = letter(word);
                let id = writing.insert_email(&NewEmail {
                    has_attachment: true,
                    ..lena::letter(account, mailbox, "a file")
                })?;
                writing.put_body(id, &raw, &ingest::facts(&raw))?;
                letters.push(id);
            }
            writing.leave_all_to_be_indexed()?;
            Ok(letters)
        })
        .await
        .unwrap()
}

/// Which of these words a letter is found by.
async fn found<'w>(engine: &Engine, words: &[&'w str]) -> Vec<&'w str> {
    let mut found = Vec::new();
    for word in words {
        if !engine.search(word, 10).await.unwrap().is_empty() {
            found.push(*word);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_ended_the_program_is_not_opened_once_more_before_its_line_is_written() {
    const WORDS: [&str; 3] = ["anchorage", "breakwater", "capstan"];
    let profile = tempfile::tempdir().unwrap();
    let lena = engine(profile.path()).await;
    let letters = waiting(&lena, &WORDS).await;
    let struck = letters[1];
    lena.write(move |writing| writing.begin_papers(&[struck]))
        .await
        .unwrap();
    let lena = anew(lena, profile.path()).await;
    let (ready, opening) = lena.made_ready(Unindexed::All).await.unwrap();
    assert!(opening.is_some(), "those of the others are opened");
    assert!(
        !ready.with_files(LARGE).contains(&struck),
        "it has its line, and is not among those that wait for theirs"
    );
    let noted = lena.write(|writing| writing.begun_papers()).await.unwrap();
    assert_eq!(noted, [letters[0], letters[2]], "nor among those that are opened");
    drop((ready, opening));
    let lena = anew(lena, profile.path()).await;
    lena.index_now().await.unwrap();
    assert_eq!(
        found(&lena, &WORDS).await,
        [WORDS[0], WORDS[2]],
        "the others are opened by themselves"
    );
    assert_eq!(
        lena.search("see there", 10).await.unwrap().len(),
        3,
        "and it is found by its text"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_letter_that_waits_is_not_struck_for_a_program_that_ended_while_its_line_was_written() {
    const WORDS: [&str; 1] = ["anchorage"];
    let profile = tempfile::tempdir().unwrap();
    let lena = engine(profile.path()).await;
    let only = waiting(&lena, &WORDS).await[0];
    let made = lena.made_ready(Unindexed::All).await.unwrap();
    assert!(made.1.is_some(), "its file was opened");
    drop(made);
    let lena = anew(lena, profile.path()).await;
    lena.index_now().await.unwrap();
    assert_eq!(found(&lena, &WORDS).await, WORDS, "it was tried once more");
    // By itself, and the program ended again.
    lena.write(move |writing| {
        writing.leave_all_to_be_indexed()?;
        writing.begin_papers(&[only])
    })
    .await
    .unwrap();
    let lena = anew(lena, profile.path()).await;
    lena.index_now().await.unwrap();
    assert_eq!(found(&lena, &WORDS).await, [""; 0], "and is left out then");
}
