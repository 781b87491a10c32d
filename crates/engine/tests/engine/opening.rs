//! Files that are opened for the search index: before a letter's line is written, where many come. And a program that ended
//! while it opened some: one of several may have done it, so each is opened by itself; one that was alone is left out.

use waxwing_model::{EmailId, Role};
use waxwing_store::{StoreError, Unindexed, Writing};
use waxwing_testkit::DovecotOptions;

use crate::scene::{LENA, Scene};

const WORDS: [&str; 3] = ["anchorage", "breakwater", "capstan"];

/// A letter with a file in which a word stands that stands nowhere else.
fn letter(word: &str) -> Vec<u8> {
    let id = word.replace(' ', ".");
    format!(
        "From: Amara <amara@waxwing.test>\r\nTo: <{LENA}>\r\nSubject: a file\r\nMessage-ID: <{id}@waxwing.test>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSee there.\r\n\
         --b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"list.csv\"\r\n\r\n{word};12\r\n--b--\r\n"
    )
    .into_bytes()
}

/// Which of the letters are found by what stands in their files.
async fn found(scene: &Scene) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in WORDS {
        if !scene.engine().search(word, 10).await.unwrap().is_empty() {
            found.push(word);
        }
    }
    found
}

/// All files are to be opened once more, and the program ends while it opens those of some letters.
fn end_while_opening(writing: &mut Writing<'_>, begun: &[EmailId]) -> Result<(), StoreError> {
    writing.leave_all_to_be_indexed()?;
    while writing.index_waiting(Unindexed::All, 100)? > 0 {}
    writing.begin_papers(begun)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_ended_over_one_of_several_files_tries_each_by_itself() {
    let mut scene = Scene::new(&DovecotOptions::default()).await;
    for word in WORDS {
        scene.dovecot.deliver("lena", "INBOX", &letter(word)).unwrap();
    }
    scene.sync().await;
    assert_eq!(found(&scene).await, WORDS, "all are opened in one go");
    let letters: Vec<EmailId> = scene
        .letters(Role::Inbox)
        .await
        .iter()
        .map(|one| one.id)
        .collect();
    let all = letters.clone();
    scene
        .behind(move |writing| end_while_opening(writing, &all))
        .await;
    assert_eq!(found(&scene).await, [""; 0], "none is opened yet");
    scene.sync().await;
    assert_eq!(
        found(&scene).await,
        WORDS,
        "none is left out for what another did"
    );
    let one = scene.engine().search(WORDS[1], 10).await.unwrap()[0].id;
    scene
        .behind(move |writing| end_while_opening(writing, &[one]))
        .await;
    scene.sync().await;
    assert_eq!(
        found(&scene).await,
        [WORDS[0], WORDS[2]],
        "whose file it was is known"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_first_synchronisation_each_letter_has_one_line_and_none_was_written_twice() {
    const LETTERS: usize = 60;
    let mut scene = Scene::new(&DovecotOptions::default()).await;
    for number in 0..LETTERS {
        let raw = letter(&format!("anchorage wharf{number}"));
        scene.dovecot.deliver("lena", "INBOX", &raw).unwrap();
    }
    scene.sync().await;
    let engine = scene.engine();
    assert_eq!(engine.search("anchorage", 100).await.unwrap().len(), LETTERS);
    assert_eq!(engine.search("wharf17 file there", 100).await.unwrap().len(), 1);
    let (replaced, waiting) = scene
        .behind(|writing| Ok((writing.replaced_lines()?, writing.search_waiting()?)))
        .await;
    assert_eq!(
        (replaced, waiting),
        (0, (0, 0)),
        "their headers had no lines, and their files were opened before theirs were written"
    );
}
