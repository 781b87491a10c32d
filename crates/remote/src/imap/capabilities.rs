//! What a server can do (RFC 9051, section 7.2.2), as far as we ask for it.

use std::collections::BTreeSet;

use waxwing_model::Filing;

/// The capabilities of a session. Those that steer what is done are fields; all others are found with
/// [`Capabilities::has`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// IDLE (RFC 2177).
    pub idle: bool,
    /// MOVE (RFC 6851).
    pub r#move: bool,
    /// UIDPLUS (RFC 4315).
    pub uidplus: bool,
    /// SPECIAL-USE (RFC 6154).
    pub special_use: bool,
    /// CONDSTORE, or QRESYNC that implies it (RFC 7162).
    pub condstore: bool,
    /// QRESYNC (RFC 7162). It counts only once the server has enabled it: see [`super::Session::enable`].
    pub qresync: bool,
    /// LIST-STATUS (RFC 5819).
    pub list_status: bool,
    /// OBJECTID (RFC 8474): letters, conversations and mailboxes have names that stay.
    pub object_id: bool,
    /// Gmail's extensions (X-GM-EXT-1): letters and conversations have names, and mailboxes are labels.
    pub gmail: bool,
    all: BTreeSet<String>,
}

/// What IMAP4rev2 has within itself (RFC 9051, appendix E) and servers need not announce beside it.
const WITHIN_REV2: [&str; 12] = [
    "NAMESPACE",
    "UNSELECT",
    "UIDPLUS",
    "ENABLE",
    "IDLE",
    "SASL-IR",
    "LIST-EXTENDED",
    "LIST-STATUS",
    "MOVE",
    "LITERAL-",
    "ESEARCH",
    "STATUS=SIZE",
];

impl Capabilities {
    /// From the words behind CAPABILITY.
    pub(super) fn parse(words: &str) -> Self {
        let all: BTreeSet<String> = words
            .split_ascii_whitespace()
            .map(str::to_ascii_uppercase)
            .collect();
        let parsed = Self::of(all);
        if parsed.only_rev2() {
            return parsed.in_rev2();
        }
        parsed
    }

    /// IMAP4rev2 is spoken from the greeting on, since there is nothing else (RFC 9051, appendix A).
    pub(super) fn only_rev2(&self) -> bool {
        self.has("IMAP4REV2") && !self.has("IMAP4REV1")
    }

    /// The same where IMAP4rev2 is spoken.
    pub(super) fn in_rev2(&self) -> Self {
        let mut all = self.all.clone();
        all.extend(WITHIN_REV2.map(str::to_owned));
        Self::of(all)
    }

    fn of(all: BTreeSet<String>) -> Self {
        let has = |name: &str| all.contains(name);
        Self {
            idle: has("IDLE"),
            r#move: has("MOVE"),
            uidplus: has("UIDPLUS"),
            special_use: has("SPECIAL-USE"),
            condstore: has("CONDSTORE") || has("QRESYNC"),
            qresync: has("QRESYNC"),
            list_status: has("LIST-STATUS"),
            object_id: has("OBJECTID"),
            gmail: has("X-GM-EXT-1"),
            all,
        }
    }

    /// Whatever its case: `has("IDLE")`, `has("AUTH=PLAIN")`.
    pub fn has(&self, name: &str) -> bool {
        self.all.contains(&name.to_ascii_uppercase())
    }

    /// How the server keeps a letter that is in several mailboxes.
    pub fn filing(&self) -> Filing {
        match (self.gmail, self.object_id) {
            (true, _) => Filing::Labels,
            (false, true) => Filing::Copies,
            (false, false) => Filing::Folders,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The mechanisms of SASL.
    pub(super) fn mechanisms(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter_map(|name| name.strip_prefix("AUTH="))
    }

    /// The methods of signing in, for a person to read.
    pub fn methods(&self) -> String {
        let mut methods: Vec<&str> = self.mechanisms().collect();
        if !self.has("LOGINDISABLED") && !methods.contains(&"LOGIN") {
            methods.push("LOGIN");
        }
        methods.join(", ")
    }

    /// The largest literal that may follow its announcement at once (RFC 7888).
    pub(super) fn literal_at_once(&self) -> usize {
        // LITERAL+ has no bound, but a large letter had better be refused before it was sent.
        match (self.has("LITERAL+"), self.has("LITERAL-")) {
            (true, _) => 64 * 1024,
            (false, true) => 4096,
            (false, false) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case_and_spaces_do_not_matter() {
        let capabilities = Capabilities::parse(" IMAP4rev1  idle Auth=Plain MOVE ");
        assert!(capabilities.idle && capabilities.r#move && capabilities.has("auth=plain"));
        assert!(
            !capabilities.uidplus && !capabilities.has("UNSELECT"),
            "nothing is made up"
        );
    }

    #[test]
    fn how_letters_are_kept_is_told_by_what_gives_them_names() {
        assert_eq!(Capabilities::parse("IMAP4rev1 MOVE").filing(), Filing::Folders);
        assert_eq!(Capabilities::parse("IMAP4rev1 OBJECTID").filing(), Filing::Copies);
        assert_eq!(
            Capabilities::parse("IMAP4rev1 objectid x-gm-ext-1").filing(),
            Filing::Labels,
            "labels are labels, whatever else the server has"
        );
    }

    #[test]
    fn rev2_alone_brings_what_it_has_within_itself() {
        assert!(Capabilities::parse("IMAP4rev2").uidplus, "RFC 9051, appendix E");
        assert!(
            !Capabilities::parse("IMAP4rev2 IMAP4rev1").uidplus,
            "rev1 is spoken where both are, until rev2 is enabled"
        );
        let enabled = Capabilities::parse("IMAP4rev2 IMAP4rev1").in_rev2();
        assert!(enabled.uidplus && enabled.r#move, "and then it brings the same");
    }
}
