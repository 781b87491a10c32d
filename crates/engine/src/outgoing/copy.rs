//! The copy of a sent letter in the Sent mailbox of an IMAP server: at most once, whatever was cut.

use waxwing_model::{
    Account, CopyState, Keyword, Keywords, MailboxId, Role, Submission, Trouble, TroubleKind,
};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_store::{NewMailbox, OwnCopy, StoreError};

use super::bcc::with_bcc;
use super::handed::Handed;
use super::own_copy::is_settled;
use crate::accounts::LOCAL_FOLDERS;
use crate::clock::now;
use crate::engine::{Engine, blocking};
use crate::error::Result;
use crate::operations::{replay_folders, subscriptions};

/// Where copies of sent letters go.
enum Sent {
    Here(MailboxId, String),
    Soon,
    /// The server does not make it, in these words.
    Never(String),
}

impl Engine {
    /// Looks for letters of which it is not known whether they were sent, looks after the last copy, and files one that is
    /// due. Gives the Sent mailbox when it changed; `None` when nothing is due.
    pub(crate) async fn file_copy(
        &self,
        session: &mut Session,
        account: &Account,
    ) -> Result<Option<MailboxId>> {
        let id = account.id;
        let (due, habit, doubtful) = self
            .read(move |reading| {
                let doubtful = !reading.unsearched_submissions(id)?.is_empty();
                Ok((reading.copies_due(id)?, reading.copy_habit(id)?, doubtful))
            })
            .await?;
        if doubtful {
            self.resolve_unknown(session, account).await?;
        }
        if let Some(own) = habit.own.into_iter().find(is_settled) {
            return self.look_after(session, account, own).await;
        }
        let Some(submission) = due.into_iter().find(|due| !self.is_waited_for(*due)) else {
            return Ok(None);
        };
        let (sent, path) = match self.sent_folder(session, account).await? {
            Sent::Here(sent, path) => (sent, path),
            Sent::Soon => return Ok(None),
            Sent::Never(reply) => {
                let sentence = "The letter was sent, but the server makes no folder for sent letters, so there is no \
                    copy of it.";
                self.tell(
                    Some(id),
                    Trouble::new(TroubleKind::Refused, sentence).with_detail(reply),
                );
                self.write(move |writing| writing.give_up_copy(submission))
                    .await?;
                return Ok(None);
            }
        };
        let sent_letter = self.submission(submission).await?;
        let message_id = sent_letter.message_id.clone();
        let by_own_server = self.goes_by_own_server(account, &sent_letter).await?;
        let files_itself = by_own_server
            && (session.capabilities().gmail || habit.files_itself == Some(true) || files_by_itself(account));
        if files_itself
            && !self
                .copy_is_overdue(session, &path, submission, &message_id)
                .await?
        {
            return Ok(None);
        }
        let tries = self
            .write(move |writing| {
                let before = writing.copy_tries(submission)?;
                writing.begin_copy(submission)?;
                Ok(before)
            })
            .await?;
        let raw = self
            .read(move |reading| reading.submission_raw(submission))
            .await?
            .unwrap_or_else(|| Vec::new().into());
        let copy = blocking(move || with_bcc(&sent_letter.recipients, raw))
            .await?
            .map_err(|error| StoreError::io("reading a letter that was sent", error))?;
        let filed = match append_once(session, &path, &message_id, &copy).await {
            Ok(filed) => filed,
            Err(error @ RemoteError::Refused { .. }) => {
                // The letter counts as sent. The copy is tried again, later each time, and the person hears of it once.
                if tries == 0 {
                    self.tell(Some(id), no_copy_yet(&error));
                }
                self.write(move |writing| writing.postpone_copy(submission, now()))
                    .await?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        self.write(move |writing| {
            writing.set_copy_state(submission, CopyState::Filed)?;
            match filed {
                _ if !by_own_server => Ok(()),
                // Nobody but the server can have put it there before our first try.
                Filed::WasThere if tries == 0 => writing.set_files_copies(id, Some(true)),
                Filed::WasThere => Ok(()),
                Filed::ByUs(_) if files_itself => writing.set_files_copies(id, None),
                // Until it is known that no second one comes.
                Filed::ByUs(Some((uid_validity, uid))) if habit.files_itself.is_none() => {
                    let own = OwnCopy {
                        message_id,
                        uid_validity,
                        uid,
                        filed_at: now(),
                    };
                    writing.note_own_copy(id, &own)
                }
                Filed::ByUs(_) => Ok(()),
            }
        })
        .await?;
        Ok(Some(sent))
    }

    /// Whether the letter went by the account's own server for sending, which alone may file copies.
    async fn goes_by_own_server(&self, account: &Account, submission: &Submission) -> Result<bool> {
        let way = self.way_out(account, submission).await?;
        Ok(way.is_some_and(|(server, _)| {
            let own = account.outgoing.as_ref();
            own.is_some_and(|own| own.host == server.host)
        }))
    }

    /// The account's folder for sent letters. One that has none gets one, on the server and with its role.
    async fn sent_folder(&self, session: &mut Session, account: &Account) -> Result<Sent> {
        let id = account.id;
        let there = self
            .read(move |reading| {
                let Some(sent) = reading.mailbox_with_role(id, Role::Sent)? else {
                    return Ok(None);
                };
                let path = reading.remote_mailbox(sent.id)?.and_then(|remote| remote.path);
                Ok(Some((sent.id, path)))
            })
            .await?;
        match there {
            Some((sent, Some(path))) => return Ok(Sent::Here(sent, path)),
            // It was made here, and the journal has still to make it there.
            Some((_, None)) => return Ok(Sent::Soon),
            None => {}
        }
        let name = LOCAL_FOLDERS
            .iter()
            .find(|(role, _)| *role == Role::Sent)
            .map_or("Sent", |(_, name)| name);
        let Some((path, delimiter)) = replay_folders::path_for(self, session, None, name).await? else {
            return Ok(Sent::Soon);
        };
        match session.create_for(&path, Role::Sent).await {
            Ok(()) => {}
            Err(RemoteError::Refused { reply, .. }) => match session.status(&path).await {
                // It is there, and nothing says what it is for.
                Ok(_) => {}
                Err(RemoteError::Refused { .. }) => return Ok(Sent::Never(reply)),
                Err(error) => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
        subscriptions::tolerate(session.subscribe(&path).await)?;
        let made = path.clone();
        let sent = self
            .write(move |writing| match writing.mailbox_named(id, None, name)? {
                Some(there) => {
                    writing.set_path(there.id, Some(&made), delimiter)?;
                    writing.update_mailbox_facts(there.id, Some(Role::Sent), true)?;
                    Ok(there.id)
                }
                None => writing.insert_mailbox(&NewMailbox {
                    account: id,
                    parent: None,
                    name: name.to_owned(),
                    role: Some(Role::Sent),
                    selectable: true,
                    path: Some(made),
                    delimiter,
                }),
            })
            .await?;
        Ok(Sent::Here(sent, path))
    }
}

/// How a copy came to be in Sent.
enum Filed {
    WasThere,
    /// With its UIDVALIDITY and UID, where the server tells them.
    ByUs(Option<(u32, u32)>),
}

/// A cut after the last APPEND, or a server that files copies by itself: it is there already.
async fn append_once(
    session: &mut Session,
    path: &str,
    message_id: &str,
    copy: &Handed,
) -> Result<Filed, RemoteError> {
    let there = match session.find_message_id(path, message_id).await {
        // Another client has removed the folder since the list of folders was read.
        Err(refusal @ RemoteError::Refused { .. }) => {
            if session.status(path).await.is_ok() {
                return Err(refusal);
            }
            session.create_for(path, Role::Sent).await?;
            Vec::new()
        }
        found => found?,
    };
    if !there.is_empty() {
        return Ok(Filed::WasThere);
    }
    let seen = Keywords::only(Keyword::SEEN);
    session
        .append_letter(path, &seen, None, copy)
        .await
        .map(Filed::ByUs)
}

fn no_copy_yet(error: &RemoteError) -> Trouble {
    let sentence =
        "The letter was sent, but the server does not take the copy for Sent. Waxwing tries again later.";
    let trouble = Trouble::new(TroubleKind::Refused, sentence);
    match error.trouble().detail {
        Some(detail) => trouble.with_detail(detail),
        None => trouble,
    }
}

/// Providers that are known to file what goes out by their servers. Of others it is found out.
fn files_by_itself(account: &Account) -> bool {
    const HOSTS: [&str; 4] = [
        "smtp.gmail.com",
        "smtp.googlemail.com",
        "smtp.office365.com",
        "smtp-mail.outlook.com",
    ];
    let outgoing = account.outgoing.as_ref();
    outgoing.is_some_and(|server| HOSTS.iter().any(|host| server.host.eq_ignore_ascii_case(host)))
}
