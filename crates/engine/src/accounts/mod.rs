//! Accounts: found, checked, added, listed, changed and removed.

pub(crate) mod add;
mod add_demo;
pub(crate) mod add_local;
pub(crate) mod certificates;
pub(crate) mod check;
pub(crate) mod credentials;
mod discover;
pub(crate) mod for_this_run;
mod identities;
pub(crate) mod keeper;
mod keeping;
mod manage;
mod remove;
mod roles;
mod same_mail;
pub(crate) mod sending;
mod servers;
pub(crate) mod shown;
pub(crate) mod sign_in;
mod thunderbird;
pub(crate) mod trial;

use secrecy::SecretString;
use waxwing_model::{
    Account, AccountId, CertificateException, Keeping, Protocol, Retention, Role, ServerSettings,
};
use waxwing_store::ServerCopies;

pub use check::Checked;
pub use credentials::Door;
pub(crate) use discover::Searching;
pub use discover::{Discovered, DiscoveredServer};
pub use for_this_run::Counts;
pub use identities::IdentityForm;
pub use remove::Remainder;
pub use servers::{ServersForm, Trial};
pub use sign_in::{Doorway, Passwords, TriedDoor, Trying};
pub use thunderbird::FoundAccount;
pub use trial::Tried;

use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::oauth::SignInId;

/// What the setup screen has gathered.
#[derive(Clone)]
pub struct AccountForm {
    pub name: String,
    pub email: String,
    pub password: SecretString,
    /// The person has signed in in the browser, and there is no password for incoming mail.
    pub signed_in: Option<SignInId>,
    /// For the server that sends alone. Without this and the next, it is opened by what opens the other one.
    pub outgoing_password: Option<SecretString>,
    /// The person has signed in in the browser for the server that sends alone.
    pub outgoing_signed_in: Option<SignInId>,
    /// Not [`Protocol::Local`].
    pub protocol: Protocol,
    pub incoming: ServerSettings,
    pub outgoing: ServerSettings,
    pub retention: Retention,
    /// IMAP only.
    pub keeping: Keeping,
    /// A further certificate authority in PEM, for servers of one's own.
    pub extra_ca: Option<String>,
    /// Certificates that the person has accepted, each for one server, although nobody vouches for them.
    pub accepted: Vec<CertificateException>,
    /// The person has read what an unencrypted connection means and wants it all the same.
    pub allow_plain: bool,
}

/// The folders that stand on this computer for an account whose protocol has none (RFC 1939 knows one maildrop).
pub(crate) const LOCAL_FOLDERS: [(Role, &str); 6] = [
    (Role::Inbox, "Inbox"),
    (Role::Drafts, "Drafts"),
    (Role::Sent, "Sent"),
    (Role::Archive, "Archive"),
    (Role::Junk, "Junk"),
    (Role::Trash, "Trash"),
];

impl Engine {
    /// In the order in which the person has them, those that are switched off too.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        self.read(|reading| reading.accounts()).await
    }

    /// One of them; [`EngineError::Gone`] where it was removed.
    pub async fn account(&self, account: AccountId) -> Result<Account> {
        self.read(move |reading| reading.account(account))
            .await?
            .ok_or(EngineError::Gone("the account"))
    }

    /// What a choice about the server's copies would have removed there with the next look, so that the person can be told
    /// before they choose it.
    pub async fn retention_effect(&self, account: AccountId, retention: Retention) -> Result<ServerCopies> {
        self.read(move |reading| reading.copies_to_remove(account, &retention, now()))
            .await
    }

    /// What stood on the server at the last look.
    pub async fn server_copies(&self, account: AccountId) -> Result<ServerCopies> {
        self.read(move |reading| reading.server_copies(account)).await
    }

    /// Says what happens to the server's copies from now on, of what is already here too.
    pub async fn set_retention(&self, account: AccountId, retention: Retention) -> Result<()> {
        let mut changed = self.account(account).await?;
        if changed.protocol != Protocol::Pop3 {
            return Err(EngineError::Invalid(format!(
                "{} keeps its mail on the server, so that there is no copy to remove",
                changed.email
            )));
        }
        check::validate_retention(&retention)?;
        changed.retention = retention;
        self.write(move |writing| writing.update_account(&changed))
            .await?;
        self.wake(account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::marker::PhantomData;

    use super::*;

    /// What can be known of a type while it is compiled. Where it can be printed, its own constant hides the trait's.
    struct Known<T>(PhantomData<T>);

    trait Unprintable {
        const IS_PRINTABLE: bool = false;
    }

    impl<T> Unprintable for Known<T> {}

    impl<T: Debug> Known<T> {
        const IS_PRINTABLE: bool = true;
    }

    #[test]
    fn a_form_with_a_password_cannot_be_printed_by_a_log_or_a_panic() {
        let forms = [
            Known::<Account>::IS_PRINTABLE,
            Known::<AccountForm>::IS_PRINTABLE,
            Known::<ServersForm>::IS_PRINTABLE,
            Known::<IdentityForm>::IS_PRINTABLE,
            Known::<Passwords>::IS_PRINTABLE,
        ];
        assert_eq!(
            forms,
            [true, false, false, false, false],
            "an account can be printed; none of the forms has words for what it holds"
        );
        assert_eq!(
            format!("{:?}", SecretString::from("twelve herons")).find("heron"),
            None,
            "and a password that stands alone hides itself"
        );
    }
}
