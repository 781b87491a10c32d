//! Letters whose header is not one, or says what cannot be, twice, or in no language that a header has (RFC 5322, RFC 2047). Not here:
//! what is wrong behind the header.

use super::{Broken, PLAIN, of_octets, whole};

const LIT: &[&str] = &["The lamp is lit."];

/// Headers as they should not be.
pub(super) fn letters() -> Vec<Broken> {
    let many: String = (0..10_000)
        .map(|number| format!("X-Lamp-{number}: lit\r\n"))
        .collect();
    let long = format!("X-Lamp: {}\r\n", "lit ".repeat(256 << 10));
    let id = "Message-ID: <the-same@broken.test>\r\n";
    vec![
        whole(
            "a header and nothing else",
            "Broken: a header",
            "From: amara@waxwing.test\r\nSubject: Broken: a header\r\n",
            &[],
        ),
        whole("a text and no header", "", "The lamp is lit.\r\nBring the rope.\r\n", LIT).odd(),
        whole("a text behind an empty line", "", "\r\nThe lamp is lit.\r\n", LIT),
        whole(
            "no empty line before the text",
            "Broken: a line",
            "From: amara@waxwing.test\r\nSubject: Broken: a line\r\nThe lamp is lit.\r\nBring the rope.\r\n",
            LIT,
        )
        .odd(),
        of_octets("ten thousand fields", format!("{many}\r\nThe lamp is lit.").as_bytes(), LIT),
        of_octets("a field of a megabyte", format!("{long}\r\nThe lamp is lit.").as_bytes(), LIT),
        of_octets("a line that is no field", b"this is no field\r\nX-Lamp: lit\r\n\r\nThe lamp is lit.", LIT).odd(),
        of_octets("a field without a name", b": lit\r\nX-Lamp : lit\r\n\r\nThe lamp is lit.", LIT),
        of_octets("an octet of nothing", b"X-Lamp: l\0it\r\n\r\nThe lamp\0 is lit.\0\0", &["is lit."]),
        head("eight bits in UTF-8", "Grüße vom Kai", "Grüße vom Kai".as_bytes(), "utf-8", "Die Lampe brennt über dem Kai.".as_bytes(),
            &["Die Lampe brennt über dem Kai."]),
        head("eight bits in Latin", "Grüße vom Kai", b"Gr\xfc\xdfe vom Kai", "iso-8859-1", b"Die Lampe brennt \xfcber dem Kai.",
            &["Die Lampe brennt über dem Kai."]),
        head("eight bits in Shift_JIS", "灯台", b"\x93\x94\x91\xe4", "shift_jis", b"\x93\x94\x91\xe4", &["灯台"]),
        head("eight bits in KOI8-R", "Маяк", b"\xed\xc1\xd1\xcb", "koi8-r", b"\xed\xc1\xd1\xcb \xc7\xcf\xd2\xc9\xd4.",
            &["Маяк горит."]),
        head("eight bits in GB 18030", "灯塔", b"\xb5\xc6\xcb\xfe", "gb18030", b"\xb5\xc6\xcb\xfe", &["灯塔"]),
        head("Latin that is called UTF-8", "Grüße", b"Gr\xfc\xdfe", "utf-8", b"Die Lampe brennt \xfcber dem Kai.",
            &["Die Lampe brennt über dem Kai."])
        .odd(),
        head("a word in pieces of a sign", "Grüße", b"=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "utf-8", b"The lamp is lit.", LIT),
        head("a word of another set than it says", "Grüße", b"=?us-ascii?Q?Gr=C3=BC=C3=9Fe?=", "utf-8", b"The lamp is lit.", LIT),
        head("a word on two lines", "The lamp is lit", b"=?utf-8?Q?The_lamp\r\n is?= lit", "utf-8", b"The lamp is lit.", LIT),
        head("a word that does not end", "=?utf-8?B?VGhlIGxhbXA", b"=?utf-8?B?VGhlIGxhbXA", "utf-8", b"The lamp is lit.", LIT),
        of_octets(
            "several senders, subjects and days",
            b"From: Jonas <jonas@waxwing.test>\r\nSubject: Another\r\nDate: Wed, 4 Nov 2026 10:00:00 +0000\r\n\
              To: amara@waxwing.test\r\n\r\nThe lamp is lit.",
            LIT,
        ),
        whole("no fields but those of the network", "", "Received: from a by b; Tue, 3 Nov 2026 10:00:00 +0000\r\n\r\nThe lamp is lit.\r\n", LIT),
        whole("a name of a letter that another has, too", "Broken: one", format!("{id}Subject: Broken: one\r\n\r\nThe lamp is lit.\r\n"), LIT),
        whole("the other of that name", "Broken: other", format!("{id}Subject: Broken: other\r\n\r\nThe rope is wet.\r\n"), &["The rope is wet."]),
        whole("a name with spaces", "Broken: spaces", "Message-ID: < a lamp @ broken test >\r\nSubject: Broken: spaces\r\n\r\nThe lamp is lit.\r\n", LIT),
        whole("a name without brackets", "Broken: bare", "Message-ID: lamp\r\nReferences: rope, <>, <<x>\r\nSubject: Broken: bare\r\n\r\nThe lamp is lit.\r\n", LIT),
        whole(
            "lines that end with LF alone",
            "Broken: LF",
            "From: amara@waxwing.test\nSubject: Broken: LF\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe lamp is lit.\n--b\n\nThe rope is wet.\n--b--\n",
            &["The lamp is lit.", "The rope is wet."],
        ),
        whole("lines that end with CR alone", "Broken: CR", "From: amara@waxwing.test\rSubject: Broken: CR\r\rThe lamp is lit.\rBring the rope.\r", LIT).odd(),
        whole(
            "lines that end in every way",
            "Broken: all",
            "From: amara@waxwing.test\r\nSubject: Broken: all\n\r\nThe lamp is lit.\nThe rope\r\r\nis wet.\n\rBring both.",
            &["The lamp is lit.", "The rope", "is wet.", "Bring both."],
        ),
        whole(
            "a line of a mailbox before it",
            "Broken: mbox",
            "From amara@waxwing.test Tue Nov  3 10:00:00 2026\r\nFrom: amara@waxwing.test\r\nSubject: Broken: mbox\r\n\r\nThe lamp is lit.\r\n>From here on.\r\n",
            LIT,
        ),
        whole(
            "a mark of the order of octets before it",
            "Broken: BOM",
            "\u{feff}From: amara@waxwing.test\r\nSubject: Broken: BOM\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\u{feff}The lamp is lit.\r\n",
            LIT,
        ),
    ]
}

/// A letter with a subject and a text in octets.
fn head(
    name: &'static str,
    subject: &'static str,
    written: &[u8],
    set: &str,
    text: &[u8],
    says: &'static [&'static str],
) -> Broken {
    let raw = [
        b"From: amara@waxwing.test\r\nSubject: ",
        written,
        format!("\r\nContent-Type: text/plain; charset={set}\r\n\r\n").as_bytes(),
        text,
        b"\r\n",
    ]
    .concat();
    whole(name, subject, raw, says)
}

