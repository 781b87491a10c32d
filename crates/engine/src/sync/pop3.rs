//! A POP3 maildrop brought to this computer. Nothing comes twice: the server's unique id is remembered in the
//! transaction of its message. Nothing is lost: a message is removed from the server only after it was read back.

use std::collections::{HashMap, HashSet};

use waxwing_model::{Account, Activity, Change, EmailId, Keywords, Retention, Role};
use waxwing_remote::RemoteError;
use waxwing_remote::pop3::{Listed, Next, Session};

use super::progress::Progress;
use super::report::SyncReport;
use crate::accounts::credentials::{Door, trust};
use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};
use crate::letters::ingest::{self, Circumstances};

/// A batch is one transaction: a cut costs at most this much of what was downloaded.
const BATCH: usize = 100;
const BATCH_OCTETS: u64 = 4_000_000;

/// Fetches what is new and removes what the person's choice says.
pub(crate) async fn sync(engine: &Engine, account: &Account, report: &mut SyncReport) -> Result<()> {
    let server = account
        .incoming
        .clone()
        .ok_or(EngineError::Gone("the account's server"))?;
    let credentials = engine.credentials(account.id, &server, Door::Incoming).await?;
    let mut session = Session::connect(&server, &credentials, &trust(account)?).await?;
    let outcome = download_and_remove(engine, account, &mut session, report).await;
    report.bytes += session.bytes();
    report.round_trips += session.round_trips();
    match outcome {
        Ok(removed) => {
            // Only QUIT makes the server carry out removals (RFC 1939, section 6).
            session.quit().await?;
            // Now it may give their ids to new messages (section 7), which must not pass for those that were removed.
            let id = account.id;
            engine
                .write(move |writing| writing.forget_uidls(id, &removed))
                .await
        }
        Err(error) => Err(error),
    }
}

async fn download_and_remove(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    report: &mut SyncReport,
) -> Result<Vec<String>> {
    let listed = named(session.list().await?);
    let id = account.id;
    let known: HashSet<String> = engine
        .read(move |reading| reading.known_uidls(id))
        .await?
        .into_iter()
        .map(|known| known.uidl)
        .collect();
    let new: Vec<Listed> = unique_ids(&listed)
        .filter(|(uidl, _)| !known.contains(*uidl))
        .map(|(_, one)| one.clone())
        .collect();
    download(engine, account, session, &new, report).await?;
    let removed = remove(engine, account, session, &listed).await?;
    forget_gone(engine, account, &listed, known).await?;
    if listed.iter().any(|one| one.uidl.is_none()) {
        return Err(EngineError::Invalid(
            "the server gives messages no names that last (UIDL), so new ones cannot be told from old ones"
                .into(),
        ));
    }
    Ok(removed)
}

/// A server that gives one id to two messages (RFC 1939 forbids it, and it happens) has both downloaded: the number
/// of the repetition is part of our name for the second.
fn named(mut listed: Vec<Listed>) -> Vec<Listed> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for one in &mut listed {
        let Some(uidl) = &mut one.uidl else { continue };
        let times = seen.entry(uidl.clone()).or_default();
        *times += 1;
        if *times > 1 {
            // The server's own ids hold no control characters.
            uidl.push_str(&format!("\u{1}{times}"));
        }
    }
    listed
}

/// Messages with the server's unique ids.
fn unique_ids(listed: &[Listed]) -> impl Iterator<Item = (&str, &Listed)> {
    listed
        .iter()
        .filter_map(|one| one.uidl.as_deref().map(|uidl| (uidl, one)))
}

async fn download(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    new: &[Listed],
    report: &mut SyncReport,
) -> Result<()> {
    let mut progress = Progress::new();
    progress.expect(new.len());
    let mut rest = new;
    while !rest.is_empty() {
        let batch = batch(rest);
        rest = rest.get(batch.len()..).unwrap_or_default();
        let mut came: Vec<(String, Vec<u8>)> = Vec::with_capacity(batch.len());
        let names: HashMap<u32, String> = batch
            .iter()
            .filter_map(|one| Some((one.number, one.uidl.clone()?)))
            .collect();
        let numbers: Vec<u32> = batch.iter().map(|one| one.number).collect();
        let fetched = session
            .retrieve_each(&numbers, &mut |number, raw| {
                if let Some(uidl) = names.get(&number) {
                    came.push((uidl.clone(), raw));
                }
                Next::Continue
            })
            .await;
        // What came whole before a cut is kept; the next run fetches only the rest.
        let kept = keep(engine, account, came).await?;
        report.new += u32::try_from(kept).unwrap_or(u32::MAX);
        progress.advance(batch.len());
        if let Some(activity) = progress.activity() {
            engine.set_activity(account.id, activity);
        }
        match fetched {
            // Passed over by the session; what stands behind it still comes, and it is asked for again next time.
            Err(error @ (RemoteError::Refused { .. } | RemoteError::Limit { .. })) => {
                tracing::warn!(account = %account.email, %error, "a message was passed over");
                report.errors.push(EngineError::from(error).trouble().to_string());
            }
            fetched => fetched?,
        }
    }
    Ok(())
}

