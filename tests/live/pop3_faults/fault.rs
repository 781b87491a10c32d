//! What goes wrong, and how it is brought about at a line that the client says or the server answers.

use std::path::Path;
use std::sync::Arc;

use journeys::mishaps::{Moment, fill, kill, restart};
use waxwing_testkit::Stage;
use waxwing_testkit::proxy::{Action, Rule, When};

use super::Step;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Cut(Moment),
    Stall(Moment),
    Reset(Moment),
    Restart(Moment),
    Refused,
    /// `[IN-USE]` (RFC 2449, section 8.1.2): somebody else has the maildrop.
    InUse,
    /// `[SYS/TEMP]` (RFC 3206, section 4), and the connection ends.
    Dismissed,
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
    Fault::Refused,
    Fault::InUse,
    Fault::Dismissed,
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
            Self::Refused => ("-ERR", None),
            Self::InUse => ("-ERR [IN-USE]", None),
            Self::Dismissed => ("-ERR [SYS/TEMP], cut", None),
            Self::Kill(moment) => ("kill -9", Some(moment)),
            Self::DiskFull(moment) => ("disk full", Some(moment)),
        };
        match moment {
            Some(Before) => format!("{what} before"),
            Some(After) => format!("{what} after"),
            None => what.to_owned(),
        }
    }

    /// The rule that brings it about once.
    pub fn rule(self, step: Step, stage: &Arc<Stage>, victim: u32, sign: &Path) -> Rule {
        let (moment, action) = match self {
            Self::Cut(moment) => (moment, Action::Cut),
            Self::Stall(moment) => (moment, Action::Stall),
            Self::Reset(moment) => (moment, Action::Reset),
            Self::Restart(moment) => {
                let (stage, sign) = (Arc::clone(stage), sign.to_owned());
                (moment, Action::first(move || restart(&stage, &sign)))
            }
            Self::Refused => (Before, said(step, "-ERR Not with me")),
            Self::InUse => (Before, said(step, "-ERR [IN-USE] Somebody else is at it")),
            Self::Dismissed => (
                Before,
                match step.lines().0 {
                    Some(_) => Action::last("-ERR [SYS/TEMP] Down for maintenance"),
                    None => said(step, "-ERR [SYS/TEMP] Down for maintenance"),
                },
            ),
            Self::Kill(moment) => (moment, Action::first(move || kill(victim))),
            Self::DiskFull(moment) => {
                let sign = sign.to_owned();
                (moment, Action::first(move || fill(&sign)))
            }
        };
        let (heard, answered) = step.lines();
        match (moment, heard) {
            (Before, Some(heard)) => Rule::to_server(When::line(heard), action),
            (Before, None) | (After, _) => Rule::to_client(When::line(answered), action),
        }
    }
}

/// A line in the place of an answer, or of the greeting.
fn said(step: Step, line: &str) -> Action {
    match step.lines().0 {
        Some(_) => Action::answer(line),
        None => Action::Replace(format!("{line}\r\n").into_bytes()),
    }
}
