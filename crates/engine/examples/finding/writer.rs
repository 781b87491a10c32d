//! Made letters whose words are as frequent as in a language (Zipf). The same seed makes the same letters.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// Different words.
const WORDS: usize = 200_000;
/// People who write.
const PEOPLE: usize = 2_000;
/// 2 January 2023, 08:00 UTC.
const FIRST: i64 = 1_672_646_400;
/// A letter each six minutes.
const BETWEEN: i64 = 360;

pub fn moment(number: usize) -> i64 {
    FIRST + i64::try_from(number).unwrap_or_default() * BETWEEN
}

pub fn address(words: &[String], number: usize) -> String {
    let word = words.get(number * 37 % WORDS).cloned().unwrap_or_default();
    format!("{word}{number}@harbour.example")
}

pub struct Writer {
    chance: Chance,
    pub words: Vec<String>,
    /// How likely it is that a word is this one or one before it.
    likely: Vec<f64>,
}

impl Writer {
    pub fn new(seed: u64) -> Self {
        let mut sum = 0.0;
        let likely = (0..WORDS).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        Self {
            chance: Chance(seed),
            likely: likely.collect(),
            words: (0..WORDS).map(word).collect(),
        }
    }

    pub fn letter(&mut self, number: usize) -> String {
        let sender = self.below(PEOPLE);
        let name = self.words.get(sender).cloned().unwrap_or_default();
        let mut letter = format!(
            "From: {name} <{}>\r\nTo: Lena Vogt <lena@harbour.example>\r\nSubject: {}\r\nMessage-ID: {}\r\n",
            address(&self.words, sender),
            self.text(5),
            id(number)
        );
        if number > 40 && self.below(100) < 45 {
            let parent = id(number - 1 - self.below(40));
            let _ = write!(letter, "In-Reply-To: {parent}\r\nReferences: {parent}\r\n");
        }
        let _ = write!(letter, "Date: {}\r\nMIME-Version: 1.0\r\n", date(moment(number)));
        // Lognormal would be nearer; from 60 words to 1,100, 530 in the middle, is what counts here.
        let words = 60 + self.below(520) + self.below(520);
        let text = self.text(words);
        match self.below(24) {
            0..3 => {
                let _ = write!(
                    letter,
                    "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\
                     --b\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>\r\n--b--\r\n"
                );
            }
            3..5 => {
                let file = self.text(1);
                let _ = write!(
                    letter,
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\
                     --b\r\nContent-Type: image/png; name={file}.png\r\nContent-Disposition: attachment; filename={file}.png\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
                    "iVBORw0KGgo".repeat(60)
                );
            }
            _ => {
                let _ = write!(letter, "Content-Type: text/plain\r\n\r\n{text}\r\n");
            }
        }
        letter
    }

    pub fn text(&mut self, count: usize) -> String {
        let all = self.likely.last().copied().unwrap_or_default();
        let mut text = String::with_capacity(count * 6);
        for number in 0..count {
            let at = self.chance.part() * all;
            let rank = self.likely.partition_point(|sum| *sum < at);
            text.push_str(self.words.get(rank).map_or("", String::as_str));
            text.push_str(match number % 12 {
                11 => ".\r\n",
                _ => " ",
            });
        }
        text.trim_end().to_owned()
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.chance.part() * bound as f64) as usize
    }
}

/// A word for each rank: the frequent ones are short.
pub fn word(rank: usize) -> String {
    let mut rest = rank;
    let mut word = String::new();
    loop {
        let syllable = rest % 100;
        let consonant = "bcdfghklmnprstvwzjtn".chars().nth(syllable / 5).unwrap_or('x');
        let vowel = "aeiou".chars().nth(syllable % 5).unwrap_or('a');
        word.extend([consonant, vowel]);
        if rest < 100 {
            return word;
        }
        rest = rest / 100 - 1;
    }
}

pub fn id(number: usize) -> String {
    format!("<{number}.made@waxwing.test>")
}

/// RFC 5322, section 3.3, in UTC.
pub fn date(seconds: i64) -> String {
    let moment = OffsetDateTime::from_unix_timestamp(seconds).ok();
    moment
        .and_then(|moment| moment.format(&Rfc2822).ok())
        .unwrap_or_default()
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Chance(u64);

impl Chance {
    /// From 0 to 1.
    pub fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
