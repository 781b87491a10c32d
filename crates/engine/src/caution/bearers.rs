//! Who bears a name: the people whom the person knows, next to a sender who calls themselves the same.

use waxwing_model::Address;
use waxwing_sanitize::look_alike;
use waxwing_store::Correspondent;

use super::houses::are_of_one_house;

/// People of one name that are looked at.
const MOST_BEARERS: usize = 4;

/// What many have for a name: the one who has it is nobody's double.
const OFFICES: [&str; 22] = [
    "admin",
    "billing",
    "contact",
    "hallo",
    "hello",
    "help",
    "info",
    "kontakt",
    "mail",
    "marketing",
    "me",
    "news",
    "newsletter",
    "noreply",
    "notifications",
    "office",
    "order",
    "sales",
    "service",
    "support",
    "team",
    "webmaster",
];

/// Those who have this name and an address that is not of the same house: those who were written to come first. Of a provider
/// at which anybody may have an address, every address is another person's.
pub(super) fn same_name<'p>(sender: &Address, people: &'p [Correspondent]) -> Vec<&'p Correspondent> {
    let seen = |name: &str| {
        let mut words: Vec<String> = name
            .split(|one: char| !one.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(look_alike)
            .collect();
        words.sort();
        words
    };
    let name = sender.name.as_deref().map(seen).unwrap_or_default();
    let office = |word: &String| OFFICES.iter().any(|office| look_alike(office) == *word);
    if name.iter().all(office) {
        return Vec::new();
    }
    let mut found: Vec<&Correspondent> = people
        .iter()
        // One word alone is a first name that many have, unless it is somebody's whom one writes to.
        .filter(|person| person.written_to || person.letters > 1 && name.len() > 1)
        .filter(|person| !person.address.email.eq_ignore_ascii_case(&sender.email))
        .filter(|person| !are_of_one_house(&person.address, sender))
        .filter(|person| person.address.name.as_deref().map(seen).as_ref() == Some(&name))
        .collect();
    found.sort_by_key(|person| (!person.written_to, std::cmp::Reverse(person.letters)));
    found.truncate(MOST_BEARERS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_belongs_to_somebody_else_is_found_however_it_is_written() {
        let person = |name: &str, email: &str, letters: u32| Correspondent {
            address: Address::new(name, email),
            letters,
            written_to: letters == 0,
        };
        let people = [
            person("Jonas Weber", "jonas@fjord.test", 3),
            person("Amara Diallo", "amara.diallo@gmail.com", 0),
            person("IKEA Family", "news@ikea.test", 5),
            person("PayPal", "service@paypal.test", 0),
            person("Lise", "lise@harbour.test", 2),
            person("Support", "support@host.test", 0),
        ];
        for (name, email, found) in [
            ("Jonas Weber", "x@evil.test", true),
            ("Weber, Jonas", "x@evil.test", true),
            ("J\u{43e}nas  WEBER", "x@evil.test", true),
            ("Jonas", "x@evil.test", false),
            ("Jonas Webber", "x@evil.test", false),
            ("Jonas Weber", "jonas.weber@fjord.test", false),
            ("Jonas Weber", "JONAS@fjord.test", false),
            // At a provider's, anybody can be the neighbour.
            ("Amara Diallo", "amara.dia1lo@gmail.com", true),
            ("Amara Diallo", "Amara.Diallo@gmail.com", false),
            // A house has many doors.
            ("IKEA Family", "x@mail.ikea.test", false),
            ("IKEA Family", "x@ikea-mail.test", true),
            // One word is enough where it is somebody's who was written to.
            ("PayPal", "x@evil.test", true),
            ("Lise", "lise@elsewhere.test", false),
            ("Support", "support@other.test", false),
            ("", "x@evil.test", false),
        ] {
            let others = same_name(&Address::new(name, email), &people);
            assert_eq!(!others.is_empty(), found, "{name} <{email}>");
        }
    }
}
