//! What a search needs to know of the store before it begins. Mailboxes and accounts are read only where more than words is looked
//! for: the index answers words by itself.

use waxwing_model::{Account, Mailbox};

use super::condition::Known;
use super::expression::expression;
use super::query::Node;
use super::volumes::Volume;
use crate::{Reading, StoreError};

#[derive(Default)]
pub(crate) struct Way {
    pub mailboxes: Vec<Mailbox>,
    pub accounts: Vec<Account>,
    pub volumes: Vec<Volume>,
}

impl Way {
    pub fn known(&self, volumes: Vec<i64>) -> Known<'_> {
        Known {
            mailboxes: &self.mailboxes,
            accounts: &self.accounts,
            volumes,
            damaged: Vec::new(),
        }
    }
}

impl Reading<'_> {
    /// What a search for this needs.
    pub(super) fn way(&self, node: &Node) -> Result<Way, StoreError> {
        let volumes = self.volumes()?;
        if expression(node).is_some() {
            return Ok(Way {
                volumes,
                ..Way::default()
            });
        }
        Ok(Way {
            mailboxes: self.mailboxes(None)?,
            accounts: self.accounts()?,
            volumes,
        })
    }
}
