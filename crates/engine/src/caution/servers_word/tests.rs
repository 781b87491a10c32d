//! Servers that say where letters come from, and others who write in their name.

use waxwing_model::{Keywords, MailboxId, Protocol};

use super::*;
use crate::lena::{self, Home};
use crate::letters::ingest::{Circumstances, insert_whole};

fn told(value: &str) -> Option<Verdict> {
    let raw = format!("Authentication-Results: mx.example; {value}\r\n\r\n");
    verdict(
        &authentication_results(raw.as_bytes()).remove(0),
        "news.fjord.test",
    )
}

#[test]
fn a_server_s_word_is_about_the_domain_that_is_shown() {
    for (value, expected) in [
        ("dmarc=pass header.from=news.fjord.test", Some(Verdict::Vouched)),
        ("dmarc=pass header.from=evil.test", Some(Verdict::Nobody)),
        (
            "dmarc=fail header.from=news.fjord.test; dkim=pass header.d=fjord.test",
            Some(Verdict::Failed),
        ),
        ("dkim=pass header.d=fjord.test", Some(Verdict::Vouched)),
        ("dkim=pass header.i=@mail.fjord.test", Some(Verdict::Vouched)),
        (
            "dkim=pass header.d=sender.test",
            Some(Verdict::ByOther("sender.test".into())),
        ),
        (
            "dkim=pass header.d=sender.test; spf=pass smtp.mailfrom=x@fjord.test",
            Some(Verdict::Vouched),
        ),
        ("spf=pass smtp.mailfrom=x@sender.test", None),
        ("spf=fail smtp.mailfrom=x@fjord.test", Some(Verdict::Nobody)),
        ("arc=none; bimi=skipped; iprev=pass", None),
        ("dkim=none; spf=none; dmarc=none", None),
        ("dkim=fail header.d=fjord.test", Some(Verdict::Nobody)),
        ("none", None),
    ] {
        assert_eq!(told(value), expected, "{value}");
    }
}

/// What a letter with these fields comes to for somebody at iCloud, whose servers take others' fields in their name away.
fn at_icloud(fields: &[&str]) -> Option<Verdict> {
    let head: String = fields
        .iter()
        .map(|field| format!("Authentication-Results: {field}\r\n"))
        .collect();
    let mut all = authentication_results(format!("{head}\r\n").as_bytes()).into_iter();
    let first = all.next()?;
    verdict(&joined(first, all), "fjord.test")
}

#[test]
fn a_word_that_stands_in_several_fields_is_one_word_and_what_others_say_below_is_none_of_it() {
    assert_eq!(
        at_icloud(&[
            "bimi.icloud.com; bimi=skipped reason=\"insufficient dmarc\"",
            "dmarc.icloud.com; dmarc=pass header.from=fjord.test",
            "dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=fjord.test header.i=@fjord.test",
            "spf.icloud.com; spf=pass smtp.mailfrom=jonas@fjord.test",
        ]),
        Some(Verdict::Vouched)
    );
    assert_eq!(
        at_icloud(&[
            "bimi.icloud.com; bimi=none",
            "mx.evil.test; dmarc=pass header.from=fjord.test",
            "dmarc.icloud.com; dmarc=pass header.from=fjord.test",
        ]),
        None,
        "what stands below another house's came with the letter"
    );
    assert_eq!(
        at_icloud(&[
            "spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=fjord.test; dmarc=pass header.from=fjord.test"
        ]),
        None,
        "Exchange does not say who it is"
    );
    assert_eq!(
        told(
            "dkim=pass (2048-bit key; unprotected) header.d=fjord.test header.i=@fjord.test header.a=rsa-sha256"
        ),
        Some(Verdict::Vouched),
        "as OpenDKIM writes"
    );
}

#[test]
fn trust_in_a_server_is_not_to_be_had_for_many_letters_of_few_people_or_of_one_day() {
    let sample = |count: i64, houses: i64, days: i64| -> Vec<Sample> {
        (0..count)
            .map(|number| Sample {
                bears: true,
                house: Some(format!("house{}.test", number % houses)),
                day: number % days,
            })
            .collect()
    };
    assert!(is_always(&sample(24, 6, 3)));
    assert!(!is_always(&sample(24, 5, 3)), "a few houses");
    assert!(!is_always(&sample(24, 24, 2)), "two days");
    assert!(!is_always(&sample(5, 5, 5)), "too few");
    let mut mixed = sample(20, 10, 5);
    mixed.extend(
        sample(6, 6, 3)
            .into_iter()
            .map(|one| Sample { bears: false, ..one }),
    );
    assert!(!is_always(&mixed), "it does not write always");
}

/// Noon of a day of November 2026.
fn noon(day: i64) -> i64 {
    (20_758 + day) * DAY + DAY / 2
}

/// Lena's inbox, at a provider of which nothing is known.
struct Inbox {
    home: Home,
    mailbox: MailboxId,
    account: Account,
    learned: Learned,
    letters: i64,
}

impl Inbox {
    fn new() -> Self {
        let home = Home::of(&lena::account(Protocol::Local));
        let mailbox = home.mailbox("Inbox", Role::Inbox);
        let mut account = home
            .store
            .read(|reading| reading.account(home.account))
            .unwrap()
            .unwrap();
        account.email = "lena@harbour.test".into();
        account.incoming = None;
        Self {
            home,
            mailbox,
            account,
            learned: Learned::default(),
            letters: 0,
        }
    }

