//! From lines to meetings.

use std::sync::Arc;

use waxwing_model::Address;

use super::lines::{Line, lines};
use super::moment::{end, when};
use super::recurrence::recurrence;
use super::rule::Rule;
use super::schedule::{DATE_LIMIT, Schedule};
use super::zone::Zones;
use super::{Attendance, Attendee, Invitation, Method};
use crate::visible;

/// Meetings of one file, people of one meeting, and characters of a description that are read.
const MEETING_LIMIT: usize = 50;
const PEOPLE_LIMIT: usize = 500;
const DESCRIPTION_LIMIT: usize = 20_000;
/// Lines of which an answer, or what is remembered of a meeting, is made again.
const KEPT: [&str; 14] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "ORGANIZER",
    "SUMMARY",
    "LOCATION",
    "DTSTAMP",
    "RRULE",
    "RDATE",
    "EXDATE",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "STATUS",
];
/// Rules of one meeting that are read. One is allowed.
const RULE_LIMIT: usize = 4;

pub(super) fn invitations(file: &str, method_of_part: Option<&str>) -> Vec<Invitation> {
    let lines = lines(file);
    let mut zones = Zones::default();
    let mut zone_texts = Vec::new();
    for zone in components(&lines, "VTIMEZONE") {
        zones.add(zone);
        zone_texts.extend(zone_text(zone));
    }
    let zones = Arc::new(zones);
    let method = lines
        .iter()
        .find(|line| line.name == "METHOD")
        .map(|line| line.value.as_str())
        .or(method_of_part)
        .map_or(Method::Publish, method);
    let mut dates = DATE_LIMIT;
    let mut meetings: Vec<Invitation> = components(&lines, "VEVENT")
        .into_iter()
        .take(MEETING_LIMIT)
        .filter_map(|lines| meeting(lines, method, &zones, &zone_texts, &mut dates))
        .collect();
    meetings.sort_by_key(|meeting| meeting.instance.is_some());
    meetings
}

/// Whether one is busy meanwhile (RFC 5545, section 3.8.2.7; MS-OXCICAL, section 2.1.3.1.1.20.31).
fn takes_time(transparency: &str, status_of_outlook: &str) -> bool {
    !transparency.trim().eq_ignore_ascii_case("TRANSPARENT")
        && !status_of_outlook.trim().eq_ignore_ascii_case("FREE")
}

/// A zone by its name, and written anew from what a zone is made of (RFC 5545, section 3.6.5): an answer that repeats it
/// says nothing else. One that is made of anything else is no zone.
fn zone_text(lines: &[Line]) -> Option<(String, String)> {
    let name = lines
        .iter()
        .find(|line| line.name == "TZID")?
        .value
        .trim()
        .to_owned();
    let mut text = vec!["BEGIN:VTIMEZONE".to_owned()];
    let mut open: Option<&str> = None;
    for line in lines {
        let value = line.value.trim();
        let part = ["STANDARD", "DAYLIGHT"]
            .into_iter()
            .find(|part| value.eq_ignore_ascii_case(part));
        match line.name.as_str() {
            "BEGIN" if open.is_none() && part.is_some() => {
                open = part;
                text.push(format!("BEGIN:{}", part?));
            }
            "END" if part.is_some() && open == part => {
                open = None;
                text.push(format!("END:{}", part?));
            }
            "BEGIN" | "END" => return None,
            "TZID" if open.is_none() => text.push(line.whole.clone()),
            "DTSTART" | "TZOFFSETFROM" | "TZOFFSETTO" | "RRULE" | "RDATE" | "TZNAME" if open.is_some() => {
                text.push(line.whole.clone());
            }
            _ => {}
        }
    }
    text.push("END:VTIMEZONE".to_owned());
    open.is_none().then(|| (name, text.join("\r\n")))
}

/// The lines within each component of a name. Those of components within it are among them.
fn components<'l>(lines: &'l [Line], name: &str) -> Vec<&'l [Line]> {
    let is = |line: &Line, word: &str| line.name == word && line.value.trim().eq_ignore_ascii_case(name);
    let mut found = Vec::new();
    let mut start = None;
    for (at, line) in lines.iter().enumerate() {
        if is(line, "BEGIN") {
            start = Some(at + 1);
        } else if is(line, "END")
            && let Some(start) = start.take()
        {
            found.extend(lines.get(start..at));
        }
    }
    // A file that was cut off is read as far as it goes.
    if let Some(start) = start {
        found.extend(lines.get(start..));
    }
    found
}

fn method(value: &str) -> Method {
    match value.trim().to_ascii_uppercase().as_str() {
        "REQUEST" => Method::Request,
        "REPLY" => Method::Reply,
        "CANCEL" => Method::Cancel,
        "PUBLISH" => Method::Publish,
        "COUNTER" => Method::Counter,
        "DECLINECOUNTER" => Method::DeclineCounter,
        "REFRESH" => Method::Refresh,
        _ => Method::Other,
    }
}

