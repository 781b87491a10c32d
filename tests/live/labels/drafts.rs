//! A draft written further: on each kind of server the last version stands in Drafts, and nothing is expunged where it
//! must not be.

use waxwing_model::{Address, DraftContent};
use waxwing_testkit::labels::Semantics;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn one_version_of_a_draft_stands_in_drafts_and_nothing_is_expunged_but_in_trash() -> Outcome {
    for semantics in [Semantics::Gmail, Semantics::Objects] {
        let scene = Scene::new(semantics).await;
        scene.sync().await;
        let engine = &scene.lena.engine;
        let draft = engine
            .new_draft(Some(scene.account.id), DraftContent::default())
            .await?;
        for subject in ["one", "two", "three"] {
            let content = DraftContent {
                to: vec![Address::new("", "jonas@waxwing.test")],
                subject: subject.into(),
                html: "<div>Good morning.</div>".into(),
                ..DraftContent::default()
            };
            engine.save_draft(draft.id, scene.account.id, content).await?;
            engine.close_draft(draft.id).await?;
            for _ in 0..2 {
                scene.sync().await;
            }
            let listed = scene.lena.subjects(Role::Drafts).await;
            assert_eq!(listed, [subject], "{semantics:?}: the last version alone");
        }
        assert_eq!(scene.letters("one").await, [], "{semantics:?}: shown nowhere");
        if semantics == Semantics::Gmail {
            let elsewhere = scene
                .expunged_in()
                .into_iter()
                .filter(|mailbox| mailbox != TRASH)
                .count();
            assert_eq!(elsewhere, 0, "what an expunge does elsewhere is a setting");
        }
        engine.discard_draft(draft.id).await?;
        for _ in 0..2 {
            scene.sync().await;
        }
        assert_eq!(
            scene.lena.subjects(Role::Drafts).await,
            Vec::<String>::new(),
            "{semantics:?}"
        );
        scene.assert_in_step().await;
    }
    Ok(())
}
