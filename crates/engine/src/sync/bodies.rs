//! Bodies: the one that is being opened at once, the others in the background, newest first. While some are parsed and
//! written, the next are fetched (`intake`). Many are left to `bearers`, which have connections of their own.

use waxwing_model::EmailId;
use waxwing_remote::RemoteError;
use waxwing_remote::imap::{Session, UidSet};
use waxwing_store::Proof;

use super::ImapWorker;
use super::imap::Step;
use super::intake::Intake;
use super::outstanding::{LARGEST, Outstanding, Portion};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::ingest;
use crate::operations::promises;

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
        let Some(portion) = self.outstanding.next(&self.engine, 1).await? else {
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
            let (engine, outstanding) = (&self.engine, &self.outstanding);
            let complaint =
                fetch_portion(engine, &mut self.session, outstanding, portion, &mut self.intake).await?;
            self.complaints.extend(complaint);
        }
        Ok(Step::Worked)
    }

    /// Waits until the bodies that are being written stand in the store.
    pub(super) async fn settle_bodies(&mut self) -> Result<()> {
        self.intake.settle(&self.engine, &self.outstanding).await
    }
}

/// Fetches a portion of the folder that is selected, and begins to keep what came, be it all or not. The sentence is
/// about what was refused.
pub(super) async fn fetch_portion(
    engine: &Engine,
    session: &mut Session,
    outstanding: &Outstanding,
    portion: Portion,
    intake: &mut Intake,
) -> Result<Option<String>> {
    let mut missing = portion.wanted;
    let uids: Vec<u32> = missing.keys().copied().collect();
    let mut bodies = session.bodies(&UidSet::from_uids(&uids));
    let fetched = loop {
        match bodies.next().await {
            Ok(Some((uid, Some(raw)))) => {
                let Some(email) = missing.remove(&uid) else {
                    continue;
                };
                if let Err(error) = intake.take(engine, outstanding, email, raw).await {
                    break Err(error);
                }
            }
            Ok(Some((uid, None))) => tracing::warn!(uid, "the server does not give a message that it has"),
            Ok(None) => break Ok(None),
            Err(RemoteError::Refused { doing, reply }) => {
                break Ok(Some(format!("The server refused ({doing}). ({reply})")));
            }
            Err(error) => break Err(error.into()),
        }
    };
    // What came whole before a cut is kept.
    let passed = intake.pass_on(engine, outstanding).await;
    match fetched {
        Ok(complaint) => {
            outstanding.give_up(missing.into_values()).await;
            passed.map(|()| complaint)
        }
        Err(error) => {
            outstanding.give_back(missing.into_values()).await;
            passed.and(intake.settle(engine, outstanding).await)?;
            Err(error)
        }
    }
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
