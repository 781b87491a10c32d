//! What a change of protocol would come to: both servers' sides are looked at, and nothing is written.

use std::collections::{BTreeMap, HashMap, HashSet};

use waxwing_model::{Account, Activity, Body, CertificateException, EmailId, Keywords, Protocol, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::imap::Session;
use waxwing_remote::pop3::{Next, Session as Maildrop};

use super::become_pop3::is_in_inbox;
use super::census::{Census, Sight, There, count};
use super::folders::{counterparts, names_of};
use super::matching::{Here, pair};
use super::{FolderCount, ImapPlan, Pop3Plan, ProtocolChange, ProtocolPlan, doubts};
use crate::accounts::credentials::Door;
use crate::accounts::trial::used;
use crate::engine::Engine;
use crate::error::Result;

/// Letters that are read together.
const AT_ONCE: usize = 500;

/// What the look at an IMAP server came to.
pub(super) struct Look {
    pub(super) census: Census,
    /// Letters here, and which of the census each is.
    pub(super) met: HashMap<EmailId, usize>,
    pub(super) plan: ImapPlan,
    /// Letters that stand only here, and not even whole: their rest waits in the maildrop.
    pub(super) in_part: Vec<EmailId>,
    /// The certificate that the person accepted and that the server showed.
    pub(super) shown: Option<CertificateException>,
}

impl Engine {
    /// What the change would come to. Nothing is changed, here or there.
    pub async fn plan_protocol(&self, change: &ProtocolChange) -> Result<ProtocolPlan> {
        let (account, change) = self.checked_change(change).await?;
        if change.to != Protocol::Imap {
            return Ok(ProtocolPlan::Pop3(pop3_plan(self, &account, &change).await?.0));
        }
        let before = self.activity(account.id);
        let looked = look(self, &account, &change).await;
        self.set_activity(account.id, before);
        Ok(ProtocolPlan::Imap(looked?.plan))
    }

    /// Tells how far a look has come, as the account's activity.
    pub(super) fn tell_look(&self, account: &Account) -> impl Fn(u32, u32) + Sync {
        let (engine, id) = (self.clone(), account.id);
        move |done, total| {
            engine.set_activity(
                id,
                Activity::Syncing {
                    done,
                    total,
                    seconds_left: None,
                },
            );
        }
    }
}

/// Compares what stands here with what stands on the IMAP server.
pub(super) async fn look(engine: &Engine, account: &Account, change: &ProtocolChange) -> Result<Look> {
    let (trust, seen) = engine.trust_of(account, &change.accepted).await?.observed();
    let (server, trust) = (&change.server, &trust);
    let mut session = engine
        .signed_in(account.id, server, Door::Incoming, |credentials| async move {
            Session::connect(server, &credentials, trust).await
        })
        .await?;
    let shown_there = used(server, seen.encryption().as_ref(), &change.accepted);
    session.enable(&change.server.host).await?;
    let census = Census::take(&mut session, &engine.tell_look(account)).await?;
    let id = account.id;
    let mailboxes = engine.read(move |reading| reading.mailboxes(Some(id))).await?;
    let folders = counterparts(&mailboxes, &census.folders);
    let (here, shown) = letters_here(engine, account, &folders).await?;
    let matches = pair(&here, &census.letters);
    let mut pairs = matches.sure;
    for doubt in matches.doubts {
        pairs.extend(doubts::resolve(engine, &mut session, &census, &here, doubt).await?);
    }
    session.logout().await;
    let met: HashMap<EmailId, usize> = pairs
        .iter()
        .filter_map(|(own, there)| Some((here.get(*own)?.email, *there)))
        .collect();
    let found: HashSet<usize> = met.values().copied().collect();
    let coming = census
        .letters
        .iter()
        .enumerate()
        .filter(|(at, _)| !found.contains(at))
        .filter_map(|(_, there)| census.folders.get(there.folder))
        .map(|folder| folder.parts.join("/"));
    let alone = here.iter().filter(|letter| !met.contains_key(&letter.email));
    let only_here = counted(alone.clone().map(|letter| {
        let mailbox = shown.get(&letter.email).copied();
        mailbox
            .map(|mailbox| names_of(mailbox, &mailboxes).join("/"))
            .unwrap_or_default()
    }));
    let in_part = alone
        .filter(|letter| !letter.whole)
        .map(|letter| letter.email)
        .collect();
    let deleted_here = engine
        .read(move |reading| reading.deleted_and_still_there(id))
        .await?;
    let plan = ImapPlan {
        both: count(met.len()),
        only_server: counted(coming),
        only_here,
        deleted_here,
    };
    Ok(Look {
        census,
        met,
        plan,
        in_part,
        shown: shown_there,
    })
}

type Shown = HashMap<EmailId, waxwing_model::MailboxId>;

async fn letters_here(
    engine: &Engine,
    account: &Account,
    folders: &HashMap<waxwing_model::MailboxId, usize>,
) -> Result<(Vec<Here>, Shown)> {
    let id = account.id;
    let letters = engine.read(move |reading| reading.letters_of(id)).await?;
    let (mut here, mut shown) = (Vec::with_capacity(letters.len()), HashMap::new());
    for window in letters.chunks(AT_ONCE) {
        let ids = window.to_vec();
        for email in engine.read(move |reading| reading.emails(&ids)).await? {
            let mailbox = email.mailboxes.first().copied();
            shown.extend(mailbox.map(|mailbox| (email.id, mailbox)));
            here.push(Here {
                email: email.id,
                folder: mailbox.and_then(|mailbox| folders.get(&mailbox)).copied(),
                sight: Sight::new(
                    email.message_id,
                    (&email.from, &email.subject, email.sent_at),
                    email.size,
                ),
                whole: email.body == Body::Complete,
            });
        }
    }
    Ok((here, shown))
}

/// By the folder's name.
fn counted(names: impl Iterator<Item = String>) -> Vec<FolderCount> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for name in names {
        let letters = counts.entry(name).or_default();
        *letters = letters.saturating_add(1);
    }
    let counts = counts.into_iter();
    counts
        .map(|(name, letters)| FolderCount { name, letters })
        .collect()
}

