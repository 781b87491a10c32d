//! Who letters are from, where their links lead, what they would have told, and leaving their lists: on a real server, with
//! a small internet that has the senders' keys and the lists' pages.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect is to stop there"
)]

mod calling_off;
mod deceivers;
mod letters;
mod pictures;
mod told;

use journeys::{Person, form_at};
use letters::{from, newsletter, plain};
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{AskForKeys, CautionWishes, Engine, LeaveWay, Note, SyncScope, Verdict, Who};
use waxwing_model::{EmailId, Role};
use waxwing_testkit::dkim::{Sealer, Sealing};
use waxwing_testkit::internet::MailPorts;
use waxwing_testkit::web::Page;
use waxwing_testkit::{Dovecot, DovecotOptions, Internet};

struct World {
    internet: Internet,
    dovecot: Dovecot,
    lena: Person,
    account: waxwing_model::Account,
}

impl World {
    async fn new() -> Self {
        let internet = Internet::start().await.unwrap();
        let dovecot = Dovecot::start(&DovecotOptions::default()).unwrap();
        let lena = Person::new().await;
        let stage = internet.stage_file("", &MailPorts::default(), &[]);
        lena.engine
            .search_in(Surroundings::from_stage_file(&stage).unwrap());
        let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
        Self {
            internet,
            dovecot,
            lena,
            account,
        }
    }

    fn engine(&self) -> &Engine {
        &self.lena.engine
    }

    async fn receive(&self, mailbox: &str, letters: &[Vec<u8>]) {
        for raw in letters {
            self.dovecot.deliver("lena", mailbox, raw).unwrap();
        }
        self.fetch().await;
    }

    async fn fetch(&self) {
        let report = self
            .engine()
            .sync_once(&self.account, SyncScope::Everything)
            .await;
        assert_eq!(report.errors, Vec::<String>::new());
        self.engine().index_now().await.unwrap();
    }

    async fn letter(&self, subject: &str) -> EmailId {
        let found = self.lena.letter(Role::Inbox, subject).await;
        found.unwrap_or_else(|| panic!("“{subject}” is in the inbox")).id
    }

    async fn who(&self, subject: &str) -> Who {
        self.engine().who(self.letter(subject).await).await.unwrap()
    }

    async fn wish(&self, keys: AskForKeys) {
        let wishes = CautionWishes {
            keys,
            ..CautionWishes::default()
        };
        self.engine().set_caution_wishes(wishes).await.unwrap();
    }
}

