//! Files as Exchange, Outlook and Google write them, and as somebody writes them in another's name.

use waxwing_mime::invitations;
use waxwing_model::AccountId;

use super::*;

const AMARA: &str = "amara@okafor.example";
const MALLORY: &str = "mallory@else.example";

fn told(method: &str, people: &str, sender: &str, vouched: bool) -> Vec<(String, Said)> {
    told_of(method, people, sender, vouched, None)
}

fn told_of(
    method: &str,
    people: &str,
    sender: &str,
    vouched: bool,
    answered: Option<&MeetingAnswer>,
) -> Vec<(String, Said)> {
    let meetings = invitations(&file(method, people), None);
    let from = Address::new("Whoever", sender);
    of(
        meetings.first().expect("a meeting"),
        Some(&from),
        vouched,
        answered,
    )
    .into_iter()
    .map(|speaker| (speaker.address.email, speaker.said))
    .collect()
}

fn file(method: &str, people: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:quay\r\nDTSTART:20310106T090000Z\r\n{people}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

/// What is remembered of a meeting that was accepted.
fn accepted(people: &str) -> MeetingAnswer {
    MeetingAnswer {
        account: AccountId(1),
        uid: "quay".to_owned(),
        instance: String::new(),
        sequence: 0,
        answer: "accept".to_owned(),
        summary: "Quay".to_owned(),
        starts_at: Some(0),
        ends_at: Some(1),
        answered_at: 0,
        calendar: file("REQUEST", people),
    }
}

fn one(address: &str, said: Said) -> Vec<(String, Said)> {
    vec![(address.to_owned(), said)]
}

#[test]
fn what_whoever_invites_says_is_theirs_where_the_letter_is_and_somebody_vouches() {
    let people = "ORGANIZER;CN=Amara Okafor:MAILTO:Amara@okafor.example\r\nATTENDEE:mailto:lena@waxwing.test";
    for method in ["REQUEST", "CANCEL", "ADD", "PUBLISH", "DECLINECOUNTER"] {
        let by = |sender: &str, vouched: bool| told(method, people, sender, vouched);
        let amara = "Amara@okafor.example";
        assert_eq!(by(AMARA, true), one(amara, Said::ByThem), "{method}");
        assert_eq!(by(AMARA, false), one(amara, Said::InTheirName), "{method}");
        for vouched in [true, false] {
            assert_eq!(by(MALLORY, vouched), one(amara, Said::ByOther), "{method}");
        }
    }
}

#[test]
fn what_others_answer_is_compared_with_each_of_them() {
    // As Outlook answers, and as Exchange does for a room.
    let reply = "ATTENDEE;PARTSTAT=DECLINED;CN=Amara Okafor:mailto:amara@okafor.example\r\nORGANIZER:mailto:lena@waxwing.test";
    let room = "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED;CN=Lamp Room:mailto:lamproom@waxwing.test\r\nORGANIZER:mailto:lena@waxwing.test";
    for method in ["REPLY", "COUNTER", "REFRESH"] {
        assert_eq!(
            told(method, reply, AMARA, true),
            one(AMARA, Said::ByThem),
            "{method}"
        );
        assert_eq!(
            told(method, reply, AMARA, false),
            one(AMARA, Said::InTheirName),
            "{method}"
        );
        assert_eq!(
            told(method, reply, MALLORY, true),
            one(AMARA, Said::ByOther),
            "{method}"
        );
    }
    let by_itself = told("REPLY", room, "LampRoom@waxwing.test", true);
    assert_eq!(by_itself, one("lamproom@waxwing.test", Said::ByThem));
    // A server of rooms that answers under an address of its own.
    let by_server = told("REPLY", room, "calendar-server@waxwing.test", true);
    assert_eq!(by_server, one("lamproom@waxwing.test", Said::ByOther));
    let tagged = reply.replace("amara@", "amara+work@");
    assert_eq!(
        told("REPLY", &tagged, AMARA, true),
        one("amara+work@okafor.example", Said::ByThem),
        "one mailbox"
    );
    let both = format!("{reply}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MALLORY}");
    let told_both = told("REPLY", &both, MALLORY, true);
    assert_eq!(
        told_both,
        [one(AMARA, Said::ByOther), one(MALLORY, Said::ByThem)].concat(),
        "each speaks for themselves"
    );
}

#[test]
fn whoever_wants_it_otherwise_is_the_one_who_sent_it_though_others_are_named_first() {
    // As Google writes it: all that are asked stand in it.
    let people = format!("ATTENDEE:mailto:lena@waxwing.test\r\nATTENDEE:mailto:{AMARA}");
    assert_eq!(told("COUNTER", &people, AMARA, true), one(AMARA, Said::ByThem));
    assert_eq!(
        told("COUNTER", &people, MALLORY, true),
        one("lena@waxwing.test", Said::ByOther)
    );
}

#[test]
fn who_writes_for_somebody_is_named_and_must_be_the_one_who_sent_it() {
    // As Outlook writes for a delegate.
    let people =
        "ORGANIZER;CN=\"Okafor, Amara\";SENT-BY=\"mailto:oskar@okafor.example\":mailto:amara@okafor.example";
    for method in ["REQUEST", "CANCEL"] {
        let by = |sender: &str| told(method, people, sender, true);
        assert_eq!(by("Oskar@okafor.example"), one(AMARA, Said::ByAgent));
        assert_eq!(
            told(method, people, "Oskar@okafor.example", false),
            one(AMARA, Said::InAgentsName),
            "nobody vouches that it is Oskar"
        );
        assert_eq!(
            by(AMARA),
            one(AMARA, Said::ByThem),
            "on her behalf, under her name"
        );
        assert_eq!(by(MALLORY), one(AMARA, Said::ByOther));
    }
    let reply =
        "ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY=\"MAILTO:oskar@okafor.example\":mailto:amara@okafor.example";
    assert_eq!(
        told("REPLY", reply, "oskar@okafor.example", true),
        one(AMARA, Said::ByAgent)
    );
}

#[test]
fn of_a_meeting_that_was_answered_whoever_invited_then_is_meant() {
    let accepted = accepted("ORGANIZER:mailto:amara@okafor.example");
    let known = Some(&accepted);
    let own = format!("ORGANIZER:mailto:{MALLORY}");
    let agent = format!("ORGANIZER;SENT-BY=\"mailto:{MALLORY}\":mailto:{MALLORY}");
    for people in [own.as_str(), "SUMMARY:nobody is named", &agent] {
        let cancel = told_of("CANCEL", people, MALLORY, true, known);
        assert_eq!(cancel, one(AMARA, Said::ByOther), "{people}");
    }
    let amara = "ORGANIZER:mailto:amara@okafor.example";
    assert_eq!(
        told_of("CANCEL", amara, AMARA, true, known),
        one(AMARA, Said::ByThem)
    );
}

#[test]
fn a_file_that_names_nobody_is_its_sender_s() {
    assert_eq!(
        told("PUBLISH", "SUMMARY:x", MALLORY, true),
        one(MALLORY, Said::ByThem)
    );
    assert_eq!(
        told("REPLY", "SUMMARY:x", MALLORY, false),
        one(MALLORY, Said::InTheirName)
    );
}