fn batch(rest: &[Listed]) -> &[Listed] {
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

async fn keep(engine: &Engine, account: &Account, came: Vec<(String, Vec<u8>)>) -> Result<usize> {
    if came.is_empty() {
        return Ok(0);
    }
    let id = account.id;
    engine
        .write(move |writing| {
            let inbox =
                writing
                    .mailbox_with_role(id, Role::Inbox)?
                    .ok_or(waxwing_store::StoreError::NoSuch {
                        what: "inbox",
                        id: id.0,
                    })?;
            let mut arrived: Vec<EmailId> = Vec::with_capacity(came.len());
            for (uidl, raw) in &came {
                let circumstances = Circumstances {
                    received_at: received_at(raw),
                    keywords: Keywords::none(),
                    uid: None,
                };
                let email = ingest::insert_whole(writing, id, inbox.id, raw, circumstances)?;
                writing.remember_uidl(id, uidl, Some(email), now())?;
                arrived.push(email);
            }
            let count = arrived.len();
            writing.note(Change::Arrived {
                account: id,
                emails: arrived,
            });
            Ok(count)
        })
        .await
}

/// POP3 does not say when a message arrived. The time at the end of the newest Received field is the delivery
/// (RFC 5321, section 4.4); then the Date field; then now. A time in the future would stand on top for ever.
fn received_at(raw: &[u8]) -> i64 {
    let now = now();
    waxwing_mime::delivered_at(raw)
        .filter(|at| *at <= now)
        .unwrap_or(now)
}

async fn remove(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    listed: &[Listed],
) -> Result<Vec<String>> {
    if account.retention == Retention::Keep {
        return Ok(Vec::new());
    }
    let (id, retention) = (account.id, account.retention);
    let due: HashSet<String> = engine
        .read(move |reading| reading.uidls_to_remove(id, &retention, now()))
        .await?
        .into_iter()
        .collect();
    let (removed, numbers): (Vec<String>, Vec<u32>) = unique_ids(listed)
        .filter(|(uidl, _)| due.contains(*uidl))
        .map(|(uidl, one)| (uidl.to_owned(), one.number))
        .unzip();
    if !numbers.is_empty() {
        session.delete(&numbers).await?;
    }
    Ok(removed)
}

/// Ids that the server no longer lists are of no use, and an id that it gives again later is a new message.
async fn forget_gone(
    engine: &Engine,
    account: &Account,
    listed: &[Listed],
    known: HashSet<String>,
) -> Result<()> {
    let there: HashSet<&str> = unique_ids(listed).map(|(uidl, _)| uidl).collect();
    let gone: Vec<String> = known
        .into_iter()
        .filter(|uidl| !there.contains(uidl.as_str()))
        .collect();
    if gone.is_empty() {
        return Ok(());
    }
    let id = account.id;
    engine.write(move |writing| writing.forget_uidls(id, &gone)).await
}

/// One look at the maildrop, told as the account's activity.
pub(crate) async fn check(engine: &Engine, account: &Account) -> Result<()> {
    engine.set_activity(account.id, Activity::Connecting);
    sync(engine, account, &mut SyncReport::default()).await?;
    engine.set_activity(account.id, Activity::UpToDate { checked_at: now() });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_messages_with_one_id_are_two_messages() {
        let listed = |number, uidl: &str| Listed {
            number,
            size: 1,
            uidl: Some(uidl.to_owned()),
        };
        let named = named(vec![listed(1, "a"), listed(2, "b"), listed(3, "a")]);
        let names: HashSet<&str> = unique_ids(&named).map(|(uidl, _)| uidl).collect();
        assert_eq!(names.len(), 3, "each has a name of its own: {names:?}");
        assert!(
            names.contains("a") && names.contains("b"),
            "the first keeps the server's name, under which it is known"
        );
    }
}
