//! An account is saved whole: its row, its folders and its sealed passwords in one transaction.

use waxwing_model::{AccountId, NewAccount, Protocol, Role, Trouble};
use waxwing_store::{NewMailbox, StoreError, Writing};

use super::check::tidy;
use super::credentials::{Door, write_sealing};
use super::{AccountForm, LOCAL_FOLDERS};
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::oauth::seal_grant;

/// Whether the servers are asked before the account is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Servers,
    Nobody,
}

impl Engine {
    /// Signs in to both servers, saves the account, and begins to fetch its mail.
    pub async fn add_account(&self, form: AccountForm) -> Result<AccountId, Trouble> {
        self.add(form, Asking::Servers).await
    }

    /// Saves the account without asking its servers.
    pub async fn add_account_unchecked(&self, form: AccountForm) -> Result<AccountId, Trouble> {
        self.add(form, Asking::Nobody).await
    }

    async fn add(&self, mut form: AccountForm, asking: Asking) -> Result<AccountId, Trouble> {
        form.email = form.email.trim().to_owned();
        form.incoming = tidy(&form.incoming, &form.email);
        form.outgoing = tidy(&form.outgoing, &form.email);
        form.validate().map_err(|error| error.trouble())?;
        form.settle_methods();
        if asking == Asking::Servers {
            let checked = self.check_account(&form).await?;
            if let Some(trouble) = checked.hindrance() {
                return Err(trouble.clone());
            }
            form.accepted = checked.accepted;
        }
        let signed_in = [form.signed_in, form.outgoing_signed_in];
        let account = self.save(form).await.map_err(|error| error.trouble())?;
        for signed_in in signed_in.into_iter().flatten() {
            self.give_up_sign_in(signed_in);
        }
        if asking == Asking::Servers {
            self.run_account(account);
        }
        Ok(account)
    }

    async fn save(&self, form: AccountForm) -> Result<AccountId> {
        let grants = self.grants_for(&form)?;
        let inner = self.inner.clone();
        blocking(move || {
            write_sealing(&inner, |writing, seal| {
                let account = writing.insert_account(&NewAccount {
                    email: form.email.clone(),
                    name: form.name.trim().to_owned(),
                    protocol: form.protocol,
                    incoming: Some(form.incoming.clone()),
                    outgoing: Some(form.outgoing.clone()),
                    retention: form.retention,
                    keeping: form.keeping,
                    extra_ca: form.extra_ca.clone(),
                    demo: false,
                })?;
                for exception in &form.accepted {
                    writing.put_certificate_exception(account, exception)?;
                }
                if form.protocol == Protocol::Pop3 {
                    insert_local_folders(writing, account)?;
                }
                match (&form.outgoing_password, &grants.outgoing) {
                    (Some(password), _) => seal.keep(writing, account, Door::Outgoing.into(), password)?,
                    (None, Some(grant)) => seal_grant(writing, seal, (account, Door::Outgoing), grant)?,
                    (None, None) => {}
                }
                match &grants.incoming {
                    Some(grant) => seal_grant(writing, seal, (account, Door::Incoming), grant)?,
                    None => seal.keep(writing, account, Door::Incoming.into(), &form.password)?,
                }
                Ok(account)
            })
        })
        .await?
    }
}

pub(super) fn insert_local_folders(writing: &mut Writing<'_>, account: AccountId) -> Result<(), StoreError> {
    insert_folders(writing, account, &LOCAL_FOLDERS)
}

pub(crate) fn insert_folders(
    writing: &mut Writing<'_>,
    account: AccountId,
    folders: &[(Role, &str)],
) -> Result<(), StoreError> {
    for (role, name) in folders {
        writing.insert_mailbox(&NewMailbox {
            account,
            parent: None,
            name: (*name).to_owned(),
            role: Some(*role),
            selectable: true,
            path: None,
            delimiter: None,
        })?;
    }
    Ok(())
}
