//! How searches that are kept are asked: as they stand, and not as if somebody still typed their last word.

use std::time::Duration;

use waxwing_model::{Keeping, Keywords, NewAccount, Protocol, Retention, Role};
use waxwing_store::{NewEmail, NewMailbox};

use crate::without_keyring::engine;

#[tokio::test]
async fn the_last_word_of_a_search_that_is_kept_is_no_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    engine
        .write(|writing| {
            let account = writing.insert_account(&NewAccount {
                email: "lena@nordlicht.example".into(),
                name: "Lena".into(),
                protocol: Protocol::Local,
                incoming: None,
                outgoing: None,
                retention: Retention::Keep,
                keeping: Keeping::default(),
                extra_ca: None,
                demo: false,
            })?;
            let mailbox = writing.insert_mailbox(&NewMailbox {
                account,
                parent: None,
                name: "Inbox".into(),
                role: Some(Role::Inbox),
                selectable: true,
                path: None,
                delimiter: None,
            })?;
            writing.insert_email(&NewEmail {
                account,
                mailbox,
                uid: None,
                message_id: None,
                in_reply_to: Vec::new(),
                references: Vec::new(),
                subject: "number 4711".into(),
                from: Vec::new(),
                to: Vec::new(),
                cc: Vec::new(),
                bcc: Vec::new(),
                reply_to: Vec::new(),
                sent_at: None,
                received_at: 1_700_000_000,
                size: 400,
                keywords: Keywords::none(),
                has_attachment: false,
                preview: String::new(),
            })
        })
        .await
        .unwrap();
    assert_eq!(engine.search_count("47").await.unwrap(), 1, "as it is typed");
    for query in ["47", "4711"] {
        engine.save_search(query, query).await.unwrap();
    }
    // They are counted behind the scenes.
    let kept = tokio::time::timeout(Duration::from_secs(60), async {
        loop {
            let kept = engine.saved_searches().await.unwrap();
            if kept.iter().all(|search| search.found.is_some()) {
                break kept;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let kept = kept.await.expect("they are counted");
    let counted: Vec<_> = kept.iter().map(|search| search.found).collect();
    assert_eq!(counted, [Some((0, 0)), Some((1, 1))]);
    for search in kept {
        let found = engine.search_count(&search.query).await.unwrap();
        assert_eq!(
            Some(found),
            search.found.map(|(all, _)| all),
            "it opens as it was counted"
        );
        engine
            .change_saved_search(search.id, "renamed", &search.query)
            .await
            .unwrap();
    }
    let again = engine.saved_searches().await.unwrap();
    assert_eq!(again[0].query, "47 ", "a space more is none");
}
