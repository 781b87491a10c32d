//! Drafts and the files that hang on them.

use waxwing_model::{Address, Change, DraftContent, DraftOrigin, ResponseKind};
use waxwing_store::{FiledDraft, StoreError};

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

#[test]
fn a_draft_is_filed_anew_when_it_was_written_further_or_lost_and_forgotten_when_it_is_gone_elsewhere() {
    let scene = Scene::new();
    let store = &scene.store;
    let begin = || {
        store
            .write(|w| w.insert_draft(scene.account, &DraftContent::default(), None, &[], &[]))
            .unwrap()
    };
    let version = |draft| store.read(|r| r.draft(draft)).unwrap().unwrap().updated_at;
    let due = || store.read(|r| r.drafts_to_file()).unwrap();
    let file = |draft, number, arrived| {
        let email = scene.add(&scene.letter(number));
        let filed = FiledDraft {
            email: Some(email),
            version: version(draft),
            arrived,
        };
        store.write(|w| w.note_filed(draft, &filed)).unwrap();
        email
    };
    let (sent, lost, open) = (begin(), begin(), begin());
    assert_eq!(due(), [sent, lost, open], "none stands anywhere");
    let emails = [file(sent, 1, true), file(lost, 2, false), file(open, 3, true)];
    assert_eq!(due(), [], "all do");
    assert_eq!(store.read(|r| r.draft_filed_as(emails[1])).unwrap(), Some(lost));
    store
        .write(|w| w.save_draft(open, scene.account, &DraftContent::default()))
        .unwrap();
    assert_eq!(
        due(),
        [open],
        "one was written further, if only within a millisecond"
    );
    store
        .write(|w| emails.iter().try_for_each(|email| w.remove_email(*email)))
        .unwrap();
    assert_eq!(due(), [lost, open], "what never came to its server is due again");
    assert_eq!(store.read(|r| r.lost_drafts()).unwrap(), [lost]);
    store.write(|w| w.forget_forsaken_drafts(None)).unwrap();
    let left: Vec<_> = store
        .read(|r| r.drafts())
        .unwrap()
        .into_iter()
        .map(|draft| draft.id)
        .collect();
    assert!(!left.contains(&sent), "what was finished elsewhere is forgotten");
    assert_eq!(left.len(), 2, "and nothing else");
}