/// Compares the headers in the maildrop with the letters that the server has in its inbox. Gives the certificate too that the
/// person accepted and that the maildrop's server showed.
pub(super) async fn pop3_plan(
    engine: &Engine,
    account: &Account,
    change: &ProtocolChange,
) -> Result<(Pop3Plan, Option<CertificateException>)> {
    let (there, shown) = maildrop(engine, account, change).await?;
    let id = account.id;
    let (here, beyond, (to_bring, octets_to_bring)) = engine
        .read(move |reading| {
            let mut here = Vec::new();
            for email in reading.letters_of(id)? {
                if is_in_inbox(reading, email)?
                    && let Some(email) = reading.email(email)?
                {
                    let told = (email.from.as_slice(), email.subject.as_str(), email.sent_at);
                    here.push(Here {
                        email: email.id,
                        folder: Some(0),
                        sight: Sight::new(email.message_id.clone(), told, email.size),
                        whole: true,
                    });
                }
            }
            let all = reading.mailboxes(Some(id))?;
            let beyond = all
                .iter()
                .filter(|mailbox| mailbox.total > 0 && mailbox.role != Some(Role::Inbox))
                .map(|mailbox| FolderCount {
                    name: names_of(mailbox.id, &all).join("/"),
                    letters: mailbox.total,
                })
                .collect();
            Ok((here, beyond, reading.letters_without_body(id)?))
        })
        .await?;
    let matches = pair(&here, &there);
    // What only their texts tell apart is compared when the maildrop is looked at.
    let doubtful = matches
        .doubts
        .iter()
        .map(|doubt| doubt.here.len().min(doubt.there.len()));
    let both = matches.sure.len() + doubtful.sum::<usize>();
    let plan = Pop3Plan {
        both: count(both),
        only_server: count(there.len().saturating_sub(both)),
        beyond,
        to_bring,
        octets_to_bring,
    };
    Ok((plan, shown))
}

/// The messages of a maildrop by their headers.
async fn maildrop(
    engine: &Engine,
    account: &Account,
    change: &ProtocolChange,
) -> Result<(Vec<There>, Option<CertificateException>)> {
    let (trust, seen) = engine.trust_of(account, &change.accepted).await?.observed();
    let (server, trust) = (&change.server, &trust);
    let mut session = engine
        .signed_in(account.id, server, Door::Incoming, |credentials| async move {
            Maildrop::connect(server, &credentials, trust).await
        })
        .await?;
    let shown = used(server, seen.encryption().as_ref(), &change.accepted);
    let sizes: HashMap<u32, u32> = session.sizes().await?.into_iter().collect();
    let mut numbers: Vec<u32> = sizes.keys().copied().collect();
    numbers.sort_unstable();
    let mut there = Vec::with_capacity(numbers.len());
    let mut push = |number: u32, raw: &[u8]| {
        let envelope = waxwing_mime::parse_envelope(raw);
        let told = (envelope.from.as_slice(), envelope.subject.as_str(), envelope.date);
        let size = sizes.get(&number).copied().unwrap_or_default();
        there.push(There {
            folder: 0,
            uid: number,
            sight: Sight::new(envelope.message_id.clone(), told, size),
            keywords: Keywords::none(),
            ids: None,
        });
    };
    let asked = session
        .headers_each(&numbers, &mut |number, raw| {
            push(number, &raw);
            Next::Continue
        })
        .await;
    match asked {
        // Without TOP nothing can be told from the outside.
        Err(RemoteError::Refused { .. }) => numbers.iter().for_each(|number| push(*number, &[])),
        asked => asked?,
    }
    // Signed in is signed in, however the goodbye goes.
    let _ = session.quit().await;
    Ok((there, shown))
}
