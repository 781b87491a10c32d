//! Broken letters, each as a person would see it. What single fields and parts say is tested where they are read.

use super::*;

fn read_text(raw: impl AsRef<[u8]>) -> (String, Vec<Oddity>) {
    let letter = parse(raw.as_ref());
    (letter.text.unwrap_or_default(), letter.oddities)
}

#[test]
fn a_type_without_its_semicolon_hides_nothing() {
    let raw = "From: a@b.example\nContent-Type: multipart/mixed boundary=\"b\"\n\n--b\nContent-Type: text/html charset=utf-8\n\n\
               <p>Grüße\n--b\nContent-Type: application/pdf name=\"plan.pdf\"\n\n%PDF\n--b--\n";
    let letter = parse(raw.as_bytes());
    assert_eq!(letter.text.as_deref(), Some("Grüße"));
    assert_eq!(letter.attachments[0].name, "plan.pdf");
    assert_eq!(letter.oddities, [Oddity::BadType]);
}

#[test]
fn a_text_without_an_empty_line_before_it_is_whole() {
    let (text, _) = read_text("From: a@b.example\r\nSubject: x\r\nDear Bob,\r\n\r\nI resign.\r\n");
    assert_eq!(text, "Dear Bob,\n\nI resign.\n");
    let (text, odd) = read_text("From: a@b.example\nno field\nSubject: x\n\ntext\n");
    assert_eq!((text.as_str(), odd), ("text\n", vec![Oddity::DamagedHeader]));
    let part = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nHello,\n\nyou.\n--b--\n";
    assert_eq!(read_text(part).0, "Hello,\n\nyou.");
}
