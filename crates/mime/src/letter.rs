//! A whole letter, read.

use url::Url;

use crate::addresses::Addresses;
use crate::bodies::Bodies;
use crate::html_text::{self, Links};
use crate::structure::{Node, Structure};
use crate::{
    Attachment, Headers, Oddity, PartId, Report, addresses, attachment, charset, enriched, fields, flowed,
    headers, html_tokens, preview, report, shown, signed, uuencode, visible,
};

/// Octets of one letter's text, and of its HTML, that are decoded. A person reads a thousandth of it.
pub(crate) const TEXT_LIMIT: usize = 8 << 20;

/// What a letter says and what it carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letter {
    pub headers: Headers,
    /// The best plain text: the text parts joined, or the HTML without its markup.
    pub text: Option<String>,
    /// Whether the sender wrote `text`, rather than us from the HTML.
    pub text_is_original: bool,
    /// The HTML parts in one string. They are to be sanitised one by one: see `html_parts`.
    pub html: Option<String>,
    pub html_parts: Vec<String>,
    /// To what relative addresses in each of `html_parts` belong, where parts of the letter have addresses (RFC 2557, section 5):
    /// what its `<base>` says, or the part, or what is around that. Empty where none has.
    pub bases: Vec<Option<Url>>,
    /// What stands in the letter in its order, where that is more than one text: empty in most.
    pub pieces: Vec<Piece>,
    pub attachments: Vec<Attachment>,
    /// The first words: at most 200 characters, no quotes, no signature.
    pub preview: String,
    pub oddities: Vec<Oddity>,
    /// What it says of a letter that was sent, where it is a report.
    pub report: Option<Report>,
}

/// A piece of a letter of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The one of `html_parts` with this number.
    Html(usize),
    /// Plain text beside HTML or pictures. It stands in `html_parts` too where there is HTML.
    Text(String),
    /// A picture that its sender has put between the texts. It is an attachment too.
    Picture(PartId),
}

/// Reads a letter. It never fails: what cannot be read is left out and told in `oddities`.
pub fn parse(raw: &[u8]) -> Letter {
    read(&Structure::read(raw), None)
}

/// The same, with all texts in this character set whatever they say, for letters that say it wrongly.
pub fn parse_in(raw: &[u8], charset: &str) -> Letter {
    read(&Structure::read(raw), Some(charset))
}

pub(crate) fn read(structure: &Structure<'_>, charset: Option<&str>) -> Letter {
    let of_text = || structure.leaves().find_map(|node| node.content.charset());
    let set = charset.map(str::to_owned).or_else(of_text);
    let header = charset::header_in(structure.header(), set.as_deref());
    let (fields, _) = fields::split(&header);
    let mut bodies = Bodies::choose(structure);
    let is_drawn = |index| {
        structure
            .nodes
            .get(index)
            .map(|node| attachment::is_drawn(structure, node))
    };
    bodies
        .pictures
        .retain(|(_, index)| is_drawn(*index).unwrap_or_default());
    let mut texts = Texts {
        charset: charset.map(str::to_owned),
        ..Texts::of(structure)
    };
    if fields.is_empty() {
        texts.note(Oddity::NoHeaders);
    }
    let mut parts = texts.parts(&bodies.html, !bodies.pictures.is_empty());
    let says_more = |index: &usize| structure.nodes.get(*index).is_some_and(|node| !is_html(node));
    if bodies.text.iter().any(says_more) && show_nothing(&parts) {
        // HTML that was meant as another form of a text, and is none.
        parts.retain(|(_, is_html)| !is_html);
    }
    let pieces = pieces(structure, &bodies, &parts);
    let html = Html::of(parts, &bodies.html);
    texts.left = TEXT_LIMIT;
    let (text, text_is_original) = texts.text(&bodies.text, || &html.parts);
    let addresses = Addresses::of(structure);
    let bases = html.bases(addresses.as_ref());
    let (mut attachments, well_formed) = attachment::all(structure, &bodies, addresses.as_ref());
    shown::mark(&mut attachments, &html.parts, &bases);
    if !well_formed {
        texts.note(Oddity::BadEncoding);
    }
    attachments.extend(attachment::embedded(&texts.embedded));
    texts.note_what_it_is(text.as_deref());
    Letter {
        headers: headers::read(&fields),
        preview: text.as_deref().map(preview::of).unwrap_or_default(),
        text,
        text_is_original,
        html: (!html.parts.is_empty()).then(|| html.parts.join("\n")),
        attachments,
        html_parts: html.parts,
        bases,
        pieces,
        oddities: texts.oddities,
        report: report::find(structure),
    }
}

