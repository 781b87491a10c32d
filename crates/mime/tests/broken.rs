//! Whole letters as people send them, broken one to three times over in the ways in which programs, gateways and forgers break them:
//! fields folded, doubled and cut, boundaries that begin with each other, encodings and sets that are not kept, parts within parts
//! within parts, wrappings. Each word of the letter is marked. Whatever was done to the letter, no word that still stands in it is lost:
//! it is in the text, or in a file; nothing panics, and what was odd is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use waxwing_mime::{Letter, attachment, glance, parse};

mod breaking;

use breaking::{Chance, LINE_ENDS, WAYS, places};

const HEAD: &str = "Received: from mx.a.example by mx.b.example; Mon, 23 Nov 2026 10:42:00 +0100\r\nFrom: Mika <mika@a.example>\r\n\
    To: lena@b.example\r\nSubject: The berth\r\nDate: Mon, 23 Nov 2026 10:42:00 +0100\r\nMessage-ID: <a@a.example>\r\n\
    MIME-Version: 1.0\r\n";

/// Letters whose words of text begin with `word`; none of them is encoded.
fn letters() -> Vec<String> {
    let mut number = 0;
    let mut words = move |count: usize| {
        let mut text = String::new();
        for _ in 0..count {
            number += 1;
            write!(text, "word{number:03}x ").unwrap();
        }
        text.trim_end().to_owned()
    };
    let plain = format!(
        "{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n{}\r\n",
        words(4),
        words(4)
    );
    let bare = format!("From: mika@a.example\r\nSubject: hi\r\n\r\n{}\r\n", words(4));
    let alternative = format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=\"alt\"\r\n\r\nThis is a multi-part message in MIME format.\r\n\
         --alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <p>{}</p>\r\n--alt--\r\n",
        words(3),
        words(3)
    );
    let mixed = format!(
        "{HEAD}Content-Type: multipart/mixed;\r\n boundary=\"----=_Part_1\"\r\n\r\n------=_Part_1\r\nContent-Type: text/plain\r\n\
         Content-Transfer-Encoding: 7bit\r\n\r\n{}\r\n------=_Part_1\r\nContent-Type: text/csv; name=\"a.csv\"\r\n\
         Content-Disposition: attachment; filename=\"a.csv\"\r\n\r\n{}\r\n------=_Part_1\r\nContent-Type: message/rfc822\r\n\r\n\
         From: amara@c.example\r\nSubject: within\r\n\r\n{}\r\n------=_Part_1\r\nContent-Type: text/plain\r\n\r\n{}\r\n------=_Part_1--\r\n",
        words(3),
        words(2),
        words(2),
        words(2)
    );
    let related = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/related; boundary=b1\r\n\r\n\
         --b1\r\nContent-Type: multipart/alternative; boundary=b11\r\n\r\n--b11\r\nContent-Type: text/plain\r\n\r\n{}\r\n\
         --b11\r\nContent-Type: text/html\r\n\r\n<div>{}</div>\r\n--b11--\r\n--b1\r\nContent-Type: image/gif\r\nContent-ID: <i>\r\n\r\n\
         GIF89a\r\n--b1--\r\n--b\r\nContent-Type: text/plain; name=n.txt\r\nContent-Disposition: attachment\r\n\r\n{}\r\n--b--\r\n",
        words(3),
        words(3),
        words(2)
    );
    let report = format!(
        "{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\n{}\r\n--r\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n\r\n--r--\r\n",
        words(3)
    );
    let signed = format!(
        "{HEAD}Content-Type: multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"; boundary=s\r\n\r\n\
         --s\r\nContent-Type: text/plain\r\n\r\n{}\r\n--s\r\nContent-Type: application/pgp-signature; name=signature.asc\r\n\r\n\
         -----BEGIN PGP SIGNATURE-----\r\n\r\niQ==\r\n-----END PGP SIGNATURE-----\r\n--s--\r\n",
        words(3)
    );
    vec![plain, bare, alternative, mixed, related, report, signed]
}

/// All that is shown of a letter, and all that can be saved.
fn all_of(raw: &[u8], letter: &Letter) -> Vec<u8> {
    let mut all = letter.text.clone().unwrap_or_default().into_bytes();
    for part in &letter.html_parts {
        all.extend(part.bytes());
    }
    for listed in &letter.attachments {
        let (_, bytes) = attachment(raw, &listed.part).expect("what is listed is there");
        assert_eq!(
            bytes.len() as u64,
            u64::from(listed.size),
            "with the size that is told"
        );
        all.extend(bytes);
        all.push(b'\n');
    }
    all
}

/// The marked words that stand in a letter as they were.
fn words(raw: &[u8]) -> Vec<&[u8]> {
    places(raw, b"word")
        .into_iter()
        .filter_map(|at| raw.get(at..at + 8))
        .filter(|word| word[7] == b'x')
        .collect()
}

fn cases(usual: usize) -> usize {
    let times = std::env::var("WAXWING_FUZZ")
        .ok()
        .and_then(|times| times.parse::<usize>().ok());
    usual.saturating_mul(times.unwrap_or(1))
}

#[test]
fn no_word_of_a_broken_letter_is_lost_without_a_word_about_it() {
    let letters = letters();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut lost = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for _ in 0..cases(600) {
        let mut raw = chance.of(&letters).clone().into_bytes();
        let mut ways: Vec<_> = (0..=chance.below(3)).map(|_| chance.of(WAYS)).collect();
        ways.sort_by_key(|(name, _)| *name == LINE_ENDS);
        let mut done = Vec::new();
        for (name, way) in ways {
            let whole = places(&raw, b"\n").len() == places(&raw, b"\r\n").len();
            if *name != LINE_ENDS || whole {
                way(&mut raw, &mut chance);
                done.push(*name);
            }
        }
        let before = raw.clone();
        let begun = Instant::now();
        let letter = parse(&raw);
        glance(&raw);
        let took = begun.elapsed();
        if took > slowest.0 {
            slowest = (took, format!("{done:?}"));
        }
        assert_eq!(raw, before, "the letter itself stays as it came");
        let all = all_of(&raw, &letter);
        let missing: Vec<_> = words(&raw)
            .into_iter()
            .filter(|word| memchr::memmem::find(&all, word).is_none())
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect();
        if !missing.is_empty() && letter.oddities.is_empty() {
            lost.push(format!(
                "{done:?} {missing:?} told {:?}\n{}\n",
                letter.oddities,
                String::from_utf8_lossy(&raw[..raw.len().min(3_000)])
            ));
        }
    }
    assert!(
        lost.is_empty(),
        "{} letters lost words:\n{}",
        lost.len(),
        lost[..lost.len().min(40)].join("\n=====\n")
    );
    assert!(slowest.0 < Duration::from_secs(5), "{slowest:?}");
}
