//! Archives as letters bring them, and such as are made to deceive or to burst.

use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::chance::cases;
use crate::papers::zip::tests::archive as zip;

mod doubtful;

const PROGRAM: &[u8] = b"MZ\x90\0\x03";

/// A tar archive; names of a hundred octets and more stand in a block of their own, as GNU tar writes them.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, body) in files {
        if name.len() >= 100 {
            put(&mut out, "././@LongLink", b'L', name.as_bytes());
        }
        put(&mut out, name.get(..99).unwrap_or(name), b'0', body);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn put(out: &mut Vec<u8>, name: &str, kind: u8, body: &[u8]) {
    put_told(out, name, kind, body, body.len());
}

/// One of which is told that it is so long.
fn put_told(out: &mut Vec<u8>, name: &str, kind: u8, body: &[u8], length: usize) {
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..136].copy_from_slice(format!("{length:011o}\0").as_bytes());
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = header.iter().map(|octet| u32::from(*octet)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.extend(header);
    out.extend(body);
    out.resize(out.len().next_multiple_of(512), 0);
}

fn gzip(bytes: &[u8], name: Option<&str>) -> Vec<u8> {
    let mut builder = flate2::GzBuilder::new();
    if let Some(name) = name {
        builder = builder.filename(name);
    }
    let mut packing = builder.write(Vec::new(), flate2::Compression::fast());
    packing.write_all(bytes).unwrap();
    packing.finish().unwrap()
}

/// The names in an archive with what is said of each.
fn told(name: &str, bytes: &[u8]) -> Vec<(String, Vec<Danger>)> {
    let contents = look_into("application/octet-stream", name, bytes).expect("an archive");
    let files = contents.files.into_iter();
    files.map(|file| (file.name, file.dangers)).collect()
}

fn of(name: &str, bytes: &[u8]) -> Vec<Danger> {
    look_into("", name, bytes).expect("an archive").dangers()
}

#[test]
fn a_program_in_an_archive_is_told_by_its_name() {
    let files: [(&str, &[u8]); 3] = [
        ("read me.txt", b"hello"),
        ("papers/invoice.pdf      .exe", PROGRAM),
        ("photo.png", PROGRAM),
    ];
    let expected = [
        ("read me.txt", vec![]),
        (
            "papers/invoice.pdf .exe",
            vec![Danger::Program, Danger::Disguised],
        ),
        ("photo.png", vec![Danger::HiddenProgram]),
    ]
    .map(|(name, dangers)| (name.to_owned(), dangers));
    for (name, bytes) in [
        ("a.zip", zip(&files)),
        ("a.tar", tar(&files)),
        ("a.tar.gz", gzip(&tar(&files), None)),
        ("a.tgz", gzip(&tar(&files), None)),
    ] {
        assert_eq!(told(name, &bytes), expected, "{name}");
        assert_eq!(of(name, &bytes), [Danger::Packed], "{name}");
    }
    let contents = look_into("application/zip", "a", &zip(&files)).expect("by its kind");
    assert_eq!(contents.files[0].size, Some(5));
    assert_eq!(contents.harmful().count(), 2);
}

#[test]
fn an_archive_of_harmless_files_says_nothing() {
    let files: [(&str, &[u8]); 3] = [("a.txt", b"1"), ("folder/", b""), ("folder/b.pdf", b"%PDF-1.7")];
    for (name, bytes) in [
        ("a.zip", zip(&files)),
        ("a.tar.gz", gzip(&tar(&files[..1]), None)),
    ] {
        assert_eq!(of(name, &bytes), [], "{name}");
    }
    assert_eq!(told("a.zip", &zip(&files)).len(), 2, "a folder is no file");
    assert_eq!(
        look_into("application/pdf", "a.pdf", b"%PDF"),
        None,
        "it is no archive"
    );
}

#[test]
fn one_file_in_gzip_goes_by_its_own_name() {
    assert_eq!(
        told("log.txt.gz", &gzip(b"x", None)),
        [("log.txt".to_owned(), vec![])]
    );
    assert_eq!(
        told("log.gz", &gzip(PROGRAM, Some("setup.exe"))),
        [("setup.exe".to_owned(), vec![Danger::Program])]
    );
}

#[test]
fn archives_in_archives_are_looked_into_and_no_deeper_than_is_borne() {
    let inner = zip(&[("invoice.exe", PROGRAM)]);
    let outer = zip(&[("a.txt", b"1"), ("inner.zip", &inner)]);
    let names: Vec<String> = told("outer.zip", &outer)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["a.txt", "inner.zip", "inner.zip › invoice.exe"]);
    assert_eq!(of("outer.zip", &outer), [Danger::Packed]);
    let mut deep = inner;
    for _ in 0..6 {
        deep = zip(&[("one.zip", &deep)]);
    }
    assert_eq!(
        of("deep.zip", &deep),
        [Danger::Closed],
        "nobody knows what is in it"
    );
    for within in ["a.7z", "b.rar"] {
        assert_eq!(of("a.zip", &zip(&[(within, b"x")])), [Danger::Closed], "{within}");
    }
    assert_eq!(of("a.zip", &zip(&[("disk.iso", b"x")])), [Danger::Packed]);
}

