//! Lena, for tests of the engine's insides: her account, its folders, and a store of her own with both, where a test needs no
//! engine. An engine of hers is in `without_keyring`.

use tempfile::TempDir;
use waxwing_model::{AccountId, Keeping, Keywords, MailboxId, NewAccount, Protocol, Retention, Role};
use waxwing_store::{NewEmail, NewMailbox, Store};

/// Her account, which names no servers. All else that a test needs otherwise, it says.
pub(crate) fn account(protocol: Protocol) -> NewAccount {
    NewAccount {
        email: "lena@nordlicht.example".into(),
        name: "Lena".into(),
        protocol,
        incoming: None,
        outgoing: None,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: None,
        demo: false,
    }
}

/// A folder at the top of an account, which no server has.
pub(crate) fn mailbox(account: AccountId, name: &str, role: Role) -> NewMailbox {
    NewMailbox {
        account,
        parent: None,
        name: name.into(),
        role: Some(role),
        selectable: true,
        path: None,
        delimiter: None,
    }
}

/// An unread letter of a few words, of which nobody knows who sent it.
pub(crate) fn letter(account: AccountId, mailbox: MailboxId, subject: &str) -> NewEmail {
    NewEmail {
        account,
        mailbox,
        uid: None,
        message_id: None,
        in_reply_to: Vec::new(),
        references: Vec::new(),
        subject: subject.into(),
        from: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        sent_by: None,
        sent_at: None,
        received_at: 1_700_000_000,
        size: 400,
        keywords: Keywords::none(),
        has_attachment: false,
        preview: String::new(),
    }
}

/// A store that goes when this is dropped, and in it an account without any folders.
pub(crate) struct Home {
    pub(crate) store: Store,
    pub(crate) account: AccountId,
    _disk: TempDir,
}

impl Home {
    pub(crate) fn of(account: &NewAccount) -> Self {
        let disk = tempfile::tempdir().expect("a folder");
        let store = Store::open(&disk.path().join("mail.sqlite"), Box::new(|_| {})).expect("a store");
        let account = store.write(|w| w.insert_account(account)).expect("an account");
        Self {
            store,
            account,
            _disk: disk,
        }
    }

    pub(crate) fn mailbox(&self, name: &str, role: Role) -> MailboxId {
        let mailbox = mailbox(self.account, name, role);
        let put = self.store.write(|w| w.insert_mailbox(&mailbox));
        put.expect("a mailbox")
    }
}
