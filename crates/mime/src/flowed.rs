//! Text that was wrapped for the way, unwrapped (RFC 3676, format=flowed).

/// Joins the lines that a space at their end marks as one. `delete_space` is the DelSp parameter.
pub(crate) fn unwrap(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open_depth: Option<usize> = None;
    let mut first = true;
    for line in text.split('\n') {
        let content = line.trim_start_matches('>');
        let depth = line.len() - content.len();
        // A space was stuffed before what would be mistaken for a quote (section 4.4). It stays where it would be so again.
        let unstuffed = content.strip_prefix(' ').unwrap_or(content);
        let begins_line = open_depth != Some(depth) || unstuffed == "-- ";
        let content = match depth == 0 && begins_line && unstuffed.starts_with('>') {
            true => content,
            false => unstuffed,
        };
        let is_signature = content == "-- ";
        let goes_on = open_depth == Some(depth) && !is_signature;
        if !goes_on {
            if !first {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
        }
        let flows = content.ends_with(' ') && !is_signature;
        out.push_str(if flows && delete_space {
            content.strip_suffix(' ').unwrap_or(content)
        } else {
            content
        });
        open_depth = if flows { Some(depth) } else { None };
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_go_and_hard_ones_stay() {
        assert_eq!(
            unwrap("one \ntwo\nthree", false),
            "one two\nthree",
            "a space at the end joins"
        );
        assert_eq!(
            unwrap("> one \n> two\nthree \n> four", false),
            "> one two\nthree \n> four",
            "within one depth"
        );
        assert_eq!(unwrap("灯 \n台", true), "灯台", "DelSp takes the space away");
        assert_eq!(unwrap(" From here", false), "From here", "stuffing goes");
        assert_eq!(
            unwrap(" > stuffed \n > and on", false),
            " > stuffed > and on",
            "but where somebody's own words would become another one's"
        );
        assert_eq!(
            unwrap("Lena \n-- \nNordlicht", false),
            "Lena \n-- \nNordlicht",
            "a signature stays apart"
        );
    }
}
