//! Attachments: their list, their bytes, and whether a list shows a paper clip.

use std::collections::{HashMap, HashSet};

use crate::addresses::Addresses;
use crate::bodies::Bodies;
use crate::danger::{Danger, dangers};
use crate::inline::InlineParts;
use crate::picture::{self, is_called_picture};
use crate::structure::{Node, Structure};
use crate::uuencode::{self, Embedded};
use crate::{Letter, fields, file_name, letter, report, signed, visible, words};

/// Encoded octets that are enough to tell a program.
const START: usize = 128;
/// Encoded octets of an attached letter in which its subject is looked for.
const HEADER: usize = 256 * 1024;
/// Stands in the name of a part that is a file in the midst of a text, between the section of the text and its number.
const EMBEDDED: char = '~';

/// Which part of a letter. Opaque, and the same for the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartId(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub part: PartId,
    /// Never empty; no path, no control or bidi characters.
    pub name: String,
    /// In lower case, without parameters.
    pub media_type: String,
    /// The character set that its sender says it is in.
    pub charset: Option<String>,
    /// Octets, decoded.
    pub size: u32,
    /// Without angle brackets.
    pub content_id: Option<String>,
    /// The address by which the HTML may name it (RFC 2557, section 4.2), as it was given.
    pub location: Option<String>,
    /// The same as a whole address.
    pub address: Option<String>,
    /// Shown within the text, or meant to be.
    pub inline: bool,
    /// It is a picture that the letter's HTML shows, and so nothing beside the letter.
    pub shown: bool,
    /// Another form of the text, which nobody has attached: the invitation beside its words.
    pub other_form: bool,
    /// The signature of the letter. Nobody opens one. A file that is called a signature and is none of the letter's may hold a
    /// document, and is none here.
    pub signature: bool,
    /// What a report says for programs, where the letter says it to people too. Nobody opens one.
    pub for_programs: bool,
    /// The media type by which a web view draws it, if its octets are a picture that one can draw.
    pub picture: Option<&'static str>,
    /// Points that such a picture has once it is drawn.
    pub points: u64,
    /// Why it is not opened without a word.
    pub dangers: Vec<Danger>,
}

/// One attachment with its bytes.
pub fn attachment(raw: &[u8], part: &PartId) -> Option<(Attachment, Vec<u8>)> {
    within(&Structure::read(raw), part)
}

/// The decoded octets of parts, in their order; nothing of one that the letter has not. The letter is taken apart once for all.
pub fn octets(raw: &[u8], parts: &[&PartId]) -> Vec<Option<Vec<u8>>> {
    let structure = Structure::read(raw);
    let leaves: HashMap<&str, &Node> = structure
        .leaves()
        .map(|node| (node.section.as_str(), node))
        .collect();
    let decoded = |node: &&Node| {
        let (octets, _) = node.content.transfer.decode(structure.body(node));
        octets.into_owned()
    };
    let parts = parts.iter();
    parts
        .map(|part| leaves.get(part.0.as_str()).map(decoded))
        .collect()
}

/// One attachment of a wrapping of S/MIME as it came (RFC 8551, section 3.2), whether or not a reader sees what is in it instead. `None`:
/// the part is called no wrapping that could be read.
pub fn wrapping(raw: &[u8], part: &PartId) -> Option<(Attachment, Vec<u8>)> {
    let structure = Structure::bare(raw);
    let node = structure.leaves().find(|node| node.section == part.0)?;
    signed::may_be(node).then(|| within(&structure, part))?
}

fn within(structure: &Structure<'_>, part: &PartId) -> Option<(Attachment, Vec<u8>)> {
    let listed = letter::read(structure, None)
        .attachments
        .into_iter()
        .find(|listed| listed.part == *part)?;
    let (section, number) = match part.0.split_once(EMBEDDED) {
        Some((section, number)) => (section, number.parse::<usize>().ok()),
        None => (part.0.as_str(), None),
    };
    let node = structure.leaves().find(|node| node.section == section)?;
    let (transfer, body) = (node.content.transfer, structure.body(node));
    // Files stand in a text as it is read.
    let (bytes, _) = match number {
        Some(_) => transfer.decode_text(body),
        None => transfer.decode(body),
    };
    let Some(number) = number else {
        return Some((listed, bytes.into_owned()));
    };
    let (_, files) = uuencode::cut(&bytes)?;
    let file = files.into_iter().nth(number.checked_sub(1)?)?;
    Some((listed, file.data))
}

/// The media type and the bytes of what `cid:` names (RFC 2392).
pub fn inline_by_content_id(raw: &[u8], content_id: &str) -> Option<(String, Vec<u8>)> {
    InlineParts::of(raw).get(raw, content_id)
}

impl Attachment {
    /// Whether it is a file beside the letter, rather than a part of what the letter says. Signatures are none, and neither is what
    /// programs read in a report (RFC 8621, section 4.1.4: parts "that are processed automatically in some way").
    pub fn is_file(&self) -> bool {
        !self.shown && !self.other_form && !self.signature && !self.for_programs
    }

