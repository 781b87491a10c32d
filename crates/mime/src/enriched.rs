//! The words of texts with simple marks: text/enriched (RFC 1896), as old programs and some of today still send it, and
//! text/richtext (RFC 1341), which came before it. Marks go; what they say of looks is not kept.

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Enriched,
    Richtext,
}

impl Marks {
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        match media_type {
            "text/enriched" => Some(Self::Enriched),
            "text/richtext" => Some(Self::Richtext),
            _ => None,
        }
    }
}

/// The words alone. Lines end with LF.
pub(crate) fn text(marked: &str, marks: Marks) -> String {
    let mut page = Page {
        text: String::with_capacity(marked.len()),
        marks,
        ends: 0,
        unfilled: 0,
    };
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        let (words, mark) = rest.split_at(at);
        page.words(words);
        rest = mark.get(1..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix('<').filter(|_| marks == Marks::Enriched) {
            page.words("<");
            rest = after;
            continue;
        }
        // A mark is short; whatever else begins like one is text.
        let end = rest.bytes().take(64).position(|byte| byte == b'>');
        let Some((name, after)) = end.and_then(|end| Some((rest.get(..end)?, rest.get(end + 1..)?))) else {
            page.words("<");
            continue;
        };
        rest = page.mark(&name.to_ascii_lowercase(), after);
    }
    page.words(rest);
    page.text
}

struct Page {
    text: String,
    marks: Marks,
    /// Line ends in a row that were read and not yet written.
    ends: usize,
    /// Elements within which lines end where they end.
    unfilled: usize,
}

impl Page {
    fn words(&mut self, words: &str) {
        for piece in words.split_inclusive('\n') {
            let line = piece.strip_suffix('\n');
            let words = line.unwrap_or(piece);
            if !words.is_empty() {
                self.write_ends();
                self.text.push_str(words);
            }
            self.ends += usize::from(line.is_some());
        }
    }

    /// One line end is a blank, and of several in a row one is none (RFC 1896, section 3).
    fn write_ends(&mut self) {
        let ends = std::mem::take(&mut self.ends);
        if self.unfilled > 0 {
            self.text.extend(std::iter::repeat_n('\n', ends));
        } else if ends == 1 || ends > 0 && self.marks == Marks::Richtext {
            self.text.push(' ');
        } else {
            self.text
                .extend(std::iter::repeat_n('\n', ends.saturating_sub(1)));
        }
    }

    /// Does what a mark says, and gives the text that goes on behind it.
    fn mark<'t>(&mut self, name: &str, after: &'t str) -> &'t str {
        match name {
            // What stands in these is said to programs. Without an end they go on as text.
            "param" | "comment" => {
                let close = format!("</{name}>");
                let near = after.get(..after.floor_char_boundary(200)).unwrap_or(after);
                let end = near.to_ascii_lowercase().find(&close);
                return end.and_then(|at| after.get(at + close.len()..)).unwrap_or(after);
            }
            "nofill" | "verbatim" => {
                self.write_ends();
                self.unfilled += 1;
            }
            "/nofill" | "/verbatim" => {
                self.write_ends();
                self.unfilled = self.unfilled.saturating_sub(1);
            }
            "nl" | "np" | "paragraph" | "/paragraph" if self.marks == Marks::Richtext => {
                self.ends = 0;
                self.text.push('\n');
            }
            "lt" if self.marks == Marks::Richtext => self.words("<"),
            _ => {}
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::*;

    #[test]
    fn the_words_are_kept_and_the_marks_go() {
        for (marked, words) in [
            ("<bold>Hello</bold> body", "Hello body"),
            ("one\nline\n\nnext\n\n\nlast", "one line\nnext\n\nlast"),
            (
                "<color><param>red</param>red</color> <<kept> 1 < 2",
                "red <kept> 1 < 2",
            ),
            ("<nofill>a\nb</nofill>\nc", "a\nb c"),
            ("a <unended", "a <unended"),
            ("<param>never ended", "never ended"),
            ("Grüße<fontfamily><param>käse</param>!</fontfamily>", "Grüße!"),
        ] {
            assert_eq!(text(marked, Marks::Enriched), words, "{marked}");
        }
        assert_eq!(
            text(
                "<bold>a</bold>\nb<nl>c<lt>d<comment>no</comment>",
                Marks::Richtext
            ),
            "a b\nc<d"
        );
    }

    #[test]
    fn a_million_open_marks_are_read_at_once() {
        for piece in ["<", "<param>", "<a", "<<", "<nofill>\n"] {
            let marked = |pieces| piece.repeat(pieces);
            assert_linear(piece, 5_000, marked, |marked| text(marked, Marks::Enriched));
            let marked = marked(200_000);
            assert!(text(&marked, Marks::Enriched).len() <= marked.len(), "{piece}");
        }
    }
}
