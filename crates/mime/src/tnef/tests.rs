//! Wrappers as Outlook makes them, cut off, lying and changed anywhere.

use proptest::prelude::*;

use super::*;
use crate::chance::cases;

fn attribute(level: u8, name: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = vec![level];
    bytes.extend(name.to_le_bytes());
    bytes.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
    bytes.extend(data);
    let sum = data
        .iter()
        .fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn text_property(name: u16, text: &str) -> Vec<u8> {
    let mut value: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    value.extend([0, 0]);
    property(0x001f, name, &value)
}

fn property(kind: u16, name: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(kind.to_le_bytes());
    bytes.extend(name.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn properties(each: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = u32::try_from(each.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(each.concat());
    bytes
}

fn wrapper(attributes: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = SIGNATURE.to_le_bytes().to_vec();
    bytes.extend([1, 0]);
    bytes.extend(attributes.concat());
    bytes
}

/// As Outlook sends it.
fn sample() -> Vec<u8> {
    let number = {
        let mut bytes = 0x0003_u16.to_le_bytes().to_vec();
        bytes.extend(0x3705_u16.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        bytes
    };
    wrapper(&[
        attribute(1, CODE_PAGE, &1252_u32.to_le_bytes()),
        attribute(1, SUBJECT, b"Drawings\0"),
        attribute(
            1,
            MESSAGE_PROPERTIES,
            &properties(&[
                number.clone(),
                property(0x0102, HTML_BODY, b"<p>Gr\xfc\xdfe</p>"),
                text_property(PLAIN_BODY, "Grüße"),
            ]),
        ),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_TITLE, b"DRAWIN~1.PDF\0"),
        attribute(2, FILE_DATA, b"%PDF-1.7"),
        attribute(
            2,
            FILE_PROPERTIES,
            &properties(&[
                number,
                text_property(LONG_NAME, "drawings ⛵.pdf"),
                text_property(MEDIA_TYPE, "application/pdf"),
            ]),
        ),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_TITLE, b"../../notes.txt\0"),
        attribute(2, FILE_DATA, b"notes"),
    ])
}

#[test]
fn the_text_and_the_files_of_a_wrapped_letter_are_given() {
    let opened = open_tnef(&sample()).expect("it is one");
    assert_eq!(opened.subject.as_deref(), Some("Drawings"));
    assert_eq!(opened.text.as_deref(), Some("Grüße"));
    assert_eq!(
        opened.html.as_deref(),
        Some("<p>Grüße</p>"),
        "in the code page of the letter"
    );
    let files: Vec<_> = opened
        .files
        .iter()
        .map(|file| {
            (
                file.name.as_str(),
                file.media_type.as_deref(),
                file.data.as_slice(),
            )
        })
        .collect();
    assert_eq!(
        files,
        [
            ("drawings ⛵.pdf", Some("application/pdf"), &b"%PDF-1.7"[..]),
            ("notes.txt", None, b"notes"),
        ],
        "under names that lead nowhere else"
    );
}

#[test]
fn what_is_none_is_not_opened_and_what_is_cut_off_is_given_so_far() {
    assert_eq!(open_tnef(b""), None);
    assert_eq!(open_tnef(b"%PDF-1.7 and so on"), None);
    let whole = sample();
    let cut = open_tnef(&whole[..whole.len() - 4]).expect("it is one");
    assert_eq!(cut.files.len(), 2, "the last file came in part");
    for length in 6..whole.len() {
        assert!(open_tnef(&whole[..length]).is_some(), "cut at {length}");
    }
}

#[test]
fn lengths_that_lie_take_no_memory() {
    let mut bytes = wrapper(&[]);
    bytes.extend([2]);
    bytes.extend(FILE_BEGINS.to_le_bytes());
    bytes.extend(u32::MAX.to_le_bytes());
    assert_eq!(open_tnef(&bytes).expect("it is one").files, []);
    let lie = [
        1_u32.to_le_bytes().to_vec(),
        vec![0x1f, 0, 0, 0x10],
        u32::MAX.to_le_bytes().to_vec(),
        u32::MAX.to_le_bytes().to_vec(),
    ]
    .concat();
    let opened = open_tnef(&wrapper(&[attribute(1, MESSAGE_PROPERTIES, &lie)])).expect("it is one");
    assert_eq!(opened.text, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]

    #[test]
    fn whatever_stands_in_it_it_is_read_and_its_names_are_safe(
        noise in proptest::collection::vec(any::<u8>(), 0..400),
        at in 0_usize..600,
        name in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut bytes = sample();
        let at = 6 + at % (bytes.len() - 6);
        bytes.splice(at..at, noise);
        bytes.extend(attribute(2, FILE_BEGINS, &[]));
        bytes.extend(attribute(2, FILE_TITLE, &name));
        bytes.extend(attribute(2, FILE_DATA, b"x"));
        let opened = open_tnef(&bytes);
        for file in opened.map(|opened| opened.files).unwrap_or_default() {
            prop_assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0']), "{:?}", file.name);
        }
    }
}

#[test]
fn a_letter_that_stands_in_rich_text_alone_is_read_from_it() {
    let rich = br"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\'fcber{\*\htmltag72 </p>}}";
    let mut packed = Vec::new();
    for number in [rich.len() + 12, rich.len(), 0x414c_454d, 0] {
        packed.extend(u32::try_from(number).unwrap().to_le_bytes());
    }
    packed.extend(rich);
    let rich_text = property(0x0102, RICH_TEXT, &packed);
    let alone = wrapper(&[attribute(
        1,
        MESSAGE_PROPERTIES,
        &properties(std::slice::from_ref(&rich_text)),
    )]);
    assert_eq!(open_tnef(&alone).unwrap().html.as_deref(), Some("<p>über</p>"));
    let beside = properties(&[rich_text, property(0x0102, HTML_BODY, b"<p>better</p>")]);
    let beside = wrapper(&[attribute(1, MESSAGE_PROPERTIES, &beside)]);
    assert_eq!(
        open_tnef(&beside).unwrap().html.as_deref(),
        Some("<p>better</p>"),
        "HTML of its own comes first"
    );
}

#[test]
fn a_letter_within_a_wrapper_is_a_letter() {
    let inner = wrapper(&[
        attribute(1, CODE_PAGE, &1252_u32.to_le_bytes()),
        attribute(1, SUBJECT, b"Gr\xfc\xdfe / two\0"),
        attribute(1, BODY, b"Inner body\0"),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_TITLE, b"plan.pdf\0"),
        attribute(2, FILE_DATA, b"%PDF-1.7"),
    ]);
    // The name of its interface, IID_IMessage, stands before it.
    let interface = [0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
    let object = property(0x000d, OBJECT, &[&interface[..], &inner].concat());
    let outer = wrapper(&[
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_PROPERTIES, &properties(&[object])),
    ]);
    let opened = open_tnef(&outer).expect("it is one");
    let [file] = opened.files.as_slice() else {
        panic!("{opened:?}")
    };
    assert_eq!(file.name, "Grüße _ two.eml");
    assert_eq!(file.media_type.as_deref(), Some("message/rfc822"));
    let letter = crate::parse(&file.data);
    assert_eq!(letter.headers.subject, "Grüße / two");
    let [wrapped] = letter.attachments.as_slice() else {
        panic!("{letter:?}")
    };
    assert!(is_tnef(&wrapped.media_type, &wrapped.name));
    let (_, bytes) = crate::attachment(&file.data, &wrapped.part).expect("its wrapper");
    let inside = open_tnef(&bytes).expect("it is one");
    assert_eq!(inside.text.as_deref(), Some("Inner body"));
    assert_eq!(inside.files.len(), 1);
}

/// A property of Outlook's own: its set, its number in it, and its octets.
fn named(kind: u16, set: u8, number: u32, value: &[u8]) -> Vec<u8> {
    const APPOINTMENT: &[u8] = &[0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
    const MEETING: &[u8] = b"\x90\xda\xd8\x6e\x0b\x45\x1b\x10\x98\xda\x00\xaa\x00\x3f\x13\x05";
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend(0x8000_u16.to_le_bytes());
    bytes.extend(if set == 0 { APPOINTMENT } else { MEETING });
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(number.to_le_bytes());
    if matches!(kind, 0x0003 | 0x0040) {
        bytes.extend(value);
        return bytes;
    }
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn meeting(class: &[u8], id: &[u8]) -> Vec<u8> {
    // Nine in the morning in Greenwich, on 24 November 2026.
    let start: i64 = (1_795_510_800 + 11_644_473_600) * 10_000_000;
    let hour: i64 = 36_000_000_000;
    let place: Vec<u8> = "Quay 4; left\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    wrapper(&[
        attribute(1, MESSAGE_CLASS, class),
        attribute(1, SUBJECT, b"Lamp room, weekly\0"),
        attribute(
            1,
            MESSAGE_PROPERTIES,
            &properties(&[
                named(0x0040, 0, 0x820d, &start.to_le_bytes()),
                named(0x0040, 0, 0x820e, &(start + hour).to_le_bytes()),
                named(0x001f, 0, 0x8208, &place),
                named(0x0003, 0, 0x8201, &3_u32.to_le_bytes()),
                named(0x0102, 1, 0x0003, id),
                text_property(PLAIN_BODY, "Please come."),
            ]),
        ),
    ])
}

#[test]
fn a_meeting_without_a_file_is_told_as_one_with_a_file_is() {
    let jonas = waxwing_model::Address::new("Jonas \"J\" Halvorsen", "jonas@waxwing.test");
    let mut id = vec![0x04; 40];
    id.extend(b"vCal-Uid\x01\0\0\0lamp@waxwing.test\0");
    let opened = open_tnef(&meeting(b"IPM.Microsoft Schedule.MtgReq\0", &id)).expect("a wrapper");
    assert_eq!(
        opened.text.as_deref(),
        Some("Please come."),
        "what comes after it is read"
    );
    let file = opened.meeting.expect("a meeting").calendar(Some(&jonas));
    let told = crate::invitations(&file, None).remove(0);
    assert_eq!(
        (
            told.uid.as_str(),
            told.sequence,
            told.summary.as_str(),
            told.location.as_str()
        ),
        ("lamp@waxwing.test", 3, "Lamp room, weekly", "Quay 4; left")
    );
    assert_eq!(told.start.and_then(|start| start.at), Some(1_795_510_800_000));
    assert_eq!(told.end.and_then(|end| end.at), Some(1_795_514_400_000));
    assert_eq!(
        told.organizer.map(|one| one.email).as_deref(),
        Some("jonas@waxwing.test")
    );
    assert_eq!(told.method, crate::Method::Request);
}

#[test]
fn classes_of_letters_about_meetings_are_told_apart() {
    let jonas = waxwing_model::Address::new("", "jonas@waxwing.test");
    let id: Vec<u8> = (0..60).collect();
    let told = |class: &str| {
        let opened = open_tnef(&meeting(format!("{class}\0").as_bytes(), &id)).expect("a wrapper");
        let file = opened.meeting?.calendar(Some(&jonas));
        let told = crate::invitations(&file, None).remove(0);
        assert!(
            told.uid.starts_with("000102030405060708090A0B0C0D0E0F0000000014"),
            "{}",
            told.uid
        );
        Some((told.method, told.attendees.first().map(|one| one.attendance)))
    };
    use crate::{Attendance, Method};
    assert_eq!(
        told("IPM.Schedule.Meeting.Canceled"),
        Some((Method::Cancel, None))
    );
    assert_eq!(
        told("IPM.Schedule.Meeting.Resp.Neg"),
        Some((Method::Reply, Some(Attendance::Declined)))
    );
    assert_eq!(
        told("IPM.Microsoft Schedule.MtgRespA"),
        Some((Method::Reply, Some(Attendance::Tentative)))
    );
    assert_eq!(told("IPM.Note"), None, "a letter with a date is no meeting");
}

/// A wrapper whose words stand in rich text alone, with files by their names, Content-IDs and octets.
pub(crate) fn of_rich_text(rich: &[u8], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut packed = Vec::new();
    for number in [rich.len() + 12, rich.len(), 0x414c_454d, 0] {
        packed.extend(u32::try_from(number).unwrap().to_le_bytes());
    }
    packed.extend(rich);
    let words = properties(&[property(0x0102, RICH_TEXT, &packed)]);
    let mut attributes = vec![attribute(1, MESSAGE_PROPERTIES, &words)];
    for (name, content_id, octets) in files {
        attributes.push(attribute(2, FILE_BEGINS, &[0; 14]));
        attributes.push(attribute(2, FILE_TITLE, format!("{name}\0").as_bytes()));
        attributes.push(attribute(2, FILE_DATA, octets));
        if !content_id.is_empty() {
            let id = properties(&[text_property(CONTENT_ID, content_id)]);
            attributes.push(attribute(2, FILE_PROPERTIES, &id));
        }
    }
    wrapper(&attributes)
}

#[test]
fn who_looks_into_a_wrapper_copies_no_file_and_reads_no_more_than_is_asked() {
    let letter = wrapper(&[
        attribute(1, SUBJECT, b"The dredger\0"),
        attribute(1, BODY, &[b'x'; 5_000]),
    ]);
    let outer = wrapper(&[
        attribute(1, BODY, &[b'y'; 5_000]),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_TITLE, b"plan.pdf\0"),
        attribute(2, FILE_DATA, b"%PDF-1.7"),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_DATA, &letter),
    ]);
    let seen = glimpse(&outer, 0).expect("it is one");
    assert_eq!((seen.text, seen.html), (None, None), "nobody asks what it says");
    let place = outer.as_ptr_range();
    let described = seen.files.iter().map(|file| {
        assert!(
            place.contains(&file.data.as_ptr()),
            "{} stays where it is",
            file.name
        );
        (file.name.clone(), file.media_type.clone())
    });
    let opened = open_tnef(&outer).expect("it is one").files;
    let expected: Vec<_> = opened
        .iter()
        .map(|file| (file.name.clone(), file.media_type.clone()))
        .collect();
    assert_eq!(described.collect::<Vec<_>>(), expected, "they are called alike");
    assert_eq!(expected[1].0, "The dredger.eml");
    let text = glimpse(&outer, 100).and_then(|seen| seen.text).unwrap();
    assert!(text.len() <= 200, "{} octets", text.len());
    let rich = of_rich_text(&[&b"{\\rtf1 "[..], &b"lantern ".repeat(5_000)].concat(), &[]);
    let html = glimpse(&rich, 1_000).and_then(|seen| seen.html).unwrap();
    assert!((1..3_000).contains(&html.len()), "{} octets", html.len());
}
