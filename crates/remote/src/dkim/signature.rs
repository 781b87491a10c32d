//! One DKIM-Signature field, read (RFC 6376, section 3.5).

use super::canonical::Canonical;
use super::tags::Tags;

/// Names in `h=`. Senders that sign each name twice have some forty.
const MOST_NAMES: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rsa,
    /// RFC 8463.
    Ed25519,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) algorithm: Algorithm,
    pub(super) header: Canonical,
    pub(super) body: Canonical,
    pub(super) domain: String,
    pub(super) selector: String,
    /// The domain of `i=`, which is `domain` or below it.
    pub(super) agent: String,
    /// Names of the signed fields in their order, in lower case.
    pub(super) signed: Vec<String>,
    pub(super) body_hash: Vec<u8>,
    pub(super) signature: Vec<u8>,
    /// Octets of the body that are signed; `None`: all.
    pub(super) length: Option<usize>,
    /// When it was made, in seconds since 1970.
    pub(super) made: Option<u64>,
    /// Likewise.
    pub(super) expires: Option<u64>,
    /// The field as it is signed itself: with nothing in `b=`, and without its last line end.
    pub(super) itself: Vec<u8>,
}

/// A signature that cannot be used. Whose it says to be is told as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignatureProblem {
    pub(super) domain: String,
}

impl Signature {
    pub(super) fn read(field: &[u8]) -> Result<Self, SignatureProblem> {
        let nameless = || SignatureProblem {
            domain: String::new(),
        };
        let text = std::str::from_utf8(field).map_err(|_| nameless())?;
        let (_, value) = text.split_once(':').ok_or_else(nameless)?;
        let tags = Tags::read(value).ok_or_else(nameless)?;
        let domain = tags.word("d").unwrap_or_default().to_ascii_lowercase();
        Self::of(&tags, &domain, field).ok_or(SignatureProblem { domain })
    }

    fn of(tags: &Tags<'_>, domain: &str, field: &[u8]) -> Option<Self> {
        if tags.word("v")? != "1" || !is_name(domain) {
            return None;
        }
        let algorithm = match tags.word("a")?.to_ascii_lowercase().as_str() {
            "rsa-sha256" => Algorithm::Rsa,
            "ed25519-sha256" => Algorithm::Ed25519,
            // SHA-1 is not believed (RFC 8301, section 3.1).
            _ => return None,
        };
        let (header, body) = match tags.word("c") {
            Some(both) => Canonical::both(&both.to_ascii_lowercase())?,
            None => (Canonical::Simple, Canonical::Simple),
        };
        let agent = match tags.word("i") {
            Some(agent) => agent.rsplit_once('@')?.1.to_ascii_lowercase(),
            None => domain.to_owned(),
        };
        let below = agent
            .strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let selector = tags.word("s")?.to_ascii_lowercase();
        let signed = tags.words("h")?;
        // Who the letter is from must be signed (section 5.4).
        if !below
            || signed.len() > MOST_NAMES
            || !is_name(&selector)
            || !signed.iter().any(|name| name == "from")
        {
            return None;
        }
        if tags
            .words("q")
            .is_some_and(|ways| !ways.iter().any(|way| way == "dns/txt"))
        {
            return None;
        }
        let number = |name: &str| match tags.word(name) {
            None => Some(None),
            Some(digits) => digits.parse::<u64>().ok().map(Some),
        };
        let length = match number("l")? {
            None => None,
            Some(length) => Some(usize::try_from(length).ok()?),
        };
        let (made, expires) = (number("t")?, number("x")?);
        // Section 3.5: what is over before it has begun is no signature.
        if made.zip(expires).is_some_and(|(made, end)| end <= made) {
            return None;
        }
        Some(Self {
            algorithm,
            header,
            body,
            domain: domain.to_owned(),
            selector,
            agent,
            signed,
            body_hash: tags.bytes("bh")?,
            signature: tags.bytes("b").filter(|bytes| !bytes.is_empty())?,
            length,
            made,
            expires,
            itself: unsigned(field)?,
        })
    }
}

/// A name that DNS may be asked for.
fn is_name(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

/// The field with nothing in `b=`, every other octet as it is (section 3.7).
fn unsigned(field: &[u8]) -> Option<Vec<u8>> {
    let colon = field.iter().position(|&byte| byte == b':')? + 1;
    let (name, value) = field.split_at_checked(colon)?;
    let mut kept = name.to_vec();
    let mut found = false;
    for (number, piece) in value.split(|&byte| byte == b';').enumerate() {
        if number > 0 {
            kept.push(b';');
        }
        let equals = piece.iter().position(|&byte| byte == b'=');
        match equals.and_then(|at| piece.split_at_checked(at + 1)) {
            Some((tag, _)) if tag.trim_ascii().strip_suffix(b"=").map(<[u8]>::trim_ascii) == Some(b"b") => {
                kept.extend_from_slice(tag);
                found = true;
            }
            _ => kept.extend_from_slice(piece),
        }
    }
    // Where `b=` is the last tag, the line end went with it.
    while kept.ends_with(b"\n") || kept.ends_with(b"\r") {
        kept.pop();
    }
    found.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<Signature, SignatureProblem> {
        Signature::read(format!("DKIM-Signature: {value}\r\n").as_bytes())
    }

    const GOOD: &str = "v=1; a=rsa-sha256; d=Fjord.test; s=x; h=From : to; bh=AAAA; b=AA\r\n AA";

    #[test]
    fn a_signature_is_read_with_spaces_anywhere() {
        let signature = read(GOOD).unwrap();
        assert_eq!(signature.domain, "fjord.test", "names have no case");
        assert_eq!(signature.signed, ["from", "to"]);
        assert_eq!(signature.signature, [0, 0, 0]);
        assert_eq!(
            signature.itself,
            b"DKIM-Signature: v=1; a=rsa-sha256; d=Fjord.test; s=x; h=From : to; bh=AAAA; b=",
            "without what it could not know when it was made; bh is another tag"
        );
    }

    #[test]
    fn what_is_not_believed_is_refused_and_whose_it_says_to_be_is_told() {
        for (what, with) in [
            ("rsa-sha256", "rsa-sha1"),
            ("v=1", "v=2"),
            ("From : to", "to : subject"),
            ("s=x", "s=x; i=@elsewhere.test"),
            ("s=x", "s=x; i=@notfjord.test"),
            ("s=x", "s=x; s=y"),
            ("s=x", "s=x y/z"),
            ("s=x", "s=x; q=carrier/pigeon"),
            ("s=x", "s=x; l=many"),
            ("s=x", "s=x; t=20; x=20"),
            ("s=x", "s=x; t=now"),
            ("s=x", "s=x; c=sloppy/simple"),
        ] {
            let refused = read(&GOOD.replace(what, with));
            assert!(refused.is_err(), "{with}");
        }
        let names = format!("From{}", " : to".repeat(MOST_NAMES));
        assert!(
            read(&GOOD.replace("From : to", &names)).is_err(),
            "nobody signs so much"
        );
        let tags: String = (0..40).map(|number| format!("; x{number}=y")).collect();
        assert!(read(&format!("{GOOD}{tags}")).is_err(), "nor tells so much of it");
        assert_eq!(
            read(&GOOD.replace("rsa-sha256", "rsa-sha1")).unwrap_err().domain,
            "fjord.test"
        );
        assert!(
            read(&GOOD.replace("s=x", "s=x; i=lena@mail.fjord.test")).is_ok(),
            "a name below is the domain's own"
        );
    }
}