const TO_LEAVE: Sealing<'_> = Sealing {
    canonical: "relaxed/relaxed",
    fields: "from:subject:list-unsubscribe:list-unsubscribe-post",
    length: None,
    expires: None,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_is_told_by_who_vouches_for_them() {
    let world = World::new().await;
    let fjord = Sealer::rsa("fjord.test", "one").unwrap();
    fjord.publish(&world.internet.names);
    let sealed = |raw: &[u8]| fjord.seal(raw, &Sealing::default());
    let changed = String::from_utf8(sealed(&plain("jonas@fjord.test", "changed"))).unwrap();
    let part = Sealing {
        length: Some(5),
        ..Sealing::default()
    };
    world
        .receive(
            "INBOX",
            &[
                sealed(&plain("Jonas Weber <jonas@fjord.test>", "sealed")),
                sealed(&plain("Bank <service@bank.test>", "for another")),
                changed.replace("Hello", "Hallo").into_bytes(),
                fjord.seal(&plain("jonas@fjord.test", "partly"), &part),
                plain("jonas@fjord.test", "bare"),
                [
                    &b"From: Bank <service@bank.test>\r\n"[..],
                    &sealed(&plain("jonas@fjord.test", "twice")),
                ]
                .concat(),
            ],
        )
        .await;
    world.wish(AskForKeys::Never).await;
    assert_eq!(
        world.who("sealed").await.verdict,
        Verdict::Unknown,
        "nobody was to be asked"
    );
    assert_eq!(
        world.internet.names.asked(),
        Vec::<String>::new(),
        "and nobody was"
    );
    world.wish(AskForKeys::WhenNeeded).await;
    for (subject, verdict) in [
        ("sealed", Verdict::Vouched),
        ("for another", Verdict::ByOther("fjord.test".into())),
        ("changed", Verdict::Broken),
        ("partly", Verdict::Partly),
        ("bare", Verdict::Nobody),
        ("twice", Verdict::Nobody),
    ] {
        assert_eq!(world.who(subject).await.verdict, verdict, "{subject}");
    }
    assert!(world.who("twice").await.notes.contains(&Note::SeveralFrom));
    let asked = world.internet.names.asked().len();
    world.who("sealed").await;
    assert_eq!(
        world.internet.names.asked().len(),
        asked,
        "the answer is kept with the letter"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_believed_that_writes_on_every_letter_and_a_forger_is_not() {
    let world = World::new().await;
    let says = |server: &str, domain: &str, subject: &str| {
        let word = format!("Authentication-Results: {server}; dmarc=pass header.from={domain}\r\n");
        [word.as_bytes(), &plain(&format!("jonas@{domain}"), subject)].concat()
    };
    let put = |raw: &[u8], days| world.dovecot.deliver_days_ago("lena", "INBOX", raw, days);
    let mut letters: Vec<Vec<u8>> = (0..7)
        .map(|number| plain("amara@harbour.test", &format!("silent {number}")))
        .collect();
    letters.push(says("mx.waxwing.test", "fjord.test", "forged"));
    letters.push(says("mx.evil.test", "fjord.test", "stranger"));
    for raw in &letters {
        put(raw, 20).unwrap();
    }
    world.fetch().await;
    world.wish(AskForKeys::Never).await;
    assert_eq!(
        world.who("forged").await.verdict,
        Verdict::Unknown,
        "a server that is silent else has not said this"
    );
    for number in 0..30 {
        let raw = says("mx.waxwing.test", "thief.test", &format!("bought {number}"));
        put(&raw, 10).unwrap();
    }
    world.fetch().await;
    assert_eq!(
        world.who("bought 3").await.verdict,
        Verdict::Unknown,
        "many letters of one house on one day are easily had"
    );
    for number in 0..40 {
        let domain = format!("house{}.test", number % 8);
        let raw = says("mx.waxwing.test", &domain, &format!("honest {number}"));
        put(&raw, 1 + number % 5).unwrap();
    }
    world.fetch().await;
    let told = world.who("honest 3").await;
    assert_eq!(
        (told.verdict, told.server.as_deref()),
        (Verdict::Vouched, Some("mx.waxwing.test"))
    );
    for number in 0..30 {
        let domain = format!("house{}.test", number % 8);
        put(&says("mx.waxwing.test", &domain, &format!("busy {number}")), 0).unwrap();
    }
    let accused = "Authentication-Results: mx.waxwing.test; dmarc=fail header.from=bank.test\r\n";
    let bank = plain("Bank <service@bank.test>", "bank");
    put(&[accused.as_bytes(), &bank].concat(), 0).unwrap();
    world.fetch().await;
    for (subject, verdict) in [
        ("busy 3", Verdict::Vouched),
        ("honest 3", Verdict::Vouched),
        ("bank", Verdict::Failed),
        ("stranger", Verdict::Unknown),
    ] {
        assert_eq!(
            world.who(subject).await.verdict,
            verdict,
            "{subject} on a busy day"
        );
    }
    assert_eq!(world.internet.names.asked(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_told_from_people_one_knows() {
    let world = World::new().await;
    let fjord = Sealer::rsa("fjord.test", "one").unwrap();
    fjord.publish(&world.internet.names);
    let seal = |raw: &[u8]| fjord.seal(raw, &Sealing::default());
    world
        .receive(
            "INBOX",
            &[
                seal(&from("Jonas Weber <jonas@fjord.test>", "one", 1)),
                seal(&from("Jonas Weber <jonas@fjord.test>", "two", 2)),
                from("Weber, J\u{43e}nas <thief@evil.test>", "thief", 3),
                from("Jonas <jonas@fj0rd.test>", "like", 4),
                from("\"boss@bank.test\" <thief@evil.test>", "within", 5),
                from("J\u{43e}nas Weber <thief@evil.test>", "thief again", 6),
            ],
        )
        .await;
    let thief = world.who("thief").await.notes;
    assert!(
        !thief.iter().any(|note| matches!(note, Note::NameOf(_))),
        "nothing is known yet of who Jonas is: {thief:?}"
    );
    assert_eq!(world.who("two").await.verdict, Verdict::Vouched);
    world.wish(AskForKeys::Never).await;
    let true_one = world.who("two").await.notes;
    assert!(
        !true_one.iter().any(|note| matches!(note, Note::NameOf(_))),
        "who has only written twice makes nobody else look like a forger: {true_one:?}"
    );
    assert!(world.who("one").await.notes.contains(&Note::First));
    assert!(
        !world.who("two").await.notes.contains(&Note::First),
        "another came before"
    );
    let thief = world.who("thief").await.notes;
    assert!(
        thief
            .iter()
            .any(|note| matches!(note, Note::NameOf(person) if person.email == "jonas@fjord.test")),
        "{thief:?}"
    );
    assert!(
        world
            .who("like")
            .await
            .notes
            .contains(&Note::LooksLike("fjord.test".into())),
        "a zero for an o"
    );
    assert!(
        world
            .who("within")
            .await
            .notes
            .contains(&Note::AddressInName("boss@bank.test".into()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_left_with_one_request_if_it_has_signed_its_address_and_otherwise_is_not() {
    let world = World::new().await;
    let sealer = Sealer::ed25519("nordlicht.test", "lists").unwrap();
    sealer.publish(&world.internet.names);
    world
        .internet
        .publish_all("leave.nordlicht.test", |asked| match asked.path.as_str() {
            "/away" => Page::Redirect("https://leave.fjord.test/".into()),
            "/full" => Page::Status(503),
            _ => Page::Status(200),
        });
    world
        .internet
        .publish_all("leave.fjord.test", |_| Page::Status(200));
    let list = |name: &str, path: &str| {
        newsletter(
            name,
            &format!("<https://leave.nordlicht.test{path}>, <mailto:leave@nordlicht.test?subject=bye>"),
        )
    };
    world
        .receive(
            "INBOX",
            &[
                sealer.seal(&list("good", "/out?id=7"), &TO_LEAVE),
                list("unsigned", "/out?id=8"),
                sealer.seal(&list("uncovered", "/out?id=9"), &Sealing::default()),
                sealer.seal(&list("away", "/away"), &TO_LEAVE),
                sealer.seal(&list("full", "/full"), &TO_LEAVE),
                sealer.seal(&newsletter("private", "<https://127.0.0.2/out>"), &TO_LEAVE),
                plain("jonas@fjord.test", "no list"),
            ],
        )
        .await;
    let engine = world.engine();
    let leave =
        async |subject: &str, way: LeaveWay| engine.leave_list(world.letter(subject).await, way).await;
    for subject in ["unsigned", "uncovered", "private", "no list"] {
        assert!(
            leave(subject, LeaveWay::Click).await.is_err(),
            "{subject} is not asked"
        );
    }
    assert_eq!(world.internet.web.asked(), [], "nobody was");
    let away = leave("away", LeaveWay::Click).await.unwrap_err().to_string();
    assert!(
        away.contains("sends Waxwing on to another page"),
        "who sends us on has not let go, and that is said: {away}"
    );
    assert!(leave("full", LeaveWay::Click).await.is_err(), "nor has who fails");
    leave("good", LeaveWay::Click).await.unwrap();
    let asked = world.internet.web.asked();
    let good = asked.iter().find(|asked| asked.path == "/out?id=7").unwrap();
    assert_eq!(
        (good.method.as_str(), good.body.as_str()),
        ("POST", "List-Unsubscribe=One-Click")
    );
    assert!(
        asked.iter().all(|asked| asked.host != "leave.fjord.test"),
        "nobody was followed"
    );

    leave("unsigned", LeaveWay::Mail).await.unwrap();
    let outbox = engine.outbox().await.unwrap();
    assert_eq!(outbox.len(), 1);
    assert_eq!(
        (outbox[0].subject.as_str(), outbox[0].recipients[0].email.as_str()),
        ("bye", "leave@nordlicht.test")
    );

    let (lists, done) = engine.subscriptions().await.unwrap();
    let told = |list: &str| {
        lists
            .iter()
            .map(|each| &each.known)
            .find(|known| known.list == format!("{list}.nordlicht.test"))
            .unwrap()
    };
    assert_eq!(lists.len(), 6, "every list, and nobody else");
    assert!(done, "nothing is left to look through");
    assert_eq!(told("good").left_by.as_deref(), Some("click"));
    assert_eq!(told("unsigned").left_by, None, "its letter has not gone");
    assert_eq!((told("away").left_by.as_deref(), told("away").letters), (None, 1));
    let out = engine
        .ways_out(world.letter("good").await)
        .await
        .unwrap()
        .unwrap();
    assert!(
        out.list.left_at.is_some() && out.list.click,
        "a letter tells that its list was left"
    );
}
