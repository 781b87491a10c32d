//! What a letter wants from the network, told to its reader, and allowed for those for whom somebody vouches.

use waxwing_engine::{AllowedFor, Holds, LinkWarning, Look, Verdict};
use waxwing_testkit::dkim::{Sealer, Sealing};

use waxwing_testkit::web::Page;

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
    let nobody = Holds::default();
    assert_eq!(
        engine.who(forged).await.unwrap().pictures,
        nobody,
        "nobody is offered over a letter for which nobody vouches"
    );
    let who = engine.who(email).await.unwrap();
    assert_eq!(who.verdict, Verdict::Vouched);
    let both = Holds {
        sender: true,
        list: true,
    };
    assert_eq!(who.pictures, both, "and what is offered holds");
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

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_a_house_is_allowed_whichever_door_they_write_from() {
    let world = World::new().await;
    let shop = Sealer::ed25519("shop.test", "news").unwrap();
    shop.publish(&world.internet.names);
    let letter = |subject: &str, door: &str| {
        let raw = String::from_utf8(kettle()).unwrap();
        let raw = raw.replace("news@shop.test", &format!("news@{door}"));
        let raw = raw.replace("Subject: kettle", &format!("Subject: {subject}"));
        let sealing = Sealing {
            fields: "from:to:subject:date:message-id:content-type:list-id",
            ..Sealing::default()
        };
        shop.seal(
            raw.replace("<kettle@", &format!("<{subject}@")).as_bytes(),
            &sealing,
        )
    };
    world
        .receive(
            "INBOX",
            &[
                letter("first", "mail.shop.test"),
                letter("second", "news.shop.test"),
            ],
        )
        .await;
    let engine = world.engine();
    let first = world.letter("first").await;
    let house = engine.body(first, Look::default()).await.unwrap().house;
    assert_eq!(house.as_deref(), Some("shop.test"), "what is offered");
    // An older window names the host, which is of the same house.
    for named in ["shop.test", "mail.shop.test"] {
        let whose = AllowedFor::Domain(named.into());
        engine.allow_images(first, whose.clone()).await.unwrap();
        for subject in ["first", "second"] {
            assert_eq!(world.who(subject).await.verdict, Verdict::Vouched);
            let body = engine
                .body(world.letter(subject).await, Look::default())
                .await
                .unwrap();
            assert_eq!(body.remote_images, 0, "{subject} after {named} was allowed");
        }
        engine.forbid_images(whose).await.unwrap();
        let body = engine.body(first, Look::default()).await.unwrap();
        assert_eq!(body.remote_images, 3, "{named}: until one thinks better of it");
        assert_eq!(engine.images_allowed().await.unwrap(), []);
    }
}

