//! Text as it is written: with places where its long words may be broken, and in boxes where it turns its direction too often. And end
//! tags. Not here: start tags.

use super::Pass;
use crate::attributes::escape;
use crate::image::Purpose;
use crate::turns;

impl Pass<'_> {
    pub(super) fn write_text(&mut self, text: &str) {
        match self.purpose {
            Purpose::Showing(_) => self.write_turning(text),
            Purpose::Sending => escape(text, &mut self.made.html),
        }
    }

    /// Writes text with places where its long words may be broken, and in boxes where it turns too often.
    fn write_turning(&mut self, text: &str) {
        let depth = self.nesting.depth();
        self.box_at = self.box_at.filter(|at| depth >= *at);
        let Self { unbroken, made, .. } = self;
        self.turns.pieces(text, self.box_at.is_some(), |piece, boxed| {
            let (open, close) = if boxed {
                (turns::OPEN, turns::CLOSE)
            } else {
                ("", "")
            };
            made.html.push_str(open);
            made.purse.elements += usize::from(boxed) + unbroken.write(piece, &mut made.html);
            made.html.push_str(close);
        });
    }

    /// Takes note of an element that may be a box as those that are made here.
    pub(super) fn note_box(&mut self, name: &str, style: Option<&str>) {
        let depth = self.nesting.depth();
        self.box_at = self.box_at.filter(|at| depth > *at);
        if self.box_at.is_none() && turns::is_box(name, style) {
            self.box_at = Some(depth);
            self.turns.enter_box();
        }
    }

    pub(super) fn write_end(&mut self, name: &str) {
        self.made.html.push_str("</");
        self.made.html.push_str(name);
        self.made.html.push('>');
    }
}
