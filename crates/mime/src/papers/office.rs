//! The text of Word, Excel and PowerPoint files (ECMA-376) and of those of LibreOffice (OASIS OpenDocument): XML files in
//! a ZIP archive. Of all that is in them only the text is looked for, so no XML is understood here but its tags.

use std::borrow::Cow;

use super::budget::Budget;
use super::zip::{self, Entry};

/// Octets of one XML file that are read.
const XML: usize = 16 << 20;
/// Octets of the name of a character.
const ENTITY: usize = 8;
/// Octets of the numbers of one file, and of what its formulas say: by those of a table of measurements nobody looks for a letter.
const NUMBERS: usize = 64 << 10;
/// Signs of one number. What is longer nobody reads as it is written there.
const NUMBER: usize = 24;

/// The text, up to a length.
pub(super) fn text(archive: &[u8], most: usize, budget: &Budget) -> String {
    let mut parts: Vec<Entry<'_>> = zip::entries(archive)
        .into_iter()
        .filter(|entry| where_text_is(&entry.name).is_some())
        .collect();
    // `slide10.xml` comes behind `slide9.xml`.
    parts.sort_by(|one, other| (one.name.len(), &one.name).cmp(&(other.name.len(), &other.name)));
    let mut out = String::new();
    let mut room = XML;
    let mut numbers = NUMBERS;
    for part in parts {
        if out.len() >= most || room == 0 || budget.left() == 0 {
            break;
        }
        let xml = part.read(room, budget);
        room = room.saturating_sub(xml.len());
        let xml = String::from_utf8_lossy(&xml);
        match where_text_is(&part.name) {
            Some(Where::InNames) => take_names(&xml, most, &mut out),
            Some(Where::InCells) => {
                take_text(&xml, false, most, &mut out);
                let before = out.len();
                take_values(&xml, most.min(before.saturating_add(numbers)), &mut out);
                numbers = numbers.saturating_sub(out.len() - before);
            }
            place => take_text(&xml, place == Some(Where::Everywhere), most, &mut out),
        }
        out.push('\n');
    }
    out
}

#[derive(PartialEq, Eq)]
enum Where {
    /// In the elements that are called `t`.
    InRuns,
    /// In those, and in the values of cells that are numbers or come from formulas.
    InCells,
    /// In the names of sheets.
    InNames,
    Everywhere,
}

fn where_text_is(name: &str) -> Option<Where> {
    let in_runs = name.strip_prefix("word/").is_some_and(|name| !name.contains('/'))
        || name == "xl/sharedStrings.xml"
        || name.starts_with("xl/comments")
        || name.starts_with("ppt/slides/slide")
        || name.starts_with("ppt/notesSlides/notesSlide");
    match name {
        "content.xml" => Some(Where::Everywhere),
        "xl/workbook.xml" => Some(Where::InNames),
        sheet if sheet.starts_with("xl/worksheets/sheet") && sheet.ends_with(".xml") => Some(Where::InCells),
        "word/styles.xml" | "word/settings.xml" | "word/fontTable.xml" | "word/numbering.xml" => None,
        _ if in_runs && name.ends_with(".xml") => Some(Where::InRuns),
        _ => None,
    }
}

/// Puts the text between the tags behind what is there. Runs stay together, since a word may be parted into several;
/// paragraphs, cells and breaks part words.
fn take_text(xml: &str, everywhere: bool, most: usize, out: &mut String) {
    let mut within = everywhere;
    let mut rest = xml;
    while let Some((text, behind)) = rest.split_once('<') {
        if within {
            push_decoded(text, out);
        }
        if out.len() >= most {
            return;
        }
        let Some((tag, after)) = behind.split_once('>') else {
            return;
        };
        rest = after;
        let closing = tag.starts_with('/');
        match element(tag) {
            "t" if !everywhere => within = !closing && !tag.ends_with('/'),
            "p" | "si" | "h" | "tc" | "is" | "table-cell" if closing => out.push('\n'),
            "tab" | "br" | "cr" | "s" | "line-break" => out.push(' '),
            _ => {}
        }
    }
}

