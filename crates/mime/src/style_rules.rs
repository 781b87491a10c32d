//! Whether what a style sheet names is shown by itself. A rule that holds only where the pointer is, or where a link was followed,
//! shows nothing to whoever opens a letter, and no reader asks for its pictures (ADR 60). Not here: what else a style means.

use memchr::{memchr_iter, memrchr};

/// Octets before a picture's name in which its rule is looked for. Rules of letters are shorter.
const NEAR: usize = 512;

/// What such rules ask for, as the sanitiser knows it.
const OF_READER: [&[u8]; 6] = [b"link", b"visited", b"any-link", b"hover", b"active", b"focus"];

/// Whether what stands behind this in some HTML stands in a rule that asks what the reader does.
pub(crate) fn is_up_to_reader(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(NEAR)..).unwrap_or(before);
    // A sheet has no tags, and the style of a tag has no rules.
    let near = memrchr(b'<', near)
        .and_then(|tag| near.get(tag..))
        .unwrap_or(near);
    let Some((selectors, style)) = memrchr(b'{', near).and_then(|open| near.split_at_checked(open)) else {
        return false;
    };
    if style.contains(&b'}') {
        return false;
    }
    let first = selectors
        .iter()
        .rposition(|sign| matches!(sign, b'{' | b'}' | b';'));
    let selectors = first.and_then(|at| selectors.get(at..)).unwrap_or(selectors);
    memchr_iter(b':', selectors).any(|colon| {
        let asked = selectors.get(colon + 1..).unwrap_or_default();
        OF_READER.iter().any(|name| {
            let next = asked.get(name.len());
            asked
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && !next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'-' | b'_'))
        })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rule_for_where_the_pointer_is_shows_nothing_by_itself() {
        for (before, is_up_to_reader) in [
            ("<style>a:hover{background:", true),
            (
                "<style>p{top:0} .a > b:HOVER i,\nem { color:red; background:",
                true,
            ),
            ("<style>@media screen{a:visited{background:", true),
            ("<style>a:focus{", true),
            ("<style>a{background:", false),
            ("<style>a:hover{top:0}p{background:", false),
            ("<style>a:hovering{background:", false),
            ("<style>a:first-child{background:", false),
            ("<style>a:hover{top:0}</style><p style=\"background:", false),
            ("<p title=':hover' style='background:", false),
            ("a:hover{top:0} background:", false),
            ("", false),
        ] {
            assert_eq!(
                super::is_up_to_reader(before.as_bytes()),
                is_up_to_reader,
                "{before}"
            );
        }
    }
}
