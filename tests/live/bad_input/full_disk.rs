//! A disk without room, at the worst moments: in the first synchronisation, while a draft is saved, and while a letter is
//! handed over. Each is told in a sentence, nothing is stored by halves, and with room again everything goes on.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use journeys::{Lone, Room, on_server};
use waxwing_testkit::proxy::{Action, Direction, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::{Stage, address, letters};

use super::Outcome;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");
/// Of 38 kB each: more than one portion of bodies, and more than there is room for.
const LETTERS: u32 = 400;
const FULL: &str = "DiskFull: The disk is full. Nothing was lost; make some room and try again.";

#[test]
fn a_first_synchronisation_on_a_full_disk_says_so_and_goes_on_when_there_is_room() -> Outcome {
    let stage = Stage::start()?;
    for number in 0..LETTERS {
        let body = format!("Line {number} of many.\n").repeat(2_000);
        let subject = format!("Log {number:03}");
        let raw = letters::simple("amara@waxwing.test", &address("lena"), &subject, &body);
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let folder = tempfile::tempdir()?;
    let mut lone = Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(64));
    lone.ask(&account(&stage, stage.postfix.submissions()));
    // From hardly anything to nearly enough: the disk is full at a different write each time.
    let mut most = 0;
    for kilobytes in [0, 40, 300, 2_000, 6_000, 11_000] {
        lone.ask(&format!("leave {kilobytes}"));
        let said = lone.ask("sync");
        assert!(
            said.iter()
                .any(|sentence| sentence.starts_with("The disk is full.")),
            "with {kilobytes} kB left it is said: {said:?}"
        );
        assert_eq!(lone.ask("check"), ["whole"], "with {kilobytes} kB left");
        let counts = lone.ask("bodies").concat();
        let whole: u32 = counts.split(' ').next().ok_or("a count")?.parse()?;
        assert!(whole >= most, "what was here stays: {counts}");
        most = whole;
        let held = lone.ask("held");
        let mut once = held.clone();
        once.dedup();
        assert_eq!(held, once, "no letter stands there twice");
        lone.ask("free");
    }
    assert!(
        most > 0 && most < LETTERS,
        "the disk was full in the middle of it: {most}"
    );
    assert_eq!(lone.ask("sync"), Vec::<String>::new(), "with room it goes on");
    assert_eq!(
        lone.ask("bodies"),
        [format!("{LETTERS} 0")],
        "every letter is here, whole"
    );
    let there: Vec<String> = on_server(&stage.dovecot, "lena")
        .into_iter()
        .map(|held| format!("{}\t{}\t{}", held.folder, held.subject, held.flagged))
        .collect();
    assert_eq!(lone.ask("held"), there, "and once");
    assert_eq!(lone.ask("check"), ["whole"]);
    Ok(())
}

#[test]
fn a_draft_that_does_not_fit_is_refused_and_the_one_before_it_stays() -> Outcome {
    let stage = Stage::start()?;
    let folder = tempfile::tempdir()?;
    let mut lone = Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(32));
    lone.ask(&account(&stage, stage.postfix.submissions()));
    assert_eq!(lone.ask("draft 1000"), ["saved"]);
    lone.ask("leave 100");
    assert_eq!(lone.ask("draft 900000"), [FULL], "it is said");
    assert_eq!(
        lone.ask("drafts"),
        ["1000"],
        "the draft is the one that was saved"
    );
    assert_eq!(
        lone.ask("begin-send Dues"),
        ["queued 1"],
        "a small letter still fits into what is left"
    );
    lone.ask("finish-send");
    assert_eq!(lone.ask("check"), ["whole"]);
    lone.ask("free");
    assert_eq!(lone.ask("draft 900000"), ["saved"], "with room it is saved");
    assert_eq!(lone.ask("drafts"), ["900000"]);
    Ok(())
}

#[test]
fn a_letter_that_does_not_fit_into_the_outbox_is_refused_before_any_server_hears_of_it() -> Outcome {
    let stage = Stage::start()?;
    let folder = tempfile::tempdir()?;
    let mut lone = Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(32));
    let runtime = tokio::runtime::Runtime::new()?;
    let proxy = runtime.block_on(before_postfix(&stage))?;
    lone.ask(&account(&stage, proxy.port()));
    lone.ask("leave 0");
    assert_eq!(lone.ask("begin-send Dues"), [FULL]);
    assert_eq!(
        lone.ask("outbox"),
        Vec::<String>::new(),
        "it is not half in the outbox"
    );
    assert_eq!(proxy.connections(), 0, "no server was asked");
    lone.ask("free");
    assert_eq!(lone.ask("begin-send Dues"), ["queued 1"]);
    let sent = lone.ask("finish-send").concat();
    assert!(sent.starts_with("Sent"), "with room it goes: {sent}");
    assert_eq!(arrived(&stage), 1, "once");
    Ok(())
}

#[test]
fn a_disk_that_fills_while_a_letter_is_handed_over_does_not_make_it_go_twice() -> Outcome {
    let stage = Stage::start()?;
    let folder = tempfile::tempdir()?;
    let mut lone = Lone::start(PROGRAM, folder.path(), Room::OfItsOwn(32));
    let runtime = tokio::runtime::Runtime::new()?;
    let proxy = runtime.block_on(before_postfix(&stage))?;
    let slow = Action::Delay(Duration::from_secs(1));
    proxy.add(Rule::to_client(When::line("354"), slow));
    lone.ask(&account(&stage, proxy.port()));
    assert_eq!(lone.ask("begin-send Dues"), ["queued 1"]);
    // "Sending" is on the disk before the server is spoken to.
    while proxy.bytes(Direction::ToServer) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    lone.ask("leave 0");
    let outcome = lone.ask("finish-send").concat();
    assert_eq!(
        outcome, FULL,
        "what became of it cannot be written down, and that is said"
    );
    assert_eq!(lone.ask("check"), ["whole"]);
    assert_eq!(arrived(&stage), 1, "the server has taken it");
    lone.ask("free");

    // Nobody has seen to the end that it was taken, so it is looked for in Sent rather than sent again.
    lone.ask("sync");
    lone.ask("sync");
    assert_eq!(arrived(&stage), 1, "it does not go twice");
    let outbox = lone.ask("outbox").concat();
    assert!(
        outbox.starts_with("Unknown"),
        "the person is told that it may have gone: {outbox}"
    );
    assert_eq!(lone.ask("check"), ["whole"]);
    Ok(())
}

async fn before_postfix(stage: &Stage) -> std::io::Result<Proxy> {
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, stage.postfix.submissions()));
    let pair = stage.dovecot.certificates().good();
    Proxy::start(server, ProxyTls::Both(pair, stage.ca_pem().to_owned())).await
}

fn account(stage: &Stage, outgoing: u16) -> String {
    let (incoming, ca) = (stage.dovecot.imaps(), journeys::authorities(stage));
    format!("account imap {incoming} {outgoing} {}", ca.display())
}

/// How many letters jonas has got. Postfix hands them on by itself, so a moment is given to it.
fn arrived(stage: &Stage) -> usize {
    let mut there = 0;
    for _ in 0..100 {
        there = on_server(&stage.dovecot, "jonas").len();
        if there > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // A second one would come close behind.
    std::thread::sleep(Duration::from_millis(300));
    there.max(on_server(&stage.dovecot, "jonas").len())
}
