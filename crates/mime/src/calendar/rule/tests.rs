//! Rules as RFC 5545 gives them (section 3.8.5.3), each with the days that it says come of them; and rules that nobody means.

use proptest::prelude::*;

use super::*;
use crate::chance::cases;

fn at(text: &str) -> PrimitiveDateTime {
    let (day, clock, _) = wall(text).expect("a time");
    PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT))
}

/// The days of a rule as `1997-09-02`, from its start until the end of a year.
fn days(rule: &str, start: &str, until: i32) -> Vec<String> {
    let rule = Rule::read(rule).expect("a rule");
    let start = at(start);
    let last = rule
        .until
        .map(|(day, clock, _)| PrimitiveDateTime::new(day, clock.unwrap_or(Time::MIDNIGHT)));
    let end = at(&format!("{until}1231T235959"));
    let times = rule.times(start, last, (start, end));
    times.iter().map(|time| time.date().to_string()).collect()
}

#[test]
fn the_examples_of_the_rfc_give_the_days_that_it_says() {
    let september =
        |days: &[u8]| -> Vec<String> { days.iter().map(|day| format!("1997-09-{day:02}")).collect() };
    for (rule, told) in [
        (
            "FREQ=DAILY;COUNT=10",
            september(&[2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ),
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", september(&[2, 12, 22])),
        ("FREQ=WEEKLY;COUNT=3", september(&[2, 9, 16])),
        (
            "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            [
                september(&[2, 4, 9, 11, 16, 18, 23, 25, 30]),
                vec!["1997-10-02".to_owned()],
            ]
            .concat(),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            [
                september(&[2, 4, 16, 18, 30]),
                ["10-02", "10-14", "10-16"]
                    .map(|day| format!("1997-{day}"))
                    .to_vec(),
            ]
            .concat(),
        ),
    ] {
        assert_eq!(days(rule, "19970902T090000", 1999), told, "{rule}");
    }
    for (rule, start, told) in [
        (
            "FREQ=MONTHLY;COUNT=4;BYDAY=1FR",
            "19970905T090000",
            &["1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05"][..],
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU",
            "19970907T090000",
            &["1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3",
            "19970928T090000",
            &["1997-09-28", "1997-10-29", "1997-11-28"],
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4",
            "19980213T090000",
            &["1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13"],
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
            "19970930T090000",
            &["1997-09-30", "1997-10-31", "1997-11-28"],
        ),
        (
            "FREQ=YEARLY;COUNT=4;BYMONTH=6,7",
            "19970610T090000",
            &["1997-06-10", "1997-07-10", "1998-06-10", "1998-07-10"],
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
            "19970101T090000",
            &["1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01"],
        ),
        (
            "FREQ=YEARLY;BYDAY=20MO;COUNT=3",
            "19970519T090000",
            &["1997-05-19", "1998-05-18", "1999-05-17"],
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3",
            "19970512T090000",
            &["1997-05-12", "1998-05-11", "1999-05-17"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "20070115T090000",
            &[
                "2007-01-15",
                "2007-01-30",
                "2007-02-15",
                "2007-03-15",
                "2007-03-30",
            ],
        ),
        (
            "FREQ=MONTHLY;COUNT=3",
            "20260131T090000",
            &["2026-01-31", "2026-03-31", "2026-05-31"],
        ),
        (
            "FREQ=YEARLY;COUNT=2",
            "20240229T090000",
            &["2024-02-29", "2028-02-29"],
        ),
    ] {
        assert_eq!(days(rule, start, 2030), told, "{rule}");
    }
    let week = |start: &str| {
        days(
            &format!("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={start}"),
            "19970805T090000",
            1999,
        )
    };
    assert_eq!(
        week("MO"),
        ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
    );
    assert_eq!(
        week("SU"),
        ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]
    );
}

#[test]
fn a_first_time_that_the_rule_does_not_know_counts_as_one() {
    assert_eq!(
        days("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "20261124T090000", 2030),
        ["2026-11-24", "2026-11-30", "2026-12-07"]
    );
}

#[test]
fn several_times_of_a_day_are_told() {
    let rule = Rule::read("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30;COUNT=3").expect("a rule");
    let start = at("20261124T093000");
    let times = rule.times(start, None, (start, at("20261231")));
    assert_eq!(times, [start, at("20261124T173000"), at("20261125T093000")]);
}

#[test]
fn what_repeats_by_the_hour_has_its_first_time_alone() {
    assert_eq!(days("FREQ=HOURLY", "20261124T090000", 2030), ["2026-11-24"]);
}

#[test]
fn a_window_of_a_rule_without_an_end_is_what_counting_from_its_beginning_gives() {
    for rule in [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
        "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1TH",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-1",
    ] {
        let start = at("20001103T090000");
        let window = (at("20260101"), at("20280101"));
        let endless = Rule::read(rule).expect("a rule").times(start, None, window);
        let counted = Rule::read(&format!("{rule};COUNT=100000")).expect("a rule");
        assert!(!endless.is_empty(), "{rule}");
        assert_eq!(endless, counted.times(start, None, window), "{rule}");
    }
}

#[test]
fn a_rule_that_never_ends_or_never_comes_true_costs_little() {
    const YEAR: u32 = 366;
    let (start, end) = (at("00010101T090000"), at("99991231T090000"));
    let one_year = (at("20260101T000000"), at("20261231T235959"));
    for (rule, in_one_year) in [
        ("FREQ=DAILY", 2 * YEAR),
        ("FREQ=DAILY;COUNT=4000000000", DAY_LIMIT + 1),
        // Its first period is reckoned by years that are all the longest.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", 8 * YEAR),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=4000000000",
            DAY_LIMIT + YEAR,
        ),
        (
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10",
            2 * YEAR,
        ),
    ] {
        let known = Rule::read(rule).expect("a rule");
        for (window, most) in [((start, end), DAY_LIMIT + YEAR), (one_year, in_one_year)] {
            let (times, looked) = known.looked_for(start, None, window);
            assert!(times.len() <= TIME_LIMIT, "{rule}: {} times", times.len());
            assert!(looked <= most, "{rule}: {looked} days were looked at");
        }
        let day = known.completed(start.date());
        let times = day.times_in(start.date(), 1, start.time()).len();
        assert!(times <= CLOCK_LIMIT, "{rule}: {times} times of one day");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]

    #[test]
    fn whatever_a_rule_says_its_times_lie_in_the_window_and_in_order(
        frequency in "(DAILY|WEEKLY|MONTHLY|YEARLY)",
        rest in "(;(INTERVAL|COUNT|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYSETPOS|BYHOUR)=-?[0-9]{1,2}|;BYDAY=(-?[1-5])?(MO|TU|SU)){0,4}",
        day in 0_i64..20_000,
    ) {
        let rule = Rule::read(&format!("FREQ={frequency}{rest}")).expect("a rule");
        let start = at("19800101T090000") + Duration::days(day);
        let window = (at("20260101"), at("20270101"));
        let times = rule.times(start, None, window);
        prop_assert!(times.is_sorted_by(|one, other| one < other), "{:?}", times);
        prop_assert!(times.iter().all(|time| *time >= window.0 && *time <= window.1 && *time >= start));
    }
}

#[test]
fn the_least_number_there_is_says_nothing() {
    for part in [
        "BYMONTHDAY=-128",
        "BYYEARDAY=-32768",
        "BYWEEKNO=-128",
        "BYSETPOS=-32768",
    ] {
        let with = days(&format!("FREQ=MONTHLY;COUNT=3;{part}"), "20260115T090000", 2027);
        assert_eq!(with, ["2026-01-15", "2026-02-15", "2026-03-15"], "{part}");
    }
}
