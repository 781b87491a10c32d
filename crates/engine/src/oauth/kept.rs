//! What a person has granted, as the store keeps it: sealed by the vault, beside the passwords.

use serde_json::{Value, json};
use waxwing_model::{AccountId, Authentication, ServerSettings};
use waxwing_remote::oauth::{Client, Grant};
use waxwing_store::{StoreError, Writing};
use waxwing_vault::Sealed;

use crate::accounts::credentials::{Purpose, context, write_sealing};
use crate::accounts::for_this_run::{Seal, sealed_secret};
use crate::accounts::keeper::unseal;
use crate::engine::{Engine, blocking, locked};
use crate::error::{EngineError, Result};

/// Before the number of an account, the setting under which stands what is no secret of its sign-in.
const KNOWN: &str = "oauth.known ";

/// What a sign-in is begun with once more, also where what was granted cannot be read any more.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) issuer: Option<String>,
    /// The one that the person has typed.
    pub(super) client: Option<Client>,
}

impl Engine {
    /// What the account's person has granted, if anything.
    pub(crate) async fn grant(&self, account: AccountId) -> Result<Option<Grant>> {
        let Some(sealed) = self.sealed(account).await? else {
            return Ok(None);
        };
        match self.unkept(account) {
            Some(newer) => Ok(Some(newer)),
            None => Ok(Some(self.opened(account, sealed).await?)),
        }
    }

    /// The same for a person who signs in once more: what cannot be read is as good as nothing.
    pub(crate) async fn readable_grant(&self, account: AccountId) -> Result<Option<Grant>> {
        match self.grant(account).await {
            Err(error) if is_unreadable(&error) => Ok(None),
            grant => grant,
        }
    }

    /// The same with the bytes that the store has, by which it is known whether they are still those. Whoever asks keeps others
    /// from making tokens fresh meanwhile: what could not be kept is newer, and its place is looked for again.
    pub(super) async fn sealed_grant(&self, account: AccountId) -> Result<Option<(Grant, Vec<u8>)>> {
        let Some(mut sealed) = self.sealed(account).await? else {
            return Ok(None);
        };
        if let Some(newer) = self.unkept(account) {
            if let Err(error) = self.replace_grant(account, &newer, sealed.clone()).await {
                tracing::warn!(%error, "a fresh sign-in can still not be kept; it stays in memory");
                return Ok(Some((newer, sealed)));
            }
            tracing::info!(%account, "a fresh sign-in is kept at last");
            let Some(now) = self.sealed(account).await? else {
                return Ok(None);
            };
            sealed = now;
        }
        let grant = self.opened(account, sealed.clone()).await?;
        Ok(Some((grant, sealed)))
    }

    /// What was granted and could not be kept.
    fn unkept(&self, account: AccountId) -> Option<Grant> {
        locked(&self.inner.oauth.unkept).get(&account).cloned()
    }

    async fn sealed(&self, account: AccountId) -> Result<Option<Vec<u8>>> {
        let inner = self.inner.clone();
        self.read(move |reading| sealed_secret(&inner, reading, account, &Purpose::Grant.to_text()))
            .await
    }

    async fn opened(&self, account: AccountId, sealed: Vec<u8>) -> Result<Grant> {
        let inner = self.inner.clone();
        blocking(move || {
            let text = unseal(&inner, &[context(account, Purpose::Grant)], &Sealed(sealed))?;
            Ok(Grant::from_text(&text)?)
        })
        .await?
    }

    /// What the account's next sign-in is begun with: as what was granted says, or what stands beside it.
    pub(super) async fn known_sign_in(&self, account: AccountId) -> Result<Known> {
        if let Some(grant) = self.readable_grant(account).await? {
            return Ok(Known {
                client: grant.own_client.then_some(grant.client),
                issuer: grant.issuer,
            });
        }
        let noted = self.setting(&known_of(account)).await?;
        Ok(noted.map(|text| Known::read(&text)).unwrap_or_default())
    }

