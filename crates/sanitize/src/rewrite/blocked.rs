//! What is counted because it is never loaded and never runs. Not here: pictures that may be shown.

use super::Pass;
use crate::attributes::Attributes;
use crate::link;

impl Pass<'_> {
    pub(super) fn count_scripts(&mut self, name: &str, attributes: &Attributes) {
        let handlers = attributes
            .iter()
            .filter(|(name, _)| name.starts_with("on"))
            .count();
        let handlers = u32::try_from(handlers).unwrap_or(u32::MAX);
        let own = u32::from(name == "script" && runs(attributes));
        let scripts = &mut self.made.findings.removed_scripts;
        *scripts = scripts.saturating_add(handlers).saturating_add(own);
    }

    /// Style sheets from the network, which are never loaded.
    pub(super) fn count_sheets(&mut self, name: &str, attributes: &Attributes) {
        let findings = &mut self.made.findings;
        let is_sheet = || {
            let mut kinds = attributes.get("rel").unwrap_or_default().split_ascii_whitespace();
            kinds.any(|kind| kind.eq_ignore_ascii_case("stylesheet"))
        };
        if name == "link" && is_sheet() && attributes.get("href").is_some_and(link::is_remote) {
            findings.remote_sheets = findings.remote_sheets.saturating_add(1);
        }
    }
}

/// Whether some browser would run a script element. One of any other type is a data block (HTML, section 4.12.1), as what
/// letters say of themselves in `application/ld+json`.
fn runs(script: &Attributes) -> bool {
    let kind = script.get("type").unwrap_or_default().trim().to_ascii_lowercase();
    let languages = ["javascript", "ecmascript", "jscript", "livescript", "vbscript"];
    matches!(kind.as_str(), "" | "module" | "importmap" | "speculationrules")
        || languages.iter().any(|language| kind.contains(language))
}