/// Puts the names of the sheets behind what is there.
fn take_names(xml: &str, most: usize, out: &mut String) {
    for tag in tags(xml).filter(|tag| element(tag) == "sheet") {
        if out.len() >= most {
            return;
        }
        push_decoded(attribute(tag, "name").unwrap_or_default(), out);
        out.push('\n');
    }
}

/// Puts the numbers in cells behind what is there, and what formulas say, up to a length (ECMA-376, sections 18.3.1.4 and 18.18.11). Of
/// other cells the value is none (a place among the shared strings, true or false, an error), or is in text.
fn take_values(xml: &str, most: usize, out: &mut String) {
    let mut kind = None;
    let mut rest = xml;
    while let Some((tag, behind)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        rest = behind;
        match element(tag) {
            "c" => kind = Some(attribute(tag, "t").unwrap_or("n")),
            "v" if !tag.starts_with('/') => {
                let value = behind.split('<').next().unwrap_or_default();
                let value = match kind {
                    Some("n") => Cow::Owned(number(value).unwrap_or_default()),
                    Some("str") => Cow::Borrowed(value),
                    _ => Cow::Borrowed(""),
                };
                if out.len() + value.len() >= most {
                    return;
                }
                if !value.is_empty() {
                    push_decoded(&value, out);
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// A number as Excel shows it: to fifteen digits, though the file has the seventeen that tell the binary number (`19.989999999999998`
/// for 19.99).
fn number(value: &str) -> Option<String> {
    let exact: f64 = value
        .trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    let rounded: f64 = format!("{exact:.14e}").parse().ok()?;
    Some(rounded.to_string()).filter(|number| number.len() <= NUMBER)
}

/// What an element is called, without the sign of its namespace; the same for the tag that ends it.
fn element(tag: &str) -> &str {
    let name = tag.trim_start_matches('/');
    let end = name.find(|sign: char| sign.is_whitespace() || sign == '/');
    let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// What stands between the angles, one after the other.
fn tags(xml: &str) -> impl Iterator<Item = &str> {
    xml.split('<')
        .skip(1)
        .filter_map(|behind| behind.split('>').next())
}

/// The value of an attribute, as it is written between quotes of either kind (XML 1.0, section 2.3).
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        let (value, after) = behind.get(1..)?.split_once(quote)?;
        if before.split_whitespace().next_back() == Some(name) {
            return Some(value);
        }
        rest = after;
    }
    None
}

fn push_decoded(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        // No further than a name may be long: the text may be all such signs.
        let near = behind.as_bytes().iter().take(ENTITY + 1);
        let end = near.copied().position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((behind.get(..end)?, behind.get(end + 1..)?)));
        let Some((name, after)) = entity else {
            out.push('&');
            rest = behind;
            continue;
        };
        rest = after;
        let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            other => match other.strip_prefix("#x") {
                Some(digits) => number(digits, 16),
                None => other.strip_prefix('#').and_then(|digits| number(digits, 10)),
            },
        };
        out.extend(character);
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use waxwing_testkit::effort::assert_linear;

    use super::super::zip::tests::archive;
    use super::*;

    fn text(archive: &[u8], most: usize) -> String {
        super::text(archive, most, &Budget::new())
    }

    #[test]
    fn words_come_out_of_word_excel_powerpoint_and_libreoffice_whole() {
        let word = archive(&[
            ("word/styles.xml", b"<w:t>style</w:t>"),
            (
                "word/document.xml",
                b"<w:p><w:r><w:t>Ket</w:t></w:r><w:r><w:t xml:space=\"preserve\">tle &amp; boat</w:t></w:r></w:p><w:p><w:instrText>PAGE</w:instrText><w:r><w:t>Lamp</w:t><w:tab/><w:t>&#xE9;</w:t></w:r></w:p>",
            ),
        ]);
        assert_eq!(text(&word, 1000), "Kettle & boat\nLamp \u{e9}\n\n");
        let excel = archive(&[
            (
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name=\"Winter &amp; spring\" sheetId=\"1\"/></sheets></workbook>",
            ),
            (
                "xl/sharedStrings.xml",
                b"<sst><si><t>Berth</t></si><si><t>Dinghy</t></si></sst>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                b"<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>412.75</v></c><c t=\"str\"><f>A1&amp;B1</f><v>K-7</v></c><c t=\"b\"><v>1</v></c>\
                <c t=\"n\"><v>0.30000000000000004</v></c><c t=\"inlineStr\"><is><t>inline</t></is></c>",
            ),
        ]);
        assert_eq!(
            text(&excel, 1000),
            "Winter & spring\n\nBerth\nDinghy\n\ninline\n412.75\nK-7\n0.3\n\n",
            "words, the names of sheets, and numbers"
        );
        let slides = archive(&[
            ("ppt/slides/slide10.xml", b"<a:p><a:t>ten</a:t></a:p>"),
            ("ppt/slides/slide9.xml", b"<a:p><a:t>nine</a:t></a:p>"),
            ("ppt/media/image1.png", b"<a:t>no</a:t>"),
        ]);
        assert_eq!(text(&slides, 1000), "nine\n\nten\n\n");
        let libre = archive(&[(
            "content.xml",
            b"<office:text><text:h>Head</text:h><text:p>one<text:s/>two<text:span>three</text:span></text:p></office:text>",
        )]);
        assert_eq!(text(&libre, 1000), "Head\none twothree\n\n");
    }

    #[test]
    fn numbers_are_those_that_were_typed_whoever_has_written_the_file() {
        let sheet = |cells: &str| {
            let out = text(&archive(&[("xl/worksheets/sheet1.xml", cells.as_bytes())]), 4_000);
            out.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        for (cells, expected) in [
            ("<c r=\"A1\"><v>19.989999999999998</v></c>", "19.99"),
            (
                "<c><v>1234567.8899999999</v></c><c t='n'><v>4.1000000000000003E-2</v></c>",
                "1234567.89 0.041",
            ),
            (
                "<c><v>-12</v></c><c><v>4930123456789</v></c><c><v>1E3</v></c>",
                "-12 4930123456789 1000",
            ),
            (
                "<c><v>1e308</v></c><c><v>NaN</v></c><c><v>inf</v></c><c><v></v></c>",
                "",
            ),
            ("<x:c r='A1' s='1'><x:v>42.5</x:v></x:c>", "42.5"),
            (
                "<x:c r='A1' t='s'><x:v>7</x:v></x:c><c t = \"s\" ><v>8</v></c>",
                "",
            ),
            ("<c\nr=\"A1\"\nt='s'><v>7</v></c><c r='B1'><v>8</v></c>", "8"),
            (
                "<c t=\"str\"><f>A1</f><v>Gangway to the northern quay</v></c><c t=\"e\"><v>#N/A</v></c>",
                "Gangway to the northern quay",
            ),
        ] {
            assert_eq!(sheet(cells), expected, "{cells}");
        }
        let names = archive(&[(
            "xl/workbook.xml",
            b"<x:sheets><x:sheet sheetId='1' name='Winter'/></x:sheets>",
        )]);
        assert_eq!(text(&names, 100).trim(), "Winter");
    }

    #[test]
    fn signs_that_begin_no_name_are_passed_one_by_one() {
        let words = |signs| format!("{} are signs;", "&".repeat(signs));
        let word = |signs| {
            let document = format!("<w:t>{}</w:t>", words(signs));
            archive(&[("word/document.xml", document.as_bytes())])
        };
        assert_linear("signs", 10_000, word, |word| text(word, 1 << 20));
        assert!(
            text(&word(300_000), 1 << 20).trim_end() == words(300_000),
            "all of them are text"
        );
    }

    #[test]
    fn no_more_comes_out_than_is_wanted() {
        let many = "<w:t>word </w:t>".repeat(100_000);
        let archive = archive(&[("word/document.xml", many.as_bytes())]);
        assert!(text(&archive, 5_000).len() < 5_100);
    }
}
