//! How full accounts are and how large their mailboxes are, as servers said last.

use std::collections::HashMap;

use waxwing_model::{Change, Quota};

use crate::scene::{Scene, lena};

#[test]
fn the_room_of_an_account_is_kept_told_when_it_changes_and_gone_with_it() {
    let scene = Scene::new();
    let quota = Quota {
        used: 2_100_000_000,
        limit: 15_000_000_000,
    };
    let set = |quota| scene.store.write(|w| w.set_quota(scene.account, quota)).unwrap();
    set(Some(quota));
    assert_eq!(scene.told(), [Change::Accounts]);
    assert_eq!(scene.store.read(|r| r.quota(scene.account)).unwrap(), Some(quota));
    set(Some(quota));
    assert!(scene.told().is_empty(), "nobody hears of what is as it was");
    let second = scene.store.write(|w| w.insert_account(&lena())).unwrap();
    let absurd = Quota {
        used: u64::MAX,
        limit: 1,
    };
    scene.store.write(|w| w.set_quota(second, Some(absurd))).unwrap();
    let all = scene.store.read(|r| r.quotas()).unwrap();
    assert_eq!(all.len(), 2);
    assert!(
        all.get(&second).is_some_and(|quota| quota.used > 1 << 62),
        "an absurd answer is kept as something very large"
    );
    set(None);
    assert_eq!(scene.store.read(|r| r.quota(scene.account)).unwrap(), None);
    scene.store.write(|w| w.remove_account(second)).unwrap();
    assert_eq!(scene.store.read(|r| r.quotas()).unwrap(), HashMap::new());
}

#[test]
fn the_size_of_a_mailbox_is_kept_and_gone_with_it() {
    let scene = Scene::new();
    let archive = scene.archive;
    for size in [5, 6_000_000_000] {
        scene.store.write(|w| w.set_mailbox_size(archive, size)).unwrap();
    }
    let sizes = scene.store.read(|r| r.mailbox_sizes()).unwrap();
    assert_eq!(sizes, HashMap::from([(archive, 6_000_000_000)]));
    scene.store.write(|w| w.remove_mailbox(archive)).unwrap();
    assert!(scene.store.read(|r| r.mailbox_sizes()).unwrap().is_empty());
}
