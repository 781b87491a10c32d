//! Letters that are being written stand in Drafts, on the server too, one version of each; whoever else of the person's
//! programs has them there writes them further. Against a real Dovecot. Cuts and kills are in the files beside this one.

mod cut;
mod elsewhere;
mod killed;
mod long;

use journeys::{Person, form, form_at};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, Address, Draft, DraftContent, Keyword, Keywords, Protocol, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, Stage, address};

pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

pub const LENA: &str = "lena@waxwing.test";

/// lena, whose program does what it is told, and her server.
pub struct Scene {
    pub dovecot: Dovecot,
    pub lena: Person,
    pub account: Account,
}

impl Scene {
    pub async fn new() -> Outcome<Self> {
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
        let scene = Self {
            dovecot,
            lena,
            account,
        };
        scene.sync().await;
        Ok(scene)
    }

    pub async fn sync(&self) {
        sync(&self.lena, &self.account).await;
    }

    /// A letter that was begun and whose composer was closed.
    pub async fn write(&self, subject: &str) -> Outcome<Draft> {
        write(&self.lena, &self.account, subject).await
    }

    /// The same letter, written further.
    pub async fn write_on(&self, draft: &Draft, subject: &str) -> Outcome {
        write_on(&self.lena, &self.account, draft, subject).await
    }

    /// What the server has in Drafts: flags and subject.
    pub fn there(&self) -> Outcome<Vec<String>> {
        there(&self.dovecot)
    }

    /// The bytes of the only letter in Drafts on the server.
    pub fn raw(&self) -> Outcome<String> {
        let letters = self.dovecot.letters("lena", "Drafts")?;
        let [raw] = letters.as_slice() else {
            return Err(format!("there are {} letters in Drafts", letters.len()).into());
        };
        Ok(String::from_utf8_lossy(raw).into_owned())
    }
}

pub async fn sync(lena: &Person, account: &Account) {
    let report = lena.engine.sync_once(account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new(), "the account is in step");
}

pub fn there(dovecot: &Dovecot) -> Outcome<Vec<String>> {
    let letters = dovecot.other_client().letters("lena", "Drafts")?;
    Ok(letters
        .into_iter()
        .map(|letter| format!("{} {}", letter.flags.join(" "), letter.subject))
        .collect())
}

pub fn content(subject: &str) -> DraftContent {
    DraftContent {
        to: vec![Address::new("Jonas", address("jonas"))],
        cc: vec![Address::new("", "jon")],
        bcc: vec![Address::new("Mira", address("mira"))],
        subject: subject.into(),
        html: format!("<div>This is {subject}.</div>"),
        ..DraftContent::default()
    }
}

pub async fn write(lena: &Person, account: &Account, subject: &str) -> Outcome<Draft> {
    let draft = lena
        .engine
        .new_draft(Some(account.id), DraftContent::default())
        .await?;
    write_on(lena, account, &draft, subject).await?;
    Ok(lena.engine.draft(draft.id).await?)
}

