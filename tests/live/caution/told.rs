//! Who hears that a letter was opened: those whose server answers for a picture that is this reader's alone, and nobody who was not
//! asked or was not there.

use waxwing_engine::Look;
use waxwing_testkit::web::Page;

use super::World;
use super::pictures::{POINT, token};

/// A letter of a shop of this name with these pictures.
fn letter(name: &str, pictures: &[&str]) -> Vec<u8> {
    let pictures: String = pictures
        .iter()
        .map(|address| format!("<img src=\"{address}\">\r\n"))
        .collect();
    format!(
        "From: Shop <news@{name}.test>\r\nTo: lena@waxwing.test\r\nSubject: {name}\r\nMessage-ID: <{name}@{name}.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{pictures}"
    )
    .into_bytes()
}

/// With pictures.
fn shown() -> Look {
    Look {
        remote_images: true,
        ..Look::default()
    }
}

/// In how many letters each shop was told, by its name.
async fn told(world: &World) -> Vec<(String, u32)> {
    let senders = world.engine().tracking_senders().await.unwrap();
    let mut told: Vec<_> = senders
        .into_iter()
        .map(|sender| (sender.address.email, sender.told))
        .collect();
    told.sort();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_was_told_whose_server_answered_and_nobody_else() {
    let world = World::new().await;
    world
        .internet
        .publish_all("img.nordlicht.test", move |asked| match asked.path.as_str() {
            path if path.starts_with("/refused") => Page::Status(404),
            path if path.starts_with("/within") => Page::Redirect("https://127.0.0.2/point.png".into()),
            _ => Page::File(POINT.to_vec()),
        });
    let own = |place: &str| format!("https://img.nordlicht.test/{place}/lena@waxwing.test.png");
    let letters = [
        letter("fetched", &[&own("point"), &own("point-2")]),
        letter("refused", &[&own("refused")]),
        letter("within", &[&own("within")]),
        letter("gone", &["https://nowhere.test/lena@waxwing.test.png"]),
        letter("here", &["https://127.0.0.2/lena@waxwing.test.png"]),
        // What is everybody's tells nobody, whoever serves it.
        letter("logo", &["https://img.nordlicht.test/logo.png", &own("logo")]),
        letter("unasked", &[&own("unasked")]),
    ];
    world.receive("INBOX", &letters).await;
    let engine = world.engine();
    for shop in ["fetched", "refused", "within", "gone", "here", "logo", "unasked"] {
        let body = engine.body(world.letter(shop).await, shown()).await.unwrap();
        let numbers = match shop {
            "unasked" => 0..0,
            "fetched" => 0..2,
            _ => 0..1,
        };
        for number in numbers {
            let name = format!("remote/{number}");
            let is_shown = engine.picture(token(&body.document), &name).await.is_ok();
            assert_eq!(is_shown, matches!(shop, "fetched" | "logo"), "{shop}");
        }
    }
    let expected = [
        ("news@fetched.test".to_owned(), 1),
        ("news@gone.test".to_owned(), 0),
        ("news@here.test".to_owned(), 0),
        ("news@logo.test".to_owned(), 0),
        ("news@refused.test".to_owned(), 1),
        ("news@unasked.test".to_owned(), 0),
        ("news@within.test".to_owned(), 1),
    ];
    assert_eq!(told(&world).await, expected);
    // What was told stays told, however the letter is looked at later.
    engine
        .body(world.letter("fetched").await, Look::default())
        .await
        .unwrap();
    assert_eq!(told(&world).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_was_made_ready_ahead_tells_when_it_is_drawn() {
    let world = World::new().await;
    world
        .internet
        .publish_all("img.nordlicht.test", |_| Page::File(POINT.to_vec()));
    let address = "https://img.nordlicht.test/lena@waxwing.test.png";
    world.receive("INBOX", &[letter("ahead", &[address])]).await;
    let engine = world.engine();
    let email = world.letter("ahead").await;
    let ahead = engine.body_ahead(email, shown()).await.unwrap().unwrap();
    assert_eq!(told(&world).await, [], "nobody has opened it");
    engine.picture(token(&ahead.document), "remote/0").await.unwrap();
    let expected = [("news@ahead.test".to_owned(), 1)];
    assert_eq!(told(&world).await, expected, "its picture was asked for");
    engine.body(email, shown()).await.unwrap();
    assert_eq!(told(&world).await, expected);
    let senders = engine.tracking_senders().await.unwrap();
    assert_eq!(senders[0].pictures, 1, "and is counted once");
}
