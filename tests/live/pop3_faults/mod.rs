//! The fault matrix of POP3: every fault at every step of a look at a maildrop whose messages are to be removed, between the
//! engine and a real Dovecot. Whatever went wrong, each letter is here or there, here at most once, and after the next
//! look all of them are here, whole, and none is there.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a cell of the matrix that fails stops, and the matrix is printed"
)]

mod fault;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use fault::{FAULTS, Fault};
use journeys::mishaps::wait_for;
use journeys::{Lone, Room, matrix, on_server};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use waxwing_testkit::proxy::{Proxy, ProxyTls};
use waxwing_testkit::{Stage, address, letters};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");
const SUBJECTS: [&str; 3] = ["Anchor", "Buoy", "Compass"];

/// What the engine is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Greeting,
    SignIn,
    Names,
    Sizes,
    Letter,
    Removal,
    Goodbye,
}

const STEPS: [Step; 7] = [
    Step::Greeting,
    Step::SignIn,
    Step::Names,
    Step::Sizes,
    Step::Letter,
    Step::Removal,
    Step::Goodbye,
];

impl Step {
    /// What the client says at this step, and what a Dovecot answers when it is done. Nothing is said before a greeting.
    pub fn lines(self) -> (Option<&'static str>, &'static str) {
        match self {
            Self::Greeting => (None, "ready"),
            Self::SignIn => (Some("AUTH "), "Logged in"),
            // A line of the list, with the name that Dovecot gives.
            Self::Names => (Some("UIDL"), "1 000000"),
            Self::Sizes => (Some("LIST"), "messages:"),
            // In the middle of a letter: what came until then is none.
            Self::Letter => (Some("RETR 1"), "Good morning."),
            Self::Removal => (Some("DELE 1"), "Marked to be deleted"),
            Self::Goodbye => (Some("QUIT"), "Logging out"),
        }
    }
}

type Cell = (Step, Fault, Result<(), String>);

#[test]
fn whatever_goes_wrong_at_whichever_step_no_letter_is_lost_and_none_comes_twice() {
    let filled = matrix::fill(&STEPS, |step| {
        let mut column = Column::start(step);
        FAULTS.map(|fault| (step, fault, column.cell(fault))).into()
    });
    print(&filled);
    let wrong: Vec<String> = filled
        .iter()
        .filter_map(|(_, _, outcome)| outcome.clone().err())
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(filled.len(), STEPS.len() * FAULTS.len(), "every cell was filled");
}

/// One step with a server of its own, since some faults stop it.
struct Column {
    step: Step,
    stage: Arc<Stage>,
    proxy: Proxy,
    signs: TempDir,
    /// With a disk of its own, for all faults but those that kill it: its disk would go with it.
    lone: Lone,
    _folder: TempDir,
    _runtime: Runtime,
}

impl Column {
    fn start(step: Step) -> Self {
        let stage = Stage::start().expect("the servers start");
        let runtime = Runtime::new().expect("a runtime for the proxy");
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, stage.dovecot.pop3s()));
        let tls = ProxyTls::Both(stage.dovecot.certificates().good(), stage.ca_pem().to_owned());
        let proxy = runtime
            .block_on(Proxy::start(server, tls))
            .expect("the proxy listens");
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            step,
            proxy,
            stage: Arc::new(stage),
            signs: tempfile::tempdir().expect("a folder"),
            lone: Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(48)),
            _folder: folder,
            _runtime: runtime,
        }
    }

    /// A sentence about the cell where it goes wrong.
    fn cell(&mut self, fault: Fault) -> Result<(), String> {
        let case = format!("{} at {:?}", fault.name(), self.step);
        self.proxy.clear();
        lay_out(&self.stage);
        let own = tempfile::tempdir().map_err(|error| error.to_string())?;
        let killed = matches!(fault, Fault::Kill(_));
        let mut other = killed.then(|| Lone::start(PROGRAM, own.path(), Room::OnThisDisk));
        let lone = other.as_mut().unwrap_or(&mut self.lone);
        lone.ask(&account(&self.stage, self.proxy.port()));
        lone.ask("remove-after-download");
        let sign = self.signs.path().join("fill");
        if matches!(fault, Fault::DiskFull(_)) {
            lone.ask(&format!("fill-at {}", sign.display()));
        }
        let acted = self.proxy.acted();
        self.proxy
            .add(fault.rule(self.step, &self.stage, lone.id(), &sign));
        if matches!(fault, Fault::Stall(_)) {
            lone.ask("hurry 1500");
        }
        let said = lone.ask("sync");
        if self.proxy.acted() == acted {
            return Err(format!("{case}: it did not happen: {said:?}"));
        }
        self.proxy.clear();
        if matches!(fault, Fault::DiskFull(_))
            && self.step == Step::Letter
            && !said.concat().contains("The disk is full")
        {
            return Err(format!("{case}: it is not said: {said:?}"));
        }

        if killed {
            drop(other.take());
            other = Some(Lone::start(PROGRAM, own.path(), Room::OnThisDisk));
        }
        let lone = other.as_mut().unwrap_or(&mut self.lone);
        if matches!(fault, Fault::Stall(_)) {
            lone.ask("hurry 600000");
        }
        if matches!(fault, Fault::DiskFull(_)) {
            lone.ask("free");
        }
        if matches!(fault, Fault::Restart(_)) {
            wait_for(&sign);
        }
        nothing_lost(&case, lone, &self.stage)?;
        let said = lone.ask("sync");
        if !said.is_empty() {
            return Err(format!("{case}: the next look says {said:?}"));
        }
        all_here(&case, lone, &self.stage)
    }
}

