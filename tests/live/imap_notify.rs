//! News of folders that nobody looks at (NOTIFY, RFC 5465), against a real Dovecot: they come by themselves where the
//! server tells of them, and where it does not, or gives up, the inbox is watched as ever.

use std::time::{Duration, Instant};

use journeys::{Person, cuts, deliver, eventually, form_at};
use waxwing_model::{Account, Activity, Email, Keyword};
use waxwing_testkit::proxy::{Action, Direction, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions, Proxy, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

/// It takes a tenth of a second. A busy machine may need longer, but the round would come after three minutes.
const SOON: Duration = Duration::from_secs(60);

/// A server with a folder `Work`, and lena's program running, which has heard of it.
struct Scene {
    dovecot: Dovecot,
    proxy: Proxy,
    lena: Person,
}

impl Scene {
    async fn begin(rules: Vec<Rule>) -> Result<Scene, Box<dyn std::error::Error>> {
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        dovecot.doveadm(&["mailbox", "create", "-u", LENA, "Work"])?;
        let proxy = cuts::proxy(&dovecot).await?;
        for rule in rules {
            proxy.add(rule);
        }
        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
        lena.engine.start().await?;
        eventually("the first synchronisation", || in_step(&lena, &account)).await;
        Ok(Scene { dovecot, proxy, lena })
    }

    /// Puts a letter into a folder the way that mail comes in, so that the server knows of it.
    fn deliver(&self, mailbox: &str, subject: &str) -> Outcome {
        let raw = letters::simple("amara@waxwing.test", LENA, subject, "Good morning.");
        Ok(self.dovecot.other_client().deliver("lena", mailbox, &raw)?)
    }

    async fn letter(&self, folder: &str, subject: &str) -> Option<Email> {
        let folder = self.lena.folder_named(folder).await?;
        let letters = self.lena.letters(&folder).await;
        letters.into_iter().find(|letter| letter.subject == subject)
    }

    /// Until the watch stands, which is a connection of its own: this letter may take as long as it wants.
    async fn wait_for_the_watch(&self) -> Outcome {
        self.deliver("Work", "The first")?;
        eventually("the first letter in Work", || self.letter("Work", "The first")).await;
        Ok(())
    }

    /// What the program has said to the server.
    fn said(&self, text: &str) -> usize {
        let said = self.proxy.said(Direction::ToServer);
        String::from_utf8_lossy(&said).matches(text).count()
    }
}

async fn in_step(lena: &Person, account: &Account) -> Option<()> {
    matches!(lena.engine.activity(account.id), Activity::UpToDate { .. }).then_some(())
}

/// The shortest of three tries, since the machine may be busy with something else.
async fn soonest<F: Future<Output = Outcome>>(
    mut attempt: impl FnMut(u32) -> F,
) -> Result<Duration, Box<dyn std::error::Error>> {
    let mut soonest = Duration::MAX;
    for number in 0..3 {
        let begun = Instant::now();
        attempt(number).await?;
        soonest = soonest.min(begun.elapsed());
        if soonest < SOON {
            break;
        }
    }
    Ok(soonest)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_in_any_folder_is_here_long_before_the_next_round() -> Outcome {
    let scene = &Scene::begin(Vec::new()).await?;
    scene.wait_for_the_watch().await?;

    let letter = soonest(|number| async move {
        let subject = format!("Lighthouse {number}");
        scene.deliver("Work", &subject)?;
        eventually("a letter in Work", || scene.letter("Work", &subject)).await;
        Ok(())
    })
    .await?;
    assert!(letter < SOON, "a letter in another folder took {letter:?}");

    let flags = ["\\Flagged", "\\Answered", "\\Seen"];
    let keywords = [Keyword::FLAGGED, Keyword::ANSWERED, Keyword::SEEN];
    let mark = soonest(|number| async move {
        let number = number as usize;
        let store = format!("STORE 1 +FLAGS ({})", flags[number]);
        scene
            .dovecot
            .other_client()
            .tell("lena", &["SELECT Work", &store])?;
        eventually("the mark that another client set", || async {
            let letter = scene.letter("Work", "The first").await?;
            letter.keywords.has(keywords[number]).then_some(())
        })
        .await;
        Ok(())
    })
    .await?;
    assert!(mark < SOON, "a mark in another folder took {mark:?}");

    let folder = soonest(|number| async move {
        let name = format!("Harbour {number}");
        scene
            .dovecot
            .other_client()
            .tell("lena", &[&format!("CREATE \"{name}\"")])?;
        eventually("the new folder", || scene.lena.folder_named(&name)).await;
        Ok(())
    })
    .await?;
    assert!(folder < SOON, "a new folder took {folder:?}");

    scene.deliver("Harbour 0", "In the new one")?;
    eventually("a letter in the new folder", || {
        scene.letter("Harbour 0", "In the new one")
    })
    .await;
    scene.dovecot.other_client().tell(
        "lena",
        &["SELECT Work", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE"],
    )?;
    eventually("the letters that another client deleted to go", || async {
        scene.letter("Work", "The first").await.is_none().then_some(())
    })
    .await;
    scene.lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_refused_the_inbox_is_watched_and_other_folders_wait_for_their_round() -> Outcome {
    for refusal in ["{tag} NO [BADEVENT (MessageNew)] not here", "{tag} BAD what?"] {
        let rule = Rule::to_server(When::line("NOTIFY SET"), Action::answer(refusal)).forever();
        let scene = &Scene::begin(vec![rule]).await?;
        eventually("the watch to ask and to wait", || async {
            (scene.proxy.acted() > 0 && scene.said(" IDLE\r\n") > 0).then_some(())
        })
        .await;
        scene.deliver("Work", "Unheard")?;
        deliver(&scene.dovecot, "lena", "Heard");
        eventually("a letter in the inbox", || {
            scene.lena.letter(waxwing_model::Role::Inbox, "Heard")
        })
        .await;
        assert!(
            scene.letter("Work", "Unheard").await.is_none(),
            "{refusal}: nobody has told of it"
        );
        scene.lena.engine.sync_now(None);
        eventually("what a look at all folders finds", || {
            scene.letter("Work", "Unheard")
        })
        .await;
        scene.lena.engine.stop().await;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_keep_up_is_asked_for_the_inbox_alone_and_nothing_is_missed() -> Outcome {
    let overflow = Action::Replace(b"* OK [NOTIFICATIONOVERFLOW] too much\r\n".to_vec());
    let rule = Rule::to_client(When::line("* STATUS Work (MESSAGES 1 UIDNEXT"), overflow);
    let scene = &Scene::begin(vec![rule]).await?;
    eventually("the watch over all folders", || async {
        (scene.said("NOTIFY SET") > 0).then_some(())
    })
    .await;
    // The watch may be about to look at the folders once more by itself, which would find the letter without being told.
    tokio::time::sleep(Duration::from_millis(500)).await;
    scene.deliver("Work", "In the crowd")?;
    eventually("the letter of which the server did not tell", || {
        scene.letter("Work", "In the crowd")
    })
    .await;
    deliver(&scene.dovecot, "lena", "Afterwards");
    eventually("a letter in the inbox", || {
        scene.lena.letter(waxwing_model::Role::Inbox, "Afterwards")
    })
    .await;
    assert_eq!(scene.said("NOTIFY SET"), 1, "it is not asked again");
    scene.lena.engine.stop().await;
    Ok(())
}
