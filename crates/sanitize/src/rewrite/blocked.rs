//! What is counted because it is never loaded and never runs. Not here: pictures that may be shown.

use super::Pass;
use crate::attributes::Attributes;
use crate::{image, link};

impl Pass<'_> {
    pub(super) fn count_scripts(&mut self, attributes: &Attributes) {
        let handlers = attributes
            .iter()
            .filter(|(name, _)| name.starts_with("on"))
            .count();
        let handlers = u32::try_from(handlers).unwrap_or(u32::MAX);
        let scripts = &mut self.made.findings.removed_scripts;
        *scripts = scripts.saturating_add(handlers);
    }

    /// What is never loaded: pictures of players and of buttons, and style sheets.
    pub(super) fn count_blocked(&mut self, name: &str, attributes: &Attributes) {
        let findings = &mut self.made.findings;
        if image::is_of_old(name, attributes) {
            findings.remote_images = findings.remote_images.saturating_add(1);
        }
        let is_sheet = || {
            let mut kinds = attributes.get("rel").unwrap_or_default().split_ascii_whitespace();
            kinds.any(|kind| kind.eq_ignore_ascii_case("stylesheet"))
        };
        if name == "link" && is_sheet() && attributes.get("href").is_some_and(link::is_remote) {
            findings.remote_sheets = findings.remote_sheets.saturating_add(1);
        }
    }
}
