//! What goes wrong, and how it is brought about at a line that the client says or the server answers.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use journeys::mishaps::{Moment, fill, kill, restart};
use waxwing_testkit::Stage;
use waxwing_testkit::proxy::{Action, Proxy, Rule, When};

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
    /// A byte is another one when it comes out of the network. Before: the server finds that the record is broken, and
    /// ends the connection with an alert. After: the client does.
    Corrupt(Moment),
    /// While the command is on its way, the computer's clock is set to another day, and stays there.
    Clock(Jump),
}

/// Nine days: more than a week, after which much is done that is done seldom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    Ahead,
    Back,
}

impl Jump {
    /// Whether a process that says its clock is at this second lives on another day than we do.
    pub fn was_made(self, said: &[String]) -> bool {
        const EIGHT_DAYS: i64 = 8 * 24 * 3_600;
        let here = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        let here = i64::try_from(here.as_secs()).expect("not that long after");
        let there: Option<i64> = said.first().and_then(|second| second.parse().ok());
        there.is_some_and(|there| match self {
            Self::Ahead => there - here > EIGHT_DAYS,
            Self::Back => here - there > EIGHT_DAYS,
        })
    }
}

/// What the rules of a fault need of the cell that they stand in.
pub struct Surroundings<'a> {
    pub stage: &'a Arc<Stage>,
    pub noise: &'a Noise,
    /// The engine's process.
    pub victim: u32,
    /// The file at which it fills its disk, and which tells that a server is back.
    pub sign: &'a Path,
    /// The file that tells the engine's process what day it is.
    pub clock: &'a Path,
}

/// Proxies that see nothing but TLS, on both sides of the one that sees lines, and that can break a byte of it.
pub struct Noise {
    pub near: Arc<Proxy>,
    pub far: Arc<Proxy>,
}

use Moment::{After, Before};

pub const FAULTS: [Fault; 19] = [
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
    Fault::Corrupt(Before),
    Fault::Corrupt(After),
    Fault::Clock(Jump::Ahead),
    Fault::Clock(Jump::Back),
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
            Self::Corrupt(moment) => ("corrupted byte", Some(moment)),
            Self::Clock(Jump::Ahead) => ("clock nine days ahead", None),
            Self::Clock(Jump::Back) => ("clock nine days back", None),
        };
        match moment {
            Some(Before) => format!("{what} before"),
            Some(After) => format!("{what} after"),
            None => what.to_owned(),
        }
    }

    /// The rule that brings it about once.
    pub fn rule(self, heard: &str, answered: &str, around: &Surroundings<'_>) -> Rule {
        let (victim, sign) = (around.victim, around.sign);
        let (moment, action) = match self {
            Self::Cut(moment) => (moment, Action::Cut),
            Self::Stall(moment) => (moment, Action::Stall),
            Self::Reset(moment) => (moment, Action::Reset),
            Self::Restart(moment) => {
                let (stage, sign) = (Arc::clone(around.stage), sign.to_owned());
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
            Self::Corrupt(Before) => {
                let far = Arc::clone(&around.noise.far);
                let spoil = move || far.add(Rule::to_server(When::Always, Action::Spoil));
                (Before, Action::first(spoil))
            }
            Self::Corrupt(After) => {
                let near = Arc::clone(&around.noise.near);
                let spoil = move || near.add(Rule::to_client(When::Always, Action::Spoil));
                (After, Action::first(spoil))
            }
            Self::Clock(jump) => {
                let clock = around.clock.to_owned();
                let day = match jump {
                    Jump::Ahead => "+9d",
                    Jump::Back => "-9d",
                };
                (Before, Action::first(move || set(&clock, day)))
            }
        };
        match moment {
            Before => Rule::to_server(When::line(heard), action),
            After => Rule::to_client(When::line(answered), action),
        }
    }
}

impl Noise {
    /// How many bytes were broken.
    pub fn made(&self) -> u64 {
        self.near.acted() + self.far.acted()
    }
}

fn set(clock: &Path, day: &str) {
    std::fs::write(clock, day).expect("the clock is set");
}
