//! kill -9 at random instants of mixed work on a real IMAP server: what was acknowledged is in the store, once, and after
//! the next synchronisation the server has the same (I1, I2, I5, I6).
//!
//! `WAXWING_KILLS=1000` kills more often, `WAXWING_SEED=7` at other instants of other work. `WAXWING_WORK=everything` also
//! makes letters that are alike and deletes folders for good.

mod ledger;

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use journeys::{Chance, Person, deliver, form_at};
use ledger::{Log, State};
use waxwing_engine::SyncScope;
use waxwing_model::{Account, AccountId};
use waxwing_testkit::{Dovecot, DovecotOptions};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const KILLS: u64 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_of_mixed_work_is_here_and_then_on_the_server() -> Outcome {
    let (kills, seed) = (number("WAXWING_KILLS", KILLS)?, number("WAXWING_SEED", 1)?);
    let mut scene = Scene::new().await?;
    let mut chance = Chance::new(seed);
    let (mut deeds, mut wrong) = (0, Vec::new());
    for kill in 0..kills {
        // Instants spread over start-up, the first replays, and full work.
        let lifetime = Duration::from_millis(50 + chance.below(1_500));
        let log = scene.work(seed.wrapping_mul(10_000) + kill, lifetime)?;
        deeds += log.done.len();
        let told = scene
            .look(&log, chance.below(2) == 0 || kill + 1 == kills)
            .await?;
        wrong.extend(told.into_iter().map(|what| format!("after kill {kill}: {what}")));
    }
    println!(
        "{kills} kills, {deeds} deeds acknowledged, {} violations",
        wrong.len()
    );
    assert_eq!(wrong, Vec::<String>::new());
    assert!(deeds as u64 > kills, "there was work to kill: {deeds} deeds");
    Ok(())
}

fn number(variable: &str, otherwise: u64) -> Outcome<u64> {
    match std::env::var(variable) {
        Ok(text) => Ok(text.parse()?),
        Err(_) => Ok(otherwise),
    }
}

/// An account on a server, its profile, and what it has to look like.
struct Scene {
    dovecot: Dovecot,
    profile: tempfile::TempDir,
    account: AccountId,
    ledger: State,
    delivered: u32,
}

impl Scene {
    async fn new() -> Outcome<Self> {
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        for number in 0..12 {
            deliver(&dovecot, "lena", &format!("Letter {number}"));
        }
        let profile = tempfile::tempdir()?;
        let person = Person::at(profile.path()).await;
        let account = person
            .add_quietly(form_at(&dovecot, "lena", dovecot.imaps()))
            .await;
        person.engine.add_demo().await?;
        person.engine.sync_once(&account, SyncScope::Everything).await;
        let ledger = State::here(&person, &account).await;
        person.engine.stop().await;
        Ok(Self {
            dovecot,
            profile,
            account: account.id,
            ledger,
            delivered: 0,
        })
    }

    /// Has the work done for a while, and kills it.
    fn work(&self, seed: u64, lifetime: Duration) -> Outcome<Log> {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_busy-engine"))
            .arg(self.profile.path())
            .arg(seed.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        std::thread::sleep(lifetime);
        worker.kill()?;
        worker.wait()?;
        let mut said = String::new();
        let mut output = worker.stdout.take().ok_or("its output")?;
        output.read_to_string(&mut said)?;
        Ok(Log::read(&said))
    }

    /// What is wrong in the store and, after a synchronisation, on the server. The ledger goes on from what is there.
    async fn look(&mut self, log: &Log, synchronise: bool) -> Outcome<Vec<String>> {
        let mut wrong = log.troubles.clone();
        let person = Person::at(self.profile.path()).await;
        let account = person.account(self.account).await;
        if let Err(error) = person.engine.check_store().await {
            wrong.push(format!("the store is damaged: {error}"));
        }
        for effect in &log.done {
            self.ledger.apply(effect);
        }
        let here = State::here(&person, &account).await;
        let mut perhaps = self.ledger.clone();
        if let Some(effect) = &log.open {
            perhaps.apply(effect);
        }
        // What was not acknowledged may have been done all the same, but wholly.
        if here != self.ledger && here != perhaps {
            wrong.push(format!(
                "acknowledged and not here: {}",
                self.ledger.differs(&here)
            ));
        }
        self.ledger = here;
        if synchronise {
            wrong.extend(self.synchronise(&person, &account).await?);
        }
        person.engine.stop().await;
        Ok(wrong)
    }

    async fn synchronise(&mut self, person: &Person, account: &Account) -> Outcome<Vec<String>> {
        let mut wrong = Vec::new();
        let subject = format!("Late {}", self.delivered);
        self.delivered += 1;
        deliver(&self.dovecot, "lena", &subject);
        self.ledger.apply(&format!("+INBOX|{subject}|false"));
        for _ in 0..3 {
            let report = person.engine.sync_once(account, SyncScope::Everything).await;
            wrong.extend(report.errors);
            if !person.engine.has_pending_operations(account.id).await? {
                break;
            }
        }
        if person.engine.has_pending_operations(account.id).await? {
            wrong.push("something is left to do".to_owned());
        }
        let here = State::here(person, account).await;
        if here != self.ledger {
            wrong.push(format!(
                "the synchronisation changed: {}",
                self.ledger.differs(&here)
            ));
        }
        let there = State::there(&self.dovecot, "lena")?;
        if there != here {
            wrong.push(format!("the server has something else: {}", here.differs(&there)));
        }
        self.ledger = here;
        Ok(wrong)
    }
}
