//! Invitations. Times cross as they stand on the wall, and as moments where those are known; the interface says them.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::parts::{Answer, Attendance, Attendee, Invitation, Method, Recurrence, Repeats, When};
use waxwing_engine::{Conflict, Said, ShownInvitation, Speaker};

use super::letter::AddressView;
use super::{Moment, moment};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InvitationView {
    /// It stands in a letter within the one that came.
    pub passed_on: bool,
    pub method: MethodView,
    pub cancelled: bool,
    pub summary: String,
    pub location: String,
    pub description: String,
    pub organizer: Option<AddressView>,
    pub attendees: Vec<AttendeeView>,
    pub start: Option<WhenView>,
    pub end: Option<WhenView>,
    pub recurrence: Option<RecurrenceView>,
    /// One day of a meeting that repeats.
    pub single: bool,
    /// As whom the person would answer; null: there is nothing to answer.
    pub answers_as: Option<String>,
    pub answered: Option<AnswerView>,
    /// An earlier version was answered, and this one was not.
    pub changed: bool,
    /// A later version was answered; this one is over.
    pub outdated: bool,
    /// It calls off what was answered, and nobody vouches that it comes from whom it shows: the meeting stands.
    pub doubted: bool,
    /// In whose name the file speaks: of an answer whoever answers, else whoever invites. Never empty.
    pub speakers: Vec<SpeakerView>,
    /// It calls off what stands all the same, since it is not from whom it names.
    pub stands: bool,
    /// It calls off what the person had answered to, and that is off among theirs.
    pub off: bool,
    pub conflicts: Vec<ConflictView>,
    /// The other meetings of the same file.
    pub further: Vec<FurtherView>,
}

/// Somebody in whose name a file speaks, and who says it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SpeakerView {
    pub address: AddressView,
    pub said: SaidView,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SaidView {
    /// They themselves, and somebody vouches for that.
    ByThem,
    /// The letter shows them as its sender, and nobody vouches for it.
    InTheirName,
    /// Somebody who writes for them, by what the file says.
    ByAgent,
    /// The same, and nobody vouches that the letter is from whom it shows.
    InAgentsName,
    /// Somebody else.
    ByOther,
}

