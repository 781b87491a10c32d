//! Letters that move and are copied between accounts, against real servers: what is shown, what arrives, what goes, and
//! when. The same with the connection cut at every place is in `across_accounts_cut`. Here is what both halves need.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod arriving;
mod troubles;

use journeys::{Person, deliver, eventually, form, form_at, on_disk};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{
    Account, AccountId, Body, Change, EmailId, Keyword, Keywords, Mailbox, Protocol, Role, TroubleKind,
};
use waxwing_testkit::{Dovecot, DovecotOptions, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The mailbox with a role in one of several accounts.
async fn folder(person: &Person, account: AccountId, role: Role) -> Mailbox {
    let mailboxes = person.engine.mailboxes().await.expect("the folders can be read");
    mailboxes
        .into_iter()
        .find(|mailbox| mailbox.account == account && mailbox.role == Some(role))
        .unwrap_or_else(|| panic!("{account} has a {role:?}"))
}

async fn subjects(person: &Person, account: AccountId, role: Role) -> Vec<String> {
    let mailbox = folder(person, account, role).await;
    let letters = person.letters(&mailbox).await;
    letters.into_iter().map(|email| email.subject).collect()
}

async fn only(person: &Person, account: AccountId, role: Role) -> EmailId {
    let mailbox = folder(person, account, role).await;
    let letters = person.letters(&mailbox).await;
    assert_eq!(letters.len(), 1, "one letter is in {role:?} of {account}");
    letters[0].id
}

/// lena and jonas, both on one server, nothing running. lena has one letter with its body here, unless only its header
/// is wanted.
async fn two_accounts(stage: &Stage, scope: SyncScope) -> (Person, Account, Account) {
    deliver(&stage.dovecot, "lena", "Lighthouse");
    let person = Person::new().await;
    let lena = person.add_quietly(form(stage, "lena", Protocol::Imap)).await;
    let jonas = person.add_quietly(form(stage, "jonas", Protocol::Imap)).await;
    for account in [&lena, &jonas] {
        let report = person.engine.sync_once(account, scope).await;
        assert_eq!(
            report.errors,
            Vec::<String>::new(),
            "{} is in step",
            account.email
        );
    }
    (person, lena, jonas)
}

async fn move_lighthouse(
    person: &Person,
    from: &Account,
    to: &Account,
) -> Result<waxwing_model::ActionId, Box<dyn std::error::Error>> {
    let email = only(person, from.id, Role::Inbox).await;
    let to = folder(person, to.id, Role::Archive).await.id;
    let performed = person
        .engine
        .perform(Action::Move {
            emails: vec![email],
            to,
        })
        .await?;
    assert_eq!(performed.affected, 1, "one letter is different now");
    Ok(performed.undo.ok_or("it can be undone")?)
}

/// On the server's disk: in lena's inbox, and in jonas' archive.
fn places(dovecot: &Dovecot) -> (usize, usize) {
    (
        on_disk(dovecot, "lena", "INBOX", "Lighthouse").0,
        on_disk(dovecot, "jonas", "Archive", "Lighthouse").0,
    )
}
