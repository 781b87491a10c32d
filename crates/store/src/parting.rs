//! Letters that leave a conversation for one of their own, and those that go along with them. Whoever answers what was taken
//! out has its bond, by its own name, so that it comes to it in whatever order letters are fetched again, whether they
//! name all that came before or their parent alone.

use std::collections::BTreeSet;

use rusqlite::params;
use waxwing_model::{AccountId, Change, ConversationWish, EmailId, MailboxId, ThreadId};

use crate::conversation_wishes::Member;
use crate::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Names that lead to some letters of a conversation and to none of the others.
    pub(crate) fn names_apart(
        &self,
        leaving: &[Member],
        staying: &[Member],
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut names = BTreeSet::new();
        for member in leaving {
            names.extend(self.names_of(member)?);
        }
        // A name that letters on both sides follow leads to those that stay, unless its letter leaves.
        for member in staying {
            for name in self.names_of(member)? {
                names.remove(&name);
            }
        }
        names.extend(leaving.iter().map(|member| member.name.clone()));
        Ok(names)
    }
}

impl Writing<'_> {
    /// Names, of letters that are here or not, are of a bond from now on, unless they are of another.
    pub(crate) fn go_along(
        &mut self,
        account: AccountId,
        names: &BTreeSet<String>,
        bond: i64,
    ) -> Result<(), StoreError> {
        for name in names {
            let wish = self.conversation_wish(account, name)?;
            if wish.bond.is_none() && !wish.apart {
                let bond = Some(bond);
                self.wish(account, &ConversationWish { bond, ..wish })?;
            }
        }
        Ok(())
    }

    /// Answers came before what they answer, and so to the conversation that it was taken out of: they leave that. It gives
    /// the conversation in which they are now. `None`: nobody in there follows these names.
    pub(crate) fn call_over(
        &mut self,
        thread: ThreadId,
        names: &BTreeSet<String>,
        bond: i64,
    ) -> Result<Option<ThreadId>, StoreError> {
        let members = self.members(thread)?;
        let mut called = BTreeSet::new();
        for heap in self.heaps(&members)? {
            let mut follows = false;
            for member in members.iter().filter(|member| heap.contains(&member.email)) {
                follows |= !names.is_disjoint(&self.names_of(member)?);
            }
            if follows {
                called.extend(heap);
            }
        }
        let (leaving, staying): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|member| called.contains(&member.email));
        let Some(account) = leaving.first().map(|member| member.account) else {
            for name in names {
                let sql = "DELETE FROM thread_reference WHERE thread_id = ?1 AND message_id = ?2";
                self.run("following names", sql, params![thread.0, name])?;
            }
            return Ok(None);
        };
        let along = self.names_apart(&leaving, &staying)?;
        self.go_along(account, &along, bond)?;
        for member in leaving.iter().filter(|member| member.name.starts_with(' ')) {
            self.lead_to(member)?;
        }
        match staying.is_empty() {
            true => Ok(Some(thread)),
            false => self.part(&leaving, &staying).map(Some),
        }
    }

    /// Makes letters of one conversation another one, with the names that lead to them.
    pub(crate) fn part(&mut self, leaving: &[Member], staying: &[Member]) -> Result<ThreadId, StoreError> {
        let doing = "taking letters out of a conversation";
        let (Some(account), Some(before)) = (
            leaving.first().map(|member| member.account),
            staying.first().map(|member| member.thread),
        ) else {
            return Err(StoreError::NoSuch {
                what: "letter",
                id: 0,
            });
        };
        self.settle_shown()?;
        let sql = "INSERT INTO thread (account_id) VALUES (?1)";
        let thread = ThreadId(self.insert(doing, sql, [account.0])?);
        let mut mailboxes = BTreeSet::new();
        let names = self.names_apart(leaving, staying)?;
        for member in leaving {
            let EmailId(email) = member.email;
            mailboxes.extend(self.shown_in(member.email)?);
            for sql in [
                "UPDATE membership SET thread_id = ?2 WHERE email_id = ?1",
                "UPDATE email SET thread_id = ?2 WHERE id = ?1",
            ] {
                self.run(doing, sql, [email, thread.0])?;
            }
        }
        for name in names {
            // Looks lead to a letter only where something was said of it.
            if name.starts_with(' ') && !self.is_said(account, &name)? {
                continue;
            }
            self.run(
                doing,
                "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account_id, message_id) DO UPDATE SET thread_id = excluded.thread_id",
                params![account.0, name, thread.0],
            )?;
        }
        for mailbox in mailboxes {
            self.find_latest(before, mailbox)?;
            self.note(Change::Listing { mailbox });
        }
        self.follow_mutes(thread)?;
        self.follow_mutes(before)?;
        let emails: Vec<EmailId> = leaving.iter().chain(staying).map(|member| member.email).collect();
        self.touched.emails.extend(&emails);
        self.touched.threads.extend([before, thread]);
        self.note(Change::Emails { emails });
        Ok(thread)
    }

    /// The newest letter of a conversation in a mailbox may have left it.
    fn find_latest(&self, thread: ThreadId, mailbox: MailboxId) -> Result<(), StoreError> {
        let of = |column: &str| {
            format!(
                "coalesce((SELECT membership.{column} FROM email
                   CROSS JOIN membership ON membership.email_id = email.id AND membership.mailbox_id = ?2
                   WHERE email.thread_id = ?1
                   ORDER BY membership.received_at DESC, membership.arrival DESC LIMIT 1), latest_{})",
                if column == "arrival" { "arrival" } else { "at" }
            )
        };
        let sql = format!(
            "UPDATE conversation SET latest_at = {}, latest_arrival = {} WHERE thread_id = ?1 AND mailbox_id = ?2",
            of("received_at"),
            of("arrival")
        );
        self.run(
            "looking for the newest letter of a conversation",
            &sql,
            [thread.0, mailbox.0],
        )?;
        Ok(())
    }
}
