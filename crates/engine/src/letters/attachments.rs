//! The files of a letter: which of them get a row, what opening one may bring, and their bytes. A file within a file, as
//! an attached letter's own, goes by the way to it: `2/1.3`.

use std::collections::{BTreeMap, HashSet};

use waxwing_mime::{Danger, Letter, Named, PartId, dangers, is_called_picture, picture_type};
use waxwing_model::EmailId;

use super::archives::Archive;
use super::invitation::is_calendar;
use super::readable::Readable;
use super::shows::{Shows, shows};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::sync::Wanted;

/// Letters in letters in letters, that are opened.
const DEEPEST: usize = 16;
/// Wrappers of Outlook's in one letter that are opened; it sends one. Each is looked for in the whole letter.
const WRAPPERS: usize = 16;
/// Invitations beside their words of which it is found out whether they come as files too. Letters have one.
const FORMS: usize = 4;

/// A file that came with the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name for [`Engine::attachment`].
    pub part: String,
    pub name: String,
    pub media_type: String,
    /// The character set that its sender says it is in.
    pub charset: Option<String>,
    /// Decoded octets; about as many where it is not here.
    pub size: u32,
    /// Whether its bytes are on this computer. Else they come when it is opened.
    pub here: bool,
    /// Why it is not opened without a word.
    pub dangers: Vec<Danger>,
    pub shows: Shows,
}

/// What stands at the end of a way into a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inside {
    pub(crate) name: String,
    pub(crate) media_type: String,
    /// The character set that its sender says it is in.
    pub(crate) charset: Option<String>,
    pub(crate) dangers: Vec<Danger>,
    pub(crate) bytes: Vec<u8>,
}

impl Engine {
    /// One attachment: its name and its bytes. What is on the server alone is fetched.
    pub async fn attachment(&self, email: EmailId, part: &str) -> Result<(Attachment, Vec<u8>)> {
        let inside = self.inside(email, part).await?;
        let attachment = Attachment {
            part: part.to_owned(),
            size: u32::try_from(inside.bytes.len()).unwrap_or(u32::MAX),
            here: true,
            shows: shows(
                &inside.media_type,
                &inside.name,
                picture_type(&inside.bytes).is_some(),
                &inside.dangers,
            ),
            name: inside.name,
            media_type: inside.media_type,
            charset: inside.charset,
            dangers: inside.dangers,
        };
        Ok((attachment, inside.bytes))
    }

    pub(super) async fn inside(&self, email: EmailId, way: &str) -> Result<Inside> {
        let gone = EngineError::Gone("the attachment");
        if way.split('/').count() > DEEPEST {
            return Err(gone);
        }
        // The letters of an archive are known as long as somebody looks into it.
        if let Some((archive, further)) = way.rsplit_once("/#") {
            let archive = self.archive(email, archive).await?;
            let further = further.to_owned();
            return blocking(move || of_archive(&archive, &further))
                .await?
                .ok_or(gone);
        }
        let Readable { mut raw, absent } = self.readable(email).await?;
        let part = way.split('/').next().unwrap_or_default();
        if absent.contains_key(part) {
            self.bring(email, Wanted::Part(part.to_owned())).await?;
            let filled = self.readable_here(email).await?;
            raw = filled
                .filter(|filled| !filled.absent.contains_key(part))
                .ok_or(EngineError::Gone("the attachment"))?
                .raw;
        }
        let was_absent = absent.contains_key(part);
        let way = way.to_owned();
        blocking(move || match was_absent {
            true => brought(&raw, &way),
            false => inside(&raw, &way),
        })
        .await?
        .ok_or(gone)
    }
}

/// Goes on from an archive: the number of a letter in it, and the way into that.
fn of_archive(archive: &Archive, way: &str) -> Option<Inside> {
    let mut steps = way.split('/');
    let number: usize = steps.next()?.parse().ok()?;
    let letter = Inside {
        name: format!("letter-{number}.eml"),
        media_type: "message/rfc822".to_owned(),
        charset: None,
        dangers: Vec::new(),
        bytes: archive.letter(number)?,
    };
    follow(letter, steps)
}