fn meeting(
    lines: &[Line],
    method: Method,
    zones: &Arc<Zones>,
    zone_texts: &[(String, String)],
    dates: &mut usize,
) -> Option<Invitation> {
    let own = without_alarms(lines);
    let rules: Vec<Rule> = own
        .iter()
        .filter(|line| line.name == "RRULE")
        .filter_map(|line| Rule::read(&line.value))
        .take(RULE_LIMIT)
        .collect();
    let find = |name: &str| own.iter().copied().find(|line| line.name == name);
    let text = |name: &str| find(name).map(Line::text).unwrap_or_default();
    let uid = find("UID")?.value.trim().to_owned();
    let start = find("DTSTART");
    let people = own
        .iter()
        .filter(|line| line.name == "ATTENDEE")
        .filter_map(|line| attendee(line));
    let mut description = text("DESCRIPTION").trim().to_owned();
    let end_of_text = description.floor_char_boundary(DESCRIPTION_LIMIT);
    description.truncate(end_of_text);
    Some(Invitation {
        method,
        sequence: find("SEQUENCE")
            .and_then(|line| line.value.trim().parse().ok())
            .unwrap_or(0),
        stamp: find("DTSTAMP")
            .and_then(|line| when(line, zones))
            .and_then(|stamp| stamp.at),
        instance: find("RECURRENCE-ID").map(|line| line.value.trim().to_owned()),
        instance_of: find("RECURRENCE-ID").and_then(|line| when(line, zones)),
        summary: visible::collapse(&text("SUMMARY")),
        location: visible::collapse(&text("LOCATION")),
        description,
        organizer: find("ORGANIZER").and_then(person),
        sent_by: find("ORGANIZER").and_then(agent),
        attendees: people.take(PEOPLE_LIMIT).collect(),
        start: start.and_then(|line| when(line, zones)),
        end: start.and_then(|line| end(line, find("DTEND"), find("DURATION"), zones)),
        recurrence: rules.first().map(|rule| recurrence(rule, zones)),
        takes_time: takes_time(&text("TRANSP"), &text("X-MICROSOFT-CDO-BUSYSTATUS")),
        cancelled: method == Method::Cancel || text("STATUS").trim().eq_ignore_ascii_case("CANCELLED"),
        kept: own
            .iter()
            .filter(|line| KEPT.contains(&line.name.as_str()))
            .map(|line| (line.name.clone(), line.whole.clone()))
            .collect(),
        zones: zone_texts
            .iter()
            .filter(|(name, _)| {
                own.iter()
                    .any(|line| line.parameter("TZID").map(str::trim) == Some(name))
            })
            .map(|(_, text)| text.clone())
            .collect(),
        schedule: Schedule::read(&own, rules, zones, dates),
        uid,
    })
    .filter(|meeting| !meeting.uid.is_empty())
}

/// A reminder within a meeting has a summary and a length of its own.
fn without_alarms(lines: &[Line]) -> Vec<&Line> {
    let mut depth = 0_usize;
    lines
        .iter()
        .filter(|line| match line.name.as_str() {
            "BEGIN" => {
                depth += 1;
                false
            }
            "END" => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

fn attendee(line: &Line) -> Option<Attendee> {
    let parameter = |name: &str| line.parameter(name).unwrap_or_default().to_ascii_uppercase();
    Some(Attendee {
        address: person(line)?,
        sent_by: agent(line),
        attendance: match parameter("PARTSTAT").as_str() {
            "ACCEPTED" => Attendance::Accepted,
            "TENTATIVE" => Attendance::Tentative,
            "DECLINED" => Attendance::Declined,
            "DELEGATED" => Attendance::Delegated,
            _ => Attendance::Open,
        },
        optional: matches!(parameter("ROLE").as_str(), "OPT-PARTICIPANT" | "NON-PARTICIPANT"),
    })
}

/// Somebody with an address for letters.
fn person(line: &Line) -> Option<Address> {
    let address = mailto(&line.value)?;
    let name = line
        .parameter("CN")
        .map(visible::one_line)
        .filter(|name| !name.is_empty() && *name != address);
    Some(Address { name, email: address })
}

/// Whoever writes for somebody (RFC 5545, section 3.2.18).
fn agent(line: &Line) -> Option<String> {
    mailto(line.parameter("SENT-BY")?)
}

fn mailto(value: &str) -> Option<String> {
    let value = value.trim();
    let address = value
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
        .and_then(|_| value.get(7..))?;
    let address = visible::one_line(address);
    address.contains('@').then_some(address)
}
