//! The change itself. Until its transaction nothing is different, whatever happens to the program; after it everything is.

use waxwing_model::{
    Account, AccountId, Authentication, CertificateException, Keeping, Protocol, ServerSettings,
};
use waxwing_remote::discover::Wishes;
use waxwing_store::Writing;

use super::become_imap::{Became, become_imap};
use super::become_pop3::{become_pop3, looks};
use super::plan::{Look, look, pop3_plan};
use super::{ProtocolChange, ProtocolChanged, ProtocolPlan, ProtocolServer};
use crate::accounts::certificates::drop_idle_exceptions;
use crate::accounts::check::{tidy, validate_server};
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};
use crate::operations::{Refusal, transact};
use crate::sync::report::SyncScope;
use crate::sync::{ImapWorker, Step, pop3};

/// How often something is begun anew, since something else came in between, before that is given up.
const TRIES: usize = 2;

/// Nothing else works on the account while this lives. It goes on as it did when this is dropped.
struct Alone {
    engine: Engine,
    account: AccountId,
    /// Its tasks were ended for it.
    ran: bool,
}

impl Alone {
    fn with(engine: &Engine, account: &Account) -> Result<Self> {
        if !locked(&engine.inner.changing).insert(account.id) {
            return Err(EngineError::Invalid(format!(
                "{} is being changed already",
                account.email
            )));
        }
        Ok(Self {
            engine: engine.clone(),
            account: account.id,
            ran: false,
        })
    }

    async fn stop_tasks(&mut self) {
        let runner = locked(&self.engine.inner.runners).remove(&self.account);
        if let Some(runner) = runner {
            self.ran = true;
            runner.stop().await;
        }
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        locked(&self.engine.inner.changing).remove(&self.account);
        if self.ran {
            self.engine.run_account(self.account);
        }
    }
}

impl Engine {
    /// The server of the other protocol, as far as it can be found out from the address.
    pub async fn protocol_server(&self, account: AccountId, to: Protocol) -> Result<Option<ProtocolServer>> {
        let account = self.account(account).await?;
        let found = self.discover(&account.email, &Wishes::default()).await?;
        let found = match to {
            Protocol::Imap => found.imap,
            Protocol::Pop3 => found.pop3,
            Protocol::Local => None,
        };
        Ok(found.map(|found| ProtocolServer {
            strange: found.is_strange(),
            registered: found.registered,
            settings: ServerSettings {
                host: found.host,
                port: found.port,
                security: found.security,
                username: found.username,
                authentication: method(&account),
            },
        }))
    }

    /// Letters that have still to be put on the account's server.
    pub async fn uploads_waiting(&self, account: AccountId) -> Result<u32> {
        self.read(move |reading| reading.uploads_waiting(account)).await
    }

    /// Makes it an account of the other protocol.
    pub async fn change_protocol(&self, change: &ProtocolChange) -> Result<ProtocolChanged> {
        let (account, change) = self.checked_change(change).await?;
        let before = self.activity(account.id);
        let mut alone = Alone::with(self, &account)?;
        let changed = match change.to {
            Protocol::Imap => self.to_imap(&account, change, &mut alone).await,
            _ => self.to_pop3(&account, change, &mut alone).await,
        };
        let ran = alone.ran;
        if changed.is_err() {
            // Nothing is being looked at any more.
            self.set_activity(account.id, before);
        }
        drop(alone);
        if changed.is_ok() && ran {
            // Local folders may have been made.
            self.start().await?;
        }
        changed
    }

    async fn to_imap(
        &self,
        account: &Account,
        change: ProtocolChange,
        alone: &mut Alone,
    ) -> Result<ProtocolChanged> {
        let mut tries = 0;
        // No letter may come by POP3 that the look has not seen: it would be taken for one that is only here.
        let (_held, look) = loop {
            let held = pop3::hold(self, account).await?;
            let look = look(self, account, &change).await?;
            if look.in_part.is_empty() {
                break (held, look);
            }
            drop(held);
            tries += 1;
            self.bring_whole(&look, tries).await?;
        };
        let Look {
            census,
            met,
            plan,
            shown,
            ..
        } = look;
        alone.stop_tasks().await;
        let store = self.inner.store.clone();
        let Became {
            both,
            uploading,
            kept,
        } = blocking(move || {
            transact(&store, |writing| {
                let became = become_imap(writing, &change, &census, &met)?;
                keep_accepted(writing, change.account, shown.as_ref())?;
                Ok(became)
            })
        })
        .await??;
        self.forget_activity(account.id);
        Ok(ProtocolChanged {
            plan: ProtocolPlan::Imap(super::ImapPlan { both, ..plan }),
            uploading,
            kept,
        })
    }

