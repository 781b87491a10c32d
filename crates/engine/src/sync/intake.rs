//! Bodies on their way from a connection into the store, in pieces: while one is parsed and written, the next one comes,
//! and a third is not taken from the connection until the first stands. So memory holds two pieces, however many are asked
//! for in one command.

use tokio::task::JoinHandle;
use waxwing_model::EmailId;

use super::bodies::keep;
use super::outstanding::{LETTERS, Outstanding};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Octets of a piece: while one is parsed it takes several times as much.
const OCTETS: u64 = 1_500_000;

#[derive(Default)]
pub(super) struct Intake {
    coming: Vec<(EmailId, Vec<u8>)>,
    octets: u64,
    underway: Option<Piece>,
    kept: usize,
}

/// Bodies that are being parsed and written.
struct Piece {
    letters: Vec<EmailId>,
    task: JoinHandle<Result<()>>,
}

impl Intake {
    /// How many bodies stand in the store.
    pub(super) fn kept(&self) -> usize {
        self.kept
    }

    /// One has come. Waits while there are too many.
    pub(super) async fn take(
        &mut self,
        engine: &Engine,
        outstanding: &Outstanding,
        email: EmailId,
        raw: Vec<u8>,
    ) -> Result<()> {
        self.octets += raw.len() as u64;
        self.coming.push((email, raw));
        match self.coming.len() >= LETTERS || self.octets >= OCTETS {
            true => self.pass_on(engine, outstanding).await,
            false => Ok(()),
        }
    }

    /// No more come for now: what came is written meanwhile.
    pub(super) async fn pass_on(&mut self, engine: &Engine, outstanding: &Outstanding) -> Result<()> {
        if self.coming.is_empty() {
            return Ok(());
        }
        let before = self.settle(engine, outstanding).await;
        self.octets = 0;
        let bodies = std::mem::take(&mut self.coming);
        let letters = bodies.iter().map(|(email, _)| *email).collect();
        let keeper = engine.clone();
        let task = tokio::spawn(async move { keep(&keeper, bodies).await });
        self.underway = Some(Piece { letters, task });
        before
    }

    /// Waits until what was passed on stands in the store. The account's activity tells how much that was.
    pub(super) async fn settle(&mut self, engine: &Engine, outstanding: &Outstanding) -> Result<()> {
        let Some(Piece { letters, task }) = self.underway.take() else {
            return Ok(());
        };
        let outcome = task.await.map_err(|_| EngineError::Closing)?;
        let count = letters.len();
        outstanding.give_back(letters).await;
        outcome?;
        self.kept += count;
        outstanding.advance(engine, count);
        Ok(())
    }
}
