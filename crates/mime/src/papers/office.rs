//! The text of Word, Excel and PowerPoint files (ECMA-376) and of those of LibreOffice (OASIS OpenDocument): XML files in
//! a ZIP archive. Of all that is in them only the text is looked for, so no XML is understood here but its tags.

use super::budget::Budget;
use super::zip::{self, Entry};

/// Octets of one XML file that are read.
const XML: usize = 16 << 20;
/// Octets of the name of a character.
const ENTITY: usize = 8;
/// Octets of the numbers of one file: by those of a table of measurements nobody looks for a letter.
const NUMBERS: usize = 64 << 10;
/// Digits that a number has in Excel. What is longer was calculated.
const DIGITS: usize = 15;

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
                take_numbers(&xml, most.min(before.saturating_add(numbers)), &mut out);
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
    /// In those, and in the values of cells that are numbers.
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
        let name = tag
            .trim_start_matches('/')
            .split(|character: char| character.is_whitespace() || character == '/')
            .next()
            .unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        match name {
            "t" if !everywhere => within = !closing && !tag.ends_with('/'),
            "p" | "si" | "h" | "tc" | "is" | "table-cell" if closing => out.push('\n'),
            "tab" | "br" | "cr" | "s" | "line-break" => out.push(' '),
            _ => {}
        }
    }
}

/// Puts the names of the sheets behind what is there.
fn take_names(xml: &str, most: usize, out: &mut String) {
    let sheets = tags(xml).filter(|tag| tag.split(' ').next() == Some("sheet"));
    for tag in sheets {
        if out.len() >= most {
            return;
        }
        push_decoded(attribute(tag, "name").unwrap_or_default(), out);
        out.push('\n');
    }
}

/// Puts the numbers in cells behind what is there, up to a length (ECMA-376, section 18.3.1.4). Of other cells the value is none
/// (a place among the shared strings, true or false, an error), or is in text.
fn take_numbers(xml: &str, most: usize, out: &mut String) {
    let mut is_number = false;
    let mut rest = xml;
    while let Some((tag, behind)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        rest = behind;
        match tag.split([' ', '/']).next().unwrap_or_default() {
            "c" => is_number = matches!(attribute(tag, "t"), None | Some("n" | "str")),
            "v" if is_number => {
                let value = behind.split('<').next().unwrap_or_default();
                if value.len() <= DIGITS && out.len() + value.len() < most {
                    push_decoded(value, out);
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// What stands between the angles, one after the other.
fn tags(xml: &str) -> impl Iterator<Item = &str> {
    xml.split('<')
        .skip(1)
        .filter_map(|behind| behind.split('>').next())
}

/// The value of an attribute, as it is written.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once("=\"") {
        let (value, after) = behind.split_once('"')?;
        if before.rsplit([' ', '\n', '\t']).next() == Some(name) {
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
            "Winter & spring\n\nBerth\nDinghy\n\ninline\n412.75\nK-7\n\n",
            "words, the names of sheets, and numbers but for those that were calculated"
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