/// A picture of one point, as far as anybody looks.
pub(super) const POINT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// The tokens of the frame's pictures.
pub(super) fn token(document: &str) -> &str {
    let (_, rest) = document.split_once("letter://localhost/").unwrap();
    rest.split('/').next().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_fetched_once_for_a_letter_whatever_they_are_called_and_tell_nothing_of_who_reads() {
    let world = World::new().await;
    let point = POINT.to_vec();
    world
        .internet
        .publish_all("img.nordlicht.test", move |asked| match asked.path.as_str() {
            "/page.png" => Page::Body("<html>".into()),
            "/away.png" => Page::Redirect("https://127.0.0.2/secret.png".into()),
            _ => Page::File(point.clone()),
        });
    let names: Vec<String> = (0..310).map(|number| format!("{number}.png")).collect();
    let pictures: String = ["page.png", "away.png"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .map(|name| format!("<img src=\"https://img.nordlicht.test/{name}\">\n"))
        .collect();
    let raw = format!(
        "From: News <news@nordlicht.test>\r\nTo: lena@waxwing.test\r\nSubject: many\r\nMessage-ID: <many@nordlicht.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{pictures}\r\n"
    );
    world.receive("INBOX", &[raw.into_bytes()]).await;
    let engine = world.engine();
    let email = world.letter("many").await;
    let asked = || world.internet.web.asked();
    for dark in [false, true, false] {
        let look = Look {
            dark,
            remote_images: true,
            ..Look::default()
        };
        let body = engine.body(email, look).await.unwrap();
        let token = token(&body.document);
        for number in 2..5 {
            let found = engine.picture(token, &format!("remote/{number}")).await.unwrap();
            assert_eq!((found.0, &*found.1), ("image/png", POINT), "picture {number}");
        }
        assert_eq!(
            asked().len(),
            3,
            "each once, however often the letter is drawn: {:?}",
            asked()
        );
    }
    for asked in asked() {
        let head = asked.head.to_lowercase();
        assert!(
            !head.contains("cookie") && !head.contains("referer") && !head.contains("waxwing"),
            "{head}"
        );
        assert!(head.contains("accept: image/*"), "{head}");
    }
    let look = Look {
        remote_images: true,
        ..Look::default()
    };
    let document = engine.body(email, look).await.unwrap().document;
    let token = token(&document);
    for number in [0, 1, 300, 9_999] {
        assert!(
            engine.picture(token, &format!("remote/{number}")).await.is_err(),
            "{number}: a page, a way into this computer, one picture too many, and none"
        );
    }
    assert_eq!(asked().len(), 5, "and nobody was asked for those beyond");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_without_end_and_one_that_leads_on_and_on_are_not_shown() {
    let world = World::new().await;
    let endless = [POINT, &vec![0; 10 << 20]].concat();
    world
        .internet
        .publish_all("img.nordlicht.test", move |asked| match asked.path.as_str() {
            "/endless.png" => Page::File(endless.clone()),
            _ => Page::Redirect("https://img.nordlicht.test/round.png".into()),
        });
    let raw = "From: News <news@nordlicht.test>\r\nTo: lena@waxwing.test\r\nSubject: endless\r\n\
        Message-ID: <endless@nordlicht.test>\r\nDate: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: text/html\r\n\r\n<img src=\"https://img.nordlicht.test/endless.png\">\r\n\
        <img src=\"https://img.nordlicht.test/round.png\">\r\n";
    world.receive("INBOX", &[raw.as_bytes().to_vec()]).await;
    let look = Look {
        remote_images: true,
        ..Look::default()
    };
    let email = world.letter("endless").await;
    let document = world.engine().body(email, look).await.unwrap().document;
    for number in [0, 1] {
        let name = format!("remote/{number}");
        let shown = world.engine().picture(token(&document), &name).await;
        assert!(shown.is_err(), "{number}");
    }
    let asked = world.internet.web.asked();
    let round = asked.iter().filter(|one| one.path == "/round.png").count();
    assert!(round > 1, "it is followed");
    assert!(round < 8, "a few times: {round}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_came_with_a_letter_are_shown_whatever_they_are_called() {
    let world = World::new().await;
    let part = |id: &str, kind: &str, what: &str| {
        format!(
            "--b\r\nContent-Type: {kind}\r\nContent-ID: <{id}>\r\nContent-Transfer-Encoding: base64\r\n\r\n{what}\r\n"
        )
    };
    let point = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA=";
    // The same with 65,535 times 65,535 points.
    let huge = "iVBORw0KGgoAAAANSUhEUgAA//8AAP//";
    let raw = [
        "From: jonas@fjord.test\r\nTo: lena@waxwing.test\r\nSubject: report\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
         <img src=cid:one@x><img src=cid:two@x><img src=cid:huge@x><img src=cid:page@x>\r\n",
        &part("one@x", "image/png", point),
        &part("two@x", "application/octet-stream; name=logo.png", point),
        &part("huge@x", "image/png", huge),
        &part("page@x", "image/png", "PHN2ZyBvbmxvYWQ9eD4="),
        "--b--\r\n",
    ]
    .concat();
    world.receive("INBOX", &[raw.into_bytes()]).await;
    let engine = world.engine();
    let email = world.letter("report").await;
    let body = engine.body(email, Look::default()).await.unwrap();
    let token = token(&body.document);
    let (one, two) = tokio::join!(
        engine.picture(token, "cid/one@x"),
        engine.picture(token, "cid/two@x")
    );
    for found in [one.unwrap(), two.unwrap()] {
        assert_eq!((found.0, &*found.1), ("image/png", POINT));
    }
    for id in ["huge@x", "page@x", "none@x"] {
        assert!(
            engine.picture(token, &format!("cid/{id}")).await.is_err(),
            "{id} is no picture that can be drawn"
        );
    }
    assert_eq!(
        body.attachments.len(),
        2,
        "what is not drawn is a file: {:?}",
        body.attachments
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_behind_the_text_are_blocked_and_fetched_like_any_other() {
    let world = World::new().await;
    world
        .internet
        .publish_all("img.nordlicht.test", |_| Page::File(POINT.to_vec()));
    let point = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA=";
    let raw = format!(
        "From: News <news@nordlicht.test>\r\nTo: lena@waxwing.test\r\nSubject: behind\r\nMessage-ID: <behind@nordlicht.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Location: https://nordlicht.test/news/\r\n\r\n\
         <link rel=stylesheet href=https://img.nordlicht.test/a.css><style>:root{{--hero:url(https://img.nordlicht.test/hero.png)}}\
         .hero{{background:var(--hero)}} a:hover{{background:url(https://img.nordlicht.test/told.png)}}</style>\
         <form><table background=https://img.nordlicht.test/paper.png><tr><td class=hero \
         style=\"background-image:url('cid:one@x')\">x<img src=logo.png></table></form>\r\n\
         --b\r\nContent-Type: image/png\r\nContent-ID: <one@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n{point}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-Location: https://nordlicht.test/news/logo.png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{point}\r\n--b--\r\n"
    );
    world.receive("INBOX", &[raw.into_bytes()]).await;
    let engine = world.engine();
    let email = world.letter("behind").await;
    let body = engine.body(email, Look::default()).await.unwrap();
    assert_eq!(body.remote_images, 3, "those behind the text are counted");
    assert_eq!(
        body.remote.hosts,
        [("img.nordlicht.test".to_owned(), 3)],
        "and named"
    );
    assert_eq!((body.left_out.style_sheets, body.left_out.forms), (1, 1));
    assert_eq!(body.attachments, [], "both that came with the letter are shown");
    for name in ["cid/one@x", "in/3"] {
        let found = engine.picture(token(&body.document), name).await.unwrap();
        assert_eq!((found.0, &*found.1), ("image/png", POINT), "{name}");
    }
    for name in ["remote/0", "in/1", "in/9"] {
        assert!(
            engine.picture(token(&body.document), name).await.is_err(),
            "{name}"
        );
    }
    assert!(
        world.internet.web.asked().is_empty(),
        "nobody was asked for anything"
    );
    let look = Look {
        remote_images: true,
        ..Look::default()
    };
    let body = engine.body(email, look).await.unwrap();
    let wanted: Vec<&str> = body
        .document
        .match_indices("/remote/")
        .filter_map(|(at, _)| body.document.get(at + 1..at + 9))
        .collect();
    assert_eq!(
        wanted.len(),
        2,
        "but not what would tell where the pointer is: {wanted:?}"
    );
    for name in ["remote/0", "remote/1"] {
        let found = engine.picture(token(&body.document), name).await.unwrap();
        assert_eq!((found.0, &*found.1), ("image/png", POINT), "{name}");
    }
    let mut paths: Vec<String> = world
        .internet
        .web
        .asked()
        .into_iter()
        .map(|asked| asked.path)
        .collect();
    paths.sort();
    assert_eq!(paths, ["/hero.png", "/paper.png"]);
}
