//! Letters on their way out.

use serde::Serialize;
use specta::Type;
use waxwing_model::{CopyState, Submission, SubmissionState};

use super::letter::{AddressView, addresses};
use super::trouble::TroubleView;
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SubmissionStateView {
    Waiting,
    Sending,
    Sent {
        reply: String,
    },
    /// Our sentence; the server's own words stand in its detail.
    Failed {
        trouble: TroubleView,
        permanent: bool,
    },
    Unknown,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionView {
    pub id: String,
    pub account: String,
    pub subject: String,
    pub recipients: Vec<AddressView>,
    pub state: SubmissionStateView,
    pub copy_filed: bool,
    pub attempts: u32,
    pub created_at: Moment,
    pub send_at: Moment,
}

impl From<Submission> for SubmissionView {
    fn from(submission: Submission) -> Self {
        Self {
            id: submission.id.to_string(),
            account: submission.account.to_string(),
            subject: submission.subject,
            recipients: addresses(submission.recipients),
            state: match submission.state {
                SubmissionState::Waiting => SubmissionStateView::Waiting,
                SubmissionState::Sending => SubmissionStateView::Sending,
                SubmissionState::Sent { reply } => SubmissionStateView::Sent { reply },
                SubmissionState::Failed { trouble, permanent } => SubmissionStateView::Failed {
                    trouble: trouble.into(),
                    permanent,
                },
                SubmissionState::Unknown => SubmissionStateView::Unknown,
            },
            copy_filed: submission.copy == CopyState::Filed,
            attempts: submission.attempts,
            created_at: moment(submission.created_at),
            send_at: moment(submission.send_at),
        }
    }
}
