//! Conversations put right by hand: letters taken out of one, several made one. What was said stands in `conversation_wish`
//! by the names of letters; here the rows follow it. All of it is taken back by [`Writing::arrange`], which puts letters and
//! words back to what they were.

use std::collections::{BTreeSet, HashMap};

use rusqlite::params;
use waxwing_model::{Arrangement, ConversationWish, EmailId, Stood, ThreadId};

use crate::conversation_wishes::Member;
use crate::threads::Reach;
use crate::{Reading, StoreError, Writing};

/// As many letters of a conversation are named when it is joined with another: enough to know it by.
const NAMED: usize = 500;

impl Reading<'_> {
    /// How conversations stand and what was said of their letters, so that it can be put back.
    pub fn arrangement(&self, emails: &[EmailId]) -> Result<Arrangement, StoreError> {
        let mut arrangement = Arrangement::default();
        for thread in self.threads_of(emails)? {
            let members = self.members(thread)?;
            let Some(account) = members.first().map(|member| member.account) else {
                continue;
            };
            for name in self.names_in(thread, &members)? {
                let wish = self.conversation_wish(account, &name)?;
                arrangement.wishes.push(wish);
            }
            arrangement.conversations.push(Stood {
                emails: members.into_iter().map(|member| member.email).collect(),
                identities: self.identities_of(thread)?,
            });
        }
        Ok(arrangement)
    }

    /// The conversations of letters, the oldest first.
    pub(crate) fn threads_of<'a>(
        &self,
        emails: impl IntoIterator<Item = &'a EmailId>,
    ) -> Result<BTreeSet<ThreadId>, StoreError> {
        let mut threads = BTreeSet::new();
        for email in emails {
            threads.extend(self.member(*email)?.map(|member| member.thread));
        }
        Ok(threads)
    }

    /// The names that lead to a letter or that it follows, given what has been said.
    pub(crate) fn names_of(&self, member: &Member) -> Result<BTreeSet<String>, StoreError> {
        let followed = self.followed(
            member.account,
            &member.name,
            &member.in_reply_to,
            &member.references,
            true,
            Reach::Within,
        )?;
        Ok(followed.names)
    }

    /// The names of a conversation's letters, and those that are only named in it.
    pub(crate) fn names_in(
        &self,
        thread: ThreadId,
        members: &[Member],
    ) -> Result<BTreeSet<String>, StoreError> {
        let named: Vec<String> = self.all(
            "reading the names of a conversation",
            "SELECT message_id FROM thread_reference WHERE thread_id = ?1",
            [thread.0],
            |row| row.get(0),
        )?;
        let own = members.iter().map(|member| member.name.clone());
        Ok(named.into_iter().chain(own).collect())
    }

    fn identities_of(&self, thread: ThreadId) -> Result<Vec<String>, StoreError> {
        self.all(
            "reading what the server calls a conversation",
            "SELECT identity FROM thread_identity WHERE thread_id = ?1 ORDER BY identity",
            [thread.0],
            |row| row.get(0),
        )
    }

    /// Letters in heaps: those of one heap are joined by the names that they follow.
    pub(crate) fn heaps(&self, members: &[Member]) -> Result<Vec<BTreeSet<EmailId>>, StoreError> {
        let mut heap_of: HashMap<String, usize> = HashMap::new();
        let mut heaps: Vec<(Vec<String>, BTreeSet<EmailId>)> = Vec::new();
        for member in members {
            let mut names: Vec<String> = self.names_of(member)?.into_iter().collect();
            names.push(member.name.clone());
            let mut emails = BTreeSet::from([member.email]);
            let met: BTreeSet<usize> = names
                .iter()
                .filter_map(|name| heap_of.get(name).copied())
                .collect();
            // The largest grows, and the others go into it.
            let whole = met
                .iter()
                .copied()
                .max_by_key(|heap| heaps.get(*heap).map_or(0, |(names, _)| names.len()))
                .unwrap_or(heaps.len());
            for heap in met.into_iter().filter(|heap| *heap != whole) {
                if let Some((others, inside)) = heaps.get_mut(heap).map(std::mem::take) {
                    names.extend(others);
                    emails.extend(inside);
                }
            }
            heap_of.extend(names.iter().map(|name| (name.clone(), whole)));
            match heaps.get_mut(whole) {
                Some((all, inside)) => {
                    all.extend(names);
                    inside.extend(emails);
                }
                None => heaps.push((names, emails)),
            }
        }
        let heaps = heaps.into_iter().map(|(_, emails)| emails);
        Ok(heaps.filter(|emails| !emails.is_empty()).collect())
    }
}

