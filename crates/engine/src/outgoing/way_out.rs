//! By which server a letter goes, and whether it has to wait for a moment that the person chose.

use waxwing_model::{Account, Authentication, ServerSettings, Submission, Timestamp};
use waxwing_remote::smtp::Session;

use crate::accounts::credentials::Door;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::Result;

/// Nobody is asked to keep a letter for less.
const ABOUT_NOW: Timestamp = 60_000;

/// Whether a letter has to wait for the moment that the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// It has come, or none was chosen.
    Over,
    /// Its server may keep it until then.
    Ask(Timestamp),
    /// This computer keeps it.
    Here,
}

pub(super) fn hold(submission: &Submission) -> Hold {
    match submission.wishes.hold_until {
        Some(until) if until <= now() => Hold::Over,
        Some(until) if submission.holder.is_none() && until > now().saturating_add(ABOUT_NOW) => {
            Hold::Ask(until)
        }
        Some(_) => Hold::Here,
        None => Hold::Over,
    }
}

impl Engine {
    /// Where a letter goes from, and whose password opens that. `None`: it stays on this computer.
    pub(super) async fn way_out(
        &self,
        account: &Account,
        submission: &Submission,
    ) -> Result<Option<(ServerSettings, Door)>> {
        let identity = match submission.wishes.identity {
            Some(identity) => self.read(move |reading| reading.identity(identity)).await?,
            None => None,
        };
        let own = identity.and_then(|identity| Some((identity.outgoing?, Door::Identity(identity.id))));
        Ok(own.or_else(|| account.outgoing.clone().map(|server| (server, Door::Outgoing))))
    }

    pub(super) async fn open_line(
        &self,
        account: &Account,
        server: &ServerSettings,
        door: Door,
    ) -> Result<Session> {
        let trust = self.trust(account).await?;
        if server.authentication == Authentication::None {
            return Ok(Session::open(server, None, &trust).await?);
        }
        let trust = &trust;
        self.signed_in(account.id, server, door, |credentials| async move {
            Session::open(server, Some(&credentials), trust).await
        })
        .await
    }
}
