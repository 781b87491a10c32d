//! An account that goes on with another protocol (ADR 26): it is found out what is on both sides, nothing is written until then,
//! and everything is changed in one transaction.
//!
//! Not here: letters put on the server afterwards (`operations/replay_copy`), and those kept here (`operations/keep_here`).

mod become_imap;
mod become_pop3;
mod census;
mod change;
mod doubts;
mod folders;
mod matching;
mod plan;

use waxwing_model::{AccountId, CertificateException, Protocol, ServerSettings};

/// What becomes of letters that stand only on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyHere {
    /// They are put on the server, each into the folder that it is in here.
    Upload,
    /// They stay on this computer, in Local Folders.
    Keep,
}

/// What the person wants of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolChange {
    pub account: AccountId,
    /// Not [`Protocol::Local`].
    pub to: Protocol,
    pub server: ServerSettings,
    /// The person has read what an unencrypted connection means and wants it all the same.
    pub allow_plain: bool,
    /// Certificates that the person has accepted for the server. Only one that it shows is kept.
    pub accepted: Vec<CertificateException>,
    /// For IMAP.
    pub only_here: OnlyHere,
    /// What the local folders are called if they have to be made.
    pub local_folders: String,
}

/// A server of the other protocol, as it was found by the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolServer {
    pub settings: ServerSettings,
    /// The part of its host that somebody has registered: whose server it is.
    pub registered: Option<String>,
    /// Only DNS vouches for it, and it is not the address's own: a person looks at the name before the password goes there.
    pub strange: bool,
}

/// Letters of one folder, by the folder's whole name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderCount {
    pub name: String,
    pub letters: u32,
}

/// What would become of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProtocolPlan {
    Imap(ImapPlan),
    Pop3(Pop3Plan),
}

/// POP3 to IMAP.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImapPlan {
    /// Letters that are here and on the server.
    pub both: u32,
    /// Letters that come with the next look, by the server's folder.
    pub only_server: Vec<FolderCount>,
    /// Letters that the choice is about, by the folder here.
    pub only_here: Vec<FolderCount>,
    /// Letters that were deleted here and are still on the server: they are among those that come.
    pub deleted_here: u32,
}

/// IMAP to POP3.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pop3Plan {
    /// Messages of the maildrop that are here already.
    pub both: u32,
    /// Messages of the maildrop that come with the next look.
    pub only_server: u32,
    /// What the server has in folders that POP3 does not see. It stays there, and is here too.
    pub beyond: Vec<FolderCount>,
    /// Letters whose text is brought to this computer first.
    pub to_bring: u32,
    pub octets_to_bring: u64,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolChanged {
    pub plan: ProtocolPlan,
    /// Letters that are being put on the server.
    pub uploading: u32,
    /// Letters that stand in Local Folders now.
    pub kept: u32,
}
