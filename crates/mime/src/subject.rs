//! Subjects: their base, and the prefixes of answers.

/// The base subject (RFC 5256, section 2.1): without "Re:" and its sisters in other languages, without the tags
/// of mailing lists, without "(fwd)". Spaces are single; the case is kept.
pub fn base_subject(subject: &str) -> String {
    let collapsed = crate::visible::collapse(subject);
    let mut base = collapsed.as_str();
    loop {
        let before = base;
        base = strip_trailers(base);
        while let Some(rest) = strip_leader(base) {
            base = rest;
        }
        // A tag goes only if something is left (step 4 of the RFC).
        if let Some(rest) = strip_tag(base).filter(|rest| !rest.is_empty()) {
            base = rest;
        }
        if let Some(inner) = base.strip_prefix("[Fwd:").and_then(|rest| rest.strip_suffix(']')) {
            base = inner.trim();
        }
        if base == before {
            return base.to_owned();
        }
    }
}

/// Whether a subject says that its letter passes another one on: what that says is what is to be read.
pub fn is_passed_on(subject: &str) -> bool {
    let subject = crate::visible::collapse(subject);
    let subject = strip_tag(&subject).unwrap_or(&subject);
    subject.starts_with("[Fwd:")
        || strip_trailers(subject).len() < subject.trim_end().len()
        || strip_prefix(subject, &FORWARDS).is_some()
}

/// The subject of an answer: one "Re: ", whatever stood there.
pub(crate) fn answering(subject: &str) -> String {
    format!("Re: {}", without(subject, &ANSWERS)).trim().to_owned()
}

/// The subject of a letter that is passed on.
pub(crate) fn forwarding(subject: &str) -> String {
    format!("Fwd: {}", without(subject, &FORWARDS)).trim().to_owned()
}

const ANSWERS: [&str; 14] = [
    "re", "aw", "antw", "antwort", "sv", "vs", "ref", "rif", "res", "odp", "ynt", "vá", "отв", "回复",
];
const FORWARDS: [&str; 12] = [
    "fwd", "fw", "wg", "tr", "rv", "enc", "doorst", "vb", "vl", "i", "пер", "转发",
];

/// The subject without leading prefixes of that kind.
fn without<'a>(subject: &'a str, prefixes: &[&str]) -> &'a str {
    let mut rest = subject.trim();
    while let Some(after) = strip_prefix(rest, prefixes) {
        rest = after;
    }
    rest
}

fn strip_leader(subject: &str) -> Option<&str> {
    strip_prefix(subject, &ANSWERS)
        .or_else(|| strip_prefix(subject, &FORWARDS))
        .or_else(|| {
            // "[list] Re: x" is an answer too.
            let rest = strip_tag(subject)?;
            strip_prefix(rest, &ANSWERS).or_else(|| strip_prefix(rest, &FORWARDS))
        })
}

/// One prefix and its colon: "Re:", "RE[2]:", "Re :", "回复：".
fn strip_prefix<'a>(subject: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    let subject = subject.trim_start();
    let (head, rest) = subject.split_once([':', '：'])?;
    if head.len() > 24 {
        return None;
    }
    let word = head
        .split(['[', '('])
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    prefixes.contains(&word.as_str()).then(|| rest.trim_start())
}

/// "[list] " at the start.
fn strip_tag(subject: &str) -> Option<&str> {
    let (tag, rest) = subject.strip_prefix('[')?.split_once(']')?;
    (!tag.contains('[') && !tag.starts_with("Fwd:")).then(|| rest.trim_start())
}

fn strip_trailers(subject: &str) -> &str {
    let mut subject = subject.trim_end();
    while let Some(start) = subject.len().checked_sub(5)
        && let (Some(rest), Some(trailer)) = (subject.get(..start), subject.get(start..))
        && trailer.eq_ignore_ascii_case("(fwd)")
    {
        subject = rest.trim_end();
    }
    subject
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_all_kinds_go() {
        for (subject, base) in [
            ("Re: Invoice 2291", "Invoice 2291"),
            ("RE: Fwd: re[2]: AW:  Invoice   2291 (fwd) (FWD)", "Invoice 2291"),
            ("[crew] Re: [crew] Keys", "Keys"),
            ("[Fwd: Keys]", "Keys"),
            ("[crew]", "[crew]"),
            ("SV: VS: Nøkler", "Nøkler"),
            ("回复：灯塔", "灯塔"),
            ("Rent: due", "Rent: due"),
            ("Re:", ""),
            ("", ""),
        ] {
            assert_eq!(base_subject(subject), base, "{subject}");
        }
    }

    #[test]
    fn a_subject_says_that_its_letter_is_passed_on() {
        for subject in [
            "Fwd: Keys",
            "FW: Re: Keys",
            "WG: Schlüssel",
            "[crew] Fwd: Keys",
            "[Fwd: Keys]",
            "Keys (fwd)",
            "转发：灯塔",
        ] {
            assert!(is_passed_on(subject), "{subject}");
        }
        for subject in ["Re: Fwd: Keys", "Keys", "Forward: march", "", "[crew] Keys"] {
            assert!(!is_passed_on(subject), "{subject}");
        }
    }

    #[test]
    fn an_answer_has_one_prefix() {
        for (subject, answer, forward) in [
            ("Keys", "Re: Keys", "Fwd: Keys"),
            ("Re: AW: Keys", "Re: Keys", "Fwd: Re: AW: Keys"),
            ("Fw: Keys", "Re: Fw: Keys", "Fwd: Keys"),
            ("", "Re:", "Fwd:"),
        ] {
            assert_eq!(
                (answering(subject).as_str(), forwarding(subject).as_str()),
                (answer, forward),
                "{subject}"
            );
        }
    }
}
