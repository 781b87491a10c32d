//! The connection to a server for sending, kept from one letter to the next while there are any.

use waxwing_model::ServerSettings;
use waxwing_remote::smtp::Session;

#[derive(Debug, Default)]
pub(super) struct Line {
    open: Option<(ServerSettings, Session)>,
}

impl Line {
    /// The connection to this server, if it is the one that is open. One to another server is ended.
    pub(super) fn take(&mut self, server: &ServerSettings) -> Option<Session> {
        let (to, session) = self.open.take()?;
        if to == *server {
            return Some(session);
        }
        hang_up(session);
        None
    }

    /// Keeps a connection that can be used again.
    pub(super) fn put(&mut self, server: &ServerSettings, session: Session) {
        if session.is_usable() {
            self.open = Some((server.clone(), session));
        }
    }

    pub(super) fn end(self) {
        if let Some((_, session)) = self.open {
            hang_up(session);
        }
    }
}

/// Nobody waits for a farewell: what becomes of the letters is written down already.
fn hang_up(session: Session) {
    tokio::spawn(session.leave());
}