    /// Letters that stand only here and of which the rest waits in the maildrop.
    async fn bring_whole(&self, look: &Look, tries: usize) -> Result<()> {
        if tries >= TRIES {
            return Err(EngineError::Invalid(format!(
                "of {} letters only the header is here, and the rest cannot be brought",
                look.in_part.len()
            )));
        }
        for email in &look.in_part {
            self.raw(*email).await?;
        }
        Ok(())
    }

    async fn to_pop3(
        &self,
        account: &Account,
        change: ProtocolChange,
        alone: &mut Alone,
    ) -> Result<ProtocolChanged> {
        // It signs in, before anything is begun.
        let (plan, shown) = pop3_plan(self, account, &change).await?;
        alone.stop_tasks().await;
        let id = account.id;
        for _ in 0..TRIES {
            self.bring_everything(account).await?;
            // What the person did meanwhile has to be told too.
            if !self.has_pending_operations(id).await? {
                break;
            }
        }
        let mut letters = self.read(move |reading| reading.letters_of(id)).await?;
        letters = self
            .read(move |reading| {
                let (mut inbox, mut others) = (Vec::new(), Vec::new());
                for email in letters {
                    match super::become_pop3::is_in_inbox(reading, email)? {
                        true => inbox.push(email),
                        false => others.push(email),
                    }
                }
                inbox.extend(others);
                Ok(inbox)
            })
            .await?;
        let looks = looks(self, letters, &self.tell_look(account)).await?;
        let store = self.inner.store.clone();
        blocking(move || {
            transact(&store, |writing| {
                become_pop3(writing, &change, &looks)?;
                keep_accepted(writing, change.account, shown.as_ref())
            })
        })
        .await??;
        self.forget_activity(account.id);
        Ok(ProtocolChanged {
            plan: ProtocolPlan::Pop3(plan),
            uploading: 0,
            kept: 0,
        })
    }

    /// Empties the journal, and fetches every letter whole, whatever the account's wishes are otherwise.
    async fn bring_everything(&self, account: &Account) -> Result<()> {
        let mut all = account.clone();
        (all.keeping, all.paused) = (Keeping::default(), false);
        let mut worker = ImapWorker::connect(self, &all, SyncScope::Everything).await?;
        worker.want_everything();
        loop {
            match worker.step().await? {
                Step::Worked => {}
                Step::Waiting => worker.wait_for_bearers().await?,
                Step::Rested => break,
            }
        }
        let complaints = worker.take_complaints();
        worker.leave().await;
        match complaints.into_iter().next() {
            // Something of the account was not seen.
            Some(complaint) => Err(EngineError::Invalid(complaint)),
            None => Ok(()),
        }
    }

    /// The change with its blanks filled in, if it makes sense.
    pub(super) async fn checked_change(&self, change: &ProtocolChange) -> Result<(Account, ProtocolChange)> {
        let account = self.account(change.account).await?;
        let name = account.email.clone();
        match (account.protocol, change.to) {
            _ if account.demo => Err(EngineError::Invalid(format!("{name} has no server"))),
            (Protocol::Local, _) | (_, Protocol::Local) => {
                Err(EngineError::Invalid(format!("{name} has no server to change to")))
            }
            (Protocol::Imap, Protocol::Imap) => {
                Err(EngineError::Invalid(format!("{name} is an IMAP account already")))
            }
            (Protocol::Pop3, Protocol::Pop3) => {
                Err(EngineError::Invalid(format!("{name} is a POP3 account already")))
            }
            _ => Ok(()),
        }?;
        let mut change = change.clone();
        if change.server.username.trim().is_empty()
            && let Some(before) = &account.incoming
        {
            change.server.username.clone_from(&before.username);
        }
        change.server = tidy(&change.server, &account.email);
        if change.local_folders.trim().is_empty() {
            change.local_folders = crate::operations::keep_here::LOCAL.to_owned();
        }
        validate_server(&change.server, "receives", change.allow_plain)?;
        Ok((account, change))
    }
}

/// What the person has accepted of the new server, which goes in with it; of the old one nothing is accepted any more.
fn keep_accepted(
    writing: &mut Writing<'_>,
    account: AccountId,
    shown: Option<&CertificateException>,
) -> Result<(), Refusal> {
    if let Some(shown) = shown {
        writing.put_certificate_exception(account, shown)?;
    }
    Ok(drop_idle_exceptions(writing, account)?)
}

/// How the account signs in, as far as the other protocol has it too.
fn method(account: &Account) -> Authentication {
    match account.incoming.as_ref().map(|server| server.authentication) {
        None | Some(Authentication::Apop) => Authentication::Auto,
        Some(method) => method,
    }
}
