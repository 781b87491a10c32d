//! What is still on a POP3 server, for the person to see and to decide: removed there, or brought here once more. What is
//! here is described from here; for the rest the server is asked for headers.

use std::collections::{HashMap, HashSet};

use waxwing_model::{Account, AccountId, Address, Body, EmailId, Protocol, Timestamp};
use waxwing_remote::RemoteError;
use waxwing_remote::pop3::{Expire, Next, Session};
use waxwing_store::KnownUidl;

use super::names::Fresh;
use super::pool::Face;
use super::survey::{Care, Survey};
use super::{arrivals, bodies, connect, hold, leave, removal};
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::sync::report::SyncReport;

/// A maildrop at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Maildrop {
    /// The newest first, as far as the server's order tells.
    pub messages: Vec<OnServer>,
    /// After so many days the server removes messages by itself, if it says so.
    pub expires_after: Option<u32>,
}

/// A message that the server still has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnServer {
    /// Its name for [`Engine::remove_from_server`] and [`Engine::download_again`].
    pub name: String,
    /// In octets, as the server says.
    pub size: u32,
    /// What its header says. Empty where the server does not give headers alone.
    pub subject: String,
    pub from: Vec<Address>,
    /// When it came, or when it was written.
    pub date: Option<Timestamp>,
    pub here: Here,
}

/// Whether we hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Whole(EmailId),
    Header(EmailId),
    /// It was here, and the person deleted it.
    Deleted,
    No,
}

/// A look at the maildrop at which each message has a number.
struct Look {
    session: Session,
    survey: Survey,
    known: HashMap<String, KnownUidl>,
}

impl Engine {
    /// What is still on the server.
    pub async fn still_on_server(&self, account: AccountId) -> Result<Maildrop> {
        let account = self.pop3_account(account).await?;
        let _held = hold(self, &account).await?;
        let mut look = self.look_at_maildrop(&account).await?;
        let expires_after = match look.session.expire() {
            Some(Expire::Days(days)) => Some(days),
            Some(Expire::Never) | None => None,
        };
        let messages = self.described(&mut look).await;
        // Nothing is changed there, however the goodbye goes.
        let _ = look.session.quit().await;
        let messages = messages?;
        Ok(Maildrop {
            messages,
            expires_after,
        })
    }

    /// Removes these messages there, whether they are here or not. Gives how many went.
    pub async fn remove_from_server(&self, account: AccountId, names: Vec<String>) -> Result<u32> {
        let account = self.pop3_account(account).await?;
        let _held = hold(self, &account).await?;
        let mut look = self.look_at_maildrop(&account).await?;
        let numbers = look.numbers();
        let mut report = SyncReport::default();
        let removed =
            removal::remove(self, &account, &mut look.session, &numbers, names, &mut report).await?;
        let count = u32::try_from(removed.len()).unwrap_or(u32::MAX);
        leave(self, &account, look.session, removed).await?;
        match report.errors.into_iter().next() {
            Some(complaint) => Err(EngineError::Invalid(complaint)),
            None => Ok(count),
        }
    }

    /// Brings these messages once more: what is here gets its bytes anew, what is not comes as a new letter. Gives how many
    /// came.
    pub async fn download_again(&self, account: AccountId, names: Vec<String>) -> Result<u32> {
        let mut account = self.pop3_account(account).await?;
        // Whoever asks for it wants all of it.
        account.keeping.large = None;
        let held = hold(self, &account).await?;
        let mut look = self.look_at_maildrop(&account).await?;
        let wanted: HashSet<String> = names.into_iter().collect();
        let mut held_here = Vec::new();
        let mut fresh = std::mem::take(&mut look.survey.fresh);
        fresh.retain(|one| one.name.as_ref().is_some_and(|name| wanted.contains(name)));
        for name in &wanted {
            let Some(row) = look.known.get(name) else { continue };
            match (row.email, look.survey.numbers.get(name).copied()) {
                (Some(email), Some(_)) => held_here.push((name.clone(), email)),
                (None, Some(number)) => {
                    look.survey.numbers.remove(name);
                    let size = row.looks.as_ref().map_or(0, |looks| looks.size);
                    fresh.push(Fresh::named(number, size, name.clone()));
                }
                (_, None) => {}
            }
        }
        let mut came = bodies::bring(
            self,
            &account,
            &mut look.session,
            &look.survey.numbers,
            &held_here,
        )
        .await?;
        look.survey.fresh = fresh;
        let mut report = SyncReport::default();
        arrivals::bring(
            self,
            &account,
            &mut look.session,
            &mut look.survey,
            &held,
            &mut report,
        )
        .await?;
        came += usize::try_from(report.new).unwrap_or(0);
        let _ = look.session.quit().await;
        match report.errors.into_iter().next() {
            Some(complaint) => Err(EngineError::Invalid(complaint)),
            None => Ok(u32::try_from(came).unwrap_or(u32::MAX)),
        }
    }

