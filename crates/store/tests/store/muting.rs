//! Conversations that nobody wants to hear of.

use waxwing_model::{
    EmailId, Keyword, Keywords, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource,
};
use waxwing_store::NewEmail;

use crate::conversations::{again, answering, chain};
use crate::scene::Scene;

#[test]
fn nothing_is_heard_of_what_comes_to_a_muted_conversation_and_its_rows_say_so() {
    let scene = Scene::new();
    let letters = chain(&scene);
    let emails: Vec<EmailId> = letters[..2].iter().map(|letter| scene.add(letter)).collect();
    scene.store.write(|w| w.mute(&[emails[1]], true)).unwrap();
    let unread = || scene.number("SELECT unread FROM mailbox WHERE role = 'inbox'");
    let before = unread();
    let came = scene.add(&letters[3]);
    let seen = scene.store.read(|r| r.email(came)).unwrap().unwrap().keywords;
    assert!(seen.has(Keyword::SEEN), "it counts as read");
    assert_eq!(unread(), before, "and is not counted");
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox: scene.inbox },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let muted = || scene.store.read(|r| r.page(&listing, 0, 1)).unwrap()[0].muted;
    assert!(muted(), "the row shows it");

    // Only the newest is left when the rest is forgotten, and it remembers.
    let emails = [emails, vec![came]].concat();
    let back = again(
        &scene,
        &[letters[0].clone(), letters[1].clone(), letters[3].clone()],
        &emails,
        &[2, 0, 1],
    );
    assert!(muted(), "fetched again, too");
    assert_eq!(
        scene.store.write(|w| w.mute(&[back[0]], false)).unwrap().len(),
        3,
        "any of them leads to it when this is taken back"
    );
    assert!(!muted());
    let next = scene.add(&letters[2]);
    assert!(
        !scene
            .store
            .read(|r| r.email(next))
            .unwrap()
            .unwrap()
            .keywords
            .has(Keyword::SEEN)
    );
    assert_eq!(
        scene.number("SELECT count(*) FROM conversation_wish"),
        0,
        "nothing is left to remember"
    );
}

#[test]
fn the_server_hears_that_a_letter_of_a_muted_conversation_is_read() {
    let scene = Scene::new();
    let first = scene.add(&scene.letter(1));
    scene.store.write(|w| w.mute(&[first], true)).unwrap();
    let came = scene.add(&NewEmail {
        uid: Some(7),
        ..answering(&scene, 2, &[1])
    });
    let waiting = scene.store.read(|r| r.operations_on(came)).unwrap();
    assert_eq!(waiting.len(), 1, "one line of the journal");
    let read = NewEmail {
        uid: Some(8),
        keywords: Keywords::only(Keyword::SEEN),
        ..answering(&scene, 3, &[1])
    };
    let read = scene.add(&read);
    assert!(
        scene.store.read(|r| r.operations_on(read)).unwrap().is_empty(),
        "there is nothing to tell of one that was read"
    );
}
