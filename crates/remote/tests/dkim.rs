//! Seals of letters, against a DNS server on this computer: those of the standard, and those of a sender of the testkit.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect is to stop there"
)]

use std::net::Ipv4Addr;

use waxwing_remote::Trust;
use waxwing_remote::discover::{Ports, Probing, Stage, Surroundings};
use waxwing_remote::dkim::{Seal, SealState, open};
use waxwing_testkit::dkim::{Sealer, Sealing};
use waxwing_testkit::dns::{Behaviour, NameServer, Record};

const NOW: u64 = 1_800_000_000;
const LETTER: &str = "From: Jonas <jonas@fjord.test>\r\nTo: lena@waxwing.test\r\nSubject: The  mooring\r\n\
    Date: Mon, 23 Nov 2026 10:42:00 +0100\r\nMessage-ID: <a@fjord.test>\r\n\r\nThe boat \t lies well.\r\n\r\nJonas  \r\n\r\n";

struct World {
    names: NameServer,
    at: Surroundings,
}

impl World {
    async fn new() -> Self {
        let names = NameServer::start().await.unwrap();
        let stage = Stage {
            dns: names.address(),
            https: 1,
            home: Ipv4Addr::LOCALHOST.into(),
            probing: Probing {
                ports: Ports {
                    imap: Vec::new(),
                    pop3: Vec::new(),
                    smtp: Vec::new(),
                },
                hosts: Vec::new(),
            },
            pace: 10,
        };
        let at = Surroundings::staged(stage, Trust::system()).unwrap();
        Self { names, at }
    }

    async fn seals(&self, raw: &[u8]) -> Vec<Seal> {
        let mut seals = Vec::new();
        for opened in open(raw, NOW) {
            seals.push(opened.asked(&self.at).await);
        }
        seals
    }

    async fn state(&self, raw: &[u8]) -> SealState {
        let found = self.seals(raw).await;
        assert_eq!(found.len(), 1, "one seal: {found:?}");
        found[0].state
    }
}

/// RFC 8463, appendix A.
const SAMPLE: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n date : message-id : from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\nFrom: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\nSubject: Is dinner ready?\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\nMessage-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

fn publish_sample(names: &NameServer) {
    for (name, key) in [
        (
            "brisbane._domainkey.football.example.com",
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        ),
        (
            "test._domainkey.football.example.com",
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
        ),
    ] {
        names.put(name, Record::Txt(key.into()));
    }
}

#[tokio::test]
async fn the_letter_of_the_standard_bears_both_of_its_seals() {
    let world = World::new().await;
    publish_sample(&world.names);
    let found = world.seals(SAMPLE.as_bytes()).await;
    let states: Vec<_> = found
        .iter()
        .map(|seal| (seal.selector.as_str(), seal.state))
        .collect();
    assert_eq!(
        states,
        [("brisbane", SealState::Good), ("test", SealState::Good)],
        "RFC 8463, appendix A"
    );
    assert_eq!(found[0].domain, "football.example.com");
    assert!(found[0].covers.contains(&"from".to_owned()));
    let on_disk = SAMPLE.replace("\r\n", "\n");
    assert!(
        world
            .seals(on_disk.as_bytes())
            .await
            .iter()
            .all(|seal| seal.state == SealState::Good),
        "lines may have lost their ends on a disk"
    );
    for (what, with) in [
        ("Joe SixPack <joe@", "Joe SixPack <bob@"),
        ("Is dinner ready?", "Is dinner rea dy?"),
        ("We lost", "We won"),
        ("Date: Fri", "From: eve@evil.test\r\nDate: Fri"),
    ] {
        let forged = SAMPLE.replace(what, with);
        let states: Vec<_> = world
            .seals(forged.as_bytes())
            .await
            .into_iter()
            .map(|seal| seal.state)
            .collect();
        assert_eq!(states, [SealState::Broken; 2], "{with}");
    }
}

