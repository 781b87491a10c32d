//! Who lives on a stage: the people of the tests, their domain and their password.
//! Nothing here starts a server; `dovecot` and `postfix` read the list.

/// The domain that the stage's Postfix delivers to.
pub const DOMAIN: &str = "waxwing.test";

/// Everyone's password. It has a space in it, since passwords do.
pub const PASSWORD: &str = "correct horse";

/// Everyone who has a mailbox. Tests speak of the first three; the others are there for crowds.
pub const PEOPLE: [&str; 9] = [
    "lena", "jonas", "amara", "mira", "teo", "ines", "otto", "yuki", "noor",
];

/// The address of a person: `lena` becomes `lena@waxwing.test`; a full address stays as it is.
pub fn address(person: &str) -> String {
    if person.contains('@') {
        person.to_owned()
    } else {
        format!("{person}@{DOMAIN}")
    }
}
