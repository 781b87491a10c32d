//! Letters of a maildrop of which only the header is here, and that are to go to another place of this computer: they are brought
//! whole first, since a place of this computer cannot bring them later.

use waxwing_model::{Body, EmailId, Protocol};
use waxwing_store::{Reading, StoreError};

use super::Action;
use super::runs::Running;
use crate::engine::Engine;
use crate::error::Result;

impl Engine {
    /// `false`: somebody has stopped what they are brought for, between two of them.
    pub(super) async fn bring_first(&self, action: &Action, run: Option<&Running>) -> Result<bool> {
        let (emails, to, stays) = match action {
            Action::Move { emails, to } => (emails.clone(), *to, false),
            Action::Copy { emails, to } => (emails.clone(), *to, true),
            _ => return Ok(true),
        };
        let absent = self
            .read(move |reading| {
                let Some(target) = reading.mailbox(to)? else {
                    return Ok(Vec::new());
                };
                if protocol(reading, target.account)? == Protocol::Imap {
                    return Ok(Vec::new());
                }
                let mut absent: Vec<EmailId> = Vec::new();
                for email in reading.emails(&emails)? {
                    let leaves = stays || email.account != target.account;
                    if leaves
                        && email.body != Body::Complete
                        && protocol(reading, email.account)? == Protocol::Pop3
                    {
                        absent.push(email.id);
                    }
                }
                Ok(absent)
            })
            .await?;
        let is_stopped = || run.is_some_and(Running::is_stopped);
        for email in absent {
            if is_stopped() {
                return Ok(false);
            }
            match self.raw(email).await {
                Ok(_) => {}
                // Nobody waits for it any more.
                Err(_) if is_stopped() => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(!is_stopped())
    }
}

fn protocol(
    reading: &Reading<'_>,
    account: waxwing_model::AccountId,
) -> std::result::Result<Protocol, StoreError> {
    Ok(reading
        .account(account)?
        .map_or(Protocol::Local, |account| account.protocol))
}
