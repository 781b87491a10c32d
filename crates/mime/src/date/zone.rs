//! Zones as dates name them (RFC 5322, sections 3.3 and 4.3), and the names that programs write beside those.
//!
//! Some names mean several zones. Those of RFC 5322 are what it says: CST is Chicago's and not Shanghai's. BST is British Summer
//! Time and not Bangladesh's, IST is India's and neither Israel's nor Ireland's, AST is Halifax's and not Riyadh's, and SST is
//! nobody's, for both of its places are small. Names that are not known mean Greenwich, as RFC 5322 wants it.

/// Minutes east of Greenwich, and whether a number says so.
pub(super) fn zone(piece: &str) -> Option<(i16, bool)> {
    if let Some(minutes) = numbered(piece) {
        return Some((minutes, true));
    }
    let name = piece.to_ascii_uppercase();
    // GMT+0100, as JavaScript writes it.
    let behind = ["GMT", "UTC", "UT", "Z"]
        .into_iter()
        .find_map(|greenwich| numbered(name.strip_prefix(greenwich)?));
    match behind {
        Some(minutes) => Some((minutes, true)),
        None => Some((named(&name)?, false)),
    }
}

/// `+0100`, `+01:00`, `-500`, `+1`. An offset that no place has is taken for none.
fn numbered(piece: &str) -> Option<i16> {
    let digits = piece.strip_prefix(['+', '-'])?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match digits.split_once(':') {
        Some(both) => both,
        None if matches!(digits.len(), 3 | 4) => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    if !is_number(hours) || !is_number(minutes) || hours.len() > 2 || minutes.len() > 2 {
        return None;
    }
    let minutes = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
    let minutes = if minutes < 24 * 60 { minutes } else { 0 };
    Some(if piece.starts_with('-') { -minutes } else { minutes })
}

fn named(name: &str) -> Option<i16> {
    // Single letters were defined the wrong way round once, and mean nothing (section 4.3).
    if matches!(name.as_bytes(), [b'A'..=b'I' | b'K'..=b'Z']) {
        return Some(0);
    }
    let known = NAMES.iter().find(|(known, _)| *known == name);
    known.map(|(_, minutes)| *minutes)
}

const NAMES: [(&str, i16); 45] = [
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    // RFC 5322, section 4.3.
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    // America.
    ("NST", -210),
    ("NDT", -150),
    ("AST", -240),
    ("ADT", -180),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("BRT", -180),
    ("ART", -180),
    // Europe and Africa; the German names, too.
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MET", 60),
    ("MEZ", 60),
    ("WAT", 60),
    ("CEST", 120),
    ("MEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("EEST", 180),
    ("EAT", 180),
    ("MSK", 180),
    // Asia and Australia.
    ("IST", 330),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
];
