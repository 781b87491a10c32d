//! What is looked up in the store for a letter that somebody opens: once before it is made ready, and once after that.

use std::collections::BTreeMap;
use std::sync::Arc;

use waxwing_mime::Letter;
use waxwing_model::{DeliveryReport, EmailId, Timestamp};
use waxwing_store::{Reading, StoreError, TrackerFact};

use super::{Look, reported, wished};
use crate::caution::{Permitted, permitted};
use crate::engine::Engine;
use crate::error::Result;
use crate::letters::readable::{Readable, readable};
use crate::letters::told::{self, Reporting};
use crate::sync::Wanted;

/// What is here of a letter, for all who read it at the same time.
pub(super) struct Here {
    pub(super) raw: Arc<Vec<u8>>,
    pub(super) absent: BTreeMap<String, u32>,
}

impl From<Readable> for Here {
    fn from(Readable { raw, absent }: Readable) -> Self {
        let raw = Arc::new(raw);
        Self { raw, absent }
    }
}

/// What has to be known before a letter is made ready, from one look into the store.
pub(super) struct Before {
    pub(super) here: Option<Here>,
    pub(super) permitted: Option<Permitted>,
    pub(super) look: Look,
}

impl Before {
    pub(super) fn read(
        reading: &Reading<'_>,
        email: EmailId,
        look: Look,
    ) -> std::result::Result<Self, StoreError> {
        Ok(Self {
            here: readable(reading, email)?.map(Here::from),
            permitted: permitted(reading, email)?,
            look: wished(reading, look)?,
        })
    }
}

/// What the store knows of a letter that was made ready, from one look into it.
pub(super) struct Beside {
    /// What it would have told before.
    pub(super) trackers: Vec<TrackerFact>,
    pub(super) list_left_at: Option<Timestamp>,
    pub(super) reports: Vec<DeliveryReport>,
    /// What it reports itself.
    pub(super) reporting: Option<Reporting>,
}

impl Beside {
    pub(super) fn read(
        reading: &Reading<'_>,
        email: EmailId,
        letter: &Letter,
    ) -> std::result::Result<Self, StoreError> {
        let sender = letter.headers.from.first().map(|from| from.email.as_str());
        let reporting = match &letter.report {
            Some(report) => Some(told::reporting(reading, email, report.clone(), sender)?),
            None => None,
        };
        Ok(Self {
            trackers: reading.trackers(email)?,
            list_left_at: reading.list_of(email)?.and_then(|list| list.left_at),
            reports: reported(reading, email)?,
            reporting,
        })
    }
}

impl Engine {
    pub(super) async fn before(&self, email: EmailId, look: Look) -> Result<Before> {
        self.read(move |reading| Before::read(reading, email, look)).await
    }

    /// The same of a letter that somebody waits for: its text is asked of the server where it is not here.
    pub(super) async fn brought(&self, email: EmailId, look: Look) -> Result<Before> {
        let before = self.before(email, look.clone()).await?;
        if before.here.is_some() {
            return Ok(before);
        }
        self.bring(email, Wanted::Text).await?;
        self.before(email, look).await
    }
}
