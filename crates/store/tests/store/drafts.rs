//! Drafts and the files that hang on them.

use waxwing_model::{Address, Change, DraftContent, DraftOrigin, ResponseKind};
use waxwing_store::StoreError;

use crate::scene::Scene;

#[test]
fn a_draft_is_kept_with_its_origin_and_its_files() {
    let scene = Scene::new();
    let answered = scene.add(&scene.letter(1));
    let origin = DraftOrigin {
        email: answered,
        kind: ResponseKind::ReplyAll,
    };
    let content = DraftContent {
        to: vec![Address::new("Amara", "amara@lighthouse.example")],
        subject: "Re: letter".to_owned(),
        html: "<p>Yes</p>".to_owned(),
        ..DraftContent::default()
    };
    scene.told();
    let (draft, picture) = scene
        .store
        .write(|w| {
            let references = ["1@orchard.example".to_owned()];
            let draft = w.insert_draft(scene.account, &content, Some(origin), &references, &references)?;
            let picture = w.attach(
                draft,
                "bird.png",
                "image/png",
                &b"\x89PNG".to_vec().into(),
                Some("bird@waxwing"),
            )?;
            w.attach(draft, "list.txt", "text/plain", &Vec::new().into(), None)?;
            Ok((draft, picture))
        })
        .unwrap();
    assert_eq!(scene.told(), [Change::Drafts]);
    let kept = scene.store.read(|r| r.draft(draft)).unwrap().unwrap();
    assert_eq!(
        (kept.content.clone(), kept.origin),
        (content.clone(), Some(origin))
    );
    assert_eq!(kept.references, ["1@orchard.example"]);
    let files: Vec<_> = kept
        .attachments
        .iter()
        .map(|file| (file.name.as_str(), file.size))
        .collect();
    assert_eq!(
        files,
        [("bird.png", 4), ("list.txt", 0)],
        "in the order in which they were attached"
    );
    scene
        .store
        .read(|r| {
            let data = r.attachment_data(picture)?.expect("it is there");
            assert_eq!(data.beginning(99).unwrap(), b"\x89PNG");
            assert_eq!(r.attachment_content_id(picture)?.as_deref(), Some("bird@waxwing"));
            assert_eq!(r.drafts()?, [kept]);
            Ok(())
        })
        .unwrap();

    scene.store.write(|w| w.detach(picture)).unwrap();
    let changed = DraftContent {
        html: "<p>No</p>".to_owned(),
        ..content
    };
    scene
        .store
        .write(|w| w.save_draft(draft, scene.account, &changed))
        .unwrap();
    let kept = scene.store.read(|r| r.draft(draft)).unwrap().unwrap();
    assert_eq!((kept.content, kept.attachments.len()), (changed, 1));

    scene.store.write(|w| w.remove_draft(draft)).unwrap();
    assert_eq!(
        scene.number("SELECT count(*) FROM draft_attachment"),
        0,
        "its files went with it"
    );
    let late = scene
        .store
        .write(|w| w.save_draft(draft, scene.account, &DraftContent::default()));
    assert!(
        matches!(late, Err(StoreError::NoSuch { what: "draft", .. })),
        "it does not come back: {late:?}"
    );
}
