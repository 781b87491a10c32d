//! What lists and the search index want of a letter, read without the rest: by far most letters are never opened, and
//! a synchronisation looks at each of them. It is what [`crate::parse`] would say, which the tests hold.

use crate::attachment::{self, is_signature};
use crate::bodies::Bodies;
use crate::letter::Texts;
use crate::mailing_list;
use crate::structure::{Node, Structure};
use crate::{MailingList, Report, fields, file_kind, preview, report, visible, words};

/// The little that is kept of each letter beside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// As [`crate::Letter::preview`].
    pub preview: String,
    /// As [`crate::has_attachment`].
    pub has_attachment: bool,
    /// As [`crate::Letter::text`]; empty when there is none.
    pub text: String,
    /// As [`crate::Letter::report`].
    pub report: Option<Report>,
    /// What the mailing list is called that it came by (RFC 2919); empty when by none.
    pub list: String,
    /// The list that it came by.
    pub mailing_list: Option<MailingList>,
    /// What hangs on it, but signatures.
    pub files: Vec<AttachedFile>,
}

/// What of an attachment is searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttachedFile {
    pub name: String,
    /// Words for what kind of file it is, as `pdf` and `image`.
    pub kinds: String,
    /// Whether there may be text in it that [`crate::papers`] reads.
    pub readable: bool,
}

/// Looks at a letter. It never fails: what cannot be read is left out.
pub fn glance(raw: &[u8]) -> Glance {
    let structure = Structure::read(raw);
    let bodies = Bodies::choose(&structure);
    let mut html = None;
    let mut html_parts = || {
        html.get_or_insert_with(|| Texts::of(&structure).html_parts(&bodies.html))
            .clone()
    };
    let mut texts = Texts::of(&structure);
    let text = texts.text(&bodies.text, &mut html_parts).0;
    let embedded = attachment::embedded(&texts.embedded);
    let files = files(&structure).into_iter().map(|(_, file)| file);
    Glance {
        preview: text.as_deref().map(preview::of).unwrap_or_default(),
        has_attachment: !embedded.is_empty() || has_attachment(&structure, &bodies, &mut html_parts),
        text: text.unwrap_or_default(),
        report: report::find(&structure),
        list: list(&structure),
        mailing_list: mailing_list::of(&fields::split(structure.header()).0),
        files: files.chain(embedded.into_iter().map(embedded_file)).collect(),
    }
}

fn list(structure: &Structure<'_>) -> String {
    fields::first(&fields::split(structure.header()).0, "List-Id")
        .map(|name| visible::one_line(&words::decode(&name)))
        .unwrap_or_default()
}

/// A file in the midst of a text is found by its name.
fn embedded_file(file: attachment::Attachment) -> AttachedFile {
    AttachedFile {
        kinds: file_kind::words(&file.media_type, &file.name),
        readable: false,
        name: file.name,
    }
}

/// The files of a letter with their parts.
pub(crate) fn files<'a>(structure: &'a Structure<'_>) -> Vec<(&'a Node, AttachedFile)> {
    let bodies = Bodies::choose(structure);
    bodies
        .attachments
        .iter()
        .filter_map(|&index| structure.nodes.get(index))
        .filter(|node| !is_signature(node.content.media_type()))
        .map(|node| {
            let name = attachment::given_name(structure, node).unwrap_or_default();
            let media_type = node.content.media_type();
            let file = AttachedFile {
                kinds: file_kind::words(media_type, &name),
                readable: file_kind::reader(media_type, &name).is_some(),
                name,
            };
            (node, file)
        })
        .collect()
}

/// Only what has a Content-ID can be shown within the HTML, which is not read for anything else.
fn has_attachment(
    structure: &Structure<'_>,
    bodies: &Bodies,
    html_parts: &mut impl FnMut() -> Vec<String>,
) -> bool {
    let nodes = bodies
        .attachments
        .iter()
        .filter(|index| !bodies.other_forms.contains(index))
        .filter_map(|&index| structure.nodes.get(index))
        .filter(|node| !is_signature(node.content.media_type()));
    let (named, nameless): (Vec<_>, Vec<_>) = nodes.partition(|node| node.content.content_id.is_some());
    if !nameless.is_empty() || named.is_empty() {
        return !nameless.is_empty();
    }
    let shown = attachment::shown_content_ids(&html_parts());
    // What is shown is inline whatever it says, and only pictures are shown.
    named.iter().any(|node| {
        node.content
            .content_id
            .as_ref()
            .is_none_or(|id| !shown.contains(id))
            || !attachment::is_drawn(structure, node)
    })
}