    /// Puts a grant in the place of the one that was read, unless somebody else has put another one there: a person who has signed
    /// in again meanwhile is right.
    pub(super) async fn replace_grant(&self, account: AccountId, grant: &Grant, read: Vec<u8>) -> Result<()> {
        let inner = self.inner.clone();
        let fresh = grant.clone();
        let kept = blocking(move || {
            write_sealing(&inner, |writing, seal| {
                let now = sealed_secret(&inner, writing, account, &Purpose::Grant.to_text())?;
                if now.as_ref() == Some(&read) {
                    seal_grant(writing, seal, account, &fresh)?;
                }
                Ok(())
            })
        })
        .await?;
        let mut unkept = locked(&self.inner.oauth.unkept);
        match &kept {
            Ok(()) => unkept.remove(&account),
            Err(_) => unkept.insert(account, grant.clone()),
        };
        kept
    }

    /// Another grant stands in the store now, or none.
    pub(crate) fn forget_tokens(&self, account: AccountId) {
        locked(&self.inner.oauth.unkept).remove(&account);
        locked(&self.inner.oauth.on_trial).remove(&account);
    }
}

/// Seals what was granted, and notes beside it what is no secret of it.
pub(crate) fn seal_grant(
    writing: &mut Writing<'_>,
    seal: &mut Seal<'_>,
    account: AccountId,
    grant: &Grant,
) -> Result<(), StoreError> {
    seal.keep(writing, account, Purpose::Grant, &grant.to_text())?;
    writing.put_setting(&known_of(account), &Known::noted(grant))
}

/// The setting of an account; it goes with the account.
pub(crate) fn known_of(account: AccountId) -> String {
    format!("{KNOWN}{account}")
}

impl Known {
    /// A client id that comes with a secret is of no use without it.
    fn noted(grant: &Grant) -> String {
        let own = grant.own_client && grant.client.secret.is_none();
        let client = own.then_some(&grant.client.id);
        json!({ "issuer": grant.issuer, "client": client }).to_string()
    }

    fn read(text: &str) -> Self {
        let noted: Value = serde_json::from_str(text).unwrap_or_default();
        let word = |name: &str| noted.get(name).and_then(Value::as_str);
        Self {
            issuer: word("issuer").map(str::to_owned),
            client: word("client").and_then(|id| Client::new(id, None)),
        }
    }
}

/// Whether what was granted is there and cannot be read: its key is gone or shut away, or its text is none.
pub(crate) fn is_unreadable(error: &EngineError) -> bool {
    matches!(error, EngineError::Vault(_) | EngineError::Remote(_))
}

