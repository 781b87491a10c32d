//! What goes wrong, and how it is brought about at a line that the client says or the server answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use waxwing_testkit::Stage;
use waxwing_testkit::proxy::{Action, Rule, When};

/// Whether the server has done by then what it was asked. Before: its command never arrives. After: its answer does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Cut(Moment),
    Stall(Moment),
    Reset(Moment),
    Restart(Moment),
    Bye,
    /// NO [OVERQUOTA] (RFC 5530, section 3): refused for good.
    Overquota,
    /// NO [INUSE]: refused for now.
    InUse,
    Kill(Moment),
    DiskFull(Moment),
}

use Moment::{After, Before};

pub const FAULTS: [Fault; 15] = [
    Fault::Cut(Before),
    Fault::Cut(After),
    Fault::Stall(Before),
    Fault::Stall(After),
    Fault::Reset(Before),
    Fault::Reset(After),
    Fault::Restart(Before),
    Fault::Restart(After),
    Fault::Bye,
    Fault::Overquota,
    Fault::InUse,
    Fault::Kill(Before),
    Fault::Kill(After),
    Fault::DiskFull(Before),
    Fault::DiskFull(After),
];

impl Fault {
    pub fn name(self) -> String {
        let (what, moment) = match self {
            Self::Cut(moment) => ("cut", Some(moment)),
            Self::Stall(moment) => ("stall", Some(moment)),
            Self::Reset(moment) => ("reset", Some(moment)),
            Self::Restart(moment) => ("server restart", Some(moment)),
            Self::Bye => ("BYE", None),
            Self::Overquota => ("NO [OVERQUOTA]", None),
            Self::InUse => ("NO [INUSE]", None),
            Self::Kill(moment) => ("kill -9", Some(moment)),
            Self::DiskFull(moment) => ("disk full", Some(moment)),
        };
        match moment {
            Some(Before) => format!("{what} before"),
            Some(After) => format!("{what} after"),
            None => what.to_owned(),
        }
    }

    /// The rule that brings it about once. `victim` is the engine's process; `sign` is the file at which it
    /// fills its disk, and which tells that a server is back.
    pub fn rule(
        self,
        heard: &str,
        answered: &str,
        stage: &Arc<Stage>,
        victim: u32,
        sign: &std::path::Path,
    ) -> Rule {
        let (moment, action) = match self {
            Self::Cut(moment) => (moment, Action::Cut),
            Self::Stall(moment) => (moment, Action::Stall),
            Self::Reset(moment) => (moment, Action::Reset),
            Self::Restart(moment) => {
                let (stage, sign) = (Arc::clone(stage), sign.to_owned());
                (moment, Action::first(move || restart(&stage, &sign)))
            }
            Self::Bye => (Before, Action::last("* BYE Down for maintenance")),
            Self::Overquota => (Before, Action::answer("{tag} NO [OVERQUOTA] No room left")),
            Self::InUse => (Before, Action::answer("{tag} NO [INUSE] Somebody else is at it")),
            Self::Kill(moment) => (moment, Action::first(move || kill(victim))),
            Self::DiskFull(moment) => {
                let sign = sign.to_owned();
                (moment, Action::first(move || fill(&sign)))
            }
        };
        match moment {
            Before => Rule::to_server(When::line(heard), action),
            After => Rule::to_client(When::line(answered), action),
        }
    }
}

fn restart(stage: &Stage, sign: &std::path::Path) {
    stage.dovecot.kill();
    stage.dovecot.restart().expect("the server starts again");
    std::fs::write(sign, "back").expect("the sign is made");
}

fn kill(victim: u32) {
    let killed = std::process::Command::new("kill")
        .args(["-9", &victim.to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()), "it was alive");
}

fn fill(sign: &PathBuf) {
    std::fs::write(sign, "now").expect("the sign is made");
    let begun = Instant::now();
    while sign.exists() {
        assert!(begun.elapsed() < Duration::from_secs(30), "nobody fills the disk");
        std::thread::sleep(Duration::from_millis(2));
    }
}