    /// A picture; what is not here is taken at its word.
    pub(crate) fn may_be_drawn(&self) -> bool {
        self.picture.is_some() || self.size == 0 && is_called_picture(&self.media_type, &self.name)
    }
}

/// Whether a list shows a paper clip.
pub fn has_attachment(letter: &Letter) -> bool {
    letter.attachments.iter().any(Attachment::is_file)
}

/// The parts that are the signature of what stands before them (RFC 1847, section 2.1), and what is named as such a part where it
/// stands elsewhere, as behind a mailing list (RFC 8551, section 3.2.1). A PGP signature that stands elsewhere is a file: it signs
/// another beside it (`plan.pdf.sig`), and has to be saved with that to be checked.
pub(crate) fn signatures(structure: &Structure<'_>) -> HashSet<usize> {
    let nodes = || structure.nodes.iter().enumerate();
    let signed = nodes().filter(|(_, node)| node.content.media_type() == "multipart/signed");
    let behind: HashSet<usize> = signed
        .flat_map(|(_, node)| node.children.iter().skip(1).copied())
        .collect();
    let is_one = |index: usize, node: &Node| {
        let name = || given_name(structure, node).unwrap_or_default();
        let may_be = match node.content.media_type() {
            "application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                true
            }
            // Some gateways call everything so, and leave the name (RFC 8551, section 3.9).
            "application/octet-stream" => file_name::ending(&name()) == "p7s",
            _ => false,
        };
        may_be && (behind.contains(&index) || name().eq_ignore_ascii_case("smime.p7s"))
    };
    let found = nodes().filter(|(index, node)| node.is_leaf() && is_one(*index, node));
    found.map(|(index, _)| index).collect()
}

/// The attachments of a letter, before it is known which of them its HTML shows, and whether all of them are well encoded.
pub(crate) fn all(
    structure: &Structure<'_>,
    bodies: &Bodies,
    addresses: Option<&Addresses>,
) -> (Vec<Attachment>, bool) {
    let mut all_well_formed = true;
    let signatures = signatures(structure);
    let for_programs = report::for_programs(structure, bodies);
    let nodes = bodies.attachments.iter();
    let nodes = nodes.filter_map(|&index| Some((index, structure.nodes.get(index)?)));
    let attachments = nodes.map(|(index, node)| {
        let (size, well_formed) = node.content.transfer.measure(structure.body(node));
        all_well_formed &= well_formed;
        Attachment {
            other_form: bodies.other_forms.contains(&index),
            signature: signatures.contains(&index),
            for_programs: for_programs.contains(&index),
            address: addresses.and_then(|addresses| addresses.own(index).map(str::to_owned)),
            ..describe(structure, node, size)
        }
    });
    (attachments.collect(), all_well_formed)
}

/// Files that stood in the midst of texts, each named after its text.
pub(crate) fn embedded(files: &[(String, Vec<Embedded>)]) -> Vec<Attachment> {
    let each = files
        .iter()
        .flat_map(|(section, files)| files.iter().enumerate().map(move |at| (section, at)));
    each.map(|(section, (number, file))| {
        let start = file.data.get(..START.min(file.data.len())).unwrap_or_default();
        let name = file_name::safe(&file.name)
            .unwrap_or_else(|| file_name::invented("application/octet-stream", section));
        let mut found = dangers(&file.name, "", start);
        found.extend(dangers(&name, "", start));
        found.sort();
        found.dedup();
        let drawn = picture::drawn(&file.data);
        Attachment {
            part: PartId(format!("{section}{EMBEDDED}{}", number + 1)),
            dangers: found,
            media_type: "application/octet-stream".to_owned(),
            charset: None,
            size: u32::try_from(file.data.len()).unwrap_or(u32::MAX),
            content_id: None,
            location: None,
            address: None,
            inline: false,
            shown: false,
            other_form: false,
            signature: false,
            for_programs: false,
            picture: drawn.map(|(kind, _)| kind),
            points: drawn.map_or(0, |(_, points)| points),
            name,
        }
    })
    .collect()
}

fn describe(structure: &Structure<'_>, node: &Node, size: usize) -> Attachment {
    let content = &node.content;
    let name = given_name(structure, node)
        .unwrap_or_else(|| file_name::invented(content.media_type(), &node.section));
    let body = structure.body(node);
    let start = body.get(..START.min(body.len())).unwrap_or_default();
    let (start, _) = content.transfer.decode(start);
    let media_type = content.media_type();
    let mut found = dangers(&name, media_type, &start);
    // A name that is not used, because nothing of it can be seen, says nothing of what the file is called in the end.
    let given = content
        .bare_name()
        .map(|given| dangers(&given, media_type, &start));
    for danger in given.into_iter().flatten() {
        if !found.contains(&danger) {
            found.push(danger);
        }
    }
    found.sort();
    let drawn = picture::of_encoded(content.transfer, body);
    Attachment {
        part: PartId(node.section.clone()),
        dangers: found,
        other_form: false,
        signature: false,
        for_programs: false,
        picture: drawn.map(|(kind, _)| kind),
        points: drawn.map_or(0, |(_, points)| points),
        name,
        media_type: content.media_type().to_owned(),
        charset: content.charset(),
        size: u32::try_from(size).unwrap_or(u32::MAX),
        content_id: content.content_id.clone(),
        location: content.location.clone(),
        address: None,
        inline: !content.is_attachment() && (content.content_id.is_some() || content.is_inline()),
        shown: false,
    }
}

