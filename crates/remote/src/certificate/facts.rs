//! What a certificate says (X.509, RFC 5280): for whom it is, who has signed it, and from when to when it holds. A person
//! looks at that before they decide; nothing is believed because of it.
//!
//! It comes from anybody, so that whatever cannot be read is left out rather than refused.

use std::net::IpAddr;

use ring::digest::{SHA256, digest};
use time::{Date, Month, OffsetDateTime, Time};
use waxwing_model::{Certificate, Fingerprint, Timestamp};

use super::element;
use crate::error::clean;

/// 2.5.4.3, commonName, and 2.5.4.10, organizationName (RFC 5280, appendix A.1), as DER writes them.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
/// 2.5.29.17, subjectAltName (RFC 5280, section 4.2.1.6).
const OTHER_NAMES: &[u8] = &[0x55, 0x1d, 0x11];
/// Nobody reads more, and a certificate may have thousands.
const MOST_NAMES: usize = 20;

pub(crate) fn facts(der: &[u8]) -> Certificate {
    let told = read(der).unwrap_or_default();
    let mut names = told.other_names;
    if names.is_empty() {
        names.extend(told.common_name);
    }
    Certificate {
        fingerprint: fingerprint(der),
        names,
        issuer: told.issuer,
        not_before: told.validity.0,
        not_after: told.validity.1,
    }
}

pub(crate) fn fingerprint(der: &[u8]) -> Fingerprint {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(digest(&SHA256, der).as_ref()) {
        *to = *from;
    }
    Fingerprint(bytes)
}

#[derive(Default)]
struct Told {
    issuer: String,
    validity: (Timestamp, Timestamp),
    common_name: Option<String>,
    other_names: Vec<String>,
}

/// Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { [0] version, serialNumber, signature, issuer, validity, subject,
/// subjectPublicKeyInfo, [1], [2], [3] extensions }, … } (RFC 5280, section 4.1).
fn read(der: &[u8]) -> Option<Told> {
    let (_, certificate, _) = element(der)?;
    let (_, mut rest, _) = element(certificate)?;
    if rest.first() == Some(&0xa0) {
        rest = element(rest)?.2;
    }
    let (_, _, rest) = element(rest)?; // serialNumber
    let (_, _, rest) = element(rest)?; // signature
    let (_, issuer, rest) = element(rest)?;
    let (_, validity, rest) = element(rest)?;
    let (_, subject, rest) = element(rest)?;
    let (_, _, mut rest) = element(rest)?; // subjectPublicKeyInfo
    let mut told = Told {
        issuer: name(issuer),
        validity: period(validity).unwrap_or_default(),
        common_name: part(subject, COMMON_NAME),
        other_names: Vec::new(),
    };
    while let Some((tag, content, behind)) = element(rest) {
        if tag == 0xa3 {
            told.other_names = other_names(content).unwrap_or_default();
        }
        rest = behind;
    }
    Some(told)
}

fn name(name: &[u8]) -> String {
    match (part(name, COMMON_NAME), part(name, ORGANISATION)) {
        (Some(common), Some(organisation)) if common != organisation => format!("{common} ({organisation})"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type OID, value } (RFC 5280, section 4.1.2.4).
fn part(mut name: &[u8], wanted: &[u8]) -> Option<String> {
    while let Some((_, set, behind)) = element(name) {
        let (_, pair, _) = element(set)?;
        let (_, oid, value) = element(pair)?;
        if oid == wanted {
            let (tag, text, _) = element(value)?;
            return Some(words(tag, text));
        }
        name = behind;
    }
    None
}

fn words(tag: u8, text: &[u8]) -> String {
    // BMPString has two octets a letter; the others are ASCII or UTF-8, or near enough.
    if tag == 0x1e {
        let units: Vec<u16> = text
            .chunks_exact(2)
            .filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)))
            .collect();
        return clean(&String::from_utf16_lossy(&units));
    }
    clean(&String::from_utf8_lossy(text))
}

/// Extensions ::= SEQUENCE OF SEQUENCE { OID, critical BOOLEAN, OCTET STRING } (RFC 5280, section 4.2).
fn other_names(extensions: &[u8]) -> Option<Vec<String>> {
    let (_, mut extensions, _) = element(extensions)?;
    while let Some((_, extension, behind)) = element(extensions) {
        let (_, oid, mut rest) = element(extension)?;
        if oid == OTHER_NAMES {
            if rest.first() == Some(&0x01) {
                rest = element(rest)?.2;
            }
            let (_, octets, _) = element(rest)?;
            let (_, names, _) = element(octets)?;
            return Some(general_names(names));
        }
        extensions = behind;
    }
    None
}

