//! A letter and its envelope, looked through for what this server or any other could not carry, so that the person
//! gets a sentence instead of a code.
//!
//! Not here: anything that is said to a server.

use lettre::{
    Address,
    transport::smtp::extension::{MailBodyParameter, MailParameter},
};
use waxwing_model::Envelope;

use super::{body, envelope, features::Features, outcome::SendError};
use crate::Letter;

/// What can be found wrong before anybody is bothered.
pub(super) struct Prepared {
    pub(super) from: Option<Address>,
    pub(super) to: Vec<(String, Address)>,
    pub(super) refused: Vec<(String, String)>,
    pub(super) letter: body::Facts,
}

impl Prepared {
    pub(super) fn of(envelope: &Envelope, letter: &dyn Letter) -> Result<Self, SendError> {
        let rejected = |reply: String| SendError::Rejected {
            reply,
            permanent: true,
            recipients: Vec::new(),
        };
        if letter.size() == 0 {
            return Err(rejected("The letter is empty.".to_owned()));
        }
        let from = match envelope.from.trim() {
            // The empty sender is that of reports, which nobody answers (RFC 5321, section 4.5.5).
            "" => None,
            from => Some(envelope::address(from).map_err(rejected)?),
        };
        let (mut to, mut refused) = (Vec::new(), Vec::new());
        for recipient in &envelope.to {
            match envelope::address(recipient.trim()) {
                Ok(address) => to.push((recipient.clone(), address)),
                Err(sentence) => refused.push((recipient.clone(), sentence)),
            }
        }
        if to.is_empty() {
            return Err(nobody_left(refused, true));
        }
        let letter = body::look_at(letter).map_err(SendError::Unreadable)?;
        Ok(Self {
            from,
            to,
            refused,
            letter,
        })
    }

    /// The parameters of MAIL, or a sentence about what this server cannot carry.
    pub(super) fn parameters(&self, features: &Features) -> Result<Vec<MailParameter>, String> {
        let mut parameters = Vec::new();
        let size = self.letter.size;
        if let Some(limit) = features.size_limit.filter(|limit| size as u64 > *limit) {
            return Err(format!(
                "The letter measures {}, and the server takes {} at most.",
                megabytes(size as u64),
                megabytes(limit)
            ));
        }
        if features.size {
            parameters.push(MailParameter::Size(size));
        }
        let mut everyone = self.from.iter().chain(self.to.iter().map(|(_, address)| address));
        if let Some(address) = everyone.find(|address| !address.user().is_ascii()) {
            if !features.utf8 {
                return Err(format!(
                    "This server cannot carry letters from or to {address}: it knows addresses in Latin letters \
                     without accents only (it has no SMTPUTF8)."
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        } else if is_utf8_beyond_ascii(&self.letter.header) {
            if !features.utf8 {
                return Err(
                    "The letter's header holds letters that this server cannot carry (it has no SMTPUTF8)."
                        .to_owned(),
                );
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !self.letter.is_ascii {
            if !features.eight_bit {
                return Err(
                    "The letter holds 8-bit text, which this server cannot carry (it has no 8BITMIME)."
                        .to_owned(),
                );
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }
}

/// Nobody is to get the letter, and why.
pub(super) fn nobody_left(recipients: Vec<(String, String)>, permanent: bool) -> SendError {
    let reply = recipients
        .first()
        .map_or("The letter has no recipient.".to_owned(), |(_, reply)| {
            reply.clone()
        });
    SendError::Rejected {
        reply,
        permanent,
        recipients,
    }
}

/// A header in UTF-8 is SMTPUTF8's affair (RFC 6531, section 3.2). One in an older 8-bit encoding is nobody's, and is
/// sent as everybody sends it.
fn is_utf8_beyond_ascii(header: &[u8]) -> bool {
    !header.is_ascii() && std::str::from_utf8(header).is_ok()
}

fn megabytes(octets: u64) -> String {
    match octets {
        0..100_000 => format!("{octets} bytes"),
        _ => format!("{:.1} MB", octets as f64 / 1_000_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(from: &str, to: &[&str], raw: &[u8]) -> Result<Prepared, SendError> {
        let to = to.iter().map(|recipient| (*recipient).to_owned()).collect();
        Prepared::of(
            &Envelope {
                from: from.to_owned(),
                to,
            },
            &raw,
        )
    }

    #[test]
    fn an_envelope_that_makes_no_sense_costs_no_connection() {
        let (lena, jonas) = ("lena@waxwing.test", "jonas@waxwing.test");
        let letter = b"Subject: x\r\n\r\nx\r\n";
        let smuggled = "jonas@waxwing.test>\r\nRCPT TO:<amara@waxwing.test";
        for result in [
            prepared(lena, &[], letter),
            prepared(lena, &[smuggled], letter),
            prepared("lena\r\nDATA", &[jonas], letter),
            prepared(lena, &[jonas], b""),
        ] {
            assert!(matches!(result, Err(SendError::Rejected { permanent: true, .. })));
        }
        assert!(prepared("", &[jonas], letter).is_ok(), "reports have no sender");
    }
}
