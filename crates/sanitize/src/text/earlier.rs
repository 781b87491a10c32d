//! Where an earlier letter begins that stands unmarked below its answer, as Outlook and many others write it: a line that parts
//! the two, and the earlier letter's head. Not here: quotes whose lines begin with `>`.

/// Longer names of fields no language has.
const LONGEST_NAME: usize = 24;

/// Whether an earlier letter begins with this line. `after`: the lines that follow it.
pub(super) fn begins<'t>(line: &str, after: impl Iterator<Item = &'t str>) -> bool {
    let line = line.trim();
    let wanted = if is_title(line) {
        1
    } else if is_rule(line) {
        // A line alone stands before much else: the foot of a mailing list, the next chapter.
        2
    } else {
        return false;
    };
    let first = after.take(4).skip_while(|line| line.trim().is_empty());
    first.take(wanted).filter(|line| is_field(line)).count() == wanted
}

/// `-----Original Message-----`, in whatever language.
fn is_title(line: &str) -> bool {
    let inside = line.trim_matches('-');
    line.starts_with("----") && line.ends_with("----") && inside.chars().any(char::is_alphabetic)
}

/// A line drawn from signs.
fn is_rule(line: &str) -> bool {
    line.len() >= 10 && (line.bytes().all(|byte| byte == b'_') || line.bytes().all(|byte| byte == b'-'))
}

/// `From: Lena Brandt`, in whatever language.
fn is_field(line: &str) -> bool {
    let Some((name, value)) = line.split_once([':', '：']) else {
        return false;
    };
    let name = name.trim_matches(['*', ' ', '\u{a0}']);
    let is_name = |one: char| one.is_alphabetic() || matches!(one, ' ' | '-' | '\u{a0}');
    !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && name.chars().all(is_name)
        && !value.trim_matches(['*', ' ', '\u{a0}']).is_empty()
        && !value.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_letter_begins_with_its_head() {
        for text in [
            "-----Original Message-----\nFrom: Lena\n",
            "-----Ursprüngliche Nachricht-----\nVon: Lena <lena@waxwing.example>\nGesendet: gestern",
            "----- 元のメッセージ -----\n差出人：Lena",
            "________________________________\nFrom: Lena\nSent: Monday",
            "________________________________\n\n*De :* Lena\n*Envoyé :* lundi",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(begins(first, lines), "{text}");
        }
        for text in [
            "_______________________________________________\ncrew mailing list\ncrew@waxwing.example",
            "________________________________\nUnsubscribe: here",
            "-----\nFrom: Lena",
            "----- Chapter 2 -----\nIt was night.",
            "----------\nsee https://waxwing.example\nor ask",
            "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(!begins(first, lines), "{text}");
        }
    }
}