/// A meeting that is told beside the one that is asked about.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FurtherView {
    pub summary: String,
    pub location: String,
    pub start: Option<WhenView>,
    pub end: Option<WhenView>,
    pub cancelled: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MethodView {
    Request,
    Reply,
    Cancel,
    Publish,
    Counter,
    DeclineCounter,
    Refresh,
    Other,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AnswerView {
    Accept,
    Tentative,
    Decline,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AttendanceView {
    Open,
    Accepted,
    Tentative,
    Declined,
    Delegated,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttendeeView {
    pub address: AddressView,
    pub attendance: AttendanceView,
    pub optional: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhenView {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    /// Minutes since midnight on the wall; null for whole days.
    pub minutes: Option<u16>,
    pub zone: Option<String>,
    pub at: Option<Moment>,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RepeatsView {
    Daily,
    Weekly,
    Monthly,
    Yearly,
    Often,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecurrenceView {
    pub repeats: RepeatsView,
    pub interval: u32,
    pub count: Option<u32>,
    pub until: Option<WhenView>,
    pub weekdays: Vec<NthWeekdayView>,
    pub days: Vec<i8>,
    pub months: Vec<u8>,
    pub further: bool,
}

/// 0 is Monday; the nth of the month, from its end where negative, each where 0.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NthWeekdayView {
    pub nth: i8,
    pub weekday: u8,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    pub summary: String,
    /// The first time that they meet: when the other one takes place.
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub tentative: bool,
    /// How many times of the invitation it meets, within a year.
    pub times: u32,
}

impl From<ShownInvitation> for InvitationView {
    fn from(shown: ShownInvitation) -> Self {
        let invitation = shown.invitation;
        Self {
            passed_on: shown.passed_on,
            method: match invitation.method {
                Method::Request => MethodView::Request,
                Method::Reply => MethodView::Reply,
                Method::Cancel => MethodView::Cancel,
                Method::Publish => MethodView::Publish,
                Method::Counter => MethodView::Counter,
                Method::DeclineCounter => MethodView::DeclineCounter,
                Method::Refresh => MethodView::Refresh,
                Method::Other => MethodView::Other,
            },
            cancelled: invitation.cancelled,
            summary: invitation.summary,
            location: invitation.location,
            description: invitation.description,
            organizer: invitation.organizer.map(Into::into),
            attendees: invitation.attendees.into_iter().map(attendee).collect(),
            start: invitation.start.map(when),
            end: invitation.end.map(when),
            recurrence: invitation.recurrence.map(recurrence),
            single: invitation.instance.is_some(),
            answers_as: shown.answers_as.map(|address| address.email),
            answered: shown.answered.map(Into::into),
            changed: shown.changed,
            outdated: shown.outdated,
            doubted: shown.doubted,
            speakers: shown.speakers.into_iter().map(speaker).collect(),
            stands: shown.stands,
            off: shown.off,
            conflicts: shown.conflicts.into_iter().map(conflict).collect(),
            further: shown.further.into_iter().map(further).collect(),
        }
    }
}

impl From<Answer> for AnswerView {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Accept => Self::Accept,
            Answer::Tentative => Self::Tentative,
            Answer::Decline => Self::Decline,
        }
    }
}

impl From<AnswerView> for Answer {
    fn from(answer: AnswerView) -> Self {
        match answer {
            AnswerView::Accept => Self::Accept,
            AnswerView::Tentative => Self::Tentative,
            AnswerView::Decline => Self::Decline,
        }
    }
}

fn speaker(speaker: Speaker) -> SpeakerView {
    SpeakerView {
        address: speaker.address.into(),
        said: match speaker.said {
            Said::ByThem => SaidView::ByThem,
            Said::InTheirName => SaidView::InTheirName,
            Said::ByAgent => SaidView::ByAgent,
            Said::InAgentsName => SaidView::InAgentsName,
            Said::ByOther => SaidView::ByOther,
        },
    }
}

fn further(meeting: Invitation) -> FurtherView {
    FurtherView {
        summary: meeting.summary,
        location: meeting.location,
        start: meeting.start.map(when),
        end: meeting.end.map(when),
        cancelled: meeting.cancelled,
    }
}

fn attendee(attendee: Attendee) -> AttendeeView {
    AttendeeView {
        address: attendee.address.into(),
        attendance: match attendee.attendance {
            Attendance::Open => AttendanceView::Open,
            Attendance::Accepted => AttendanceView::Accepted,
            Attendance::Tentative => AttendanceView::Tentative,
            Attendance::Declined => AttendanceView::Declined,
            Attendance::Delegated => AttendanceView::Delegated,
        },
        optional: attendee.optional,
    }
}

fn when(when: When) -> WhenView {
    let (year, month, day) = when.day;
    WhenView {
        year,
        month,
        day,
        minutes: when
            .clock
            .map(|(hour, minute)| u16::from(hour) * 60 + u16::from(minute)),
        zone: when.zone,
        at: when.at.map(moment),
    }
}

fn recurrence(recurrence: Recurrence) -> RecurrenceView {
    RecurrenceView {
        repeats: match recurrence.repeats {
            Repeats::Daily => RepeatsView::Daily,
            Repeats::Weekly => RepeatsView::Weekly,
            Repeats::Monthly => RepeatsView::Monthly,
            Repeats::Yearly => RepeatsView::Yearly,
            Repeats::Often => RepeatsView::Often,
        },
        interval: recurrence.interval,
        count: recurrence.count,
        until: recurrence.until.map(when),
        weekdays: recurrence
            .weekdays
            .into_iter()
            .map(|(nth, weekday)| NthWeekdayView { nth, weekday })
            .collect(),
        days: recurrence.days,
        months: recurrence.months,
        further: recurrence.further,
    }
}

fn conflict(conflict: Conflict) -> ConflictView {
    ConflictView {
        summary: conflict.summary,
        starts_at: moment(conflict.starts_at),
        ends_at: moment(conflict.ends_at),
        tentative: conflict.tentative,
        times: u32::try_from(conflict.times).unwrap_or(u32::MAX),
    }
}