/// Days that nobody has lived.
pub(super) fn dates() -> Vec<Broken> {
    let dated = |name: &'static str, date: &str| {
        let raw = format!(
            "From: amara@waxwing.test\r\nSubject: Broken: {name}\r\nDate: {date}\r\n{PLAIN}\r\n\r\nThe lamp is lit.\r\n"
        );
        whole(name, &format!("Broken: {name}"), raw, LIT)
    };
    vec![
        dated("no day", ""),
        dated("a day in words", "yesterday, at noon"),
        dated("a day that no month has", "Tue, 32 Nov 2026 10:00:00 +0000"),
        dated("an hour that no day has", "Tue, 3 Nov 2026 25:61:61 +0000"),
        dated("a year of two digits", "3 Nov 26 10:00 GMT"),
        dated("a year before all letters", "Mon, 1 Jan 0001 00:00:00 +0000"),
        dated("a year after all letters", "Sat, 31 Dec 9999 23:59:59 +0000"),
        dated(
            "a year of many digits",
            "Sat, 31 Dec 99999999999999999999 23:59:59 +0000",
        ),
        dated("a zone of no place", "Tue, 3 Nov 2026 10:00:00 +9999"),
        dated("no zone", "Tue, 3 Nov 2026 10:00:00"),
        dated("a day of another standard", "2026-11-03T10:00:00Z"),
        dated("seconds since a day", "1793700000"),
        dated(
            "a day in German",
            "Di, 3 Nov 2026 10:00:00 +0100 (Mitteleuropäische Zeit)",
        ),
    ]
}
