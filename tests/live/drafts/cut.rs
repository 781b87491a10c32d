//! Drafts filed while the connection breaks at every place where it can, with and without UIDPLUS, and while the server
//! will not take them.

use journeys::cuts::{self, Cut};
use journeys::{Person, form_at};
use waxwing_model::{Account, Change, Role, TroubleKind};
use waxwing_testkit::proxy::{Action as Deed, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions, Proxy};

use super::{Outcome, content, sync, there, write, write_on};

struct Scene {
    dovecot: Dovecot,
    proxy: Proxy,
    lena: Person,
    account: Account,
}

impl Scene {
    async fn new(capabilities: &str) -> Outcome<Self> {
        let dovecot = Dovecot::start(&DovecotOptions {
            capabilities: Some(format!(
                "IMAP4rev1 LITERAL+ SASL-IR ENABLE IDLE NAMESPACE SPECIAL-USE UNSELECT {capabilities}"
            )),
            ..DovecotOptions::default()
        })?;
        let proxy = cuts::proxy(&dovecot).await?;
        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", proxy.port())).await;
        sync(&lena, &account).await;
        Ok(Self {
            dovecot,
            proxy,
            lena,
            account,
        })
    }

    /// A draft in its first version, then in its second; each is pushed, and one of the two is cut.
    async fn round(&self, name: &str, cut: Option<&Cut>, which: usize) -> Outcome {
        let place = cut.map_or("nowhere", |cut| cut.place.as_str()).to_owned();
        let draft = write(&self.lena, &self.account, &format!("{name} 0")).await?;
        for version in 0..2 {
            if version == 1 {
                write_on(&self.lena, &self.account, &draft, &format!("{name} 1")).await?;
            }
            if let Some(cut) = cut.filter(|_| version == which) {
                self.proxy.add(cut.rule.clone());
            }
            let pushed = self.lena.engine.push_once(&self.account).await;
            self.proxy.clear();
            if pushed.is_err() {
                let standing = there(&self.dovecot)?;
                if version == 1 {
                    assert!(!standing.is_empty(), "cut {place}: at every moment there is one");
                }
                self.lena.engine.push_once(&self.account).await?;
            }
            let subject = format!("{name} {version}");
            assert_eq!(
                there(&self.dovecot)?,
                [format!("\\Draft \\Seen {subject}")],
                "cut {place}"
            );
            sync(&self.lena, &self.account).await;
            assert_eq!(
                self.lena.subjects(Role::Drafts).await,
                [subject],
                "cut {place}: and here"
            );
        }
        self.lena.engine.discard_draft(draft.id).await?;
        self.lena.engine.push_once(&self.account).await?;
        assert_eq!(
            there(&self.dovecot)?,
            Vec::<String>::new(),
            "cut {place}: and it goes"
        );
        Ok(())
    }

