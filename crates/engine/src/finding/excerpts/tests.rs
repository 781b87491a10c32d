//! Excerpts of letters as they are put into the store: of their texts, of the names of their files, and of what stands in those.

use waxwing_model::{Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource};
use waxwing_store::NewEmail;

use super::*;
use crate::lena;
use crate::letters::ingest;
use crate::without_keyring::{engine, inbox};

const FILLER: &str = "Nothing of that kind stands here. ";

/// A letter with a word deep in its text and two files, of which a reader gets one text more than a megabyte.
fn letter(files: &[(&str, &str)]) -> Vec<u8> {
    let mut raw = format!(
        "From: Amara <amara@kustwerk.example>\r\nSubject: the boathouse\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n> The ket\u{200b}tle whistles in 東京都.\r\n",
        FILLER.repeat(20)
    );
    for (name, text) in files {
        raw.push_str(&format!(
            "--b\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{text}\r\n"
        ));
    }
    raw.push_str("--b--\r\n");
    raw.into_bytes()
}

async fn put(engine: &Engine, raws: Vec<Vec<u8>>) -> Vec<EmailId> {
    let (account, mailbox) = inbox(engine).await;
    let put = engine.write(move |writing| {
        let mut letters = Vec::new();
        for raw in raws {
            let facts = ingest::facts(&raw);
            let id = writing.insert_email(&NewEmail {
                has_attachment: true,
                preview: facts.preview.clone(),
                ..lena::letter(account, mailbox, "the boathouse")
            })?;
            writing.put_body(id, &raw, &facts)?;
            letters.push(id);
        }
        Ok(letters)
    });
    let letters = put.await.unwrap();
    engine.index_now().await.unwrap();
    letters
}

async fn found(engine: &Engine, query: &str) -> Vec<EmailId> {
    let letters = engine.search(query, 10).await.unwrap();
    letters.into_iter().map(|letter| letter.id).collect()
}

/// An excerpt in one line, with its marks in brackets.
fn told(excerpt: Option<&Excerpt>) -> String {
    let marked = |said: &MarkedText| {
        let mut text = said.text.clone();
        for place in said.marks.iter().rev() {
            text.insert(place.end, ']');
            text.insert(place.start, '[');
        }
        text
    };
    match excerpt {
        None => "the row".to_owned(),
        Some(Excerpt::Text(said)) => marked(said),
        Some(Excerpt::FileName(said)) => format!("name: {}", marked(said)),
        Some(Excerpt::NameAndText { name, said }) => format!("name: {}, {}", marked(name), marked(said)),
        Some(Excerpt::Elsewhere) => "elsewhere".to_owned(),
        Some(Excerpt::InFile { name, said }) => format!("in {name}: {}", marked(said)),
        Some(Excerpt::InSomeFile) => "in some file".to_owned(),
    }
}

#[tokio::test]
async fn a_row_is_told_why_its_letter_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let files = [
        ("berths.csv", "anchorage;12"),
        ("invoice.csv", "no;4711\r\nno;4712"),
    ];
    let letters = put(&engine, vec![letter(&files), letter(&[])]).await;
    for (query, expected) in [
        ("kettle ", "… here. The [kettle] whistles in 東京都."),
        ("\"kettle whistles\" ", "… here. The [kettle whistles] in 東京都."),
        ("京都 ", "… whistles in 東[京都]."),
        ("boathouse ", "the row"),
        ("berth", "name: [berth]s.csv"),
        (
            "filename:berths \"kettle whistles\" ",
            "name: [berths].csv, … here. The [kettle whistles] in 東京都.",
        ),
        ("4711 ", "in invoice.csv: no;[4711] no;4712"),
        ("kettle anchor", "in berths.csv: [anchor]age;12"),
    ] {
        assert!(
            found(&engine, query).await.contains(&letters[0]),
            "{query}: it is found so"
        );
        let excerpts = engine.excerpts(query, vec![letters[0]]).await.unwrap();
        assert_eq!(told(excerpts[0].as_ref()), expected, "{query}");
    }
    let parts = engine.found_in_files("4711 ", letters[0]).await.unwrap();
    assert_eq!(parts, ["3"], "the second file");
    let parts = engine.found_in_files("no kettle", letters[0]).await.unwrap();
    assert_eq!(parts, ["3"], "the one that has what stands nowhere else");
    for query in ["kettle ", "berth"] {
        let parts = engine.found_in_files(query, letters[0]).await.unwrap();
        assert!(parts.is_empty(), "{query} stands where it is seen");
    }
    let without = engine.excerpts("4711 ", vec![letters[1]]).await.unwrap();
    assert_eq!(without, [None], "one without files is not searched for them");
}

#[tokio::test]
async fn what_is_much_work_to_open_is_told_without_opening_it() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let long = "anchorage;12\r\n".repeat(400_000);
    let letters = put(&engine, vec![letter(&[("berths.csv", &long)])]).await;
    assert_eq!(found(&engine, "anchorage ").await, letters);
    let excerpts = engine.excerpts("anchorage ", letters.clone()).await.unwrap();
    assert_eq!(excerpts, [Some(Excerpt::InSomeFile)]);
    let parts = engine.found_in_files("anchorage ", letters[0]).await.unwrap();
    assert_eq!(parts, ["2"], "whoever has opened the letter is told which");
}

#[tokio::test]
async fn excerpts_end_when_something_else_is_searched_for() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path()).await;
    let excerpts = &engine.inner.finding.excerpts;
    let turn = excerpts.begin("kettle ");
    let page = |query: &str| Listing {
        source: ListingSource::Search {
            query: query.to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    };
    engine.page_soon(page("kettle "), 100, 100).await.unwrap();
    assert!(turn.is_mine(), "the next page of the same search ends nothing");
    engine.page_soon(page("kettle l"), 0, 100).await.unwrap();
    assert!(!turn.is_mine(), "another key does");
    let turn = excerpts.begin("kettle l");
    excerpts.begin("kettle l");
    assert!(!turn.is_mine(), "and so does whoever asks for others");
}
