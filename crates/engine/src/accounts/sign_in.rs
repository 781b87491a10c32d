//! Passwords that have changed: typed once more, tried at each server that they are for, and only then kept in the place of
//! the old ones. Offline they can be kept untried.

use secrecy::SecretString;
use waxwing_model::{Account, AccountId, Activity, Authentication, IdentityId, ServerSettings, TroubleKind};

use super::credentials::{Door, Purpose, again, write_sealing};
use super::shown::Shown;
use super::trial::{Tried, try_incoming, try_outgoing};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::oauth::{Place, is_unreadable};

/// What keeps letters in the outbox until somebody has signed in.
pub(crate) const OF_THE_SIGN_IN: [TroubleKind; 5] = [
    TroubleKind::WrongPassword,
    TroubleKind::SignInEnded,
    TroubleKind::MethodRefused,
    TroubleKind::BadCertificate,
    TroubleKind::ChangedCertificate,
];

/// A server that an account signs in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doorway {
    pub door: Door,
    pub server: ServerSettings,
    /// Whether something is kept for it alone. One that has nothing is opened by what is kept for incoming mail.
    pub own: bool,
    /// Who signs the person in in the browser, where that opens this door and no password does.
    pub provider: Option<String>,
    /// Whose page it was, also where that was a while ago: of a provider that a domain has named nothing else is known.
    pub issuer: Option<String>,
}

/// What was typed. What was left empty stays as it is.
#[derive(Default)]
pub struct Passwords {
    pub incoming: Option<SecretString>,
    pub outgoing: Option<SecretString>,
    pub identities: Vec<(IdentityId, SecretString)>,
}

/// Whether the servers are asked before the passwords are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trying {
    First,
    /// There is no way to the servers now.
    Never,
}

/// What came of it at one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedDoor {
    pub door: Door,
    pub tried: Tried,
}

impl Engine {
    /// The servers that an account signs in to, those of its identities too.
    pub async fn doorways(&self, account: AccountId) -> Result<Vec<Doorway>> {
        let known = self.account(account).await?;
        let identities = self.identities().await?;
        let mut doorways = Vec::new();
        let servers = [(Door::Incoming, known.incoming), (Door::Outgoing, known.outgoing)];
        for (door, server) in servers {
            doorways.extend(server.map(|server| (door, server)));
        }
        for identity in identities.into_iter().filter(|each| each.account == account) {
            let door = Door::Identity(identity.id);
            doorways.extend(identity.outgoing.map(|server| (door, server)));
        }
        doorways.retain(|(door, server)| {
            *door == Door::Incoming || server.authentication != Authentication::None
        });
        let sends_by_itself = self.sends_by_itself(account).await?;
        let mut known = Vec::new();
        for (door, server) in doorways {
            let place = self.grant_place(account, door).await?;
            let provider = match place {
                Some(place) => self.provider_at(place, &server).await?,
                None => None,
            };
            let issuer = self.known_issuer(place.unwrap_or((account, door))).await?;
            known.push(Doorway {
                door,
                server,
                own: door != Door::Outgoing || sends_by_itself,
                provider,
                issuer,
            });
        }
        Ok(known)
    }

    /// Who signs the person in for this server, as what was granted says.
    async fn provider_at(&self, place: Place, server: &ServerSettings) -> Result<Option<String>> {
        match self.grant(place).await {
            Ok(grant) => Ok(grant
                .filter(|grant| grant.covers(&server.host))
                .map(|grant| grant.provider)),
            // With the vault shut nobody knows its name, and there is one.
            Err(error) if is_unreadable(&error) => Ok(Some(String::new())),
            Err(error) => Err(error),
        }
    }

