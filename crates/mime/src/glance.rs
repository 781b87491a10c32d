//! What lists and the search index want of a letter, read without the rest: by far most letters are never opened, and
//! a synchronisation looks at each of them. It is what [`crate::parse`] would say, which the tests hold.

use std::cell::OnceCell;
use std::collections::HashSet;

use waxwing_model::Address;

use crate::addresses::Addresses;
use crate::attachment;
use crate::bodies::Bodies;
use crate::letter::{self, Html, Letter, Texts};
use crate::mailing_list;
use crate::shown::{Called, Names};
use crate::structure::{Node, Structure};
use crate::tnef::{TnefFile, open_tnef};
use crate::wrappers::{self, Seen, Wrappers};
use crate::{
    MailingList, Report, fields, file_kind, headers, html_text, picture_type, preview, report, visible, words,
};

/// The version of this reading. It is raised whenever other words, files or markers are found in letters that stand in stores
/// already, or files are judged otherwise, as by what may do harm: those are read anew then.
pub const READING: u32 = 8;

/// Octets up to which a plain text may be a stub that only stands for the HTML beside it.
const STUB: usize = 600;

/// The little that is kept of each letter beside its bytes. What Outlook has wrapped counts as the letter's own, as it does for whoever
/// reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// As [`crate::Letter::preview`].
    pub preview: String,
    /// As [`crate::has_attachment`].
    pub has_attachment: bool,
    /// As [`crate::Headers::sent_by`].
    pub sent_by: Option<Address>,
    /// As [`crate::Letter::text`], or that of the wrapper where there is none; empty when nobody says anything.
    pub text: String,
    /// What else is seen of the letter and stands in no text: what stands for the pictures of HTML, a line each, where the text is made
    /// of it; the words of HTML beside which the text is a stub.
    pub beside: String,
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
    /// Words for what kind of file it is, as `pdf` and `image`. None: it is a picture that the letter shows, or what programs read in a
    /// report, and no file.
    pub kinds: String,
    /// Whether there may be text in it that [`crate::papers`] reads.
    pub readable: bool,
}

/// Looks at a letter. It never fails: what cannot be read is left out.
pub fn glance(raw: &[u8]) -> Glance {
    of(&Structure::read(raw))
}

/// The same, and the letter itself where it has files, which is taken apart once for both.
pub fn glance_with_letter(raw: &[u8]) -> (Glance, Option<Letter>) {
    let structure = Structure::read(raw);
    let glance = of(&structure);
    let letter = glance.has_attachment.then(|| letter::read(&structure, None));
    (glance, letter)
}

fn of(structure: &Structure<'_>) -> Glance {
    let bodies = Bodies::choose(structure);
    let html = OnceCell::new();
    let html = || html.get_or_init(|| Texts::of(structure).html(&bodies.html));
    let mut texts = Texts::of(structure);
    let (mut text, is_original) = texts.text(&bodies.text, || &html().parts);
    let embedded = attachment::embedded(&texts.embedded);
    let mut beside = std::mem::take(&mut texts.pictures);
    if let Some(stub) = text.as_deref().filter(|text| is_original && text.len() <= STUB) {
        beside.push_str(&said_by_html_alone(stub, &html().parts));
    }
    let shown = shown(structure, &bodies, html);
    let hanging = || hanging(structure, &bodies);
    let says_nothing =
        || text.as_deref().is_none_or(|text| text.trim().is_empty()) && html().parts.is_empty();
    let wrappers = Wrappers::among(structure, hanging(), |octets, is_first| {
        Seen::of(octets, is_first && says_nothing())
    });
    let speaks = wrappers.first().filter(|_| says_nothing());
    if let Some(said) = speaks.and_then(wrappers::said) {
        text = Some(said.text);
        beside.push_str(&said.pictures);
    }
    let for_programs = report::for_programs(structure, &bodies);
    let is_no_file = |index: usize| shown.contains(&index) || for_programs.contains(&index);
    let mut has_attachment = !embedded.is_empty();
    let mut files = Vec::new();
    for (index, node) in hanging() {
        if let Some(wrapper) = wrappers.at(index) {
            let seen = match wrappers.is_first(index) {
                true => {
                    let said = speaks.map_or(html().parts.as_slice(), |speaks| speaks.html.as_slice());
                    wrappers::shown(wrapper, said, |id| shows_own(structure, &bodies, id))
                }
                false => HashSet::new(),
            };
            let within = wrapper.files.iter().enumerate();
            files.extend(within.map(|(number, file)| found(file.described.clone(), seen.contains(&number))));
            has_attachment |= seen.len() < wrapper.files.len();
            continue;
        }
        files.push(found(described(structure, node), is_no_file(index)));
        has_attachment |= !is_no_file(index) && !bodies.other_forms.contains(&index);
    }
    files.extend(embedded.into_iter().map(embedded_file));
    Glance {
        preview: text.as_deref().map(preview::of).unwrap_or_default(),
        has_attachment,
        sent_by: headers::sent_by(structure.header()),
        text: text.unwrap_or_default(),
        beside,
        report: report::find(structure),
        list: list(structure),
        mailing_list: mailing_list::of(&fields::split(structure.header()).0),
        files,
    }
}

/// What HTML says where it says far more than the plain text beside it, as of a newsletter whose text is "Your program shows no HTML":
/// the HTML is what is read.
fn said_by_html_alone(text: &str, parts: &[String]) -> String {
    let letters = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).count();
    let said: Vec<String> = parts.iter().map(|part| html_text::all_words(part)).collect();
    let said = said.join("\n");
    match letters(&said) > 2 * letters(text) {
        true => said,
        false => String::new(),
    }
}

