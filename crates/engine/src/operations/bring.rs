//! Letters of a maildrop of which only the header is here, and that are to go to another place of this computer: they are brought
//! whole first, since a place of this computer cannot bring them later.

use waxwing_model::{Body, EmailId, Protocol};
use waxwing_store::{Reading, StoreError};

use super::Action;
use crate::engine::Engine;
use crate::error::Result;

impl Engine {
    pub(super) async fn bring_first(&self, action: &Action) -> Result<()> {
        let (emails, to, stays) = match action {
            Action::Move { emails, to } => (emails.clone(), *to, false),
            Action::Copy { emails, to } => (emails.clone(), *to, true),
            _ => return Ok(()),
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
        for email in absent {
            self.raw(email).await?;
        }
        Ok(())
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
