//! Which meetings a letter's files tell of.

use super::*;

fn meetings(charset: &str, file: &[u8]) -> Vec<Invitation> {
    let head = format!("Content-Type: text/calendar; charset={charset}; method=REQUEST\r\n\r\n");
    let raw = [head.as_bytes(), file].concat();
    all_of(&raw, &waxwing_mime::parse(&raw))
}

fn event(lines: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n").into_bytes()
}

#[test]
fn a_file_is_read_in_the_set_that_its_part_names_whatever_ends_its_lines() {
    let told = meetings(
        "iso-8859-1",
        &event("SUMMARY:Gr\u{1}n")
            .iter()
            .map(|byte| if *byte == 1 { 0xfc } else { *byte })
            .collect::<Vec<_>>(),
    );
    assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Grün"));
    let old = String::from_utf8(event("SUMMARY:Grün"))
        .unwrap()
        .replace('\n', "\r");
    let told = meetings("utf-8", old.as_bytes());
    assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Grün"));
}

#[test]
fn a_file_that_outlook_has_wrapped_is_read() {
    let data = event("SUMMARY:Wrapped");
    let attribute = |level: u8, name: u32, data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        [&[level], &name.to_le_bytes()[..], &length, data, &[0, 0]].concat()
    };
    let wrapper = [
        b"\x78\x9f\x3e\x22\x01\0".to_vec(),
        attribute(2, 0x0006_9002, &[0; 14]),
        attribute(2, 0x0001_8010, b"meeting.ics\0"),
        attribute(2, 0x0006_800f, &data),
    ]
    .concat();
    let head = b"Subject: x\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    let raw = [&head[..], &wrapper].concat();
    let told = all_of(&raw, &waxwing_mime::parse(&raw));
    assert_eq!(told.first().map(|one| one.summary.as_str()), Some("Wrapped"));
}

#[test]
fn what_the_letter_brings_twice_is_told_once_and_a_file_without_a_meeting_is_passed_over() {
    let part = |kind: &str, file: &str| format!("--b\nContent-Type: {kind}\n\n{file}\n");
    let todo = part(
        "text/calendar; name=todo.ics",
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:9\nEND:VTODO\nEND:VCALENDAR",
    );
    let event = String::from_utf8(event("SUMMARY:Once")).unwrap();
    let raw = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}{}{}{}--b--\n",
        part("text/plain", "Please come."),
        todo,
        part("text/calendar; method=request", &event),
        part("application/ics; name=invite.ics", &event)
    );
    let told = all_of(raw.as_bytes(), &waxwing_mime::parse(raw.as_bytes()));
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.summary.as_str(), one.method))
        .collect();
    assert_eq!(
        told,
        [("Once", Method::Request)],
        "and what the part alone says is wanted"
    );
}

#[test]
fn all_meetings_of_a_file_are_told() {
    let file = "BEGIN:VEVENT\nUID:1\nSUMMARY:one\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:two\nEND:VEVENT\n";
    let told = meetings("utf-8", file.as_bytes());
    let names: Vec<&str> = told.iter().map(|one| one.summary.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
}
