//! Meetings that repeat, in zones, with days that are left out, added, moved and called off.

use waxwing_testkit::effort::assert_linear;

use super::*;
use crate::calendar::{invitations, kept, told_anew};

const HOUR: i64 = 3_600_000;

/// Berlin as Exchange describes it.
const ZONE: &str = "BEGIN:VTIMEZONE\nTZID:B\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\n\
TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

fn file(events: &[&str]) -> String {
    let events: String = events
        .iter()
        .map(|lines| format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n"))
        .collect();
    format!("BEGIN:VCALENDAR\n{ZONE}{events}END:VCALENDAR\n")
}

/// Everybody's own wall is Greenwich's here, and "Own" is a zone that is two hours ahead of it.
fn clock(zone: Option<&str>, wall: PrimitiveDateTime) -> Option<Timestamp> {
    let at = wall.assume_utc().unix_timestamp() * 1_000;
    match zone {
        None => Some(at),
        Some("Own") => Some(at - 2 * HOUR),
        Some(_) => None,
    }
}

fn moment_of(text: &str) -> Timestamp {
    let (day, clock, _) = crate::calendar::moment::wall(text).expect("a time");
    PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT))
        .assume_utc()
        .unix_timestamp()
        * 1_000
}

/// When the meeting begins each time within a window, in Greenwich's time, as `1124T09:00`.
fn begins(file: &str, from: &str, to: &str) -> Vec<String> {
    let pieces = invitations(file, None);
    occurrences(&pieces, &(moment_of(from)..moment_of(to)), &mut clock)
        .iter()
        .map(|one| {
            let at = greenwich(one.starts_at).expect("a time");
            let (month, day) = (u8::from(at.month()), at.day());
            format!("{month:02}{day:02}T{:02}:{:02}", at.hour(), at.minute())
        })
        .collect()
}

const TUESDAYS: &str = "DTSTART;TZID=B:20261006T100000\nDTEND;TZID=B:20261006T110000\nRRULE:FREQ=WEEKLY";

#[test]
fn a_weekly_meeting_stays_on_its_wall_over_the_change_of_the_clocks() {
    assert_eq!(
        begins(&file(&[TUESDAYS]), "20261013", "20261104"),
        ["1013T08:00", "1020T08:00", "1027T09:00", "1103T09:00"]
    );
}

#[test]
fn days_are_left_out_added_moved_and_called_off() {
    let series = format!(
        "{TUESDAYS};COUNT=6\nEXDATE;TZID=B:20261013T100000,20261020T100000\nEXDATE;VALUE=DATE:20261027\n\
         RDATE;TZID=B:20261008T150000\nRDATE;VALUE=PERIOD:20261009T080000Z/PT2H"
    );
    let moved =
        "RECURRENCE-ID;TZID=B:20261103T100000\nDTSTART;TZID=B:20261104T160000\nDTEND;TZID=B:20261104T170000";
    let off = "RECURRENCE-ID:20261110T090000Z\nDTSTART;TZID=B:20261110T100000\nSTATUS:CANCELLED";
    let told = file(&[off, &series, moved]);
    let expected = ["1006T08:00", "1008T13:00", "1009T08:00", "1104T15:00"];
    assert_eq!(begins(&told, "20261001", "20270101"), expected);
    let remembered = kept(&invitations(&told, None));
    assert_eq!(
        begins(&remembered, "20261001", "20270101"),
        expected,
        "and so it is remembered: {remembered}"
    );
    let lengths: Vec<i64> = occurrences(
        &invitations(&told, None),
        &(moment_of("20261001")..moment_of("20270101")),
        &mut clock,
    )
    .iter()
    .map(|one| (one.ends_at - one.starts_at) / HOUR)
    .collect();
    assert_eq!(lengths, [1, 1, 2, 1]);
}

#[test]
fn a_day_that_is_called_off_later_is_remembered_so() {
    let remembered = kept(&invitations(&file(&[TUESDAYS]), None));
    let cancel = file(&["RECURRENCE-ID;TZID=B:20261013T100000\nDTSTART;TZID=B:20261013T100000"]);
    let cancel = invitations(
        &cancel.replace("VCALENDAR\nBEGIN", "VCALENDAR\nMETHOD:CANCEL\nBEGIN"),
        None,
    );
    let anew = told_anew(&remembered, cancel.first().expect("one"));
    assert_eq!(
        begins(&anew, "20261001", "20261022"),
        ["1006T08:00", "1020T08:00"]
    );
    let again = told_anew(&anew, cancel.first().expect("one"));
    assert_eq!(again, anew, "once is enough");
}