/// GeneralName: [2] is a host, [7] an address.
fn general_names(mut names: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    while let Some((tag, content, behind)) = element(names) {
        match tag {
            0x82 => found.push(words(tag, content)),
            0x87 => found.extend(address(content).map(|address| address.to_string())),
            _ => {}
        }
        if found.len() == MOST_NAMES {
            break;
        }
        names = behind;
    }
    found
}

fn address(octets: &[u8]) -> Option<IpAddr> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Some(four.into());
    }
    <[u8; 16]>::try_from(octets).ok().map(IpAddr::from)
}

fn period(validity: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let (tag, from, rest) = element(validity)?;
    let (until_tag, until, _) = element(rest)?;
    Some((moment(tag, from)?, moment(until_tag, until)?))
}

/// UTCTime, `YYMMDDHHMMSSZ`, until 2049, and GeneralizedTime, `YYYYMMDDHHMMSSZ`, from then on (RFC 5280, section 4.1.2.5).
fn moment(tag: u8, text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (year, rest) = text.split_at_checked(if tag == 0x17 { 2 } else { 4 })?;
    let year: i32 = year.parse().ok()?;
    let year = match (tag, year) {
        (0x17, 0..50) => 2000 + year,
        (0x17, _) => 1900 + year,
        _ => year,
    };
    let mut pairs = rest.as_bytes().chunks(2).map(|pair| {
        std::str::from_utf8(pair)
            .ok()
            .and_then(|pair| pair.parse::<u8>().ok())
    });
    let mut next = || pairs.next().flatten();
    let (month, day, hour, minute) = (next()?, next()?, next()?, next()?);
    let second = next().unwrap_or(0).min(59);
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let moment = OffsetDateTime::new_utc(date, Time::from_hms(hour, minute, second).ok()?);
    moment.unix_timestamp().checked_mul(1000)
}

#[cfg(test)]
mod tests {
    use rustls_pki_types::CertificateDer;
    use rustls_pki_types::pem::PemObject;
    use waxwing_testkit::{CertificateKind, Certificates, GOOD_NAMES, WRONG_NAME};

    use super::*;

    fn shown(kind: CertificateKind) -> Certificate {
        let pem = Certificates::new().pair(kind).cert_pem;
        facts(&CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate"))
    }

    #[test]
    fn a_certificate_tells_its_names_its_issuer_and_its_days() {
        let expired = shown(CertificateKind::Expired);
        assert_eq!(expired.names, GOOD_NAMES, "hosts and addresses");
        assert_eq!(expired.issuer, "Waxwing test authority");
        assert_eq!(expired.not_before, 1_577_836_800_000, "2020-01-01");
        assert_eq!(expired.not_after, 1_609_459_200_000, "2021-01-01");
        let late = shown(CertificateKind::NotYetValid);
        assert_eq!(
            late.not_before, 3_786_912_000_000,
            "2090-01-01, in the longer form"
        );
        assert_eq!(shown(CertificateKind::WrongHost).names, [WRONG_NAME]);
        assert_ne!(
            shown(CertificateKind::Good).fingerprint,
            shown(CertificateKind::Good).fingerprint,
            "each is another one"
        );
    }

    #[test]
    fn whatever_is_sent_instead_of_a_certificate_has_a_fingerprint_and_no_panic() {
        let pem = Certificates::new().good().cert_pem;
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
        for length in 0..der.len() {
            let cut = der.get(..length).unwrap_or_default();
            assert_eq!(facts(cut).fingerprint, fingerprint(cut), "cut after {length}");
            let mut spoilt = der.to_vec();
            if let Some(byte) = spoilt.get_mut(length) {
                *byte ^= 0xff;
            }
            let _ = facts(&spoilt);
        }
        let empty = facts(b"");
        assert!(empty.names.is_empty() && empty.issuer.is_empty(), "{empty:?}");
    }

    #[test]
    fn years_have_two_digits_or_four() {
        assert_eq!(moment(0x17, b"700101000000Z"), Some(0));
        assert_eq!(moment(0x17, b"490101000000Z"), moment(0x18, b"20490101000000Z"));
        for bad in [&b"20490101000000"[..], b"Z", b"2049Z", b"209901ffZ", b"\xffZ"] {
            assert_eq!(moment(0x18, bad), None, "{bad:?}");
        }
    }
}
