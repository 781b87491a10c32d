//! Drafts that other programs of the same person have written, changed, or taken away.

use std::time::Duration;

use journeys::{Person, form_at};
use waxwing_model::{Account, Change, Role};
use waxwing_testkit::address;

use super::{LENA, Outcome, Scene, content, sync, there};

/// For a change to be told of.
const PATIENCE: Duration = Duration::from_secs(120);

/// A second computer with Waxwing.
async fn second(scene: &Scene) -> (Person, Account) {
    let other = Person::new().await;
    let account = other
        .add_quietly(form_at(&scene.dovecot, "lena", scene.dovecot.imaps()))
        .await;
    sync(&other, &account).await;
    (other, account)
}

fn foreign(subject: &str) -> String {
    format!(
        "From: Lena <{LENA}>\r\nTo: Amara <{}>\r\nBcc: {}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@phone>\r\n\
         In-Reply-To: <question@waxwing.test>\r\nReferences: <first@waxwing.test> <question@waxwing.test>\r\n\
         Disposition-Notification-To: <{LENA}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <b>Amara</b></p><script>alert(1)</script>\r\n\
         --b\r\nContent-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n\
         rope\r\n--b--\r\n",
        address("amara"),
        address("mira"),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_another_program_is_written_further_here_and_is_replaced_there() -> Outcome {
    let scene = Scene::new().await?;
    let raw = foreign("Boats");
    let append = format!("APPEND Drafts (\\Draft) {{{}+}}\r\n{raw}", raw.len());
    scene.dovecot.other_client().tell("lena", &[&append])?;
    scene.sync().await;
    let listed = scene
        .lena
        .letter(Role::Drafts, "Boats")
        .await
        .ok_or("it is listed")?;
    let draft = scene.lena.engine.edit_draft(listed.id).await?;
    let read = &draft.content;
    assert_eq!(read.subject, "Boats");
    assert_eq!(
        (read.to[0].email.clone(), read.bcc[0].email.clone()),
        (address("amara"), address("mira")),
        "to whom it goes, also blindly"
    );
    assert!(read.html.contains("<b>Amara</b>"), "its text: {}", read.html);
    assert!(
        !read.html.contains("script"),
        "and nothing that runs: {}",
        read.html
    );
    assert!(read.asks.receipt, "what it asks for");
    assert_eq!(draft.in_reply_to, ["question@waxwing.test"], "what it answers");
    assert_eq!(draft.references, ["first@waxwing.test", "question@waxwing.test"]);
    let files: Vec<(&str, u32)> = draft
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.size))
        .collect();
    assert_eq!(files, [("list.txt", 4)], "its file");

    scene.lena.engine.close_draft(draft.id).await?;
    scene.sync().await;
    assert_eq!(
        scene.raw()?.replace('\n', "\r\n").replace("\r\r\n", "\r\n"),
        raw,
        "only read, it stays as it is"
    );
    let mut changes = scene.lena.engine.changes();
    scene.write_on(&draft, "Ships").await?;
    let newer = scene
        .lena
        .letter(Role::Drafts, "Ships")
        .await
        .ok_or("it is listed")?;
    let refiled = Change::Refiled {
        before: listed.id,
        now: newer.id,
    };
    tokio::time::timeout(PATIENCE, async {
        while !changes.next().await.contains(&refiled) {}
    })
    .await
    .map_err(|_| "it was not told which letter it is now")?;
    let again = scene.lena.engine.edit_draft(listed.id).await?;
    assert_eq!(
        (again.id, again.content.subject.as_str()),
        (draft.id, "Ships"),
        "who still sees the version before goes on with the same draft"
    );
    scene.sync().await;
    assert_eq!(
        scene.there()?,
        ["\\Draft \\Seen Ships"],
        "written further, it takes the other's place"
    );
    let raw = scene.raw()?;
    assert!(raw.contains("In-Reply-To: <question@waxwing.test>"), "{raw}");
    assert!(raw.contains("list.txt"), "with its file: {raw}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_text_is_read_as_it_stands() -> Outcome {
    let scene = Scene::new().await?;
    let raw = format!("From: {LENA}\r\nSubject: Plain\r\n\r\nOne & two\r\n\r\n> quoted\r\n");
    scene
        .dovecot
        .other_client()
        .deliver("lena", "Drafts", raw.as_bytes())?;
    scene.sync().await;
    let listed = scene
        .lena
        .letter(Role::Drafts, "Plain")
        .await
        .ok_or("it is listed")?;
    let draft = scene.lena.engine.edit_draft(listed.id).await?;
    assert_eq!(
        draft.content.html, "One &amp; two<br><blockquote type=\"cite\">quoted</blockquote>",
        "lines and quotes are kept"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_written_further_on_both_sides_stays_twice() -> Outcome {
    let scene = Scene::new().await?;
    let draft = scene.write("one").await?;
    scene.sync().await;
    let (other, account) = second(&scene).await;
    let listed = other.letter(Role::Drafts, "one").await.ok_or("it is there too")?;
    let theirs = other.engine.edit_draft(listed.id).await?;
    other
        .engine
        .save_draft(theirs.id, account.id, content("theirs"))
        .await?;
    other.engine.close_draft(theirs.id).await?;
    scene.write_on(&draft, "ours").await?;
    for _ in 0..2 {
        sync(&other, &account).await;
        scene.sync().await;
    }
    assert_eq!(
        scene.there()?,
        ["\\Draft \\Seen ours", "\\Draft \\Seen theirs"],
        "both, and the version that both had seen is gone"
    );
    for person in [&scene.lena, &other] {
        let mut shown = person.subjects(Role::Drafts).await;
        shown.sort();
        assert_eq!(shown, ["ours", "theirs"], "on both computers");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_finished_elsewhere_does_not_come_back() -> Outcome {
    let scene = Scene::new().await?;
    let closed = scene.write("closed").await?;
    let open = scene.write("open").await?;
    let untouched = scene.write("untouched").await?;
    scene.sync().await;
    let (other, account) = second(&scene).await;
    for listed in other.letters(&other.mailbox(Role::Drafts).await).await {
        let theirs = other.engine.edit_draft(listed.id).await?;
        other.engine.discard_draft(theirs.id).await?;
    }
    sync(&other, &account).await;
    assert_eq!(scene.there()?, Vec::<String>::new(), "they are gone");
    scene.sync().await;
    assert_eq!(
        scene.lena.subjects(Role::Drafts).await,
        Vec::<String>::new(),
        "here too"
    );
    // Somebody has it open and writes on.
    scene.write_on(&open, "still open").await?;
    // It was open all the time and is only closed.
    scene.lena.engine.close_draft(untouched.id).await?;
    let lena = scene.lena.restart().await;
    lena.engine.file_drafts().await?;
    sync(&lena, &scene.account).await;
    assert_eq!(
        there(&scene.dovecot)?,
        ["\\Draft \\Seen still open"],
        "what was written here since is not lost, and nothing else comes back"
    );
    for gone in [closed.id, untouched.id] {
        assert!(lena.engine.draft(gone).await.is_err(), "it is gone here as well");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_never_came_there_survives_the_removal_of_its_folder() -> Outcome {
    let scene = Scene::new().await?;
    let user = "lena@waxwing.test";
    scene
        .dovecot
        .doveadm(&["mailbox", "delete", "-u", user, "-s", "Drafts"])?;
    scene.write("one").await?;
    // The server makes it anew by itself when it is asked for; whichever way it goes, the letter is there in the end.
    for _ in 0..3 {
        scene
            .lena
            .engine
            .sync_once(&scene.account, waxwing_engine::SyncScope::Everything)
            .await;
    }
    assert_eq!(scene.lena.subjects(Role::Drafts).await, ["one"], "it is shown");
    assert_eq!(scene.there()?, ["\\Draft \\Seen one"], "and stands there");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_another_program_has_put_elsewhere_meanwhile_is_left_there() -> Outcome {
    let scene = Scene::new().await?;
    let other = scene.dovecot.other_client();
    other.tell("lena", &["CREATE Templates", "SUBSCRIBE Templates"])?;
    let draft = scene.write("one").await?;
    scene.sync().await;
    scene.write_on(&draft, "two").await?;
    other.tell("lena", &["SELECT Drafts", "MOVE 1 Templates"])?;
    for _ in 0..2 {
        scene.sync().await;
    }
    assert_eq!(scene.there()?, ["\\Draft \\Seen two"], "the new version");
    let kept = other.letters("lena", "Templates")?;
    assert_eq!(kept.len(), 1, "and the old one where it was put");
    Ok(())
}