#[test]
fn the_newest_of_very_many_days_that_are_called_off_is_remembered_and_no_more_of_it_than_is_needed() {
    let day = |number: i64| {
        let day =
            Date::from_calendar_date(2026, time::Month::October, 6).expect("a day") + Duration::weeks(number);
        format!(
            "{:04}{:02}{:02}T100000",
            day.year(),
            u8::from(day.month()),
            day.day()
        )
    };
    let all = kept(&invitations(&file(&[TUESDAYS]), None));
    let mut remembered = all.clone();
    for number in 0..60 {
        let day = day(number);
        let told = file(&[&format!(
            "RECURRENCE-ID;TZID=B:{day}\nDTSTART;TZID=B:{day}\nSTATUS:CANCELLED\nSUMMARY:{}\nEXDATE:{day}",
            "long ".repeat(1_000)
        )]);
        let cancel = invitations(&told, None);
        remembered = told_anew(&remembered, cancel.first().expect("one"));
        let (from, to) = (day.replace("T1", "T0"), day.replace("T1", "T2"));
        assert_eq!(begins(&all, &from, &to).len(), 1, "day {number}");
        assert_eq!(begins(&remembered, &from, &to), [""; 0], "day {number}");
    }
    assert!(remembered.len() < 20_000, "{}", remembered.len());
    assert!(!remembered.contains("long"), "{remembered}");
}

#[test]
fn a_rule_ends_with_its_last_time_whatever_the_zone() {
    for (until, count) in [
        ("UNTIL=20261027T090000Z", 4),
        ("UNTIL=20261027T085959Z", 3),
        ("UNTIL=20261027", 4),
        ("UNTIL=20261026", 3),
        ("UNTIL=20261027T100000", 4),
        ("COUNT=3", 3),
    ] {
        let told = file(&[&format!("{TUESDAYS};{until}")]);
        assert_eq!(begins(&told, "20260101", "20280101").len(), count, "{until}");
        // A zone that the file only names is asked of whoever knows the world's.
        let named = told
            .replace("TZID=B:", "TZID=Own:")
            .replace("T090000Z", "T080000Z")
            .replace("T085959Z", "T075959Z");
        assert_eq!(
            begins(&named, "20260101", "20280101").len(),
            count,
            "{until}, only named"
        );
    }
    let unknown = file(&[TUESDAYS]).replace("TZID=B:", "TZID=Nowhere:");
    assert_eq!(
        begins(&unknown, "20260101", "20280101"),
        [""; 0],
        "what nobody knows is not guessed"
    );
}

#[test]
fn whole_days_and_times_without_a_zone_are_everybodys_own() {
    let days = file(&["DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126\nRRULE:FREQ=WEEKLY;COUNT=2"]);
    let pieces = invitations(&days, None);
    let found = occurrences(
        &pieces,
        &(moment_of("20260101")..moment_of("20280101")),
        &mut clock,
    );
    let spans: Vec<_> = found.iter().map(|one| (one.starts_at, one.ends_at)).collect();
    assert_eq!(
        spans,
        [
            (moment_of("20261124"), moment_of("20261126")),
            (moment_of("20261201"), moment_of("20261203"))
        ]
    );
    let floating = file(&["DTSTART:20261124T100000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=2"]);
    assert_eq!(
        begins(&floating, "20260101", "20280101"),
        ["1124T10:00", "1125T10:00"]
    );
}

#[test]
fn what_leaves_one_free_takes_no_time() {
    for lines in [
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "STATUS:CANCELLED",
    ] {
        let told = file(&[&format!("{TUESDAYS}\n{lines}")]);
        assert_eq!(begins(&told, "20261001", "20270101"), [""; 0], "{lines}");
    }
    let told = file(&[
        TUESDAYS,
        "TRANSP:TRANSPARENT\nRECURRENCE-ID;TZID=B:20261006T100000\nDTSTART;TZID=B:20261006T100000",
    ]);
    assert_eq!(
        begins(&told, "20261001", "20261014"),
        ["1013T08:00"],
        "a single day of it"
    );
}

#[test]
fn a_time_that_the_clocks_skip_is_told_in_the_time_before() {
    let told = file(&["DTSTART;TZID=B:20270328T023000\nDURATION:PT1H"]);
    assert_eq!(begins(&told, "20270101", "20280101"), ["0328T01:30"]);
}

