//! Letters in the wrapping of an S/MIME signature (RFC 8551, section 3.5.2): what is signed stands in it for everybody to
//! read. It is taken out and put where the wrapping stood, and whoever shows it says that nobody looked at the signature.
//! Not here: any look at it, and decryption.

use crate::fields::{self, Field};
use crate::structure::{Node, Structure};

/// Elements of ASN.1 in each other that are followed.
const DEEPEST: usize = 16;
/// `signedData` (RFC 5652, section 5.1), and the first octets that all of its kind share.
const SIGNED: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
const KINDS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01";

/// Whether a part may be such a wrapping.
pub(crate) fn may_be(node: &Node) -> bool {
    let is_wrapping = matches!(
        node.content.media_type(),
        "application/pkcs7-mime" | "application/x-pkcs7-mime"
    );
    is_wrapping
        && node
            .content
            .parameter("smime-type")
            .is_none_or(|kind| kind.eq_ignore_ascii_case("signed-data"))
}

/// Whether a part is the wrapping of something that cannot be read without a key.
pub(crate) fn is_encrypted(structure: &Structure<'_>, node: &Node) -> bool {
    match node.content.media_type() {
        "multipart/encrypted" | "application/pgp-encrypted" => true,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => match node.content.parameter("smime-type") {
            Some(kind) => kind.to_ascii_lowercase().contains("enveloped"),
            None => {
                let (bytes, _) = node.content.transfer.decode(structure.body(node));
                kind(&bytes).is_some_and(|(kind, _)| kind != SIGNED)
            }
        },
        _ => false,
    }
}

/// The letter with the first of its wrappings taken off; `None`: there is none that can be.
pub(crate) fn unwrapped(structure: &Structure<'_>) -> Option<Vec<u8>> {
    structure.leaves().filter(|node| may_be(node)).find_map(|node| {
        let (bytes, _) = node.content.transfer.decode(structure.body(node));
        let inner = content(&bytes)?;
        let raw = structure.raw();
        let mut whole = Vec::with_capacity(raw.len() + inner.len());
        whole.extend(raw.get(..node.header.start)?);
        let (inner_end, inner_body) = fields::header_end(&inner, 0, |_| false);
        // What describes the wrapping gives way to what describes what is in it. Nothing else that stands within becomes a
        // field of the letter's own: nobody has looked at who signed it.
        for (header, is_inner) in [
            (raw.get(node.header.clone())?, false),
            (inner.get(..inner_end)?, true),
        ] {
            let fields = fields::split(header).0;
            for field in fields.iter().filter(|field| describes_content(field) == is_inner) {
                whole.extend(field.raw.trim_ascii_end());
                whole.extend(b"\r\n");
            }
        }
        whole.extend(b"\r\n");
        whole.extend(inner.get(inner_body..)?);
        whole.extend(b"\r\n");
        whole.extend(raw.get(node.body.end..)?);
        Some(whole)
    })
}

/// Fields of a part, and not of a letter (RFC 2045, section 9).
fn describes_content(field: &Field<'_>) -> bool {
    field
        .name
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
}

/// What kind of wrapping it is, and what follows that word.
fn kind(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let outer = Element::of(bytes, 0x30)?;
    let kind = Element::of(outer.inner(), 0x06)?;
    kind.inner()
        .starts_with(KINDS)
        .then_some((kind.inner(), kind.after(DEEPEST)?))
}

/// What is signed, where it stands in the wrapping (RFC 5652, sections 3 to 5). Wrappings of elements that say their
/// length and of those that have an end (BER) are read, and of what is cut off, as much as there is.
fn content(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, rest) = kind(bytes).filter(|(kind, _)| *kind == SIGNED)?;
    let signed = Element::of(Element::of(rest, 0xa0)?.inner(), 0x30)?;
    let after_version = Element::of(signed.inner(), 0x02)?.after(DEEPEST)?;
    let after_digests = Element::of(after_version, 0x31)?.after(DEEPEST)?;
    let wrapped = Element::of(after_digests, 0x30)?;
    let after_kind = Element::of(wrapped.inner(), 0x06)?.after(DEEPEST)?;
    let octets = Element::of(after_kind, 0xa0)?;
    let mut content = Vec::new();
    gather(octets.inner(), &mut content, DEEPEST);
    (!content.is_empty()).then_some(content)
}