/// A text of the letter, and whether it is HTML.
type Part = (String, bool);

/// The pieces in their order, where there are several kinds of them.
fn pieces(structure: &Structure<'_>, bodies: &Bodies, parts: &[Part]) -> Vec<Piece> {
    if bodies.pictures.is_empty() && parts.iter().all(|(_, is_html)| *is_html) {
        return Vec::new();
    }
    let mut pictures = bodies.pictures.iter().peekable();
    let mut pieces = Vec::new();
    // Those that say nothing are no parts of the HTML.
    let mut number = 0;
    for place in 0..=parts.len() {
        while let Some((_, picture)) =
            pictures.next_if(|(before, _)| *before <= place || place == parts.len())
        {
            let section = structure.nodes.get(*picture).map(|node| node.section.clone());
            pieces.extend(section.map(|section| Piece::Picture(PartId(section))));
        }
        match parts.get(place) {
            Some((text, _)) if text.is_empty() => {}
            Some((_, true)) => {
                pieces.push(Piece::Html(number));
                number += 1;
            }
            Some((text, false)) => {
                pieces.push(Piece::Text(text.clone()));
                number += 1;
            }
            None => {}
        }
    }
    pieces
}

/// Whether there is HTML, and nobody would see anything of it.
fn show_nothing(parts: &[Part]) -> bool {
    let mut html = parts.iter().filter(|(_, is_html)| *is_html).peekable();
    html.peek().is_some() && html.all(|(html, _)| html_text::shows_nothing(html))
}

/// The HTML of a letter: its parts, and which nodes they are.
#[derive(Default)]
pub(crate) struct Html {
    pub(crate) parts: Vec<String>,
    nodes: Vec<usize>,
}

impl Html {
    /// The HTML parts, if there is one; plain parts between them are made HTML, for they belong to the letter.
    fn of(parts: Vec<Part>, nodes: &[usize]) -> Self {
        if !parts.iter().any(|(_, is_html)| *is_html) {
            return Self::default();
        }
        let parts = parts.into_iter().zip(nodes);
        let parts = parts.filter(|((text, _), _)| !text.is_empty());
        let parts = parts.map(|((text, is_html), node)| match is_html {
            true => (text, *node),
            false => {
                let text = html_text::escape(text.trim_end());
                (
                    format!("<div style=\"white-space: pre-wrap\">{text}</div>"),
                    *node,
                )
            }
        });
        let (parts, nodes) = parts.unzip();
        Self { parts, nodes }
    }

    /// To what addresses in each part are relative. They are of use only where some part of the letter has an address.
    pub(crate) fn bases(&self, addresses: Option<&Addresses>) -> Vec<Option<Url>> {
        let Some(addresses) = addresses else {
            return Vec::new();
        };
        let each = self.parts.iter().zip(&self.nodes).map(|(part, node)| {
            let around = addresses.base(*node)?;
            let own = html_tokens::base(part).and_then(|base| addresses::joined(around, &base));
            Some(own.unwrap_or_else(|| around.clone()))
        });
        each.collect()
    }
}

/// Text parts, decoded up to a limit.
pub(crate) struct Texts<'a> {
    structure: &'a Structure<'a>,
    oddities: Vec<Oddity>,
    left: usize,
    /// What all of them are in, by a person's word.
    charset: Option<String>,
    /// Files that stood in the midst of texts, by the section of the text.
    pub(crate) embedded: Vec<(String, Vec<uuencode::Embedded>)>,
    /// What stands for the pictures of HTML that was made plain text.
    pub(crate) pictures: String,
}

impl<'a> Texts<'a> {
    pub(crate) fn of(structure: &'a Structure<'a>) -> Self {
        Self {
            structure,
            oddities: structure.oddities.clone(),
            left: TEXT_LIMIT,
            charset: None,
            embedded: Vec::new(),
            pictures: String::new(),
        }
    }

    pub(crate) fn html(&mut self, indices: &[usize]) -> Html {
        Html::of(self.parts(indices, false), indices)
    }

    /// The texts of these parts, where one is HTML or `always`.
    fn parts(&mut self, indices: &[usize], always: bool) -> Vec<Part> {
        let structure = self.structure;
        let nodes: Vec<&Node> = indices
            .iter()
            .filter_map(|&index| structure.nodes.get(index))
            .collect();
        if !always && !nodes.iter().any(|node| is_html(node)) {
            return Vec::new();
        }
        let parts = nodes.into_iter().map(|node| (self.decode(node), is_html(node)));
        parts.collect()
    }

