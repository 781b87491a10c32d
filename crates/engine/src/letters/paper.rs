//! A letter for the printer, its header fields for those who want to see them, and the files' names that stand below it.

use waxwing_model::{Address, EmailId};
use waxwing_sanitize::{Heading, RemoteImages};

use super::body::Look;
use super::pictures::Pictures;
use super::readable::Readable;
use super::render::{On, render};
use crate::caution::{Permission, facts};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Fields of one letter that are shown, and characters of one of them.
const FIELD_LIMIT: usize = 500;
const VALUE_LIMIT: usize = 10_000;

impl Engine {
    /// The document of a letter for the printer, in daylight, with nothing folded. `when` is its moment in words.
    pub async fn printed(&self, email: EmailId, look: Look, when: String) -> Result<String> {
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let Readable { raw, absent } = self.readable(email).await?;
        let allowed = look.remote_images || self.permission(email).await? == Permission::Used;
        let look = self.wished(look).await?;
        let engine = self.clone();
        let (document, told) = blocking(move || {
            let mut heading = Heading {
                title: letter.subject.clone(),
                lines: vec![("From".to_owned(), people(&letter.from))],
            };
            for (name, list) in [("To", &letter.to), ("Copy to", &letter.cc)] {
                if !list.is_empty() {
                    heading.lines.push((name.to_owned(), people(list)));
                }
            }
            heading.lines.push(("Date".to_owned(), when));
            let remote = match allowed {
                true => RemoteImages::Allowed,
                false => RemoteImages::Blocked,
            };
            let token = Pictures::token();
            let made = render(&raw, "", &absent, &look, remote, &token, On::Paper(&heading));
            engine
                .inner
                .pictures
                .remember(token, email, String::new(), made.asked);
            let told = (!look.plain).then(|| facts(&made.details, allowed));
            (made.document, told)
        })
        .await?;
        if let Some(told) = told {
            self.keep_trackers(email, told).await?;
        }
        Ok(document)
    }

    /// All header fields of a letter in their order, decoded.
    pub async fn header_fields(&self, email: EmailId) -> Result<Vec<(String, String)>> {
        let raw = self.readable(email).await?.raw;
        blocking(move || fields_of(&raw)).await
    }
}

pub(super) fn fields_of(raw: &[u8]) -> Vec<(String, String)> {
    let mut fields = waxwing_mime::parse_headers(raw).fields;
    fields.truncate(FIELD_LIMIT);
    for (_, value) in &mut fields {
        let end = value.floor_char_boundary(VALUE_LIMIT);
        value.truncate(end);
    }
    fields
}

fn people(list: &[Address]) -> String {
    let people: Vec<String> = list
        .iter()
        .map(|one| match &one.name {
            Some(name) => format!("{name} <{}>", one.email),
            None => one.email.clone(),
        })
        .collect();
    people.join(", ")
}