impl Writing<'_> {
    /// Takes letters out of their conversation, with what answers them; those that are named together stay together. They
    /// stay out, whatever comes. `false`: they are all of it, or all of it answers them.
    pub fn take_out(&mut self, emails: &[EmailId]) -> Result<bool, StoreError> {
        let emails: BTreeSet<EmailId> = emails.iter().copied().collect();
        let mut taken = false;
        for thread in self.threads_of(&emails)? {
            let members = self.members(thread)?;
            let named: BTreeSet<EmailId> = members
                .iter()
                .map(|member| member.email)
                .filter(|email| emails.contains(email))
                .collect();
            let Some(account) = members.first().map(|member| member.account) else {
                continue;
            };
            let mut before = Vec::new();
            let bond = self.new_bond(account)?;
            for member in members.iter().filter(|member| named.contains(&member.email)) {
                let wish = self.conversation_wish(account, &member.name)?;
                before.push(wish.clone());
                let (apart, bond) = (true, Some(bond));
                self.wish(account, &ConversationWish { apart, bond, ..wish })?;
            }
            let heaps = self.heaps(&members)?;
            let leaving: BTreeSet<EmailId> = heaps
                .into_iter()
                .filter(|heap| !heap.is_disjoint(&named))
                .flatten()
                .collect();
            if leaving.len() == members.len() {
                for wish in before {
                    self.wish(account, &wish)?;
                }
                continue;
            }
            let (leaving, staying): (Vec<Member>, Vec<Member>) = members
                .into_iter()
                .partition(|member| leaving.contains(&member.email));
            // What answers them goes along by its own name, and is of no bond with what stays.
            for name in self.names_apart(&leaving, &staying)? {
                let wish = self.conversation_wish(account, &name)?;
                let bond = Some(bond);
                self.wish(account, &ConversationWish { bond, ..wish })?;
            }
            self.part(&leaving, &staying)?;
            taken = true;
        }
        Ok(taken)
    }

    /// Makes the conversations of letters one, which they stay. `false`: they are one.
    pub fn unite(&mut self, emails: &[EmailId]) -> Result<bool, StoreError> {
        let threads = self.threads_of(emails)?;
        let mut threads = threads.into_iter();
        let Some(whole) = threads.next() else {
            return Ok(false);
        };
        let mut bond = None;
        let mut others = Vec::new();
        for thread in std::iter::once(whole).chain(threads) {
            // The first and the last letters: what is answered, and what is new.
            let members = self.members(thread)?;
            let last = members.len().saturating_sub(NAMED / 2);
            for (at, member) in members.iter().enumerate() {
                if at >= NAMED / 2 && at < last {
                    continue;
                }
                let number = match bond {
                    Some(number) => number,
                    None => self.new_bond(member.account)?,
                };
                bond = Some(number);
                self.bind(member, number)?;
            }
            if thread != whole {
                others.push(thread);
            }
        }
        let united = !others.is_empty();
        let mut muted = self.is_muted(whole)?;
        for other in others {
            muted |= self.is_muted(other)?;
            self.join(other, whole)?;
        }
        if muted && united {
            self.set_muted(whole, true)?;
            self.mute_all(whole, true)?;
        }
        Ok(united)
    }

    /// Puts conversations and what was said of them back to how they stood. Letters that have come since go where they
    /// belong.
    pub fn arrange(&mut self, arrangement: &Arrangement) -> Result<(), StoreError> {
        let stood = arrangement.conversations.iter();
        let named: BTreeSet<EmailId> = stood.flat_map(|stood| stood.emails.clone()).collect();
        let Some(account) = self.all_members(&named)?.first().map(|member| member.account) else {
            return Ok(());
        };
        let threads = self.threads_of(&named)?;
        let mut threads = threads.into_iter();
        let Some(whole) = threads.next() else {
            return Ok(());
        };
        for other in threads {
            self.join(other, whole)?;
        }
        let members = self.members(whole)?;
        let mut undone = BTreeSet::new();
        for name in self.names_in(whole, &members)? {
            undone.extend(self.conversation_wish(account, &name)?.bond);
        }
        for wish in &arrangement.wishes {
            self.wish(account, wish)?;
        }
        for kept in arrangement.wishes.iter().filter_map(|wish| wish.bond) {
            undone.remove(&kept);
        }
        // What came since is of no bond that is no more.
        for bond in undone {
            for name in self.bonded(account, bond)? {
                let wish = self.conversation_wish(account, &name)?;
                self.wish(account, &ConversationWish { bond: None, ..wish })?;
            }
        }
        let mut heaps: Vec<BTreeSet<EmailId>> = self.heaps(&members)?;
        // All but the first conversation leave, each with the new letters that answer it.
        for conversation in arrangement.conversations.iter().skip(1) {
            let mut leaving: BTreeSet<EmailId> = conversation.emails.iter().copied().collect();
            for heap in heaps
                .extract_if(.., |heap| !heap.is_disjoint(&leaving))
                .collect::<Vec<_>>()
            {
                let strangers = heap.into_iter().filter(|email| !named.contains(email));
                leaving.extend(strangers);
            }
            let members = self.members(whole)?;
            let (leaving, staying): (Vec<Member>, Vec<Member>) = members
                .into_iter()
                .partition(|member| leaving.contains(&member.email));
            if leaving.is_empty() || staying.is_empty() {
                continue;
            }
            let parted = self.part(&leaving, &staying)?;
            for identity in &conversation.identities {
                let sql = "UPDATE thread_identity SET thread_id = ?3 WHERE account_id = ?1 AND identity = ?2";
                self.run(
                    "putting conversations back to how they stood",
                    sql,
                    params![account.0, identity, parted.0],
                )?;
            }
        }
        let since: Vec<Member> = members
            .into_iter()
            .filter(|member| !named.contains(&member.email))
            .collect();
        self.settle_in(&named, &since)
    }

    /// Letters that came since go along with what they answer, and are muted where that is.
    fn settle_in(&mut self, named: &BTreeSet<EmailId>, since: &[Member]) -> Result<(), StoreError> {
        for member in since {
            let followed = self.followed(
                member.account,
                &member.name,
                &member.in_reply_to,
                &member.references,
                true,
                Reach::AnyConversation,
            )?;
            if let Some(side) = followed.side {
                let mut names = followed.names;
                names.insert(member.name.clone());
                self.go_along(member.account, &names, side)?;
            }
        }
        let since: BTreeSet<EmailId> = since.iter().map(|member| member.email).collect();
        for thread in self.threads_of(named)? {
            let members = self.members(thread)?;
            let (late, known): (Vec<Member>, Vec<Member>) = members
                .into_iter()
                .partition(|member| since.contains(&member.email));
            let mut muted = false;
            for member in &known {
                muted |= self.conversation_wish(member.account, &member.name)?.muted;
            }
            for member in &late {
                let wish = self.conversation_wish(member.account, &member.name)?;
                self.wish(member.account, &ConversationWish { muted, ..wish })?;
            }
            self.set_muted(thread, muted)?;
        }
        Ok(())
    }

    fn all_members(&self, emails: &BTreeSet<EmailId>) -> Result<Vec<Member>, StoreError> {
        let mut found = Vec::with_capacity(emails.len());
        for &email in emails {
            found.extend(self.member(email)?);
        }
        Ok(found)
    }

    fn bind(&mut self, member: &Member, bond: i64) -> Result<(), StoreError> {
        let wish = self.conversation_wish(member.account, &member.name)?;
        // Whoever is of the bond before is of the new one too.
        if let Some(former) = wish.bond.filter(|former| *former != bond) {
            self.run(
                "joining conversations by hand",
                "UPDATE conversation_wish SET bond = ?3 WHERE account_id = ?1 AND bond = ?2",
                params![member.account.0, former, bond],
            )?;
        }
        self.wish(
            member.account,
            &ConversationWish {
                bond: Some(bond),
                ..wish
            },
        )?;
        self.lead_to(member)
    }

    /// The looks of a letter without a Message-ID lead to it from now on: something was said of it.
    pub(crate) fn lead_to(&self, member: &Member) -> Result<(), StoreError> {
        self.run(
            "joining conversations by hand",
            "INSERT INTO thread_reference (account_id, message_id, thread_id) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
            params![member.account.0, member.name, member.thread.0],
        )?;
        Ok(())
    }
}