/// A picture that is shown, and what programs read in a report, is found by its name, but not among the files of its kind.
fn found(mut file: AttachedFile, is_no_file: bool) -> AttachedFile {
    if is_no_file {
        file.kinds.clear();
    }
    file
}

/// Whether a picture of the letter's own goes by this Content-ID.
fn shows_own(structure: &Structure<'_>, bodies: &Bodies, id: &str) -> bool {
    let nodes = bodies.attachments.iter();
    let mut named = nodes
        .filter_map(|&index| structure.nodes.get(index))
        .filter(|node| node.content.content_id.as_deref() == Some(id));
    named.any(|node| attachment::is_drawn(structure, node))
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

/// Where the octets of a file are.
pub(crate) enum Held<'a> {
    Part(&'a Node),
    Wrapped(TnefFile),
}

/// A file of a letter, with its octets.
pub(crate) struct HeldFile<'a> {
    pub held: Held<'a>,
    pub described: AttachedFile,
    /// The section of its part; of what is wrapped that of the wrapper, `/!` and its number.
    pub part: String,
}

/// The files of a letter with their octets, and the pictures that it shows.
pub(crate) fn files<'a>(structure: &'a Structure<'_>) -> Vec<HeldFile<'a>> {
    let bodies = Bodies::choose(structure);
    let mut wrappers = Wrappers::among(structure, hanging(structure, &bodies), |octets, _| {
        open_tnef(octets)
    });
    let mut files = Vec::new();
    for (index, node) in hanging(structure, &bodies) {
        match wrappers.take(index) {
            Some(wrapper) => files.extend((1_usize..).zip(wrapper.files).map(|(number, file)| {
                let given = file.media_type.as_deref();
                let media_type = given.or_else(|| picture_type(&file.data));
                HeldFile {
                    described: wrappers::described(file.name.clone(), media_type),
                    held: Held::Wrapped(file),
                    part: format!("{}/!{number}", node.section),
                }
            })),
            None => files.push(HeldFile {
                held: Held::Part(node),
                described: described(structure, node),
                part: node.section.clone(),
            }),
        }
    }
    files
}

/// What hangs on a letter, but signatures.
fn hanging<'a>(structure: &'a Structure<'_>, bodies: &Bodies) -> impl Iterator<Item = (usize, &'a Node)> {
    let signatures = attachment::signatures(structure);
    let nodes = bodies.attachments.iter();
    nodes
        .filter_map(|&index| Some((index, structure.nodes.get(index)?)))
        .filter(move |(index, _)| !signatures.contains(index))
}

fn described(structure: &Structure<'_>, node: &Node) -> AttachedFile {
    let name = attachment::given_name(structure, node).unwrap_or_default();
    let media_type = node.content.media_type();
    AttachedFile {
        kinds: file_kind::words(media_type, &name),
        readable: file_kind::reader(media_type, &name).is_some(),
        name,
    }
}

/// The pictures that the HTML shows. It is not read for what has no name that it could call.
fn shown<'a>(structure: &Structure<'_>, bodies: &Bodies, html: impl FnOnce() -> &'a Html) -> HashSet<usize> {
    let addresses = Addresses::of(structure);
    let pictures = bodies.attachments.iter().filter_map(|&index| {
        let node = structure.nodes.get(index)?;
        let called = Called {
            id: node.content.content_id.as_deref(),
            location: node.content.location.as_deref(),
            address: addresses.as_ref().and_then(|addresses| addresses.own(index)),
        };
        let is_called = called.id.is_some() || called.location.is_some();
        (is_called && attachment::is_drawn(structure, node)).then_some((index, called))
    });
    Names::of(pictures).shown_in(|| {
        let html = html();
        (html.parts.as_slice(), html.bases(addresses.as_ref()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str, html: &str) -> Glance {
        let raw = format!(
            "Subject: x\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\
             --b\r\nContent-Type: text/html\r\n\r\n{html}\r\n--b--\r\n"
        );
        glance(raw.as_bytes())
    }

    #[test]
    fn html_is_found_where_the_text_beside_it_is_a_stub() {
        let html = "<p>Win<b>ter</b>jackets and <i>wool</i> socks are half their price until Sunday.</p><img alt='A coat'>";
        let seen = both("Your program shows no HTML.", html);
        assert_eq!(
            seen.text, "Your program shows no HTML.",
            "the text stays what it is"
        );
        for word in ["Winterjackets", "Sunday", "A coat"] {
            assert!(seen.beside.contains(word), "{word} in {:?}", seen.beside);
        }
        let same = both(
            "Winterjackets and wool socks are half their price until Sunday.",
            html,
        );
        assert_eq!(same.beside, "", "what both say is not kept twice");
        let long = "kettle ".repeat(STUB / 7 + 1);
        assert_eq!(
            both(&long, &format!("<p>{}</p>", "lantern ".repeat(STUB))).beside,
            "",
            "a long text is no stub"
        );
    }

    #[test]
    fn a_letter_with_files_comes_with_its_glance_and_is_what_it_is_by_itself() {
        let plain = b"Subject: x\r\n\r\nA kettle.\r\n".as_slice();
        assert_eq!(glance_with_letter(plain), (glance(plain), None));
        let with_file =
            b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nA kettle.\r\n\
            --b\r\nContent-Type: text/csv; name=tides.csv\r\n\r\n1,2\r\n--b--\r\n"
                .as_slice();
        let (seen, letter) = glance_with_letter(with_file);
        assert_eq!(seen, glance(with_file));
        let letter = letter.expect("it has a file");
        assert_eq!(letter, crate::parse(with_file));
        assert_eq!(letter.attachments.len(), 1);
    }
}