pub async fn write_on(lena: &Person, account: &Account, draft: &Draft, subject: &str) -> Outcome {
    lena.engine
        .save_draft(draft.id, account.id, content(subject))
        .await?;
    lena.engine.close_draft(draft.id).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_left_stands_in_drafts_and_the_next_version_takes_its_place() -> Outcome {
    let scene = Scene::new().await?;
    let draft = scene.write("one").await?;
    assert_eq!(scene.lena.subjects(Role::Drafts).await, ["one"], "here at once");
    assert_eq!(
        scene.there()?,
        Vec::<String>::new(),
        "the server hears of it next"
    );
    scene.sync().await;
    assert_eq!(scene.there()?, ["\\Draft \\Seen one"], "and keeps it as a draft");
    let raw = scene.raw()?;
    assert!(
        raw.contains(&address("mira")),
        "with those who get it blindly: {raw}"
    );
    assert!(!raw.contains("jon>"), "without what is no address yet: {raw}");
    scene.lena.engine.close_draft(draft.id).await?;
    scene.sync().await;
    assert_eq!(
        scene.raw()?,
        raw,
        "what was not written further is not filed anew"
    );

    for subject in ["two", "three"] {
        scene.write_on(&draft, subject).await?;
        assert_eq!(scene.lena.subjects(Role::Drafts).await, [subject], "one version");
        scene.sync().await;
        assert_eq!(scene.there()?, [format!("\\Draft \\Seen {subject}")], "there too");
    }
    scene.sync().await;
    assert_eq!(
        scene.lena.subjects(Role::Drafts).await,
        ["three"],
        "and it stays so"
    );
    let again = scene
        .lena
        .letter(Role::Drafts, "three")
        .await
        .ok_or("it is listed")?;
    let opened = scene.lena.engine.edit_draft(again.id).await?;
    assert_eq!(
        (opened.id, opened.content.cc),
        (draft.id, content("").cc),
        "nothing is lost of it"
    );
    assert!(
        !scene.lena.engine.has_pending_operations(scene.account.id).await?,
        "all is said"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_offline_comes_there_once_in_its_last_version() -> Outcome {
    let scene = Scene::new().await?;
    let draft = scene.write("one").await?;
    scene.sync().await;
    for subject in ["two", "three", "four"] {
        scene.write_on(&draft, subject).await?;
    }
    let lena = scene.lena.restart().await;
    assert_eq!(
        lena.subjects(Role::Drafts).await,
        ["four"],
        "one version, after a restart too"
    );
    sync(&lena, &scene.account).await;
    assert_eq!(
        there(&scene.dovecot)?,
        ["\\Draft \\Seen four"],
        "the server saw no other"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_program_ended_is_filed_when_it_begins_again() -> Outcome {
    let scene = Scene::new().await?;
    let engine = &scene.lena.engine;
    let empty = engine
        .new_draft(Some(scene.account.id), DraftContent::default())
        .await?;
    let draft = engine
        .new_draft(Some(scene.account.id), DraftContent::default())
        .await?;
    engine
        .save_draft(draft.id, scene.account.id, content("one"))
        .await?;
    assert_eq!(
        scene.lena.subjects(Role::Drafts).await,
        Vec::<String>::new(),
        "it is open"
    );
    let lena = scene.lena.restart().await;
    lena.engine.file_drafts().await?;
    assert_eq!(
        lena.subjects(Role::Drafts).await,
        ["one"],
        "and nothing of one that is empty"
    );
    sync(&lena, &scene.account).await;
    assert_eq!(there(&scene.dovecot)?, ["\\Draft \\Seen one"]);
    assert!(
        lena.engine.draft(empty.id).await.is_ok(),
        "which is left as it was"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_discarded_is_gone_there_whether_the_server_has_heard_of_it_or_not() -> Outcome {
    let scene = Scene::new().await?;
    let known = scene.write("known").await?;
    scene.sync().await;
    let unheard = scene.write("unheard").await?;
    for draft in [known.id, unheard.id] {
        scene.lena.engine.discard_draft(draft).await?;
    }
    assert_eq!(
        scene.lena.subjects(Role::Drafts).await,
        Vec::<String>::new(),
        "at once"
    );
    scene.sync().await;
    scene.sync().await;
    assert_eq!(scene.there()?, Vec::<String>::new(), "there too");
    assert_eq!(scene.lena.subjects(Role::Drafts).await, Vec::<String>::new());
    assert_eq!(
        scene.dovecot.letters("lena", "Trash")?.len(),
        0,
        "and not in Trash"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_sent_leaves_drafts_and_comes_back_when_sending_is_undone() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    sync(&lena, &account).await;
    let draft = write(&lena, &account, "Off").await?;
    let finished = DraftContent {
        cc: Vec::new(),
        ..content("Off")
    };
    lena.engine.save_draft(draft.id, account.id, finished).await?;
    lena.engine.close_draft(draft.id).await?;
    sync(&lena, &account).await;
    let submission = lena.engine.send(draft.id, 60).await?;
    assert_eq!(lena.subjects(Role::Drafts).await, Vec::<String>::new(), "at once");
    sync(&lena, &account).await;
    assert_eq!(there(&stage.dovecot)?, Vec::<String>::new(), "there too");
    let back = lena.engine.undo_send(submission).await?.ok_or("it comes back")?;
    lena.engine.close_draft(back.id).await?;
    sync(&lena, &account).await;
    assert_eq!(there(&stage.dovecot)?, ["\\Draft \\Seen Off"], "as a draft");

    let submission = lena.engine.send(back.id, 0).await?;
    lena.engine.deliver_now(&account, submission).await?;
    sync(&lena, &account).await;
    assert_eq!(
        there(&stage.dovecot)?,
        Vec::<String>::new(),
        "nothing is left of it"
    );
    assert_eq!(lena.subjects(Role::Sent).await, ["Off"]);
    let arrived = stage.dovecot.letters("jonas", "INBOX")?;
    let [raw] = arrived.as_slice() else {
        return Err(format!("{} letters arrived", arrived.len()).into());
    };
    let raw = String::from_utf8_lossy(raw);
    assert!(
        !raw.to_lowercase().contains("mira"),
        "nobody learns of the blind copy: {raw}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_server_keeps_drafts_they_stand_in_drafts_here() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Pop3)).await;
    let draft = write(&lena, &account, "one").await?;
    write_on(&lena, &account, &draft, "two").await?;
    assert_eq!(lena.subjects(Role::Drafts).await, ["two"], "in its last version");
    let listed = lena.letter(Role::Drafts, "two").await.ok_or("it is listed")?;
    assert_eq!(
        lena.engine.edit_draft(listed.id).await?.id,
        draft.id,
        "and is the same letter"
    );
    assert!(
        !lena.engine.has_pending_operations(account.id).await?,
        "nobody is told"
    );
    lena.engine.discard_draft(draft.id).await?;
    assert_eq!(lena.subjects(Role::Drafts).await, Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_star_on_a_draft_stays_on_its_next_version() -> Outcome {
    let scene = Scene::new().await?;
    let draft = scene.write("one").await?;
    scene.sync().await;
    let listed = scene
        .lena
        .letter(Role::Drafts, "one")
        .await
        .ok_or("it is listed")?;
    scene
        .lena
        .engine
        .perform(Action::SetKeywords {
            emails: vec![listed.id],
            add: Keywords::only(Keyword::FLAGGED),
            remove: Keywords::none(),
        })
        .await?;
    scene.write_on(&draft, "two").await?;
    scene.sync().await;
    assert_eq!(scene.there()?, ["\\Draft \\Flagged \\Seen two"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_goes_on_from_another_account_leaves_the_first_one() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    let other = lena.add_quietly(form(&stage, "jonas", Protocol::Imap)).await;
    for account in [&account, &other] {
        sync(&lena, account).await;
    }
    let draft = write(&lena, &account, "one").await?;
    sync(&lena, &account).await;
    write_on(&lena, &other, &draft, "two").await?;
    sync(&lena, &account).await;
    assert_eq!(
        there(&stage.dovecot)?,
        ["\\Draft \\Seen one"],
        "until the other one stands"
    );
    sync(&lena, &other).await;
    sync(&lena, &account).await;
    assert_eq!(there(&stage.dovecot)?, Vec::<String>::new(), "then it goes");
    let theirs = stage.dovecot.other_client().letters("jonas", "Drafts")?;
    assert_eq!(theirs.len(), 1, "and stands where it is written from");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_person_threw_away_or_put_elsewhere_stays_there() -> Outcome {
    let scene = Scene::new().await?;
    let draft = scene.write("one").await?;
    scene.sync().await;
    let listed = scene
        .lena
        .letter(Role::Drafts, "one")
        .await
        .ok_or("it is listed")?;
    let emails = vec![listed.id];
    scene.lena.engine.perform(Action::Delete { emails }).await?;
    // A composer had it open.
    scene.write_on(&draft, "two").await?;
    scene.sync().await;
    assert_eq!(scene.there()?, ["\\Draft \\Seen two"]);
    assert_eq!(
        scene.lena.subjects(Role::Trash).await,
        ["one"],
        "as it was thrown away"
    );
    Ok(())
}
