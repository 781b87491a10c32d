//! Hostile HTML in, [`SafeHtml`] out: a type that only this crate can make.
//!
//! The order is: a cap on size; a pass over the tags that drops what no letter needs, flattens absurd nesting and
//! decides about every picture and link; then ammonia's allow-list with our style filter inside it, which trusts
//! nothing of the first pass; and the allow-list for style sheets. Nothing edits the HTML after that.
//!
//! What is not here: MIME, the network, the fetching of pictures, and the web view.

mod attributes;
mod clean;
mod css;
mod element;
mod fold;
mod frame;
mod image;
mod letter;
mod link;
mod links;
mod lower;
mod markup;
mod mode;
mod nesting;
mod options;
mod policy;
mod purse;
mod quote;
mod references;
mod rewrite;
mod safe_html;
mod shape;
mod squares;
mod text;
mod trackers;
mod turns;
mod unbroken;

pub use frame::{FRAME_CSP, Heading, Look};
pub use letter::{
    Part, examine_letter, examine_parts, examine_text, for_sending, from_text, from_text_with, sanitize,
    sanitize_parts,
};
pub use links::{
    Domain, Known, LinkKind, LinkLook, LinkWarning, Standing, dialled, look_alike, look_at, look_at_seen,
    often_forged,
};
pub use options::{Colours, Findings, Links, Options, Quotes, RemoteImages};
pub use safe_html::SafeHtml;
pub use trackers::{Details, LinkSeen, Tracker, TrackerKind};