#[tokio::test]
async fn letters_sealed_in_every_way_are_recognised_and_changed_ones_too() {
    let world = World::new().await;
    let sealers = [
        Sealer::rsa("fjord.test", "rsa").unwrap(),
        Sealer::ed25519("fjord.test", "ed").unwrap(),
    ];
    for sealer in &sealers {
        sealer.publish(&world.names);
        for canonical in [
            "relaxed/relaxed",
            "relaxed/simple",
            "simple/relaxed",
            "simple/simple",
        ] {
            let how = Sealing {
                canonical,
                ..Sealing::default()
            };
            let sealed = sealer.seal(LETTER.as_bytes(), &how);
            assert_eq!(world.state(&sealed).await, SealState::Good, "{canonical}");
            let text = String::from_utf8(sealed).unwrap();
            let squeezed = text
                .replace("The  mooring", "The mooring")
                .replace("boat \t lies", "boat lies");
            let expected = match canonical {
                "relaxed/relaxed" => SealState::Good,
                _ => SealState::Broken,
            };
            assert_eq!(
                world.state(squeezed.as_bytes()).await,
                expected,
                "{canonical}: spaces count where nothing is relaxed"
            );
            for (what, with) in [
                ("lies well", "sank"),
                ("jonas@fjord", "jonah@fjord"),
                ("<a@fjord", "<b@fjord"),
            ] {
                let changed = text.replace(what, with);
                assert_eq!(
                    world.state(changed.as_bytes()).await,
                    SealState::Broken,
                    "{canonical}: {with}"
                );
            }
        }
    }
}

#[tokio::test]
async fn text_behind_what_was_signed_is_told_apart() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "part").unwrap();
    sealer.publish(&world.names);
    let how = Sealing {
        length: Some(10),
        ..Sealing::default()
    };
    let sealed = sealer.seal(LETTER.as_bytes(), &how);
    assert_eq!(
        world.state(&sealed).await,
        SealState::Partial,
        "most of the text is anybody's"
    );
    let more = [&sealed[..], b"<a href=https://evil.test>Pay here</a>\r\n"].concat();
    assert_eq!(world.state(&more).await, SealState::Partial);
    let how = Sealing {
        length: Some(100_000),
        ..Sealing::default()
    };
    let sealed = sealer.seal(LETTER.as_bytes(), &how);
    assert_eq!(
        world.state(&sealed).await,
        SealState::Broken,
        "it was longer once"
    );
}

#[tokio::test]
async fn old_withdrawn_weak_and_missing_keys_are_no_good() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "old").unwrap();
    let sealed = sealer.seal(LETTER.as_bytes(), &Sealing::default());
    assert_eq!(
        world.state(&sealed).await,
        SealState::NoKey,
        "nothing stands in DNS"
    );
    let in_time = Sealing {
        expires: Some(NOW + 1),
        ..Sealing::default()
    };
    let in_time = sealer.seal(LETTER.as_bytes(), &in_time);
    assert_eq!(open(&in_time, NOW)[0].seal.state, SealState::Unasked);
    let expired = Sealing {
        expires: Some(NOW - 1),
        ..Sealing::default()
    };
    let expired = sealer.seal(LETTER.as_bytes(), &expired);
    assert_eq!(
        world.state(&expired).await,
        SealState::NoKey,
        "whoever forges can say that it was over"
    );
    let late = Sealer::rsa("fjord.test", "late").unwrap();
    late.publish(&world.names);
    let over = Sealing {
        expires: Some(NOW - 1),
        length: Some(10),
        ..Sealing::default()
    };
    let part = late.seal(LETTER.as_bytes(), &over);
    assert_eq!(
        world.state(&part).await,
        SealState::Broken,
        "somebody kept it, and wrote more"
    );
    let late = late.seal(LETTER.as_bytes(), &Sealing { length: None, ..over });
    assert_eq!(world.state(&late).await, SealState::Expired, "it came too late");
    let changed = String::from_utf8(late).unwrap();
    for changed in [
        changed.replace("lies", "sinks"),
        changed.replace("mooring", "money"),
    ] {
        assert_eq!(
            world.state(changed.as_bytes()).await,
            SealState::Broken,
            "what was over must hold too"
        );
    }
    let weak = "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMtWkq6Ze7CE7wV8hwy7eqkkyPpiZVWxA8aLWHxSxnx7iyxNVZlLRmmpOqJE5qHG3+Hx0cyCA1bHFxHcJtWZMl8CAwEAAQ==";
    for (selector, record, state) in [
        ("withdrawn", "v=DKIM1; p=".to_owned(), SealState::NoKey),
        ("weak", weak.to_owned(), SealState::Weak),
        (
            "other",
            sealer.record().replace("DKIM1;", "DKIM1; s=chess;"),
            SealState::Unreadable,
        ),
        (
            "sha1",
            sealer.record().replace("DKIM1;", "DKIM1; h=sha1;"),
            SealState::Unreadable,
        ),
        (
            "trying",
            sealer.record().replace("DKIM1;", "DKIM1; t=y;"),
            SealState::Unreadable,
        ),
        ("words", "this is no key".to_owned(), SealState::NoKey),
        ("good", sealer.record(), SealState::Good),
    ] {
        let sealer = Sealer::rsa("fjord.test", selector).unwrap();
        world.names.put(&sealer.name(), Record::Txt(record.into_bytes()));
        let sealed = sealer.seal(LETTER.as_bytes(), &Sealing::default());
        assert_eq!(world.state(&sealed).await, state, "{selector}");
    }
    let strict = Sealer::ed25519("fjord.test", "strict").unwrap();
    world.names.put(
        &strict.name(),
        Record::Txt(strict.record().replace("DKIM1;", "DKIM1; t=s;").into_bytes()),
    );
    assert_eq!(
        world
            .state(&strict.seal(LETTER.as_bytes(), &Sealing::default()))
            .await,
        SealState::Good,
        "no name below the domain is claimed"
    );
}

