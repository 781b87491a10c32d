//! Letters for tests and benchmarks: seeded, so that the same seed gives the same bytes on every machine.
//! They look like a person's mail: conversations with References (RFC 5322 section 3.6.4), newsletters in HTML,
//! attachments, several scripts, and sizes that are lognormal around some kilobytes. None of them is hostile;
//! hostile letters are in the fixtures of the crates that defend against them.

mod body;
mod chance;
mod encode;
mod words;

use body::Body;
use chance::Chance;

/// `count` letters to lena, in the order in which they were sent.
pub fn generate(seed: u64, count: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut writer = Writer {
        chance: Chance::new(seed),
        seed,
        number: 0,
        seconds: FIRST_DATE,
        recent: Vec::new(),
    };
    (0..count).map(move |_| writer.next())
}

/// One plain letter with the headers that every letter has. The Message-ID is made from its content.
pub fn simple(from: &str, to: &str, subject: &str, body: &str) -> Vec<u8> {
    let mut chance = Chance::new(0);
    for byte in [from, to, subject, body].join("\n").bytes() {
        chance.stir(byte);
    }
    let id = chance.next();
    let (from, to) = (crate::address(from), crate::address(to));
    let body = body.replace("\r\n", "\n").replace('\n', "\r\n");
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{id:016x}@waxwing.test>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n",
        encode::header(subject),
        encode::date(FIRST_DATE),
    )
    .into_bytes()
}

/// 2 January 2023, 08:00 UTC.
const FIRST_DATE: i64 = 1_672_646_400;

/// How many letters someone may still answer.
const RECENT: usize = 200;

struct Writer {
    chance: Chance,
    seed: u64,
    number: u64,
    seconds: i64,
    recent: Vec<Sent>,
}

/// What an answer needs to know of the letter that it answers.
#[derive(Clone)]
struct Sent {
    id: String,
    references: Vec<String>,
    subject: &'static str,
    language: usize,
}

impl Writer {
    fn next(&mut self) -> Vec<u8> {
        self.number += 1;
        self.seconds += i64::try_from(self.chance.below(7_200)).unwrap_or(0) + 1;
        let id = format!(
            "{:x}.{:016x}.{}@example.org",
            self.seed,
            self.chance.next(),
            self.number
        );
        match self.chance.below(100) {
            0..45 => self.answer(id),
            45..70 => self.newsletter(&id),
            _ => self.opening(id),
        }
    }

    /// A letter that begins a conversation.
    fn opening(&mut self, id: String) -> Vec<u8> {
        // Every eighth conversation is not in English.
        let language = if self.chance.below(8) == 0 {
            self.chance.below(words::LANGUAGES.len())
        } else {
            0
        };
        let subject = words::language(language).subject(&mut self.chance);
        let sent = Sent {
            id,
            references: Vec::new(),
            subject,
            language,
        };
        self.write(sent, false)
    }

    /// A letter that answers a recent one, or begins a conversation where there is none.
    fn answer(&mut self, id: String) -> Vec<u8> {
        // The newest are answered most.
        let back = self.chance.below(30).min(self.chance.below(RECENT));
        let index = self.recent.len().checked_sub(back + 1);
        let Some(parent) = index.and_then(|index| self.recent.get(index)).cloned() else {
            return self.opening(id);
        };
        let mut references = parent.references;
        references.push(parent.id);
        if references.len() > 20 {
            // Long conversations keep the first and the newest, as RFC 5537 section 3.4.4 advises.
            references.drain(1..references.len() - 19);
        }
        let sent = Sent {
            id,
            references,
            subject: parent.subject,
            language: parent.language,
        };
        self.write(sent, true)
    }

    fn write(&mut self, sent: Sent, answer: bool) -> Vec<u8> {
        let language = words::language(sent.language);
        let (name, mailbox) = language.person(&mut self.chance);
        let mut letter = Vec::new();
        let mut line = |text: String| letter.extend_from_slice(format!("{text}\r\n").as_bytes());
        line(format!("Return-Path: <{mailbox}@example.org>"));
        line(format!("From: {} <{mailbox}@example.org>", encode::header(name)));
        line("To: Lena Brandt <lena@waxwing.test>".to_owned());
        if self.chance.below(5) == 0 {
            line("Cc: jonas@waxwing.test, Amara Okafor <amara@waxwing.test>".to_owned());
        }
        let prefix = if answer { "Re: " } else { "" };
        line(format!(
            "Subject: {}",
            encode::header(&format!("{prefix}{}", sent.subject))
        ));
        line(format!("Date: {}", encode::date(self.seconds)));
        line(format!("Message-ID: <{}>", sent.id));
        if let Some(parent) = sent.references.last() {
            line(format!("In-Reply-To: <{parent}>"));
            let all: Vec<String> = sent.references.iter().map(|id| format!("<{id}>")).collect();
            line(format!("References: {}", all.join("\r\n ")));
        }
        line("MIME-Version: 1.0".to_owned());
        let size = self.chance.lognormal(3_500, 0.9, 60_000);
        let body = match self.chance.below(100) {
            0..8 => Body::WithAttachment {
                size,
                attachment: self.chance.lognormal(25_000, 1.1, 3_000_000),
            },
            8..35 => Body::Alternative { size },
            _ => Body::Plain { size },
        };
        body.write(&mut letter, language, &mut self.chance);
        self.recent.push(sent);
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        letter
    }