fn account(stage: &Stage, incoming: u16) -> String {
    format!(
        "account pop3 {incoming} 9 {}",
        journeys::authorities(stage).display()
    )
}

/// The maildrop before anything goes wrong.
fn lay_out(stage: &Stage) {
    let user = address("lena");
    stage
        .dovecot
        .doveadm(&["expunge", "-u", &user, "mailbox", "*", "all"])
        .expect("the mailboxes can be emptied");
    for subject in SUBJECTS {
        let raw = letters::simple("amara@waxwing.test", &user, subject, "Good morning.");
        stage.dovecot.deliver("lena", "INBOX", &raw).expect("delivered");
    }
}

fn subjects_here(lone: &mut Lone) -> Vec<String> {
    let held = lone.ask("held");
    let mut subjects: Vec<String> = held
        .iter()
        .filter_map(|line| line.split('\t').nth(1).map(str::to_owned))
        .collect();
    subjects.sort();
    subjects
}

/// Each letter is here or there, and here at most once.
fn nothing_lost(case: &str, lone: &mut Lone, stage: &Stage) -> Result<(), String> {
    let here = subjects_here(lone);
    let there = on_server(&stage.dovecot, "lena");
    for subject in SUBJECTS {
        let copies = here.iter().filter(|held| *held == subject).count();
        let on_server = there.iter().any(|held| held.subject == subject);
        if copies > 1 || copies == 0 && !on_server {
            return Err(format!(
                "{case}: “{subject}” is {copies} times in {here:?}, there is {there:?}"
            ));
        }
    }
    Ok(())
}

fn all_here(case: &str, lone: &mut Lone, stage: &Stage) -> Result<(), String> {
    let here = subjects_here(lone);
    let there = on_server(&stage.dovecot, "lena");
    if here != SUBJECTS || !there.is_empty() {
        return Err(format!("{case}: here {here:?}, there {there:?}"));
    }
    for (question, answer) in [("bodies", "3 0"), ("check", "whole")] {
        let said = lone.ask(question);
        if said != [answer] {
            return Err(format!("{case}: {question}: {said:?}"));
        }
    }
    Ok(())
}

fn print(filled: &[Cell]) {
    let table = matrix::table(&STEPS, &FAULTS, Fault::name, |step, fault| {
        let cell = filled.iter().find(|(s, f, _)| (*s, *f) == (step, fault));
        match cell.map(|(_, _, outcome)| outcome) {
            Some(Ok(())) => "done",
            Some(Err(_)) => "WRONG",
            None => "?",
        }
    });
    let done = filled.iter().filter(|(_, _, outcome)| outcome.is_ok()).count();
    println!(
        "{table}\n{} cells: {done} done, {} wrong; {} letters, none lost, none twice",
        filled.len(),
        filled.len() - done,
        done * SUBJECTS.len(),
    );
}
