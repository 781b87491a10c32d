//! Folding the quote that a letter ends with: what was written before is a press away, and what is new is seen at once.
//! The fold is an element of HTML that needs no script. Not here: which element is a quote.

/// Before the quote. The class is ours alone: a letter's own classes of this kind were left out.
pub(crate) const OPEN: &str = "<details class=\"waxwing-fold\"><summary title=\"Show or hide what was written before\" \
    aria-label=\"Show or hide what was written before\">•••</summary>";
pub(crate) const CLOSE: &str = "</details>";

/// Watches a letter being written, and finds the last quote of the outermost kind with nothing behind it.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    /// Something stands before the quote.
    begun: bool,
    quote: Option<Quote>,
}

#[derive(Debug, Clone, Copy)]
struct Quote {
    start: usize,
    /// How deep the elements were nested around it.
    depth: usize,
    end: Option<usize>,
}

impl Fold {
    /// A quote begins at this place of what is written, so deep.
    pub(crate) fn quote(&mut self, start: usize, depth: usize) {
        let within = self.quote.is_some_and(|quote| quote.end.is_none());
        if self.begun && !within {
            self.quote = Some(Quote {
                start,
                depth,
                end: None,
            });
        }
    }

    /// Elements ended, and so deep are those that are open still.
    pub(crate) fn ended(&mut self, at: usize, depth: usize) {
        if let Some(quote) = &mut self.quote
            && quote.end.is_none()
            && depth == quote.depth
        {
            quote.end = Some(at);
        }
        self.within(depth + 1);
    }

    /// What is written next stands so deep. A quote that something around it has cut off is not folded.
    pub(crate) fn within(&mut self, depth: usize) {
        if self
            .quote
            .is_some_and(|quote| quote.end.is_none() && depth <= quote.depth)
        {
            self.quote = None;
        }
    }

    /// Something that can be seen.
    pub(crate) fn seen(&mut self) {
        match self.quote {
            None => self.begun = true,
            // A quote with an answer below it is part of the talk.
            Some(Quote { end: Some(_), .. }) => self.quote = None,
            Some(Quote { end: None, .. }) => {}
        }
    }

    /// Puts the fold around the quote, if there is one to fold.
    pub(crate) fn apply(self, html: &mut String) {
        let Some(Quote { start, end, .. }) = self.quote else {
            return;
        };
        let end = end.unwrap_or(html.len());
        if html.is_char_boundary(start) && html.is_char_boundary(end) && start <= end {
            html.insert_str(end, CLOSE);
            html.insert_str(start, OPEN);
        }
    }
}

/// Whether a text holds anything to see.
pub(crate) fn is_seen(text: &str) -> bool {
    text.chars().any(|one| {
        !one.is_whitespace() && !matches!(one, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{34f}')
    })
}
