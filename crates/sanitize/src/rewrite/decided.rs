//! The attributes of a tag: those that are taken over, and those that are decided: where it leads, what it shows, what we call it.

use std::borrow::Cow;

use url::Url;

use super::Pass;
use super::form::FIELD;
use crate::attributes::{Attributes, write, write_words};
use crate::image::{Picture, Purpose};
use crate::options::Links;
use crate::shape::Shape;
use crate::{link, links, policy, quote};

impl Pass<'_> {
    /// The attributes that are not taken over but decided: where it leads, what it shows, what we call it.
    pub(super) fn write_decided(
        &mut self,
        name: &'static str,
        attributes: &Attributes,
        picture: Option<Picture>,
        ours: Option<&'static str>,
    ) {
        let showing = matches!(self.purpose, Purpose::Showing(_));
        let quote = quote::is_quote(name, attributes);
        // A letter may wear the class of a field, so that what was cleaned is the same when it is cleaned again.
        let is_own = |class: &&str| !class.starts_with("waxwing-") || showing && *class == FIELD;
        let classes = attributes
            .classes()
            .filter(is_own)
            .chain(Some(quote::CLASS).filter(|_| quote && showing))
            .chain(ours.filter(|_| showing))
            .chain(Some("waxwing-remote").filter(|_| picture == Some(Picture::Placeholder)));
        if let Some(Picture::At(url)) = &picture {
            write("src", url, &mut self.made.html);
        }
        write_words("class", classes, &mut self.made.html);
        if let Some(Picture::At(url)) = picture {
            self.made.pictures.insert(url);
        }
        if quote && name == "blockquote" {
            write("type", "cite", &mut self.made.html);
        } else if let Some(kind) = attributes.get("type").filter(|_| policy::may_have(name, "type")) {
            write("type", kind, &mut self.made.html);
        }
        if name == "area" && showing {
            write("rel", "noopener noreferrer", &mut self.made.html);
        }
        if let Some(href) = attributes.get("href") {
            if link::is_script(href) {
                self.made.findings.removed_scripts += 1;
            }
            if let Some(url) = link::allowed(href) {
                self.write_link(&url);
            } else if let Some(place) = link::place(href).filter(|_| showing && name == "a") {
                write("href", &place, &mut self.made.html);
            }
        }
        // Places of before HTML 4 have names.
        if name == "a"
            && attributes.get("id").is_none()
            && let Some(place) = attributes.get("name").filter(|_| showing)
        {
            write("id", place, &mut self.made.html);
        }
    }

    /// Writes the attributes of which nothing else is decided than whether the element may have them.
    /// Of a picture's shape the height is a part.
    pub(super) fn write_plain(&mut self, name: &str, attributes: &Attributes, shape: Option<Shape>) {
        let is_shaped = shape.is_some_and(|shape| shape.by_attribute);
        for (attribute, value) in attributes.iter() {
            let is_of_shape = is_shaped && attribute == "height";
            let is_told = attribute == "title" && self.tells_links(name);
            if policy::may_have(name, attribute)
                && !is_of_shape
                && !is_told
                && !matches!(attribute, "src" | "href" | "class" | "style" | "type" | "rel")
            {
                let value = policy::for_paper(name, attribute, value, self.sight.found);
                write(attribute, &value, &mut self.made.html);
            }
        }
    }

    /// Whether links say where they lead, so that their sender's own words for it would lie, be they on the link or on what
    /// stands in it.
    pub(super) fn tells_links(&self, name: &str) -> bool {
        (matches!(name, "a" | "area") || self.made.details.is_in_link())
            && matches!(self.purpose, Purpose::Showing(options) if options.links != Links::AsGiven)
    }

    /// Words of attributes that a reader may take for a link's text. An area has no other, and nothing stands in it.
    pub(super) fn note_words(&mut self, name: &str, attributes: &Attributes) {
        for attribute in ["aria-label", "alt"] {
            if let Some(words) = attributes
                .get(attribute)
                .filter(|_| policy::may_have(name, attribute))
            {
                self.made.details.said(words);
            }
        }
        if name == "area" {
            self.made.details.link_ends();
        }
    }

    fn write_link(&mut self, url: &Url) {
        let href = url.as_str();
        let Purpose::Showing(options) = self.purpose else {
            return write("href", href, &mut self.made.html);
        };
        let (clean, title) = match options.links {
            Links::AsGiven => (Cow::Borrowed(href), None),
            told => {
                let (clean, title) = links::for_frame(href, told == Links::Cleaned);
                (Cow::Owned(clean), Some(title))
            }
        };
        self.made.details.link(url, &clean, options.reader);
        write("href", &clean, &mut self.made.html);
        if let Some(title) = title {
            write("title", &title, &mut self.made.html);
        }
    }
}