/// Whether a part is a picture that a web view draws; one that is not here is taken at its word.
pub(crate) fn is_drawn(structure: &Structure<'_>, node: &Node) -> bool {
    let (transfer, body) = (node.content.transfer, structure.body(node));
    let is_called = || {
        let name = given_name(structure, node).unwrap_or_default();
        is_called_picture(node.content.media_type(), &name)
    };
    picture::of_encoded(transfer, body).is_some() || is_called() && transfer.measure(body).0 == 0
}

/// The name that it came with, safe to be saved under.
pub(crate) fn given_name(structure: &Structure<'_>, node: &Node) -> Option<String> {
    node.content
        .name()
        .or_else(|| subject_of_attached(structure, node))
        .and_then(|name| file_name::safe(&name))
}

/// An attached letter goes by its subject. It may be encoded, which it should not be (RFC 2046, section 5.2.1).
fn subject_of_attached(structure: &Structure<'_>, node: &Node) -> Option<String> {
    if !matches!(node.content.media_type(), "message/rfc822" | "message/global") {
        return None;
    }
    let body = structure.body(node);
    let start = body.get(..HEADER.min(body.len())).unwrap_or_default();
    let (start, _) = node.content.transfer.decode(start);
    let start = start.trim_ascii_start();
    let (end, _) = fields::header_end(start, 0, |_| false);
    let subject = fields::first(&fields::split(start.get(..end)?).0, "Subject")?;
    let subject = visible::one_line(&words::decode(&subject));
    (!subject.is_empty()).then(|| format!("{}.eml", subject.replace(['/', '\\'], "_")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_which_nothing_is_seen_hides_no_danger() {
        for given in ["", " ", "...", "/", "\u{202e}"] {
            let raw = format!(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: image/svg+xml\n\
                 Content-Disposition: attachment; filename=\"{given}\"\n\n<svg/>\n--b--\n"
            );
            let letter = crate::parse(raw.as_bytes());
            let attachment = letter.attachments.first().expect("a file");
            assert!(
                attachment.dangers.contains(&Danger::Page),
                "{given:?} became {} with {:?}",
                attachment.name,
                attachment.dangers
            );
        }
    }

    #[test]
    fn an_attached_letter_is_called_by_its_subject_however_it_is_encoded() {
        let inner = "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\ntext\r\n";
        // The same in base64.
        let packed = "U3ViamVjdDogPT91dGYtOD9xP0dyPUMzPUJDPUMzPTlGZT89DQoNCnRleHQNCg==\r\n".to_owned();
        for (kind, encoding, body) in [
            ("message/rfc822", "7bit", inner.to_owned()),
            ("message/global", "8bit", inner.to_owned()),
            ("message/rfc822", "quoted-printable", inner.replace('=', "=3D")),
            ("message/rfc822", "base64", packed),
        ] {
            let raw = format!(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: {kind}\r\n\
                 Content-Transfer-Encoding: {encoding}\r\n\r\n{body}--b--\r\n"
            );
            let letter = crate::parse(raw.as_bytes());
            let names: Vec<_> = letter.attachments.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(names, ["Grüße.eml"], "{kind} in {encoding}");
        }
    }

    #[test]
    fn a_file_that_is_called_a_signature_and_holds_a_document_is_a_file() {
        let files = |raw: &str| {
            let read = crate::parse(raw.as_bytes());
            let files = read.attachments.iter().filter(|file| file.is_file()).count();
            let seen = crate::glance(raw.as_bytes());
            assert_eq!(
                (seen.files.len(), seen.has_attachment),
                (files, files > 0),
                "{raw}"
            );
            files
        };
        for (called, expected) in [
            ("application/octet-stream; name=contrato.pdf.p7s", 1),
            ("application/pkcs7-signature; name=contrato.pdf.p7s", 1),
            ("application/x-pkcs7-signature; name=contrato.p7s", 1),
            ("application/pgp-signature; name=contrato.pdf.asc", 1),
            // A mailing list took the letter apart and left the signature.
            ("application/pkcs7-signature; name=smime.p7s", 0),
            ("application/octet-stream; name=SMIME.P7S", 0),
        ] {
            let part = format!(
                "--s\r\nContent-Type: {called}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nMIIF\r\n"
            );
            let text = "--s\r\nContent-Type: text/plain\r\n\r\nHello\r\n";
            let letter = |kind: &str, parts: &str| {
                format!("Subject: x\r\nContent-Type: multipart/{kind}; boundary=s\r\n\r\n{parts}--s--\r\n")
            };
            assert_eq!(
                files(&letter("mixed", &format!("{text}{part}"))),
                expected,
                "{called}"
            );
            assert_eq!(files(&letter("signed", &format!("{text}{part}"))), 0, "{called}");
            let first = letter("signed", &format!("{part}{text}"));
            assert_eq!(files(&first), expected, "{called} is what is signed");
        }
    }
}
