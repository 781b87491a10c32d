//! Letters moved within an account while the connection breaks at every place where it can, against a real Dovecot with
//! and without MOVE and UIDPLUS. After the next replay there is exactly one of each, in the target.

use journeys::cuts::{self, Cut};
use journeys::{Held, Person, deliver, form_at, on_disk, on_server};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, EmailId, Keyword, Keywords, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, Proxy};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";

struct Scene {
    dovecot: Dovecot,
    proxy: Proxy,
    lena: Person,
    account: Account,
}

impl Scene {
    async fn new(capabilities: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let dovecot = Dovecot::start(&DovecotOptions {
            capabilities: Some(format!(
                "IMAP4rev1 LITERAL+ SASL-IR ENABLE IDLE NAMESPACE SPECIAL-USE UNSELECT {capabilities}"
            )),
            ..DovecotOptions::default()
        })?;
        let proxy = cuts::proxy(&dovecot).await?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
        Ok(Self {
            dovecot,
            proxy,
            lena,
            account,
        })
    }

    /// Two letters in the inbox, known here; gives their ids, the older one first.
    async fn receive(&self, round: usize) -> Result<Vec<EmailId>, Box<dyn std::error::Error>> {
        for which in ["a", "b"] {
            deliver(&self.dovecot, "lena", &format!("{which} {round}"));
        }
        let report = self
            .lena
            .engine
            .sync_once(&self.account, SyncScope::HeadersOnly)
            .await;
        assert_eq!(report.errors, Vec::<String>::new(), "round {round} begins well");
        let mut letters = self.lena.letters(&self.lena.mailbox(Role::Inbox).await).await;
        letters.sort_by_key(|email| email.id);
        Ok(letters.into_iter().map(|email| email.id).collect())
    }

    async fn move_to_archive(&self, emails: &[EmailId]) -> Outcome {
        self.lena
            .engine
            .perform(Action::MoveToRole {
                emails: emails.to_vec(),
                role: Role::Archive,
            })
            .await?;
        Ok(())
    }

    /// One of each letter in the target, none in the source; here it is shown so, under the ids that it had.
    async fn check(&self, round: usize, emails: &[EmailId], place: &str) -> Outcome {
        let refused = self
            .lena
            .engine
            .push_once(&self.account)
            .await
            .map_err(|error| format!("cut {place}: the replay fails: {error}"))?;
        assert_eq!(refused, Vec::<String>::new(), "cut {place}: nothing is refused");
        let pending = self.lena.engine.has_pending_operations(self.account.id).await?;
        assert!(!pending, "cut {place}: the journal is done");
        for which in ["a", "b"] {
            let subject = format!("{which} {round}");
            assert_eq!(
                (
                    on_disk(&self.dovecot, "lena", "Archive", &subject),
                    on_disk(&self.dovecot, "lena", "INBOX", &subject)
                ),
                ((1, 2), (0, 0)),
                "cut {place}: exactly one of “{subject}”, in the target"
            );
        }
        self.lena
            .engine
            .sync_once(&self.account, SyncScope::HeadersOnly)
            .await;
        let mut shown: Vec<EmailId> = self
            .lena
            .letters(&self.lena.mailbox(Role::Archive).await)
            .await
            .iter()
            .map(|email| email.id)
            .collect();
        shown.sort();
        assert_eq!(
            shown, emails,
            "cut {place}: they are shown there and are the same"
        );
        let inbox = self.lena.subjects(Role::Inbox).await;
        assert_eq!(
            inbox,
            Vec::<String>::new(),
            "cut {place}: and not where they were"
        );
        self.dovecot
            .doveadm(&["expunge", "-u", LENA, "mailbox", "Archive", "all"])?;
        Ok(())
    }

