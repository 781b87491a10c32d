//! Selecting a mailbox (RFC 9051, section 6.3.2), and what is learned of it by that.

use super::Session;
use super::command::Command;
use super::response::Condition;
use super::session::Chosen;
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
}

const DOING: &str = "opening a folder";

impl Session {
    /// Selects, also when it is selected already: the numbers are as of now.
    pub async fn select(&mut self, path: &str) -> Result<Selected, RemoteError> {
        // A SELECT that fails leaves nothing selected (RFC 9051, section 6.3.2).
        self.selected = None;
        let mut command = Command::new(DOING, "SELECT").string(path)?;
        if self.capabilities.condstore {
            command = command.text(" (CONDSTORE)");
        }
        let mut selected = Selected::default();
        let mut uid_next = None;
        let mut permanent = None;
        let condition = self
            .exchange
            .run(command, &mut |data| {
                if data.is("EXISTS") {
                    selected.exists = data.number.unwrap_or(0);
                    return true;
                }
                let Some(condition) = data.condition() else {
                    return data.is("FLAGS") || data.is("RECENT");
                };
                match condition.code.as_str() {
                    "UIDVALIDITY" => selected.uid_validity = condition.arguments.parse().unwrap_or(0),
                    "UIDNEXT" => uid_next = condition.arguments.parse().ok(),
                    // Some servers write it as a fraction; then it is of no use.
                    "HIGHESTMODSEQ" => selected.highest_modseq = condition.arguments.parse().ok(),
                    "PERMANENTFLAGS" => permanent = Some(permanent_flags(&condition)),
                    _ => return false,
                }
                true
            })
            .await?;
        selected.read_only = condition.code == "READ-ONLY";
        selected.permanent_keywords = permanent
            .as_ref()
            .is_none_or(|flags: &Vec<String>| flags.iter().any(|flag| flag == "\\*"));
        self.exchange.news.begin_mailbox(selected.exists);
        self.selected = Some(Chosen {
            path: path.to_owned(),
            read_only: selected.read_only,
            any_keyword: selected.permanent_keywords,
            permanent,
        });
        selected.uid_next = match uid_next {
            Some(uid_next) => uid_next,
            None => self.guess_uid_next(selected.exists).await?,
        };
        Ok(selected)
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

fn permanent_flags(condition: &Condition) -> Vec<String> {
    let inner = condition.arguments.trim_start_matches('(').trim_end_matches(')');
    inner
        .split_ascii_whitespace()
        .map(str::to_ascii_lowercase)
        .collect()
}