    async fn run(self, expected: &str) -> Outcome {
        let mut cuts = Vec::new();
        let draft = write(&self.lena, &self.account, "learning").await?;
        for version in 0..2 {
            if version == 1 {
                write_on(&self.lena, &self.account, &draft, "learning more").await?;
            }
            let since = cuts::mark(&self.proxy);
            self.lena.engine.push_once(&self.account).await?;
            let said = cuts::commands(&self.proxy, since).join("\n");
            assert!(said.contains("APPEND"), "{said}");
            assert!(version == 0 || said.contains(expected), "{said}");
            let places = cuts::everywhere(&self.proxy, since);
            // What is said before is the same in each session, and others cut it.
            let places = places.into_iter().filter(|cut| {
                !["LOGIN", "AUTHENTICATE", "CAPABILITY", " ID", "ENABLE"]
                    .iter()
                    .any(|word| cut.place.contains(word))
            });
            cuts.extend(places.map(|cut| (cut, version)));
        }
        self.lena.engine.discard_draft(draft.id).await?;
        self.lena.engine.push_once(&self.account).await?;
        assert!(cuts.len() > 20, "{} places", cuts.len());
        for (number, (cut, version)) in cuts.iter().enumerate() {
            self.round(&format!("letter {number}"), Some(cut), *version)
                .await?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_leaves_one_version_of_a_draft() -> Outcome {
    Scene::new("UIDPLUS MOVE LIST-EXTENDED CONDSTORE")
        .await?
        .run("UID EXPUNGE")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_uidplus_a_cut_anywhere_leaves_one_version_of_a_draft() -> Outcome {
    Scene::new("").await?.run("EXPUNGE").await
}

#[tokio::test(flavor = "multi_thread")]
async fn only_our_own_version_is_deleted() -> Outcome {
    for capabilities in ["UIDPLUS", ""] {
        let scene = Scene::new(capabilities).await?;
        let draft = write(&scene.lena, &scene.account, "one").await?;
        sync(&scene.lena, &scene.account).await;
        let other = scene.dovecot.other_client();
        let raw =
            waxwing_testkit::letters::simple("lena@waxwing.test", "amara@waxwing.test", "marked", "Text.");
        other.deliver("lena", "Drafts", &raw)?;
        other.tell("lena", &["SELECT Drafts", "STORE 2 +FLAGS (\\Deleted)"])?;
        write_on(&scene.lena, &scene.account, &draft, "two").await?;
        sync(&scene.lena, &scene.account).await;
        let standing = there(&scene.dovecot)?;
        assert!(
            standing.contains(&"\\Deleted marked".to_owned()),
            "another client's mark is its own business: {standing:?}"
        );
        assert!(
            standing.contains(&"\\Draft \\Seen two".to_owned()),
            "{standing:?}"
        );
        assert_eq!(
            scene.lena.subjects(Role::Drafts).await,
            ["two"],
            "here there is one"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_the_server_will_not_take_stays_here_and_is_told_once() -> Outcome {
    let scene = Scene::new("UIDPLUS").await?;
    let draft = write(&scene.lena, &scene.account, "one").await?;
    sync(&scene.lena, &scene.account).await;
    let refusal = Deed::answer("{tag} NO [OVERQUOTA] no room");
    scene
        .proxy
        .add(Rule::to_server(When::line("APPEND"), refusal).forever());
    let mut changes = scene.lena.engine.changes();
    write_on(&scene.lena, &scene.account, &draft, "two").await?;
    for _ in 0..2 {
        sync(&scene.lena, &scene.account).await;
    }
    let told = changes.next().await;
    let told = told
        .iter()
        .filter(|change| {
            matches!(change, Change::Trouble { trouble, .. }
                if trouble.kind == TroubleKind::Refused && format!("{trouble:?}").contains("no room"))
        })
        .count();
    assert_eq!(told, 1, "in the server's words");
    assert_eq!(scene.lena.subjects(Role::Drafts).await, ["two"], "it stands here");
    assert_eq!(
        there(&scene.dovecot)?,
        ["\\Draft \\Seen one"],
        "what stood there stays"
    );
    scene.proxy.clear();
    let listed = scene
        .lena
        .letter(Role::Drafts, "two")
        .await
        .ok_or("it is listed")?;
    assert_eq!(
        scene.lena.engine.edit_draft(listed.id).await?.content.bcc,
        content("").bcc
    );
    write_on(&scene.lena, &scene.account, &draft, "three").await?;
    sync(&scene.lena, &scene.account).await;
    assert_eq!(
        there(&scene.dovecot)?,
        ["\\Draft \\Seen three"],
        "the next version is tried at once"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_came_there_unnoticed_goes_though_the_next_try_is_refused() -> Outcome {
    for refused in ["SELECT", "SEARCH"] {
        let scene = Scene::new("UIDPLUS").await?;
        let draft = write(&scene.lena, &scene.account, "one").await?;
        scene
            .proxy
            .add(Rule::to_client(When::line("OK [APPENDUID"), Deed::Cut));
        let cut = scene.lena.engine.push_once(&scene.account).await;
        assert!(cut.is_err(), "nobody learns that it came there");
        assert_eq!(there(&scene.dovecot)?, ["\\Draft \\Seen one"], "and it did");
        let refusal = Deed::answer("{tag} NO not now");
        scene
            .proxy
            .add(Rule::to_server(When::line(refused), refusal).forever());
        scene.lena.engine.push_once(&scene.account).await?;
        scene.proxy.clear();
        write_on(&scene.lena, &scene.account, &draft, "two").await?;
        scene.lena.engine.push_once(&scene.account).await?;
        assert_eq!(
            there(&scene.dovecot)?,
            ["\\Draft \\Seen two"],
            "a NO to {refused} does not mean that the server has nothing"
        );
        sync(&scene.lena, &scene.account).await;
        assert_eq!(scene.lena.subjects(Role::Drafts).await, ["two"], "one here too");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_version_that_the_server_has_stays_until_it_takes_another() -> Outcome {
    let scene = Scene::new("UIDPLUS").await?;
    let draft = write(&scene.lena, &scene.account, "one").await?;
    sync(&scene.lena, &scene.account).await;
    write_on(&scene.lena, &scene.account, &draft, "two").await?;
    scene.proxy.add(Rule::to_server(When::line("APPEND"), Deed::Cut));
    let cut = scene.lena.engine.push_once(&scene.account).await;
    assert!(cut.is_err(), "the second never came there");
    let refusal = Deed::answer("{tag} NO [OVERQUOTA] no room");
    scene
        .proxy
        .add(Rule::to_server(When::line("APPEND"), refusal).forever());
    for subject in ["three", "four"] {
        write_on(&scene.lena, &scene.account, &draft, subject).await?;
        scene.lena.engine.push_once(&scene.account).await?;
        assert_eq!(
            there(&scene.dovecot)?,
            ["\\Draft \\Seen one"],
            "what it has stays while {subject} waits"
        );
        assert_eq!(scene.lena.subjects(Role::Drafts).await, [subject], "one here");
    }
    sync(&scene.lena, &scene.account).await;
    assert_eq!(
        scene.lena.subjects(Role::Drafts).await,
        ["four"],
        "the first one is not shown again"
    );
    scene.proxy.clear();
    write_on(&scene.lena, &scene.account, &draft, "five").await?;
    sync(&scene.lena, &scene.account).await;
    assert_eq!(
        there(&scene.dovecot)?,
        ["\\Draft \\Seen five"],
        "and goes when there is room"
    );
    assert!(
        !scene.lena.engine.has_pending_operations(scene.account.id).await?,
        "all is said"
    );
    Ok(())
}
