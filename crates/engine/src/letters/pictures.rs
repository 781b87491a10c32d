//! Which letter a picture belongs to. Each render of a letter gets a token that cannot be guessed, and the frame's
//! pictures carry it, so that one letter cannot show another's.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex};

use uuid::Uuid;
use waxwing_mime::PartId;
use waxwing_model::EmailId;
use waxwing_sanitize::LinkSeen;

use super::gallery::{self, Allowance, FromAfar, Gallery, Named};
use super::pieces::Pieces;
use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// Renders remembered; a picture of an older one is not found and the letter is rendered again.
const REMEMBERED: usize = 256;
/// Texts that are looked at for one address.
const MOST_TEXTS: usize = 100;
/// WebView2 gives the schemes of an app the form of a host.
pub(super) const BASE: &str = if cfg!(windows) {
    "http://letter.localhost"
} else {
    "letter://localhost"
};

#[derive(Default)]
pub(crate) struct Pictures {
    pub(super) gallery: Gallery,
    pub(super) pieces: Pieces,
    renders: Mutex<VecDeque<Render>>,
    /// The links of what was shown last, the newest letter first.
    links: Mutex<VecDeque<Links>>,
}

/// The links of one render.
struct Links {
    seen: Vec<LinkSeen>,
    /// There were more than are kept.
    more: bool,
}

#[derive(Clone)]
struct Render {
    token: String,
    email: EmailId,
    /// To the letter within the one that was received; empty: that one itself.
    way: String,
    /// Pictures from the network that the person has allowed for this render; the frame knows only their numbers.
    allowed: Arc<[FromAfar]>,
    allowance: Arc<Allowance>,
}

impl Pictures {
    /// A token for a render that is about to be made.
    pub(crate) fn token() -> String {
        Uuid::new_v4().simple().to_string()
    }

    /// Notes a render that was made.
    pub(crate) fn remember(&self, token: String, email: EmailId, way: String, mut allowed: Vec<FromAfar>) {
        self.gallery.close(email);
        // Who tracks is known of the senders of letters, and not of those whose letters were passed on.
        if !way.is_empty() {
            for picture in &mut allowed {
                picture.listener = None;
            }
        }
        let mut renders = locked(&self.renders);
        renders.push_back(Render {
            token,
            email,
            way,
            allowed: allowed.into(),
            allowance: Arc::default(),
        });
        while renders.len() > REMEMBERED {
            renders.pop_front();
        }
    }

    /// Remembers under which texts links stand, since a press tells their address alone.
    pub(crate) fn remember_links(&self, seen: Vec<LinkSeen>, more: bool) {
        if seen.is_empty() {
            return;
        }
        let mut links = locked(&self.links);
        links.push_front(Links { seen, more });
        links.truncate(REMEMBERED);
    }

    /// Letters whose links are remembered, each time that they were shown.
    #[cfg(test)]
    pub(crate) fn shown_with_links(&self) -> usize {
        locked(&self.links).len()
    }

    /// All texts under which an address stands in what was shown last: which of the letters was pressed is not known, and
    /// one that is honest does not speak for another. A link that there was no room for stands under a text that nobody has
    /// looked at.
    pub(crate) fn links_to(&self, shown: &str) -> Vec<LinkSeen> {
        let links = locked(&self.links);
        let there = links.iter().flat_map(|links| &links.seen);
        let mut found: Vec<LinkSeen> = Vec::new();
        for link in there.filter(|link| link.shown == shown) {
            if found.len() < MOST_TEXTS && !found.contains(link) {
                found.push(link.clone());
            }
        }
        if found.is_empty() && links.iter().any(|links| links.more) {
            found.push(LinkSeen {
                given: shown.to_owned(),
                shown: shown.to_owned(),
                cut: true,
                ..LinkSeen::default()
            });
        }
        found
    }

    /// What the letter may have fetched as it was drawn last: it may have been made once more since, and not drawn.
    pub(super) fn allowance_of(&self, email: EmailId, way: &str) -> Option<Arc<Allowance>> {
        let renders = locked(&self.renders);
        let mut last = renders.iter().rev();
        let render =
            last.find(|render| render.email == email && render.way == way && render.allowance.is_asked())?;
        Some(Arc::clone(&render.allowance))
    }