/// A string of octets, whole or in pieces (X.690, section 8.7). Gives what follows it.
fn gather<'a>(input: &'a [u8], to: &mut Vec<u8>, depth: usize) -> Option<&'a [u8]> {
    let element = Element::any(input)?;
    match element.tag {
        0x04 => to.extend(element.inner()),
        0x24 if depth > 0 => {
            let mut rest = element.inner();
            while !rest.is_empty() {
                if let Some(after) = rest.strip_prefix(b"\0\0").filter(|_| element.length.is_none()) {
                    return Some(after);
                }
                rest = gather(rest, to, depth - 1)?;
            }
        }
        _ => return None,
    }
    element.length.and_then(|length| element.body.get(length..))
}

struct Element<'a> {
    tag: u8,
    /// `None`: it goes on up to its end, which is two zeros.
    length: Option<usize>,
    /// What follows its length.
    body: &'a [u8],
}

impl<'a> Element<'a> {
    fn any(input: &'a [u8]) -> Option<Self> {
        let (&tag, rest) = input.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, body) = match first {
            0x80 => (None, rest),
            0..0x80 => (Some(usize::from(first)), rest),
            _ => {
                let count = usize::from(first & 0x7f);
                let length = rest.get(..count)?.iter().try_fold(0_usize, |length, &byte| {
                    length.checked_mul(256)?.checked_add(usize::from(byte))
                })?;
                (Some(length), rest.get(count..)?)
            }
        };
        // A tag of several octets has no place in what is read here.
        (tag & 0x1f != 0x1f).then_some(Self { tag, length, body })
    }

    fn of(input: &'a [u8], tag: u8) -> Option<Self> {
        Self::any(input).filter(|element| element.tag == tag)
    }

    fn inner(&self) -> &'a [u8] {
        match self.length {
            Some(length) => self.body.get(..length.min(self.body.len())).unwrap_or_default(),
            None => self.body,
        }
    }

    fn after(&self, depth: usize) -> Option<&'a [u8]> {
        if let Some(length) = self.length {
            return self.body.get(length..);
        }
        let mut rest = self.body;
        loop {
            if let Some(after) = rest.strip_prefix(b"\0\0") {
                return Some(after);
            }
            rest = Element::any(rest)?.after(depth.checked_sub(1)?)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Oddity, attachment, glance, has_attachment, parse};

    /// An element with its length.
    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("short").to_be_bytes();
        [&[tag, 0x84], length.as_slice(), content].concat()
    }

    fn ber(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], content, &[0, 0]].concat()
    }

    fn wrapping(kind: u8, inner: &str, element: fn(u8, &[u8]) -> Vec<u8>, string: &[u8]) -> Vec<u8> {
        let oid = |last: u8| der(0x06, &[super::KINDS, &[7, last]].concat());
        let octets = match string {
            [] => der(0x04, inner.as_bytes()),
            string => string.to_vec(),
        };
        let wrapped = element(0x30, &[oid(1), element(0xa0, &octets)].concat());
        let signed = [der(0x02, &[1]), element(0x31, &[]), wrapped, der(0x31, b"")].concat();
        element(
            0x30,
            &[oid(kind), element(0xa0, &element(0x30, &signed))].concat(),
        )
    }

    fn letter(wrapping: &[u8], kind: &str) -> Vec<u8> {
        let mut raw = format!(
            "From: lena@waxwing.test\r\nSubject: Signed\r\nContent-Type: application/pkcs7-mime; {kind}name=smime.p7m\r\n\
             Content-Transfer-Encoding: binary\r\n\r\n"
        )
        .into_bytes();
        raw.extend(wrapping);
        raw
    }

    const INNER: &str = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
        Grüße\r\n--i\r\nContent-Type: application/pdf; name=plan.pdf\r\n\r\n%PDF\r\n--i--\r\n";

    #[test]
    fn what_is_signed_in_a_wrapping_is_shown_and_said_to_be_unverified() {
        let pieces = [
            der(0x04, &INNER.as_bytes()[..40]),
            der(0x04, &INNER.as_bytes()[40..]),
        ]
        .concat();
        for wrapping in [
            wrapping(2, INNER, der, &[]),
            wrapping(2, INNER, ber, &[]),
            wrapping(2, "", ber, &ber(0x24, &pieces)),
            wrapping(2, "", der, &der(0x24, &pieces)),
        ] {
            for kind in ["smime-type=signed-data; ", ""] {
                let raw = letter(&wrapping, kind);
                let read = parse(&raw);
                assert_eq!(read.text.as_deref().map(str::trim), Some("Grüße"));
                assert_eq!(read.headers.subject, "Signed", "its header is its own");
                assert_eq!(read.oddities, [Oddity::NotVerified]);
                let [file] = read.attachments.as_slice() else {
                    panic!("{:?}", read.attachments)
                };
                let (_, bytes) = attachment(&raw, &file.part).expect("it can be had");
                assert_eq!((file.name.as_str(), bytes.as_slice()), ("plan.pdf", &b"%PDF"[..]));
                assert!(has_attachment(&read) && glance(&raw).has_attachment);
                assert_eq!(glance(&raw).text.trim(), "Grüße", "and it is found");
            }
        }
    }

    #[test]
    fn fields_that_stand_within_a_wrapping_do_not_become_the_letters_own() {
        let hostile = "Date: Mon, 23 Nov 2026 10:42:00 +0100\r\nReply-To: evil@evil.example\r\nX-Odd: x\r\n \
            Content-Type: text/html\r\nList-Unsubscribe: <https://evil.example/>\r\nSubject: Inner\r\n\
            References: <other@letter.example>\r\nIn-Reply-To: <other@letter.example>\r\nBcc: evil@evil.example\r\n";
        for inner in [
            format!("{hostile}{INNER}"),
            INNER.replacen("\r\n\r\n", &format!("\r\n{hostile}\r\n"), 1),
        ] {
            let raw = letter(&wrapping(2, &inner, der, &[]), "");
            let read = parse(&raw);
            assert_eq!(
                read.text.as_deref().map(str::trim),
                Some("Grüße"),
                "it is read all the same"
            );
            let own = |headers: crate::Headers| {
                let fields = headers.fields.into_iter();
                fields
                    .filter(|(name, _)| !name.starts_with("Content-"))
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                own(read.headers.clone()),
                own(crate::parse_headers(&raw)),
                "its fields are its own"
            );
            assert_eq!(read.headers.subject, "Signed");
            assert!(read.headers.references.is_empty() && read.headers.reply_to.is_empty());
            assert_eq!(crate::mailing_list(&raw), None);
            assert_eq!(glance(&raw).mailing_list, None, "nor for whoever glances at it");
        }
    }

    #[test]
    fn a_wrapping_within_a_letter_and_within_a_wrapping_is_taken_off_too() {
        let within = format!(
            "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64(&wrapping(2, INNER, der, &[]))
        );
        let raw = format!(
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n{within}\r\n--o\r\n\r\nfooter\r\n--o--\r\n"
        );
        let text = parse(raw.as_bytes()).text.unwrap_or_default();
        assert!(text.contains("Grüße") && text.contains("footer"), "{text}");
        let twice = letter(&wrapping(2, &within, ber, &[]), "");
        assert_eq!(parse(&twice).text.as_deref().map(str::trim), Some("Grüße"));
    }

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for group in bytes.chunks(3) {
            let bits = group
                .iter()
                .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - group.len()));
            for place in 0..=group.len() {
                text.push(char::from(DIGITS[(bits >> (18 - 6 * place)) as usize & 63]));
            }
        }
        text
    }

    #[test]
    fn what_cannot_be_read_is_said_to_be_encrypted_and_keeps_its_file() {
        for raw in [
            letter(&wrapping(3, INNER, der, &[]), ""),
            letter(b"anything", "smime-type=enveloped-data; "),
            b"Subject: x\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\
              Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n\
              Content-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n"
                .to_vec(),
            b"Subject: x\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n"
                .to_vec(),
        ] {
            let read = parse(&raw);
            assert_eq!(read.oddities, [Oddity::Encrypted]);
            assert!(!read.attachments.is_empty() || read.text.is_some());
        }
        for cut in 0..60 {
            let whole = wrapping(2, INNER, ber, &[]);
            parse(&letter(&whole[..cut], ""));
        }
        let deep = [0x30, 0x80].repeat(500_000);
        assert_eq!(
            parse(&letter(&deep, "")).attachments.len(),
            1,
            "what is no wrapping is a file"
        );
    }
}