/// Goes a way into a letter: a part; in it `!1`, the first file of a wrapper of Outlook's; or again a part. What stands behind `#2`,
/// the second letter of an archive, is reached through that (`of_archive`).
pub(super) fn inside(raw: &[u8], way: &str) -> Option<Inside> {
    let mut steps = way.split('/');
    let first = steps.next()?;
    follow(part(raw, first).or_else(|| wrapping(raw, first))?, steps)
}

/// The same into a part that was not here when the way was told. What is a wrapping of S/MIME now was a file then, and it is that
/// file that is meant: its letter is read as one that was never wrapped.
fn brought(raw: &[u8], way: &str) -> Option<Inside> {
    let mut steps = way.split('/');
    let first = steps.next()?;
    follow(wrapping(raw, first).or_else(|| part(raw, first))?, steps)
}

fn follow<'a>(mut here: Inside, steps: impl Iterator<Item = &'a str>) -> Option<Inside> {
    for step in steps {
        here = if let Some(number) = step.strip_prefix('!') {
            let number: usize = number.parse().ok()?;
            let wrapped = waxwing_mime::open_tnef(&here.bytes)?.files;
            let file = wrapped.into_iter().nth(number.checked_sub(1)?)?;
            let media_type = type_of(&file);
            Inside {
                dangers: dangers(&file.name, &media_type, &file.data),
                media_type,
                charset: None,
                name: file.name,
                bytes: file.data,
            }
        } else {
            part(&here.bytes, step)?
        };
    }
    Some(here)
}

fn part(raw: &[u8], part: &str) -> Option<Inside> {
    waxwing_mime::attachment(raw, &PartId(part.to_owned())).map(file)
}

fn wrapping(raw: &[u8], part: &str) -> Option<Inside> {
    waxwing_mime::wrapping(raw, &PartId(part.to_owned())).map(file)
}

fn file((attachment, bytes): (waxwing_mime::Attachment, Vec<u8>)) -> Inside {
    Inside {
        name: attachment.name,
        media_type: attachment.media_type,
        charset: attachment.charset,
        dangers: attachment.dangers,
        bytes,
    }
}

fn type_of(file: &waxwing_mime::TnefFile) -> String {
    let given = file.media_type.as_deref().filter(|given| given.contains('/'));
    given
        .unwrap_or_else(|| super::inspect::media_type_for(&file.name))
        .to_owned()
}

/// What of a letter's files is seen in its text, and wants no row.
pub(super) struct Seen<'a> {
    /// Of the letter's own.
    pub(super) own: &'a dyn Fn(&waxwing_mime::Attachment) -> bool,
    /// Of what Outlook has wrapped, by its Content-ID. Of several wrappers nobody is shown a picture but those of the first.
    pub(super) wrapped: &'a dyn Fn(&str) -> bool,
}

/// The invitations that stand beside their words and come once more as a file, which has the row then.
fn files_too<'l>(raw: &[u8], letter: &'l Letter) -> HashSet<&'l PartId> {
    let meetings = || {
        let all = letter.attachments.iter();
        all.filter(|file| is_calendar(&file.media_type, &file.name))
    };
    let forms = meetings().filter(|form| form.other_form).take(FORMS);
    let forms: Vec<&PartId> = forms.map(|form| &form.part).collect();
    let files = meetings().filter(|file| !file.other_form);
    let files: Vec<&PartId> = files.map(|file| &file.part).collect();
    if forms.is_empty() || files.is_empty() {
        return HashSet::new();
    }
    let all: Vec<&PartId> = forms.iter().chain(&files).copied().collect();
    // Lines may end otherwise in the one that is not encoded.
    let bare = |octets: Option<Vec<u8>>| -> Option<Vec<u8>> {
        let mut octets = octets?;
        octets.retain(|octet| !octet.is_ascii_whitespace());
        (!octets.is_empty()).then_some(octets)
    };
    let mut octets = waxwing_mime::octets(raw, &all).into_iter().map(bare);
    let of_forms: Vec<_> = octets.by_ref().take(forms.len()).collect();
    let of_files: HashSet<Vec<u8>> = octets.flatten().collect();
    let each = forms.into_iter().zip(of_forms);
    each.filter(|(_, own)| own.as_ref().is_some_and(|own| of_files.contains(own)))
        .map(|(form, _)| form)
        .collect()
}

