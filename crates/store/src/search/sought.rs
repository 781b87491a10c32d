//! What of a query a server can be asked: its words. The rest, what a letter is, is known here of letters whose text is
//! not.

use rusqlite::params_from_iter;
use waxwing_model::{EmailId, MailboxId, Sought, SoughtIn};

use super::Hit;
use super::condition::{Conditions, Known};
use super::expression::{self, expression};
use super::operator::Place;
use super::query::{self, Node};
use crate::{Reading, StoreError};

/// A folder of which some letters are not here whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfetched {
    pub mailbox: MailboxId,
    /// As the server writes it.
    pub path: String,
    pub uid_validity: u32,
    pub letters: u32,
}

impl Reading<'_> {
    /// The words of a query, as a server may be asked for them. `None`: it has none, or they hang together with what only
    /// this computer knows.
    pub fn sought(query: &str) -> Option<Sought> {
        let node = query::parse(query).node?;
        let all = match &node {
            Node::All(nodes) => nodes.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut wanted = Vec::new();
        let mut any_word = false;
        for node in all {
            let unwanted = matches!(node, Node::Not(inner) if expression(inner).is_some());
            if unwanted || expression(node).is_some() {
                wanted.push(words(node)?);
                any_word |= !unwanted;
            }
        }
        any_word.then_some(Sought::All(wanted))
    }

    /// Folders of an account with letters that are not here whole, those with the most first.
    pub fn unfetched(&self, account: waxwing_model::AccountId) -> Result<Vec<Unfetched>, StoreError> {
        self.all(
            "looking what has not been fetched",
            "SELECT location.mailbox_id, path, uid_validity, count(*) AS letters
             FROM email JOIN location ON location.email_id = email.id
             JOIN remote_mailbox ON remote_mailbox.mailbox_id = location.mailbox_id
             WHERE email.account_id = ?1 AND email.has_body = 0 AND path IS NOT NULL AND uid_validity IS NOT NULL
             GROUP BY location.mailbox_id ORDER BY letters DESC",
            [account.0],
            |row| {
                Ok(Unfetched {
                    mailbox: MailboxId(row.get(0)?),
                    path: row.get(1)?,
                    uid_validity: row.get(2)?,
                    letters: row.get(3)?,
                })
            },
        )
    }

    /// Which letters a server has found in a mailbox that are not here whole, and how many of its messages are not here at all.
    pub fn found_there(&self, mailbox: MailboxId, uids: &[u32]) -> Result<(Vec<EmailId>, u32), StoreError> {
        let mut found = Vec::new();
        let mut unknown = 0;
        for uid in uids {
            let here: Option<(i64, bool)> = self.one(
                "looking what a server has found",
                "SELECT email_id, has_body FROM location JOIN email ON email.id = email_id
                 WHERE mailbox_id = ?1 AND uid = ?2",
                [mailbox.0, i64::from(*uid)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            match here {
                Some((email, false)) => found.push(EmailId(email)),
                Some(_) => {}
                None => unknown += 1,
            }
        }
        Ok((found, unknown))
    }

    /// Those of some letters that are what a query wants beside its words.
    pub(crate) fn being(&self, query: &str, letters: &[EmailId]) -> Result<Vec<Hit>, StoreError> {
        let Some(node) = query::parse(query).node else {
            return Ok(Vec::new());
        };
        let (mailboxes, accounts) = (self.mailboxes(None)?, self.accounts()?);
        let known = Known {
            mailboxes: &mailboxes,
            accounts: &accounts,
            volumes: Vec::new(),
            damaged: Vec::new(),
        };
        let mut conditions = Conditions::default();
        let ids: Vec<String> = letters.iter().map(ToString::to_string).collect();
        conditions.sql.push(format!("m.email_id IN ({})", ids.join(", ")));
        for node in expression::split(&node).rest {
            conditions.require(node, &known);
        }
        let sql = format!(
            "SELECT m.email_id, m.thread_id, m.received_at, m.arrival, m.unread
             FROM membership m CROSS JOIN email e ON e.id = m.email_id WHERE {}",
            conditions.sql.join(" AND ")
        );
        self.all(
            "looking what a server has found",
            &sql,
            params_from_iter(conditions.parameters),
            Hit::from_row,
        )
    }
}

fn words(node: &Node) -> Option<Sought> {
    let list = |nodes: &[Node]| nodes.iter().map(words).collect::<Option<Vec<_>>>();
    Some(match node {
        Node::All(nodes) => Sought::All(list(nodes)?),
        Node::Any(nodes) => Sought::Any(list(nodes)?),
        Node::Not(inner) => Sought::Not(Box::new(words(inner)?)),
        Node::Words(words) => Sought::Words {
            place: match words.place {
                None => SoughtIn::Anywhere,
                Some(Place::From) => SoughtIn::From,
                Some(Place::To) => SoughtIn::Recipients,
                Some(Place::Cc) => SoughtIn::Cc,
                Some(Place::Subject) => SoughtIn::Subject,
                Some(Place::Body) => SoughtIn::Body,
                Some(Place::List) => SoughtIn::List,
                Some(Place::FileName | Place::Kind) => return None,
            },
            // In one line: a line end would end the command (RFC 9051, section 4.3).
            text: words.text.split_whitespace().collect::<Vec<_>>().join(" "),
        },
        Node::Asked(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::volumes_tests::Shelf;
    use super::*;

    #[test]
    fn what_a_server_has_found_is_shown_also_where_words_stand_beside_something_else() {
        let shelf = Shelf::new();
        let letters = shelf.add(&[1000, 2000]);
        shelf.index();
        let query = "xylophone (kettle OR is:unread)";
        assert!(shelf.found(query).is_empty(), "nothing of it is here");
        shelf.store.show_beside(query, letters.clone());
        assert_eq!(shelf.found(query), [letters[0]], "the other one is read");
    }

    #[test]
    fn a_server_is_asked_for_words_and_for_nothing_else() {
        let asked = |query: &str| format!("{:?}", Reading::sought(query));
        assert_eq!(asked("is:unread after:2026"), "None", "there is no word");
        assert_eq!(asked("-boat is:unread"), "None", "nor one that is wanted");
        assert_eq!(asked("filename:plan"), "None", "and this it does not know");
        assert_eq!(asked("boat OR is:unread"), "None", "nor this");
        assert_eq!(
            Reading::sought("\"red\r\n  kettle\" "),
            Some(Sought::All(vec![Sought::Words {
                place: SoughtIn::Anywhere,
                text: "red kettle".to_owned()
            }])),
            "a line end is a space"
        );
        let both = Reading::sought("from:lena -old is:unread");
        assert_eq!(
            both,
            Some(Sought::All(vec![
                Sought::Words {
                    place: SoughtIn::From,
                    text: "lena".to_owned()
                },
                Sought::Not(Box::new(Sought::Words {
                    place: SoughtIn::Anywhere,
                    text: "old".to_owned()
                })),
            ]))
        );
    }
}
