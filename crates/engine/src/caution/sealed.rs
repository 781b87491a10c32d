//! What a look of our own at the seals of a letter comes to for the domain that it shows.

use waxwing_remote::discover::registered_domain;
use waxwing_remote::dkim::{Seal, SealState};

use super::who::Verdict;

/// Keys are taken out of DNS when they have served. A letter that is older than this may have been sealed with one.
pub(super) const KEYS_LAST: i64 = 30 * 24 * 60 * 60 * 1_000;

fn is_aligned(seal: &Seal, domain: &str) -> bool {
    let own = registered_domain(domain);
    own.is_some() && registered_domain(&seal.domain) == own
}

fn signs_sender(seal: &Seal) -> bool {
    seal.covers.iter().any(|name| name == "from")
}

/// Whether this seal alone says that the domain stands for all that is shown.
pub(super) fn vouches(seal: &Seal, domain: &str) -> bool {
    seal.state == SealState::Good && signs_sender(seal) && seal.loose.is_empty() && is_aligned(seal, domain)
}

/// What our own look at the seals comes to for the domain that is shown.
pub(super) fn of_seals(seals: &[Seal], domain: &str, is_old: bool) -> Verdict {
    if seals.iter().any(|seal| vouches(seal, domain)) {
        return Verdict::Vouched;
    }
    let holds =
        |seal: &&Seal| matches!(seal.state, SealState::Good | SealState::Partial) && signs_sender(seal);
    if seals.iter().filter(holds).any(|seal| is_aligned(seal, domain)) {
        return Verdict::Partly;
    }
    let good = |seal: &&Seal| seal.state == SealState::Good && signs_sender(seal);
    // Nobody owns a public suffix.
    let owned = |seal: &&Seal| registered_domain(&seal.domain).is_some();
    if let Some(other) = seals.iter().filter(owned).find(good) {
        return Verdict::ByOther(other.domain.clone());
    }
    // Anybody can write a seal of their own for whose key DNS never answers: it may not leave it open whether the letter is from
    // the domain that is shown. One of that domain's that holds and was over is the domain's own, and may have waited on its way
    // or come here with a whole archive; somebody may have kept it, too.
    let is_silent = |seal: &&Seal| matches!(seal.state, SealState::Unknown | SealState::Unasked);
    let is_open = |seal: &Seal| match seal.state {
        SealState::Expired => signs_sender(seal) && seal.loose.is_empty(),
        SealState::NoKey => is_old,
        _ => is_silent(&seal),
    };
    if seals.iter().any(|seal| is_aligned(seal, domain) && is_open(seal)) {
        return Verdict::Unknown;
    }
    // Whoever has a list or sends for others seals in another name. Until DNS has answered nobody is accused.
    if seals.iter().filter(owned).filter(is_silent).any(signs_sender) {
        return Verdict::OtherUnknown;
    }
    let is_broken = |seal: &Seal| seal.state == SealState::Broken && is_aligned(seal, domain);
    match seals.iter().any(is_broken) {
        true => Verdict::Broken,
        false => Verdict::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(domain: &str, state: SealState) -> Seal {
        Seal {
            domain: domain.to_owned(),
            selector: String::new(),
            covers: vec!["from".to_owned()],
            loose: Vec::new(),
            state,
        }
    }

    #[test]
    fn a_seal_counts_for_the_domain_that_is_shown_and_only_if_it_covers_the_sender() {
        let good = seal("mail.fjord.test", SealState::Good);
        assert_eq!(
            of_seals(std::slice::from_ref(&good), "fjord.test", false),
            Verdict::Vouched
        );
        let bare = Seal {
            covers: Vec::new(),
            ..good.clone()
        };
        assert_eq!(
            of_seals(&[bare], "fjord.test", false),
            Verdict::Nobody,
            "another From stands above"
        );
        let loose = Seal {
            loose: vec!["reply-to".to_owned()],
            ..good.clone()
        };
        assert_eq!(
            of_seals(std::slice::from_ref(&loose), "fjord.test", false),
            Verdict::Partly,
            "anybody may have added where answers go"
        );
        assert_eq!(
            of_seals(&[loose, good.clone()], "fjord.test", false),
            Verdict::Vouched,
            "another seal leaves nothing open"
        );
        assert_eq!(
            of_seals(&[good], "bank.test", false),
            Verdict::ByOther("mail.fjord.test".into())
        );
        for (state, expected) in [
            (SealState::Partial, Verdict::Partly),
            (SealState::Broken, Verdict::Broken),
            (SealState::Expired, Verdict::Unknown),
            (SealState::Unasked, Verdict::Unknown),
            (SealState::NoKey, Verdict::Nobody),
            (SealState::Weak, Verdict::Nobody),
            (SealState::Unreadable, Verdict::Nobody),
            (SealState::Unknown, Verdict::Unknown),
        ] {
            assert_eq!(
                of_seals(&[seal("fjord.test", state)], "fjord.test", false),
                expected
            );
        }
        assert_eq!(
            of_seals(&[seal("fjord.test", SealState::NoKey)], "fjord.test", true),
            Verdict::Unknown,
            "the key of an old letter may have had its day"
        );
        for state in [SealState::Unknown, SealState::Unasked, SealState::NoKey] {
            assert_eq!(
                of_seals(&[seal("evil.test", state)], "fjord.test", true),
                match state {
                    SealState::NoKey => Verdict::Nobody,
                    _ => Verdict::OtherUnknown,
                },
                "a stranger's seal about which DNS is silent says nothing of the domain that is shown"
            );
        }
        assert_eq!(
            of_seals(&[seal("evil.test", SealState::Expired)], "fjord.test", true),
            Verdict::Nobody,
            "nor one that was over"
        );
        assert_eq!(
            of_seals(
                &[
                    seal("fjord.test", SealState::Broken),
                    seal("list.test", SealState::Unasked)
                ],
                "fjord.test",
                false
            ),
            Verdict::OtherUnknown,
            "a list that changes letters seals them anew, and its key was not asked for yet"
        );
        let bare = Seal {
            covers: Vec::new(),
            ..seal("fjord.test", SealState::Expired)
        };
        let loose = Seal {
            loose: vec!["content-type".to_owned()],
            ..seal("fjord.test", SealState::Expired)
        };
        for changed in [bare, loose] {
            assert_eq!(
                of_seals(&[changed], "fjord.test", false),
                Verdict::Nobody,
                "somebody kept a letter and put fields of their own above"
            );
        }
        assert_eq!(of_seals(&[], "fjord.test", false), Verdict::Nobody);
        assert_eq!(
            of_seals(&[seal("co.uk", SealState::Good)], "bank.co.uk", false),
            Verdict::Nobody,
            "nobody owns a public suffix"
        );
    }

    #[test]
    fn no_seal_is_believed_on_a_letter_whose_header_ends_elsewhere_for_its_reader() {
        for named in [
            "X-A: boundary=\"Important:\"",
            "Content-Type: text/plain; boundary=\"Important:\"",
            "Content-Type: text/plain;\r\n boundary=Important",
            "Content-Type: text/plain\r\nX-A: boundary=Important",
        ] {
            for line in [
                "--Important:",
                "--Important",
                "--Important: ",
                "--Important: x",
                "--Important :",
            ] {
                let raw = format!(
                    "{named}\r\n{line}\r\n forged words\r\nDKIM-Signature: v=1; a=rsa-sha256; d=fjord.test; s=x; h=from; \
                     bh=AA==; b=AA==\r\nFrom: jonas@fjord.test\r\n\r\ntrue words\r\n"
                );
                let seal = waxwing_remote::dkim::open(raw.as_bytes(), 0).remove(0).seal;
                let letter = waxwing_mime::parse(raw.as_bytes());
                let shows = letter.text.unwrap_or_default();
                assert!(shows.contains("true words"), "{raw}");
                assert!(
                    seal.state == SealState::Unreadable || !shows.contains("forged"),
                    "{raw} is {:?} and shows {shows}",
                    seal.state
                );
            }
        }
    }
}
