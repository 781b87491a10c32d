//! Making, renaming and deleting mailboxes, and subscribing to them (RFC 9051, sections 6.3.4 to 6.3.8).
//!
//! Paths are as they stand on the wire; see [`Session::encode_path`].

use waxwing_model::Role;

use super::Session;
use super::command::Command;
use crate::RemoteError;

impl Session {
    pub async fn create(&mut self, path: &str) -> Result<(), RemoteError> {
        let names = self.exchange.news.names();
        self.plain(Command::new("making a folder", "CREATE").path(path, names)?)
            .await
    }

    /// The same, and where the server can be told, it is told what the mailbox is for (CREATE-SPECIAL-USE, RFC 6154,
    /// section 3).
    pub async fn create_for(&mut self, path: &str, role: Role) -> Result<(), RemoteError> {
        let attribute = match role {
            Role::Drafts => "\\Drafts",
            Role::Sent => "\\Sent",
            Role::Archive => "\\Archive",
            Role::Junk => "\\Junk",
            Role::Trash => "\\Trash",
            Role::All => "\\All",
            Role::Inbox => return self.create(path).await,
        };
        if self.capabilities.has("CREATE-SPECIAL-USE") {
            let names = self.exchange.news.names();
            let command = Command::new("making a folder", "CREATE")
                .path(path, names)?
                .text(&format!(" (USE ({attribute}))"));
            match self.plain(command).await {
                // [USEATTR]: the server has the use and not for this mailbox. A folder without it is better than none.
                Err(RemoteError::Refused { .. }) => {}
                outcome => return outcome,
            }
        }
        self.create(path).await
    }

    /// The mailboxes below it go along.
    pub async fn rename(&mut self, from: &str, to: &str) -> Result<(), RemoteError> {
        self.step_out_of(from).await?;
        let names = self.exchange.news.names();
        self.plain(
            Command::new("renaming a folder", "RENAME")
                .path(from, names)?
                .path(to, names)?,
        )
        .await
    }

    /// With all messages in it.
    pub async fn delete(&mut self, path: &str) -> Result<(), RemoteError> {
        self.step_out_of(path).await?;
        let names = self.exchange.news.names();
        self.plain(Command::new("deleting a folder", "DELETE").path(path, names)?)
            .await
    }

    pub async fn subscribe(&mut self, path: &str) -> Result<(), RemoteError> {
        let names = self.exchange.news.names();
        self.plain(Command::new("subscribing to a folder", "SUBSCRIBE").path(path, names)?)
            .await
    }

    pub async fn unsubscribe(&mut self, path: &str) -> Result<(), RemoteError> {
        let names = self.exchange.news.names();
        self.plain(Command::new("unsubscribing from a folder", "UNSUBSCRIBE").path(path, names)?)
            .await
    }

    /// Some servers hang up when the selected mailbox goes. CLOSE would expunge, so without UNSELECT (RFC 3691)
    /// it is forgotten on our side only.
    async fn step_out_of(&mut self, path: &str) -> Result<(), RemoteError> {
        if self.selected() != Some(path) {
            return Ok(());
        }
        self.selected = None;
        if self.capabilities.has("UNSELECT") {
            self.plain(Command::new("leaving a folder", "UNSELECT")).await?;
        }
        Ok(())
    }

    async fn plain(&mut self, command: Command<'_>) -> Result<(), RemoteError> {
        self.exchange
            .run(command.laborious(), &mut |_| false)
            .await
            .map(drop)
    }
}
