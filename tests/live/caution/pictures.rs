//! What a letter wants from the network, told to its reader, and allowed for those for whom somebody vouches.

use waxwing_engine::{AllowedFor, LinkWarning, Look, Verdict};
use waxwing_testkit::dkim::{Sealer, Sealing};

use super::World;
use super::letters::kettle;

#[tokio::test(flavor = "multi_thread")]
async fn links_and_trackers_of_a_letter_are_told_and_allowed_for_whom_one_likes() {
    let world = World::new().await;
    let shop = Sealer::ed25519("shop.test", "news").unwrap();
    shop.publish(&world.internet.names);
    let sealing = Sealing {
        fields: "from:to:subject:date:message-id:content-type:list-id",
        ..Sealing::default()
    };
    let forged = String::from_utf8(kettle()).unwrap().replace("kettle@", "forged@");
    let forged = forged.replace("Subject: kettle", "Subject: forged");
    world
        .receive("INBOX", &[shop.seal(&kettle(), &sealing), forged.into_bytes()])
        .await;
    let engine = world.engine();
    let email = world.letter("kettle").await;
    let forged = world.letter("forged").await;
    let body = engine.body(email, Look::default()).await.unwrap();
    assert_eq!(
        (body.remote_images, body.trackers),
        (3, 2),
        "pictures, and pixels apart"
    );
    assert_eq!(
        body.remote.hosts,
        [("img.shop.test".to_owned(), 2), ("cdn.test".to_owned(), 1)],
        "whose they are"
    );
    assert!(
        body.document.contains("title=\"shop.test/kettle\""),
        "a link says where it leads"
    );
    assert!(!body.document.contains("utm_source"), "and is clean");
    let odd = engine.look_at_link("https://evil.test/login").await.unwrap();
    assert_eq!(
        odd.warnings,
        [LinkWarning::OtherHost("www.bank.test".into())],
        "its text is known"
    );
    let plain = engine.look_at_link("https://shop.test/kettle").await.unwrap();
    assert_eq!(
        (plain.warnings.len(), plain.removed),
        (0, vec!["utm_source".to_owned()])
    );
    assert!(engine.look_at_link("javascript:alert(1)").await.is_err());
    let senders = engine.tracking_senders().await.unwrap();
    assert_eq!(senders.len(), 1);
    assert_eq!(
        (senders[0].letters, senders[0].address.email.as_str()),
        (1, "news@shop.test")
    );
    assert_eq!(senders[0].by[0].0, "Mailchimp", "{:?}", senders[0].by);
    // Nothing is shown before it is known who vouches, and nobody is asked for the sake of pictures.
    engine
        .allow_images(email, AllowedFor::Domain("shop.test".into()))
        .await
        .unwrap();
    assert!(engine.body(email, Look::default()).await.unwrap().images_held);
    engine
        .forbid_images(AllowedFor::Domain("shop.test".into()))
        .await
        .unwrap();
    engine.who(forged).await.unwrap();
    assert_eq!(engine.who(email).await.unwrap().verdict, Verdict::Vouched);
    for whose in [
        AllowedFor::Sender("News@Shop.test".into()),
        AllowedFor::List("kettles.shop.test".into()),
        AllowedFor::Domain("shop.test".into()),
    ] {
        engine.allow_images(email, whose.clone()).await.unwrap();
        let held = engine.body(forged, Look::default()).await.unwrap();
        assert!(
            held.images_held && held.remote_images == 3,
            "{whose:?}: a letter for which nobody vouches shows none, and says why"
        );
        let shown = engine.body(email, Look::default()).await.unwrap();
        assert_eq!(
            (shown.remote_images, shown.images_held),
            (0, false),
            "{whose:?}: nothing is blocked"
        );
        assert!(!shown.document.contains("list-manage"), "but trackers");
        engine.forbid_images(whose.clone()).await.unwrap();
        let blocked = engine.body(email, Look::default()).await.unwrap();
        assert_eq!(
            blocked.remote_images, 3,
            "{whose:?}: until one thinks better of it"
        );
    }
}
