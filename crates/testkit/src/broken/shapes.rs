//! Letters whose parts stop, hold nothing, or stand in one another as no part should. Not here: how boundaries are written.

use std::fmt::Write as _;

use super::{Broken, MIXED, PLAIN, letter, of_octets};

const LIT: &[&str] = &["The lamp is lit."];
const BOTH: &[&str] = &["The lamp is lit.", "The rope is wet."];
const ENCODED: &str = "Content-Transfer-Encoding: base64";

/// All of them.
pub(super) fn letters() -> Vec<Broken> {
    vec![
        letter(
            "a multipart without a boundary",
            &[
                "Content-Type: multipart/mixed",
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01--",
            ],
            LIT,
        )
        .odd(),
        letter(
            "a boundary that never comes",
            &[MIXED, "", "The lamp is lit."],
            LIT,
        )
        .odd(),
        letter(
            "a last boundary that never comes",
            &[
                MIXED,
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01",
                PLAIN,
                "",
                "The rope is wet.",
            ],
            BOTH,
        )
        .odd(),
        letter(
            "a boundary that begins like another",
            &[
                MIXED,
                "",
                "--bound01",
                "Content-Type: multipart/alternative; boundary=bound0",
                "",
                "--bound0",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound0--",
                "--bound01",
                PLAIN,
                "",
                "The rope is wet.",
                "--bound01--",
            ],
            BOTH,
        ),
        letter(
            "one boundary for what is within and what is without",
            &[
                MIXED,
                "",
                "--bound01",
                MIXED,
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01--",
                "--bound01",
                PLAIN,
                "",
                "The rope is wet.",
                "--bound01--",
            ],
            BOTH,
        ),
        letter("a multipart of nothing", &[MIXED, "", "--bound01--"], &[]),
        letter(
            "a multipart of empty parts",
            &[MIXED, "", "--bound01", "", "--bound01", "", "", "--bound01--"],
            &[],
        ),
        letter(
            "words before and behind all parts",
            &[
                MIXED,
                "",
                "Before.",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01--",
                "",
                "The rope is wet.",
            ],
            LIT,
        ),
        letter(
            "an alternative whose HTML is empty",
            &[
                "Content-Type: multipart/alternative; boundary=bound01",
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01",
                "Content-Type: text/html",
                "",
                "<html><body> </body></html>",
                "--bound01--",
            ],
            LIT,
        ),
        letter(
            "an alternative whose HTML is not there",
            &[
                "Content-Type: multipart/alternative; boundary=bound01",
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01",
                "Content-Type: text/html",
                "",
                "--bound01--",
            ],
            LIT,
        ),
        of_octets(
            "five hundred multiparts in one another",
            nested("multipart/mixed", 500).as_bytes(),
            &[],
        )
        .odd(),
        of_octets(
            "forty multiparts in one another",
            nested("multipart/mixed", 40).as_bytes(),
            LIT,
        ),
        letter(
            "a multipart in base64",
            &[
                MIXED,
                ENCODED,
                "",
                "--bound01",
                PLAIN,
                "",
                "The lamp is lit.",
                "--bound01--",
            ],
            LIT,
        ),
        letter(
            "base64 that stops",
            &[PLAIN, ENCODED, "", "VGhlIGxhbXAgaXMgbGl0LiBUaGUgcm9wZSBpcyB3"],
            LIT,
        ),
        letter(
            "base64 that stops in a sign",
            &[PLAIN, ENCODED, "", "VGhlIGxhbXAgaXMgbGl0LiBUaGUgcm9wZSBpcyB3Z"],
            LIT,
        )
        .odd(),
        letter(
            "base64 that is words",
            &[
                PLAIN,
                ENCODED,
                "",
                "The lamp is lit. And that is no base64, is it?",
            ],
            LIT,
        )
        .odd(),
        letter(
            "base64 with another behind it",
            &[
                PLAIN,
                ENCODED,
                "",
                "VGhlIGxhbXAgaXMgbGl0Lg==",
                "IFRoZSByb3BlIGlzIHdldC4=",
            ],
            BOTH,
        ),
        letter(
            "quoted-printable that stops",
            &[
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "The lamp is lit.=C",
            ],
            LIT,
        ),
        letter(
            "uuencode that stops",
            &[
                PLAIN,
                "Content-Transfer-Encoding: x-uuencode",
                "",
                "begin 644 a.txt",
                "25&AE(&QA;7 @:7,@;&ET+@T*",
            ],
            LIT,
        ),
        letter(
            "an encoding that nobody knows",
            &[PLAIN, "Content-Transfer-Encoding: x-lamp", "", "The lamp is lit."],
            LIT,
        ),
        letter(
            "a type of one word",
            &["Content-Type: text", "", "The lamp is lit."],
            LIT,
        ),
        letter(
            "a type of nothing",
            &["Content-Type:", "", "The lamp is lit."],
            LIT,
        ),
        letter(
            "a type of parameters",
            &["Content-Type: ; charset=utf-8; x", "", "The lamp is lit."],
            LIT,
        ),
        letter(
            "no type, and base64",
            &[ENCODED, "", "VGhlIGxhbXAgaXMgbGl0Lg=="],
            LIT,
        ),
        letter(
            "HTML in a comment that does not end",
            &[
                "Content-Type: text/html",
                "",
                "<p>The lamp is lit.</p><!-- The rope",
            ],
            LIT,
        ),
        letter(
            "HTML in a sheet that does not end",
            &[
                "Content-Type: text/html",
                "",
                "<p>The lamp is lit.</p><style>p { color: red",
            ],
            LIT,
        ),
    ]
}

/// Parts of a kind in one another, the innermost of which has words.
fn nested(kind: &str, depth: usize) -> String {
    let mut text = String::new();
    for level in 0..depth {
        // A write into a text cannot fail.
        let _ = write!(
            text,
            "Content-Type: {kind}; boundary=b{level}x\r\n\r\n--b{level}x\r\n"
        );
    }
    text.push_str("Content-Type: text/plain\r\n\r\nThe lamp is lit.\r\n");
    for level in (0..depth).rev() {
        let _ = write!(text, "--b{level}x--\r\n");
    }
    text
}
