//! The text of letters that a server has found, brought for rows that somebody looks at: then they can say why they were found.
//! One comes after the other, and none that is still to come does once something else is searched for. A server that cannot be
//! asked is not asked for the others, and an account of which nothing is to be fetched by itself for none. Not here: which letters
//! these are, which `excerpts` knows, and that rows show it, which hear of each letter that comes.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use waxwing_model::{Account, AccountId, EmailId, Protocol};

use crate::engine::{Engine, locked};
use crate::error::{EngineError, Result};

/// What is to be brought, for which search.
#[derive(Default)]
pub(super) struct Bringing(Mutex<Wanted>);

#[derive(Default)]
struct Wanted {
    query: String,
    /// How many searches there were before this one.
    turn: u64,
    next: VecDeque<EmailId>,
    /// All that this search has asked for: what did not come is not asked for again.
    asked: HashSet<EmailId>,
    /// Accounts whose servers could not be asked for one of them.
    failing: HashSet<AccountId>,
    under_way: bool,
}

/// A letter that is to be brought, and for which search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Errand {
    turn: u64,
    email: EmailId,
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
    fn next(&self) -> Option<Errand> {
        let mut wanted = locked(&self.0);
        let next = wanted.next.pop_front();
        wanted.under_way = next.is_some();
        let turn = wanted.turn;
        next.map(|email| Errand { turn, email })
    }

    /// Nothing more of this account is brought for this search. The next one tries it again.
    fn give_up(&self, errand: Errand, account: AccountId) {
        let mut wanted = locked(&self.0);
        if wanted.turn == errand.turn {
            wanted.failing.insert(account);
        }
    }

    fn has_given_up(&self, account: AccountId) -> bool {
        locked(&self.0).failing.contains(&account)
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
            self.turn = self.turn.wrapping_add(1);
            self.next.clear();
            self.asked.clear();
            self.failing.clear();
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
            while let Some(errand) = engine.inner.finding.bringing.next() {
                engine.bring_one(errand).await;
            }
        });
    }

    async fn bring_one(&self, errand: Errand) {
        let bringing = &self.inner.finding.bringing;
        let email = errand.email;
        let account = match self.account_to_ask(email).await {
            Ok(Some(account)) if !bringing.has_given_up(account) => account,
            Ok(_) => return,
            Err(error) => {
                tracing::debug!(%email, %error, "it cannot be told whose letter was found");
                return;
            }
        };
        match self.readable(email).await {
            Ok(_) | Err(EngineError::Gone(_)) => {}
            Err(error) => {
                tracing::debug!(%email, %error, "a letter that was found could not be brought");
                bringing.give_up(errand, account);
            }
        }
    }

    /// The account whose server may be asked for a letter without anybody having opened it.
    async fn account_to_ask(&self, email: EmailId) -> Result<Option<AccountId>> {
        let Some(account) = self.emails(vec![email]).await?.first().map(|email| email.account) else {
            return Ok(None);
        };
        Ok(comes_by_itself(&self.account(account).await?).then_some(account))
    }
}

/// Somebody who has paused an account, or switched it off, was told that nothing is fetched by itself. With POP3 each letter would
/// be a connection of its own.
fn comes_by_itself(account: &Account) -> bool {
    account.protocol == Protocol::Imap && !account.paused && !account.disabled
}

#[cfg(test)]
mod tests {
    use waxwing_model::Role;

    use super::*;
    use crate::lena;
    use crate::without_keyring::engine;

    #[test]
    fn each_letter_is_brought_once_for_a_search_and_none_for_one_that_is_over() {
        let bringing = Bringing::default();
        let [one, two, three] = [1, 2, 3].map(EmailId);
        let next = || bringing.next().map(|errand| errand.email);
        assert!(bringing.want("kettle ", vec![one, two]), "nobody brings any");
        assert!(!bringing.want("kettle ", vec![two, three]), "somebody does");
        assert_eq!(next(), Some(one));
        assert_eq!(next(), Some(two));
        assert_eq!(next(), Some(three), "each once");
        assert_eq!(next(), None);
        assert!(
            !bringing.want("kettle ", vec![one, two, three]),
            "what has not come is not asked for again"
        );
        assert!(bringing.want("lamp ", vec![one, two]), "but for another search");
        assert_eq!(next(), Some(one));
        bringing.end_but_for("lamp ");
        bringing.end_but_for("boat ");
        assert_eq!(next(), None, "which is over");
    }

    #[test]
    fn a_server_that_cannot_be_asked_is_left_alone_for_that_search_and_no_other_server_is() {
        let bringing = Bringing::default();
        let [work, home] = [1, 2].map(AccountId);
        assert!(bringing.want("lamp ", vec![EmailId(1), EmailId(2)]));
        let errand = bringing.next().expect("there is one");
        bringing.give_up(errand, work);
        assert!(bringing.has_given_up(work) && !bringing.has_given_up(home));
        let second = bringing.next().map(|errand| errand.email);
        assert_eq!(second, Some(EmailId(2)), "it may be of another account");
        assert!(
            !bringing.want("boat ", vec![EmailId(3)]),
            "somebody brings already"
        );
        assert!(!bringing.has_given_up(work), "another search asks again");
        bringing.give_up(errand, home);
        assert!(
            !bringing.has_given_up(home),
            "what a search before has met with says nothing of this one"
        );
        assert_eq!(bringing.next().map(|errand| errand.email), Some(EmailId(3)));
    }

    #[tokio::test]
    async fn nothing_is_brought_of_an_account_of_which_nothing_is_fetched_by_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(folder.path()).await;
        let put = engine.write(|writing| {
            let account = writing.insert_account(&lena::account(Protocol::Imap))?;
            let inbox = writing.insert_mailbox(&lena::mailbox(account, "Inbox", Role::Inbox))?;
            let email = writing.insert_email(&lena::letter(account, inbox, "the boathouse"))?;
            Ok((account, email))
        });
        let (id, email) = put.await.expect("a letter");
        assert_eq!(engine.account_to_ask(email).await.expect("known"), Some(id));
        let pause = engine.write(move |writing| writing.set_paused(id, true));
        pause.await.expect("it is paused");
        assert_eq!(engine.account_to_ask(email).await.expect("known"), None, "paused");
        let nobodys = engine.account_to_ask(EmailId(4711)).await.expect("known");
        assert_eq!(nobodys, None, "the letter has gone");
        let there = Account {
            paused: false,
            ..engine.account(id).await.expect("there")
        };
        assert!(comes_by_itself(&there));
        for protocol in [Protocol::Pop3, Protocol::Local] {
            let other = Account {
                protocol,
                ..there.clone()
            };
            assert!(!comes_by_itself(&other), "{protocol:?}");
        }
        let off = Account {
            disabled: true,
            ..there
        };
        assert!(!comes_by_itself(&off), "switched off");
    }
}
