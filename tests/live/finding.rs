//! What stands in a letter's text and in its files is found, and what is not on this computer is asked of the server.

use journeys::{Person, form_at};
use waxwing_engine::{Excerpt, SyncScope};
use waxwing_model::{Keep, Keeping, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource};
use waxwing_testkit::{Dovecot, DovecotOptions, address};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const PDF: &str = "%PDF-1.4\n1 0 obj <</Type/Page/Contents 2 0 R/Resources<</Font<</F 3 0 R>>>>>> endobj\n\
    2 0 obj <</Length 43>>\nstream\nBT /F 12 Tf (the lighthouse keeper) Tj ET   \nendstream endobj\n\
    3 0 obj <</Type/Font/Subtype/Type1>> endobj\n";

fn letter(subject: &str, text: &str, files: &str) -> Vec<u8> {
    format!(
        "From: amara@waxwing.test\r\nTo: {}\r\nSubject: {subject}\r\nMessage-ID: <{subject}@waxwing.test>\r\n\
         List-Id: Rust Nieuws <nieuws.waxwing.test>\r\nDate: Mon, 23 Nov 2026 10:42:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n{files}--b--\r\n",
        address("lena")
    )
    .into_bytes()
}

/// A letter that somebody has sent for another, who wants the answers elsewhere.
fn letter_for_another(subject: &str, text: &str) -> Result<Vec<u8>, std::string::FromUtf8Error> {
    let plain = String::from_utf8(letter(subject, text, ""))?;
    let people = "Sender: Robot <robot@tickets.test>\r\nReply-To: Desk <desk@tickets.test>\r\n";
    Ok(format!("{people}{plain}").into_bytes())
}

fn file(name: &str, media_type: &str, body: &str) -> String {
    format!(
        "--b\r\nContent-Type: {media_type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{body}\r\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_found_by_what_stands_in_them_wherever_they_are() -> Outcome {
    let dovecot = Dovecot::start(&DovecotOptions::default())?;
    let files = [
        file("berths.csv", "text/csv", "anchorage;12"),
        file("plan.pdf", "application/pdf", PDF),
    ]
    .concat();
    for raw in [
        letter("harbour", "The sandbank by the old Brücke.", ""),
        letter("timetable", "Nothing of the kind.", ""),
        letter("files", "See both.", &files),
        letter_for_another("request", "It is about the narwhal.")?,
    ] {
        dovecot.deliver("lena", "INBOX", &raw)?;
    }
    let lena = Person::new().await;
    let mut form = form_at(&dovecot, "lena", dovecot.imaps());
    form.keeping = Keeping {
        keep: Keep::Headers,
        large: None,
    };
    let account = lena.add_quietly(form).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    lena.engine.index_now().await?;
    let found = |query: &'static str| {
        let engine = &lena.engine;
        async move {
            let letters = engine.search(query, 10).await?;
            let mut subjects: Vec<String> = letters.into_iter().map(|letter| letter.subject).collect();
            subjects.sort_unstable();
            Ok::<_, Box<dyn std::error::Error>>(subjects)
        }
    };
    assert_eq!(found("harbour").await?, ["harbour"], "headers are here");
    assert_eq!(found("sandbank").await?, [""; 0], "and nothing else");

    let there = lena.engine.search_on_servers("sandbank").await?;
    assert_eq!(
        (there.emails.len(), there.unknown),
        (1, 0),
        "the server knows more"
    );
    assert!(there.failed.is_empty(), "{:?}", there.failed);
    assert_eq!(
        found("sandbank").await?,
        ["harbour"],
        "and it is listed from now on"
    );
    let listing = Listing {
        source: ListingSource::Search {
            query: "sandbank".to_owned(),
        },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Conversations,
    };
    let page = lena.engine.page_soon(listing, 0, 10).await?;
    assert_eq!(
        page.rows.iter().map(|row| row.email).collect::<Vec<_>>(),
        there.emails
    );
    for (query, expected) in [
        ("brücke OR kettle", 1),
        ("sandbank -brücke", 0),
        ("from:amara sandbank is:unread", 1),
        ("sandbank is:starred", 0),
        ("list:nieuws -harbour", 3),
        ("narwhal from:amara", 1),
        ("narwhal from:robot", 1),
        ("narwhal from:desk", 1),
        ("narwhal -from:robot", 0),
        ("narwhal -from:desk", 0),
        ("is:unread", 0),
    ] {
        let there = lena.engine.search_on_servers(query).await?;
        let listed = found(query).await?;
        let wanted = if query == "is:unread" { 4 } else { expected };
        assert_eq!(listed.len(), wanted, "{query}: {there:?}");
    }

    // One that somebody looks at comes here, and says then why it was found.
    let there = lena.engine.search_on_servers("narwhal").await?;
    assert_eq!(there.emails.len(), 1);
    let excerpts = || lena.engine.excerpts("narwhal", there.emails.clone());
    assert_eq!(excerpts().await?, [Some(Excerpt::Elsewhere)]);
    let told = tokio::time::timeout(std::time::Duration::from_secs(60), async {
        loop {
            match excerpts().await?.remove(0) {
                Some(Excerpt::Elsewhere) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
                other => break Ok::<_, Box<dyn std::error::Error>>(other),
            }
        }
    });
    assert_eq!(
        told.await??,
        None,
        "its row shows how it begins, and the word with that"
    );
    let begins = lena.engine.search("narwhal", 10).await?.remove(0).preview;
    assert_eq!(begins, "It is about the narwhal.");

    // Now they come here, and are found without asking anybody.
    lena.engine.set_keeping(account.id, Keeping::default()).await?;
    let account = lena.account(account.id).await;
    let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
    assert_eq!(report.errors, Vec::<String>::new());
    lena.engine.index_now().await?;
    for (query, expected) in [
        ("sandbank", "harbour"),
        ("anchorage", "files"),
        ("\"lighthouse keeper\"", "files"),
        ("filename:berths type:pdf", "files"),
        ("list:nieuws see both", "files"),
    ] {
        assert_eq!(found(query).await?, [expected], "{query}");
    }
    assert_eq!(
        lena.engine.search_on_servers("sandbank").await?,
        waxwing_engine::FoundThere::default()
    );

    lena.engine.rebuild_search().await?;
    assert_eq!(found("anchorage").await?, [""; 0], "the index is empty");
    lena.engine.index_now().await?;
    assert_eq!(
        found("anchorage lighthouse").await?,
        ["files"],
        "and is written again with all that was in it"
    );
    assert_eq!(
        lena.engine.repair_search().await?,
        waxwing_engine::Repairs::default()
    );
    lena.engine.check_store().await?;
    Ok(())
}
