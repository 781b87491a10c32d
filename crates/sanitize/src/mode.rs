//! How a browser would read a letter: by the standards, or as pages were read before there were any. It says so by its doctype
//! (WHATWG HTML, section 13.2.6.4.1). Not here: what the frame makes of it.

/// The three ways of reading, of which the frame knows the first two. In the third a page is as high as its window, and the
/// frame's window is as high as its page; what else it means for tables stands in `frame/quirks.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Mode {
    #[default]
    Standards,
    /// Lines of a table's cell that hold pictures alone are as high as those, so that a picture cut into pieces is whole.
    LimitedQuirks,
    Quirks,
}

/// More of a letter's beginning than stands before a doctype that counts.
const LONGEST: usize = 4 * 1024;

impl Mode {
    pub(crate) fn of(html: &str) -> Self {
        let html = html
            .get(..html.floor_char_boundary(LONGEST))
            .unwrap_or(html)
            .trim_start_matches('\u{feff}');
        let Some(doctype) = doctype(html) else {
            return Self::Quirks;
        };
        let mut quoted = quoted(&doctype);
        let (public, system) = (quoted.next(), quoted.next());
        let Some(public) = public.filter(|_| doctype.contains("public")) else {
            return match doctype.split_ascii_whitespace().next() {
                Some("html") => Self::Standards,
                _ => Self::Quirks,
            };
        };
        let begins = |with: &[&str]| with.iter().any(|start| public.starts_with(start));
        if begins(&[
            "-//w3c//dtd xhtml 1.0 frameset//",
            "-//w3c//dtd xhtml 1.0 transitional//",
        ]) {
            return Self::LimitedQuirks;
        }
        if begins(&[
            "-//w3c//dtd html 4.01 frameset//",
            "-//w3c//dtd html 4.01 transitional//",
        ]) {
            return match system {
                Some(_) => Self::LimitedQuirks,
                None => Self::Quirks,
            };
        }
        // Those of before: HTML 2 to 4.0, and what single programs called theirs.
        let is_old = begins(&[
            "-//ietf//dtd html",
            "-//w3c//dtd html 3",
            "-//w3c//dtd html 4.0 ",
            "-//w3o//",
            "-//microsoft//",
            "-//netscape",
            "html",
        ]);
        if is_old { Self::Quirks } else { Self::Standards }
    }

    /// The doctype of a frame that is read so, as far as a frame may be.
    pub(crate) fn doctype(self) -> &'static str {
        match self {
            Self::Standards => "<!doctype html>",
            Self::LimitedQuirks | Self::Quirks => {
                "<!doctype html public \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \
                 \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">"
            }
        }
    }
}

/// What stands in the doctype behind its first word, in lower case. Before it stand blanks, comments and the like.
fn doctype(html: &str) -> Option<String> {
    let mut rest = html.trim_start();
    loop {
        let start = rest.get(..9).unwrap_or_default();
        if start.eq_ignore_ascii_case("<!doctype") {
            let (inside, _) = rest.get(9..)?.split_once('>')?;
            return Some(inside.to_ascii_lowercase());
        }
        let (_, after) = if rest.starts_with("<!--") {
            rest.split_once("-->")?
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest.split_once('>')?
        } else {
            return None;
        };
        rest = after.trim_start();
    }
}

/// What stands in quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, from) = rest.split_at(rest.find(['"', '\''])?);
        let mark = from.chars().next()?;
        let (inside, after) = from.get(1..)?.split_once(mark)?;
        rest = after;
        Some(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn a_letter_says_how_it_is_read() {
        for (html, mode) in [
            ("<!DOCTYPE html><p>x", Mode::Standards),
            (
                "\u{feff}\n<!-- a --><?xml version=\"1.0\"?><!doctype HTML >",
                Mode::Standards,
            ),
            (
                "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">",
                Mode::Standards,
            ),
            (
                "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">",
                Mode::LimitedQuirks,
            ),
            (
                "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'http://www.w3.org/TR/html4/loose.dtd'>",
                Mode::LimitedQuirks,
            ),
            (
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">",
                Mode::Quirks,
            ),
            (
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2//EN\">",
                Mode::Quirks,
            ),
            ("<!DOCTYPE html SYSTEM \"about:legacy-compat\">", Mode::Standards),
            ("<!doctype", Mode::Quirks),
            ("<html><!doctype html>", Mode::Quirks),
            ("<p>x", Mode::Quirks),
            ("", Mode::Quirks),
        ] {
            assert_eq!(Mode::of(html), mode, "{html}");
        }
    }
}
