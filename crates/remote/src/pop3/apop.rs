//! APOP (RFC 1939, section 7): a proof that we have the password, made from it and from what the greeting said. MD5 protects it
//! badly, so it is used only where the settings ask for it.
//!
//! What is not here: saying it.

use md5::{Digest, Md5};
use secrecy::{ExposeSecret, zeroize::Zeroizing};

use crate::Credentials;

/// The msg-id in a greeting. Whoever stands in between could learn the password's first letters with crafted ones that
/// are none (CVE-2007-1558), so it has to be one: printable, without spaces, with one @ between its brackets.
pub(super) fn timestamp(greeting: &str) -> Option<String> {
    let (_, rest) = greeting.split_once('<')?;
    let (inside, _) = rest.split_once('>')?;
    let (left, right) = inside.split_once('@')?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"<@>".contains(&byte))
    };
    (is_plain(left) && is_plain(right)).then(|| format!("<{inside}>"))
}

/// The whole command.
pub(super) fn command(credentials: &Credentials, timestamp: &str) -> Zeroizing<String> {
    let said = Zeroizing::new([timestamp, credentials.password.expose_secret()].concat());
    let mut command = format!("APOP {} ", credentials.username);
    for byte in Md5::digest(said.as_bytes()) {
        command.push_str(&format!("{byte:02x}"));
    }
    Zeroizing::new(command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn the_proof_is_that_of_rfc_1939() {
        let greeting = "POP3 server ready <1896.697170952@dbc.mtview.ca.us>";
        let timestamp = timestamp(greeting).expect("there is one");
        let credentials = Credentials {
            username: "mrose".into(),
            password: Secret::Password("tanstaaf".into()),
        };
        assert_eq!(
            command(&credentials, &timestamp).as_str(),
            "APOP mrose c4c9334bac560ecc979e58001b3e22fb"
        );
    }

    #[test]
    fn a_timestamp_that_is_no_message_id_is_none() {
        for greeting in [
            "ready",
            "ready <>",
            "ready <a>",
            "<a@>",
            "<a@b@c>",
            "<a b@c>",
            "<a\u{e4}@c>",
        ] {
            assert_eq!(timestamp(greeting), None, "{greeting}");
        }
    }
}
