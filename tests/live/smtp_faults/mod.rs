//! The fault matrix of SMTP: every fault at every step of a letter to two people, between the engine and a real Postfix.
//! No letter is lost, none comes twice without a person's word, and of each the outbox knows what became of it.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a cell of the matrix that fails stops, and the matrix is printed"
)]

mod cell;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cell::{FAULTS, Fault, Outcome, STEPS, Step};
use journeys::mishaps::Moment;
use journeys::{Lone, Room, matrix, on_disk};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use waxwing_testkit::proxy::{Proxy, ProxyTls};
use waxwing_testkit::{DovecotOptions, PostfixOptions, Stage};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");

/// How long a silence is borne where one is made, in milliseconds.
const SHORT: u32 = 4_000;

/// What came of a cell, or a sentence about what is wrong; and in how many inboxes the letter has to be, jonas's and
/// amara's.
struct Filled {
    step: Step,
    fault: Fault,
    outcome: Result<Outcome, String>,
    wanted: (usize, usize),
}

#[test]
fn whatever_goes_wrong_with_a_letter_it_arrives_once_or_its_writer_knows() {
    let stage = stage();
    let mut filled = matrix::fill(&STEPS, |step| {
        let mut column = Column::start(step, &stage);
        let faults = FAULTS.into_iter().filter(|fault| step.knows(*fault));
        faults.map(|fault| column.cell(fault)).collect()
    });
    for cell in &mut filled {
        count(cell, &stage);
    }
    print(&filled);
    let wrong: Vec<&String> = filled
        .iter()
        .filter_map(|cell| cell.outcome.as_ref().err())
        .collect();
    assert_eq!(wrong, Vec::<&String>::new());
    let possible = STEPS
        .iter()
        .map(|step| FAULTS.iter().filter(|fault| step.knows(**fault)).count());
    assert_eq!(filled.len(), possible.sum::<usize>(), "every cell was filled");
}

/// One command at a time, so that a fault meets one.
fn stage() -> Arc<Stage> {
    let options = PostfixOptions {
        extra: "smtpd_discard_ehlo_keywords = pipelining".to_owned(),
        ..PostfixOptions::default()
    };
    Arc::new(Stage::start_with(&DovecotOptions::default(), &options).expect("the servers start"))
}

/// One step, with an engine of its own.
struct Column {
    step: Step,
    stage: Arc<Stage>,
    proxy: Proxy,
    folder: TempDir,
    lone: Option<Lone>,
    _runtime: Runtime,
}

impl Column {
    fn start(step: Step, stage: &Arc<Stage>) -> Self {
        let runtime = Runtime::new().expect("a runtime for the proxy");
        // STARTTLS is said in clear, so nothing has to be opened to see it.
        let (port, tls) = match step {
            Step::StartTls => (stage.postfix.submission(), ProxyTls::Pass),
            _ => {
                let pair = stage.dovecot.certificates().good();
                (
                    stage.postfix.submissions(),
                    ProxyTls::Both(pair, stage.ca_pem().to_owned()),
                )
            }
        };
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let started = runtime.block_on(Proxy::start(server, tls));
        let mut column = Self {
            step,
            stage: Arc::clone(stage),
            proxy: started.expect("the proxy listens"),
            folder: tempfile::tempdir().expect("a folder"),
            lone: None,
            _runtime: runtime,
        };
        let (imaps, smtp) = (stage.dovecot.imaps(), column.proxy.port());
        let ca = journeys::authorities(stage);
        let starttls = if step == Step::StartTls { " starttls" } else { "" };
        column
            .lone()
            .ask(&format!("account imap {imaps} {smtp} {}{starttls}", ca.display()));
        column
    }

    fn lone(&mut self) -> &mut Lone {
        let folder = self.folder.path();
        self.lone
            .get_or_insert_with(|| Lone::start(PROGRAM, folder, Room::OnThisDisk))
    }

    fn cell(&mut self, fault: Fault) -> Filled {
        let (outcome, wanted) = match self.letter(fault) {
            Ok((outcome, wanted)) => (Ok(outcome), wanted),
            Err(what) => (
                Err(format!("{} at {:?}: {what}", fault.name(), self.step)),
                (0, 0),
            ),
        };
        Filled {
            step: self.step,
            fault,
            outcome,
            wanted,
        }
    }

