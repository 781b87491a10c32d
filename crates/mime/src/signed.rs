//! Letters in the wrapping of an S/MIME signature, and packed ones (RFC 8551, sections 3.5.2 and 3.6): what is signed stands in it for
//! everybody to read. It is taken out and put where the wrapping stood, and whoever shows it says that nobody looked at the
//! signature. Not here: any look at it, and decryption.

use flate2::{Decompress, FlushDecompress, Status};

use crate::fields::{self, Field};
use crate::file_name::ending;
use crate::structure::{Node, Structure};

/// Elements of ASN.1 in each other that are followed.
const DEEPEST: usize = 16;
/// Octets that are unpacked for one letter, all of its wrappings together.
const MOST_UNPACKED: usize = 32 << 20;
/// Octets that are unpacked at a time. The first of them say whether what was packed is wanted at all.
const PIECE: usize = 4 * 1024;
/// Encoded octets that tell the kind of a wrapping.
const START: usize = 512;
/// The first octets that all kinds of content share, and the kinds (RFC 5652, 5083 and 3274).
const KINDS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01";
const SIGNED: &[u8] = b"\x07\x02";
const PACKED: &[u8] = b"\x09\x10\x01\x09";
const ENCRYPTED: [&[u8]; 4] = [b"\x07\x03", b"\x07\x04", b"\x07\x06", b"\x09\x10\x01\x17"];

/// Whether a part is called such a wrapping. Some gateways call everything a stream of octets (RFC 8551, section 3.9).
fn is_wrapping(node: &Node) -> bool {
    match node.content.media_type() {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => true,
        "application/octet-stream" => {
            let name = node.content.name().unwrap_or_default();
            matches!(ending(&name).as_str(), "p7m" | "p7z")
        }
        _ => false,
    }
}

/// Whether a wrapping is named as one that stands for the letter or a piece of it, and not as a file that somebody has signed or
/// encrypted and attached, as `plan.pdf.p7m`. Programs name the first kind alike (RFC 8551, section 3.2.1).
fn is_named_for_letter(node: &Node) -> bool {
    let is_named_so = |name: String| name.to_ascii_lowercase().starts_with("smime.");
    node.content.name().is_none_or(is_named_so)
}

/// Whether a part may be a wrapping whose content can be read.
pub(crate) fn may_be(node: &Node) -> bool {
    is_wrapping(node)
        && node
            .content
            .parameter("smime-type")
            .is_none_or(|kind| !says_encrypted(&kind))
}

/// Whether a text is, or holds between other lines, what OpenPGP encrypted (RFC 9580, section 6.2). Quoted lines are another
/// letter's.
pub(crate) fn is_armoured(text: &str) -> bool {
    const BEGIN: &str = "-----BEGIN PGP MESSAGE-----";
    const END: &str = "-----END PGP MESSAGE-----";
    if text.trim_start().starts_with(BEGIN) {
        return true;
    }
    let mut lines = text.lines().map(str::trim_end);
    lines.any(|line| line == BEGIN) && lines.any(|line| line == END)
}

fn says_encrypted(kind: &str) -> bool {
    kind.to_ascii_lowercase().contains("enveloped")
}

/// Whether a part is the wrapping of something that cannot be read without a key. Its octets count before what it is called.
pub(crate) fn is_encrypted(structure: &Structure<'_>, node: &Node) -> bool {
    match node.content.media_type() {
        "multipart/encrypted" | "application/pgp-encrypted" => true,
        // Nobody can see whether a letter that is nothing but a wrapping is a file.
        _ if is_wrapping(node) && (structure.nodes.len() == 1 || is_named_for_letter(node)) => {
            match kind(&start(structure, node)) {
                Some((kind, _)) => ENCRYPTED.contains(&kind),
                None => {
                    let called = node.content.parameter("smime-type");
                    called.is_some_and(|kind| says_encrypted(&kind))
                }
            }
        }
        _ => false,
    }
}

/// How much was unpacked for one letter. What is taken off it one after another has one limit.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    octets: usize,
}

