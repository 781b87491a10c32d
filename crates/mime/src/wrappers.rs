//! What Outlook has wrapped into a letter (`winmail.dat`), as lists and the search index see it: the words of the first wrapper, where
//! the letter has none of its own, and the files of all of them. Only a letter that has one pays for it: nothing of a part is decoded
//! that is not called a wrapper. Not here: how a wrapper is read.

use std::collections::HashSet;

use crate::glance::AttachedFile;
use crate::html_text::{self, Links, Rendered};
use crate::letter::TEXT_LIMIT;
use crate::structure::{Node, Structure};
use crate::tnef::{Tnef, TnefFile, is_tnef, open_tnef};
use crate::{attachment, file_kind, picture_type, shown_content_ids, visible};

/// Wrappers of one letter that are opened; Outlook sends one.
const MOST: usize = 4;
/// Octets of one as it was sent. A larger one stays the file that it is.
const LARGEST: usize = 64 << 20;

/// The wrappers of a letter, each with the number of its part.
#[derive(Default)]
pub(crate) struct Wrappers {
    /// `None`: it is called one, and cannot be opened.
    each: Vec<(usize, Option<Tnef>)>,
}

impl Wrappers {
    /// Those among the parts that hang on a letter.
    pub(crate) fn among<'a>(
        structure: &Structure<'_>,
        hanging: impl Iterator<Item = (usize, &'a Node)>,
    ) -> Self {
        let called = hanging.filter(|(_, node)| {
            let name = || attachment::given_name(structure, node).unwrap_or_default();
            let media_type = node.content.media_type();
            is_tnef(media_type, "") || is_tnef(media_type, &name())
        });
        let each = called.take(MOST);
        Self {
            each: each
                .map(|(index, node)| (index, opened(structure, node)))
                .collect(),
        }
    }

    /// What is in the one that is this part.
    pub(crate) fn at(&self, index: usize) -> Option<&Tnef> {
        let (_, opened) = self.each.iter().find(|(number, _)| *number == index)?;
        opened.as_ref()
    }

    /// The same, for whoever wants nothing else of it.
    pub(crate) fn take(&mut self, index: usize) -> Option<Tnef> {
        let (_, opened) = self.each.iter_mut().find(|(number, _)| *number == index)?;
        opened.take()
    }

    /// The one that speaks where the letter does not.
    pub(crate) fn first(&self) -> Option<&Tnef> {
        self.each.first()?.1.as_ref()
    }

    /// Whether that is this part: of several, a reader sees the pictures of none but the first.
    pub(crate) fn is_first(&self, index: usize) -> bool {
        self.each.first().is_some_and(|(first, _)| *first == index)
    }
}

fn opened(structure: &Structure<'_>, node: &Node) -> Option<Tnef> {
    let body = structure.body(node);
    if body.len() > LARGEST {
        return None;
    }
    open_tnef(&node.content.transfer.decode(body).0)
}

/// What a wrapper says: its plain text, or else its HTML as one.
pub(crate) fn said(wrapper: &Tnef) -> Option<Rendered> {
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

/// A file, as it is searched.
pub(crate) fn described(file: &TnefFile) -> AttachedFile {
    let given = file.media_type.as_deref();
    let media_type = given.or_else(|| picture_type(&file.data)).unwrap_or_default();
    AttachedFile {
        kinds: file_kind::words(media_type, &file.name),
        readable: file_kind::reader(media_type, &file.name).is_some(),
        name: file.name.clone(),
    }
}

/// Which files of the first wrapper are pictures that stand in what is read, by their place in it. A picture of the letter's own comes
/// before one with the same name (`is_own`), and of several with one name the first is seen.
pub(crate) fn shown(wrapper: &Tnef, html: &[String], is_own: impl Fn(&str) -> bool) -> HashSet<usize> {
    let called = |file: &TnefFile| file.content_id.is_some() && picture_type(&file.data).is_some();
    if !wrapper.files.iter().any(called) {
        return HashSet::new();
    }
    let mut ids = shown_content_ids(html);
    let files = wrapper.files.iter().enumerate();
    let shown = files.filter(|(_, file)| {
        let id = file.content_id.as_deref().filter(|_| called(file));
        id.is_some_and(|id| !is_own(id) && ids.remove(id))
    });
    shown.map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests;
