//! What is being done to very many letters at this moment, each by the name that whoever began it has given it, so that it can be
//! stopped by itself. What is over is not here any more, and cannot be stopped.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use waxwing_model::RunId;

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// For each, whether somebody has stopped it.
#[derive(Default)]
pub(crate) struct Runs(HashMap<RunId, Arc<AtomicBool>>);

/// One that is under way until this is dropped, however it ends.
pub(super) struct Running {
    engine: Engine,
    run: RunId,
    stopped: Arc<AtomicBool>,
}

impl Running {
    /// From now on it can be stopped. A name that another one has at this moment is refused: Stop would mean both.
    pub(super) fn begin(engine: &Engine, run: RunId) -> Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let mut runs = locked(&engine.inner.runs);
        if runs.0.contains_key(&run) {
            return Err(EngineError::Invalid("something of that name is under way".into()));
        }
        runs.0.insert(run.clone(), Arc::clone(&stopped));
        drop(runs);
        Ok(Self {
            engine: engine.clone(),
            run,
            stopped,
        })
    }

    pub(super) fn run(&self) -> &RunId {
        &self.run
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        locked(&self.engine.inner.runs).0.remove(&self.run);
    }
}

impl Engine {
    /// What is done to very many letters ends with the portion that is being written: this one, and no other. Says whether it was
    /// under way.
    pub fn stop_listed(&self, run: &RunId) -> bool {
        match locked(&self.inner.runs).0.get(run) {
            Some(stopped) => {
                stopped.store(true, Ordering::Relaxed);
                true
            }
            None => false,
        }
    }
}
