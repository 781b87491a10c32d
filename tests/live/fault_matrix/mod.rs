//! The fault matrix: every fault at every step, between the engine and a real Dovecot. After each of them the next
//! synchronisation makes both sides agree: no letter is lost, none is there twice, no operation is forgotten.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a cell of the matrix that fails stops, and the matrix is printed"
)]

mod fault;
mod step;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fault::{FAULTS, Fault, Noise, Surroundings};
use journeys::mishaps::wait_for;
use journeys::{Held, Lone, Room, matrix, on_server};
use step::{STEPS, Step};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use waxwing_testkit::proxy::{Proxy, ProxyTls};
use waxwing_testkit::{DovecotOptions, PostfixOptions, Stage};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");

/// What came of one cell. Anything else stops the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// The server refused it for good, and it was taken back on this side.
    TakenBack,
}

type Cell = (Step, Fault, Result<Outcome, String>);

#[test]
fn whatever_goes_wrong_at_whichever_step_both_sides_agree_in_the_end() {
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

/// One step with servers of its own, since some faults stop them.
struct Column {
    step: Step,
    stage: Arc<Stage>,
    proxy: Proxy,
    /// Another one like it, with `noise` on both sides.
    between: Proxy,
    noise: Noise,
    signs: TempDir,
    /// With a disk of its own, for all faults but those that kill it: its disk would go with it.
    lone: Lone,
    _folder: TempDir,
    _runtime: Runtime,
}

impl Column {
    fn start(step: Step) -> Self {
        let options = DovecotOptions {
            // Without MOVE it is COPY, STORE and UID EXPUNGE.
            capabilities: (step == Step::Copy).then(|| {
                "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE UIDPLUS CONDSTORE NAMESPACE SPECIAL-USE".to_owned()
            }),
            ..DovecotOptions::default()
        };
        let stage = Stage::start_with(&options, &PostfixOptions::default()).expect("the servers start");
        let runtime = Runtime::new().expect("a runtime for the proxies");
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, stage.dovecot.imaps()));
        let lines = || ProxyTls::Both(stage.dovecot.certificates().good(), stage.ca_pem().to_owned());
        let start = |server, tls| {
            let started = runtime.block_on(Proxy::start(server, tls));
            started.expect("the proxy listens")
        };
        let far = Arc::new(start(server, ProxyTls::Pass));
        let between = start(far.address(), lines());
        let near = Arc::new(start(between.address(), ProxyTls::Pass));
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            step,
            proxy: start(server, lines()),
            between,
            noise: Noise { near, far },
            stage: Arc::new(stage),
            signs: tempfile::tempdir().expect("a folder"),
            lone: Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(48)),
            _folder: folder,
            _runtime: runtime,
        }
    }

    /// A sentence about the cell where it goes wrong.
    fn cell(&mut self, fault: Fault) -> Result<Outcome, String> {
        let case = format!("{} at {:?}", fault.name(), self.step);
        let noisy = matches!(fault, Fault::Corrupt(_));
        let (proxy, port) = match noisy {
            true => (&self.between, self.noise.near.port()),
            false => (&self.proxy, self.proxy.port()),
        };
        proxy.clear();
        step::lay_out(&self.stage);
        let own = tempfile::tempdir().map_err(|error| error.to_string())?;
        let clock = self.signs.path().join("clock");
        let killed = matches!(fault, Fault::Kill(_));
        let mut other = match fault {
            Fault::Kill(_) => Some(Lone::start(PROGRAM, own.path(), Room::OnThisDisk)),
            Fault::Clock(_) => Some(Lone::start_with_clock(PROGRAM, own.path(), &clock)),
            _ => None,
        };
        let lone = other.as_mut().unwrap_or(&mut self.lone);
        lone.ask(&account(&self.stage, port));
        self.step.prepare(lone);

        let sign = self.signs.path().join("fill");
        if matches!(fault, Fault::DiskFull(_)) {
            lone.ask(&format!("fill-at {}", sign.display()));
        }
        let (heard, answered) = self.step.lines();
        let around = Surroundings {
            stage: &self.stage,
            noise: &self.noise,
            victim: lone.id(),
            sign: &sign,
            clock: &clock,
        };
        let (acted, noise) = (proxy.acted(), self.noise.made());
        proxy.add(fault.rule(heard, answered, &around));
        if matches!(fault, Fault::Stall(_)) {
            lone.ask("hurry 2000");
        }
        // The proxy counts before it is done.
        let happened = || {
            let broken = !noisy || self.noise.made() > noise;
            let set = !matches!(fault, Fault::Clock(_))
                || std::fs::read(&clock).is_ok_and(|day| day.ends_with(b"d"));
            proxy.acted() > acted && broken && set
        };
        let said = step_into(self.step, fault, &self.stage, happened, lone);
        if proxy.acted() == acted || noisy != (self.noise.made() > noise) {
            return Err(format!("{case}: it did not happen: {said:?}"));
        }
        proxy.clear();

        if killed {
            drop(other.take());
            other = Some(Lone::start(PROGRAM, own.path(), Room::OnThisDisk));
        }
        let lone = other.as_mut().unwrap_or(&mut self.lone);
        if let Fault::Clock(jump) = fault
            && !jump.was_made(&lone.ask("clock"))
        {
            return Err(format!("{case}: the clock did not jump"));
        }
        if matches!(fault, Fault::Stall(_)) {
            lone.ask("hurry 600000");
        }
        if matches!(fault, Fault::DiskFull(_)) {
            lone.ask("free");
        }
        if matches!(fault, Fault::Restart(_)) {
            wait_for(&sign);
            // It would notice only with its next letter that the Dovecot it asks for passwords is another one.
            self.stage.postfix.stop();
            self.stage.postfix.restart().map_err(|error| error.to_string())?;
        }
        let said = lone.ask("sync");
        if !said.is_empty() {
            return Err(format!("{case}: the next synchronisation says {said:?}"));
        }
        agree(&case, self.step, fault, lone, &self.stage)
    }
}

