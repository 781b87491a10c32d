//! Whether as good as all of a letter stands on dark papers that its elements themselves say. A dark head above light words makes no dark
//! letter, nor does a button or a marked word. It is looked for once, in what the last filter let pass with the sender's own colours.
//! Not here: what sheets say (`ground.rs`).

use super::census::attribute;
use super::dark::Colour;
use super::ground::{PICTURE, is_all_but_little, signs};
use super::paper::is_dark_in;
use crate::element::{is_phrase, is_void};

/// `fragment`: clean, so that all attributes stand in double quotes and each element that is no void one is closed.
pub(crate) fn stands_on_dark(fragment: &str) -> bool {
    // Whether the nearest paper below what comes next is a dark one.
    let mut papers = vec![false];
    let (mut all, mut on_dark) = (0_usize, 0_usize);
    let mut count = |much: usize, is_dark: Option<&bool>| {
        all += much;
        on_dark += if is_dark == Some(&true) { much } else { 0 };
    };
    let mut pieces = fragment.split('<');
    count(signs(pieces.next().unwrap_or_default()), papers.last());
    for piece in pieces {
        if piece.starts_with('/') {
            papers.pop();
            let text = piece.split_once('>').map_or("", |(_, text)| text);
            count(signs(text), papers.last());
            continue;
        }
        let end = piece.find([' ', '>']).unwrap_or(piece.len());
        let (name, mut rest) = piece.split_at_checked(end).unwrap_or_default();
        let mut paper = papers.last().copied().unwrap_or(false);
        while let Some((attribute, value, after)) = attribute(rest) {
            rest = after;
            let own = match attribute {
                _ if is_phrase(name) => None,
                "bgcolor" => Colour::attribute(value).and_then(Colour::is_dark_where_covering),
                "style" => is_dark_in(value),
                _ => None,
            };
            paper = own.unwrap_or(paper);
        }
        if name == "img" {
            count(PICTURE, Some(&paper));
        }
        if !is_void(name) {
            papers.push(paper);
        }
        count(signs(rest.strip_prefix('>').unwrap_or(rest)), papers.last());
    }
    is_all_but_little(on_dark, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_dark_where_as_good_as_all_of_it_is() {
        let words = "Words of a letter, of which there are some. ".repeat(6);
        for (fragment, is_dark, why) in [
            (
                format!("<div style=\"background: #111\"><p>{words}</p></div>"),
                true,
                "all of it",
            ),
            (
                format!("<table bgcolor=\"#000000\"><tr><td>{words}</td></tr></table>"),
                true,
                "all, by an attribute",
            ),
            (
                format!(
                    "<table><tr><td bgcolor=\"#003366\">A head</td></tr><tr><td>{words}</td></tr></table>"
                ),
                false,
                "a head",
            ),
            (
                format!("<p>{words}</p><table bgcolor=\"#223344\"><tr><td>A foot</td></tr></table>"),
                false,
                "a foot",
            ),
            (
                format!(
                    "<div style=\"background:#000\"><div style=\"background-color:#fff\">{words}</div>A foot</div>"
                ),
                false,
                "a light paper on a dark one",
            ),
            (
                format!("<p>A head</p><div bgcolor=\"#111111\"><p>{words}</p><p>{words}</p></div>"),
                true,
                "all but a head",
            ),
            (
                format!("<p><span style=\"background:#000\">{words}</span></p>"),
                false,
                "a marked word is no paper",
            ),
            (
                format!("<div style=\"background:rgba(0,0,0,.1)\">{words}</div>"),
                false,
                "what is below is seen",
            ),
            (format!("<p>{words}</p><br><img src=\"a\">"), false, "none"),
        ] {
            assert_eq!(stands_on_dark(&fragment), is_dark, "{why}");
        }
    }
}
