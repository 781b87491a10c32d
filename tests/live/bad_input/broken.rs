//! Letters as real programs break them (`waxwing_testkit::broken`), from a real Dovecot over both protocols into the lists, the reading
//! pane and the search: each is there, shows what can be shown, says what was odd, has its files, is found by its words, and keeps every
//! octet that the server gives. Not here: how each is read (the tests of `mime`).

use std::collections::HashMap;

use journeys::{Person, form};
use waxwing_engine::{LetterBody, Look, SyncScope};
use waxwing_model::{Body, Email, Protocol, Role};
use waxwing_testkit::Stage;
use waxwing_testkit::broken::{Broken, letters};

use super::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn broken_letters_come_are_listed_open_are_explained_and_are_found() -> Outcome {
    let stage = Stage::start()?;
    let broken = letters();
    for letter in &broken {
        stage.dovecot.deliver("lena", "INBOX", &letter.raw)?;
    }
    let served = stage.dovecot.other_client().whole("lena", "INBOX")?;
    assert_eq!(served.len(), broken.len(), "the server has each of them");
    for (letter, served) in broken.iter().zip(&served) {
        let is_plain = !letter.raw.contains(&0) && bare_ends(&letter.raw) == 0;
        assert!(
            !is_plain || *served == letter.raw,
            "the server gives “{}” as it came",
            letter.name
        );
    }
    for protocol in [Protocol::Imap, Protocol::Pop3] {
        let faults = journey(&stage, protocol, &broken, &served).await?;
        assert!(faults.is_empty(), "{protocol:?}: {faults:#?}");
    }
    Ok(())
}

/// A server that is asked for the fields of such a letter finds none in it.
const WITHOUT_FIELDS: [&str; 1] = ["lines that end with CR alone"];

/// What is wrong with how the letters are told, after all of them have come by one protocol. Empty is good.
async fn journey(
    stage: &Stage,
    protocol: Protocol,
    broken: &[Broken],
    served: &[Vec<u8>],
) -> Outcome<Vec<(&'static str, String)>> {
    let lena = Person::new().await;
    let account = lena.add_quietly(form(stage, "lena", protocol)).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(
        report.errors,
        Vec::<String>::new(),
        "{protocol:?}: nothing stops it"
    );
    lena.engine.index_now().await?;
    let inbox = lena.mailbox(Role::Inbox).await;
    let listed = lena.letters(&inbox).await;
    assert_eq!(
        listed.len(),
        broken.len(),
        "{protocol:?}: every one is listed, and once"
    );
    let mut here = HashMap::new();
    for email in listed {
        here.insert(lena.engine.raw(email.id).await?, email);
    }
    let mut faults = Vec::new();
    for (letter, served) in broken.iter().zip(served) {
        // Zeros and single ends of lines are said otherwise by each protocol, and the server was heard over IMAP.
        let is_plain = *served == letter.raw && bare_ends(served) == 0;
        if matches!(protocol, Protocol::Pop3) && !is_plain {
            continue;
        }
        let Some(email) = here.get(served) else {
            faults.push((letter.name, "it is not here as the server has it".to_owned()));
            continue;
        };
        let mut told = faults_of(&lena, letter, email).await?;
        faults.extend(told.drain(..).map(|fault| (letter.name, fault)));
    }
    lena.engine.check_store().await?;
    Ok(faults)
}

async fn faults_of(lena: &Person, letter: &Broken, email: &Email) -> Outcome<Vec<String>> {
    let mut faults = Vec::new();
    if email.subject != letter.subject && !WITHOUT_FIELDS.contains(&letter.name) {
        faults.push(format!("it is called {:?}", email.subject));
    }
    if email.body != Body::Complete {
        faults.push(format!("it is {:?}", email.body));
    }
    let shown = lena.engine.body(email.id, Look::default()).await?;
    faults.extend(unshown(letter, &shown));
    for sentence in shown.oddities.iter().chain(&shown.kinds) {
        if !super::sentence::is_a_sentence(sentence) {
            faults.push(format!("this is no sentence: {sentence}"));
        }
    }
    if letter.is_odd && shown.oddities.is_empty() {
        faults.push("nothing is said of it".to_owned());
    }
    for (name, start) in letter.files {
        let mut files = shown.attachments.iter();
        let Some(listed) = files.find(|file| name.is_empty() || file.name == *name) else {
            faults.push(format!("{name:?} is not among its files"));
            continue;
        };
        let (_, octets) = lena.engine.attachment(email.id, &listed.part).await?;
        if !octets.starts_with(start) {
            faults.push(format!("{name:?} begins with {:?}", octets.get(..12)));
        }
    }
    for words in letter.says {
        let query = plain_words(words);
        let found = lena.engine.search(&query, 500).await?;
        if !found.iter().any(|one| one.id == email.id) {
            faults.push(format!("it is not found by {query:?}"));
        }
    }
    Ok(faults)
}

/// What is wrong with the document of the frame.
fn unshown(letter: &Broken, shown: &LetterBody) -> Vec<String> {
    let mut faults = Vec::new();
    let document = &shown.document;
    if !document.contains("Content-Security-Policy") {
        faults.push("it is not shown in its frame".to_owned());
    }
    for line in letter.says.iter().flat_map(|words| words.split('\n')) {
        if !document.contains(line) {
            let paper = document.split_once("<body").map_or("", |(_, paper)| paper);
            let paper: String = paper.chars().take(500).collect();
            faults.push(format!("{line:?} is not shown in {paper}"));
        }
    }
    faults
}

/// The words of a text as somebody types them who looks for it.
fn plain_words(text: &str) -> String {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lines that end otherwise than with CR LF, of which a server makes some that do.
fn bare_ends(raw: &[u8]) -> usize {
    let whole = raw.windows(2).filter(|ends| *ends == b"\r\n").count();
    let single = raw.iter().filter(|sign| matches!(**sign, b'\r' | b'\n')).count();
    single - 2 * whole
}
