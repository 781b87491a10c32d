//! Letters on their way out.

use serde::Serialize;
use specta::Type;
use waxwing_model::{CopyState, DeliveryReport, Fate, Holder, Submission, SubmissionState, Teller};

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

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HolderView {
    Here,
    Server,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FateView {
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Read,
}

/// What a report says of one recipient.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReportLineView {
    pub recipient: String,
    pub fate: FateView,
    pub words: String,
    /// The letter was sent to this recipient, as far as is known.
    pub addressed: bool,
    pub by: TellerView,
    /// Who says it, where that is neither a server nor who is said to have read it.
    pub other: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TellerView {
    Server,
    Reader,
    InReadersName,
    Other,
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
    /// The moment that the person chose.
    pub hold_until: Option<Moment>,
    pub holder: Option<HolderView>,
    /// Whether it is still to be looked for in Sent, where nobody knows whether it was sent.
    pub is_looked_for: bool,
    /// How much of it is handed over, in hundredths, where that takes a while.
    pub progress: Option<u8>,
    pub reports: Vec<ReportLineView>,
}

impl SubmissionView {
    /// `has_sent`: its account has a server that is asked for Sent.
    pub fn new(submission: Submission, progress: Option<u8>, has_sent: bool) -> Self {
        let is_unknown = submission.state == SubmissionState::Unknown;
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
            hold_until: submission.wishes.hold_until.map(moment),
            holder: submission.holder.map(|holder| match holder {
                Holder::Here => HolderView::Here,
                Holder::Server => HolderView::Server,
            }),
            is_looked_for: is_unknown && has_sent && !submission.searched,
            progress,
            reports: report_lines(submission.reports),
        }
    }
}

pub fn report_lines(reports: Vec<DeliveryReport>) -> Vec<ReportLineView> {
    reports
        .into_iter()
        .map(
            |DeliveryReport {
                 line, addressed, by, ..
             }| {
                let (by, other) = match by {
                    Teller::Server => (TellerView::Server, None),
                    Teller::Reader => (TellerView::Reader, None),
                    Teller::InReadersName => (TellerView::InReadersName, None),
                    Teller::Other(address) => (TellerView::Other, Some(address)),
                };
                ReportLineView {
                    recipient: line.recipient,
                    fate: match line.fate {
                        Fate::Failed => FateView::Failed,
                        Fate::Delayed => FateView::Delayed,
                        Fate::Delivered => FateView::Delivered,
                        Fate::Relayed => FateView::Relayed,
                        Fate::Read => FateView::Read,
                    },
                    words: line.words,
                    addressed,
                    by,
                    other,
                }
            },
        )
        .collect()
}