#[tokio::test]
async fn a_broken_letter_costs_no_question_and_a_silent_dns_no_verdict() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "quiet").unwrap();
    sealer.publish(&world.names);
    let sealed = sealer.seal(LETTER.as_bytes(), &Sealing::default());
    let changed = String::from_utf8(sealed.clone())
        .unwrap()
        .replace("lies", "sinks");
    assert_eq!(world.state(changed.as_bytes()).await, SealState::Broken);
    assert_eq!(world.names.asked(), Vec::<String>::new(), "nobody heard of it");
    world.names.behave(Behaviour::Failing);
    assert_eq!(world.state(&sealed).await, SealState::Unknown);
    assert_eq!(
        world.seals(LETTER.as_bytes()).await,
        [],
        "a letter without seals has none"
    );
}

#[tokio::test]
async fn a_field_put_above_a_signed_one_is_not_covered() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "cover").unwrap();
    sealer.publish(&world.names);
    let once = sealer.seal(LETTER.as_bytes(), &Sealing::default());
    let twice = Sealing {
        fields: "from:from:to:subject:date:message-id",
        ..Sealing::default()
    };
    let twice = sealer.seal(LETTER.as_bytes(), &twice);
    let above = |sealed: &[u8]| [b"From: Your Bank <service@bank.test>\r\n", sealed].concat();
    let found = world.seals(&above(&once)).await;
    assert_eq!(found[0].state, SealState::Good, "the lower one is as it was");
    assert!(
        !found[0].covers.contains(&"from".to_owned()),
        "but not all that stands there is signed"
    );
    assert_eq!(
        world.state(&above(&twice)).await,
        SealState::Broken,
        "who signs the missing second one is safe"
    );
}

#[tokio::test]
async fn words_that_a_reader_takes_for_the_text_are_not_vouched_for() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "plain").unwrap();
    sealer.publish(&world.names);
    let sealed = String::from_utf8(sealer.seal(LETTER.as_bytes(), &Sealing::default())).unwrap();
    assert_eq!(world.state(sealed.as_bytes()).await, SealState::Good);
    let asked = world.names.asked().len();
    let forged = sealed.replacen(
        "\r\n\r\n",
        "\r\nYour account is closed.\r\nPay at evil.test\r\n\r\n",
        1,
    );
    assert_eq!(world.state(forged.as_bytes()).await, SealState::Unreadable);
    let long = format!("{}{sealed}", "X-Long: yes\r\n".repeat(6_000));
    assert_eq!(
        world.seals(long.as_bytes()).await,
        [],
        "and what lies so deep is not read"
    );
    let behind = sealed.replacen(
        "\r\n\r\n",
        &format!("\r\n{}\r\n", "X-Long: yes\r\n".repeat(6_000)),
        1,
    );
    assert_eq!(world.state(behind.as_bytes()).await, SealState::Unreadable);
    assert_eq!(world.names.asked().len(), asked, "nobody was asked about them");
}

#[tokio::test]
async fn fields_that_were_added_to_a_signed_letter_are_told() {
    let world = World::new().await;
    let sealer = Sealer::rsa("fjord.test", "loose").unwrap();
    sealer.publish(&world.names);
    let sealed = sealer.seal(LETTER.as_bytes(), &Sealing::default());
    let found = world.seals(&sealed).await;
    assert_eq!(found[0].loose, Vec::<String>::new());
    let replayed = [b"Reply-To: thief@evil.test\r\nSubject: Pay now\r\n", &sealed[..]].concat();
    let found = world.seals(&replayed).await;
    assert_eq!(
        (found[0].state, found[0].loose.join(" ")),
        (SealState::Good, "subject reply-to".to_owned())
    );
}
