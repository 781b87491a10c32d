//! Pages of the list of files: what is on one goes on behind the one before it, while letters come and go.

use waxwing_model::{AccountId, MailboxId};

use super::*;

/// A letter of this number, which comes then and is called so.
async fn put(engine: &Engine, (account, mailbox): (AccountId, MailboxId), number: i64) -> EmailId {
    let put = engine.write(move |writing| {
        let raw = from("Jonas <jonas@orchard.test>", &format!("{number}"));
        let circumstances = Circumstances {
            received_at: number,
            keywords: Keywords::default(),
            uid: None,
        };
        insert_whole(writing, account, mailbox, raw.as_bytes(), circumstances)
    });
    put.await.expect("it comes")
}

#[tokio::test]
async fn further_pages_go_on_with_the_list_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let home = inbox(&engine).await;
    let mut letters = Vec::new();
    for number in 1..=6 {
        letters.push(put(&engine, home, number).await);
    }
    let page = async |behind| {
        let source = FileSource::Mailboxes(vec![home.1]);
        let page = engine
            .files(source, FilesOrder::Newest, "", behind, 2)
            .await
            .unwrap();
        let names = page.files.into_iter().map(|each| each.letter.subject);
        (names.collect::<Vec<_>>().join(" "), page.next, page.total)
    };
    let begin = async || {
        let (names, next, total) = page(None).await;
        (names, next.expect("there is more"), total)
    };
    let (names, behind_5, total) = begin().await;
    assert_eq!((names.as_str(), total), ("6 5", 6));
    put(&engine, home, 7).await;
    let gone = letters[3];
    engine
        .write(move |writing| writing.remove_email(gone))
        .await
        .unwrap();
    let (names, behind_2, total) = page(Some(behind_5)).await;
    assert_eq!(
        (names.as_str(), behind_2.is_some(), total),
        ("3 2", true, 6),
        "none comes twice, and what went is passed over"
    );
    assert_eq!(page(behind_2).await, ("1".to_owned(), None, 6));
    let (names, _, total) = begin().await;
    assert_eq!(
        (names.as_str(), total),
        ("7 6", 6),
        "who begins anew sees what came"
    );
    let (names, ..) = page(Some(behind_5)).await;
    assert_eq!(names, "3 2", "and whoever goes on does so behind the same file");
    engine
        .write(move |writing| writing.remove_email(letters[4]))
        .await
        .unwrap();
    begin().await;
    let (names, ..) = page(Some(behind_5)).await;
    assert_eq!(names, "6 3", "or from its row on, where it went");
}

#[tokio::test]
async fn a_page_that_comes_late_leaves_the_list_that_was_made_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let asked = |words: &str| Asked {
        source: FileSource::Starred,
        order: FilesOrder::Newest,
        words: words.to_owned(),
    };
    let file = |number| FilePlace {
        email: EmailId(number),
        place: 0,
    };
    let list = |number| Made {
        state: None,
        files: Arc::new(vec![file(number)]),
    };
    let lists = &engine.inner.file_lists;
    let found = |words: &str| lists.find(&asked(words)).map(|made| made.files.to_vec());
    lists.keep(asked("old"), list(1));
    let behind = FilesBehind {
        file: file(1),
        row: 0,
    };
    let late = engine.files(FileSource::Starred, FilesOrder::Newest, "old", Some(behind), 10);
    tokio::pin!(late);
    // It has found its list, and mostly waits for the store.
    let waits =
        std::future::poll_fn(|context| std::task::Poll::Ready(late.as_mut().poll(context).is_pending()));
    let waits = waits.await;
    lists.keep(asked("old"), list(2));
    if waits {
        late.await.unwrap();
    }
    assert_eq!(found("old"), Some(vec![file(2)]));
    lists.keep(asked("other"), list(3));
    assert!(found("old").is_some());
    lists.keep(asked("third"), list(4));
    assert_eq!(
        (found("old"), found("other")),
        (Some(vec![file(2)]), None),
        "the one that was gone on with stays"
    );
}

#[tokio::test]
async fn a_list_is_made_anew_where_something_was_written_since_and_not_for_each_look() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let home = inbox(&engine).await;
    put(&engine, home, 1).await;
    let source = FileSource::Mailboxes(vec![home.1]);
    let look = async || {
        let page = engine
            .files(source.clone(), FilesOrder::Size, "", None, 10)
            .await
            .unwrap();
        let asked = Asked {
            source: source.clone(),
            order: FilesOrder::Size,
            words: String::new(),
        };
        let made = engine.inner.file_lists.find(&asked).expect("it is kept");
        (page.total, made.files)
    };
    let (total, first) = look().await;
    let (again, second) = look().await;
    assert_eq!((total, again), (1, 1));
    assert!(Arc::ptr_eq(&first, &second), "it is the same list");
    put(&engine, home, 2).await;
    let (total, third) = look().await;
    assert_eq!(total, 2);
    assert!(!Arc::ptr_eq(&second, &third), "it is another");
    engine.stop().await;
}