    /// One letter on its way through the fault, and what its writer is told.
    fn letter(&mut self, fault: Fault) -> Result<(Outcome, (usize, usize)), String> {
        let (step, subject) = (self.step, subject(self.step, fault));
        let acted = self.proxy.acted();
        let stalls = matches!(fault, Fault::Stall(_));
        if stalls {
            self.lone().ask(&format!("hurry {SHORT}"));
        }
        let victim = self.lone().id();
        self.proxy.add(fault.rule(step, victim));
        let said = self.lone().try_ask(&format!("send-two {subject}"));
        // A farewell is said after the letter is written down as sent.
        let begun = Instant::now();
        while self.proxy.acted() == acted && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
        }
        if self.proxy.acted() == acted {
            return Err(format!("it did not happen: {said:?}"));
        }
        self.proxy.clear();
        if matches!(fault, Fault::Kill(_)) {
            self.lone = None;
        }
        if stalls {
            self.lone().ask("hurry 600000");
        }
        let expected = step.expected(fault);
        let first = match said {
            Some(said) => said.concat(),
            None => self.told(&subject),
        };
        let word = match expected {
            Outcome::Sent | Outcome::SentToOne => "sent",
            Outcome::Again => "failed",
            Outcome::Refused => "refused",
            Outcome::Asked if matches!(fault, Fault::Kill(_)) => "sending",
            Outcome::Asked => "unknown",
        };
        if !first.starts_with(word) {
            return Err(format!("“{word}” is expected and “{first}” is said"));
        }
        // What happens by itself.
        let said = self.lone().ask("sync");
        if !said.is_empty() {
            return Err(format!("the next synchronisation says {said:?}"));
        }
        let then = self.told(&subject);
        self.in_the_end(fault, expected, &subject, &first, &then)
    }

    /// What the writer does about it, and where the letter has to be.
    fn in_the_end(
        &mut self,
        fault: Fault,
        expected: Outcome,
        subject: &str,
        first: &str,
        then: &str,
    ) -> Result<(Outcome, (usize, usize)), String> {
        let unexpected = || Err(format!("first “{first}” and then “{then}”"));
        match expected {
            Outcome::Sent if then.starts_with("sent") => Ok((expected, (1, 1))),
            Outcome::SentToOne if then.starts_with("sent") => {
                let (missing, wanted) = match self.step {
                    Step::Rcpt => ("jonas@waxwing.test", (0, 1)),
                    _ => ("amara@waxwing.test", (1, 0)),
                };
                match then.contains(&format!("not to {missing}")) {
                    true => Ok((expected, wanted)),
                    false => Err(format!("{missing} is not named: {then}")),
                }
            }
            Outcome::Refused if then.starts_with("refused") => Ok((expected, (0, 0))),
            // Its pause is over sooner than half a minute.
            Outcome::Again if then.starts_with("failed") => {
                self.lone().ask(&format!("again {subject}"));
                self.lone().ask("sync");
                match self.told(subject) {
                    sent if sent.starts_with("sent") => Ok((expected, (1, 1))),
                    other => Err(format!("with the next try “{other}”")),
                }
            }
            Outcome::Asked if then == "unknown, searched" => {
                if self.is_with_jonas(fault, subject) {
                    self.lone().ask(&format!("dismiss {subject}"));
                } else {
                    self.lone().ask(&format!("again {subject}"));
                    self.lone().ask("sync");
                    let sent = self.told(subject);
                    if !sent.starts_with("sent") {
                        return Err(format!("with the person's word “{sent}”"));
                    }
                }
                Ok((expected, (1, 1)))
            }
            _ => unexpected(),
        }
    }

    /// A person would ask jonas. Where the server has had the whole letter, it is on its way to him.
    fn is_with_jonas(&self, fault: Fault, subject: &str) -> bool {
        let after = matches!(
            fault,
            Fault::Cut(Moment::After)
                | Fault::Stall(Moment::After)
                | Fault::Reset(Moment::After)
                | Fault::Kill(_)
        );
        let patience = match after && self.step == Step::Dot {
            true => Duration::from_secs(90),
            false => Duration::from_millis(300),
        };
        let begun = Instant::now();
        loop {
            if on_disk(&self.stage.dovecot, "jonas", "INBOX", subject).0 > 0 {
                return true;
            }
            // Killed before the dot is without the dot, in spite of the patience.
            if begun.elapsed() > patience {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn told(&mut self, subject: &str) -> String {
        self.lone().ask(&format!("letter {subject}")).concat()
    }
}

fn subject(step: Step, fault: Fault) -> String {
    format!("{:?} {}", step, fault.name())
}

/// Looks for the letter with those who should have it, once it has had the time to get there.
fn count(cell: &mut Filled, stage: &Stage) {
    if cell.outcome.is_err() {
        return;
    }
    let subject = subject(cell.step, cell.fault);
    let held = |person: &str| on_disk(&stage.dovecot, person, "INBOX", &subject).0;
    let begun = Instant::now();
    loop {
        let found = (held("jonas"), held("amara"));
        if found == cell.wanted {
            return;
        }
        if begun.elapsed() > Duration::from_secs(60) || found.0 > 1 || found.1 > 1 {
            cell.outcome = Err(format!(
                "{subject}: jonas and amara hold {found:?} of it and not {:?}",
                cell.wanted
            ));
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn print(filled: &[Filled]) {
    let table = matrix::table(&STEPS, &FAULTS, Fault::name, |step, fault| {
        let is_it = |cell: &&Filled| (cell.step, cell.fault) == (step, fault);
        match filled.iter().find(is_it).map(|cell| &cell.outcome) {
            Some(Ok(Outcome::Sent)) => "sent",
            Some(Ok(Outcome::SentToOne)) => "to one",
            Some(Ok(Outcome::Again)) => "again",
            Some(Ok(Outcome::Refused)) => "refused",
            Some(Ok(Outcome::Asked)) => "asked",
            Some(Err(_)) => "WRONG",
            None => "",
        }
    });
    let of = |wanted: &[Outcome]| {
        let is_one = |cell: &&Filled| {
            cell.outcome
                .as_ref()
                .is_ok_and(|outcome| wanted.contains(outcome))
        };
        filled.iter().filter(is_one).count()
    };
    println!(
        "{table}\n{} cells: {} sent, {} sent by itself with the next try, {} refused and told, {} not known and asked, {} wrong",
        filled.len(),
        of(&[Outcome::Sent, Outcome::SentToOne]),
        of(&[Outcome::Again]),
        of(&[Outcome::Refused]),
        of(&[Outcome::Asked]),
        filled.iter().filter(|cell| cell.outcome.is_err()).count()
    );
}
