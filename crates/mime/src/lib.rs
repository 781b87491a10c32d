//! Bytes to messages and back: parse, thread references, previews, answers, and letters to send.
//!
//! Nothing here does I/O, and nothing here refuses input: what cannot be read is read as far as it goes, and
//! what was odd about it is told in [`Oddity`]. What is not here: sanitising HTML, SMTP, and the store.

mod address;
mod addresses;
mod archive;
mod attachment;
mod authentication;
mod bodies;
mod calendar;
#[cfg(test)]
mod chance;
mod charset;
mod compose;
mod content;
mod danger;
mod date;
mod delivery;
mod enriched;
mod excerpt;
mod fields;
mod file_kind;
mod file_name;
mod flowed;
mod glance;
mod headers;
mod html_sources;
mod html_text;
mod html_tokens;
mod inline;
mod letter;
mod line_ends;
mod mailing_list;
mod mbox;
mod oddity;
mod papers;
mod picture;
mod preview;
mod received;
mod report;
mod respond;
mod same;
mod sender;
mod shown;
mod signed;
mod skeleton;
mod steady;
mod structure;
mod style_rules;
mod subject;
mod tnef;
mod transfer;
mod uuencode;
mod visible;
mod words;
mod wrappers;

pub use address::parse_addresses;
pub use archive::{Contents, PackedFile, is_archive, look_into};
pub use attachment::{
    Attachment, PartId, attachment, has_attachment, inline_by_content_id, octets, wrapping,
};
pub use authentication::{Check, Checks, authentication_results, count_of};
pub use calendar::{
    Answer, Attendance, Attendee, CalendarFile, Clock, Invitation, Method, OCCURRENCE_LIMIT, Occurrence,
    Recurrence, Repeats, When, calendar_file, invitations, kept, occurrences, reply, told_anew,
};
pub use charset::{is_text, text_of};
pub use compose::{
    AttachedData, ComposeError, Composed, Framed, Outgoing, OutgoingAttachment, Ready, compose,
    compose_around, compose_draft, compose_draft_around, for_sending, is_plain, ready, receipt,
};
pub use danger::{Danger, dangers};
pub use delivery::delivered_at;
pub use file_name::safe as safe_file_name;
pub use glance::{AttachedFile, Glance, READING, glance, glance_with_letter};
pub use headers::{Headers, parse_envelope, parse_headers, thread_ids};
pub use html_text::text_from_html;
pub use inline::InlineParts;
pub use letter::{Letter, Piece, parse, parse_in};
pub use mailing_list::{Leave, LeaveLetter, MailingList, leave_letter, mailing_list};
pub use mbox::{is_mbox, letter_of_mbox, letters_of_mbox};
pub use oddity::Oddity;
pub use papers::{Paper, has_words, papers, papers_apart, papers_apart_soon, papers_soon, words_of};
pub use picture::{MOST_POINTS, drawn, is_called_picture, picture_type, points_of_written};
pub use preview::excerpt;
pub use received::{Handed, Hop, hops};
pub use report::Report;
pub use respond::{Response, html_from_text, respond};
pub use same::same_parts;
pub use sender::{SenderTrick, sender_tricks};
pub use shown::{Named, shown_content_ids};
pub use skeleton::{SkeletonPart, assemble, fill, text_sections};
pub use steady::{Steady, steady};
pub use subject::{base_subject, is_passed_on};
pub use tnef::{Tnef, TnefFile, TnefMeeting, is_tnef, open_tnef};
