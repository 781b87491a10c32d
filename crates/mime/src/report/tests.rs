//! Reports as servers and readers write them, well and badly.

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
    let returned =
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <2@waxwing.test>\r\nSubject: x\r\n\r\n";
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

#[test]
fn a_recipient_of_a_badly_made_report_is_told_all_the_same() {
    let one = "Final-Recipient: rfc822;n@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n";
    let two = one.replace("n@b", "m@b");
    for (groups, expected) in [
        (
            format!("Original-Recipient: rfc822;\r\n{one}"),
            vec![("n@b.example", Fate::Failed)],
        ),
        (
            format!("Original-Recipient:\r\n{one}"),
            vec![("n@b.example", Fate::Failed)],
        ),
        (
            one.replace("Action: failed\r\n", ""),
            vec![("n@b.example", Fate::Failed)],
        ),
        (
            one.replace("Action: failed\r\n", "").replace("5.1.1", "4.4.1"),
            vec![("n@b.example", Fate::Delayed)],
        ),
        (
            one.replace("failed", "Failed;"),
            vec![("n@b.example", Fate::Failed)],
        ),
        (
            one.replace("failed", "failed(permanent)"),
            vec![("n@b.example", Fate::Failed)],
        ),
        (
            one.replace("failed", "failure"),
            vec![("n@b.example", Fate::Failed)],
        ),
        (one.replace("\r\n", "\r\r\n"), vec![("n@b.example", Fate::Failed)]),
        (
            format!("{one} \t\r\n{two}"),
            vec![("n@b.example", Fate::Failed), ("m@b.example", Fate::Failed)],
        ),
        (
            format!("{one}{two}"),
            vec![("n@b.example", Fate::Failed), ("m@b.example", Fate::Failed)],
        ),
        (
            format!("{one}Original-Recipient: rfc822;o@b.example\r\n"),
            vec![("o@b.example", Fate::Failed)],
        ),
        (
            one.replace("rfc822;n@b", "utf-8;n\\x{FC}\\x{110000}\\x{A}@b"),
            vec![("nü\\x{110000} @b.example", Fate::Failed)],
        ),
    ] {
        let status = format!(
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n{groups}\r\n"
        );
        let found = report(&status).map(|report| report.lines).unwrap_or_default();
        let lines: Vec<_> = found
            .iter()
            .map(|line| (line.recipient.as_str(), line.fate))
            .collect();
        assert_eq!(lines, expected, "{groups:?}");
    }
}

/// What a letter shows as files, by kind, and whether a list shows a paper clip: by whoever reads all of it, and at a glance.
fn files(raw: &str) -> (Vec<String>, bool) {
    let letter = crate::parse(raw.as_bytes());
    let seen = crate::glance(raw.as_bytes());
    let is_marked = crate::has_attachment(&letter);
    assert_eq!(seen.has_attachment, is_marked, "both say the same of {raw}");
    let kinds = seen.files.iter().filter(|file| !file.kinds.is_empty()).count();
    let files = letter.attachments.iter().filter(|file| file.is_file());
    let files: Vec<String> = files.map(|file| file.media_type.clone()).collect();
    assert_eq!(kinds, files.len(), "and each is found by its kind: {raw}");
    for part in &letter.attachments {
        assert!(
            crate::attachment(raw.as_bytes(), &part.part).is_some(),
            "{part:?} is there for who asks for it"
        );
    }
    (files, is_marked)
}

fn letter(kind: &str, parts: &[&str]) -> String {
    let parts: String = parts
        .iter()
        .map(|part| match *part {
            "text" => "--b\r\n\r\nIt did not get there.\r\n".to_owned(),
            "nested" => "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n\
                         <p>It did not get there.\r\n--c--\r\n"
                .to_owned(),
            kind => format!(
                "--b\r\nContent-Type: {kind}; name=\"report.txt\"\r\nContent-Disposition: attachment\r\n\r\nSubject: x\r\n"
            ),
        })
        .collect();
    format!("Subject: x\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n{parts}--b--\r\n")
}

#[test]
fn what_a_report_says_for_programs_is_no_file_and_the_letter_that_comes_back_is_one() {
    for status in STATUS_KINDS {
        assert_eq!(
            files(&letter("report", &["text", status])),
            (vec![], false),
            "{status}"
        );
        assert_eq!(
            files(&letter("report", &["nested", status, "text/rfc822-headers"])),
            (vec![], false),
            "{status}"
        );
        assert_eq!(
            files(&letter("report", &["text", status, "message/rfc822"])),
            (vec!["message/rfc822".to_owned()], true),
            "the letter that came back is opened, {status}"
        );
    }
    for header in [
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    ] {
        let report = letter("report", &["text", "message/delivery-status", header]);
        assert_eq!(files(&report), (vec![], false), "{header}");
    }
    let within = letter("report", &["text", "message/delivery-status"]).replace("boundary=b", "boundary=i");
    let within = within
        .replace("--b", "--i")
        .replace("Subject: x\r\nContent", "Content");
    let raw = format!(
        "Subject: x\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n{within}\r\n--o\r\n\r\nfooter of the list\r\n--o--\r\n"
    );
    assert_eq!(
        files(&raw),
        (vec![], false),
        "a list has put its footer behind it"
    );
}

const STATUS_KINDS: [&str; 5] = [
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "message/tracking-status",
];

#[test]
fn what_somebody_has_attached_is_a_file_though_it_is_called_a_report_and_so_is_what_nobody_tells() {
    let all = |kinds: &[&str]| (kinds.iter().map(|kind| (*kind).to_owned()).collect(), true);
    let status = "message/delivery-status";
    for (kind, parts, expected) in [
        ("mixed", vec!["text", status], all(&[status])),
        ("report", vec![status], all(&[status])),
        (
            "report",
            vec!["application/pdf", status],
            all(&["application/pdf", status]),
        ),
        // A report has one of each (RFC 6522, section 3).
        ("report", vec!["text", status, status], all(&[status])),
        (
            "report",
            vec!["text", status, "text/rfc822-headers", "text/rfc822-headers"],
            all(&["text/rfc822-headers"]),
        ),
        (
            "report",
            vec!["text", status, "application/pdf"],
            all(&["application/pdf"]),
        ),
        (
            "report",
            vec!["text", "text/rfc822-headers"],
            all(&["text/rfc822-headers"]),
        ),
    ] {
        assert_eq!(files(&letter(kind, &parts)), expected, "{kind}: {parts:?}");
    }
}

#[test]
fn what_a_report_tells_is_brought_with_its_text() {
    let raw = letter(
        "report",
        &[
            "text",
            "message/delivery-status",
            "text/rfc822-headers",
            "message/rfc822",
        ],
    );
    assert_eq!(crate::text_sections(raw.as_bytes()), ["1", "2", "3"]);
    let attached = letter("mixed", &["text", "message/delivery-status"]);
    assert_eq!(crate::text_sections(attached.as_bytes()), ["1"]);
}
