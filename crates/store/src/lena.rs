//! Lena's account and its mailboxes, for the tests of the store: those beside the code, and those from outside in `tests/store`,
//! which take this file in as their own. A store that has them is each test's own scene.

use waxwing_model::{AccountId, Keeping, NewAccount, Protocol, Retention, Role};

use super::NewMailbox;

/// Her account, on this computer alone. All else that a test needs otherwise, it says.
pub(crate) fn account() -> NewAccount {
    NewAccount {
        email: "lena@harbour.example".to_owned(),
        name: "Lena Vogt".to_owned(),
        protocol: Protocol::Local,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    }
}

/// A mailbox at the top of an account, which no server has.
pub(crate) fn mailbox(account: AccountId, name: &str, role: Option<Role>) -> NewMailbox {
    NewMailbox {
        account,
        parent: None,
        name: name.to_owned(),
        role,
        selectable: true,
        path: None,
        delimiter: None,
    }
}
