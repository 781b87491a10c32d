//! Several addresses in one account: the one that was written to answers, with its name, its signature and its own way out.

use journeys::{Person, eventually, form};
use waxwing_engine::{IdentityForm, SyncScope};
use waxwing_model::{Asks, Protocol, ResponseKind, Role, Security, SubmissionState};
use waxwing_testkit::{PASSWORD, Stage, address, letters};

use super::{Outcome, arrived, lena, letter_to, sent};

fn ines() -> IdentityForm {
    IdentityForm {
        email: address("ines"),
        name: "Ines of the shop".to_owned(),
        reply_to: "Shop <mira@waxwing.test>".to_owned(),
        signature: "<b>The shop</b><script>alert(1)</script>".to_owned(),
        ..IdentityForm::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_from_the_address_that_was_written_to() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let shop = lena.engine.add_identity(account.id, ines()).await?;
    for (to, expected) in [
        ("ines+orders@waxwing.test", "ines+orders@waxwing.test"),
        ("INES@waxwing.test", "ines@waxwing.test"),
        ("lena@waxwing.test", "lena@waxwing.test"),
        ("lena+x@waxwing.test", "lena+x@waxwing.test"),
        // Nobody of ours: as usual.
        ("list@waxwing.test", "lena@waxwing.test"),
    ] {
        let subject = format!("To {to}");
        let raw = letters::simple("jonas@waxwing.test", to, &subject, "Do you have bread?");
        stage.dovecot.deliver("lena", "INBOX", &raw)?;
        lena.engine.sync_once(&account, SyncScope::Everything).await;
        let letter = lena.letter(Role::Inbox, &subject).await.ok_or("it is here")?;
        let draft = lena.engine.respond(letter.id, ResponseKind::Reply).await?;
        let is_shop = expected.starts_with("ines");
        assert_eq!(draft.content.identity == Some(shop), is_shop, "to {to}");
        assert_eq!(
            draft.content.html.contains("The shop"),
            is_shop,
            "its signature, to {to}"
        );
        // The composer takes this block for the signature (`swapSignature`), and keeps the gap behind it.
        let signed = "<div class=\"signature\">-- <br><b>The shop</b>";
        assert_eq!(
            draft.content.html.contains(signed),
            is_shop,
            "{}",
            draft.content.html
        );
        assert!(
            draft.content.html.contains("<div><br></div><p>On "),
            "a gap: {}",
            draft.content.html
        );
        assert_eq!(
            draft.content.to.len(),
            1,
            "nobody answers to themselves: {:?}",
            draft.content.to
        );
        let id = lena.engine.send(draft.id, 0).await?;
        lena.engine.deliver_now(&account, id).await?;
        let text = arrived(&stage, "jonas", &format!("Re: {subject}")).await;
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let announced = lines.iter().position(|line| line.ends_with("wrote:"));
        let before = announced.and_then(|at| lines.get(at.checked_sub(1)?));
        assert_eq!(before, Some(&""), "a gap before the quotation: {text}");
        let from = text
            .lines()
            .find(|line| line.starts_with("From:"))
            .unwrap_or_default();
        assert!(
            from.contains(&format!("<{expected}>")) || from.ends_with(expected),
            "{from}"
        );
        assert_eq!(
            text.contains("Reply-To: Shop <mira@waxwing.test>"),
            is_shop,
            "{text}"
        );
        assert!(!text.contains("<script"), "a signature passes the sanitiser");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_may_have_a_way_out_of_its_own_with_a_password_of_its_own() -> Outcome {
    let stage = Stage::start()?;
    let (lena, account) = lena(&stage).await;
    let own = IdentityForm {
        outgoing: Some(journeys::server(
            stage.postfix.submission(),
            Security::StartTls,
            "ines",
        )),
        ..ines()
    };
    let refused = lena.engine.add_identity(account.id, own.clone()).await;
    let refused = refused.expect_err("the account's password is nothing for another server");
    assert!(refused.to_string().contains("password"), "{refused}");
    let wrong = IdentityForm {
        password: Some("wrong".into()),
        ..own.clone()
    };
    assert!(
        lena.engine.add_identity(account.id, wrong).await.is_err(),
        "it is tried before it is saved"
    );
    let right = IdentityForm {
        password: Some(PASSWORD.into()),
        ..own.clone()
    };
    let shop = lena.engine.add_identity(account.id, right).await?;
    let mut content = letter_to("jonas", "By the other way", Asks::default());
    content.identity = Some(shop);
    sent(&lena, &account, content).await?;
    arrived(&stage, "jonas", "By the other way").await;
    eventually("the server to have signed in ines", || async {
        stage
            .postfix
            .log()
            .contains("sasl_username=ines@waxwing.test")
            .then_some(())
    })
    .await;
    // What was known stays known.
    lena.engine
        .change_identity(
            shop,
            IdentityForm {
                name: "Ines".to_owned(),
                ..own
            },
        )
        .await?;
    let mut content = letter_to("jonas", "Once more", Asks::default());
    content.identity = Some(shop);
    sent(&lena, &account, content).await?;

    let usual = lena.engine.identities().await?.into_iter().next().ok_or("one")?;
    assert!(
        lena.engine.remove_identity(usual.id).await.is_err(),
        "an account has one at least"
    );
    let mut content = letter_to("jonas", "After all", Asks::default());
    content.identity = Some(shop);
    let draft = lena.engine.new_draft(Some(account.id), content).await?;
    lena.engine.remove_identity(shop).await?;
    let id = lena.engine.send(draft.id, 0).await?;
    let letter = lena.engine.deliver_now(&account, id).await?;
    assert!(
        matches!(letter.state, SubmissionState::Sent { .. }),
        "{:?}",
        letter.state
    );
    let text = arrived(&stage, "jonas", "After all").await;
    assert!(text.contains("<lena@waxwing.test>"), "as usual: {text}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_an_identity_is_refused_in_a_sentence() -> Outcome {
    let stage = Stage::start()?;
    let lena = Person::new().await;
    let account = lena.add_quietly(form(&stage, "lena", Protocol::Imap)).await;
    for form in [
        IdentityForm {
            email: "nobody".to_owned(),
            ..ines()
        },
        IdentityForm {
            email: "a@b.c, d@e.f".to_owned(),
            ..ines()
        },
        IdentityForm {
            email: "a@b.c>\r\nBcc: <x@y.z".to_owned(),
            ..ines()
        },
        IdentityForm {
            reply_to: "not an address".to_owned(),
            ..ines()
        },
        IdentityForm {
            outgoing: Some(journeys::server(25, Security::Plain, "ines")),
            password: Some("x".into()),
            ..ines()
        },
    ] {
        let email = form.email.clone();
        assert!(
            lena.engine.add_identity(account.id, form).await.is_err(),
            "{email}"
        );
    }
    assert_eq!(lena.engine.identities().await?.len(), 1, "nothing was saved");
    Ok(())
}
