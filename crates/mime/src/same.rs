//! Whether two letters say the same, however servers on the way have wrapped it.

use crate::structure::Structure;

/// Whether two letters hold the same parts as a reader sees them: their types, names and octets, but for white space, for a
/// server may have changed how lines end or how a part is encoded. Headers are not compared.
pub fn same_parts(one: &[u8], other: &[u8]) -> bool {
    let (one, other) = (Structure::read(one), Structure::read(other));
    parts(&one).eq(parts(&other))
}

type Part = (String, Option<String>, Option<String>, Vec<u8>);

fn parts<'s>(structure: &'s Structure<'_>) -> impl Iterator<Item = Part> + 's {
    structure.leaves().map(|node| {
        let (octets, _) = node.content.transfer.decode(structure.body(node));
        (
            node.content.media_type().to_owned(),
            node.content.charset(),
            node.content.name(),
            octets
                .iter()
                .copied()
                .filter(|octet| !octet.is_ascii_whitespace())
                .collect(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_the_same_however_it_was_wrapped_and_another_with_one_more_word() {
        let sent = "From: a@b.test\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello L\u{e9}na\r\n";
        let wrapped = "Received: from x\nFrom: a@b.test\nContent-Type: text/plain; charset=utf-8\n\
            Content-Transfer-Encoding: quoted-printable\n\nHello=\n L=C3=A9na\n";
        assert!(same_parts(sent.as_bytes(), wrapped.as_bytes()));
        for forged in [
            sent.replace("Hello", "Hello, pay"),
            sent.replace("text/plain", "text/html"),
            sent.replace("utf-8", "utf-7"),
            format!("{sent}and pay"),
        ] {
            assert!(!same_parts(sent.as_bytes(), forged.as_bytes()), "{forged}");
        }
        let damaged = "From: a@b.test\r\nPay here\r\nand now\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello L\u{e9}na\r\n";
        assert!(
            !same_parts(sent.as_bytes(), damaged.as_bytes()),
            "the text begins where a reader sees it begin"
        );
    }
}
