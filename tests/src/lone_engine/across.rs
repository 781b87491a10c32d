//! What the lone engine does with letters between several accounts, which are told apart by the names of their people.

use journeys::{form_for, server};
use waxwing_engine::{Action, OnlyHere, ProtocolChange, SyncScope};
use waxwing_model::{Account, Body, Protocol, Role, Security};

use super::{Lone, Outcome};

impl Lone {
    /// `false`: it is no word of this file.
    pub(crate) async fn across(&mut self, verb: &str, rest: &str) -> Outcome<bool> {
        match verb {
            "join" => self.join(rest).await?,
            "look" => {
                let account = self.account_of(rest).await?;
                let report = self
                    .person
                    .engine
                    .sync_once(&account, SyncScope::Everything)
                    .await;
                self.said.extend(report.errors);
            }
            "transfer" => self.transfer(rest).await?,
            "carry" => self.carry(rest).await?,
            "change" => self.change(rest).await?,
            "where" => self.tell_where(rest).await?,
            "open-entries" => {
                for account in self.person.engine.accounts().await? {
                    if self.person.engine.has_pending_operations(account.id).await? {
                        self.said.push(account.name);
                    }
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    async fn account_of(&self, name: &str) -> Outcome<Account> {
        let accounts = self.person.engine.accounts().await?;
        let found = accounts.into_iter().find(|account| account.name == name);
        Ok(found.ok_or_else(|| format!("{name} has no account"))?)
    }

    /// `lena imap 993 /a/file.pem`: one more account. Nothing is sent from it.
    async fn join(&mut self, rest: &str) -> Outcome<()> {
        let words: Vec<&str> = rest.split(' ').collect();
        let [name, protocol, incoming, ca] = words.as_slice() else {
            return Err("an account is a name, a protocol, a port and an authority".into());
        };
        let protocol = match *protocol {
            "pop3" => Protocol::Pop3,
            _ => Protocol::Imap,
        };
        let ca = std::fs::read_to_string(ca)?;
        let form = form_for(name, protocol, incoming.parse()?, 9, &ca);
        self.person.add_quietly(form).await;
        Ok(())
    }

    /// `lena jonas Buoy`: the letter out of lena's inbox into jonas's archive.
    async fn transfer(&mut self, rest: &str) -> Outcome<()> {
        let words: Vec<&str> = rest.splitn(3, ' ').collect();
        let [from, to, subject] = words.as_slice() else {
            return Err("a transfer is two people and a subject".into());
        };
        let (from, to) = (self.account_of(from).await?.id, self.account_of(to).await?.id);
        let mailboxes = self.person.engine.mailboxes().await?;
        let of = |account, role| {
            let mut found = mailboxes
                .iter()
                .filter(|mailbox| mailbox.account == account && mailbox.role == Some(role));
            found.next().ok_or("the folder is there")
        };
        let letters = self.person.letters(of(from, Role::Inbox)?).await;
        let emails = letters
            .into_iter()
            .filter(|email| email.subject == *subject)
            .map(|email| email.id)
            .collect();
        let to = of(to, Role::Archive)?.id;
        let outcome = self.person.engine.perform(Action::Move { emails, to }).await;
        self.say(outcome.map(|done| done.affected.to_string()));
        Ok(())
    }

    /// `lena jonas lena`: what is open in each of their journals, one after the other, as far as it goes.
    async fn carry(&mut self, rest: &str) -> Outcome<()> {
        for name in rest.split(' ') {
            let account = self.account_of(name).await?;
            match self.person.engine.push_once(&account).await {
                Ok(refused) => self.said.extend(refused),
                Err(error) => self.said.push(error.trouble().to_string()),
            }
        }
        Ok(())
    }

    /// `lena imap 993 upload`: another protocol for an account, and what becomes of letters that stand only here.
    async fn change(&mut self, rest: &str) -> Outcome<()> {
        let words: Vec<&str> = rest.split(' ').collect();
        let [name, protocol, port, choice] = words.as_slice() else {
            return Err("a change is a name, a protocol, a port and a choice".into());
        };
        let change = ProtocolChange {
            account: self.account_of(name).await?.id,
            to: match *protocol {
                "pop3" => Protocol::Pop3,
                _ => Protocol::Imap,
            },
            server: server(port.parse()?, Security::Tls, name),
            allow_plain: false,
            accepted: Vec::new(),
            only_here: match *choice {
                "upload" => OnlyHere::Upload,
                _ => OnlyHere::Keep,
            },
            local_folders: "Local Folders".into(),
        };
        let outcome = self.person.engine.change_protocol(&change).await;
        self.say(outcome.map(|changed| format!("{} {}", changed.uploading, changed.kept)));
        Ok(())
    }

    /// In which folders a letter is shown, and whether it is here whole.
    async fn tell_where(&mut self, subject: &str) -> Outcome<()> {
        let accounts = self.person.engine.accounts().await?;
        for mailbox in self.person.engine.mailboxes().await? {
            let owner = accounts.iter().find(|account| account.id == mailbox.account);
            let owner = owner.map_or("nobody", |account| account.name.as_str());
            for email in self.person.letters(&mailbox).await {
                if email.subject != subject {
                    continue;
                }
                let whole = email.body == Body::Complete
                    && String::from_utf8_lossy(&self.person.engine.raw(email.id).await?)
                        .contains("Good morning.");
                self.said.push(format!("{owner} {} {whole}", mailbox.name));
            }
        }
        Ok(())
    }
}
