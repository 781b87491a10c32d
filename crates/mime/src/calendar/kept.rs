//! What is remembered of a meeting: a file for calendars again, with no more than what says which one it is, of which version,
//! and when it takes place. Not here: who comes, and what it is about.

use super::Invitation;
use super::reply::folded;

/// The meeting of these pieces, what repeats and its days that are told apart, as a file that [`super::invitations`] reads.
pub fn kept(pieces: &[Invitation]) -> String {
    let mut zones: Vec<&str> = Vec::new();
    for zone in pieces.iter().flat_map(|piece| &piece.zones) {
        if !zones.contains(&zone.as_str()) {
            zones.push(zone);
        }
    }
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned()];
    lines.extend(
        zones
            .iter()
            .flat_map(|zone| zone.split("\r\n"))
            .map(str::to_owned),
    );
    for piece in pieces {
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("UID:{}", piece.uid));
        lines.push(format!("SEQUENCE:{}", piece.sequence));
        let own = piece.kept.iter().filter(|(name, _)| name != "STATUS");
        lines.extend(own.map(|(_, line)| line.clone()));
        if piece.cancelled {
            lines.push("STATUS:CANCELLED".to_owned());
        }
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// Lines of a day that is called off later: which one it is, and who says so and when.
const OF_ONE_DAY: [&str; 7] = [
    "DTSTART",
    "DTEND",
    "DURATION",
    "RECURRENCE-ID",
    "ORGANIZER",
    "DTSTAMP",
    "STATUS",
];

/// What is remembered once one day of it is called off. It comes before the other days: of a file with very many the last are not
/// read.
pub fn told_anew(remembered: &str, piece: &Invitation) -> String {
    let mut pieces = super::invitations(remembered, None);
    pieces.retain(|known| known.instance != piece.instance);
    let mut piece = piece.clone();
    piece.kept.retain(|(name, _)| OF_ONE_DAY.contains(&name.as_str()));
    let days = pieces.partition_point(|known| known.instance.is_none());
    pieces.insert(days, piece);
    kept(&pieces)
}
