//! The text of PDF files (ISO 32000-1), for the search index: what a page shows, in the order in which it says so. Objects
//! are looked for in all of the file, without its table of them, so that damaged files give what they have. Encrypted files
//! give nothing. Not here: where on the page anything stands, pictures, forms.

mod encodings;
mod filters;
mod fonts;
mod objects;
mod pages;
mod syntax;

use super::budget::Budget;
use objects::Objects;
use pages::Page;

/// Pages that are read.
const PAGES: usize = 2_000;

/// The text, up to a length.
pub(super) fn text(file: &[u8], most: usize, budget: &Budget) -> String {
    let mut objects = Objects::read(file, budget);
    if objects.encrypted {
        return String::new();
    }
    let mut out = String::new();
    for page in objects.of_type(b"Page").into_iter().take(PAGES) {
        if out.len() >= most || budget.left() == 0 {
            break;
        }
        Page::new(&mut objects, most).show(page, &mut out);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text(file: &[u8], most: usize) -> String {
        super::text(file, most, &Budget::new())
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(number: u32, dictionary: &str, body: &[u8]) -> Vec<u8> {
        [
            format!(
                "{number} 0 obj\n<< {dictionary} /Length {} >>\nstream\n",
                body.len()
            )
            .as_bytes(),
            body,
            b"\nendstream\nendobj\n",
        ]
        .concat()
    }

    fn file(content: &[u8], font: &str, others: &[Vec<u8>]) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n1 0 obj << /Type /Pages /Kids [2 0 R] /Resources << /Font << /F1 4 0 R >> >> >> endobj\n\
            2 0 obj << /Type /Page /Parent 1 0 R /Contents [3 0 R] >> endobj\n"
            .to_vec();
        file.extend(stream(3, "/Filter /FlateDecode", &packed(content)));
        file.extend(format!("4 0 obj {font} endobj\n").as_bytes());
        file.extend(others.concat());
        file
    }

    #[test]
    fn the_words_of_a_page_are_read_whole() {
        let plain = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding >>";
        let content = b"BT /F1 12 Tf 72 700 Td (Harbour \\(east\\)) Tj 0 -14 Td [(ber) 20 (th) -400 (pl\\344n)] TJ T* <6C616D70> Tj ET";
        assert_eq!(
            text(&file(content, plain, &[]), 1000)
                .split_whitespace()
                .collect::<Vec<_>>(),
            ["Harbour", "(east)", "berth", "plän", "lamp"],
            "words that are set in pieces too"
        );
    }

    #[test]
    fn letters_that_a_font_numbers_in_its_own_way_are_read_by_its_table() {
        let map = b"/CIDInit begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0001> <004B> <0002> <00E9> endbfchar\n\
            2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0078> <0079007A>] endbfrange endcmap";
        let font = "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R >>";
        let content = b"BT /F1 9 Tf <000100020010001100120020> Tj <0021> Tj ET";
        let file = file(content, font, &[stream(5, "", map)]);
        assert_eq!(text(&file, 1000).trim(), "Ké\u{61}bcxyz");
    }

    #[test]
    fn letters_of_an_encoding_that_is_known_by_its_name_are_read() {
        for (font, content, expected) in [
            (
                "<< /Type /Font /Subtype /Type0 /Encoding /UniGB-UCS2-H >>",
                b"BT /F1 9 Tf <706F5854> Tj ET".as_slice(),
                "灯塔",
            ),
            (
                "<< /Type /Font /Subtype /Type0 /Encoding /90ms-RKSJ-H >>",
                b"BT /F1 9 Tf (A\\223\\224) Tj ET",
                "A灯",
            ),
            (
                "<< /Type /Font /Subtype /TrueType /Encoding /MacRomanEncoding >>",
                b"BT /F1 9 Tf (K\\237che) Tj ET",
                "Küche",
            ),
            (
                "<< /Type /Font /Subtype /TrueType /Encoding << /BaseEncoding /MacRomanEncoding /Differences [ 1 /eacute ] >> >>",
                b"BT /F1 9 Tf (\\001K\\237) Tj ET",
                "éKü",
            ),
            (
                "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H >>",
                b"BT /F1 9 Tf <00410042> Tj ET",
                "",
            ),
        ] {
            assert_eq!(text(&file(content, font, &[]), 1000).trim(), expected, "{font}");
        }
    }

    #[test]
    fn streams_that_are_packed_twice_are_read() {
        // As ReportLab writes each page: packed, and that in plain characters.
        let content = b"BT /F1 12 Tf (Harbour) Tj ET";
        let hexadecimal: String = packed(content).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut file = b"%PDF-1.3\n1 0 obj << /Type /Page /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >> endobj\n".to_vec();
        file.extend(stream(
            3,
            "/Filter [ /ASCIIHexDecode /FlateDecode ]",
            format!("{hexadecimal}>").as_bytes(),
        ));
        file.extend(b"4 0 obj << /Type /Font /Subtype /Type1 >> endobj\n");
        assert_eq!(text(&file, 1000).trim(), "Harbour");
    }

    #[test]
    fn objects_within_streams_and_names_of_letters_are_understood() {
        let body = b"4 0 << /Type /Font /Subtype /Type1 /Encoding << /Differences [ 65 /adieresis /B /uni20AC /fi ] >> >>";
        let offset = "4 0 ".len();
        let objects = stream(
            9,
            &format!("/Type /ObjStm /N 1 /First {offset} /Filter /FlateDecode"),
            &packed(body),
        );
        let mut file = b"%PDF-1.7\n2 0 obj << /Type /Page /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >> endobj\n".to_vec();
        file.extend(stream(3, "", b"BT /F1 12 Tf (ABCD) Tj ET"));
        file.extend(objects);
        assert_eq!(text(&file, 1000).trim(), "äB€fi");
    }

    #[test]
    fn what_a_file_costs_is_counted_and_ends() {
        // Pairs of a number and an offset that all name one list.
        let heads: String = (0..1_000).map(|number| format!("{} 0 ", number + 10)).collect();
        let list = format!("[{}]", "1 ".repeat(500_000));
        let once = stream(
            9,
            &format!("/Type /ObjStm /First {} /Filter /FlateDecode", heads.len()),
            &packed(format!("{heads}{list}").as_bytes()),
        );
        let budget = Budget::new();
        let whole = budget.left();
        super::text(&once, 1000, &budget);
        assert!(
            whole - budget.left() < 30 << 20,
            "each offset is read once, not {} units",
            whole - budget.left()
        );
        // Objects whose texts never end, fonts that are learned anew, forms that give nothing.
        let endless = "1 0 obj ( ".repeat(20_000);
        let fonts = format!(
            "<< /Type /Font /ToUnicode 5 0 R /More [{}] >>",
            "0 ".repeat(5_000)
        );
        let table = b"3 beginbfrange <0000> <FFFF> <0041> endbfrange";
        let again = file(
            &b"/F1 1 Tf /X Do ".repeat(20_000),
            &fonts,
            &[stream(5, "", table)],
        );
        for wrong in [endless.as_bytes(), &again] {
            let budget = Budget::of(20 << 20);
            super::text(wrong, 1000, &budget);
        }
        let budget = Budget::of(1 << 20);
        super::text(
            format!("1 0 obj [{}] endobj", "1 ".repeat(500_000)).as_bytes(),
            1000,
            &budget,
        );
        assert_eq!(budget.left(), 0, "a list ends where the work does");
    }

    #[test]
    fn nothing_breaks_whatever_is_wrong_with_a_file() {
        let plain = "<< /Type /Font /Subtype /Type1 >>";
        let whole = file(b"BT /F1 12 Tf (Harbour) Tj ET", plain, &[]);
        for place in 0..whole.len() {
            text(&whole[..place], 1000);
            for change in [0xff, 0x01] {
                let mut wrong = whole.clone();
                wrong[place] ^= change;
                text(&wrong, 1000);
            }
        }
        let deep = format!(
            "1 0 obj {} endobj 2 0 obj << /Type /Page /Contents 1 0 R >> endobj",
            "[".repeat(200_000)
        );
        text(deep.as_bytes(), 1000);
        let loops = b"1 0 obj 1 0 R endobj 2 0 obj << /Type /Page /Parent 2 0 R /Contents 1 0 R >> endobj";
        text(loops, 1000);
        assert_eq!(text(b"trailer << /Encrypt 1 0 R >>", 1000), "");
    }
}