    /// Notes that the letter, or a part of it, is something that is not read here.
    fn note_what_it_is(&mut self, text: Option<&str>) {
        let structure = self.structure;
        let armoured = text.is_some_and(signed::is_armoured);
        if armoured
            || structure
                .nodes
                .iter()
                .any(|node| signed::is_encrypted(structure, node))
        {
            self.note(Oddity::Encrypted);
        }
        let has = |media_type: &str| {
            structure
                .leaves()
                .any(|node| node.content.media_type() == media_type)
        };
        if has("message/partial") {
            self.note(Oddity::Piece);
        }
        if has("message/external-body") {
            self.note(Oddity::Elsewhere);
        }
    }

    /// The plain text, and whether it is the sender's own. The HTML is asked for where there is no other text.
    pub(crate) fn text<'html>(
        &mut self,
        indices: &[usize],
        html_parts: impl FnOnce() -> &'html [String],
    ) -> (Option<String>, bool) {
        let structure = self.structure;
        let mut is_original = true;
        let mut text = String::new();
        for node in indices.iter().filter_map(|&index| structure.nodes.get(index)) {
            let decoded = self.decode(node);
            is_original &= !is_html(node);
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text += &if is_html(node) {
                self.plain(&decoded)
            } else {
                decoded
            };
        }
        // Many newsletters come with an empty text beside their HTML.
        let mut none = indices.is_empty();
        if text.trim().is_empty() {
            let html_parts = html_parts();
            if !html_parts.is_empty() {
                none = false;
                is_original = false;
                text = html_parts
                    .iter()
                    .map(|part| self.plain(part))
                    .collect::<Vec<_>>()
                    .join("\n");
            }
        }
        (if none { None } else { Some(text) }, is_original && !none)
    }

    fn plain(&mut self, html: &str) -> String {
        let rendered = html_text::render(html, Links::Hidden);
        self.pictures.push_str(&rendered.pictures);
        rendered.text
    }

    fn decode(&mut self, node: &Node) -> String {
        let (bytes, well_formed) = node.content.transfer.decode_text(self.structure.body(node));
        if !well_formed {
            self.note(Oddity::BadEncoding);
        }
        let mut kept = &*bytes;
        if bytes.len() > self.left
            && let Some(cut) = bytes.get(..self.left)
        {
            // Cut after a byte that is a character by itself in nearly every set.
            let end = cut.iter().rposition(u8::is_ascii).map_or(0, |at| at + 1);
            kept = cut.get(..end).unwrap_or_default();
        }
        if kept.len() < bytes.len() {
            self.note(Oddity::TextTooLong);
        }
        self.left -= kept.len();
        let without_files = (!is_html(node)).then(|| uuencode::cut(kept)).flatten();
        if let Some((text, files)) = &without_files {
            kept = text;
            if !self.embedded.iter().any(|(section, _)| *section == node.section) {
                self.embedded.push((node.section.clone(), files.clone()));
            }
        }
        let label = self
            .charset
            .clone()
            .or_else(|| node.content.charset())
            .or_else(|| is_html(node).then(|| html_text::charset(kept)).flatten());
        let (mut text, was_true) = charset::decode(kept, label.as_deref());
        if !was_true {
            self.note(Oddity::BadCharset);
            // What the HTML itself says is asked only where its part's word is false.
            if is_html(node)
                && self.charset.is_none()
                && let Some(own) = html_text::charset(kept)
                && let (own, true) = charset::decode(kept, Some(&own))
            {
                text = own;
            }
        }
        let text = visible::many_lines(&text);
        if let Some(marks) = enriched::Marks::of(node.content.media_type()) {
            return enriched::text(&text, marks);
        }
        let is_flowed = node
            .content
            .parameter("format")
            .is_some_and(|f| f.eq_ignore_ascii_case("flowed"));
        if is_flowed && !is_html(node) {
            let delete_space = node
                .content
                .parameter("delsp")
                .is_some_and(|d| d.eq_ignore_ascii_case("yes"));
            return flowed::unwrap(&text, delete_space);
        }
        text
    }

    fn note(&mut self, oddity: Oddity) {
        if !self.oddities.contains(&oddity) {
            self.oddities.push(oddity);
        }
    }
}

fn is_html(node: &Node) -> bool {
    node.content.media_type() == "text/html"
}

#[cfg(test)]
mod tests;
