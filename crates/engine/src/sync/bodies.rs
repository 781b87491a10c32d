//! Bodies: the one that is being opened at once, the others in the background, newest first. While one portion is parsed
//! and written, the next is fetched. Many are left to `bearers`, which have connections of their own.

use tokio::task::JoinHandle;
use waxwing_model::EmailId;
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::Proof;

use super::ImapWorker;
use super::imap::Step;
use super::outstanding::{LARGEST, Outstanding, Portion};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::ingest;
use crate::operations::promises;

/// Bodies of a portion that are being parsed and written.
pub(super) struct PortionUnderway {
    letters: Vec<EmailId>,
    task: JoinHandle<Result<()>>,
}

impl ImapWorker {
    /// The body of one letter, now.
    pub(crate) async fn fetch_body(&mut self, email: EmailId) -> Result<()> {
        let places = self.engine.read(move |reading| {
            let mut places = Vec::new();
            for location in reading.locations(&[email])? {
                places.push((location.mailbox, location.uid));
            }
            Ok(places)
        });
        for (mailbox, uid) in places.await? {
            if !self.open(mailbox).await? {
                continue;
            }
            if let Some(raw) = self.session.fetch_body(uid).await? {
                return keep(&self.engine, vec![(email, raw)]).await;
            }
        }
        Err(EngineError::Gone("the letter"))
    }

    /// A body that somebody waits for to put it elsewhere. `false`: there is none.
    pub(crate) async fn fetch_promised(&mut self) -> Result<bool> {
        let account = self.account.id;
        let promised = self
            .engine
            .read(move |reading| reading.bodies_promised(account))
            .await?;
        let Some(email) = self.outstanding.first_hopeful(promised).await else {
            return Ok(false);
        };
        self.opened = None;
        let size = self
            .engine
            .read(move |reading| reading.email(email))
            .await?
            .map_or(0, |email| email.size);
        let fetched = match size > LARGEST {
            true => Err(EngineError::Gone("the letter")),
            false => promises::fetch(&self.engine, &mut self.session, email).await,
        };
        match fetched {
            Err(EngineError::Gone(_)) => {
                self.outstanding.give_up([email]).await;
                self.engine.give_up_copies_of(email).await?;
            }
            // A folder that cannot be opened today; the list of folders may tell more.
            Err(EngineError::Remote(RemoteError::Refused { doing, reply })) => {
                self.outstanding.give_up([email]).await;
                self.complaints
                    .push(format!("The server refused ({doing}): {reply}"));
            }
            outcome => outcome?,
        }
        Ok(true)
    }

    /// Sees to it that bodies come which are not here yet.
    pub(super) async fn fetch_bodies(&mut self) -> Result<Step> {
        if let Some(step) = self.have_borne().await? {
            return Ok(step);
        }
        let Some(portion) = self.outstanding.next(&self.engine).await? else {
            self.settle_bodies().await?;
            return Ok(Step::Rested);
        };
        if self.outstanding.activity().is_none() {
            self.outstanding
                .expect(self.outstanding.count(&self.engine).await?);
        }
        let mut portion = Some(portion);
        if let Some(taken) = &portion
            && !self.open(taken.mailbox).await?
        {
            self.outstanding.give_up(taken.wanted.values().copied()).await;
            portion = None;
        }
        if let Some(portion) = portion {
            let (fetched, complaint) =
                fetch_portion(&self.engine, &mut self.session, &self.outstanding, portion).await?;
            self.complaints.extend(complaint);
            self.settle_bodies().await?;
            self.portion_underway = Some(fetched);
        }
        Ok(Step::Worked)
    }

    /// Waits until the portion that is being written stands in the store.
    pub(super) async fn settle_bodies(&mut self) -> Result<()> {
        match self.portion_underway.take() {
            Some(keeping) => {
                let kept = keeping.settle(&self.outstanding).await?;
                self.outstanding.advance(&self.engine, kept);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl PortionUnderway {
    /// Waits for it. Gives how many bodies it was.
    pub(super) async fn settle(self, outstanding: &Outstanding) -> Result<usize> {
        let outcome = self.task.await.map_err(|_| EngineError::Closing)?;
        let kept = self.letters.len();
        outstanding.give_back(self.letters).await;
        outcome.map(|()| kept)
    }
}

/// Fetches a portion of the folder that is selected, and begins to keep what came, be it all or not. The sentence is
/// about what was refused.
pub(super) async fn fetch_portion(
    engine: &Engine,
    session: &mut Session,
    outstanding: &Outstanding,
    portion: Portion,
) -> Result<(PortionUnderway, Option<String>)> {
    let mut missing = portion.wanted;
    let uids: Vec<u32> = missing.keys().copied().collect();
    let mut bodies = Vec::with_capacity(uids.len());
    let fetched = session
        .fetch_bodies(&UidSet::from_uids(&uids), &mut |uid, raw| {
            if let Some(email) = missing.remove(&uid) {
                bodies.push((email, raw));
            }
        })
        .await;
    let letters = bodies.iter().map(|(email, _)| *email).collect();
    let keeper = engine.clone();
    let keeping = PortionUnderway {
        letters,
        task: tokio::spawn(async move { keep(&keeper, bodies).await }),
    };
    let complaint = match fetched {
        Ok(()) => None,
        Err(RemoteError::Refused { doing, reply }) => {
            Some(format!("The server refused ({doing}). ({reply})"))
        }
        Err(error) => {
            // What came whole before a cut is kept.
            outstanding.give_back(missing.into_values()).await;
            let kept = keeping.settle(outstanding).await?;
            outstanding.advance(engine, kept);
            return Err(error.into());
        }
    };
    outstanding.give_up(missing.into_values()).await;
    Ok((keeping, complaint))
}

/// Parses and stores whole bodies in one transaction, for letters that wait for them elsewhere too.
pub(crate) async fn keep(engine: &Engine, bodies: Vec<(EmailId, Vec<u8>)>) -> Result<()> {
    let parsed = blocking(move || {
        bodies
            .into_iter()
            .map(|(email, raw)| {
                let facts = ingest::facts(&raw);
                (email, Proof::of(&raw), raw, facts)
            })
            .collect::<Vec<_>>()
    })
    .await?;
    let waiting = engine
        .write_soon(move |writing| {
            let mut waiting = Vec::new();
            for (email, proof, raw, facts) in parsed {
                // It may have been deleted while it was on its way.
                if writing.has_email(email)? {
                    writing.put_proved_body(email, &raw, &proof, &facts)?;
                    waiting.extend(promises::fulfil(writing, email)?);
                }
            }
            Ok(waiting)
        })
        .await?;
    for account in waiting {
        engine.wake(account);
    }
    Ok(())
}
