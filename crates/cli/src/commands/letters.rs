//! `list` and `show`.

use serde::Serialize;
use waxwing_engine::{Engine, Look, letters::inspect};
use waxwing_model::{
    Email, EmailId, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Row,
};

use super::mailboxes;
use crate::arguments::Form;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

pub async fn list(
    engine: &Engine,
    mailbox: &str,
    account: Option<&str>,
    limit: u32,
    threads: bool,
    output: &Output,
) -> Result<(), Failure> {
    let account = match account {
        Some(named) => Some(profile::account(engine, Some(named)).await?.id),
        None => None,
    };
    let mailbox = mailboxes::find(engine, mailbox, account).await?.id;
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: if threads {
            ListingGrouping::Conversations
        } else {
            ListingGrouping::Messages
        },
    };
    let (_, rows) = engine.page(listing, 0, limit).await?;
    if threads {
        return output.results(rows.iter().map(|row| (row, row_text(row))));
    }
    let emails = engine.emails(rows.iter().map(|row| row.email).collect()).await?;
    let listed = rows
        .iter()
        .filter_map(|row| emails.iter().find(|email| email.id == row.email));
    output.results(listed.map(|email| (email, email_text(email))))
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    email: Email,
    text: String,
    attachments: Vec<ShownAttachment>,
}

#[derive(Serialize)]
struct ShownAttachment {
    part: String,
    name: String,
    media_type: String,
    size: u32,
}

/// `letter`: its octets, where they are at hand.
pub async fn show(
    engine: &Engine,
    id: i64,
    letter: Option<Vec<u8>>,
    form: &Form,
    output: &Output,
) -> Result<(), Failure> {
    let id = EmailId(id);
    let raw = match letter {
        Some(raw) => raw,
        None => engine.raw(id).await?,
    };
    if form.raw {
        return output.bytes(&raw);
    }
    if form.html {
        let document = engine.body(id, Look::default()).await?.document;
        engine.all_kept().await;
        return output.text(document);
    }
    let inspected = inspect::inspect(&raw);
    let text = inspected.text.unwrap_or_default();
    if form.text {
        return output.text(text);
    }
    let Some(email) = engine.emails(vec![id]).await?.into_iter().next() else {
        return Ok(());
    };
    let head = format!(
        "From: {}\nTo: {}\nSubject: {}\n\n{text}",
        people(&email.from),
        people(&email.to),
        email.subject
    );
    let attachments = inspected
        .attachments
        .into_iter()
        .map(|attachment| ShownAttachment {
            part: attachment.part,
            name: attachment.name,
            media_type: attachment.media_type,
            size: attachment.size,
        })
        .collect();
    output.result(
        &Shown {
            email,
            text,
            attachments,
        },
        head,
    )
}

fn people(addresses: &[waxwing_model::Address]) -> String {
    addresses
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn row_text(row: &Row) -> String {
    let mark = if row.unread { "●" } else { " " };
    let people: Vec<&str> = row.people.iter().map(|one| one.name.as_str()).collect();
    let more = if row.more_letters { "+" } else { "" };
    format!(
        "{}\t{mark} {}\t{} ({}{more})",
        row.email,
        people.join(", "),
        row.subject,
        row.letters
    )
}

pub fn email_text(email: &Email) -> String {
    let mark = if email.keywords.has(waxwing_model::Keyword::SEEN) {
        " "
    } else {
        "●"
    };
    let from = email
        .from
        .first()
        .map(|address| address.display())
        .unwrap_or_default();
    format!("{}\t{mark} {from}\t{}", email.id, email.subject)
}