    fn render(&self, token: &str) -> Option<Render> {
        locked(&self.renders)
            .iter()
            .find(|render| render.token == token)
            .cloned()
    }
}

/// The address of an inline picture in a frame.
pub(crate) fn address(token: &str, content_id: &str) -> String {
    format!("{BASE}/{token}/cid/{}", escaped(content_id))
}

/// The address of a picture that stands between the texts of a letter.
pub(crate) fn address_between(token: &str, part: &str) -> String {
    format!("{BASE}/{token}/between/{}", escaped(part))
}

/// The address of a picture that the letter's HTML names by the address that it had, by its part.
pub(crate) fn address_within(token: &str, part: &str) -> String {
    format!("{BASE}/{token}/in/{}", escaped(part))
}

/// The pictures of a letter that its document asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    ids: HashSet<String>,
    parts: HashSet<String>,
}

impl Asked {
    /// What these pieces of a document ask for.
    pub(crate) fn by(pieces: &[&str], token: &str) -> Self {
        let all = |kind| {
            let each = pieces.iter().flat_map(|piece| asked(piece, token, kind));
            each.map(str::to_owned).collect()
        };
        Self {
            ids: all("cid"),
            parts: all("in"),
        }
    }

    pub(crate) fn has_id(&self, content_id: &str) -> bool {
        self.ids.contains(&escaped(content_id))
    }

    pub(crate) fn has_part(&self, part: &str) -> bool {
        self.parts.contains(&escaped(part))
    }
}

/// The names of pictures of a kind of which a piece of a document asks, in their escaped form.
fn asked<'d>(document: &'d str, token: &str, kind: &str) -> HashSet<&'d str> {
    let before = format!("{BASE}/{token}/{kind}/");
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'%');
    document
        .match_indices(&before)
        .filter_map(|(at, _)| {
            let id = document.get(at + before.len()..)?;
            let end = id.bytes().position(|byte| !is_part(byte)).unwrap_or(id.len());
            id.get(..end)
        })
        .collect()
}

pub(crate) fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// The address of an allowed picture from the network, by its number in the render.
pub(crate) fn remote_address(token: &str, number: usize) -> String {
    format!("{BASE}/{token}/remote/{number}")
}

impl Engine {
    /// The picture behind an address in a frame: its media type and its bytes. `name` is what follows the token,
    /// unescaped. A picture from the network is fetched now, if the render was allowed to show it.
    pub async fn picture(&self, token: &str, name: &str) -> Result<(&'static str, Arc<[u8]>)> {
        let gone = || EngineError::Gone("the picture");
        let render = self.inner.pictures.render(token).ok_or_else(gone)?;
        let found = if let Some(number) = name.strip_prefix("remote/") {
            let number = number.parse::<usize>().map_err(|_| gone())?;
            let wanted = render.allowed.get(number).ok_or_else(gone)?;
            self.picture_from_afar(render.email, number, wanted, &render.allowance)
                .await?
        } else if let Some(part) = name.strip_prefix("in/") {
            let named = Named::Part(PartId(part.to_owned()));
            self.picture_within(render.email, &render.way, named).await?
        } else if let Some(part) = name.strip_prefix("between/") {
            let way = match render.way.as_str() {
                "" => part.to_owned(),
                way => format!("{way}/{part}"),
            };
            gallery::picture(self.inside(render.email, &way).await?.bytes)
        } else if let Some(part) = name.strip_prefix("part/") {
            // A file by itself, which has a token of its own.
            let file = self.inside(render.email, part).await?;
            gallery::picture(file.bytes).filter(|_| render.way == part)
        } else {
            let content_id = name.strip_prefix("cid/").ok_or_else(gone)?;
            let named = Named::Id(content_id.to_owned());
            self.picture_within(render.email, &render.way, named).await?
        };
        found.ok_or_else(gone)
    }

