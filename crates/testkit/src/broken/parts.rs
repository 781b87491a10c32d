//! Letters whose parts are not divided, or not named, as they should be. Not here: sets of signs and transfer encodings.

use super::{Broken, MIXED, PLAIN, letter, of_octets};

const PDF: [&str; 3] = [
    "Content-Type: application/pdf; name=plan.pdf",
    "Content-Transfer-Encoding: base64",
    "",
];
const PLAN: &[(&str, &[u8])] = &[("plan.pdf", b"%PDF-1")];

/// Boundaries that are not written as they are named.
pub(super) fn boundaries() -> Vec<Broken> {
    let pdf = PDF.join("\r\n");
    vec![
        letter(
            "a boundary with words, behind a file and before a part without a header",
            &[
                MIXED,
                "",
                "--bound01",
                &pdf,
                "JVBERi0xLjQK",
                "--bound01 and more",
                "",
                "The lamp is lit.",
                "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(PLAN)
        .odd(),
        letter(
            "a boundary behind the last word of a line",
            &[
                MIXED,
                "",
                "--bound01",
                "",
                "The lamp is lit.--bound01",
                &pdf,
                "JVBERi0xLjQK--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(PLAN)
        .odd(),
        letter(
            "two boundaries are named",
            &[
                "Content-Type: multipart/mixed; boundary=never; boundary=bound01",
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01",
                &pdf,
                "JVBERi0xLjQK",
                "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(PLAN)
        .odd(),
        letter(
            "a boundary in pieces that are written as octets",
            &[
                "Content-Type: multipart/mixed; boundary*0*=us-ascii'en'bo%75nd; boundary*1=01",
                "",
                "--bound01",
                "",
                "The lamp is lit.",
                "--bound01",
                &pdf,
                "JVBERi0xLjQK",
                "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(PLAN),
        letter(
            "a part that begins with a line of spaces",
            &[
                MIXED,
                "",
                "--bound01",
                " ",
                "Content-Type: text/html",
                "",
                "<p>The lamp is <b>lit</b>.",
                "--bound01--",
            ],
            &["The lamp is"],
        ),
        letter(
            "boundaries that are indented",
            &[
                MIXED,
                "",
                "  --bound01",
                "  Content-Type: text/plain",
                "",
                "The lamp is lit.",
                "  --bound01--",
            ],
            &["The lamp is lit."],
        )
        .odd(),
        letter(
            "a multipart of a kind that nobody knows",
            &[
                "Content-Type: multipart/x-mixed-replace; boundary=bound01",
                "",
                "--bound01",
                "",
                "The lamp is lit.",
                "--bound01",
                "",
                "The rope is wet.",
                "--bound01--",
            ],
            &["The lamp is lit.", "The rope is wet."],
        ),
    ]
}

/// Parts that say of themselves what is not so.
pub(super) fn contents() -> Vec<Broken> {
    let pdf = PDF.join("\r\n");
    vec![
        letter(
            "two types",
            &["Content-Type: text/plain", MIXED, "", "--bound01", "", "The lamp is lit.", "--bound01--"],
            &["The lamp is lit."],
        )
        .odd(),
        letter(
            "a digest whose parts do not say that they are letters",
            &[
                "Content-Type: multipart/digest; boundary=bound01", "", "--bound01", "", "Subject: one", "",
                "The lamp is lit.", "--bound01", "", "Subject: two", "", "The rope is wet.", "--bound01--",
            ],
            &[],
        )
        .with(&[("one.eml", b"Subject: one"), ("two.eml", b"Subject: two")]),
        letter(
            "a name of which a piece is missing",
            &[
                MIXED, "", "--bound01", "", "The lamp is lit.", "--bound01", "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename*0=\"plan\"; filename*2=\".doc\"", "", "%PDF-1.4",
                "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(&[("plan", b"%PDF-1")]),
        letter(
            "a name that climbs and turns",
            &[
                "Content-Type: application/octet-stream",
                "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2F%E2%80%AEfdp.exe%00%0D%0A", "",
                "%PDF-1.4",
            ],
            &[],
        )
        .with(&[("", b"%PDF-1")]),
        letter(
            "HTML that ends within a tag",
            &[
                "Content-Type: multipart/alternative; boundary=bound01", "", "--bound01",
                "Content-Type: text/html", "", "<p>The lamp is <b>lit</b>.</p><a href=\"https://a.exam",
            ],
            &["The lamp is"],
        )
        .odd(),
        letter(
            "HTML that is plain words",
            &["Content-Type: text/html", "", "The lamp is lit & 2 < 3, and 5 <6 ropes are wet."],
            &["The lamp is lit"],
        ),
        letter(
            "related parts whose root is not there",
            &[
                "Content-Type: multipart/related; start=\"<nobody@x>\"; boundary=bound01", "", "--bound01", &pdf,
                "JVBERi0xLjQK", "--bound01", "Content-Type: text/html", "", "<p>The lamp is lit.", "--bound01--",
            ],
            &["The lamp is lit."],
        )
        .with(PLAN),
        letter(
            "the only text is called a file",
            &[
                "Content-Type: text/plain; name=words.txt", "Content-Disposition: attachment", "",
                "The lamp is lit.",
            ],
            &[],
        )
        .with(&[("words.txt", b"The lamp is lit.")]),
        letter(
            "a signature that comes first",
            &[
                "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=bound01", "",
                "--bound01", "Content-Type: application/pgp-signature", "", "-----BEGIN PGP SIGNATURE-----", "",
                "iQ==", "-----END PGP SIGNATURE-----", "--bound01", "", "The lamp is lit.", "--bound01--",
            ],
            &["The lamp is lit."],
        ),
        of_octets(
            "lines of one part that end with CR alone",
            b"Content-Type: multipart/mixed; boundary=bound01\r\n\r\n--bound01\r\nContent-Type: text/plain\r\n\r\n\
              The lamp is lit.\rThe rope is wet.\r\n--bound01--",
            &["The lamp is lit.", "The rope is wet."],
        ),
        letter(
            "a file of an old Apple",
            &[
                "Content-Type: multipart/appledouble; boundary=bound01", "", "--bound01",
                "Content-Type: application/applefile; name=plan.rsrc", "", "x", "--bound01", &pdf, "JVBERi0xLjQK",
                "--bound01--",
            ],
            &[],
        )
        .with(PLAN),
    ]
}
