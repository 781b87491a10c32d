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
    /// It is no element but all that follows in the one around it.
    is_rest: bool,
    end: Option<usize>,
}

impl Quote {
    /// Whether it is over where so many elements are open.
    fn is_over(&self, depth: usize) -> bool {
        match self.is_rest {
            true => depth < self.depth,
            false => depth <= self.depth,
        }
    }
}

impl Fold {
    /// Whether something to be seen stands in the letter by now.
    pub(crate) fn has_begun(&self) -> bool {
        self.begun
    }

    /// A quote begins at this place of what is written, so deep.
    pub(crate) fn quote(&mut self, start: usize, depth: usize) {
        self.begin(start, depth, false);
    }

    /// All that follows in the element that is open here, so deep, was written before.
    pub(crate) fn rest(&mut self, start: usize, depth: usize) {
        self.begin(start, depth, true);
    }

    fn begin(&mut self, start: usize, depth: usize, is_rest: bool) {
        let within = self.quote.is_some_and(|quote| quote.end.is_none());
        if self.begun && !within {
            self.quote = Some(Quote {
                start,
                depth,
                is_rest,
                end: None,
            });
        }
    }

    /// Elements ended, and so deep are those that are open still. Their end tags stand from `before` to `at`.
    pub(crate) fn ended(&mut self, before: usize, at: usize, depth: usize) {
        if let Some(quote) = &mut self.quote
            && quote.end.is_none()
            && quote.is_over(depth)
        {
            if quote.is_rest {
                quote.end = Some(before);
            } else if depth == quote.depth {
                quote.end = Some(at);
            }
        }
        self.within(depth + 1);
    }

    /// What is written next stands so deep. A quote that something around it has cut off is not folded.
    pub(crate) fn within(&mut self, depth: usize) {
        if self
            .quote
            .is_some_and(|quote| quote.end.is_none() && quote.is_over(depth))
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