/// Goes through the step. In the end of it the fault has happened.
fn step_into(
    step: Step,
    fault: Fault,
    stage: &Stage,
    happened: impl Fn() -> bool,
    lone: &mut Lone,
) -> Vec<String> {
    if step != Step::Idle {
        return lone.ask("sync");
    }
    lone.ask("start");
    let begun = Instant::now();
    while !happened() && begun.elapsed() < Duration::from_secs(90) {
        std::thread::sleep(Duration::from_millis(5));
    }
    if matches!(fault, Fault::Stall(_)) {
        // Long enough for its patience to end.
        std::thread::sleep(Duration::from_millis(2_500));
    }
    step::deliver(stage, "INBOX", "Dinghy");
    if matches!(fault, Fault::Kill(_)) {
        return Vec::new();
    }
    lone.ask("stop")
}

fn account(stage: &Stage, incoming: u16) -> String {
    let (outgoing, ca) = (stage.postfix.submissions(), journeys::authorities(stage));
    format!("account imap {incoming} {outgoing} {}", ca.display())
}

fn agree(case: &str, step: Step, fault: Fault, lone: &mut Lone, stage: &Stage) -> Result<Outcome, String> {
    let here: Vec<Held> = lone
        .ask("held")
        .iter()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some(Held {
                folder: columns.next()?.to_owned(),
                subject: columns.next()?.to_owned(),
                flagged: columns.next()? == "true",
            })
        })
        .collect();
    let there = on_server(&stage.dovecot, "lena");
    if here != there {
        return Err(format!("{case}: here {here:?}, on the server {there:?}"));
    }
    let expected = match fault {
        Fault::Overquota if step.changes() => Outcome::TakenBack,
        _ => Outcome::Done,
    };
    let wanted = step.outcome(expected == Outcome::Done);
    if here != wanted {
        return Err(format!("{case}: both hold {here:?} and not {wanted:?}"));
    }
    let bodies = lone.ask("bodies");
    if bodies != [format!("{} 0", here.len())] {
        return Err(format!("{case}: not every letter is whole: {bodies:?}"));
    }
    for (question, answer) in [("pending", "false"), ("check", "whole")] {
        let said = lone.ask(question);
        if said != [answer] {
            return Err(format!("{case}: {question}: {said:?}"));
        }
    }
    Ok(expected)
}

fn print(filled: &[Cell]) {
    let table = matrix::table(&STEPS, &FAULTS, Fault::name, |step, fault| {
        let cell = filled.iter().find(|(s, f, _)| (*s, *f) == (step, fault));
        match cell.map(|(_, _, outcome)| outcome) {
            Some(Ok(Outcome::Done)) => "done",
            Some(Ok(Outcome::TakenBack)) => "back",
            Some(Err(_)) => "WRONG",
            None => "?",
        }
    });
    let count = |wanted: Option<Outcome>| {
        filled
            .iter()
            .filter(|(_, _, outcome)| outcome.as_ref().ok() == wanted.as_ref())
            .count()
    };
    println!(
        "{table}\n{} cells: {} done, {} refused for good and taken back, {} wrong",
        filled.len(),
        count(Some(Outcome::Done)),
        count(Some(Outcome::TakenBack)),
        count(None)
    );
}