    /// A letter to many, in HTML, with a way to leave the list (RFC 2369, RFC 8058).
    fn newsletter(&mut self, id: &str) -> Vec<u8> {
        let list = self.chance.pick(words::LISTS);
        let subject = words::language(0).subject(&mut self.chance);
        let mut letter = format!(
            "Return-Path: <bounce-{number}@{list}.example.net>\r\nFrom: {list} weekly <news@{list}.example.net>\r\n\
             To: lena@waxwing.test\r\nSubject: {subject}\r\nDate: {}\r\nMessage-ID: <{id}>\r\n\
             List-Id: {list} weekly <weekly.{list}.example.net>\r\n\
             List-Unsubscribe: <https://{list}.example.net/leave/{number}>, <mailto:leave@{list}.example.net>\r\n\
             List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n",
            encode::date(self.seconds),
            number = self.number,
        )
        .into_bytes();
        let size = self.chance.lognormal(14_000, 0.7, 150_000);
        Body::Newsletter { size, list }.write(&mut letter, words::language(0), &mut self.chance);
        letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn header<'a>(letter: &'a str, name: &str) -> Option<&'a str> {
        letter
            .split("\r\n\r\n")
            .next()?
            .lines()
            .find_map(|line| line.strip_prefix(name))
    }

    fn letters(seed: u64, count: usize) -> Vec<String> {
        generate(seed, count)
            .map(|raw| String::from_utf8(raw).expect("generated letters are UTF-8"))
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_letters_and_another_seed_gives_others() {
        assert_eq!(letters(7, 50), letters(7, 50), "a benchmark must be repeatable");
        assert_ne!(letters(7, 50), letters(8, 50), "a seed must matter");
    }

    #[test]
    fn every_message_id_is_unique_and_every_reference_is_to_an_earlier_letter() {
        let mut seen = HashSet::new();
        let mut answers = 0;
        for letter in letters(1, 2_000) {
            if let Some(parent) = header(&letter, "In-Reply-To: ") {
                assert!(seen.contains(parent), "{parent} was not written before");
                answers += 1;
            }
            let id = header(&letter, "Message-ID: ")
                .expect("each letter has a Message-ID")
                .to_owned();
            assert!(seen.insert(id), "a Message-ID was used twice");
        }
        assert!(
            (700..1_100).contains(&answers),
            "about 45 in 100 are answers, but {answers} of 2,000 were"
        );
    }

    #[test]
    fn sizes_are_like_those_of_real_mail() {
        let mut sizes: Vec<usize> = generate(3, 2_000).map(|letter| letter.len()).collect();
        sizes.sort_unstable();
        let (median, largest) = (sizes[1_000], sizes[1_999]);
        assert!(
            (3_000..16_000).contains(&median),
            "the median letter has {median} bytes"
        );
        assert!(
            (100_000..6_000_000).contains(&largest),
            "the largest letter has {largest} bytes"
        );
    }

    #[test]
    fn lines_are_well_formed() {
        for letter in letters(5, 500) {
            for line in letter.split("\r\n") {
                assert!(!line.contains(['\r', '\n']), "a bare line end in {line:?}");
                assert!(
                    line.len() <= 998,
                    "RFC 5322 section 2.1.1 allows 998 bytes a line: {}",
                    line.len()
                );
            }
            let head = letter.split("\r\n\r\n").next().expect("a head");
            assert!(
                head.is_ascii(),
                "headers are encoded words, not raw UTF-8: {head}"
            );
        }
    }

    #[test]
    fn a_simple_letter_is_what_it_says() {
        let letter = String::from_utf8(simple("jonas", "lena", "Grüße", "Hallo\nLena")).expect("UTF-8");
        assert_eq!(
            header(&letter, "From: "),
            Some("jonas@waxwing.test"),
            "people's names become addresses"
        );
        assert_eq!(
            header(&letter, "Subject: "),
            Some("=?utf-8?B?R3LDvMOfZQ==?="),
            "RFC 2047 for what is not ASCII"
        );
        assert!(
            letter.ends_with("\r\n\r\nHallo\r\nLena\r\n"),
            "line ends are CRLF: {letter:?}"
        );
    }
}
