//! Files made by chance: whatever stands in them, a reader ends, gives the same each time, and no more than is wanted.

use std::io::Write;

use proptest::prelude::*;

use super::budget::Budget;
use super::zip::tests::archive;
use super::{LARGEST, office, pdf, zip};
use crate::chance::cases;
use crate::file_kind::Reader;

/// Octets of text that are wanted, and work that a file may make.
const WANTED: usize = 5_000;
const WORK: usize = 4 << 20;

/// Pieces of a page: what shows text, and what only seems to.
const CONTENT: [&str; 20] = [
    "BT /F1 12 Tf ",
    "(Harbour \\(east\\)) Tj ",
    "[(ber) 20 (th) -400 (pl\\344n)] TJ ",
    "<6C616D70> Tj ",
    "T* ",
    "0 -14 Td ",
    "ET ",
    "(",
    "\\",
    "<",
    "[",
    "q Q ",
    "/X1 Do ",
    "BI /W 9999 ID x EI ",
    "' ",
    "1e99 ",
    "-0.0.0 ",
    "<00",
    "% ",
    "\0",
];
/// Pieces of the file around it, some of which lead in circles or promise more than there is.
const OBJECTS: [&str; 28] = [
    "1 0 obj << /Type /Pages /Kids [2 0 R] /Resources << /Font << /F1 4 0 R >> >> >> endobj\n",
    "2 0 obj << /Type /Page /Parent 1 0 R /Contents [3 0 R] >> endobj\n",
    "2 0 obj << /Type /Page /Parent 2 0 R /Contents 2 0 R >> endobj\n",
    "4 0 obj << /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding >> endobj\n",
    "4 0 obj << /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R >> endobj\n",
    "4 0 obj << /Encoding << /Differences [ 65 /adieresis /B /uni20AC 999999 /fi ] >> >> endobj\n",
    "5 0 obj << /Length 9 >>\nstream\n1 beginbfrange <0000> <FFFF> <0041> endbfrange\nendstream endobj\n",
    "5 0 obj << >>\nstream\n2 beginbfchar <01> <D83D> <0002> endbfchar\nendstream endobj\n",
    "6 0 obj << /Type /ObjStm /N 4000000000 /First 4 >>\nstream\n7 0 8 9 << /Type /Page >>\nendstream endobj\n",
    "7 0 obj << /Type /XObject /Subtype /Form /Resources << /XObject << /X1 7 0 R >> >> >>\nstream\n/X1 Do\nendstream endobj\n",
    "<< ",
    ">> ",
    "[ ",
    "] ",
    "endobj ",
    "stream\n",
    "endstream ",
    "/Filter [/ASCIIHexDecode /ASCII85Decode /LZWDecode /RunLengthDecode] ",
    "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4000000000 >> ",
    "/Length 99999999999999999999 ",
    "/Length -1 ",
    "9 0 obj ",
    "-1 70000 obj ",
    "9 0 R ",
    "(open \\",
    "<4G",
    "/#zz",
    "trailer << /Root 1 0 R >> ",
];
/// Pieces of XML, as the programs of an office write it and as nobody should.
const XML: [&str; 20] = [
    "<w:p>",
    "</w:p>",
    "<w:t>",
    "</w:t>",
    "<w:t xml:space=\"preserve\">",
    "<w:tab/>",
    "<text:s/>",
    "<si><t>",
    "Ket",
    "tle ",
    "&amp;",
    "&#xE9;",
    "&#x110000;",
    "&none",
    "<!-- ",
    "-->",
    "<![CDATA[",
    "<",
    "\"",
    "\u{2028}",
];
const NAMES: [&str; 7] = [
    "word/document.xml",
    "word/footnotes.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "ppt/slides/slide10.xml",
    "content.xml",
    "../../etc/passwd",
];

fn some<const COUNT: usize>(
    of: &'static [&'static str; COUNT],
    most: usize,
) -> impl Strategy<Value = String> {
    proptest::collection::vec(prop::sample::select(of.as_slice()), 0..most).prop_map(|pieces| pieces.concat())
}

