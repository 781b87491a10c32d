//! Letters that found no network: they say so in our words, and go as soon as there is one, or the person asks.

use journeys::{Person, eventually, form};
use waxwing_model::{Protocol, Submission, SubmissionState, TroubleKind};
use waxwing_testkit::{Stage, address, letters};

use super::switch::Switch;
use super::{Outcome, in_step};

struct Scene {
    stage: Stage,
    smtp: Switch,
    lena: Person,
    account: waxwing_model::Account,
}

impl Scene {
    async fn new() -> Outcome<Self> {
        let stage = Stage::start()?;
        let smtp = Switch::to(Switch::NOBODY).await?;
        let lena = Person::new().await;
        let mut form = form(&stage, "lena", Protocol::Imap);
        form.outgoing.port = smtp.port();
        let account = lena.add_quietly(form).await;
        lena.engine.start().await?;
        in_step(&lena, account.id).await;
        Ok(Self {
            stage,
            smtp,
            lena,
            account,
        })
    }

    /// A letter that has failed once and is not due for half a minute.
    async fn fail(&self) -> Outcome<Submission> {
        let raw = letters::simple(&self.account.email, &address("jonas"), "Out", "Hello.");
        let id = self.lena.engine.send_message(&self.account, raw).await?;
        Ok(eventually("the letter to fail", || async {
            let letter = self.lena.engine.submission(id).await.ok()?;
            matches!(letter.state, SubmissionState::Failed { .. }).then_some(letter)
        })
        .await)
    }

    /// The letter goes, and before its pause is over: its time was brought forward.
    async fn sent(&self, failed: &Submission) {
        let sent = eventually("the letter to be sent", || async {
            let letter = self.lena.engine.submission(failed.id).await.ok()?;
            matches!(letter.state, SubmissionState::Sent { .. }).then_some(letter)
        })
        .await;
        assert!(
            sent.send_at < failed.send_at,
            "its pause was half a minute: {} and {}",
            sent.send_at,
            failed.send_at
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_found_no_network_goes_when_there_is_one_or_when_the_person_asks() -> Outcome {
    let scene = Scene::new().await?;
    for asked in [false, true] {
        scene.smtp.turn(Switch::NOBODY);
        let letter = scene.fail().await?;
        let SubmissionState::Failed { trouble, permanent } = &letter.state else {
            return Err(format!("{:?}", letter.state).into());
        };
        assert_eq!(
            (trouble.kind, *permanent),
            (TroubleKind::Unreachable, false),
            "{trouble}"
        );
        assert_eq!(trouble.detail, None, "no server has said anything");
        assert!(
            letter.send_at > letter.created_at + 20_000,
            "it would wait for a while"
        );
        scene.smtp.turn(scene.stage.postfix.submissions());
        if asked {
            scene.lena.engine.sync_now(Some(scene.account.id));
        } else {
            scene.lena.engine.network_changed();
        }
        scene.sent(&letter).await;
    }
    scene.lena.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_behind_a_sign_in_page_is_not_given_up() -> Outcome {
    let scene = Scene::new().await?;
    scene.smtp.turn(super::switch::portal().await?);
    let letter = scene.fail().await?;
    assert!(
        matches!(&letter.state, SubmissionState::Failed { trouble, permanent: false }
            if trouble.sentence.starts_with("A web server answers")),
        "{:?}",
        letter.state
    );
    scene.smtp.turn(scene.stage.postfix.submissions());
    scene.lena.engine.network_changed();
    scene.sent(&letter).await;
    scene.lena.engine.stop().await;
    Ok(())
}
