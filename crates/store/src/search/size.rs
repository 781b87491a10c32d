//! Sizes as people write them in a search.

/// `500`, `200k`, `10M`, `1.5mb`, `1,5 MB`, `1 G`: octets, in steps of 1,000 as the window shows them; in steps of 1,024 where an
/// `i` says so (`5MiB`). In small letters.
pub(crate) fn size(text: &str) -> Option<i64> {
    let text = text.strip_suffix('b').unwrap_or(text);
    let (text, step) = match text.strip_suffix('i') {
        Some(text) => (text, 1_024_i64),
        None => (text, 1_000),
    };
    let (number, unit) = match text.chars().last()? {
        'k' => (text.strip_suffix('k')?, step),
        'm' => (text.strip_suffix('m')?, step.pow(2)),
        'g' => (text.strip_suffix('g')?, step.pow(3)),
        _ if step == 1_000 => (text, 1),
        _ => return None,
    };
    let number = number.trim_end();
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let digits = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number of bare octets may be longer than one of megabytes.
    let is_whole = !whole.is_empty() && whole.len() <= 12 && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || !digits(part) {
        return None;
    }
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit)?;
    let scale = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part = part.parse::<i64>().ok()?.checked_mul(unit)? / scale;
    whole.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        for (text, expected) in [
            ("500", Some(500)),
            ("200k", Some(200_000)),
            ("10mb", Some(10_000_000)),
            ("1.5m", Some(1_500_000)),
            ("1g", Some(1_000_000_000)),
            ("0", Some(0)),
            ("1 m", Some(1_000_000)),
            ("1.5 mb", Some(1_500_000)),
            ("1,5mb", Some(1_500_000)),
            ("5mib", Some(5_242_880)),
            ("1.5 kib", Some(1_536)),
            ("2gi", Some(2_147_483_648)),
            ("5i", None),
            ("5ib", None),
            ("1,5,5m", None),
            ("1 0", None),
            ("m", None),
            ("", None),
            ("1.", None),
            ("-1", None),
            ("1e3", None),
            ("999999999999g", None),
            ("life", None),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }
}