    /// A round without a cut tells the places; each is tried in a round of its own.
    async fn run(mut self, expected: &str) -> Outcome {
        let emails = self.receive(0).await?;
        self.move_to_archive(&emails).await?;
        let since = cuts::mark(&self.proxy);
        self.lena.engine.push_once(&self.account).await?;
        let said = cuts::commands(&self.proxy, since);
        assert!(
            said.iter().any(|command| command.starts_with(expected)),
            "this is about {expected}: {said:?}"
        );
        let places: Vec<Cut> = cuts::everywhere(&self.proxy, since);
        self.check(0, &emails, "nowhere").await?;
        let mut interrupted = 0;
        for (number, Cut { place, rule }) in places.into_iter().enumerate() {
            let round = number + 1;
            let emails = self.receive(round).await?;
            self.move_to_archive(&emails).await?;
            self.proxy.add(rule);
            interrupted += usize::from(self.lena.engine.push_once(&self.account).await.is_err());
            self.proxy.clear();
            if round % 16 == 0 {
                // What is known of the first try stands on the disk, not in the program.
                self.lena = self.lena.restart().await;
            }
            self.check(round, &emails, &place).await?;
        }
        assert!(interrupted > 20, "the cuts did cut: {interrupted} times");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_move_a_cut_anywhere_leaves_one_copy_in_the_target() -> Outcome {
    Scene::new("UIDPLUS").await?.run("UID COPY").await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_move_and_uidplus_a_cut_anywhere_leaves_one_copy_in_the_target() -> Outcome {
    Scene::new("").await?.run("UID COPY").await
}

#[tokio::test(flavor = "multi_thread")]
async fn with_move_a_cut_anywhere_leaves_one_copy_in_the_target() -> Outcome {
    Scene::new("UIDPLUS MOVE").await?.run("UID MOVE").await
}

/// A server that dies between the copies and the deletion has done a half of MOVE, and of COPY and EXPUNGE.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_try_has_copied_is_not_copied_again_even_days_later() -> Outcome {
    for capabilities in ["", "UIDPLUS", "UIDPLUS MOVE"] {
        let scene = Scene::new(capabilities).await?;
        let emails = scene.receive(1).await?;
        scene.move_to_archive(&emails).await?;
        // The first try ends before the server does anything, so that its note is all there is of it.
        let verb = match capabilities.contains("MOVE") {
            true => "UID MOVE",
            false => "UID COPY",
        };
        use waxwing_testkit::proxy::{Action, Rule, When};
        scene.proxy.add(Rule::to_server(When::line(verb), Action::Cut));
        let outcome = scene.lena.engine.push_once(&scene.account).await;
        assert!(
            outcome.is_err(),
            "{capabilities}: the connection was cut: {outcome:?}"
        );
        scene.proxy.clear();
        // One of the two was copied and stands in both folders; other mail has come into the target since.
        scene.dovecot.doveadm(&[
            "copy", "-u", LENA, "Archive", "mailbox", "INBOX", "subject", "a 1",
        ])?;
        let other = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, "other", "Good morning.");
        scene.dovecot.deliver("lena", "Archive", &other)?;
        scene.lena.engine.push_once(&scene.account).await?;
        for subject in ["a 1", "b 1", "other"] {
            assert_eq!(
                (
                    on_disk(&scene.dovecot, "lena", "Archive", subject),
                    on_disk(&scene.dovecot, "lena", "INBOX", subject)
                ),
                ((1, 3), (0, 0)),
                "{capabilities}: one of “{subject}”"
            );
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_stands_in_the_target_already_is_not_taken_for_the_copy() -> Outcome {
    for capabilities in ["", "UIDPLUS"] {
        let scene = Scene::new(capabilities).await?;
        let twin = waxwing_testkit::letters::simple("amara@waxwing.test", LENA, "a 1", "Good morning.");
        scene.dovecot.deliver("lena", "Archive", &twin)?;
        let emails = scene.receive(1).await?;
        scene.move_to_archive(&emails).await?;
        scene.lena.engine.push_once(&scene.account).await?;
        assert_eq!(
            on_disk(&scene.dovecot, "lena", "Archive", "a 1"),
            (2, 3),
            "{capabilities}: the twin and the letter"
        );
    }
    Ok(())
}

/// The server has moved it, and nobody has heard under which number it stands now.
#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_move_whose_answer_was_cut_off_reaches_the_same_letter() -> Outcome {
    for capabilities in ["MOVE", "UIDPLUS MOVE"] {
        for program_goes_on in [true, false] {
            let mut scene = Scene::new(capabilities).await?;
            let emails = scene.receive(1).await?;
            scene.move_to_archive(&emails).await?;
            use waxwing_testkit::proxy::{Action as Fault, Rule, When};
            // Of the answers to come only that to MOVE says EXPUNGE, after everything is done.
            scene
                .proxy
                .add(Rule::to_client(When::line("EXPUNGE"), Fault::Cut));
            let outcome = scene.lena.engine.push_once(&scene.account).await;
            assert!(outcome.is_err(), "{capabilities}: it was cut: {outcome:?}");
            scene.proxy.clear();
            assert_eq!(
                on_disk(&scene.dovecot, "lena", "Archive", "a 1").0,
                1,
                "{capabilities}: the server has done it"
            );
            if !program_goes_on {
                scene.lena = scene.lena.restart().await;
            }
            let inbox = scene.lena.mailbox(Role::Inbox).await.id;
            for action in [
                Action::SetKeywords {
                    emails: emails.clone(),
                    add: Keywords::only(Keyword::FLAGGED),
                    remove: Keywords::none(),
                },
                Action::Move {
                    emails: emails.clone(),
                    to: inbox,
                },
            ] {
                scene.lena.engine.perform(action).await?;
            }
            let refused = scene.lena.engine.push_once(&scene.account).await?;
            assert_eq!(
                refused,
                Vec::<String>::new(),
                "{capabilities}: nothing is refused"
            );
            let flagged = |subject: &str| Held {
                folder: "INBOX".into(),
                subject: subject.into(),
                flagged: true,
            };
            assert_eq!(
                on_server(&scene.dovecot, "lena"),
                [flagged("a 1"), flagged("b 1")],
                "{capabilities}: the mark and the way back have reached the server"
            );
        }
    }
    Ok(())
}