/// A server that was told to take passwords in one way takes tokens in the best.
pub(crate) fn for_tokens(server: &mut ServerSettings) {
    if !server.authentication.takes_token() {
        server.authentication = Authentication::Auto;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use secrecy::{ExposeSecret, SecretString};
    use waxwing_model::{Keeping, NewAccount, Protocol, Retention, Security};
    use waxwing_remote::discover::Surroundings;

    use super::*;
    use crate::engine::{EngineOptions, KeyringUse};

    const ISSUER: &str = "https://login.nordlicht.example";

    fn grant(access: &str) -> Grant {
        let text = json!({
            "provider": "Nordlicht", "issuer": ISSUER, "token": "https://login.nordlicht.example/token",
            "client": "lenas-own", "own_client": true, "hosts": ["imap.nordlicht.example"],
            "refresh": "the-refresh-token", "access": access,
        });
        Grant::from_text(&text.to_string().into()).expect("it is one")
    }

    async fn engine(profile: &Path, passphrase: Option<&str>) -> Engine {
        let options = EngineOptions {
            profile: profile.to_owned(),
            keyring: KeyringUse::Never,
            passphrase: passphrase.map(SecretString::from),
        };
        Engine::open(options).await.expect("the engine opens")
    }

    fn server(host: &str, port: u16) -> Option<ServerSettings> {
        Some(ServerSettings {
            host: host.into(),
            port,
            security: Security::Tls,
            username: "lena@nordlicht.example".into(),
            authentication: Authentication::Auto,
        })
    }

    fn add(engine: &Engine) -> AccountId {
        let account = NewAccount {
            email: "lena@nordlicht.example".into(),
            name: "Lena".into(),
            protocol: Protocol::Imap,
            incoming: server("imap.nordlicht.example", 993),
            outgoing: server("smtp.nordlicht.example", 465),
            retention: Retention::Keep,
            keeping: Keeping::default(),
            extra_ca: None,
            demo: false,
        };
        write_sealing(&engine.inner, |writing, seal| {
            let account = writing.insert_account(&account)?;
            seal_grant(writing, seal, account, &grant("the first"))?;
            Ok(account)
        })
        .expect("she is there")
    }

    /// What the store has, whatever is in memory.
    async fn written(engine: &Engine, account: AccountId) -> String {
        let sealed = engine.sealed(account).await.unwrap().expect("there is one");
        let grant = engine.opened(account, sealed).await.unwrap();
        grant.access().expose_secret().to_owned()
    }

    fn spoil(engine: &Engine, account: AccountId) {
        let kept = engine.inner.store.write(|writing| {
            writing.put_sealed_secret(account, &Purpose::Grant.to_text(), b"of another key")
        });
        kept.expect("it is written");
    }

    #[tokio::test]
    async fn what_could_not_be_kept_is_written_by_the_next_who_asks_and_at_the_latest_at_the_end() {
        let disk = tempfile::tempdir().unwrap();
        let lena = engine(disk.path(), Some("a passphrase for tests")).await;
        let account = add(&lena);
        let unkept = |engine: &Engine, access: &str| {
            locked(&engine.inner.oauth.unkept).insert(account, grant(access));
        };
        unkept(&lena, "the second");
        let (found, _) = lena.sealed_grant(account).await.unwrap().expect("there is one");
        assert_eq!(found.access().expose_secret(), "the second");
        assert_eq!(
            written(&lena, account).await,
            "the second",
            "and it is on the disk"
        );
        assert!(lena.unkept(account).is_none(), "nothing is left to do");

        unkept(&lena, "the third");
        lena.stop().await;
        assert_eq!(
            written(&lena, account).await,
            "the third",
            "nobody asked, and it went to the disk at the end"
        );
        drop(lena);

        let shut = engine(disk.path(), None).await;
        unkept(&shut, "the fourth");
        let (found, _) = shut.sealed_grant(account).await.unwrap().expect("there is one");
        assert_eq!(
            found.access().expose_secret(),
            "the fourth",
            "a vault that is shut keeps nobody from what is in memory"
        );
        assert!(shut.unkept(account).is_some(), "it waits for the vault");
    }

    #[tokio::test]
    async fn a_sign_in_whose_key_is_gone_can_be_begun_again() {
        let disk = tempfile::tempdir().unwrap();
        let lena = engine(disk.path(), Some("a passphrase for tests")).await;
        let account = add(&lena);
        spoil(&lena, account);
        assert!(
            matches!(lena.grant(account).await, Err(EngineError::Vault(_))),
            "nothing is made of it for a server"
        );
        let known = lena.known_sign_in(account).await.unwrap();
        assert_eq!(known.issuer.as_deref(), Some(ISSUER));
        assert_eq!(known.client.map(|client| client.id).as_deref(), Some("lenas-own"));
        let offer = lena.sign_in_offer_again(account).await.unwrap();
        assert!(
            offer.expect("the provider is known by its issuer alone").ready,
            "and so is her client id"
        );

        let provider = json!({
            "name": "Nordlicht", "hosts": ["imap.nordlicht.example", "smtp.nordlicht.example"],
            "issuer": ISSUER, "scopes": ["mail"],
            "authorization": "https://login.nordlicht.example/authorize",
            "token": "https://login.nordlicht.example/token",
        });
        lena.search_in(Surroundings::system().with_providers(&[provider]));
        let begun = lena.begin_sign_in_again(account, None).await.expect("it begins");
        assert!(begun.address.contains("client_id=lenas-own"), "{}", begun.address);
        lena.give_up_sign_in(begun.id);

        lena.remove_account(account).await.unwrap();
        assert_eq!(
            lena.setting(&known_of(account)).await.unwrap(),
            None,
            "what is known of her goes with her"
        );
    }

    #[test]
    fn what_stands_beside_a_sign_in_is_no_secret() {
        let noted = Known::noted(&grant("the-access-token"));
        assert!(
            noted.contains(ISSUER) && noted.contains("lenas-own") && !noted.contains("token"),
            "{noted}"
        );
        let mut with_secret = grant("x");
        with_secret.client = Client::new("lenas-own", Some("no-secret")).expect("it is one");
        let noted = Known::noted(&with_secret);
        assert!(!noted.contains("no-secret"), "{noted}");
        assert!(
            Known::read(&noted).client.is_none(),
            "a client id is of no use without its secret"
        );
        for bad in ["", "[]", "{}", "7"] {
            let read = Known::read(bad);
            assert!(read.issuer.is_none() && read.client.is_none(), "{bad}");
        }
    }
}
