//! When a message was delivered, for protocols that do not say it.

use waxwing_model::Timestamp;

use crate::{date, fields};

/// The time of the newest Received field, which each server writes above the earlier ones (RFC 5321, section 4.4),
/// else the Date field's.
pub fn delivered_at(raw: &[u8]) -> Option<Timestamp> {
    // Nothing else of the header is read: every message of a maildrop comes by here.
    let header = fields::header_of(raw);
    let (fields, _) = fields::split(&header);
    let received = fields::first(&fields, "Received");
    let received = received.as_deref().and_then(|value| value.rsplit_once(';'));
    received
        .and_then(|(_, moment)| date::parse(moment.trim()))
        .or_else(|| date::parse(&fields::first(&fields, "Date")?))
        .map(|(moment, _)| moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_received_field_counts() {
        let raw = b"Received: from b by c; Mon, 23 Nov 2026 10:42:00 +0100\r\nReceived: from a by b; Mon, 23 Nov 2026 09:00:00 +0100\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nbody";
        assert_eq!(
            delivered_at(raw),
            Some(1_795_426_920_000),
            "the uppermost is the last server's"
        );
        assert_eq!(
            delivered_at(b"Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n"),
            Some(1_795_341_600_000),
            "else the writer's own"
        );
        assert_eq!(delivered_at(b"Subject: x\r\n\r\n"), None, "else nothing is known");
    }
}
