//! The words that a script is written in. They are played by `player.rs`.

use std::time::Duration;

/// What a server does, from the greeting to the end of one connection. When the script is over, it hangs up.
#[derive(Debug, Clone, Default)]
pub struct Script {
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Say(Vec<u8>),
    Hear(String),
    Reply(String),
    StartTls,
    Pause(Duration),
    Silence,
    HangUp,
    Reset,
    Serve(Vec<(String, Answer)>),
}

/// What the server does about a line that it was prepared for.
#[derive(Debug, Clone)]
pub enum Answer {
    /// It says this. `{tag}` stands for the first word of the line that was heard (IMAP's tag). CRLF is added.
    Say(String),
    /// It says this and reads lines until a lone dot, then answers again (SMTP's DATA).
    Data(String, Box<Answer>),
    /// It says nothing.
    Nothing,
    /// It hangs up.
    HangUp,
    /// It resets the connection.
    Reset,
    /// It says this and hangs up.
    Last(String),
}

impl Script {
    /// A script in which nothing happens yet.
    pub fn new() -> Script {
        Script::default()
    }

    /// Says a line. CRLF is added.
    #[must_use]
    pub fn say(self, line: &str) -> Script {
        self.bytes(format!("{line}\r\n").as_bytes())
    }

    /// Says bytes as they are.
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Script {
        self.then(Step::Say(bytes.to_vec()))
    }

    /// Waits for a line that contains this text, without regard to case. Any other line ends the script.
    #[must_use]
    pub fn hear(self, text: &str) -> Script {
        self.then(Step::Hear(text.to_owned()))
    }

    /// Answers the line heard last, under its tag: `OK done` becomes `a1 OK done`.
    #[must_use]
    pub fn reply(self, text: &str) -> Script {
        self.then(Step::Reply(text.to_owned()))
    }

    /// Begins TLS as a server.
    #[must_use]
    pub fn start_tls(self) -> Script {
        self.then(Step::StartTls)
    }

    /// Does nothing for a while.
    #[must_use]
    pub fn pause(self, time: Duration) -> Script {
        self.then(Step::Pause(time))
    }

    /// Keeps the connection and never says anything again.
    #[must_use]
    pub fn silence(self) -> Script {
        self.then(Step::Silence)
    }

    /// Closes the connection.
    #[must_use]
    pub fn hang_up(self) -> Script {
        self.then(Step::HangUp)
    }

    /// Resets the connection.
    #[must_use]
    pub fn reset(self) -> Script {
        self.then(Step::Reset)
    }

    /// From here on answers whatever comes, by the first entry whose text is in the line, without regard to case.
    /// A line that nothing was prepared for ends the script and counts as a problem.
    #[must_use]
    pub fn serve<T: Into<String>>(self, answers: impl IntoIterator<Item = (T, Answer)>) -> Script {
        self.then(Step::Serve(
            answers
                .into_iter()
                .map(|(text, answer)| (text.into(), answer))
                .collect(),
        ))
    }

    fn then(mut self, step: Step) -> Script {
        self.steps.push(step);
        self
    }
}

impl Answer {
    /// Says this.
    pub fn say(text: &str) -> Answer {
        Answer::Say(text.to_owned())
    }

    /// Says `first`, reads up to a lone dot, and then gives the other answer.
    pub fn data(first: &str, then: Answer) -> Answer {
        Answer::Data(first.to_owned(), Box::new(then))
    }
}
