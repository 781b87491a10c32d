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
