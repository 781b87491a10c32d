//! What Outlook has wrapped into a letter (`winmail.dat`), as lists and the search index see it: the words of the first wrapper, where
//! the letter has none of its own, and the files of all of them. Only a letter that has one pays for it: nothing of a part is decoded
//! that is not called a wrapper, and nothing of a file is copied. Not here: how a wrapper is read.

use std::collections::HashSet;

use crate::glance::AttachedFile;
use crate::html_text::{self, Links, Rendered};
use crate::letter::TEXT_LIMIT;
use crate::structure::{Node, Structure};
use crate::tnef::{self, is_tnef};
use crate::{attachment, file_kind, picture_type, shown_content_ids, visible};

/// Wrappers of one letter that are opened; Outlook sends one.
const MOST: usize = 4;
/// Octets of one as it was sent. A larger one stays the file that it is.
const LARGEST: usize = 64 << 20;

/// The wrappers of a letter, each with the number of its part.
pub(crate) struct Wrappers<T> {
    /// `None`: it is called one, and cannot be opened.
    each: Vec<(usize, Option<T>)>,
}

impl<T> Wrappers<T> {
    /// Those among the parts that hang on a letter, as they are opened, the first of them as the first.
    pub(crate) fn among<'a>(
        structure: &Structure<'_>,
        hanging: impl Iterator<Item = (usize, &'a Node)>,
        open: impl Fn(&[u8], bool) -> Option<T>,
    ) -> Self {
        let called = hanging.filter(|(_, node)| {
            let name = || attachment::given_name(structure, node).unwrap_or_default();
            let media_type = node.content.media_type();
            is_tnef(media_type, "") || is_tnef(media_type, &name())
        });
        let opened = called.take(MOST).enumerate().map(|(number, (index, node))| {
            let body = structure.body(node);
            let fits = body.len() <= LARGEST;
            let opened = fits.then(|| open(&node.content.transfer.decode(body).0, number == 0));
            (index, opened.flatten())
        });
        Self {
            each: opened.collect(),
        }
    }

    /// What is in the one that is this part.
    pub(crate) fn at(&self, index: usize) -> Option<&T> {
        let (_, opened) = self.each.iter().find(|(number, _)| *number == index)?;
        opened.as_ref()
    }

    /// The same, for whoever wants nothing else of it.
    pub(crate) fn take(&mut self, index: usize) -> Option<T> {
        let (_, opened) = self.each.iter_mut().find(|(number, _)| *number == index)?;
        opened.take()
    }

    /// The one that speaks where the letter does not.
    pub(crate) fn first(&self) -> Option<&T> {
        self.each.first()?.1.as_ref()
    }

    /// Whether that is this part: of several, a reader sees the pictures of none but the first.
    pub(crate) fn is_first(&self, index: usize) -> bool {
        self.each.first().is_some_and(|(first, _)| *first == index)
    }
}

/// A wrapper as lists and the index see it. A letter is looked at while others wait for it, so the octets of its files stay where they
/// are, and what it says is read only where somebody asks for it.
pub(crate) struct Seen {
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) files: Vec<SeenFile>,
}

/// A file of one.
pub(crate) struct SeenFile {
    pub(crate) described: AttachedFile,
    /// By which it may be shown, where it is a picture.
    picture_id: Option<String>,
}

impl Seen {
    /// Looks into one, and reads what it says if it `speaks`. `None`: it is none.
    pub(crate) fn of(octets: &[u8], speaks: bool) -> Option<Self> {
        let seen = tnef::glimpse(octets, if speaks { TEXT_LIMIT } else { 0 })?;
        let files = seen.files.into_iter().map(|file| {
            let picture = picture_type(file.data);
            SeenFile {
                picture_id: file.content_id.filter(|_| picture.is_some()),
                described: described(file.name, file.media_type.as_deref().or(picture)),
            }
        });
        Some(Self {
            files: files.collect(),
            text: seen.text,
            html: seen.html,
        })
    }
}

/// What a wrapper says: its plain text, or else its HTML as one.
pub(crate) fn said(wrapper: &Seen) -> Option<Rendered> {
    let cut = |text: &str| {
        visible::many_lines(
            text.get(..text.floor_char_boundary(TEXT_LIMIT))
                .unwrap_or_default(),
        )
    };
    let own = wrapper.text.as_deref().filter(|text| !text.trim().is_empty());
    match (own, &wrapper.html) {
        (Some(text), _) => Some(Rendered {
            text: cut(text),
            pictures: String::new(),
        }),
        (None, Some(html)) => Some(html_text::render(&cut(html), Links::Hidden)),
        (None, None) => None,
    }
}

/// A file that goes by this name and is of this kind, as it is searched.
pub(crate) fn described(name: String, media_type: Option<&str>) -> AttachedFile {
    let media_type = media_type.unwrap_or_default();
    AttachedFile {
        kinds: file_kind::words(media_type, &name),
        readable: file_kind::reader(media_type, &name).is_some(),
        name,
    }
}

/// Which files of the first wrapper are pictures that stand in what is read, by their place in it. A picture of the letter's own comes
/// before one with the same name (`is_own`), and of several with one name the first is seen.
pub(crate) fn shown(wrapper: &Seen, html: &[String], is_own: impl Fn(&str) -> bool) -> HashSet<usize> {
    if wrapper.files.iter().all(|file| file.picture_id.is_none()) {
        return HashSet::new();
    }
    let mut ids = shown_content_ids(html);
    let files = wrapper.files.iter().enumerate();
    let shown = files.filter(|(_, file)| {
        let id = file.picture_id.as_deref();
        id.is_some_and(|id| !is_own(id) && ids.remove(id))
    });
    shown.map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests;
