//! Where the parts of a letter stood before they were sent, as whole addresses (RFC 2557, section 5). A part's own Content-Location
//! may be relative: to the address of the multipart around it, to that of the one around that, and where nothing is absolute, to
//! the letter itself. Not here: which parts the HTML shows by them.

use std::rc::Rc;

use url::Url;

use crate::structure::Structure;

/// To what addresses are relative where a letter names no other (RFC 2557, section 5).
const LETTER: &str = "thismessage:/";

/// Octets of a whole address that is kept. Multiparts within multiparts could make it as long as all of theirs together, for each
/// of their parts.
const LONGEST: usize = 4_000;

/// The addresses of a letter's parts, by the numbers of its nodes.
pub(crate) struct Addresses {
    places: Vec<Place>,
}

#[derive(Clone, Default)]
struct Place {
    /// Its own address.
    own: Option<String>,
    /// To what addresses in it are relative, where it may have some.
    base: Option<Rc<Url>>,
}

impl Addresses {
    /// `None`: no part of the letter has an address.
    pub(crate) fn of(structure: &Structure<'_>) -> Option<Self> {
        let says =
            |node: &crate::structure::Node| node.content.location.is_some() || node.content.base.is_some();
        if !structure.nodes.iter().any(says) {
            return None;
        }
        let root = Place {
            own: None,
            base: Url::parse(LETTER).ok().map(Rc::new),
        };
        let mut around = vec![root; structure.nodes.len()];
        let mut places = Vec::with_capacity(structure.nodes.len());
        // Each multipart comes before its children.
        for (number, node) in structure.nodes.iter().enumerate() {
            let outer = around.get(number).and_then(|place| place.base.clone());
            let joined = |base: &Option<Rc<Url>>, address: &Option<String>| {
                joined(base.as_ref()?, address.as_deref()?).map(Rc::new)
            };
            let given = joined(&outer, &node.content.base);
            let own = joined(given.as_ref().map_or(&outer, |_| &given), &node.content.location);
            let mut place = Place {
                own: own.as_ref().map(ToString::to_string),
                base: given.or(own).or(outer),
            };
            if node.is_leaf() && node.content.media_type() != "text/html" {
                place.base = None;
            }
            for child in &node.children {
                if let Some(child) = around.get_mut(*child) {
                    child.base.clone_from(&place.base);
                }
            }
            places.push(place);
        }
        Some(Self { places })
    }

    /// The whole address of a part.
    pub(crate) fn own(&self, node: usize) -> Option<&str> {
        self.places.get(node)?.own.as_deref()
    }

    /// To what addresses in a part are relative.
    pub(crate) fn base(&self, node: usize) -> Option<&Url> {
        self.places.get(node)?.base.as_deref()
    }
}

/// An address as a whole one, if it is kept.
pub(crate) fn joined(base: &Url, address: &str) -> Option<Url> {
    let whole = base.join(address).ok()?;
    (whole.as_str().len() <= LONGEST).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The own addresses and the bases of all parts.
    fn all(raw: &str) -> Vec<(Option<String>, Option<String>)> {
        let structure = Structure::read(raw.as_bytes());
        let addresses = Addresses::of(&structure).expect("there is one");
        let each = 0..structure.nodes.len();
        each.map(|node| {
            let base = addresses.base(node).map(ToString::to_string);
            (addresses.own(node).map(str::to_owned), base)
        })
        .collect()
    }

    #[test]
    fn addresses_are_relative_to_what_is_around_them() {
        let raw = "Content-Type: multipart/mixed; boundary=m\nContent-Location: https://a.example/one/\n\n--m\n\
            Content-Type: multipart/related; boundary=b\nContent-Location: two/three/\n\n\
            --b\nContent-Type: text/html\n\nx\n\
            --b\nContent-Type: text/html\nContent-Location: four/page.html\n\nx\n\
            --b\nContent-Type: image/gif\nContent-Location: ../a.gif\n\nx\n\
            --b\nContent-Type: image/gif\nContent-Location: https://b.example/b.gif\n\nx\n\
            --b\nContent-Type: text/html\nContent-Base: /five/\nContent-Location: page.html\n\nx\n--b--\n--m--\n";
        let there = |path: &str| Some(format!("https://a.example/{path}"));
        assert_eq!(
            all(raw),
            [
                (there("one/"), there("one/")),
                (there("one/two/three/"), there("one/two/three/")),
                (None, there("one/two/three/")),
                (
                    there("one/two/three/four/page.html"),
                    there("one/two/three/four/page.html")
                ),
                (there("one/two/a.gif"), None),
                (Some("https://b.example/b.gif".to_owned()), None),
                (there("five/page.html"), there("five/")),
            ]
        );
    }

    #[test]
    fn where_nothing_is_absolute_addresses_are_relative_to_the_letter() {
        let raw = "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Location: dir/page.html\n\nx\n\
            --b\nContent-Type: image/gif\nContent-Location: ./a.gif\n\nx\n\
            --b\nContent-Type: image/gif\nContent-Location: http://[bad\n\nx\n--b--\n";
        let letter = Some("thismessage:/".to_owned());
        let page = Some("thismessage:/dir/page.html".to_owned());
        let picture = Some("thismessage:/a.gif".to_owned());
        assert_eq!(
            all(raw),
            [
                (None, letter),
                (page.clone(), page),
                (picture, None),
                (None, None)
            ],
            "what is no address is none"
        );
    }

    #[test]
    fn addresses_do_not_grow_with_what_is_around_them() {
        let mut raw = String::new();
        for depth in 0..39 {
            raw += &format!(
                "Content-Type: multipart/mixed; boundary=b{depth}\nContent-Location: {}/\n\n--b{depth}\n",
                "\u{e4}".repeat(990)
            );
        }
        raw += "Content-Type: text/html\n\nx\n";
        for leaf in 0..1_900 {
            raw += &format!("--b38\nContent-Type: image/gif\nContent-Location: {leaf}.gif\n\nx\n");
        }
        let all = all(&raw);
        assert_eq!(all.len(), 39 + 1 + 1_900);
        let lengths = all
            .iter()
            .flat_map(|(own, base)| [own, base])
            .flatten()
            .map(String::len);
        assert!(lengths.max().unwrap_or_default() <= LONGEST, "each is short");
        let bases = all.iter().filter(|(_, base)| base.is_some());
        assert_eq!(bases.count(), 39 + 1, "a picture has no use for one");
        let long = format!(
            "Content-Type: multipart/mixed; boundary=b\nContent-Location: https://a.example/\n\n--b\n\
             Content-Type: text/html\nContent-Location: {}\n\nx\n--b--\n",
            "\u{e4}".repeat(990)
        );
        let page = Addresses::of(&Structure::read(long.as_bytes())).expect("there is one");
        assert_eq!(
            (page.own(1), page.base(1).map(Url::as_str)),
            (None, Some("https://a.example/"))
        );
    }

    #[test]
    fn a_letter_without_an_address_costs_nothing() {
        let raw = "Content-Type: text/html\n\n<img src=cid:a>\n";
        assert!(Addresses::of(&Structure::read(raw.as_bytes())).is_none());
    }
}