    /// Where a file that is a picture is shown by itself.
    pub async fn picture_of(&self, email: EmailId, part: &str) -> Result<String> {
        let file = self.inside(email, part).await?;
        if waxwing_mime::picture_type(&file.bytes).is_none() {
            return Err(EngineError::Gone("the picture"));
        }
        let token = Pictures::token();
        let address = format!("{BASE}/{token}/part/{}", escaped(part));
        let pictures = &self.inner.pictures;
        pictures.remember(token, email, part.to_owned(), Vec::new());
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_letter_and_no_other() {
        let pictures = Pictures::default();
        let (lena, jonas) = (Pictures::token(), Pictures::token());
        assert_ne!(lena, jonas, "each render has its own");
        pictures.remember(lena, EmailId(1), String::new(), Vec::new());
        pictures.remember(jonas.clone(), EmailId(2), String::new(), Vec::new());
        assert_eq!(
            pictures.render(&jonas).map(|render| render.email),
            Some(EmailId(2)),
            "a token leads to its letter"
        );
        assert!(pictures.render("0").is_none(), "a guess leads nowhere");
    }

    #[test]
    fn old_renders_are_forgotten() {
        let pictures = Pictures::default();
        for number in 0..=REMEMBERED {
            pictures.remember(number.to_string(), EmailId(1), String::new(), Vec::new());
        }
        assert!(pictures.render("0").is_none(), "the oldest made room");
        assert!(pictures.render("1").is_some(), "the others are there");
    }

    fn link(address: &str, text: &str) -> LinkSeen {
        LinkSeen {
            given: address.to_owned(),
            shown: address.to_owned(),
            text: text.to_owned(),
            ..LinkSeen::default()
        }
    }

    #[test]
    fn an_honest_letter_does_not_speak_for_another() {
        let pictures = Pictures::default();
        pictures.remember_links(vec![link("https://a.example/", "bank.example")], false);
        pictures.remember_links(vec![link("https://a.example/", "a.example")], false);
        let texts: Vec<String> = pictures
            .links_to("https://a.example/")
            .into_iter()
            .map(|link| link.text)
            .collect();
        assert_eq!(texts, ["a.example", "bank.example"], "both are looked at");
        assert_eq!(pictures.links_to("https://other.example/"), []);
    }

    #[test]
    fn a_link_that_there_was_no_room_for_is_told() {
        let pictures = Pictures::default();
        pictures.remember_links(vec![link("https://a.example/", "a")], true);
        let found = pictures.links_to("https://other.example/");
        assert!(
            found.first().is_some_and(|link| link.cut),
            "nobody has read its text"
        );
        assert!(
            !pictures
                .links_to("https://a.example/")
                .iter()
                .any(|link| link.cut)
        );
    }

    #[test]
    fn a_letter_of_too_many_links_says_nothing_of_those_of_a_plain_text() {
        let pictures = Pictures::default();
        pictures.remember_links(vec![link("https://a.example/", "a")], true);
        let text = "see https://B.example and www.c.example/d";
        let (_, _, details) = waxwing_sanitize::examine_text(text, waxwing_sanitize::Quotes::Open);
        pictures.remember_links(details.links, details.more_links);
        for shown in ["https://b.example/", "https://www.c.example/d"] {
            let found = pictures.links_to(shown);
            let told: Vec<&str> = found.iter().map(|link| link.given.as_str()).collect();
            assert_eq!(told, [shown], "it is known");
            assert!(
                !found.iter().any(|link| link.cut),
                "and stands under its own address"
            );
        }
    }

    #[test]
    fn what_a_document_asks_for_is_read_from_it() {
        let document = format!(
            "<img src=\"{}\"><p style=\"background:url({})\">cid:c",
            address("t", "a@b"),
            address("t", "b")
        );
        let within = format!(
            "<td style=\"background-image: url(&quot;{}&quot;)\">",
            address_within("t", "1.2")
        );
        let asked = Asked::by(&[&document, &within], "t");
        assert!(asked.has_id("a@b") && asked.has_id("b") && asked.has_part("1.2"));
        assert!(!asked.has_id("c") && !asked.has_part("1") && !asked.has_id("1.2"));
        assert_eq!(Asked::by(&[&document, &within], "u"), Asked::default());
    }

    #[test]
    fn a_content_id_cannot_leave_its_place_in_the_address() {
        assert!(
            address("t", "a/../b?c#d\"e").ends_with("/t/cid/a%2F..%2Fb%3Fc%23d%22e"),
            "separators and quotes are escaped: {}",
            address("t", "a/../b?c#d\"e")
        );
    }
}
