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

/// What is remembered once one piece of it is told anew: a day that is moved or called off, or all of it.
pub fn told_anew(remembered: &str, piece: &Invitation) -> String {
    let mut pieces = super::invitations(remembered, None);
    pieces.retain(|known| known.instance != piece.instance);
    pieces.push(piece.clone());
    pieces.sort_by_key(|piece| piece.instance.is_some());
    kept(&pieces)
}
