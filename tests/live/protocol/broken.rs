//! Changes that are cut or killed at every line: the account is always one or the other, each letter is on the server once,
//! and once here.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::cuts::{self, Cut};
use journeys::{Lone, Room, authorities, on_disk, on_server};
use waxwing_engine::OnlyHere;
use waxwing_model::Protocol;
use waxwing_testkit::proxy::{Action, Direction, Rule, When};

use super::{Outcome, Scene, letter};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");

/// Letters with these subjects are on both sides, there alone and here alone.
async fn three(scene: &mut Scene, round: &str) -> Outcome {
    for subject in ["both", "here"] {
        scene.put("INBOX", &letter(&format!("{subject} {round}")))?;
    }
    scene.look().await;
    scene.expunge("INBOX", &format!("here {round}"))?;
    scene.put("INBOX", &letter(&format!("there {round}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_during_the_uploads_leaves_one_of_each() -> Outcome {
    let mut places: Option<Vec<Cut>> = None;
    let mut round = 0;
    let mut broken = 0;
    let mut scene = Scene::new(Protocol::Pop3).await?;
    loop {
        let name = format!("round {round}");
        three(&mut scene, &name).await?;
        let change = scene.change(Protocol::Imap, OnlyHere::Upload);
        let changed = scene.lena.engine.change_protocol(&change).await?;
        assert_eq!(changed.uploading, 1, "{name}: one is to go up");
        scene.account = scene.lena.account(scene.account.id).await;
        let since = cuts::mark(&scene.proxy);
        let place = match &places {
            None => "nowhere".to_owned(),
            Some(places) => {
                let cut = places.get(round - 1).ok_or("a place")?;
                scene.proxy.add(cut.rule.clone());
                cut.place.clone()
            }
        };
        broken += usize::from(scene.lena.engine.push_once(&scene.account).await.is_err());
        scene.proxy.clear();
        if places.is_none() {
            places = Some(cuts::everywhere(&scene.proxy, since));
        }
        if round % 8 == 3 {
            scene.lena = scene.lena.restart().await;
        }
        scene.look().await;
        let there = on_server(&scene.stage.dovecot, "lena");
        assert_eq!(there.len(), 3, "cut {place}: each once: {there:?}");
        assert_eq!(
            scene.lena.held(&scene.account).await,
            there,
            "cut {place}: and here the same"
        );
        assert!(
            !scene.lena.engine.has_pending_operations(scene.account.id).await?,
            "cut {place}: nothing is left to do"
        );
        // And back, so that the next round can begin.
        let change = scene.change(Protocol::Pop3, OnlyHere::Keep);
        scene.lena.engine.change_protocol(&change).await?;
        assert_eq!(scene.look().await, 0, "cut {place}: nothing comes twice");
        let user = "lena@waxwing.test";
        scene
            .stage
            .dovecot
            .doveadm(&["expunge", "-u", user, "mailbox", "INBOX", "all"])?;
        scene.look().await;
        let inbox = scene.lena.mailbox(waxwing_model::Role::Inbox).await;
        for _ in 0..2 {
            let emails: Vec<_> = scene
                .lena
                .letters(&inbox)
                .await
                .iter()
                .map(|one| one.id)
                .collect();
            let trash = scene.lena.mailbox(waxwing_model::Role::Trash).await;
            let trashed = scene
                .lena
                .letters(&trash)
                .await
                .iter()
                .map(|one| one.id)
                .collect();
            for emails in [emails, trashed] {
                scene
                    .lena
                    .engine
                    .perform(waxwing_engine::Action::Delete { emails })
                    .await?;
            }
        }
        round += 1;
        if places.as_ref().is_some_and(|places| round > places.len()) {
            break;
        }
    }
    assert!(broken > 10, "the cuts did cut: {broken} times");
    Ok(())
}

/// Kills the program at the line of that number while it does what it is told. Gives how many lines there were when each of the
/// orders was obeyed.
fn die_at(scene: &Scene, lone: &mut Lone, moment: usize, orders: &[String]) -> Vec<usize> {
    let victim = lone.id();
    let passed = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&passed);
    let deed = move || {
        if passed.fetch_add(1, Ordering::SeqCst) == moment {
            let _ = std::process::Command::new("kill")
                .args(["-9", &victim.to_string()])
                .status();
            // Nothing is passed on before it is dead.
            while std::fs::metadata(format!("/proc/{victim}/exe")).is_ok() {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        }
    };
    scene
        .proxy
        .add(Rule::to_server(When::line(""), Action::first(deed.clone())).forever());
    scene
        .proxy
        .add(Rule::to_client(When::line(" OK "), Action::first(deed)).forever());
    let mut lines = Vec::new();
    for order in orders {
        if lone.try_ask(order).is_some() {
            lines.push(counted.load(Ordering::SeqCst));
        }
    }
    scene.proxy.clear();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_line_of_a_change_the_account_is_one_or_the_other_and_nothing_is_doubled() -> Outcome {
    let scene = Scene::new(Protocol::Pop3).await?;
    let ca = authorities(&scene.stage);
    let (pop3, imap) = (scene.stage.dovecot.pop3s(), scene.proxy.port());
    let user = "lena@waxwing.test";
    let mut halves = [0, 0];
    // The first round is not killed, and tells how many lines there are. Where nothing is written some of them will do.
    let mut moments = vec![usize::MAX];
    while let Some(moment) = moments.pop() {
        let profile = tempfile::tempdir()?;
        let mut lone = Lone::start(PROGRAM, profile.path(), Room::OnThisDisk);
        lone.ask(&format!("join lena pop3 {pop3} {}", ca.display()));
        for subject in ["both", "here"] {
            scene.put("INBOX", &letter(subject))?;
        }
        assert_eq!(lone.ask("look lena"), Vec::<String>::new(), "it begins well");
        scene.expunge("INBOX", "here")?;
        scene.put("INBOX", &letter("there"))?;
        let order = format!("change lena imap {imap} upload");
        let lines = die_at(
            &scene,
            &mut lone,
            moment,
            &[order.clone(), "carry lena".to_owned()],
        );
        let said = String::from_utf8_lossy(&scene.proxy.said(Direction::ToServer)).into_owned();
        let told = format!(
            "killed at {} (line {moment})",
            said.lines().last().unwrap_or("nothing")
        );
        drop(lone);
        let mut lone = Lone::start(PROGRAM, profile.path(), Room::OnThisDisk);
        assert_eq!(
            lone.ask("check"),
            ["whole"],
            "{told}: the store is as it should be"
        );
        // Still the one, or the other already.
        let again = lone.ask(&order);
        let half = usize::from(again != ["1 0"]);
        if let Some(count) = halves.get_mut(half) {
            *count += 1;
        }
        if half == 1 {
            assert!(
                again.first().is_some_and(|words| words.contains("already")),
                "{told}: it is done: {again:?}"
            );
        }
        for _ in 0..2 {
            assert_eq!(lone.ask("look lena"), Vec::<String>::new(), "{told}: it goes on");
        }
        assert_eq!(
            lone.ask("open-entries"),
            Vec::<String>::new(),
            "{told}: nothing is left"
        );
        let there = on_server(&scene.stage.dovecot, "lena");
        assert_eq!(there.len(), 3, "{told}: each is there once: {there:?}");
        for subject in ["both", "here", "there"] {
            assert_eq!(
                on_disk(&scene.stage.dovecot, "lena", "INBOX", subject).0,
                1,
                "{told}: {subject}"
            );
            assert_eq!(
                lone.ask(&format!("where {subject}")),
                ["lena Inbox true"],
                "{told}: {subject} is here once, and whole"
            );
        }
        drop(lone);
        scene
            .stage
            .dovecot
            .doveadm(&["expunge", "-u", user, "mailbox", "INBOX", "all"])?;
        if moment == usize::MAX {
            let [looked, carried] = lines.as_slice() else {
                return Err("both are done where nobody is killed".into());
            };
            moments.extend((0..*looked).step_by(6));
            moments.extend(*looked..*carried);
        }
    }
    let [undone, done] = halves;
    assert!(
        undone > 5 && done > 5,
        "killed before it {undone} times, and after it {done} times"
    );
    Ok(())
}
