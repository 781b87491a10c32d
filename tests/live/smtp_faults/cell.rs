//! At which line a letter is when something goes wrong, what goes wrong, and what has to come of it.

use journeys::mishaps::{Moment, kill};
use waxwing_testkit::proxy::{Action, Rule, When};

/// Where the letter is, by what the client says next and what the server answers to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Banner,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    /// The first recipient.
    Rcpt,
    /// The second one.
    Rcpt2,
    Data,
    /// The final dot.
    Dot,
    Quit,
}

pub const STEPS: [Step; 10] = [
    Step::Banner,
    Step::Ehlo,
    Step::StartTls,
    Step::Auth,
    Step::Mail,
    Step::Rcpt,
    Step::Rcpt2,
    Step::Data,
    Step::Dot,
    Step::Quit,
];

use Moment::{After, Before};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Cut(Moment),
    Stall(Moment),
    Reset(Moment),
    /// 451, or what the step has instead.
    Later,
    /// 421, and the connection ends (RFC 5321, section 3.8).
    Closing,
    /// 554.
    Never,
    Kill(Moment),
}

pub const FAULTS: [Fault; 11] = [
    Fault::Cut(Before),
    Fault::Cut(After),
    Fault::Stall(Before),
    Fault::Stall(After),
    Fault::Reset(Before),
    Fault::Reset(After),
    Fault::Later,
    Fault::Closing,
    Fault::Never,
    Fault::Kill(Before),
    Fault::Kill(After),
];

/// What comes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It went as if nothing had happened.
    Sent,
    /// It went to one of two, and the other is named.
    SentToOne,
    /// It did not go, and went by itself with the next try.
    Again,
    /// The server does not want it, and the person is told.
    Refused,
    /// Nobody knows: it was looked for, did not go again by itself, and the person decided.
    Asked,
}

impl Step {
    /// What the client says, and what Postfix answers when it has done it.
    fn lines(self) -> (When, &'static str) {
        let (heard, answered) = match self {
            Self::Banner => ("", "ESMTP"),
            Self::Ehlo => ("EHLO", "250-SIZE"),
            Self::StartTls => ("STARTTLS", "Ready to start TLS"),
            Self::Auth => ("AUTH ", "Authentication successful"),
            Self::Mail => ("MAIL FROM", "250 2.1.0"),
            // Postfix answers every recipient in the same words.
            Self::Rcpt => ("RCPT TO:<jonas", "250 2.1.5"),
            Self::Rcpt2 => ("RCPT TO:<amara", "354 "),
            Self::Data => ("DATA", "354 "),
            Self::Dot => return (When::whole_line("."), "queued as"),
            Self::Quit => return (When::whole_line("QUIT"), "221 "),
        };
        (When::line(heard), answered)
    }

    /// What can happen there at all.
    pub fn knows(self, fault: Fault) -> bool {
        match (self, fault) {
            // The server speaks first.
            (
                Self::Banner,
                Fault::Cut(Before) | Fault::Stall(Before) | Fault::Reset(Before) | Fault::Kill(Before),
            ) => false,
            _ => true,
        }
    }

    /// What has to come of a letter.
    pub fn expected(self, fault: Fault) -> Outcome {
        match (self, fault) {
            // An engine that was killed while a letter was handed over does not know how far it had come.
            (Self::Quit, _) => Outcome::Sent,
            (_, Fault::Kill(_)) => Outcome::Asked,
            (Self::Dot, Fault::Cut(_) | Fault::Stall(_) | Fault::Reset(_)) => Outcome::Asked,
            (Self::Rcpt | Self::Rcpt2, Fault::Later | Fault::Never) => Outcome::SentToOne,
            // Without encryption nothing is said, and it may be there again in another network.
            (Self::StartTls, Fault::Never) => Outcome::Again,
            (_, Fault::Never) => Outcome::Refused,
            _ => Outcome::Again,
        }
    }
}

impl Fault {
    pub fn name(self) -> String {
        let (what, moment) = match self {
            Self::Cut(moment) => ("cut", Some(moment)),
            Self::Stall(moment) => ("stall", Some(moment)),
            Self::Reset(moment) => ("reset", Some(moment)),
            Self::Kill(moment) => ("kill -9", Some(moment)),
            Self::Later => ("451", None),
            Self::Closing => ("421", None),
            Self::Never => ("554", None),
        };
        match moment {
            Some(Before) => format!("{what} before"),
            Some(After) => format!("{what} after"),
            None => what.to_owned(),
        }
    }

    /// The rule that brings it about once.
    pub fn rule(self, step: Step, victim: u32) -> Rule {
        let (heard, answered) = step.lines();
        let (moment, action) = match self {
            Self::Cut(moment) => (moment, Action::Cut),
            Self::Stall(moment) => (moment, Action::Stall),
            Self::Reset(moment) => (moment, Action::Reset),
            Self::Kill(moment) => (moment, Action::first(move || kill(victim))),
            Self::Later | Self::Closing | Self::Never if step == Step::Banner => {
                let said: &[u8] = match self {
                    Self::Later => b"451 4.3.2 Come back later\r\n",
                    Self::Closing => b"421 4.3.2 Down for maintenance\r\n",
                    _ => b"554 5.3.2 No service here\r\n",
                };
                (After, Action::Replace(said.to_vec()))
            }
            Self::Later => (Before, Action::answer("451 4.3.0 Come back later")),
            Self::Closing => (Before, Action::last("421 4.3.2 Down for maintenance")),
            Self::Never => (Before, Action::answer("554 5.7.1 Not from you")),
        };
        match moment {
            Before => Rule::to_server(heard, action),
            After => Rule::to_client(When::line(answered), action),
        }
    }
}
