//! A small tree of an XML document that somebody else has written: read whole, or refused.
//!
//! There is no document type, so no entity but the five of XML itself and characters by number: nothing grows while
//! it is read, and nothing is fetched. Depth and number of elements are bounded.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::RemoteError;

const DOING: &str = "reading a description of servers";
const DEEPEST: usize = 32;
/// More than our own list of providers has, which is read by the same rules.
const MOST: usize = 5_000;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Without its prefix: the documents we read do not mix vocabularies.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The text of this element itself, without the white space around it.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// Reads a document: its root.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, RemoteError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| refused("it is not in UTF-8"))?;
        let mut reader = Reader::from_str(text);
        // The bottom is not an element: it collects the root.
        let mut open = vec![Self::default()];
        let mut seen = 0_usize;
        loop {
            let event = reader.read_event().map_err(|error| refused(error.to_string()))?;
            match event {
                Event::Start(start) | Event::Empty(start) if open.len() > DEEPEST || seen >= MOST => {
                    drop(start);
                    return Err(RemoteError::limit("a description of servers"));
                }
                Event::Start(start) => {
                    seen += 1;
                    open.push(begin(&start)?);
                }
                Event::Empty(start) => {
                    seen += 1;
                    let empty = begin(&start)?;
                    put(&mut open, empty)?;
                }
                Event::End(_) => {
                    let mut done = open.pop().ok_or_else(|| refused("it ends more than it begins"))?;
                    done.text = done.text.trim().to_owned();
                    put(&mut open, done)?;
                }
                Event::Text(words) => write(&mut open, &words.xml10_content()),
                Event::CData(words) => write(&mut open, &words.xml10_content()),
                Event::GeneralRef(reference) => {
                    let by_number = reference
                        .resolve_char_ref()
                        .map_err(|error| refused(error.to_string()))?;
                    match by_number {
                        Some(character) => write(&mut open, character.encode_utf8(&mut [0; 4])),
                        None => {
                            let meaning = quick_xml::escape::resolve_xml_entity(&reference)
                                .ok_or_else(|| refused("it uses an entity of its own"))?;
                            write(&mut open, meaning);
                        }
                    }
                }
                Event::DocType(_) => return Err(refused("it has a document type")),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        match (open.pop(), open.is_empty()) {
            (Some(bottom), true) => {
                let mut roots = bottom.children.into_iter();
                match (roots.next(), roots.next()) {
                    (Some(root), None) => Ok(root),
                    _ => Err(refused("it does not have one root")),
                }
            }
            _ => Err(refused("it does not end")),
        }
    }

    /// The children with this name.
    pub(super) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child with this name, where there is any.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name)
            .map(|child| child.text.as_str())
            .filter(|text| !text.is_empty())
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn begin(start: &BytesStart<'_>) -> Result<Element, RemoteError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| refused(error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| refused(error.to_string()))?;
        attributes.push((
            attribute.key.local_name().into_inner().to_owned(),
            value.into_owned(),
        ));
    }
    Ok(Element {
        name: start.local_name().into_inner().to_owned(),
        attributes,
        ..Element::default()
    })
}

fn put(open: &mut [Element], done: Element) -> Result<(), RemoteError> {
    let parent = open
        .last_mut()
        .ok_or_else(|| refused("it ends more than it begins"))?;
    parent.children.push(done);
    Ok(())
}

fn write(open: &mut [Element], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

fn refused(detail: impl AsRef<str>) -> RemoteError {
    RemoteError::protocol(DOING, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let root = Element::read(
            b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- hello -->\n<a:config xmlns:a=\"urn:x\" version='1.1'>\
              <host> imap.<![CDATA[nordlicht]]>.test </host><empty kind=\"a&amp;b\"/>\
              <name>Nord &amp; Licht &#x26; S&#246;hne</name></a:config>",
        )
        .expect("it is well formed");
        assert_eq!(root.name, "config");
        assert_eq!(root.attribute("version"), Some("1.1"));
        assert_eq!(root.text_of("host"), Some("imap.nordlicht.test"));
        assert_eq!(root.text_of("name"), Some("Nord & Licht & Söhne"));
        assert_eq!(
            root.child("empty").and_then(|one| one.attribute("kind")),
            Some("a&b")
        );
        assert_eq!(root.text_of("empty"), None, "there is nothing in it");
    }

    #[test]
    fn what_is_not_one_whole_document_is_refused() {
        for broken in [
            "",
            "hello",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a>&nonsense;</a>",
            "<a b=\"&nonsense;\"/>",
            "<a b=\"1\" b=\"2\"/>",
            "<!DOCTYPE a><a/>",
            "<html><head><title>404</head></html>",
        ] {
            assert!(Element::read(broken.as_bytes()).is_err(), "{broken:?} is refused");
        }
        assert!(
            Element::read(b"<a>\xff</a>").is_err(),
            "another encoding than it says"
        );
    }

    #[test]
    fn bombs_do_not_go_off() {
        let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><l>&b;</l>";
        assert!(Element::read(laughs.as_bytes()).is_err(), "no entities are made");
        let outside = "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><l>&x;</l>";
        assert!(Element::read(outside.as_bytes()).is_err(), "and none are fetched");
        let deep = "<a>".repeat(100_000);
        assert!(Element::read(deep.as_bytes()).is_err(), "the depth is bounded");
        let wide = format!("<a>{}</a>", "<b/>".repeat(100_000));
        assert!(
            Element::read(wide.as_bytes()).is_err(),
            "so is the number of elements"
        );
    }
}
