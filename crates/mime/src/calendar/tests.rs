//! Files for calendars as they come from several programs, and as nobody would write them.

use proptest::prelude::*;

use super::*;
use crate::chance::cases;

/// As Outlook and Exchange send it: a zone under a name of Windows, described by rules.
const WEEKLY: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n\
BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n\
BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n\
END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@waxwing.test\r\nSEQUENCE:2\r\nSUMMARY:Lamp room\\, weekly\r\n\
DESCRIPTION:First line\\nsecond \r\n line\r\nLOCATION:Quay 4\r\nORGANIZER;CN=\"Halvorsen, Jonas\":mailto:jonas@waxwing.test\r\n\
ATTENDEE;CN=Lena Brandt;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:MAILTO:lena@waxwing.test\r\n\
ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:amara@waxwing.test\r\n\
DTSTART;TZID=\"W. Europe Standard Time\":20261124T100000\r\nDTEND;TZID=\"W. Europe Standard Time\":20261124T113000\r\n\
RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T090000Z\r\nBEGIN:VALARM\r\nSUMMARY:not this\r\nDURATION:PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn only(file: &str) -> Invitation {
    let mut found = invitations(file, None);
    assert_eq!(found.len(), 1, "one meeting in {file}");
    found.remove(0)
}

fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

#[test]
fn an_invitation_says_what_when_where_and_who() {
    let meeting = only(WEEKLY);
    assert_eq!(meeting.method, Method::Request);
    assert_eq!(
        meeting.summary, "Lamp room, weekly",
        "and not that of its reminder"
    );
    assert_eq!(
        meeting.description, "First line\nsecond line",
        "unfolded and unescaped"
    );
    assert_eq!(
        meeting.organizer,
        Some(Address::new("Halvorsen, Jonas", "jonas@waxwing.test"))
    );
    let asked: Vec<_> = meeting
        .attendees
        .iter()
        .map(|one| (one.address.email.as_str(), one.attendance, one.optional))
        .collect();
    assert_eq!(
        asked,
        [
            ("lena@waxwing.test", Attendance::Open, false),
            ("amara@waxwing.test", Attendance::Accepted, true)
        ]
    );
    let start = meeting.start.expect("a start");
    assert_eq!(
        (start.day, start.clock),
        ((2026, 11, 24), Some((10, 0))),
        "on the wall"
    );
    assert_eq!(start.at, Some(1_795_510_800_000), "9:00 in Greenwich, in winter");
    assert_eq!(meeting.end.and_then(|end| end.at), Some(1_795_516_200_000));
    let recurrence = meeting.recurrence.expect("it repeats");
    assert_eq!(
        (
            recurrence.repeats,
            recurrence.interval,
            recurrence.weekdays,
            recurrence.further
        ),
        (Repeats::Weekly, 1, vec![(0, 1)], false),
        "every Tuesday"
    );
    assert_eq!(recurrence.until.map(|until| until.day), Some((2027, 1, 26)));
}

#[test]
fn a_zone_holds_the_offset_of_the_day() {
    for (day, hour_of_greenwich) in [
        ("20260328", 9),
        ("20260329", 8),
        ("20260701", 8),
        ("20261024", 8),
        ("20261025", 9),
        ("20261231", 9),
    ] {
        let file = WEEKLY.replace("20261124T100000", &format!("{day}T100000"));
        let at = only(&file).start.and_then(|start| start.at).expect("a moment");
        assert_eq!(
            at / 3_600_000 % 24,
            hour_of_greenwich,
            "ten in the morning on {day}"
        );
    }
}

#[test]
fn a_zone_may_be_told_by_dates_and_by_days_of_a_month() {
    let zone = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:20071104T020000\nTZOFFSETFROM:-0400\n\
        TZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU\nEND:STANDARD\nBEGIN:DAYLIGHT\n\
        DTSTART:20070311T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\nEND:DAYLIGHT\n\
        END:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=X:20261101T";
    let at = |rest: &str| {
        only(&format!("{zone}{rest}\nEND:VEVENT\n"))
            .start
            .and_then(|start| start.at)
    };
    assert_eq!(
        at("013000").map(|at| at / 60_000 % 1_440),
        Some(330),
        "still summer: four hours"
    );
    assert_eq!(
        at("023000").map(|at| at / 60_000 % 1_440),
        Some(450),
        "winter: five hours"
    );
    assert_eq!(at("00"), None, "what is no time is none");
}