/// The letter with the first of its wrappings taken off, and whether that was one of a signature; `None`: there is none that
/// can be.
pub(crate) fn unwrapped(structure: &Structure<'_>, before: &mut Unpacked) -> Option<(Vec<u8>, bool)> {
    let wrappings = structure.leaves().filter(|node| is_wrapping(node));
    wrappings
        .filter(|node| matches!(kind(&start(structure, node)), Some((SIGNED | PACKED, _))))
        .find_map(|node| {
            let (bytes, _) = node.content.transfer.decode(structure.body(node));
            // A signed file is a file.
            let is_wanted = |start: &[u8]| is_named_for_letter(node) || is_entity(start);
            let (inner, is_signed) = content(&bytes, is_wanted, before)?;
            Some((in_its_place(structure, node, &inner)?, is_signed))
        })
}

/// Whether something says what it is, as parts of letters do.
fn is_entity(inner: &[u8]) -> bool {
    let (end, _) = fields::header_end(inner, 0, |_| false);
    let fields = fields::split(inner.get(..end).unwrap_or_default()).0;
    fields.first().is_some_and(describes_content)
}

/// The octets with which a wrapping begins.
fn start(structure: &Structure<'_>, node: &Node) -> Vec<u8> {
    let body = structure.body(node);
    let start = body.get(..START.min(body.len())).unwrap_or_default();
    node.content.transfer.decode(start).0.into_owned()
}

/// The letter with what was in a wrapping where the wrapping was.
fn in_its_place(structure: &Structure<'_>, node: &Node, inner: &[u8]) -> Option<Vec<u8>> {
    let raw = structure.raw();
    let mut whole = Vec::with_capacity(raw.len() + inner.len());
    whole.extend(raw.get(..node.header.start)?);
    let (inner_end, inner_body) = fields::header_end(inner, 0, |_| false);
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
    Some((kind.inner().strip_prefix(KINDS)?, kind.after(DEEPEST)?))
}

/// What is signed or packed, where it stands in the wrapping (RFC 5652, sections 3 to 5; RFC 3274, section 1.1), and whether it is
/// signed. Wrappings of elements that say their length and of those that have an end (BER) are read, and of something signed that
/// is cut off, as much as there is. `is_wanted` says by its first octets whether it is.
fn content(
    bytes: &[u8],
    is_wanted: impl Fn(&[u8]) -> bool,
    before: &mut Unpacked,
) -> Option<(Vec<u8>, bool)> {
    let (kind, rest) = kind(bytes)?;
    let is_signed = kind == SIGNED;
    let inside = Element::of(Element::of(rest, 0xa0)?.inner(), 0x30)?;
    let after_version = Element::of(inside.inner(), 0x02)?.after(DEEPEST)?;
    // The set of digests, or how it was packed.
    let after_how = Element::of(after_version, if is_signed { 0x31 } else { 0x30 })?.after(DEEPEST)?;
    let wrapped = Element::of(after_how, 0x30)?;
    let after_kind = Element::of(wrapped.inner(), 0x06)?.after(DEEPEST)?;
    let octets = Element::of(after_kind, 0xa0)?;
    let mut content = Vec::new();
    gather(octets.inner(), &mut content, DEEPEST);
    if !is_signed {
        content = before.unpack(&content, is_wanted)?;
    } else if !is_wanted(&content) {
        return None;
    }
    (!content.is_empty()).then_some((content, is_signed))
}

impl Unpacked {
    /// The whole of what was packed (RFC 3274, section 2: zlib is the only way). `None`: it is not wanted, is damaged, or is more
    /// than is unpacked, and then a part of it would look like the whole.
    fn unpack(&mut self, packed: &[u8], is_wanted: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
        let mut zlib = Decompress::new(true);
        let (mut content, mut piece) = (Vec::new(), [0; PIECE]);
        let mut rest = packed;
        while self.octets < MOST_UNPACKED {
            let room = piece.len().min(MOST_UNPACKED - self.octets);
            let (read, made) = (zlib.total_in(), zlib.total_out());
            let status = zlib
                .decompress(rest, piece.get_mut(..room)?, FlushDecompress::None)
                .ok()?;
            let (read, made) = (zlib.total_in() - read, zlib.total_out() - made);
            rest = rest.get(usize::try_from(read).ok()?..)?;
            let made = piece.get(..usize::try_from(made).ok()?)?;
            self.octets += made.len();
            let is_first = content.is_empty();
            content.extend(made);
            match status {
                _ if is_first && !made.is_empty() && !is_wanted(&content) => return None,
                Status::StreamEnd => return Some(content),
                // It goes no further.
                _ if read == 0 && made.is_empty() => return None,
                _ => {}
            }
        }
        None
    }
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
mod tests;
