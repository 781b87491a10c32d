//! How names and subjects are compared where a list is sorted by them: without regard to capitals, accents and what stands
//! before a subject when it is answered. It is one order for all languages; a dictionary's own is not here.

/// What stands before the subject of an answer or a forward (RFC 5322, section 3.6.5, and what programs make of it).
const PREFIXES: [&str; 12] = [
    "re", "fw", "fwd", "aw", "wg", "sv", "vs", "tr", "rv", "odp", "antw", "enc",
];

/// A subject as it is sorted.
pub(crate) fn of_subject(subject: &str) -> String {
    let mut rest = subject.trim_start();
    while let Some((before, after)) = rest.split_once(':') {
        // "Re[2]:" and "Re (3):" count their answers.
        let word = before
            .trim_end()
            .split(['[', '('])
            .next()
            .unwrap_or_default()
            .trim_end();
        let is_prefix = before.len() <= 10 && PREFIXES.iter().any(|prefix| word.eq_ignore_ascii_case(prefix));
        if !is_prefix {
            break;
        }
        rest = after.trim_start();
    }
    folded(rest)
}

/// A name as it is sorted. Quotes and brackets before it do not count.
pub(crate) fn of_name(name: &str) -> String {
    folded(name)
}

fn folded(text: &str) -> String {
    let text = text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match plain(character) {
            Some(letters) => out.push_str(letters),
            None => out.extend(character.to_lowercase()),
        }
    }
    out
}

/// A Latin letter with an accent as what it stands beside in an index; `None` for all others.
fn plain(character: char) -> Option<&'static str> {
    Some(match character {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'ß' => "ss",
        'Ś'..='š' => "s",
        'Ţ'..='ŧ' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stands_beside_what_it_answers() {
        for subject in [
            "Lamp room",
            "Re: Lamp room",
            "RE[2]: Fwd: Lamp room",
            "AW:WG: lamp Room",
            "“Lamp room",
        ] {
            assert_eq!(
                of_subject(subject).trim_end_matches('”'),
                "lamp room",
                "{subject}"
            );
        }
        assert_eq!(
            of_subject("Reading: a list"),
            "reading: a list",
            "another word with a colon stays"
        );
        assert_eq!(of_subject("Re:"), "", "and nothing is nothing");
    }

    #[test]
    fn accents_and_capitals_do_not_send_a_name_to_the_end() {
        let mut names = [
            "Zoë", "Émile", "Ægir", "oskar", "Östen", "Anna", "\"Bert\"", "Łukasz",
        ];
        names.sort_by_key(|name| of_name(name));
        assert_eq!(
            names,
            [
                "Ægir", "Anna", "\"Bert\"", "Émile", "Łukasz", "oskar", "Östen", "Zoë"
            ]
        );
    }
}
