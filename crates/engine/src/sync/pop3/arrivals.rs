//! New messages brought here: while batches are parsed and written, the next is on its way. Each is written in one
//! transaction with its name and its looks; one that turns out to be known already is known by its new name from then on.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;
use waxwing_model::{Account, AccountId, Change, Keywords, MailboxId, Role, Timestamp};
use waxwing_remote::RemoteError;
use waxwing_remote::pop3::{Expire, Next, Session};
use waxwing_store::{BodyFacts, KnownUidl, Looks, NewEmail, Proof, StoreError, Writing};

use super::batches::Batches;
use super::names::{Fresh, Names};
use super::pool::{Face, Pool};
use super::survey::Survey;
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::letters::ingest::{self, Circumstances};
use crate::sync::progress::Progress;
use crate::sync::report::SyncReport;

/// A batch is one transaction: a cut costs at most this much of what was downloaded.
const BATCH: usize = 200;
pub(super) const BATCH_OCTETS: u64 = 4_000_000;

/// While this is held, no other session of ours with the same maildrop begins.
pub(crate) type Held = Arc<OwnedMutexGuard<()>>;

/// How much of a message was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Header,
}

/// What writes batches. It outlives a session that is dropped, and the maildrop stays ours until then.
pub(super) struct Keeper {
    engine: Engine,
    pub(super) account: AccountId,
    pub(super) inbox: MailboxId,
    pool: Pool,
    names: Names,
    /// Names under which something is known already.
    taken: HashSet<String>,
    /// Numbers of what is known now, by name.
    numbers: HashMap<String, u32>,
    /// The server keeps nothing that has been downloaded, so what was written must be on the disk.
    at_once: bool,
    kept: usize,
    _held: Held,
}

/// A message that was parsed.
pub(super) struct Parsed {
    fresh: Fresh,
    face: Face,
    email: NewEmail,
    /// `None` for a header alone.
    body: Option<(Vec<u8>, Proof, BodyFacts)>,
}

/// What is to become of it.
enum Verdict {
    New {
        name: String,
        parsed: Box<Parsed>,
    },
    Known {
        row: KnownUidl,
        name: String,
        looks: Looks,
    },
}

/// Brings what is fresh. In the end the survey knows the numbers of all that is here.
pub(super) async fn bring(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    survey: &mut Survey,
    held: &Held,
    report: &mut SyncReport,
) -> Result<()> {
    let fresh = std::mem::take(&mut survey.fresh);
    if fresh.is_empty() {
        return Ok(());
    }
    let id = account.id;
    let inbox = engine
        .read(move |reading| reading.mailbox_with_role(id, Role::Inbox))
        .await?
        .ok_or(EngineError::Gone("the inbox"))?;
    let mut keeping = Batches::new(Keeper {
        engine: engine.clone(),
        account: id,
        inbox: inbox.id,
        pool: std::mem::take(&mut survey.pool),
        names: survey.take_names(),
        taken: survey.numbers.keys().cloned().collect(),
        numbers: std::mem::take(&mut survey.numbers),
        at_once: session.expire() == Some(Expire::Days(0)),
        kept: 0,
        _held: Arc::clone(held),
    });
    let mut progress = Progress::new();
    progress.expect(fresh.len());
    let largest = account.keeping.largest();
    let (large, whole): (Vec<Fresh>, Vec<Fresh>) = fresh.into_iter().partition(|one| one.size > largest);
    let mut outcome = Ok(());
    for (extent, wanted) in [(Extent::Whole, whole), (Extent::Header, large)] {
        outcome = each_batch(
            engine,
            account,
            session,
            extent,
            wanted,
            &mut keeping,
            &mut progress,
            report,
        )
        .await;
        if outcome.is_err() {
            break;
        }
    }
    // What came whole before a cut is kept; the next run fetches only the rest.
    let keeper = match (keeping.rest().await, outcome) {
        // Where the keeper is lost, this is why.
        (Err(_), Err(error)) => return Err(error),
        (keeper, ended) => {
            outcome = ended;
            keeper?
        }
    };
    report.new += u32::try_from(keeper.kept).unwrap_or(u32::MAX);
    survey.pool = keeper.pool;
    survey.numbers = keeper.numbers;
    outcome
}

#[expect(
    clippy::too_many_arguments,
    reason = "what a batch is made of, and what is told of it"
)]
async fn each_batch(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    extent: Extent,
    wanted: Vec<Fresh>,
    keeping: &mut Batches,
    progress: &mut Progress,
    report: &mut SyncReport,
) -> Result<()> {
    let mut rest = wanted.as_slice();
    let mut headless = Vec::new();
    while !rest.is_empty() {
        let batch = batch(rest);
        rest = rest.get(batch.len()..).unwrap_or_default();
        let (came, fetched) = fetch(session, extent, batch).await;
        let missing: Vec<Fresh> = batch
            .iter()
            .filter(|fresh| !came.iter().any(|(other, _)| other.number == fresh.number))
            .cloned()
            .collect();
        keeping.keep(extent, came).await?;
        progress.advance(batch.len());
        if let Some(activity) = progress.activity() {
            engine.set_activity(account.id, activity);
        }
        match fetched {
            // A server without TOP: nothing is to be missed, so the whole message comes.
            Err(RemoteError::Refused { .. }) if extent == Extent::Header => headless.extend(missing),
            // Passed over by the session; what stands behind it still comes, and it is asked for again next time.
            Err(
                error @ (RemoteError::Refused { .. }
                | RemoteError::Limit { .. }
                | RemoteError::Temporary { .. }),
            ) => {
                tracing::warn!(account = %account.email, %error, "a message was passed over");
                report.errors.push(EngineError::from(error).trouble().to_string());
            }
            fetched => fetched?,
        }
    }
    if headless.is_empty() {
        return Ok(());
    }
    let whole = Extent::Whole;
    Box::pin(each_batch(
        engine, account, session, whole, headless, keeping, progress, report,
    ))
    .await
}

