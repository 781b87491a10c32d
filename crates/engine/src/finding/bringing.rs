//! The text of letters that a server has found, brought for rows that somebody looks at: then they can say why they were found.
//! One comes after the other, and none that is still to come does once something else is searched for. A server that cannot be
//! asked is not asked for the others. Not here: which letters these are, which `excerpts` knows, and that rows show it, which hear
//! of each letter that comes.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use waxwing_model::EmailId;

use crate::engine::{Engine, locked};
use crate::error::EngineError;

/// What is to be brought, for which search.
#[derive(Default)]
pub(super) struct Bringing(Mutex<Wanted>);

#[derive(Default)]
struct Wanted {
    query: String,
    next: VecDeque<EmailId>,
    /// All that this search has asked for: what did not come is not asked for again.
    asked: HashSet<EmailId>,
    under_way: bool,
}

impl Bringing {
    /// Adds letters that are looked at. `true`: whoever asks has to begin to bring them.
    fn want(&self, query: &str, emails: Vec<EmailId>) -> bool {
        let mut wanted = locked(&self.0);
        wanted.turn_to(query);
        for email in emails {
            if wanted.asked.insert(email) {
                wanted.next.push_back(email);
            }
        }
        let begins = !wanted.under_way && !wanted.next.is_empty();
        wanted.under_way |= begins;
        begins
    }

    /// The next letter to be brought. `None`: there is none, and whoever brought them has ended.
    fn next(&self) -> Option<EmailId> {
        let mut wanted = locked(&self.0);
        let next = wanted.next.pop_front();
        wanted.under_way = next.is_some();
        next
    }

    /// Nothing more of this search is brought.
    fn give_up(&self) {
        locked(&self.0).next.clear();
    }

    /// Nobody looks at another search any more than at this one.
    pub(super) fn end_but_for(&self, query: &str) {
        locked(&self.0).turn_to(query);
    }
}

impl Wanted {
    fn turn_to(&mut self, query: &str) {
        if self.query != query {
            query.clone_into(&mut self.query);
            self.next.clear();
            self.asked.clear();
        }
    }
}

impl Engine {
    /// Has the texts of letters brought behind the scenes.
    pub(super) fn bring_found(&self, query: &str, emails: Vec<EmailId>) {
        if emails.is_empty() || !self.inner.finding.bringing.want(query, emails) {
            return;
        }
        let engine = self.clone();
        self.begin(async move {
            let bringing = &engine.inner.finding.bringing;
            while let Some(email) = bringing.next() {
                match engine.readable(email).await {
                    Ok(_) | Err(EngineError::Gone(_)) => {}
                    Err(error) => {
                        tracing::debug!(%email, %error, "a letter that was found could not be brought");
                        bringing.give_up();
                    }
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_brought_once_for_a_search_and_none_for_one_that_is_over() {
        let bringing = Bringing::default();
        let [one, two, three] = [1, 2, 3].map(EmailId);
        assert!(bringing.want("kettle ", vec![one, two]), "nobody brings any");
        assert!(!bringing.want("kettle ", vec![two, three]), "somebody does");
        assert_eq!(bringing.next(), Some(one));
        assert_eq!(bringing.next(), Some(two));
        assert_eq!(bringing.next(), Some(three), "each once");
        assert_eq!(bringing.next(), None);
        assert!(
            !bringing.want("kettle ", vec![one, two, three]),
            "what has not come is not asked for again"
        );
        assert!(bringing.want("lamp ", vec![one, two]), "but for another search");
        assert_eq!(bringing.next(), Some(one));
        bringing.end_but_for("lamp ");
        bringing.end_but_for("boat ");
        assert_eq!(bringing.next(), None, "which is over");
        assert!(bringing.want("lamp ", vec![one, two]));
        bringing.give_up();
        assert_eq!(bringing.next(), None, "a server that cannot be asked");
    }
}