#[test]
fn times_that_float_and_zones_that_are_only_named_are_not_guessed() {
    for line in [
        "DTSTART:20261124T100000",
        "DTSTART;TZID=Europe/Oslo:20261124T100000",
    ] {
        let start = only(&event(line)).start.expect("a time on the wall");
        assert_eq!((start.clock, start.at), (Some((10, 0)), None), "{line}");
    }
    let start = only(&event("DTSTART:20261124T090000Z")).start.expect("a start");
    assert_eq!(
        (start.zone.as_deref(), start.at),
        (Some("UTC"), Some(1_795_510_800_000))
    );
}

#[test]
fn whole_days_end_on_their_last_one() {
    for (lines, last) in [
        (
            "DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261127",
            (2026, 11, 26),
        ),
        ("DTSTART;VALUE=DATE:20261124\nDURATION:P2D", (2026, 11, 25)),
        (
            "DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261124",
            (2026, 11, 24),
        ),
    ] {
        let meeting = only(&event(lines));
        assert_eq!(
            meeting.end.map(|end| (end.day, end.clock)),
            Some((last, None)),
            "{lines}"
        );
    }
    let meeting = only(&event("DTSTART:20261124T233000Z\nDURATION:PT1H15M"));
    assert_eq!(
        meeting.end.map(|end| (end.day, end.clock)),
        Some(((2026, 11, 25), Some((0, 45))))
    );
}

#[test]
fn lines_that_were_broken_on_their_way_are_read_as_they_were_meant() {
    for (broken, meant) in [
        ("SUMMARY:Lamp\r\n  room", "Lamp room"),
        ("SUMMARY:Lamp \r\r\n room", "Lamp room"),
        ("SUMMARY:Lamp \n\n room", "Lamp room"),
        ("SUMMARY:Lamp \nroom, and more", "Lamp room, and more"),
        ("SUMMARY:Lamp\nLOCATION:room", "Lamp"),
    ] {
        assert_eq!(only(&event(broken)).summary, meant, "{broken:?}");
    }
}

#[test]
fn a_fold_in_the_middle_of_a_character_does_not_break_it() {
    let file = event("SUMMARY:Gr\u{fc}n").replace('\n', "\r\n");
    let at = file.find('\u{fc}').expect("it") + 1;
    let mut raw = b"Content-Type: text/calendar; method=REQUEST\r\n\r\n".to_vec();
    raw.extend(&file.as_bytes()[..at]);
    raw.extend(b"\r\n ");
    raw.extend(&file.as_bytes()[at..]);
    let letter = crate::parse(&raw);
    let read = crate::calendar_file(&raw, &letter.attachments[0].part).expect("a file");
    assert_eq!(read.method.as_deref(), Some("REQUEST"));
    let told = invitations(&read.text, read.method.as_deref());
    assert_eq!(
        (told[0].summary.as_str(), told[0].method),
        ("Grün", Method::Request)
    );
    let own = invitations(
        &file.replace("BEGIN:VEVENT", "METHOD:CANCEL\r\nBEGIN:VEVENT"),
        Some("REQUEST"),
    );
    assert_eq!(own[0].method, Method::Cancel, "the file's own word goes first");
}

#[test]
fn what_is_called_off_says_so() {
    assert!(only(&WEEKLY.replace("METHOD:REQUEST", "METHOD:CANCEL")).cancelled);
    assert!(only(&event("STATUS:CANCELLED")).cancelled);
    assert!(!only(WEEKLY).cancelled);
}

