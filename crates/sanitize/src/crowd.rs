//! Tags with a crowd of attributes. A tokenizer compares each new attribute of a tag with all before it, so a tag of
//! a million takes an hour: the crowd is cut out before anything else reads the letter.
//!
//! To know what is a tag, this walks through the letter in the very steps of the tokenizer that follows (WHATWG HTML,
//! section 13.2.5), as far as they matter here. If the two came to disagree, time would be lost, not safety.

use std::borrow::Cow;

use crate::element::{Fate, Text, fate};

/// More attributes than any tag of a letter has.
const MOST: usize = 128;

/// The letter with at most so many attributes in each tag, unchanged if that is so already.
pub(crate) fn thinned(html: &str) -> Cow<'_, str> {
    let mut walk = Walk { html, at: 0 };
    let mut kept = String::new();
    let mut kept_to = 0;
    while let Some(tag) = walk.next_tag() {
        if let Some(from) = tag.crowd_from {
            kept.push_str(html.get(kept_to..from).unwrap_or_default());
            kept_to = tag.end;
        }
        walk.skip_text_of(&tag);
    }
    if kept_to == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(html.get(kept_to..).unwrap_or_default());
    Cow::Owned(kept)
}

struct Walk<'h> {
    html: &'h str,
    at: usize,
}

struct Tag {
    name: String,
    is_end: bool,
    /// Where the attributes begin that are too many.
    crowd_from: Option<usize>,
    /// Where the `>` is, or the end of the letter.
    end: usize,
}

impl Walk<'_> {
    /// The next start or end tag in markup, over text, comments and declarations.
    fn next_tag(&mut self) -> Option<Tag> {
        loop {
            self.skip_to("<")?;
            self.at += 1;
            match (self.byte(0), self.byte(1)) {
                (Some(letter), _) if letter.is_ascii_alphabetic() => return Some(self.tag(false)),
                (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    return Some(self.tag(true));
                }
                (Some(b'!'), _) if self.rest().starts_with("!--") => {
                    self.at += 3;
                    self.skip_comment()?;
                }
                (Some(b'!' | b'?' | b'/'), _) => self.skip_to(">")?,
                _ => {}
            }
        }
    }

    fn tag(&mut self, is_end: bool) -> Tag {
        let start = self.at;
        self.skip_while(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>'));
        let name = self
            .html
            .get(start..self.at)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let (mut count, mut crowd_from) = (0, None);
        loop {
            self.skip_while(|byte| is_blank(byte) || byte == b'/');
            if matches!(self.byte(0), None | Some(b'>')) {
                return Tag {
                    name,
                    is_end,
                    crowd_from,
                    end: self.at,
                };
            }
            count += 1;
            if count > MOST {
                crowd_from = crowd_from.or(Some(self.at));
            }
            self.skip_attribute();
        }
    }

    fn skip_attribute(&mut self) {
        // An equals sign where a name should begin is the name's first letter.
        self.at += 1;
        self.skip_while(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'='));
        self.skip_while(is_blank);
        if self.byte(0) != Some(b'=') {
            return;
        }
        self.at += 1;
        self.skip_while(is_blank);
        match self.byte(0) {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.skip_while(|byte| byte != quote);
                self.at = self.html.len().min(self.at + 1);
            }
            Some(b'>') | None => {}
            Some(_) => self.skip_while(|byte| !is_blank(byte) && byte != b'>'),
        }
    }

    fn skip_comment(&mut self) -> Option<()> {
        if matches!(
            (self.byte(0), self.byte(1)),
            (Some(b'>'), _) | (Some(b'-'), Some(b'>'))
        ) {
            return self.skip_to(">");
        }
        loop {
            self.skip_to("--")?;
            self.at += 1;
            if matches!(
                (self.byte(1), self.byte(2)),
                (Some(b'>'), _) | (Some(b'!'), Some(b'>'))
            ) {
                return self.skip_to(">");
            }
        }
    }

    /// Moves over what is text, up to the end tag, in elements whose content is not markup.
    fn skip_text_of(&mut self, tag: &Tag) {
        if tag.is_end {
            return;
        }
        match fate(&tag.name) {
            Fate::KeepText(Text::Plain) => self.at = self.html.len(),
            Fate::Sheet | Fate::KeepText(_) | Fate::RemoveText(_) => loop {
                if self.skip_to("</").is_none() {
                    self.at = self.html.len();
                    return;
                }
                let end = self.at + 2 + tag.name.len();
                let name = self.html.get(self.at + 2..end).unwrap_or_default();
                let after = self.html.as_bytes().get(end).copied();
                if name.eq_ignore_ascii_case(&tag.name)
                    && after.is_some_and(|byte| is_blank(byte) || matches!(byte, b'/' | b'>'))
                {
                    return;
                }
                self.at += 2;
            },
            _ => {}
        }
    }

    fn rest(&self) -> &str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.html.as_bytes().get(self.at + ahead).copied()
    }

    fn skip_to(&mut self, text: &str) -> Option<()> {
        self.at += self.rest().find(text)?;
        Some(())
    }

    /// Stops before an ASCII byte or at the end, so that it always stands between two characters.
    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.html.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest
            .iter()
            .position(|&byte| byte.is_ascii() && !wanted(byte))
            .unwrap_or(rest.len());
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(attribute: &str) -> String {
        (0..1_000)
            .map(|number| format!(" {attribute}{number}=1"))
            .collect()
    }

    #[test]
    fn a_usual_letter_is_not_touched() {
        for html in [
            "<p class=\"a>b\" title='<' hidden>x</p><!-- > --><br/>",
            "<style>a<b{}</style><!DOCTYPE html \"a>b\"><a =x==y href = z>é</a >",
            "<p",
            "<!--",
            "</",
            "<a href='",
            "<a href='é",
            "<a é",
        ] {
            assert!(
                matches!(thinned(html), Cow::Borrowed(same) if same == html),
                "{html}"
            );
        }
    }

    #[test]
    fn a_crowd_is_cut_out_and_the_tag_goes_on_behind_it() {
        let html = format!("<p first=\"é\"{}>text</p><b>", crowd("a"));
        let thin = thinned(&html);
        assert!(
            thin.starts_with("<p first=\"é\" a0=1 a1=1"),
            "what came first stays"
        );
        assert!(
            thin.ends_with("a126=1 >text</p><b>"),
            "and what comes after: {thin}"
        );
        assert!(
            thinned(&format!("</p{}>", crowd("a"))).len() < 1_500,
            "end tags have attributes too"
        );
    }

    #[test]
    fn a_crowd_cannot_hide_behind_a_quote_that_opens_in_no_tag() {
        for before in [
            "<!-- <a x=\" -->",
            "<!--><a x=\"\">",
            "<!-- <!--><i>",
            "<script><a x=\"</script>",
            "<script><!--<script></script>",
            "<style></styles><a x='</style>",
            "<title></title/><i>",
            "<svg><style><a x=\"</style>",
            "<!x \"><i>",
            "<?x '><i>",
            "</ x=\"><i>",
            "</><i>",
            "<i x=a\"b>",
            "<i x\"y='>'>",
            "a < b=\" ",
            "<i/x=/\">",
        ] {
            let html = format!("{before}<p{}>", crowd("a"));
            assert!(thinned(&html).len() < 1_500, "after {before}");
        }
    }
}