/// Octets that are put in the place of some others, anywhere.
fn damage() -> impl Strategy<Value = Vec<(usize, usize, Vec<u8>)>> {
    let one = (
        any::<usize>(),
        0..12_usize,
        proptest::collection::vec(any::<u8>(), 0..12),
    );
    proptest::collection::vec(one, 0..6)
}

fn damaged(mut file: Vec<u8>, damage: Vec<(usize, usize, Vec<u8>)>) -> Vec<u8> {
    for (at, removed, put) in damage {
        let at = at % (file.len() + 1);
        let to = (at + removed).min(file.len());
        file.splice(at..to, put);
    }
    file
}

/// The text of a file, which is held against what it may be. `octets`: of the file when nothing in it is packed.
fn checked(file: &[u8], octets: usize, read: fn(&[u8], usize, &Budget) -> String) -> String {
    let text = read(file, WANTED, &Budget::of(WORK));
    assert_eq!(
        text,
        read(file, WANTED, &Budget::of(WORK)),
        "the same file gives the same text"
    );
    // What stands in one piece is given whole.
    assert!(
        text.len() <= WANTED + 4 * octets,
        "{} octets of {octets}",
        text.len()
    );
    text
}

fn stream(number: usize, body: &str) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let head = format!(
        "{number} 0 obj << /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    );
    [head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(150), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_pdf_file_it_is_read(
        before in some(&OBJECTS, 12), content in some(&CONTENT, 40), behind in some(&OBJECTS, 12), damage in damage(),
    ) {
        let whole = format!("%PDF-1.7\n{}{}{}{before}", OBJECTS[0], OBJECTS[1], OBJECTS[3]);
        let octets = whole.len() + content.len() + behind.len();
        let file = [whole.as_bytes(), &stream(3, &content), behind.as_bytes()].concat();
        checked(&file, octets, pdf::text);
        checked(&damaged(file, damage), octets, pdf::text);
    }

    #[test]
    fn whatever_stands_in_a_file_of_an_office_it_is_read(
        parts in proptest::collection::vec((prop::sample::select(NAMES.as_slice()), some(&XML, 60)), 0..6), damage in damage(),
    ) {
        let files: Vec<(&str, &[u8])> = parts.iter().map(|(name, xml)| (*name, xml.as_bytes())).collect();
        let octets = parts.iter().map(|(_, xml)| xml.len()).sum::<usize>() + 100;
        let packed = archive(&files);
        checked(&packed, octets, office::text);
        let broken = damaged(packed, damage);
        checked(&broken, octets, office::text);
        for entry in zip::entries(&broken) {
            prop_assert!(entry.read(WANTED, &Budget::of(WORK)).len() <= WANTED);
        }
    }

    #[test]
    fn whatever_stands_in_a_file_every_reader_takes_it(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), start in 0..START.len()) {
        let file = [START[start], &bytes].concat();
        prop_assert!(file.len() < LARGEST);
        for reader in READERS {
            let text = super::read(&file, Some(reader), None, 0, &Budget::of(WORK));
            prop_assert!(text.len() <= 40 * file.len() + 100, "{reader:?}: {} octets of {}", text.len(), file.len());
        }
    }
}

const START: [&[u8]; 6] = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"From lena@waxwing.test Mon Nov 23 10:00:00 2026\n",
    b"Content-Type: application/ms-tnef; name=winmail.dat\n\n\x78\x9f\x3e\x22",
];
const READERS: [Reader; 7] = [
    Reader::Text,
    Reader::Html,
    Reader::Pdf,
    Reader::Office,
    Reader::Rich,
    Reader::Letter,
    Reader::Letters,
];

#[test]
fn the_pieces_make_files_that_are_read() {
    let page = [OBJECTS[0], OBJECTS[1], OBJECTS[3]].concat();
    let file = [b"%PDF-1.7\n", page.as_bytes(), &stream(3, &CONTENT[..7].concat())].concat();
    let text = checked(&file, 1_000, pdf::text);
    assert!(
        text.contains("Harbour (east)"),
        "or the tests above would test little: {text:?}"
    );
    let xml = [XML[0], XML[2], XML[8], XML[3], XML[2], XML[9], XML[3], XML[1]].concat();
    let text = checked(&archive(&[(NAMES[0], xml.as_bytes())]), 1_000, office::text);
    assert!(text.contains("Kettle"), "{text:?} of {xml}");
}
