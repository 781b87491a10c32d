//! Text and end tags as they are written. Not here: start tags.

use super::Pass;
use crate::attributes::escape;
use crate::image::Purpose;

impl Pass<'_> {
    pub(super) fn write_text(&mut self, text: &str) {
        match self.purpose {
            Purpose::Showing(_) => self.write_turning(text),
            Purpose::Sending => escape(text, &mut self.made.html),
        }
    }

    pub(super) fn write_end(&mut self, name: &str) {
        self.made.html.push_str("</");
        self.made.html.push_str(name);
        self.made.html.push('>');
    }
}
