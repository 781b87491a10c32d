//! Letters that no editor bears: what of them is quoted, and that whoever gets them gets all of them.

use waxwing_model::{ResponseKind, Role};

use super::{Outcome, Scene};

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_a_word_of_a_megabyte_is_quoted_in_part_and_passed_on_whole() -> Outcome {
    let scene = Scene::new().await?;
    // "xxx" in base64, so that no line on the wire is too long.
    let lines = format!("{}\r\n", "eHh4".repeat(18)).repeat(20_000);
    let raw = format!(
        "From: amara@fjord.test\r\nTo: lena@waxwing.test\r\nSubject: A word\r\nMessage-ID: <word@fjord.test>\r\n\
         Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{lines}"
    );
    scene.dovecot.deliver("lena", "INBOX", raw.as_bytes())?;
    scene.sync().await;
    let letter = scene.lena.letter(Role::Inbox, "A word").await.ok_or("it came")?;
    let engine = &scene.lena.engine;
    let reply = engine.respond(letter.id, ResponseKind::Reply).await?;
    assert!(
        reply.content.html.len() < 2_000
            && reply
                .content
                .html
                .contains("more signs of this word are left out"),
        "{} octets",
        reply.content.html.len()
    );
    assert!(reply.attachments.is_empty(), "who wrote it has it");
    let forward = engine.respond(letter.id, ResponseKind::Forward).await?;
    assert!(forward.content.html.len() < 2_000);
    let files: Vec<(&str, u32)> = forward
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.size))
        .collect();
    let [("A word.eml", size)] = files.as_slice() else {
        return Err(format!("{files:?}").into());
    };
    assert!(usize::try_from(*size)? >= lines.len(), "all of it");
    Ok(())
}