    /// A letter of a day, with what stands at its top.
    fn receive(&mut self, day: i64, house: &str, said: Option<&str>) {
        self.letters += 1;
        let raw = letter(house, said);
        let circumstances = Circumstances {
            received_at: noon(day) + self.letters,
            keywords: Keywords::none(),
            uid: None,
        };
        let (account, mailbox) = (self.account.id, self.mailbox);
        let put = self
            .home
            .store
            .write(|writing| insert_whole(writing, account, mailbox, &raw, circumstances));
        put.unwrap();
    }

    /// What is told of a letter of the bank's at whose top this stands.
    fn told(&self, said: &str) -> Option<Verdict> {
        let raw = letter("bank.test", Some(said));
        let word = self
            .home
            .store
            .read(|reading| word(reading, &self.account, &raw, &self.learned));
        verdict(&word.unwrap()?, "bank.test")
    }
}

fn letter(house: &str, said: Option<&str>) -> Vec<u8> {
    let said = said.map_or_else(String::new, |said| {
        format!("Authentication-Results: mx.harbour.test; {said}\r\n")
    });
    format!("{said}From: news@{house}\r\nSubject: News\r\n\r\nHello\r\n").into_bytes()
}

const PASS: &str = "dmarc=pass header.from=bank.test";
const FAIL: &str = "dmarc=fail header.from=bank.test";

#[test]
fn a_server_is_believed_on_a_busy_day_too() {
    let mut inbox = Inbox::new();
    for day in 1..=3 {
        for number in 0..60 {
            inbox.receive(
                day,
                &format!("house{}.test", (day * 7 + number) % 23),
                Some("dmarc=pass"),
            );
        }
        assert_eq!(
            inbox.told(PASS),
            (day == 3).then_some(Verdict::Vouched),
            "day {day}"
        );
    }
    for number in 0..100 {
        inbox.receive(
            4,
            &format!("house{}.test", (28 + number) % 23),
            Some("dmarc=pass"),
        );
        if number % 20 == 0 {
            assert_eq!(
                inbox.told(PASS),
                Some(Verdict::Vouched),
                "after {number} of a day"
            );
            assert_eq!(inbox.told(FAIL), Some(Verdict::Failed), "after {number} of a day");
        }
    }
}

#[test]
fn a_server_of_another_house_is_not_heard_though_it_writes_on_every_letter() {
    let mut inbox = Inbox::new();
    for day in 1..=3 {
        for number in 0..60 {
            let house = format!("house{}.test", (day * 7 + number) % 23);
            inbox.receive(day, &house, Some("dmarc=pass"));
        }
    }
    assert_eq!(inbox.told(PASS), Some(Verdict::Vouched), "the account's own is");
    inbox.account.email = "lena@elsewhere.test".into();
    assert_eq!(
        inbox.told(PASS),
        None,
        "letters that were fetched from there bear its word"
    );
    assert_eq!(inbox.told(FAIL), None);
}

#[test]
fn a_thousand_letters_buy_no_trust_in_a_name() {
    let mut inbox = Inbox::new();
    for day in 1..=3 {
        for number in 0..5 {
            inbox.receive(day, &format!("house{number}.test"), None);
        }
    }
    for number in 0..1_000 {
        inbox.receive(4, &format!("bought{number}.test"), Some("dmarc=pass"));
    }
    assert_eq!(inbox.told(PASS), None, "a thousand in a day");
    for day in 5..=9 {
        for number in 0..15 {
            inbox.receive(day, &format!("house{number}.test"), None);
        }
        // At the end of each day.
        for number in 0..20 {
            inbox.receive(day, &format!("bought{number}.test"), Some("dmarc=pass"));
        }
        assert_eq!(inbox.told(PASS), None, "the last of each day, by day {day}");
    }
}

#[test]
fn an_alarm_is_heard_of_a_server_that_may_not_vouch() {
    let inbox = Inbox::new();
    assert_eq!(inbox.told(FAIL), Some(Verdict::Failed));
    assert_eq!(
        inbox.told("dmarc=pass; dmarc=fail"),
        None,
        "who says both says nothing"
    );
    for said in [
        PASS,
        "dkim=pass header.d=bank.test; dmarc=fail",
        "dkim=pass header.d=bank.test",
    ] {
        assert_ne!(inbox.told(said), Some(Verdict::Vouched), "{said}");
    }
    let raw = letter("bank.test", Some("dkim=pass header.d=bank.test; dmarc=fail"));
    let said = authentication_results(&raw).remove(0);
    assert!(
        signers(&alarm(said).unwrap()).is_empty(),
        "and nobody has signed by its word"
    );
}

#[test]
fn letters_of_a_day_are_taken_from_its_whole_length() {
    let day: Vec<EmailId> = (0..10).map(EmailId).collect();
    let taken = |count: usize, of: usize| -> Vec<i64> {
        spread(day.get(..of).unwrap(), count).map(|id| id.0).collect()
    };
    assert_eq!(taken(4, 10), [0, 3, 6, 9]);
    assert_eq!(taken(4, 3), [0, 1, 2]);
    assert_eq!(taken(4, 1), [0]);
    assert_eq!(taken(4, 0), Vec::<i64>::new());
    assert_eq!(taken(1, 10), [0]);
}
