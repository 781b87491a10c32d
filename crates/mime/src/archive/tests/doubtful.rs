//! Archives in which one program finds other files than another: what is told of them is not told to be all.

use super::*;

/// A line of a pax header.
fn record(word: &str, value: &str) -> String {
    let rest = format!(" {word}={value}\n");
    let length = (rest.len()..).find(|length| length.to_string().len() + rest.len() == *length);
    format!("{}{rest}", length.expect("its own length is in it"))
}

fn end(mut tar: Vec<u8>) -> Vec<u8> {
    tar.resize(tar.len() + 1024, 0);
    tar
}

fn sum(bytes: &[u8]) -> [u8; 4] {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum().to_le_bytes()
}

#[test]
fn the_last_path_of_a_pax_header_counts() {
    let mut out = Vec::new();
    let said = record("path", "a.txt") + &record("mtime", "1") + &record("path", "b.exe");
    put(&mut out, "c.txt", b'x', said.as_bytes());
    put(&mut out, "d.txt", b'0', b"1");
    let out = end(out);
    assert_eq!(told("a.tar", &out), [("b.exe".to_owned(), vec![Danger::Program])]);
    assert_eq!(of("a.tar", &out), [Danger::Packed]);
}

#[test]
fn a_tar_archive_that_others_go_through_otherwise_is_not_whole() {
    let hidden = tar(&[("setup.exe", PROGRAM)]);
    type Part<'a> = (u8, &'a [u8], usize);
    let size = record("size", "0");
    let sparse = record("GNU.sparse.name", "setup.exe");
    let path = record("path", "setup.exe");
    let far = record("comment", &"x".repeat(70_000)) + &path;
    let parts: [(&str, Vec<Part<'_>>); 8] = [
        (
            "octets of a file that has none",
            vec![(b'x', size.as_bytes(), size.len()), (b'0', &hidden, hidden.len())],
        ),
        (
            "a name elsewhere",
            vec![(b'x', sparse.as_bytes(), sparse.len()), (b'0', b"1", 1)],
        ),
        (
            "a name for all",
            vec![(b'g', path.as_bytes(), path.len()), (b'0', b"1", 1)],
        ),
        (
            "a name far behind",
            vec![(b'x', far.as_bytes(), far.len()), (b'0', b"1", 1)],
        ),
        ("a damaged line", vec![(b'x', b"7 path=", 7), (b'0', b"1", 1)]),
        ("a link with octets", vec![(b'2', &hidden, hidden.len())]),
        ("a folder with octets", vec![(b'5', &hidden, hidden.len())]),
        ("a file with holes", vec![(b'S', &hidden, hidden.len())]),
    ];
    for (why, parts) in parts {
        let mut out = Vec::new();
        for (kind, body, length) in parts {
            put_told(&mut out, "a.txt", kind, body, length);
        }
        assert_eq!(of("a.tar", &end(out)), [Danger::Closed], "{why}");
    }
    let mut calm = Vec::new();
    put(&mut calm, "pax", b'x', record("mtime", "12.5").as_bytes());
    put(&mut calm, "a.txt", b'0', b"1");
    put(&mut calm, "link", b'2', b"");
    put(&mut calm, "folder", b'5', b"");
    assert_eq!(of("a.tar", &end(calm)), [], "as every program writes them");
}

#[test]
fn an_archive_that_goes_on_beyond_what_is_read_is_not_whole() {
    // The header, the file and nothing else are as long as what is read at the most.
    let mut out = Vec::new();
    put_told(&mut out, "a.bin.txt", b'0', b"", WORK - 512);
    let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packing.write_all(&out).unwrap();
    for _ in 0..(WORK - 512) / 512 {
        packing.write_all(&[0; 512]).unwrap();
    }
    packing.write_all(&tar(&[("setup.exe", PROGRAM)])).unwrap();
    assert_eq!(of("a.tar.gz", &packing.finish().unwrap()), [Danger::Closed]);
}

#[test]
fn of_the_two_names_of_a_file_in_gzip_the_worse_counts() {
    let packed = gzip(b"words", Some("bill.txt"));
    assert_eq!(
        told("setup.exe.gz", &packed),
        [("setup.exe".to_owned(), vec![Danger::Program])]
    );
    assert_eq!(told("bill.gz", &packed), [("bill.txt".to_owned(), vec![])]);
}

#[test]
fn an_archive_in_an_archive_goes_by_the_name_that_it_has_unpacked() {
    let inner = zip(&[("setup.exe", PROGRAM)]);
    for name in ["inner.zip.", "inner.zip ", "inner.z\u{200b}ip"] {
        assert_eq!(of("a.zip", &zip(&[(name, &inner)])), [Danger::Packed], "{name:?}");
    }
}

#[test]
fn a_zip_archive_that_others_read_otherwise_is_not_whole() {
    let calm = zip(&[("setup.exe", PROGRAM), ("a.txt", b"1")]);
    let line = memchr::memmem::find(&calm, b"PK\x01\x02").unwrap();
    let end = calm.len() - 22;
    // Its own header says another name than the directory.
    let mut renamed = zip(&[("setup.txt", b"1")]);
    renamed[30..39].copy_from_slice(b"setup.exe");
    // The directory begins with the second file.
    let mut passed_over = calm.clone();
    passed_over[end + 16..end + 20].copy_from_slice(&u32::try_from(line + 46 + 9).unwrap().to_le_bytes());
    passed_over[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    // An end in the comment of another.
    let mut two_ends = calm.clone();
    two_ends[end + 20] = 22;
    let second = [&b"PK\x05\x06"[..], &[0; 4], &calm[end + 8..]].concat();
    two_ends.extend(second);
    for (why, bytes) in [
        ("another name", renamed),
        ("a file that is not listed", passed_over),
        ("two ends", two_ends),
    ] {
        assert!(of("a.zip", &bytes).contains(&Danger::Closed), "{why}");
    }
    let mut commented = zip(&[("a.txt", b"1")]);
    let at = commented.len() - 2;
    commented[at] = 5;
    commented.extend(b"words");
    assert_eq!(of("a.zip", &commented), [], "a comment says nothing");
    commented.extend(b"\r\n");
    assert_eq!(
        of("a.zip", &commented),
        [],
        "nor does what was put behind it on its way"
    );
}

#[test]
fn the_other_name_of_a_file_counts_where_it_is_of_that_file() {
    let with_other = |other: &str, sum: [u8; 4]| {
        let mut out = zip(&[("a.txt", b"1")]);
        let line = memchr::memmem::find(&out, b"PK\x01\x02").unwrap();
        let content = [&[1][..], &sum, other.as_bytes()].concat();
        let length = u8::try_from(content.len()).unwrap();
        out[line + 30] = length + 4;
        let at = line + 46 + "a.txt".len();
        out.splice(at..at, [&[0x75, 0x70, length, 0][..], &content].concat());
        out
    };
    let harmful = with_other("b.exe", sum(b"a.txt"));
    assert_eq!(
        told("a.zip", &harmful),
        [("b.exe".to_owned(), vec![Danger::Program])]
    );
    assert_eq!(of("a.zip", &harmful), [Danger::Packed, Danger::Closed]);
    assert_eq!(
        told("a.zip", &with_other("灯台.txt", sum(b"a.txt")))[0].0,
        "灯台.txt"
    );
    assert_eq!(of("a.zip", &with_other("灯台.txt", sum(b"a.txt"))), []);
    assert_eq!(told("a.zip", &with_other("b.exe", *b"none"))[0].0, "a.txt");
}
