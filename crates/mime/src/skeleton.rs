//! A letter of which only some parts are here: its header, the headers of all its parts, and the bodies of those that
//! have come. It is written as a letter that parses into the same tree with the same section numbers, so that everything
//! which reads letters reads it. It is never the letter itself: its bytes are not those that were sent.

use memchr::memmem;

use crate::bodies::Bodies;
use crate::structure::Structure;
use crate::{PartId, fields, report, signed};

/// A part of the outline. A multipart comes before its children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkeletonPart {
    /// How many multiparts it stands in.
    pub depth: usize,
    /// `None`: it is a leaf.
    pub multipart: Option<String>,
    /// The part's own header, as it stands in the letter; of the first part it is the letter's.
    pub header: Vec<u8>,
    /// The encoded body of a leaf, where it is here.
    pub body: Option<Vec<u8>>,
}

/// Writes the letter as far as it is here. `parts` begins with the letter itself.
pub fn assemble(parts: &[SkeletonPart]) -> Vec<u8> {
    let boundary = boundary_for(parts);
    let mut raw = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        while open.len() > part.depth {
            close(&mut raw, open.pop());
        }
        if let Some(around) = open.last() {
            line(&mut raw, &format!("\r\n--{around}"));
        }
        match &part.multipart {
            Some(kind) => {
                let own = format!("{boundary}-{number}");
                // Its own boundary would be that of parts which are written anew.
                raw.extend(without_content_fields(&part.header));
                line(&mut raw, &format!("Content-Type: {kind}; boundary=\"{own}\""));
                line(&mut raw, "");
                open.push(own);
            }
            None => {
                let header = trimmed(&part.header);
                raw.extend(header);
                if !header.is_empty() {
                    line(&mut raw, "");
                }
                line(&mut raw, "");
                raw.extend(part.body.as_deref().unwrap_or_default());
            }
        }
    }
    while let Some(own) = open.pop() {
        close(&mut raw, Some(own));
    }
    raw
}