#[test]
fn an_answer_names_the_meeting_and_says_one_thing_of_one_person() {
    let meeting = only(WEEKLY);
    let lena = Address::new("Lena \"L\" Brandt", "lena@waxwing.test");
    let made = reply(
        &meeting,
        Answer::Decline,
        &lena,
        Some("5@waxwing.test"),
        1_795_430_000_000,
        60,
    )
    .expect("made");
    assert_eq!(
        made.envelope.to,
        ["jonas@waxwing.test"],
        "to whoever asked, and to nobody else"
    );
    let letter = crate::parse(&made.raw);
    assert_eq!(letter.headers.subject, "Declined: Lamp room, weekly");
    assert_eq!(letter.headers.in_reply_to, ["5@waxwing.test"]);
    let part = letter.attachments.first().expect("a file for calendars");
    assert_eq!(part.media_type, "text/calendar");
    let (_, file) = crate::attachment(&made.raw, &part.part).expect("its bytes");
    let file = String::from_utf8(file).expect("text");
    assert!(
        file.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n')),
        "{file}"
    );
    let answer = only(&file);
    assert_eq!(
        (answer.method, answer.uid.as_str(), answer.sequence),
        (Method::Reply, "1@waxwing.test", 2)
    );
    assert_eq!(
        answer.start.and_then(|start| start.at),
        meeting.start.and_then(|start| start.at),
        "its zone came along"
    );
    let who: Vec<_> = answer
        .attendees
        .iter()
        .map(|one| (one.address.email.as_str(), one.attendance))
        .collect();
    assert_eq!(who, [("lena@waxwing.test", Attendance::Declined)]);
}

#[test]
fn an_invitation_puts_nothing_of_its_own_into_the_answer() {
    let injected = "END:VTIMEZONE\u{1}\r\nBEGIN:VEVENT\u{1}\r\nUID:other\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:lena@waxwing.test\r\n\
        END:VEVENT\u{1}\r\nBEGIN:VTIMEZONE\u{1}\r\nX-MORE:1\r\n";
    let other = "BEGIN:VTIMEZONE\r\nTZID:Elsewhere\r\nEND:VTIMEZONE\r\n";
    for clean in [false, true] {
        let injected = match clean {
            true => injected.replace('\u{1}', ""),
            false => injected.to_owned(),
        };
        let file = WEEKLY
            .replace("BEGIN:STANDARD", &format!("{injected}BEGIN:STANDARD"))
            .replace(
                "BEGIN:VTIMEZONE\r\nTZID:W.",
                &format!("{other}BEGIN:VTIMEZONE\r\nTZID:W."),
            );
        for meeting in invitations(&file, None) {
            let lena = Address::new("", "lena@waxwing.test");
            let file = super::reply::file(&meeting, Answer::Decline, &lena, 0);
            let events = file.lines().filter(|line| line.trim() == "BEGIN:VEVENT").count();
            assert_eq!(events, 1, "one statement in {file}");
            assert!(
                !file.contains("ACCEPTED") && !file.contains("X-MORE") && !file.contains("Elsewhere"),
                "{file}"
            );
        }
    }
}

#[test]
fn a_file_of_a_hundred_thousand_lines_is_read_to_a_point() {
    let file = format!("BEGIN:VEVENT\nUID:1\n{}", "ATTENDEE:mailto:a@b\n".repeat(100_000));
    assert_eq!(only(&file).attendees.len(), 500);
    let folds = format!(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:x\n{}",
        " yyyyyyyyyy\n".repeat(100_000)
    );
    assert!(only(&folds).summary.len() <= 64 * 1024);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]

    #[test]
    fn whatever_stands_in_it_a_file_is_read(noise in "[A-Z0-9:;=,TZ\\\\\"\n -]{0,80}", at in 0_usize..1_200) {
        let mut file = WEEKLY.to_owned();
        let at = file.floor_char_boundary(at % file.len());
        file.insert_str(at, &noise);
        for meeting in invitations(&file, None) {
            let _ = reply(&meeting, Answer::Accept, &Address::new("", "lena@waxwing.test"), None, 0, 0);
        }
    }
}
