//! Selecting a mailbox (RFC 9051, section 6.3.2), and what is learned of it by that. What happened in it since an
//! earlier time is heard in `resync`.

use super::command::Command;
use super::response::{Condition, Data, State};
use super::resync::Earlier;
use super::session::Chosen;
use super::status::modseq;
use super::{Session, identity};
use crate::RemoteError;

/// A mailbox as it stood when it was selected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// 0 where the server does not say; one that says 0 exists as well.
    pub uid_validity: u32,
    pub uid_next: u32,
    /// Messages, those marked `\Deleted` among them.
    pub exists: u32,
    /// `None` where modification sequences are not kept (RFC 7162).
    pub highest_modseq: Option<u64>,
    /// Whether keywords of one's own can be kept.
    pub permanent_keywords: bool,
    pub read_only: bool,
    /// What the server calls the mailbox, whatever its name is (MAILBOXID, RFC 8474, section 4.2).
    pub identity: Option<String>,
}

const DOING: &str = "opening a folder";

/// What is heard while a mailbox is being selected.
#[derive(Debug, Default)]
struct Heard {
    selected: Selected,
    uid_next: Option<u32>,
    permanent: Option<Vec<String>>,
}

impl Session {
    /// Selects, also when it is selected already: the numbers are as of now.
    pub async fn select(&mut self, path: &str) -> Result<Selected, RemoteError> {
        let parameter = if self.capabilities.condstore {
            " (CONDSTORE)"
        } else {
            ""
        };
        let answer = self.select_with(path, parameter, &mut Earlier::default()).await?;
        answer
            .map(|(selected, _)| selected)
            .ok_or_else(|| RemoteError::refused(DOING, "the server does not understand the command"))
    }

    /// Selects with a parameter. `None`: the server does not understand it. The truth value tells whether what was
    /// heard of earlier times is of this mailbox.
    pub(super) async fn select_with(
        &mut self,
        path: &str,
        parameter: &str,
        earlier: &mut Earlier,
    ) -> Result<Option<(Selected, bool)>, RemoteError> {
        // A SELECT that fails leaves nothing selected (RFC 9051, section 6.3.2).
        let was_open = self.selected.take().is_some();
        let qresync = self.exchange.news.qresync();
        let asked = parameter.contains("QRESYNC");
        let command = Command::new(DOING, "SELECT")
            .path(path, self.exchange.news.names())?
            .text(parameter);
        let mut heard = Heard::default();
        let mut closed = false;
        let condition = self
            .exchange
            .attempt(command, &mut |data| {
                if data
                    .condition()
                    .is_some_and(|condition| condition.code == "CLOSED")
                {
                    // Everything before it was said of the mailbox that was open (RFC 7162, section 3.2.11).
                    closed = true;
                    heard = Heard::default();
                    earlier.forget();
                    return true;
                }
                heard.hear(data) || (asked && earlier.hear(data))
            })
            .await?;
        match condition.state {
            State::Ok => {}
            State::Bad if asked => return Ok(None),
            _ => return Err(condition.failure(DOING)),
        }
        let Heard {
            mut selected,
            uid_next,
            permanent,
        } = heard;
        selected.read_only = condition.code == "READ-ONLY";
        selected.permanent_keywords = permanent
            .as_ref()
            .is_none_or(|flags: &Vec<String>| flags.iter().any(|flag| flag == "\\*"));
        self.exchange.news.begin_mailbox(selected.exists);
        self.selected = Some(Chosen {
            path: path.to_owned(),
            uid_validity: selected.uid_validity,
            read_only: selected.read_only,
            any_keyword: selected.permanent_keywords,
            permanent,
        });
        selected.uid_next = match uid_next {
            Some(uid_next) => uid_next,
            None => self.guess_uid_next(selected.exists).await?,
        };
        // With QRESYNC a server has to say CLOSED between two mailboxes; where it does not, what it said of changes may
        // be of either.
        Ok(Some((selected, closed || !was_open || !qresync)))
    }

    /// Whether anything was told of the selected mailbox since its SELECT.
    pub fn has_news(&self) -> bool {
        self.exchange.news.has_changed()
    }

    /// One more than the UID of the last message: old servers do not tell UIDNEXT.
    async fn guess_uid_next(&mut self, exists: u32) -> Result<u32, RemoteError> {
        if exists == 0 {
            return Ok(1);
        }
        let mut last = 0;
        self.exchange
            .run(Command::new(DOING, "UID FETCH * (UID)"), &mut |data| {
                let fetched = super::fetched::Fetched::read(data);
                last = fetched
                    .as_ref()
                    .and_then(|fetched| fetched.uid)
                    .unwrap_or(0)
                    .max(last);
                fetched.is_some()
            })
            .await?;
        Ok(last.saturating_add(1))
    }
}

impl Heard {
    /// Whether this was said of the mailbox itself.
    fn hear(&mut self, data: &Data<'_>) -> bool {
        if data.is("EXISTS") {
            self.selected.exists = data.number.unwrap_or(0);
            return true;
        }
        let Some(condition) = data.condition() else {
            // IMAP4rev2 names the mailbox here once more (RFC 9051, section 6.3.2).
            return data.is("FLAGS") || data.is("RECENT") || data.is("LIST");
        };
        match condition.code.as_str() {
            "UIDVALIDITY" => self.selected.uid_validity = condition.arguments.parse().unwrap_or(0),
            "UIDNEXT" => self.uid_next = condition.arguments.parse().ok(),
            "HIGHESTMODSEQ" => self.selected.highest_modseq = modseq(&condition.arguments),
            "MAILBOXID" => self.selected.identity = identity::object_id_of(&condition.arguments),
            "NOMODSEQ" => self.selected.highest_modseq = None,
            "PERMANENTFLAGS" => self.permanent = Some(permanent_flags(&condition)),
            _ => return false,
        }
        true
    }
}

fn permanent_flags(condition: &Condition) -> Vec<String> {
    let inner = condition.arguments.trim_start_matches('(').trim_end_matches(')');
    inner
        .split_ascii_whitespace()
        .map(str::to_ascii_lowercase)
        .collect()
}
