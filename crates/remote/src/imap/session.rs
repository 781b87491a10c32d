//! A session: signed in, with at most one mailbox selected. What it does stands in the files beside this one.

use super::capabilities::Capabilities;
use super::command::Command;
use super::exchange::Exchange;
use super::path;
use super::root::Namespaces;
use crate::RemoteError;

/// One session with one server. After an error of the connection (closed, timed out, protocol, limit), and after a
/// call whose future was dropped half way, every further call ends in [`RemoteError::Closed`].
#[derive(Debug)]
pub struct Session {
    pub(super) exchange: Exchange,
    pub(super) capabilities: Capabilities,
    pub(super) selected: Option<Chosen>,
    pub(super) namespaces: Option<Namespaces>,
}

/// The selected mailbox, and what its flags allow.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) path: String,
    pub(super) uid_validity: u32,
    pub(super) read_only: bool,
    /// Whether keywords of one's own can be kept (`\*` in PERMANENTFLAGS).
    pub(super) any_keyword: bool,
    /// In lower case; `None` when the server did not say, which means all (RFC 9051, section 7.1).
    pub(super) permanent: Option<Vec<String>>,
}

impl Session {
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// The path of the selected mailbox.
    pub fn selected(&self) -> Option<&str> {
        self.selected.as_ref().map(|chosen| chosen.path.as_str())
    }

    /// The UIDVALIDITY of the selected mailbox, as of when it was selected.
    pub fn uid_validity(&self) -> Option<u32> {
        self.selected.as_ref().map(|chosen| chosen.uid_validity)
    }

    /// The path of a mailbox from the names that people gave, outermost first, in modified UTF-7.
    pub fn encode_path(parts: &[&str], delimiter: Option<char>) -> String {
        path::encode_path(parts, delimiter)
    }

    /// Whether something changed in the selected mailbox, told now or since it was last asked.
    pub async fn noop(&mut self) -> Result<bool, RemoteError> {
        self.look_up().await?;
        Ok(self.exchange.news.take_changed())
    }

    pub(super) async fn look_up(&mut self) -> Result<(), RemoteError> {
        self.exchange
            .run(Command::new("asking for news", "NOOP"), &mut |_| false)
            .await
            .map(drop)
    }

    /// Says goodbye. Whether the server hears it does not matter.
    pub async fn logout(mut self) {
        self.exchange.leave();
        let goodbye = async {
            self.exchange
                .attempt(Command::new("signing out", "LOGOUT"), &mut |_| true)
                .await
        };
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), goodbye).await;
    }

    /// Whether both sides compress (RFC 4978).
    pub fn is_compressed(&self) -> bool {
        self.exchange.compressed
    }

    /// Bytes both ways, before encryption and compression.
    pub fn bytes(&self) -> u64 {
        self.exchange.bytes()
    }

    /// How often an answer was waited for.
    pub fn round_trips(&self) -> u64 {
        self.exchange.round_trips()
    }
}
