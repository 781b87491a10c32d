//! Enhanced status codes (RFC 3463 and the registry that it began) as sentences. A reply of two servers may say the same
//! thing in many ways; the code says it in one.
//!
//! Not here: what becomes of the letter. That is told by the reply's first digit.

/// The three numbers of a code such as 5.1.1, if the reply begins with one behind its own code.
fn code(reply: &str) -> Option<(u8, u16, u16)> {
    let word = reply.split_whitespace().nth(1)?;
    let mut numbers = word.split('.');
    let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let number = |digits: &str| {
        let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    match (class, numbers.next()) {
        ("2" | "4" | "5", None) => Some((class.parse().ok()?, number(subject)?, number(detail)?)),
        _ => None,
    }
}

/// What the reply says of one recipient. `None`: nothing that a sentence about recipients in general does not say.
pub(super) fn about_recipient(who: &str, reply: &str) -> Option<String> {
    Some(match code(reply)? {
        (_, 1, 1) => format!("{who} is not known there. Is the address right?"),
        (_, 1, 2 | 10) | (5, 4, 4) => format!("The domain of {who} takes no mail. Is the address right?"),
        (_, 1, 3) => format!("The server does not understand the address {who}."),
        (_, 1, 6) => format!("{who} has moved and left no new address."),
        (_, 2, 1) => format!("The mailbox of {who} is closed at present."),
        (_, 2, 2) => format!("The mailbox of {who} is full."),
        (_, 2, 3) => format!("The letter is too large for the mailbox of {who}."),
        (4, 7, _) => format!("The server for {who} asks to be tried again later."),
        (5, 7, 1) => format!("The server may not take letters for {who} from you."),
        _ => return None,
    })
}

/// The same as a sentence in any case, with the server's words.
pub fn refusal(who: &str, reply: &str) -> String {
    match about_recipient(who, reply) {
        Some(sentence) => format!("{sentence} ({reply})"),
        None => format!("{who}: {reply}"),
    }
}

/// What the reply says of the letter.
pub(super) fn about_letter(reply: &str) -> Option<&'static str> {
    Some(match code(reply)? {
        (_, 1, 7 | 8) | (5, 7, 60) => "The server does not take letters from this sender's address.",
        (_, 2, 2) | (_, 3, 1) => "The server has no room at present.",
        (_, 2, 3) | (_, 3, 4) => "The letter is too large for this server.",
        (_, 3, 2) => "The server takes no letters at present.",
        (_, 4, 5) => "The server has too much to do at present.",
        (4, 4, _) => "The server cannot reach the next one at present.",
        (_, 5, 3) => "The letter has more recipients than the server takes at once.",
        (_, 6, 7 | 9) => {
            "The server cannot carry addresses or headers in other letters than plain Latin ones."
        }
        (_, 6, _) => "The server does not take what the letter is made of.",
        (5, 7, 0 | 1) => "The server does not allow this letter.",
        (_, 7, 8) => "The server does not accept this user name and password.",
        (_, 7, 10 | 11) => "The server wants encryption for this.",
        (_, 7, 20..=24) => "The server finds no proof that the letter is from its sender (SPF or DKIM).",
        (_, 7, 25) => "The server does not like the network that the letter comes from.",
        (_, 7, 26) => "The sender's domain does not allow letters that come in this way (DMARC).",
        (_, 7, 28) => "The server has had too many letters from you for now.",
        (_, 7, 30) => "A server on the way cannot promise encryption.",
        (4, 7, _) => "The server asks to be tried again later.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_looks_like_one_and_stands_in_its_place() {
        assert_eq!(code("550 5.1.1 no such user"), Some((5, 1, 1)));
        assert_eq!(code("451 4.7.500 busy"), Some((4, 7, 500)));
        for none in [
            "550",
            "550 no such user 5.1.1",
            "550 5.1",
            "550 5.1.1.1 x",
            "550 3.1.1 x",
            "550 5.1000.1 x",
            "550 5..1 x",
            "550 10.0.0 x",
        ] {
            assert_eq!(code(none), None, "{none}");
        }
    }

    #[test]
    fn a_full_mailbox_an_unknown_person_and_a_policy_are_three_sentences() {
        let said = ["552 5.2.2 x", "550 5.1.1 x", "450 4.7.1 x"]
            .map(|reply| about_recipient("jonas@waxwing.test", reply).expect("it is known"));
        assert!(said[0].contains("full") && said[1].contains("not known") && said[2].contains("later"));
        assert_eq!(about_recipient("jonas@waxwing.test", "550 no"), None, "no code");
        assert_eq!(
            about_letter("552 5.3.4 x"),
            Some("The letter is too large for this server.")
        );
        assert_eq!(about_letter("554 5.0.0 x"), None, "that says nothing");
    }
}
