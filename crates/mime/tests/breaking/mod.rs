//! The ways in which letters break, each a change of its octets. Not here: what is asked of the letters.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::type_complexity,
    reason = "a test may fail"
)]

/// Chance that is the same every time (xorshift).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// This way comes last: who mixes such lines with others can mean anything.
pub const LINE_ENDS: &str = "lines that end otherwise";

pub type Way = (&'static str, fn(&mut Vec<u8>, &mut Chance));

pub fn places(raw: &[u8], what: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(raw, what).collect()
}

fn insert(raw: &mut Vec<u8>, at: usize, what: &[u8]) {
    raw.splice(at..at, what.iter().copied());
}

fn replace(raw: &mut Vec<u8>, what: &str, by: &str, chance: &mut Chance) {
    let found = places(raw, what.as_bytes());
    if let Some(&at) = found.get(chance.below(found.len())) {
        raw.splice(at..at + what.len(), by.bytes());
    }
}

/// How long the line is that begins here.
fn line_length(raw: &[u8], at: usize) -> usize {
    let rest = &raw[at..];
    let ends = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    ends.unwrap_or(rest.len())
}

/// Where some line of a header begins.
fn field(raw: &[u8], chance: &mut Chance) -> Option<usize> {
    let found = places(raw, b"\r\nContent-");
    found.get(chance.below(found.len())).map(|at| at + 2)
}

pub const WAYS: &[Way] = &[
    ("a fold where none may be", |raw, chance| {
        let fold = *chance.of(&["\r\n ", "\r\n\t", "\n ", "\r\n \r\n "]);
        if let Some(at) = field(raw, chance) {
            let end = line_length(raw, at);
            insert(
                raw,
                at + 14 + chance.below(end.saturating_sub(13)),
                fold.as_bytes(),
            );
        }
    }),
    ("a field twice", |raw, chance| {
        let more = *chance.of(&[
            "Content-Type: text/plain\r\n",
            "Content-Type:\r\n",
            "Content-Transfer-Encoding: 8bit\r\n",
            "Content-Transfer-Encoding: \r\n",
            "Content-Disposition: inline\r\n",
            "Content-Disposition: attachment; filename=\"=?utf-8?q?=C3=BC?=.txt\"; filename*=utf-8''%FF%C3%BC.txt\r\n",
            "Subject: =?utf-8?b?4pyF?= =?x?q?=\r\n",
            "MIME-Version: 2.0 (broken)\r\n",
        ]);
        if let Some(at) = field(raw, chance) {
            let end = line_length(raw, at);
            let place = (at + end + 2).min(raw.len());
            insert(raw, place, more.as_bytes());
        }
    }),
    ("octets that no header has", |raw, chance| {
        let odd = *chance.of(&[&b"\0"[..], b"\xff", b"\xc3\xbc", b"\x1b[", b"\x7f", b"\r"]);
        if let Some(at) = field(raw, chance) {
            let end = line_length(raw, at);
            insert(raw, at + end.min(13) + chance.below(end.saturating_sub(12)), odd);
        }
    }),
    ("NULs in the text", |raw, chance| {
        let found = places(raw, b"x ");
        if let Some(&at) = found.get(chance.below(found.len())) {
            insert(raw, at + 1, b"\0\0");
        }
    }),
    ("cut anywhere", |raw, chance| {
        let half = raw.len() / 2;
        raw.truncate(half + chance.below(half));
    }),
    ("a boundary that is not written as it is named", |raw, chance| {
        let (named, other) = *chance.of(&[
            ("boundary=\"", "boundary=\" "),
            ("boundary=", "boundary =  "),
            ("boundary=", "BOUNDARY*=us-ascii''"),
            ("boundary=", "boundary*0="),
            ("; boundary", "; charset=x boundary"),
            ("; boundary", " (a comment); boundary"),
            ("; boundary", ";; boundary"),
            ("; boundary", "\r\n boundary"),
        ]);
        replace(raw, named, other, chance);
    }),
    ("boundaries that begin with each other", |raw, chance| {
        let (one, other) = *chance.of(&[("b1", "b"), ("alt", "alt--"), ("_Part_1", "_Part_1 ")]);
        let text = String::from_utf8_lossy(raw).replace(one, other);
        *raw = text.into_bytes();
    }),
    ("lines of a boundary with more", |raw, chance| {
        let more = *chance.of(&[" ", "\t \t", "-", "--", " x", "\0"]);
        let found = places(raw, b"\r\n--");
        if let Some(&at) = found.get(chance.below(found.len())) {
            let end = places(&raw[at + 2..], b"\r\n")
                .first()
                .map_or(raw.len(), |end| at + 2 + end);
            insert(raw, end, more.as_bytes());
        }
    }),
    ("a boundary behind the last word of a line", |raw, chance| {
        let found = places(raw, b"\r\n--");
        if let Some(&at) = found.get(chance.below(found.len())) {
            raw.drain(at..at + 2);
        }
    }),
    ("a type that is none", |raw, chance| {
        let kind = *chance.of(&[
            "text",
            "text/",
            "/plain",
            "text/plain/x",
            "\"text/plain\"",
            "text/plain charset=utf-8",
            "text/plain; charset",
            "text/plain; charset=\"utf-8",
            "=?utf-8?q?text/plain?=",
            "multipart/mixed",
            "multipart/alternative; boundary=nowhere",
            "text/plain; format=flowed; delsp=yes",
            "text/plain; charset=utf-7",
            "text/plain; charset=iso-2022-jp",
            "text/plain; charset=utf-16",
            "text/plain; charset=iso-2022-kr",
            "text/plain; charset=gb18030",
            "text/html",
        ]);
        replace(raw, "text/plain", kind, chance);
    }),
    ("an encoding that is not kept", |raw, chance| {
        let encoding = *chance.of(&[
            "quoted-printable",
            "8-bit",
            "\"7bit\"",
            "7bit (really)",
            "binary;",
            "x-unknown",
        ]);
        let more = format!("Content-Transfer-Encoding: {encoding}\r\n");
        if let Some(at) = field(raw, chance) {
            insert(raw, at, more.as_bytes());
        }
    }),
    ("an enormous field", |raw, chance| {
        let long = match chance.below(4) {
            0 => format!("X-Long: {}\r\n", "x".repeat(20_000)),
            1 => format!("References: {}\r\n", "<a@b.example> ".repeat(2_000)),
            2 => format!("Subject: {}\r\n", "=?utf-8?q?a?= ".repeat(2_000)),
            _ => format!(
                "To: {}x@y.example\r\n",
                "\"a, b\" <c@d.example>,\r\n ".repeat(900)
            ),
        };
        insert(raw, 0, long.as_bytes());
    }),
    ("parts within parts", |raw, chance| {
        let depth = *chance.of(&[3, 39, 41, 200]);
        let Some(at) = places(raw, b"\r\n\r\n").first().copied() else {
            return;
        };
        let kind = places(&raw[..at], b"\r\nContent-Type").first().copied();
        let (head, body) = raw.split_at(kind.unwrap_or(at) + 2);
        let mut whole = head.to_vec();
        for level in 0..depth {
            whole.extend(
                format!("Content-Type: multipart/mixed; boundary=n{level}\r\n\r\n--n{level}\r\n").bytes(),
            );
        }
        whole.extend(body);
        for level in (0..depth).rev() {
            whole.extend(format!("\r\n--n{level}--\r\n").bytes());
        }
        *raw = whole;
    }),
    (LINE_ENDS, |raw, chance| {
        let ends = *chance.of(&["\n", "\r", "\r\r\n", "\n\r"]);
        let text = String::from_utf8_lossy(raw).replace("\r\n", ends);
        *raw = text.into_bytes();
    }),
    ("some lines that end otherwise", |raw, chance| {
        let found = places(raw, b"\r\n");
        for _ in 0..4 {
            if let Some(&at) = found.get(chance.below(found.len()))
                && raw.get(at) == Some(&b'\r')
            {
                raw[at] = b' ';
            }
        }
    }),
    ("no line between a header and its text", |raw, chance| {
        let found = places(raw, b"\r\n\r\n");
        if let Some(&at) = found.get(chance.below(found.len())) {
            raw.drain(at..at + 2);
        }
    }),
    ("something before the header", |raw, chance| {
        let before = *chance.of(&[
            "\r\n",
            "From mika@a.example Mon Nov 23 10:42:00 2026\r\n",
            ">From mika Mon Nov 23 10:42:00 2026\r\n",
            "\u{feff}",
            "+OK 1200 octets\r\n",
            " folded into nothing\r\n",
        ]);
        insert(raw, 0, before.as_bytes());
    }),
    ("files in the midst of a text", |raw, chance| {
        let file = *chance.of(&[
            "\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n",
            "\r\nbegin 644 a.txt\r\n#0V%T\r\n",
            "\r\n=ybegin line=128 size=3 name=a.bin\r\nm\u{8b}\r\n=yend size=3\r\n",
            "\r\n(This file must be converted with BinHex 4.0)\r\n\r\n:$f*TEQKPH#jKBJ\"849K8:\r\n",
            "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n",
            "\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n",
            "\r\n-- \r\n",
            "\r\n--\r\n",
        ]);
        let found = places(raw, b"x ");
        if let Some(&at) = found.get(chance.below(found.len())) {
            insert(raw, at + 1, file.as_bytes());
        }
    }),
    ("a part that is elsewhere", |raw, chance| {
        let kind = *chance.of(&[
            "message/external-body; access-type=anon-ftp; site=evil.example; name=x",
            "message/partial; id=\"a\"; number=2; total=3",
            "application/ms-tnef; name=winmail.dat",
            "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
            "application/octet-stream",
        ]);
        replace(raw, "text/plain", kind, chance);
    }),
];
