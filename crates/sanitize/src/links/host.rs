//! Names of hosts in scripts of their own (IDN, RFC 5890), and what is odd about one (UTS #39).

use unicode_security::MixedScript;

use super::LinkWarning;

/// A host as its owner writes it.
pub(super) fn written(host: &str) -> String {
    let (written, outcome) = idna::domain_to_unicode(host);
    match outcome {
        Ok(()) => written,
        Err(_) => host.to_owned(),
    }
}

/// What the script of a name warns of. A name wholly in one script is somebody's good name, which is why it is told and
/// not refused.
pub(super) fn script_warning(written: &str) -> Option<LinkWarning> {
    if written.is_ascii() {
        return None;
    }
    if written.split('.').any(|label| !label.is_single_script()) {
        return Some(LinkWarning::MixedScripts);
    }
    // Umlauts and accents are Latin like everything around them.
    let latin = |one: char| one.is_ascii() || matches!(one, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    (!written.chars().all(latin)).then_some(LinkWarning::OtherScript)
}