/// What came of a batch, and how it ended.
async fn fetch(
    session: &mut Session,
    extent: Extent,
    batch: &[Fresh],
) -> (Vec<(Fresh, Vec<u8>)>, Result<(), RemoteError>) {
    let mut waiting: HashMap<u32, Fresh> = batch.iter().map(|one| (one.number, one.clone())).collect();
    let numbers: Vec<u32> = batch.iter().map(|one| one.number).collect();
    let mut came = Vec::with_capacity(batch.len());
    let mut each = |number, raw| {
        if let Some(fresh) = waiting.remove(&number) {
            came.push((fresh, raw));
        }
        Next::Continue
    };
    let fetched = match extent {
        Extent::Whole => session.retrieve_each(&numbers, &mut each).await,
        Extent::Header => session.headers_each(&numbers, &mut each).await,
    };
    (came, fetched)
}

fn batch(rest: &[Fresh]) -> &[Fresh] {
    let mut octets = 0;
    let fitting = rest
        .iter()
        .take(BATCH)
        .take_while(|one| {
            let fits = octets == 0 || octets + u64::from(one.size) <= BATCH_OCTETS;
            octets += u64::from(one.size);
            fits
        })
        .count();
    rest.get(..fitting.max(1)).unwrap_or(rest)
}

impl Keeper {
    /// Writes a batch, in one transaction.
    pub(super) async fn keep(mut self: Box<Self>, parsed: Vec<Parsed>) -> Result<Box<Self>> {
        let (account, inbox) = (self.account, self.inbox);
        let mut verdicts = Vec::with_capacity(parsed.len());
        for parsed in parsed {
            verdicts.extend(self.judge(parsed));
        }
        let write = move |writing: &mut Writing<'_>| keep(writing, account, inbox, verdicts);
        self.kept += match self.at_once {
            true => self.engine.write(write).await?,
            false => self.engine.write_soon(write).await?,
        };
        Ok(self)
    }

    fn judge(&mut self, parsed: Parsed) -> Option<Verdict> {
        let name = self.names.name(&parsed.fresh, &parsed.face);
        let looks = parsed.face.looks(parsed.fresh.size);
        self.numbers.insert(name.clone(), parsed.fresh.number);
        if !self.taken.insert(name.clone()) {
            // It had no name before it came, and is here.
            return None;
        }
        Some(match self.pool.with_content(&name, &parsed.face) {
            Some(row) => Verdict::Known { row, name, looks },
            None => Verdict::New {
                name,
                parsed: Box::new(parsed),
            },
        })
    }
}

pub(super) fn parse(
    account: AccountId,
    inbox: MailboxId,
    extent: Extent,
    fresh: Fresh,
    raw: Vec<u8>,
) -> Parsed {
    let circumstances = Circumstances {
        received_at: received_at(&raw),
        keywords: Keywords::none(),
        uid: None,
    };
    match extent {
        Extent::Whole => {
            let (email, facts) = ingest::from_whole(account, inbox, &raw, circumstances);
            // Here, so that nobody waits for it to write.
            let proof = Proof::of(&raw);
            Parsed {
                face: Face::of_whole(&raw),
                fresh,
                email,
                body: Some((raw, proof, facts)),
            }
        }
        Extent::Header => Parsed {
            face: Face::of_header(&raw),
            email: ingest::from_header(account, inbox, &raw, fresh.size, circumstances),
            fresh,
            body: None,
        },
    }
}

/// Gives how many letters are new.
fn keep(
    writing: &mut Writing<'_>,
    account: AccountId,
    inbox: MailboxId,
    verdicts: Vec<Verdict>,
) -> Result<usize, StoreError> {
    let mut renames = Vec::new();
    let mut new = Vec::new();
    for verdict in verdicts {
        match verdict {
            Verdict::Known { row, name, looks } => renames.push((row, name, looks)),
            Verdict::New { name, parsed } => new.push((name, parsed)),
        }
    }
    // First: a new message may have the name that a known one had.
    writing.rename_uidls(account, &renames)?;
    let arrived = writing.insert_emails(inbox, new.iter().map(|(_, parsed)| &parsed.email))?;
    for (&email, (name, parsed)) in arrived.iter().zip(&new) {
        let looks = parsed.face.looks(parsed.fresh.size);
        if let Some((raw, proof, facts)) = &parsed.body {
            writing.put_proved_body(email, raw, proof, facts)?;
        }
        // What was known under the name was another message.
        writing.forget_uidls(account, std::slice::from_ref(name))?;
        writing.remember_uidl(account, name, Some(email), now())?;
        writing.describe_uidl(account, name, &looks)?;
    }
    let count = arrived.len();
    if count > 0 {
        writing.note(Change::Arrived {
            account,
            emails: arrived,
        });
    }
    Ok(count)
}

/// POP3 does not say when a message arrived. The time at the end of the newest Received field is the delivery
/// (RFC 5321, section 4.4); then the Date field; then now. A time in the future would stand on top for ever.
fn received_at(raw: &[u8]) -> Timestamp {
    let now = now();
    waxwing_mime::delivered_at(raw)
        .filter(|at| *at <= now)
        .unwrap_or(now)
}