#[test]
fn what_is_encrypted_says_so() {
    let mut locked = zip(&[("plan.pdf", b"secret")]);
    // The first bit of the flags, in the header of the file and in the directory (APPNOTE, section 4.4.4).
    locked[6] |= 1;
    let line = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    locked[line + 8] |= 1;
    let contents = look_into("", "a.zip", &locked).unwrap();
    assert_eq!(contents.dangers(), [Danger::Locked]);
    assert!(contents.files[0].locked, "its name can be read all the same");
    assert_eq!(contents.files[0].name, "plan.pdf");
}

#[test]
fn what_nobody_has_looked_into_is_not_passed_for_harmless() {
    for (name, bytes) in [
        ("a.7z", b"7z\xbc\xaf\x27\x1c".to_vec()),
        ("a.rar", b"Rar!\x1a\x07\x01".to_vec()),
        ("a.zip", b"Rar!\x1a\x07\x01".to_vec()),
        ("a.zip", b"PK\x03\x04 and no directory".to_vec()),
        ("a.zip", Vec::new()),
        ("a.tar", b"no header".to_vec()),
        ("a.tar.xz", b"\xfd7zXZ".to_vec()),
        (
            "a.tar.gz",
            gzip(&tar(&[("a.txt", &[7; 9_000])]), None)[..60].to_vec(),
        ),
    ] {
        assert!(of(name, &bytes).contains(&Danger::Closed), "{name} {bytes:?}");
    }
    // Some programs unpack the first of two archives, and some the last.
    let two = [zip(&[("setup.exe", PROGRAM)]), zip(&[("a.txt", b"1")])].concat();
    assert_eq!(of("a.zip", &two), [Danger::Closed]);
    // What stands before one that unpacks itself is not counted in it.
    let behind = [&b"#!/bin/sh\n"[..], &zip(&[("a.exe", PROGRAM)])].concat();
    assert_eq!(of("a.zip", &behind), [Danger::Packed]);
}

#[test]
fn a_long_name_counts_to_its_end_and_a_way_leads_nowhere() {
    let long = format!("{}/invoice.pdf.exe", "folder".repeat(20));
    let found = told("a.tar", &tar(&[(&long, PROGRAM)]));
    assert!(found[0].0.ends_with("/invoice.pdf.exe"), "{found:?}");
    assert_eq!(found[0].1, [Danger::Program, Danger::Disguised]);
    let found = told("a.zip", &zip(&[("../../etc/cron.d/a\u{202e}txt.sh", b"")]));
    assert_eq!(found[0].0, "etc/cron.d/atxt.sh");
}

#[test]
fn a_bomb_does_not_go_off_and_many_files_are_soon_told() {
    let bomb = gzip(&vec![0; 64 << 20], None);
    let nested = zip(&[("a.tar.gz", &bomb), ("b.zip", &zip(&[("c", &vec![0; 64 << 20])]))]);
    let begun = std::time::Instant::now();
    assert!(!of("a.zip", &nested).contains(&Danger::Packed));
    let many: Vec<(String, &[u8])> = (0..15_000)
        .map(|number| (format!("{number}.txt"), &b"x"[..]))
        .collect();
    let mut many: Vec<(&str, &[u8])> = many.iter().map(|(name, body)| (name.as_str(), *body)).collect();
    many.push(("last.exe", PROGRAM));
    let contents = look_into("", "a.zip", &zip(&many)).unwrap();
    assert_eq!((contents.count, contents.files.len()), (15_001, TOLD + 1));
    assert_eq!(contents.dangers(), [Danger::Packed], "the last one counts too");
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_wrong_in_an_archive_it_is_gone_through(at in 0_usize..2_000, octet: u8, cut in 0_usize..4_000) {
        let files: [(&str, &[u8]); 2] = [("a.zip", &zip(&[("b.exe", PROGRAM)])), ("c.txt", b"words and words")];
        for (name, mut bytes) in [
            ("a.zip", zip(&files)),
            ("a.tar", tar(&files)),
            ("a.tar.gz", gzip(&tar(&files), Some("a.tar"))),
        ] {
            let place = at % bytes.len();
            bytes[place] = octet;
            bytes.truncate(cut.max(1));
            let once = look_into("", name, &bytes);
            prop_assert_eq!(&once, &look_into("", name, &bytes), "the same each time");
        }
    }
}
