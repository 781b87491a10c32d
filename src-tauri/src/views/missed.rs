//! Pictures of letters that could not be fetched, as the interface sees them.

use serde::Serialize;
use specta::Type;
use waxwing_engine::{MissedPictures, WhyMissed};

/// Pictures of a host that could not be fetched for a letter, and why.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissedView {
    pub host: String,
    pub why: WhyMissedView,
    pub count: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WhyMissedView {
    Unreachable,
    Refused,
    TooLarge,
    Within,
    NoPicture,
}

impl From<MissedPictures> for MissedView {
    fn from(missed: MissedPictures) -> Self {
        Self {
            host: missed.host,
            why: match missed.why {
                WhyMissed::Unreachable => WhyMissedView::Unreachable,
                WhyMissed::Refused => WhyMissedView::Refused,
                WhyMissed::TooLarge => WhyMissedView::TooLarge,
                WhyMissed::Within => WhyMissedView::Within,
                WhyMissed::NoPicture => WhyMissedView::NoPicture,
            },
            count: missed.count,
        }
    }
}
