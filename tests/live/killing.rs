//! kill -9 at any instant: the store opens, is whole, and has everything that was acknowledged (I1, I6).

use std::collections::HashMap;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use journeys::Person;
use waxwing_model::{EmailId, Keyword, MailboxId};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Kills in one run of the test. Each opens the profile that the last one left.
const KILLS: u64 = 25;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_kill_at_any_instant() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut acknowledged = Ledger::default();
    let mut letters = None;
    for kill in 0..KILLS {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_busy-engine"))
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        // Instants spread over start-up, the first writes and full work.
        std::thread::sleep(Duration::from_millis(40 + (kill * 97) % 900));
        worker.kill()?;
        worker.wait()?;
        let mut said = String::new();
        worker
            .stdout
            .take()
            .ok_or("its output")?
            .read_to_string(&mut said)?;
        acknowledged.note(&said);

        let person = Person::at(folder.path()).await;
        person
            .engine
            .check_store()
            .await
            .map_err(|error| format!("after kill {kill} the store is damaged: {error}"))?;
        acknowledged.compare(&person, kill).await?;
        if acknowledged.demo {
            let total: u32 = person
                .engine
                .mailboxes()
                .await?
                .iter()
                .map(|mailbox| mailbox.total)
                .sum();
            assert_eq!(
                *letters.get_or_insert(total),
                total,
                "no letter came or went by kill {kill}"
            );
        }
        person.engine.stop().await;
    }
    assert!(
        acknowledged.places.len() > 1 && acknowledged.drafts > 0,
        "there was work to kill: {acknowledged:?}"
    );
    Ok(())
}

/// What the engine has said is done.
#[derive(Debug, Default)]
struct Ledger {
    demo: bool,
    places: HashMap<EmailId, MailboxId>,
    stars: HashMap<EmailId, bool>,
    drafts: usize,
}

impl Ledger {
    fn note(&mut self, said: &str) {
        for line in said.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["demo"] => self.demo = true,
                ["moved", email, to] => {
                    if let (Ok(email), Ok(to)) = (email.parse(), to.parse()) {
                        self.places.insert(email, to);
                    }
                }
                ["starred", email, starred] => {
                    if let Ok(email) = email.parse() {
                        self.stars.insert(email, *starred == "true");
                    }
                }
                ["draft", _] => self.drafts += 1,
                _ => {}
            }
        }
    }

    /// What was done and not yet acknowledged may stand there too; the ledger takes it over.
    async fn compare(&mut self, person: &Person, kill: u64) -> Outcome {
        let emails = person
            .engine
            .emails(self.places.keys().copied().collect())
            .await?;
        assert_eq!(
            emails.len(),
            self.places.len(),
            "a letter is missing after kill {kill}"
        );
        let mut differing = 0;
        for email in &emails {
            differing += usize::from(
                self.places
                    .get(&email.id)
                    .is_some_and(|place| email.mailboxes != [*place]),
            );
            let starred = email.keywords.has(Keyword::FLAGGED);
            differing += usize::from(self.stars.get(&email.id).is_some_and(|star| *star != starred));
            assert_eq!(
                email.mailboxes.len(),
                1,
                "a letter is in one place after kill {kill}"
            );
        }
        assert!(
            differing <= 1,
            "more than the one action in flight differs after kill {kill}: {differing}"
        );
        let drafts = person.engine.drafts().await?.len();
        assert!(
            drafts >= self.drafts,
            "a draft is missing after kill {kill}: {drafts} of {}",
            self.drafts
        );
        self.drafts = drafts;
        for email in emails {
            let starred = email.keywords.has(Keyword::FLAGGED);
            self.stars.insert(email.id, starred);
            if let Some(place) = email.mailboxes.first() {
                self.places.insert(email.id, *place);
            }
        }
        Ok(())
    }
}