#[test]
fn what_never_ends_is_told_to_a_point() {
    let told = file(&["DTSTART:00010101T000000\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY;COUNT=4000000"]);
    let all = begins(&told, "00010101", "99990101");
    assert!(!all.is_empty() && all.len() <= OCCURRENCE_LIMIT);
    assert!(
        !begins(&told, "20260101", "20270101").is_empty(),
        "far from its beginning"
    );
}

#[test]
fn the_last_day_that_there_is_has_none_behind_it() {
    let told = file(&["DTSTART:99991231T100000Z\nDTEND;VALUE=DATE:20261127\nRRULE:FREQ=DAILY"]);
    assert_eq!(begins(&told, "20260101", "99991231"), [""; 0]);
    let told = file(&["DTSTART:20261127T100000Z\nDTEND;VALUE=DATE:99991231"]);
    assert_eq!(begins(&told, "20260101", "20270101"), ["1127T10:00"]);
}

#[test]
fn changes_of_a_zone_are_those_that_it_tells_one_by_one_and_those_of_its_rules() {
    let zone = "BEGIN:VTIMEZONE\nTZID:B\nBEGIN:STANDARD\nDTSTART:19000101T000000\nTZOFFSETFROM:+0030\nTZOFFSETTO:+0100\n\
                RDATE:20231029T030000,20211031T030000\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20210328T020000\nTZOFFSETFROM:+0100\n\
                TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20230326T010000Z\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    for (wall, told) in [
        ("18991231T100000", "1231T09:30"),
        ("19500701T100000", "0701T09:00"),
        ("20210701T100000", "0701T08:00"),
        ("20211201T100000", "1201T09:00"),
        ("20220701T100000", "0701T08:00"),
        ("20221201T100000", "1201T08:00"),
        ("20230701T100000", "0701T08:00"),
        ("20260701T100000", "0701T09:00"),
    ] {
        let told_in = file(&[&format!("DTSTART;TZID=B:{wall}\nDURATION:PT1H")]).replace(ZONE, zone);
        assert_eq!(begins(&told_in, "18000101", "20300101"), [told], "{wall}");
    }
}

/// So many days from the first of a year on, as dates of a calendar.
fn days_of(year: i32, count: usize) -> String {
    let first = Date::from_ordinal_date(year, 1).expect("a day");
    let days = (0..count as i64).map(|day| {
        let day = first + Duration::days(day);
        let (month, date) = (u8::from(day.month()), day.day());
        format!("{:04}{month:02}{date:02}T100000", day.year())
    });
    days.collect::<Vec<_>>().join(",")
}

/// A zone with so many changes that are told one by one, and so many rules beside that.
fn zone_of(changes: usize, rules: usize) -> String {
    let part = "BEGIN:STANDARD\nDTSTART:19010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY\nEND:STANDARD\n";
    let dated = part.replace("RRULE", &format!("RDATE:{}\nRRULE", days_of(1950, changes)));
    format!(
        "BEGIN:VTIMEZONE\nTZID:B\n{dated}{}END:VTIMEZONE\n",
        part.repeat(rules)
    )
}

/// A calendar as large as one is read, which somebody made to keep the program busy.
#[test]
fn a_zone_and_exceptions_without_end_are_read_and_told() {
    let series = format!(
        "DTSTART;TZID=B:20260101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY;BYHOUR=9,11\nEXDATE;TZID=B:{}",
        days_of(2027, 1_900)
    );
    let told =
        file(&[&series, &series.replace("EXDATE", "RDATE"), &series]).replace(ZONE, &zone_of(400, 500));
    let days = begins(&told, "20260101", "20261231");
    assert!(days.len() >= 300, "{}", days.len());
}

#[test]
fn no_time_is_held_against_every_exception_and_every_change_of_its_zone() {
    // A window of so many days, as many exceptions, days that are told beside the rule, and changes of the zone.
    let crowd = |days: usize| {
        let series = format!(
            "DTSTART;TZID=B:20260101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE;TZID=B:{}\nRDATE;TZID=B:{}",
            days_of(2036, days),
            days_of(2026, days)
        );
        let told = file(&[&series]).replace(ZONE, &zone_of(days, 0));
        let from = moment_of("20260101");
        (invitations(&told, None), from..from + days as i64 * 24 * HOUR)
    };
    let told = |(pieces, within): &(Vec<Invitation>, Range<Timestamp>)| {
        occurrences(pieces, within, &mut clock).len()
    };
    assert_eq!(told(&crowd(480)), 480);
    assert_linear("days, exceptions and changes", 120, crowd, told);
}
