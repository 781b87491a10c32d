//! What becomes of folders, drafts and letters that are on their way when an account changes its protocol.

use journeys::{form_at, on_server};
use waxwing_engine::{Action, OnlyHere};
use waxwing_model::{DraftContent, MailboxId, Protocol, Role};
use waxwing_testkit::{DovecotOptions, Stage};

use super::{Outcome, Scene, letter};

impl Scene {
    async fn folder(
        &self,
        parent: Option<MailboxId>,
        name: &str,
    ) -> Result<MailboxId, Box<dyn std::error::Error>> {
        let create = Action::CreateMailbox {
            account: self.account.id,
            parent,
            name: name.into(),
        };
        self.lena.engine.perform(create).await?;
        Ok(self.lena.folder_named(name).await.ok_or("the folder")?.id)
    }

    async fn file(&self, subject: &str, to: MailboxId) -> Outcome {
        let emails = vec![self.id(Role::Inbox, subject).await?];
        self.lena.engine.perform(Action::Move { emails, to }).await?;
        Ok(())
    }
}

/// As Courier and its heirs name folders.
fn under_the_inbox() -> Result<Stage, Box<dyn std::error::Error>> {
    let options = DovecotOptions {
        separator: '.',
        prefix: "INBOX.".into(),
        ..DovecotOptions::default()
    };
    Ok(Stage::start_with(&options, &Default::default())?)
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_found_by_what_they_are_for_and_by_name_and_made_where_they_are_missing() -> Outcome {
    for stage in [Stage::start()?, under_the_inbox()?] {
        let mut scene = Scene::on(stage, Protocol::Pop3).await?;
        for subject in ["boat", "hull", "filed", "sent", "known"] {
            scene.put("INBOX", &letter(subject))?;
        }
        scene.look().await;
        let work = scene.folder(None, "Work").await?;
        let boats = scene.folder(Some(work), "Boats").await?;
        scene.folder(None, "Ideas").await?;
        let archive = scene.lena.mailbox(Role::Archive).await.id;
        let sent = scene.lena.mailbox(Role::Sent).await.id;
        for (subject, to) in [
            ("boat", boats),
            ("hull", boats),
            ("filed", archive),
            ("sent", sent),
        ] {
            scene.file(subject, to).await?;
        }
        for subject in ["boat", "sent"] {
            scene.expunge("INBOX", subject)?;
        }
        let change = scene.change(Protocol::Imap, OnlyHere::Upload);
        let changed = scene.lena.engine.change_protocol(&change).await?;
        assert_eq!(changed.uploading, 2, "the boat and the sent one");
        scene.look().await;
        assert_eq!(scene.look().await, 0, "nothing comes after that");
        let mut there: Vec<(String, String)> = on_server(&scene.stage.dovecot, "lena")
            .into_iter()
            .map(|one| (one.folder.replace("INBOX.", "").replace('.', "/"), one.subject))
            .collect();
        there.sort();
        let expected = [
            ("Archive", "filed"),
            ("INBOX", "known"),
            ("Sent", "sent"),
            ("Work/Boats", "boat"),
            ("Work/Boats", "hull"),
        ];
        let expected = expected.map(|(folder, subject)| (folder.to_owned(), subject.to_owned()));
        assert_eq!(there, expected, "each once, in the folder that it was in");
        let listed = scene
            .stage
            .dovecot
            .doveadm(&["mailbox", "list", "-u", "lena@waxwing.test"])?;
        assert!(
            listed.contains("Ideas"),
            "an empty folder of lena's own goes along: {listed}"
        );
        for (id, name) in [(boats, "Boats"), (archive, "Archive"), (sent, "Sent")] {
            let mailboxes = scene.lena.engine.mailboxes().await?;
            let folder = mailboxes.iter().find(|mailbox| mailbox.id == id);
            assert_eq!(
                folder.map(|folder| folder.name.as_str()),
                Some(name),
                "{name} is the folder that it was"
            );
        }
        let names: Vec<String> = scene
            .lena
            .engine
            .mailboxes()
            .await?
            .into_iter()
            .map(|mailbox| mailbox.name)
            .collect();
        for name in ["Inbox", "Archive", "Sent", "Trash", "Work", "Boats", "Ideas"] {
            let times = names.iter().filter(|other| *other == name).count();
            assert_eq!(times, 1, "{name} is there once: {names:?}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_stays_and_what_is_on_its_way_to_another_account_is_waited_for() -> Outcome {
    let mut scene = Scene::new(Protocol::Pop3).await?;
    for subject in ["stays", "leaves"] {
        scene.put("INBOX", &letter(subject))?;
    }
    scene.look().await;
    let content = DraftContent {
        subject: "Half a letter".into(),
        ..DraftContent::default()
    };
    let account = Some(scene.account.id);
    scene.lena.engine.new_draft(account, content).await?;
    let jonas = form_at(&scene.stage.dovecot, "jonas", scene.stage.dovecot.imaps());
    let jonas = scene.lena.add_quietly(jonas).await;
    let everything = waxwing_engine::SyncScope::Everything;
    scene.lena.engine.sync_once(&jonas, everything).await;
    let mailboxes = scene.lena.engine.mailboxes().await?;
    let to = mailboxes
        .into_iter()
        .find(|mailbox| mailbox.account == jonas.id && mailbox.role == Some(Role::Archive))
        .ok_or("an archive")?;
    scene.file("leaves", to.id).await?;
    let change = scene.change(Protocol::Imap, OnlyHere::Upload);
    let refused = scene.lena.engine.change_protocol(&change).await;
    let sentence = refused.err().ok_or("it waits")?.trouble().sentence;
    assert!(
        sentence.contains("has still to be told to a server"),
        "{sentence}"
    );
    assert_eq!(
        scene.lena.account(scene.account.id).await,
        scene.account,
        "it is the account that it was"
    );
    scene.lena.engine.push_once(&jonas).await?;
    scene.lena.engine.change_protocol(&change).await?;
    scene.look().await;
    let drafts = scene.lena.engine.drafts().await?;
    assert_eq!(
        drafts
            .iter()
            .map(|draft| draft.content.subject.as_str())
            .collect::<Vec<_>>(),
        ["Half a letter"],
        "the draft is there"
    );
    assert!(
        on_server(&scene.stage.dovecot, "jonas")
            .iter()
            .any(|one| one.subject == "leaves"),
        "the other account has its letter"
    );
    assert_eq!(
        scene.lena.held(&scene.account).await,
        on_server(&scene.stage.dovecot, "lena"),
        "both sides have the same"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_written_stays_a_draft_whatever_becomes_of_letters() -> Outcome {
    for only_here in [OnlyHere::Keep, OnlyHere::Upload] {
        let mut scene = Scene::new(Protocol::Pop3).await?;
        scene.put("INBOX", &letter("kept"))?;
        scene.look().await;
        scene.expunge("INBOX", "kept")?;
        let content = DraftContent {
            subject: "Half a letter".into(),
            ..DraftContent::default()
        };
        let engine = scene.lena.engine.clone();
        let draft = engine.new_draft(Some(scene.account.id), content).await?;
        engine.close_draft(draft.id).await?;
        let filed = scene.id(Role::Drafts, "Half a letter").await?;
        engine.start().await?;
        let opened = engine.edit_draft(filed).await?;
        let change = scene.change(Protocol::Imap, only_here);
        engine.change_protocol(&change).await?;
        assert!(
            engine.draft(opened.id).await.is_ok(),
            "{only_here:?}: it is open, and there"
        );
        journeys::eventually("the draft on the server", async || {
            on_server(&scene.stage.dovecot, "lena")
                .into_iter()
                .find(|one| (one.folder.as_str(), one.subject.as_str()) == ("Drafts", "Half a letter"))
        })
        .await;
        engine.close_draft(opened.id).await?;
        engine.stop().await;
        scene.look().await;
        let filed = scene.id(Role::Drafts, "Half a letter").await?;
        assert_eq!(
            engine.edit_draft(filed).await?.id,
            draft.id,
            "{only_here:?}: the letter in Drafts is the draft"
        );
        assert_eq!(
            scene.lena.held(&scene.account).await,
            on_server(&scene.stage.dovecot, "lena"),
            "{only_here:?}: both sides have the same"
        );
        for account in engine.accounts().await? {
            if account.protocol == Protocol::Local {
                let kept = scene.lena.held(&account).await;
                let kept: Vec<&str> = kept.iter().map(|one| one.subject.as_str()).collect();
                assert_eq!(kept, ["kept"], "in Local Folders is what was finished");
            }
        }
    }
    Ok(())
}
