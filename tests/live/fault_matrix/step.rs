//! What the engine is at when something goes wrong: how it is brought there, by which line that is known, and what both
//! sides have to hold in the end.

use journeys::{Held, Lone};
use waxwing_testkit::{Stage, address, letters};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    SignIn,
    Select,
    Headers,
    Body,
    Append,
    Store,
    Copy,
    Move,
    Expunge,
    Rename,
    Idle,
}

pub const STEPS: [Step; 11] = [
    Step::SignIn,
    Step::Select,
    Step::Headers,
    Step::Body,
    Step::Append,
    Step::Store,
    Step::Copy,
    Step::Move,
    Step::Expunge,
    Step::Rename,
    Step::Idle,
];

impl Step {
    /// What the client says at this step, and what a Dovecot answers when it is done.
    pub fn lines(self) -> (&'static str, &'static str) {
        match self {
            Self::SignIn => ("AUTHENTICATE", "Logged in"),
            Self::Select => (" SELECT ", "Select completed"),
            Self::Headers => ("HEADER.FIELDS", "Fetch completed"),
            // In the middle of a body: what came until then is not a letter.
            Self::Body => ("BODY.PEEK[])", "Good morning."),
            Self::Append => (" APPEND ", "Append completed"),
            Self::Store => (" STORE ", "Store completed"),
            Self::Copy => (" COPY ", "Copy completed"),
            Self::Move => (" MOVE ", "Move completed"),
            Self::Expunge => (" EXPUNGE ", "Expunge completed"),
            Self::Rename => (" RENAME ", "Rename completed"),
            Self::Idle => (" IDLE", "+ idling"),
        }
    }

    /// Whether the server is asked to change something there, which it may refuse for good.
    pub fn changes(self) -> bool {
        matches!(
            self,
            Self::Append | Self::Store | Self::Copy | Self::Move | Self::Expunge | Self::Rename
        )
    }

    /// Brings the engine to just before the step. What has to be there for it is there, on both sides.
    pub fn prepare(self, lone: &mut Lone) {
        if matches!(self, Self::SignIn | Self::Select | Self::Headers | Self::Body) {
            return;
        }
        in_step(lone);
        match self {
            Self::Append => {
                assert!(lone.ask("begin-send Departure").concat().starts_with("queued"));
                let sent = lone.ask("finish-send").concat();
                assert!(sent.starts_with("Sent"), "{sent}");
            }
            Self::Store => assert_eq!(lone.ask("act flag Buoy"), ["done"]),
            Self::Copy | Self::Move => assert_eq!(lone.ask("act archive Buoy"), ["done"]),
            Self::Expunge => {
                assert_eq!(lone.ask("act delete Compass"), ["done"]);
                in_step(lone);
                assert_eq!(lone.ask("act delete Compass"), ["done"]);
            }
            Self::Rename => assert_eq!(lone.ask("act rename Charts"), ["done"]),
            _ => {}
        }
    }

    /// What both sides hold when it was done, or when it was refused and taken back.
    pub fn outcome(self, done: bool) -> Vec<Held> {
        let held = |folder: &str, subject: &str, flagged: bool| Held {
            folder: folder.to_owned(),
            subject: subject.to_owned(),
            flagged,
        };
        let mut all = vec![held("INBOX", "Anchor", false)];
        all.push(match self {
            Self::Store => held("INBOX", "Buoy", done),
            Self::Copy | Self::Move if done => held("Archive", "Buoy", false),
            _ => held("INBOX", "Buoy", false),
        });
        match self {
            Self::Expunge if done => {}
            Self::Expunge => all.push(held("Trash", "Compass", false)),
            _ => all.push(held("INBOX", "Compass", false)),
        }
        all.push(match self {
            Self::Rename if done => held("Maps", "Depths", false),
            _ => held("Charts", "Depths", false),
        });
        match self {
            Self::Append if done => all.push(held("Sent", "Departure", false)),
            Self::Idle => all.push(held("INBOX", "Dinghy", false)),
            _ => {}
        }
        all.sort();
        all
    }
}

fn in_step(lone: &mut Lone) {
    assert_eq!(lone.ask("sync"), Vec::<String>::new(), "a good start");
}

/// The mail before anything goes wrong.
pub fn lay_out(stage: &Stage) {
    let user = address("lena");
    let dovecot = &stage.dovecot;
    dovecot
        .doveadm(&["expunge", "-u", &user, "mailbox", "*", "all"])
        .expect("the mailboxes can be emptied");
    for folder in ["Charts", "Maps"] {
        // It may not be there.
        let _ = dovecot.doveadm(&["mailbox", "delete", "-u", &user, "-s", folder]);
    }
    dovecot
        .doveadm(&["mailbox", "create", "-u", &user, "-s", "Charts"])
        .expect("a folder can be made");
    for (folder, subject) in [
        ("INBOX", "Anchor"),
        ("INBOX", "Buoy"),
        ("INBOX", "Compass"),
        ("Charts", "Depths"),
    ] {
        deliver(stage, folder, subject);
    }
}

pub fn deliver(stage: &Stage, folder: &str, subject: &str) {
    let raw = letters::simple("amara@waxwing.test", &address("lena"), subject, "Good morning.");
    stage
        .dovecot
        .deliver("lena", folder, &raw)
        .expect("the letter is delivered");
}
