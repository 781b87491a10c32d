//! The Bcc field of one's own copy: whoever wrote the letter may read there who got it blindly. The letter on the
//! wire never has it.

use waxwing_mime::Outgoing;
use waxwing_model::Address;
use waxwing_store::Parcel;

use super::handed::Handed;

/// To and Cc stand within this much of a letter.
const LONGEST_HEADER: u64 = 1024 * 1024;

/// The letter with those in Bcc whom its To and Cc do not name. `recipients` are all of them.
pub(super) fn with_bcc(recipients: &[Address], letter: Parcel) -> std::io::Result<Handed> {
    let named = waxwing_mime::parse_headers(&letter.beginning(LONGEST_HEADER)?);
    let hidden: Vec<Address> = recipients
        .iter()
        .filter(|address| {
            !named
                .to
                .iter()
                .chain(&named.cc)
                .any(|shown| shown.email.eq_ignore_ascii_case(&address.email))
        })
        .cloned()
        .collect();
    Ok(Handed::new(field(hidden).unwrap_or_default(), letter))
}

/// The mime room writes lists of addresses as the To field of a letter; Bcc has the same form (RFC 5322, section
/// 3.6.3).
fn field(hidden: Vec<Address>) -> Option<Vec<u8>> {
    let from = hidden.first()?.clone();
    let letter = waxwing_mime::compose(&Outgoing {
        from,
        to: hidden,
        cc: Vec::new(),
        bcc: Vec::new(),
        reply_to: Vec::new(),
        subject: String::new(),
        html: None,
        text: String::new(),
        in_reply_to: Vec::new(),
        references: Vec::new(),
        attachments: Vec::new(),
        date: 0,
        utc_offset_minutes: 0,
        asks_for_receipt: false,
    })
    .ok()?;
    let header = String::from_utf8(letter.raw).ok()?;
    let mut field = Vec::new();
    for line in header.split_inclusive("\r\n").take_while(|line| *line != "\r\n") {
        let folded = line.starts_with([' ', '\t']);
        match line.strip_prefix("To:") {
            Some(list) => field.extend_from_slice(format!("Bcc:{list}").as_bytes()),
            None if folded && !field.is_empty() => field.extend_from_slice(line.as_bytes()),
            None if !field.is_empty() => break,
            None => {}
        }
    }
    (!field.is_empty()).then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_names_those_whom_the_letter_does_not() {
        let raw = b"From: lena@waxwing.test\r\nTo: jonas@waxwing.test\r\nSubject: s\r\n\r\nbody\r\n".to_vec();
        let mira = Address::new("Mira Öst, the third person of a long name", "mira@waxwing.test");
        let all = [
            Address::new("", "Jonas@waxwing.test"),
            mira.clone(),
            Address::new("", "amara@waxwing.test"),
        ];
        let copy = with_bcc(&all, raw.clone().into()).unwrap().whole().unwrap();
        assert!(copy.ends_with(&raw), "the letter itself is as it was sent");
        let headers = waxwing_mime::parse_headers(&copy);
        let bcc: Vec<&str> = headers.bcc.iter().map(|address| address.email.as_str()).collect();
        assert_eq!(
            bcc,
            ["mira@waxwing.test", "amara@waxwing.test"],
            "To is not repeated: {}",
            String::from_utf8_lossy(&copy)
        );
        assert_eq!(headers.bcc.first(), Some(&mira), "names survive");
        assert_eq!(headers.to.len(), 1, "To is the letter's own");
    }

    #[test]
    fn a_letter_without_blind_copies_stays_as_it_is() {
        let raw = b"From: lena@waxwing.test\r\nTo: jonas@waxwing.test\r\n\r\nbody\r\n".to_vec();
        let all = [Address::new("Jonas", "jonas@waxwing.test")];
        let copy = with_bcc(&all, raw.clone().into()).unwrap().whole().unwrap();
        assert_eq!(copy, raw, "nothing was hidden");
    }
}
