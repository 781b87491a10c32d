//! Letters as real servers, gateways and careless programs break them (RFC 2045 to 2049, 2231 and 1468), each with what a person should
//! see of it all the same. What is made by chance, and what only one field says, is tested where it is read.

mod fields;
mod kinds;
mod parts;
mod shapes;

/// A letter that is broken in one way.
#[derive(Debug, Clone)]
pub struct Broken {
    /// How it is broken.
    pub name: &'static str,
    /// What it is called, as far as its fields tell.
    pub subject: String,
    pub raw: Vec<u8>,
    /// What is read in it.
    pub says: &'static [&'static str],
    /// Names of its files, and with which octets each begins.
    pub files: &'static [(&'static str, &'static [u8])],
    /// Whether something must be said of it.
    pub is_odd: bool,
}

/// The lines of a letter behind its subject, between which CR LF is written.
fn letter(name: &'static str, lines: &[&str], says: &'static [&'static str]) -> Broken {
    of_octets(name, lines.join("\r\n").as_bytes(), says)
}

fn of_octets(name: &'static str, rest: &[u8], says: &'static [&'static str]) -> Broken {
    let mut raw = format!(
        "From: amara@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: Broken: {name}\r\nMessage-ID: <{}@broken.test>\r\n\
         Date: Tue, 3 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n",
        name.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-")
    )
    .into_bytes();
    raw.extend_from_slice(rest);
    raw.extend_from_slice(b"\r\n");
    whole(name, &format!("Broken: {name}"), raw, says)
}

/// A letter to its last octet, and what it is called.
fn whole(
    name: &'static str,
    subject: &str,
    raw: impl Into<Vec<u8>>,
    says: &'static [&'static str],
) -> Broken {
    Broken {
        name,
        subject: subject.to_owned(),
        raw: raw.into(),
        says,
        files: &[],
        is_odd: false,
    }
}

impl Broken {
    fn with(self, files: &'static [(&'static str, &'static [u8])]) -> Self {
        Self { files, ..self }
    }

    fn odd(self) -> Self {
        Self { is_odd: true, ..self }
    }
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8";
const MIXED: &str = "Content-Type: multipart/mixed; boundary=bound01";
/// All of them.
pub fn letters() -> Vec<Broken> {
    let mut all = sets();
    all.extend(encodings());
    all.extend(parts::boundaries());
    all.extend(parts::contents());
    all.extend(shapes::letters());
    all.extend(kinds::letters());
    all.extend(fields::letters());
    all.extend(fields::dates());
    all
}

/// Sets of signs that are not kept.
fn sets() -> Vec<Broken> {
    let named = |set: &str, text: &[u8]| {
        [
            format!("Content-Type: text/plain; charset={set}\r\n\r\n").as_bytes(),
            text,
        ]
        .concat()
    };
    let wide: Vec<u8> = "The lamp is lit.\r\nBring the rope.\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    vec![
        of_octets(
            "ASCII that is called UTF-16",
            &named("utf-16", b"The lamp is lit."),
            &["The lamp is lit."],
        )
        .odd(),
        of_octets(
            "UTF-8 that is called UTF-16",
            &named("UTF-16LE", "Die Lampe brennt über dem Kai.".as_bytes()),
            &["Die Lampe brennt über dem Kai."],
        )
        .odd(),
        of_octets(
            "Latin that is called UTF-16",
            &named("unicode", b"Die Lampe brennt \xfcber dem Kai."),
            &["Die Lampe brennt über dem Kai."],
        )
        .odd(),
        of_octets(
            "UTF-16 in eight bits",
            &named("utf-16le", &wide),
            &["The lamp is lit.", "Bring the rope."],
        ),
        of_octets(
            "Japanese without its last escape",
            &named("iso-2022-jp", b"\x1b$BEtBf\r\nBring the rope."),
            &["灯台", "Bring the rope."],
        )
        .odd(),
        of_octets(
            "Japanese without a label and without its last escape",
            b"\r\n\x1b$BEtBf\r\nBring the rope.",
            &["灯台", "Bring the rope."],
        )
        .odd(),
        of_octets(
            "Japanese whose escapes were taken out",
            &named("iso-2022-jp", b"$BEtBf(B: bring the rope."),
            &["灯台: bring the rope."],
        )
        .odd(),
        of_octets(
            "Korean that is not shifted back",
            &named("iso-2022-kr", b"\x1b$)C\r\n\x0e5n4k\r\nBring the rope."),
            &["등대", "Bring the rope."],
        ),
        of_octets(
            "Chinese whose tilde is not closed",
            &named("hz-gb-2312", b"~{5FK~\r\nBring the rope."),
            &["灯塔", "Bring the rope."],
        ),
        of_octets(
            "a set that is written with a space",
            &named("\"ISO 8859-15\"", b"The rope is 5 \xa4."),
            &["The rope is 5 €."],
        ),
        of_octets(
            "halves of signs in UTF-8",
            &named(
                "utf-8",
                b"The lamp \xed\xa0\xbd\xed\xb2\xa1 is lit, \xc0\xaf and the rope is wet.",
            ),
            &["The lamp", "is lit,", "and the rope is wet."],
        )
        .odd(),
        of_octets(
            "what a terminal wrote",
            &named("us-ascii", b"\x1b[1mThe\x1b[0m l\x08lamp\x0c is\x0b lit.\x07"),
            &["The", "lit."],
        ),
    ]
}

/// Transfer encodings that are not kept.
fn encodings() -> Vec<Broken> {
    let encoded = |name, encoding: &str, body: &str, says| {
        letter(
            name,
            &[PLAIN, &format!("Content-Transfer-Encoding: {encoding}"), "", body],
            says,
        )
    };
    vec![
        encoded(
            "words around a uuencoded text",
            "x-uuencode",
            "Before it.\r\nbegin 644 a.txt\r\n25&AE(&QA;7 @:7,@;&ET+@T*\r\n`\r\nend\r\nBehind it.",
            &["Before it.", "The lamp is lit.", "Behind it."],
        )
        .odd(),
        encoded(
            "a uuencoded text that goes on in words",
            "uuencode",
            "begin 644 a.txt\r\n25&AE(&QA;7 @:7,@;&ET+@T*\r\nAnd the rope is wet, they say.",
            &["The lamp is lit.", "And the rope is wet, they say."],
        )
        .odd(),
        encoded(
            "base64 that was quoted",
            "base64",
            "> VGhlIGxhbXAgaXMgbGl0LCBhbmQg\r\n> dGhlIHJvcGUgaXMgd2V0Lg0K",
            &["The lamp is lit, and the rope is wet."],
        )
        .odd(),
        encoded(
            "equals signs that mean nothing",
            "quoted-printable",
            "The lamp = lit, 100=% =G1 =\r\nand the rope is =wet.",
            &["The lamp = lit, 100=% =G1 and the rope is =wet."],
        )
        .odd(),
        encoded(
            "line ends that are written out",
            "quoted-printable",
            "The lamp is lit.=0D=0AThe rope is =\r\nwet.=0A",
            &["The lamp is lit.\nThe rope is wet."],
        ),
        encoded(
            "an encoding with a comment and a parameter",
            "(they say) base64; really=yes",
            "VGhlIGxhbXAgaXMgbGl0LCBhbmQgdGhlIHJvcGUgaXMgd2V0Lg0K",
            &["The lamp is lit, and the rope is wet."],
        ),
        letter(
            "an attached letter in base64",
            &[
                MIXED,
                "",
                "--bound01",
                "",
                "The lamp is lit.",
                "--bound01",
                "Content-Type: message/rfc822",
                "Content-Transfer-Encoding: base64",
                "",
                "U3ViamVjdDogd2l0aGluDQoNClRoZSByb3BlIGlzIHdldC4NCg==",
                "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(&[("within.eml", b"Subject: within\r\n\r\nThe rope is wet.")]),
    ]
}
