//! Reports about letters that were sent: of servers (RFC 3464) and of readers (RFC 8098).
//!
//! Whether the letter is one of ours is the store's to know; anybody can write a report.

use std::collections::HashSet;

use waxwing_model::{Fate, ReportLine};

use crate::bodies::Bodies;
use crate::headers::{Headers, ids, parse_headers};
use crate::structure::{Node, Structure};
use crate::visible;

/// Recipients of one report that are kept.
const LINE_LIMIT: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The Message-ID of the letter that it is about. `None`: the letter does not come back, and nothing names it.
    pub about: Option<String>,
    pub lines: Vec<ReportLine>,
}

/// What a group of fields says of a recipient.
type LineOf = fn(&Headers) -> Option<ReportLine>;

/// What a report says for programs (RFC 6522, section 3): of letters on their way (RFC 3464, 6533 and 3886), of readers (RFC 8098), and
/// of letters that somebody complained of (RFC 5965).
const STATUS: [&str; 6] = [
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "message/global-disposition-notification",
    "message/feedback-report",
    "message/tracking-status",
];
/// The header of the letter that a report is about, where the letter does not come back (RFC 6522, section 4, and RFC 6533).
const HEADER: [&str; 3] = [
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
];

/// The parts of reports that are made for programs and that nobody opens: of each report one that says what became of the letter, and
/// one that says which letter it was. They are files all the same where the report says nothing to people, and where they do not stand
/// in a report, for then somebody has attached them.
pub(crate) fn for_programs(structure: &Structure<'_>, bodies: &Bodies) -> HashSet<usize> {
    let reports = structure.nodes.iter();
    let reports = reports.filter(|node| node.content.media_type() == "multipart/report" && !node.is_leaf());
    let mut found = HashSet::new();
    for report in reports {
        let of_kind = |kinds: &[&str]| {
            report.children.iter().copied().find(|index| {
                let part = structure.nodes.get(*index);
                part.is_some_and(|part| part.is_leaf() && kinds.contains(&part.content.media_type()))
            })
        };
        let Some(status) = of_kind(&STATUS) else { continue };
        if is_read(structure, bodies, &report.children) {
            found.insert(status);
            found.extend(of_kind(&HEADER));
        }
    }
    found
}

/// Whether something of these parts, or in them, is read as a text of the letter.
fn is_read(structure: &Structure<'_>, bodies: &Bodies, parts: &[usize]) -> bool {
    let mut left = parts.to_vec();
    while let Some(index) = left.pop() {
        if bodies.text.contains(&index) || bodies.html.contains(&index) {
            return true;
        }
        if let Some(node) = structure.nodes.get(index) {
            left.extend(&node.children);
        }
    }
    false
}

/// The report in a letter, if there is one that says of anybody what became of a letter.
pub(crate) fn find(structure: &Structure<'_>) -> Option<Report> {
    let of_type = |types: &[&str]| -> Option<(&Node, Vec<u8>)> {
        let node = structure
            .leaves()
            .find(|node| types.contains(&node.content.media_type()))?;
        Some((
            node,
            node.content.transfer.decode(structure.body(node)).0.into_owned(),
        ))
    };
    let delivery = of_type(&["message/delivery-status", "message/global-delivery-status"]);
    let reading = || {
        of_type(&[
            "message/disposition-notification",
            "message/global-disposition-notification",
        ])
    };
    let (blocks, lines): (_, LineOf) = match delivery {
        Some((_, bytes)) => (blocks(&bytes), delivered),
        None => (blocks(&reading()?.1), read),
    };
    let returned = of_type(&[
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    ]);
    let about = returned
        .and_then(|(_, bytes)| parse_headers(&bytes).message_id)
        .or_else(|| blocks.iter().find_map(named))
        .or_else(|| answered(structure));
    let lines: Vec<ReportLine> = blocks.iter().filter_map(lines).take(LINE_LIMIT).collect();
    (!lines.is_empty()).then_some(Report { about, lines })
}

/// The groups of fields between empty lines. The first of a delivery report is about the letter, each further one about a
/// recipient (RFC 3464, section 2.1). Where the empty line is lost, a second recipient begins a group of its own.
fn blocks(bytes: &[u8]) -> Vec<Headers> {
    let text = String::from_utf8_lossy(bytes);
    let mut groups = vec![Group::default()];
    for line in text.split('\n').map(str::trim_end) {
        let Some(group) = groups.last_mut() else { break };
        let name = line.split(':').next().unwrap_or_default().trim_end();
        let recipient = RECIPIENTS
            .iter()
            .position(|field| field.eq_ignore_ascii_case(name));
        let is_second = recipient.is_some_and(|field| group.recipients.get(field) == Some(&true));
        if !group.text.is_empty() && (line.is_empty() || is_second) {
            if groups.len() > LINE_LIMIT {
                break;
            }
            groups.push(Group::default());
        }
        if let Some(group) = groups.last_mut()
            && !line.is_empty()
        {
            group.text.push_str(line);
            group.text.push('\n');
            if let Some(met) = recipient.and_then(|field| group.recipients.get_mut(field)) {
                *met = true;
            }
        }
    }
    let given = groups.iter().filter(|group| !group.text.is_empty());
    given
        .map(|group| parse_headers(format!("{}\n", group.text).as_bytes()))
        .collect()
}