    async fn pop3_account(&self, account: AccountId) -> Result<Account> {
        let account = self.account(account).await?;
        if account.protocol != Protocol::Pop3 {
            return Err(EngineError::Invalid(format!(
                "{} does not download its mail with POP3",
                account.email
            )));
        }
        Ok(account)
    }

    async fn look_at_maildrop(&self, account: &Account) -> Result<Look> {
        let mut session = connect(self, account).await?;
        let survey = Survey::of(self, account, &mut session, Care::Numbers).await?;
        let id = account.id;
        let known = self
            .read(move |reading| reading.known_uidls(id))
            .await?
            .into_iter()
            .map(|row| (row.uidl.clone(), row))
            .collect();
        Ok(Look {
            session,
            survey,
            known,
        })
    }

    /// What is here is described from here, the rest by its header.
    async fn described(&self, look: &mut Look) -> Result<Vec<OnServer>> {
        let mut found: Vec<(u32, OnServer)> = Vec::new();
        let mut unknown = std::mem::take(&mut look.survey.fresh);
        let mut here: Vec<(u32, String, u32, EmailId)> = Vec::new();
        for (name, number) in &look.survey.numbers {
            let Some(row) = look.known.get(name) else { continue };
            let size = row.looks.as_ref().map_or(0, |looks| looks.size);
            match row.email {
                Some(email) => here.push((*number, name.clone(), size, email)),
                None => unknown.push(Fresh::named(*number, size, name.clone())),
            }
        }
        found.extend(
            self.read(move |reading| {
                let mut found = Vec::with_capacity(here.len());
                for (number, name, size, email) in here {
                    let Some(email) = reading.email(email)? else {
                        continue;
                    };
                    let here = match email.body {
                        Body::Complete => Here::Whole(email.id),
                        _ => Here::Header(email.id),
                    };
                    found.push((
                        number,
                        OnServer {
                            name,
                            size: if size == 0 { email.size } else { size },
                            subject: email.subject,
                            from: email.from,
                            date: Some(email.received_at),
                            here,
                        },
                    ));
                }
                Ok(found)
            })
            .await?,
        );
        found.extend(by_header(look, &unknown).await?);
        found.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        Ok(found.into_iter().map(|(_, message)| message).collect())
    }
}

async fn by_header(look: &mut Look, unknown: &[Fresh]) -> Result<Vec<(u32, OnServer)>> {
    let numbers: Vec<u32> = unknown.iter().map(|fresh| fresh.number).collect();
    let mut headers: HashMap<u32, Vec<u8>> = HashMap::new();
    let asked = look
        .session
        .headers_each(&numbers, &mut |number, raw| {
            headers.insert(number, raw);
            Next::Continue
        })
        .await;
    match asked {
        Ok(()) | Err(RemoteError::Refused { .. } | RemoteError::Temporary { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let mut names = look.survey.take_names();
    let described = unknown.iter().map(|fresh| {
        let raw = headers.remove(&fresh.number).unwrap_or_default();
        let header = waxwing_mime::parse_headers(&raw);
        let name = names.name(fresh, &Face::of_header(&raw));
        let here = match look.known.get(&name) {
            Some(row) if row.deleted => Here::Deleted,
            _ => Here::No,
        };
        let message = OnServer {
            name,
            size: fresh.size,
            subject: header.subject,
            from: header.from,
            date: waxwing_mime::delivered_at(&raw).or(header.date),
            here,
        };
        (fresh.number, message)
    });
    Ok(described.collect())
}

impl Look {
    /// The number of each message that has a name.
    fn numbers(&self) -> HashMap<String, u32> {
        let fresh = self
            .survey
            .fresh
            .iter()
            .filter_map(|fresh| Some((fresh.name.clone()?, fresh.number)));
        self.survey
            .numbers
            .iter()
            .map(|(name, number)| (name.clone(), *number))
            .chain(fresh)
            .collect()
    }
}