    /// Signs in with new passwords wherever they are for, and keeps them if every server takes them. The account goes on at
    /// once, and letters that waited for the sign-in go.
    pub async fn sign_in_again(
        &self,
        account: AccountId,
        passwords: Passwords,
        trying: Trying,
    ) -> Result<Vec<TriedDoor>> {
        let known = self.account(account).await?;
        let doorways = self.doorways(account).await?;
        let typed = passwords.at(&doorways)?;
        let secrets: Vec<(Door, Shown)> = typed
            .iter()
            .map(|(door, password)| (*door, Shown::Password(again(password))))
            .collect();
        let tried = match trying {
            Trying::First => self.try_doors(&known, &doorways, &secrets).await?,
            Trying::Never => Vec::new(),
        };
        if tried.iter().all(|door| door.tried.is_ok()) {
            self.keep_passwords(account, typed).await?;
            self.go_on(account).await;
        }
        Ok(tried)
    }

    /// Tries each secret at its door, and the one for incoming mail wherever it is good too.
    pub(crate) async fn try_doors(
        &self,
        account: &Account,
        doorways: &[Doorway],
        typed: &[(Door, Shown)],
    ) -> Result<Vec<TriedDoor>> {
        let trust = self.trust(account).await?;
        let identities = self.identities().await?;
        let for_door = |door| typed.iter().find(|(own, _)| *own == door);
        let knocks = doorways.iter().filter_map(|doorway| {
            let (_, shown) = for_door(doorway.door).or_else(|| {
                (doorway.door == Door::Outgoing && !doorway.own)
                    .then(|| for_door(Door::Incoming))
                    .flatten()
            })?;
            let trust = trust.clone();
            let sender = identities
                .iter()
                .find(|identity| doorway.door == Door::Identity(identity.id))
                .map_or(account.email.as_str(), |identity| identity.email.as_str())
                .to_owned();
            Some(async move {
                let Doorway { door, server, .. } = doorway;
                let tried = match door {
                    Door::Incoming => try_incoming(account.protocol, server, shown, trust).await,
                    Door::Outgoing | Door::Identity(_) => {
                        try_outgoing(server, Some(shown), trust, &sender).await
                    }
                };
                TriedDoor { door: *door, tried }
            })
        });
        Ok(futures::future::join_all(knocks).await)
    }

    async fn keep_passwords(&self, account: AccountId, typed: Vec<(Door, SecretString)>) -> Result<()> {
        let _nobody_else = self.without_renewal(account).await;
        let inner = self.inner.clone();
        let doors: Vec<Door> = typed.iter().map(|(door, _)| *door).collect();
        let before = self.granted_before(account).await;
        blocking(move || {
            write_sealing(&inner, |writing, seal| {
                for (door, password) in &typed {
                    // A password takes the place of what was granted in the browser.
                    seal.forget(writing, account, Purpose::Grant(*door))?;
                    seal.keep(writing, account, (*door).into(), password)?;
                }
                writing.revive_submissions(account, &OF_THE_SIGN_IN)?;
                writing.hasten_submissions(account, &[])
            })
        })
        .await??;
        for door in doors {
            self.forget_tokens((account, door));
        }
        self.take_back_what_lost(before).await;
        Ok(())
    }

    /// What was in the way is mended: the account begins anew, with other connections, and its trouble is told no more.
    pub(crate) async fn go_on(&self, account: AccountId) {
        // Whoever changes it to another protocol begins its tasks again.
        if !self.is_running(account) || self.is_changing(account) {
            return;
        }
        self.set_activity(account, Activity::Connecting);
        self.end_account(account).await;
        self.run_account(account);
    }
}

impl Passwords {
    /// Each at its door. Nothing typed is nothing to do, and a door that is not there has no password.
    fn at(self, doorways: &[Doorway]) -> Result<Vec<(Door, SecretString)>> {
        let mut typed = Vec::new();
        typed.extend(self.incoming.map(|password| (Door::Incoming, password)));
        typed.extend(self.outgoing.map(|password| (Door::Outgoing, password)));
        let identities = self.identities.into_iter();
        typed.extend(identities.map(|(identity, password)| (Door::Identity(identity), password)));
        if typed.is_empty() {
            return Err(EngineError::Invalid("no password was typed".into()));
        }
        for (door, _) in &typed {
            if !doorways.iter().any(|doorway| doorway.door == *door) {
                return Err(EngineError::Invalid(
                    "there is no server that this password would be for".into(),
                ));
            }
        }
        Ok(typed)
    }
}
