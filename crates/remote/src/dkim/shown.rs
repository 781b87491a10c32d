//! The fields on which it depends what is shown of a letter: its people, its subject, its date, and as what its body is
//! read. A seal that leaves one of them open vouches for octets, and not for the letter as the person sees it.

use super::fields::Fields;
use super::signature::Signature;

/// MIME-Version is not among them, since nothing that is shown depends on it.
const SHOWN: [&str; 8] = [
    "from",
    "subject",
    "date",
    "to",
    "cc",
    "reply-to",
    "content-type",
    "content-transfer-encoding",
];

/// Those that the letter has and that anybody on its way can have put there, or put a second one to.
pub(super) fn loose(fields: &Fields<'_>, signature: &Signature) -> Vec<String> {
    let signed = |wanted: &str| signature.signed.iter().any(|name| name == wanted);
    SHOWN
        .into_iter()
        .filter(|name| match fields.named(name) {
            [] => false,
            [one] => !signed(name) && !is_harmless(name, one, fields.body),
            _ => true,
        })
        .map(str::to_owned)
        .collect()
}

/// Some large senders do not sign how the body is to be read. Where it is read as what plainly stands there, nobody gains by
/// that: as bare text, or as parts of which the first line of the body begins the first and the last line ends the last.
fn is_harmless(name: &str, field: &[u8], body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(field);
    let value = text.split_once(':').map(|(_, value)| value.replace("\r\n", ""));
    let value = value.as_deref().map(str::trim).unwrap_or_default();
    match name {
        "content-transfer-encoding" => ["7bit", "8bit", "binary"]
            .iter()
            .any(|plain| value.eq_ignore_ascii_case(plain)),
        "content-type" => is_bare_text(value) || is_whole(value, body),
        _ => false,
    }
}

fn is_bare_text(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let mut pieces = value.split(';').map(str::trim);
    let charset = |given: &str| matches!(given.trim_matches('"'), "utf-8" | "us-ascii" | "iso-8859-1");
    pieces.next() == Some("text/plain")
        && pieces.all(|piece| match piece.split_once('=') {
            Some(("charset", given)) => charset(given),
            Some((known, _)) => matches!(known, "format" | "delsp"),
            None => piece.is_empty(),
        })
}

/// Whether the boundary is the one that the body itself begins and ends with.
fn is_whole(value: &str, body: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let kind = lower.split(';').next().unwrap_or_default().trim();
    let mut about = lower.match_indices("boundary");
    let (Some((at, word)), None) = (about.next(), about.next()) else {
        return false;
    };
    let given = value.get(at + word.len()..).unwrap_or_default().trim_start();
    let given = given.strip_prefix('=').unwrap_or_default().trim_start();
    let boundary = match given.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => given.split([';', ' ', '\t']).next(),
    };
    let boundary = boundary.unwrap_or_default().as_bytes();
    let line = |line: &[u8], end: &[u8]| {
        line.trim_ascii_end()
            .strip_prefix(b"--")
            .and_then(|rest| rest.strip_prefix(boundary))
            == Some(end)
    };
    let body = body.trim_ascii();
    let first = body.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let last = body.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    matches!(
        kind,
        "multipart/alternative" | "multipart/mixed" | "multipart/related"
    ) && !boundary.is_empty()
        && !boundary.contains(&b'\\')
        && line(first, b"")
        && line(last, b"--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose_of(names: &str, head: &str, body: &str) -> Vec<String> {
        let value =
            format!("DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=x; h={names}; bh=AA==; b=AA==\r\n");
        let raw = format!("{head}\r\n{body}");
        loose(
            &Fields::read(raw.as_bytes()),
            &Signature::read(value.as_bytes()).unwrap(),
        )
    }

    #[test]
    fn fields_that_somebody_may_have_added_are_told() {
        let head = "From: a@b.test\r\nSubject: x\r\n";
        let nothing = Vec::<String>::new();
        assert_eq!(loose_of("from:subject", head, ""), nothing);
        assert_eq!(loose_of("from", head, ""), ["subject"]);
        for (added, name) in [
            ("Reply-To: thief@evil.test\r\n", "reply-to"),
            ("Subject: Pay\r\n", "subject"),
            ("From: bank@bank.test\r\n", "from"),
            ("Cc: all@evil.test\r\n", "cc"),
            ("Content-Type: text/html\r\n", "content-type"),
            (
                "Content-Transfer-Encoding: base64\r\n",
                "content-transfer-encoding",
            ),
        ] {
            assert_eq!(loose_of("from:subject", &format!("{added}{head}"), ""), [name]);
        }
        assert_eq!(
            loose_of("from:from:subject", &format!("From: b@b.test\r\n{head}"), ""),
            ["from"],
            "two of them are one too many, signed or not"
        );
    }

    #[test]
    fn a_body_that_is_read_as_what_plainly_stands_there_needs_no_signed_type() {
        let parts = "--Xy=1\r\n\r\none\r\n--Xy=1\r\n\r\n--evil\r\n\r\nforged\r\n--evil--\r\n--Xy=1--\r\n\r\n";
        for (value, body, harmless) in [
            ("multipart/alternative; boundary=\"Xy=1\"", parts, true),
            ("Multipart/Mixed;\r\n Boundary = Xy=1", parts, true),
            ("multipart/alternative; boundary=evil", parts, false),
            (
                "multipart/alternative; boundary=\"Xy=1\"; boundary=evil",
                parts,
                false,
            ),
            ("multipart/alternative; boundary=", parts, false),
            ("text/html; boundary=\"Xy=1\"", parts, false),
            (
                "multipart/mixed; boundary=evil",
                "Hello\r\n--evil\r\n\r\nx\r\n--evil--",
                false,
            ),
            ("text/plain; charset=UTF-8; format=flowed", "x", true),
            ("text/plain; charset=\"utf-7\"", "x", false),
            ("text/plain; charset*=utf-8''utf-7", "x", false),
            ("text/html; charset=utf-8", "x", false),
        ] {
            let head = format!("From: a@b.test\r\nContent-Type: {value}\r\n");
            assert_eq!(loose_of("from", &head, body).is_empty(), harmless, "{value}");
        }
    }
}
