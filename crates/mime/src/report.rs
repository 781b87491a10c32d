//! Reports about letters that were sent: of servers (RFC 3464) and of readers (RFC 8098).
//!
//! Whether the letter is one of ours is the store's to know; anybody can write a report.

use waxwing_model::{Fate, ReportLine};

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
/// recipient (RFC 3464, section 2.1).
fn blocks(bytes: &[u8]) -> Vec<Headers> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.split("\n\n")
        .filter(|block| !block.trim().is_empty())
        .take(LINE_LIMIT + 1)
        .map(|block| parse_headers(format!("{}\n\n", block.trim_start_matches('\n')).as_bytes()))
        .collect()
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
    let action = block.field("Action")?.trim().to_ascii_lowercase();
    let fate = match action.split_whitespace().next()? {
        "failed" => Fate::Failed,
        "delayed" => Fate::Delayed,
        "delivered" => Fate::Delivered,
        "relayed" | "expanded" => Fate::Relayed,
        _ => return None,
    };
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
    let field = block
        .field("Original-Recipient")
        .or_else(|| block.field("Final-Recipient"))?;
    let address = field.split_once(';').map_or(field, |(_, address)| address);
    let address = visible::one_line(address.trim().trim_start_matches('<').trim_end_matches('>'));
    (!address.is_empty()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(parts: &str) -> Option<Report> {
        let raw = format!(
            "From: MAILER-DAEMON@waxwing.test\r\nContent-Type: multipart/report; report-type=delivery-status; \
             boundary=b\r\n\r\n{parts}--b--\r\n"
        );
        crate::parse(raw.as_bytes()).report
    }

    const STATUS: &str = "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.waxwing.test\r\n\
        Original-Envelope-Id: 1@waxwing.test\r\n\r\nFinal-Recipient: rfc822; nobody@waxwing.test\r\nAction: failed\r\n\
        Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n    unknown user\r\n\r\n\
        Final-Recipient: rfc822;jonas@waxwing.test\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n";

    #[test]
    fn each_recipient_of_a_report_has_a_line() {
        let returned = "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <2@waxwing.test>\r\nSubject: x\r\n\r\n";
        let found = report(&format!("{STATUS}{returned}")).expect("a report");
        assert_eq!(
            found.about.as_deref(),
            Some("2@waxwing.test"),
            "the letter itself tells best"
        );
        let lines: Vec<_> = found
            .lines
            .iter()
            .map(|line| (line.recipient.as_str(), line.fate, line.words.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                ("nobody@waxwing.test", Fate::Failed, "550 5.1.1 unknown user"),
                ("jonas@waxwing.test", Fate::Delayed, "4.4.1"),
            ]
        );
    }

    #[test]
    fn without_the_letter_its_envelope_names_it() {
        let about = |status: &str| report(status).expect("a report").about;
        assert_eq!(about(STATUS).as_deref(), Some("1@waxwing.test"));
        for (field, name) in [
            ("X-Original-Message-ID: <4@waxwing.test>", Some("4@waxwing.test")),
            ("Original-Envelope-Id: QQ123", None),
            ("X-Nothing: 1", None),
        ] {
            let status = STATUS.replace("Original-Envelope-Id: 1@waxwing.test", field);
            assert_eq!(about(&status).as_deref(), name, "{field}");
        }
    }

    #[test]
    fn a_report_that_names_no_letter_is_read_all_the_same() {
        let status = STATUS.replace("Original-Envelope-Id: 1@waxwing.test\r\n", "");
        let found = report(&status).expect("a report");
        assert_eq!((found.about, found.lines.len()), (None, 2));
        let raw = format!(
            "From: MAILER-DAEMON@waxwing.test\r\nIn-Reply-To: <5@waxwing.test>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n{status}--b--\r\n"
        );
        let found = crate::parse(raw.as_bytes()).report.expect("a report");
        assert_eq!(found.about.as_deref(), Some("5@waxwing.test"), "what it answers");
        let raw = raw.replace("multipart/report", "multipart/mixed");
        let found = crate::parse(raw.as_bytes()).report.expect("a report");
        assert_eq!(found.about, None, "somebody sends it on");
    }

    #[test]
    fn what_does_not_say_whom_or_what_it_is_about_is_no_report() {
        let nobody = "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\n\r\n";
        assert_eq!(report(nobody), None);
        assert_eq!(report("--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"), None);
        let unread = "--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;a@b\r\n\
            Original-Message-ID: <3@waxwing.test>\r\nDisposition: automatic-action/MDN-sent-automatically; deleted\r\n\r\n";
        assert_eq!(report(unread), None, "deleted is not read");
    }
}
