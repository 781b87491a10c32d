//! What character sets are called (RFC 2978), by standards and by programs.

/// Names that tables know, for those that programs write.
const ALIASES: [(&str, &str); 38] = [
    ("932", "shift_jis"),
    ("936", "gbk"),
    ("949", "euc-kr"),
    ("950", "big5"),
    ("1361", "euc-kr"),
    ("50220", "iso-2022-jp"),
    ("50221", "iso-2022-jp"),
    ("50222", "iso-2022-jp"),
    ("51932", "euc-jp"),
    ("51936", "gbk"),
    ("51949", "euc-kr"),
    ("54936", "gb18030"),
    ("65001", "utf-8"),
    ("65000", "utf-7"),
    ("20866", "koi8-r"),
    ("21866", "koi8-u"),
    ("iso-2022-jp-1", "iso-2022-jp"),
    ("iso-2022-jp-2", "iso-2022-jp"),
    ("iso-2022-jp-3", "iso-2022-jp"),
    ("iso-2022-jp-ms", "iso-2022-jp"),
    ("eucjp", "euc-jp"),
    ("eucjp-ms", "euc-jp"),
    ("euckr", "euc-kr"),
    ("uhc", "euc-kr"),
    ("euc-cn", "gbk"),
    ("euccn", "gbk"),
    ("gb2312-80", "gbk"),
    ("gb_2312", "gbk"),
    ("gb_2312-80", "gbk"),
    ("gbk", "gbk"),
    ("koi8r", "koi8-r"),
    ("koi8u", "koi8-u"),
    ("latin-1", "iso-8859-1"),
    ("latin-9", "iso-8859-15"),
    ("iso-8859-8-i", "iso-8859-8"),
    ("mac", "macintosh"),
    ("unicode-1-1-utf-7", "utf-7"),
    ("ibm437", "cp437"),
];
/// What stands before the number of a code page.
const PAGES: [&str; 9] = [
    "windows-", "windows", "win-", "win", "cp-", "cp", "ansi-", "ms", "",
];

/// The name that a table knows, in lower case. Quotes and signs about a label are no part of it, nor is what another
/// parameter would say behind it.
pub(super) fn known_as(label: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
    let bare = label.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let end = bare.find(|c| !is_name(c)).unwrap_or(bare.len());
    let name = bare
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', ':', '-', '_']);
    let name = name.to_ascii_lowercase();
    // The rest of an equals sign in quoted-printable.
    let name = name.strip_prefix("3d").unwrap_or(&name);
    if let Some(part) = part_of_8859(bare) {
        return format!("iso-8859-{part}");
    }
    alias(name)
        .or_else(|| alias(name.strip_prefix("x-")?))
        .unwrap_or_else(|| name.to_owned())
}

/// Which part of ISO 8859 is meant, by whatever signs its numbers are kept apart: `ISO 8859-15`, `iso8859_15`.
fn part_of_8859(label: &str) -> Option<u8> {
    let iso = label.get(..3).filter(|iso| iso.eq_ignore_ascii_case("iso"))?;
    let apart = |sign: char| matches!(sign, ' ' | '_' | '-');
    let number = label.strip_prefix(iso)?.trim_start_matches(apart);
    let part = number.strip_prefix("8859")?.trim_start_matches(apart);
    let end = part
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(part.len());
    // What follows a part may mean another order of its signs, as in ISO-8859-8-I.
    let is_alone = !part.get(end..)?.starts_with(['-', '_']);
    part.get(..end)?
        .parse()
        .ok()
        .filter(|part| is_alone && (1..=16).contains(part))
}

fn alias(name: &str) -> Option<String> {
    let page = PAGES.iter().find_map(|before| {
        let number = name.strip_prefix(before)?;
        number
            .bytes()
            .all(|digit| digit.is_ascii_digit())
            .then_some(number)
    });
    if let Some((_, known)) = ALIASES.iter().find(|(alias, _)| *alias == page.unwrap_or(name)) {
        return Some((*known).to_owned());
    }
    match page?.parse() {
        Ok(874 | 1250..=1258) => Some(format!("windows-{}", page?)),
        Ok(28591..=28605) => Some(format!(
            "iso-8859-{}",
            page?.parse::<u32>().ok()?.checked_sub(28590)?
        )),
        Ok(1..=999) => Some(format!("cp{}", page?)),
        _ => None,
    }
}
