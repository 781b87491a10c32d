//! What of a letter nobody sees, as far as the styles and sheets around it tell. Styles come with their names filled in. Not
//! here: what becomes of a picture that nobody sees.

use super::Pass;
use crate::attributes::Attributes;
use crate::fold::is_seen;
use crate::{css, image};

impl Pass<'_> {
    /// Takes note of text, if there is anything to see in it.
    pub(super) fn note_seen(&mut self, text: &str) {
        if is_seen(text) {
            self.fold.seen();
            self.blank = false;
            self.bare = None;
        }
    }

    /// Takes note of an element that has begun, if nothing in it can be seen.
    pub(super) fn note_hidden(&mut self, style: Option<&str>) {
        let depth = self.nesting.depth();
        // One that stood as deep has ended, whether its end was written or not.
        if self.hidden_at.is_some_and(|at| at >= depth) {
            self.hidden_at = None;
        }
        let hides = |style| css::may_hide(style) && css::hides(style);
        if self.hidden_at.is_none() && style.is_some_and(hides) {
            self.hidden_at = Some(depth);
        }
    }

    /// Whether what is around a picture, or a sheet, hides it. One that says how large it is to be seen is meant for small
    /// screens, where it is.
    pub(super) fn is_unseen(&mut self, image: &Attributes, style: Option<&str>) -> bool {
        if image::says_size(image, style) {
            return false;
        }
        if self.hidden_at.is_some() {
            return true;
        }
        if image.get("class").is_none() {
            return false;
        }
        // Outside of a sheet all of them are whole, and none is read again.
        self.made.steps += self.variables.read(&self.made.sheets);
        self.made.steps += self.hiding.read(&self.made.sheets, &self.variables);
        image.classes().any(|class| self.hiding.hides(class))
    }

    /// Whether nobody sees what stands behind an element that has begun.
    pub(super) fn is_unseen_behind(&self, element: &Attributes, style: Option<&str>) -> bool {
        image::is_invisible_behind(element, style)
            || self.hidden_at.is_some() && !image::says_size(element, style)
    }
}