/// The sections that a reader shows as the letter's text, and those of reports that are told in words.
pub fn text_sections(raw: &[u8]) -> Vec<String> {
    let structure = Structure::bare(raw);
    let bodies = Bodies::choose(&structure);
    let told = report::for_programs(&structure, &bodies);
    let mut sections: Vec<String> = bodies
        .text
        .iter()
        .chain(&bodies.html)
        .chain(&told)
        .filter_map(|index| structure.nodes.get(*index))
        .chain(structure.leaves().filter(|node| signed::may_be(node)))
        .map(|node| node.section.clone())
        .collect();
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// The letter with one more body. `None`: it has no such part, or the body would not be read back as it is.
pub fn fill(raw: &[u8], part: &PartId, body: &[u8]) -> Option<Vec<u8>> {
    let place = {
        let structure = Structure::bare(raw);
        let node = structure.leaves().find(|node| node.section == part.0)?;
        node.body.clone()
    };
    let mut filled = raw.get(..place.start)?.to_vec();
    filled.extend(body);
    filled.extend(raw.get(place.end..)?);
    let reads_back = {
        let structure = Structure::bare(&filled);
        let node = structure.leaves().find(|node| node.section == part.0)?;
        structure.body(node) == body
    };
    reads_back.then_some(filled)
}

fn close(raw: &mut Vec<u8>, boundary: Option<String>) {
    if let Some(boundary) = boundary {
        line(raw, &format!("\r\n--{boundary}--"));
    }
}

fn line(raw: &mut Vec<u8>, text: &str) {
    raw.extend(text.as_bytes());
    raw.extend(b"\r\n");
}

fn trimmed(header: &[u8]) -> &[u8] {
    header.trim_ascii_end()
}

/// The fields but those that describe the content, which is written anew.
fn without_content_fields(header: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(header.len());
    for field in fields::split(trimmed(header)).0 {
        let names_content = field
            .name
            .get(..8)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
        if !names_content {
            kept.extend(field.raw.trim_ascii_end());
            kept.extend(b"\r\n");
        }
    }
    kept
}

/// A boundary that stands in no body.
fn boundary_for(parts: &[SkeletonPart]) -> String {
    let mut number = 0_u32;
    loop {
        let boundary = format!("=_waxwing_{number}");
        let finder = memmem::Finder::new(boundary.as_bytes());
        let taken = parts
            .iter()
            .filter_map(|part| part.body.as_deref())
            .any(|body| finder.find(body).is_some());
        if !taken {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attachment, parse};

    fn part(depth: usize, multipart: Option<&str>, header: &str, body: Option<&str>) -> SkeletonPart {
        SkeletonPart {
            depth,
            multipart: multipart.map(str::to_owned),
            header: header.as_bytes().to_vec(),
            body: body.map(|body| body.as_bytes().to_vec()),
        }
    }

    fn drawings() -> Vec<SkeletonPart> {
        vec![
            part(
                0,
                Some("multipart/mixed"),
                "From: amara@waxwing.test\r\nSubject: Drawings\r\nContent-Type: multipart/mixed;\r\n\tboundary=x\r\n\
                 Message-ID: <1@waxwing.test>\r\n\r\n",
                None,
            ),
            part(
                1,
                Some("multipart/alternative"),
                "Content-Type: multipart/alternative; boundary=y\r\n\r\n",
                None,
            ),
            part(
                2,
                None,
                "Content-Type: text/plain; charset=utf-8\r\n\r\n",
                Some("Good morning."),
            ),
            part(
                2,
                None,
                "Content-Type: text/html\r\n\r\n",
                Some("<p>Good <b>morning</b>."),
            ),
            part(
                1,
                None,
                "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment; filename=\"lamp room.pdf\"\r\n\r\n",
                None,
            ),
        ]
    }

    #[test]
    fn it_reads_as_the_letter_does_as_far_as_it_is_here() {
        let raw = assemble(&drawings());
        let letter = parse(&raw);
        assert_eq!(letter.headers.subject, "Drawings");
        assert_eq!(
            letter.headers.message_id.as_deref(),
            Some("1@waxwing.test"),
            "the fields behind the one that was written anew are there"
        );
        assert_eq!(letter.text.as_deref().map(str::trim), Some("Good morning."));
        assert_eq!(letter.html_parts.len(), 1, "one alternative is shown");
        assert_eq!(letter.oddities, [], "nothing is odd about it");
        let [file] = letter.attachments.as_slice() else {
            panic!("{:?}", letter.attachments);
        };
        assert_eq!(
            (file.part.0.as_str(), file.name.as_str(), file.size),
            ("2", "lamp room.pdf", 0),
            "the file has the number that the server knows it by"
        );
        assert_eq!(text_sections(&raw), ["1.1", "1.2"], "what to fetch to read it");
    }

    #[test]
    fn a_body_that_came_later_is_put_in_its_place() {
        let raw = assemble(&drawings());
        let id = PartId("2".into());
        let filled = fill(&raw, &id, b"JVBERg==\r\n").expect("there is such a part");
        let (file, bytes) = attachment(&filled, &id).expect("it can be opened");
        assert_eq!((file.size, bytes.as_slice()), (4, &b"%PDF"[..]));
        assert_eq!(parse(&filled).text, parse(&raw).text, "the rest is as before");
        assert!(
            fill(&raw, &PartId("3".into()), b"x").is_none(),
            "there is no third"
        );
        let own = format!("x\r\n--=_waxwing_0-0--\r\n{}", "y");
        assert!(
            fill(&raw, &id, own.as_bytes()).is_none(),
            "a body that would end its own part is not put in"
        );
    }

    #[test]
    fn a_body_that_holds_our_boundary_gets_another_one() {
        let mut parts = drawings();
        if let Some(plain) = parts.get_mut(2) {
            plain.body = Some(b"--=_waxwing_0-0\r\n--=_waxwing_1-1--\r\nGood evening.".to_vec());
        }
        let letter = parse(&assemble(&parts));
        assert!(
            letter.text.unwrap_or_default().contains("Good evening."),
            "the text is whole"
        );
        assert_eq!(letter.attachments.len(), 1, "and the file is there");
    }

    #[test]
    fn a_letter_of_one_part_is_its_header_and_its_body() {
        let header = "Subject: a film\r\nContent-Type: video/mp4; name=film.mp4\r\n\r\n";
        let letter = parse(&assemble(&[part(0, None, header, None)]));
        assert_eq!(letter.headers.subject, "a film");
        assert_eq!(
            letter.attachments.first().map(|file| file.name.as_str()),
            Some("film.mp4"),
            "the file is listed though it is not here"
        );
    }
}