/// Attachments worth a row: all but the pictures that are seen in the text and what programs read in a report, and what is in a wrapper
/// rather than the wrapper. `before` is the way to the letter.
pub(super) fn rows(
    raw: &[u8],
    letter: &Letter,
    seen: &Seen<'_>,
    absent: &BTreeMap<String, u32>,
    before: &str,
) -> Vec<Attachment> {
    let mut rows = Vec::new();
    let mut wrappers = 0;
    let files_too = files_too(raw, letter);
    let first = first_wrapper(letter).map(|wrapper| &wrapper.part);
    for attachment in &letter.attachments {
        let absent = absent.get(&attachment.part.0).copied();
        // What is not here, nobody has told.
        let is_told = attachment.for_programs && absent.is_none();
        if is_told || (seen.own)(attachment) || files_too.contains(&attachment.part) {
            continue;
        }
        let is_picture = absent.is_none() && attachment.picture.is_some();
        let way = format!("{before}{}", attachment.part.0);
        let is_wrapper = absent.is_none() && waxwing_mime::is_tnef(&attachment.media_type, &attachment.name);
        wrappers += usize::from(is_wrapper);
        if is_wrapper
            && wrappers <= WRAPPERS
            && let Some(wrapper) = part(raw, &attachment.part.0)
            && let Some(opened) = waxwing_mime::open_tnef(&wrapper.bytes)
            && says_something(&opened)
        {
            let seen = (first == Some(&attachment.part)).then_some(seen);
            rows.extend(unwrapped(&way, &opened.files, letter, seen));
            continue;
        }
        rows.push(Attachment {
            part: way,
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            charset: attachment.charset.clone(),
            size: absent.unwrap_or(attachment.size),
            here: absent.is_none(),
            dangers: attachment.dangers.clone(),
            shows: shows(
                &attachment.media_type,
                &attachment.name,
                match absent {
                    Some(_) => is_called_picture(&attachment.media_type, &attachment.name),
                    None => is_picture,
                },
                &attachment.dangers,
            ),
        });
    }
    rows
}

/// Whether anything was in a wrapper. One that was cut before its first word stays a file, so that nothing that came is out of sight.
fn says_something(wrapper: &waxwing_mime::Tnef) -> bool {
    !wrapper.files.is_empty()
        || wrapper.text.is_some()
        || wrapper.html.is_some()
        || wrapper.subject.is_some()
        || wrapper.meeting.is_some()
}

/// The wrapper of Outlook's whose pictures and text are shown.
pub(super) fn first_wrapper(letter: &Letter) -> Option<&waxwing_mime::Attachment> {
    let mut files = letter.attachments.iter();
    files.find(|file| waxwing_mime::is_tnef(&file.media_type, &file.name))
}

/// The files of a wrapper; without `seen` nobody sees one of them. A picture of the letter's own comes before a wrapped one with
/// its name, and of several with one name the first is seen.
fn unwrapped(
    way: &str,
    files: &[waxwing_mime::TnefFile],
    letter: &Letter,
    seen: Option<&Seen<'_>>,
) -> Vec<Attachment> {
    let own = Named::of(letter);
    let mut named = HashSet::new();
    let rows = files.iter().enumerate().filter(|(_, file)| {
        let is_seen = file.content_id.as_deref().is_some_and(|id| {
            picture_type(&file.data).is_some()
                && own.by_id(id).is_none()
                && named.insert(id)
                && seen.is_some_and(|seen| (seen.wrapped)(id))
        });
        !is_seen
    });
    rows.map(|(number, file)| wrapped(way, number, file)).collect()
}

fn wrapped(way: &str, number: usize, file: &waxwing_mime::TnefFile) -> Attachment {
    let media_type = type_of(file);
    let dangers = dangers(&file.name, &media_type, &file.data);
    Attachment {
        part: format!("{way}/!{}", number + 1),
        name: file.name.clone(),
        charset: None,
        size: u32::try_from(file.data.len()).unwrap_or(u32::MAX),
        here: true,
        shows: shows(
            &media_type,
            &file.name,
            picture_type(&file.data).is_some(),
            &dangers,
        ),
        dangers,
        media_type,
    }
}

/// A text file's bytes as text, in the character set that its sender says, or whatever they are in. `None`: they are called a text
/// and are none.
pub fn as_text(bytes: &[u8], charset: Option<&str>) -> Option<String> {
    waxwing_mime::is_text(bytes, charset).then(|| waxwing_mime::text_of(bytes, charset))
}

#[cfg(test)]
mod tests;
