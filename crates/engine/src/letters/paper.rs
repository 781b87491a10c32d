//! A letter for the printer, its header fields for those who want to see them, and the files' names that stand below it.

use std::collections::BTreeMap;

use waxwing_model::Address;
use waxwing_sanitize::{Heading, RemoteImages};

use super::body::{Look, before};
use super::letter_ref::LetterRef;
use super::pictures::Pictures;
use super::readable::Readable;
use super::render::{On, render};
use crate::caution::{Permission, facts};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

/// Fields of one letter that are shown, and characters of one of them.
const FIELD_LIMIT: usize = 500;
const VALUE_LIMIT: usize = 10_000;

/// A letter as it goes on to paper: the lines above it, and its bytes.
struct Sheet {
    subject: String,
    from: Vec<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
    readable: Readable,
    /// Its pictures from the network are shown to whoever opens it.
    allowed: bool,
}

impl Engine {
    /// The document of a letter for the printer, in daylight, with nothing folded. `when` is its moment in words.
    pub async fn printed(&self, letter: impl Into<LetterRef>, look: Look, when: String) -> Result<String> {
        let letter = letter.into();
        let sheet = self.sheet(&letter).await?;
        let allowed = look.remote_images || sheet.allowed;
        let look = self.wished(look).await?;
        let LetterRef { email, within } = letter;
        let way = within.clone().unwrap_or_default();
        let engine = self.clone();
        let (document, told) = blocking(move || {
            let mut heading = Heading {
                title: sheet.subject,
                lines: vec![("From".to_owned(), people(&sheet.from))],
            };
            for (name, list) in [("To", &sheet.to), ("Copy to", &sheet.cc)] {
                if !list.is_empty() {
                    heading.lines.push((name.to_owned(), people(list)));
                }
            }
            if !when.is_empty() {
                heading.lines.push(("Date".to_owned(), when));
            }
            let remote = match allowed {
                true => RemoteImages::Allowed,
                false => RemoteImages::Blocked,
            };
            let token = Pictures::token();
            let Readable { raw, absent } = sheet.readable;
            let before = before(&way);
            let made = render(&raw, &before, &absent, &look, remote, &token, On::Paper(&heading));
            engine.inner.pictures.remember(token, email, way, made.asked);
            let told = (!look.plain).then(|| facts(&made.details, allowed));
            (made.document, told)
        })
        .await?;
        // Who tracks is known of the senders of letters, and not of those whose letters were passed on.
        if let Some(told) = told.filter(|_| within.is_none()) {
            self.keep_trackers(email, told).await?;
        }
        Ok(document)
    }

    async fn sheet(&self, letter: &LetterRef) -> Result<Sheet> {
        if letter.is_within() {
            let raw = self.source(letter.clone()).await?;
            return blocking(move || {
                let headers = waxwing_mime::parse_envelope(&raw);
                let absent = BTreeMap::new();
                Sheet {
                    subject: headers.subject,
                    from: headers.from,
                    to: headers.to,
                    cc: headers.cc,
                    readable: Readable { raw, absent },
                    allowed: false,
                }
            })
            .await;
        }
        let email = letter.email;
        let known = self.emails(vec![email]).await?.into_iter().next();
        let known = known.ok_or(EngineError::Gone("the letter"))?;
        Ok(Sheet {
            subject: known.subject,
            from: known.from,
            to: known.to,
            cc: known.cc,
            readable: self.readable(email).await?,
            allowed: matches!(self.permission(email).await?, Permission::Used(_)),
        })
    }

    /// All header fields of a letter in their order, decoded.
    pub async fn header_fields(&self, letter: impl Into<LetterRef>) -> Result<Vec<(String, String)>> {
        let letter = letter.into();
        let raw = match letter.is_within() {
            true => self.source(letter).await?,
            false => self.readable(letter.email).await?.raw,
        };
        blocking(move || fields_of(&raw)).await
    }
}

fn fields_of(raw: &[u8]) -> Vec<(String, String)> {
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
