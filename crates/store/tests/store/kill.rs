//! A process that writes is killed, again and again. What it had acknowledged is there, and nothing by halves.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use waxwing_model::{Keywords, Operation, Role};
use waxwing_store::{BodyFacts, NewEntry, OperationState};

use crate::astray::assert_nothing_is_astray;
use crate::scene::{lena, letter, mailbox, opened};

/// What was done, to which letter, and a number that goes with it.
type Line = (String, i64, usize);

const ROUNDS: u32 = 40;
/// Where the process that is to be killed finds its store.
const STORE: &str = "WAXWING_KILLED_STORE";

/// This is the process that is killed; as a test by itself it has nothing to do.
#[test]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(STORE) else {
        return;
    };
    let store = opened(path.as_ref());
    let (account, inbox, archive) = store
        .write(|w| match w.accounts()?.first() {
            Some(account) => {
                let inbox = w.mailbox_with_role(account.id, Role::Inbox)?.unwrap();
                let archive = w.mailbox_with_role(account.id, Role::Archive)?.unwrap();
                Ok((account.id, inbox.id, archive.id))
            }
            None => {
                let account = w.insert_account(&lena())?;
                let inbox = w.insert_mailbox(&mailbox(account, "Inbox", Some(Role::Inbox)))?;
                let archive = w.insert_mailbox(&mailbox(account, "Archive", Some(Role::Archive)))?;
                Ok((account, inbox, archive))
            }
        })
        .unwrap();
    let mut ledger = std::io::stdout();
    let mut say = |line: String| {
        ledger.write_all(line.as_bytes()).unwrap();
        ledger.flush().unwrap();
    };
    let first: u32 = store
        .read(|r| r.setting("next"))
        .unwrap()
        .map_or(0, |next| next.parse().unwrap());
    for number in first.. {
        let email = store
            .write(|w| {
                w.put_setting("next", &(number + 1).to_string())?;
                let mut new = letter(account, inbox, number);
                new.uid = Some(number + 1);
                new.references = vec![format!("{}@orchard.example", number / 3)];
                w.insert_email(&new)
            })
            .unwrap();
        say(format!("\nadded {email} {number}\n"));
        let text = format!("kettle{number}");
        let raw = text.repeat(usize::try_from(number % 700).unwrap() + 1);
        let facts = BodyFacts {
            text,
            ..BodyFacts::default()
        };
        store
            .write(|w| w.put_body(email, raw.as_bytes(), &facts))
            .unwrap();
        say(format!("\nbody {email} {}\n", raw.len()));
        store
            .write(|w| {
                let (add, remove) = (Keywords::only("$seen"), Keywords::none());
                let operation = Operation::SetKeywords {
                    emails: vec![email],
                    add,
                    remove,
                };
                let action = w.new_action()?;
                let state = OperationState::Queued;
                w.journal(&NewEntry {
                    action,
                    account,
                    operation,
                    inverse: Vec::new(),
                    state,
                })?;
                w.set_mailboxes(email, &[archive])?;
                w.set_keywords(email, &Keywords::only("$seen"))
            })
            .unwrap();
        say(format!("\nread {email} 0\n"));
        if email.0 % 5 == 0 {
            store.write(|w| w.remove_email(email)).unwrap();
            say(format!("\nremoved {email} 0\n"));
        }
    }
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail.sqlite");
    let mut ledger: Vec<Line> = Vec::new();
    let mut lasts = Vec::new();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..ROUNDS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // After so many words of its own, however long it takes to say them, and a little later, so in the midst of anything.
        let (words, later) = (random % 40, random >> 32 & 0x3fff);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::writes_until_it_is_killed",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(STORE, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (tell, told) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            // A last line without its end was not written whole, so it acknowledges nothing.
            let lines = stdout.lines().map_while(Result::ok);
            let entries = lines.filter_map(|line| entry(&line));
            entries.inspect(|_| tell.send(()).unwrap()).collect::<Vec<_>>()
        });
        for _ in 0..words {
            told.recv().expect("it goes on until it is killed");
        }
        std::thread::sleep(Duration::from_micros(later));
        child.kill().unwrap();
        child.wait().unwrap();
        ledger.extend(reading.join().unwrap());
        lasts.extend(ledger.last().map(|(_, email, _)| *email));
        verify(&path, &ledger, &lasts);
    }
    assert!(
        ledger.len() > 100,
        "the process had time to do something: {} lines",
        ledger.len()
    );
}

fn entry(line: &str) -> Option<Line> {
    let mut words = line.split(' ');
    let word = words
        .next()
        .filter(|word| ["added", "body", "read", "removed"].contains(word))?;
    Some((
        word.to_owned(),
        words.next()?.parse().ok()?,
        words.next()?.parse().ok()?,
    ))
}

fn verify(path: &std::path::Path, ledger: &[Line], lasts: &[i64]) {
    let started = Instant::now();
    let store = opened(path);
    store.check().unwrap();
    let said = |word: &str| -> Vec<i64> {
        ledger
            .iter()
            .filter(|line| line.0 == word)
            .map(|(_, email, _)| *email)
            .collect()
    };
    let (removed, read) = (said("removed"), said("read"));
    for (word, id, number) in ledger {
        let email = waxwing_model::EmailId(*id);
        let found = store.read(|r| r.email(email)).unwrap();
        if removed.contains(id) {
            assert_eq!(found, None, "a removed letter does not come back");
            continue;
        }
        let Some(found) = found else {
            // The kill may have come between the removal and its acknowledgement: only for the last letter of a
            // round, and only for one that was to be removed.
            let excused = lasts.contains(id) && read.contains(id) && *id % 5 == 0;
            assert!(excused, "letter {id} was acknowledged and is gone");
            continue;
        };
        match word.as_str() {
            "added" => assert_eq!(found.subject, format!("letter number{number}")),
            "body" => {
                let raw = store.read(|r| r.raw(email)).unwrap();
                assert_eq!(
                    raw.map(|raw| raw.len()),
                    Some(*number),
                    "the body of letter {id} is whole"
                );
            }
            _ => {
                assert!(found.keywords.has("$seen"), "letter {id} was read");
                assert!(
                    store.read(|r| r.pending_for(email)).unwrap().keywords,
                    "and the server will hear of it"
                );
            }
        }
    }
    drop(store);
    assert_nothing_is_astray(path);
    assert!(
        started.elapsed() < Duration::from_secs(120),
        "a killed store opens at once"
    );
}
