//! Names and passwords as both sides must write them to come to the same bytes: SASLprep (RFC 4013), and the letters
//! that a name may not hold bare.

use secrecy::zeroize::Zeroizing;

/// SASLprep. It knows the letters of 2002 only and forbids some others; a password with such letters (an emoji) is used
/// as it was typed, since that is what a server that took it will have done.
pub(super) fn prepared(text: &str) -> Zeroizing<String> {
    Zeroizing::new(match stringprep::saslprep(text) {
        Ok(prepared) if !prepared.is_empty() => prepared.into_owned(),
        _ => text.to_owned(),
    })
}

/// A name with its commas and equals signs spelled out (`saslname`, RFC 5802, section 7).
pub(in crate::sasl) fn saslname(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4013_come_out() {
        for (typed, expected) in [
            ("I\u{ad}X", "IX"),
            ("user", "user"),
            ("USER", "USER"),
            ("\u{aa}", "a"),
            ("\u{2168}", "IX"),
            ("a\u{a0}b", "a b"),
        ] {
            assert_eq!(prepared(typed).as_str(), expected, "section 3 of the RFC");
        }
    }

    #[test]
    fn what_saslprep_forbids_is_used_as_it_was_typed() {
        for typed in ["\u{7}bell", "\u{627}1", "horse \u{1f40e}", "\u{ad}"] {
            assert_eq!(prepared(typed).as_str(), typed, "{typed:?} is still a password");
        }
    }

    #[test]
    fn a_name_cannot_begin_another_field() {
        assert_eq!(saslname("a=b,r=c"), "a=3Db=2Cr=3Dc");
    }
}