/// A recipient as the sender wrote it, and as the last server knew it.
const RECIPIENTS: [&str; 2] = ["Original-Recipient", "Final-Recipient"];

#[derive(Default)]
struct Group {
    text: String,
    /// Which of the two stand in it.
    recipients: [bool; 2],
}

/// The letter's name where the letter itself does not come back. We give it as the envelope's (RFC 3461, section 4.4). Some
/// servers give it in a field of their own.
fn named(block: &Headers) -> Option<String> {
    let fields = [
        "Original-Message-ID",
        "X-Original-Message-ID",
        "Original-Envelope-Id",
    ];
    let mut names = fields.into_iter().filter_map(|name| block.field(name));
    names.find_map(|name| ids(name).into_iter().next())
}

/// The letter that the report is an answer to, which some servers say and nothing else (RFC 3834, section 3.1.4).
fn answered(structure: &Structure<'_>) -> Option<String> {
    let headers = parse_headers(structure.header());
    // Somebody may send on a report in an answer to something else.
    let is_report = headers.content_type.as_deref() == Some("multipart/report");
    headers.in_reply_to.into_iter().next().filter(|_| is_report)
}

fn delivered(block: &Headers) -> Option<ReportLine> {
    let fate = fate(block)?;
    let words = block
        .field("Diagnostic-Code")
        .map(|code| {
            code.split_once(';')
                .map_or(code, |(_, words)| words)
                .trim()
                .to_owned()
        })
        .or_else(|| block.field("Status").map(str::to_owned));
    Some(ReportLine {
        recipient: recipient(block)?,
        fate,
        // Long words come folded.
        words: visible::collapse(&visible::one_line(&words.unwrap_or_default())),
    })
}

/// By the action's first word (RFC 3464, section 2.3.3), and where that says nothing, by the class of the status (RFC 3463,
/// section 3.1).
fn fate(block: &Headers) -> Option<Fate> {
    let action = block
        .field("Action")
        .unwrap_or_default()
        .trim_start()
        .to_ascii_lowercase();
    let word = action.split(|sign: char| !sign.is_ascii_alphabetic()).next();
    match word.unwrap_or_default() {
        "failed" | "failure" | "fail" => Some(Fate::Failed),
        "delayed" => Some(Fate::Delayed),
        "delivered" => Some(Fate::Delivered),
        "relayed" | "expanded" => Some(Fate::Relayed),
        _ => match block.field("Status")?.trim_start().split_once('.')?.0 {
            "5" => Some(Fate::Failed),
            "4" => Some(Fate::Delayed),
            "2" => Some(Fate::Delivered),
            _ => None,
        },
    }
}

fn read(block: &Headers) -> Option<ReportLine> {
    let (_, kind) = block.field("Disposition")?.split_once(';')?;
    // Deleted unread, or processed by a program, is not read.
    if !kind.trim().to_ascii_lowercase().starts_with("displayed") {
        return None;
    }
    Some(ReportLine {
        recipient: recipient(block)?,
        fate: Fate::Read,
        words: String::new(),
    })
}

/// As the sender wrote the address, where that is told.
fn recipient(block: &Headers) -> Option<String> {
    RECIPIENTS.into_iter().find_map(|name| {
        let field = block.field(name)?;
        let (kind, address) = field.split_once(';').unwrap_or(("", field));
        let address = address.trim().trim_start_matches('<').trim_end_matches('>');
        let address = match kind.trim().eq_ignore_ascii_case("utf-8") {
            true => unescaped(address),
            false => address.to_owned(),
        };
        let address = visible::one_line(&address);
        (!address.is_empty()).then_some(address)
    })
}

/// An address in which characters stand as `\x{FC}` (RFC 6533, section 3, utf-8-addr-xtext and utf-8-addr-unitext).
fn unescaped(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, escaped)) = rest.split_once("\\x{") {
        let end = escaped.bytes().take(7).position(|byte| byte == b'}');
        let read = end.and_then(|end| {
            let code = u32::from_str_radix(escaped.get(..end)?, 16).ok()?;
            Some((char::from_u32(code)?, escaped.get(end + 1..)?))
        });
        out.push_str(before);
        rest = match read {
            Some((character, after)) => {
                out.push(character);
                after
            }
            None => {
                out.push_str("\\x{");
                escaped
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests;
