//! An engine that does what it is told line by line, and answers in lines up to a lone dot. `lone.rs` is its other end.
//! It can fill the disk that its profile is on, which had better be one of its own. Letters between several accounts are
//! in `across.rs`, the outbox in `sending.rs`, a letter that is being written in `writing.rs`.

mod across;
mod sending;
mod writing;

use std::fs::{File, OpenOptions};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use journeys::{Person, form_for};
use tokio::task::JoinHandle;
use waxwing_engine::discovery::Surroundings;
use waxwing_engine::{Action, EngineError, Look, SyncScope, bear_at_most};
use waxwing_model::{
    Account, Body, DraftContent, Keyword, Keywords, Protocol, Retention, Role, Security, Submission,
    SubmissionId, Trouble,
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

struct Lone {
    person: Person,
    sending: Option<JoinHandle<Result<Submission, EngineError>>>,
    said: Vec<String>,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).ok_or("the profile's folder is missing")?;
    let mut lone = Lone {
        person: Person::at(Path::new(&folder)).await,
        sending: None,
        said: vec!["ready".to_owned()],
    };
    let mut input = std::io::stdin().lock().lines();
    loop {
        let mut out = std::io::stdout().lock();
        for line in lone.said.drain(..) {
            writeln!(out, "{line}")?;
        }
        writeln!(out, ".")?;
        out.flush()?;
        drop(out);
        let Some(line) = input.next().transpose()? else {
            return Ok(());
        };
        let words: Vec<&str> = line.splitn(2, ' ').collect();
        let (verb, rest) = (words.first().copied().unwrap_or_default(), words.get(1));
        lone.obey(verb, rest.copied().unwrap_or_default()).await?;
    }
}

impl Lone {
    async fn obey(&mut self, verb: &str, rest: &str) -> Outcome<()> {
        match verb {
            "account" => self.add(rest).await?,
            "sync" => {
                let account = self.account().await?;
                let report = self
                    .person
                    .engine
                    .sync_once(&account, SyncScope::Everything)
                    .await;
                self.said.extend(report.errors);
            }
            "remove-after-download" => {
                let account = self.account().await?;
                let retention = Retention::RemoveAfterDownload;
                self.person.engine.set_retention(account.id, retention).await?;
            }
            "surroundings" => {
                let text = std::fs::read_to_string(rest)?;
                self.person
                    .engine
                    .search_in(Surroundings::from_stage_file(&text)?);
            }
            "start" => self.person.engine.start().await?,
            "stop" => self.person.engine.stop().await,
            "hurry" => bear_at_most(Duration::from_millis(rest.parse()?)),
            "pending" => {
                let account = self.account().await?;
                let pending = self.person.engine.has_pending_operations(account.id).await?;
                self.said.push(pending.to_string());
            }
            "act" => self.act(rest).await?,
            "fill-at" => self.fill_at(PathBuf::from(rest)),
            "held" => {
                let account = self.account().await?;
                for held in self.person.held(&account).await {
                    self.said
                        .push(format!("{}\t{}\t{}", held.folder, held.subject, held.flagged));
                }
            }
            "bodies" => self.bodies().await?,
            "read" => self.read(rest).await?,
            "draft" => self.draft(rest.parse()?).await?,
            "drafts" => {
                for draft in self.person.engine.drafts().await? {
                    self.said.push(draft.content.html.len().to_string());
                }
            }
            "begin-send" => self.begin_send(rest).await?,
            "finish-send" => {
                if let Some(sending) = self.sending.take() {
                    let outcome = sending.await?;
                    self.say(outcome.map(|letter| format!("{:?}", letter.state)));
                }
            }
            "outbox" => {
                for letter in self.person.engine.outbox().await? {
                    self.said.push(format!("{:?}", letter.state));
                }
            }
            "retry" => {
                let id = SubmissionId(rest.parse()?);
                let outcome = self.person.engine.retry_submission(id).await;
                self.say(outcome.map(|()| "done".to_owned()));
            }
            "leave" => self.leave(rest.parse()?)?,
            "free" => std::fs::remove_file(self.filler())?,
            "check" => {
                let outcome = self.person.engine.check_store().await;
                self.say(outcome.map(|()| "whole".to_owned()));
            }
            "clock" => {
                let moment = SystemTime::now().duration_since(UNIX_EPOCH)?;
                self.said.push(moment.as_secs().to_string());
            }
            "peak" => self.said.push(peak()?),
            other => {
                if !self.across(other, rest).await?
                    && !self.outgoing(other, rest).await?
                    && !self.writing(other, rest).await?
                {
                    return Err(format!("{other} is no word of mine").into());
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, outcome: Result<String, EngineError>) {
        self.said.push(match outcome {
            Ok(text) => text,
            Err(error) => told(&error.trouble()),
        });
    }

    async fn account(&self) -> Outcome<Account> {
        let accounts = self.person.engine.accounts().await?;
        Ok(accounts.into_iter().next().ok_or("there is no account")?)
    }

    /// `imap 993 465 /a/file.pem`, with `starttls` behind it where letters go by that.
    async fn add(&mut self, rest: &str) -> Outcome<()> {
        let words: Vec<&str> = rest.split(' ').collect();
        let ([protocol, incoming, outgoing, ca] | [protocol, incoming, outgoing, ca, "starttls"]) =
            words.as_slice()
        else {
            return Err("an account is a protocol, two ports and an authority".into());
        };
        let starttls = words.last() == Some(&"starttls");
        let protocol = match *protocol {
            "pop3" => Protocol::Pop3,
            _ => Protocol::Imap,
        };
        let ca = std::fs::read_to_string(ca)?;
        for account in self.person.engine.accounts().await? {
            self.person.engine.remove_account(account.id).await?;
        }
        let mut form = form_for("lena", protocol, incoming.parse()?, outgoing.parse()?, &ca);
        if starttls {
            form.outgoing.security = Security::StartTls;
        }
        self.person.add_quietly(form).await;
        Ok(())
    }

    /// How many letters are here whole, and how many by their header alone. Bytes that are not what they were are an
    /// error of the store, and end this.
    async fn bodies(&mut self) -> Outcome<()> {
        let (mut whole, mut headers) = (0, 0);
        for mailbox in self.person.engine.mailboxes().await? {
            for email in self.person.letters(&mailbox).await {
                if email.body == Body::Complete {
                    let raw = self.person.engine.raw(email.id).await?;
                    if u32::try_from(raw.len())? != email.size {
                        return Err(format!("“{}” is shorter than it says", email.subject).into());
                    }
                    whole += 1;
                } else {
                    headers += 1;
                }
            }
        }
        self.said.push(format!("{whole} {headers}"));
        Ok(())
    }

    /// Opens a letter as the reading pane does.
    async fn read(&mut self, subject: &str) -> Outcome<()> {
        for mailbox in self.person.engine.mailboxes().await? {
            for email in self.person.letters(&mailbox).await {
                if email.subject == subject {
                    let outcome = self.person.engine.body(email.id, Look::default()).await;
                    self.say(outcome.map(|body| {
                        let files: Vec<String> = body
                            .attachments
                            .iter()
                            .map(|file| file.size.to_string())
                            .collect();
                        format!("{} {}", body.document.len(), files.join(" "))
                    }));
                }
            }
        }
        Ok(())
    }

    /// Writes the one draft anew, so long.
    async fn draft(&mut self, length: usize) -> Outcome<()> {
        let engine = &self.person.engine;
        let account = self.account().await?;
        let content = DraftContent {
            html: "x".repeat(length),
            ..DraftContent::default()
        };
        let outcome = match engine.drafts().await?.first() {
            Some(draft) => engine
                .save_draft(draft.id, account.id, content)
                .await
                .map(|_| "saved".to_owned()),
            None => engine
                .new_draft(Some(account.id), content)
                .await
                .map(|_| "saved".to_owned()),
        };
        self.say(outcome);
        Ok(())
    }

    /// Puts a letter into the outbox and begins to hand it over.
    async fn begin_send(&mut self, subject: &str) -> Outcome<()> {
        let account = self.account().await?;
        let raw = waxwing_testkit::letters::simple(
            &account.email,
            "jonas@waxwing.test",
            subject,
            &"Please pay.\n".repeat(2_000),
        );
        let engine = self.person.engine.clone();
        match engine.send_message(&account, raw).await {
            Ok(submission) => {
                self.said.push(format!("queued {submission}"));
                self.sending = Some(tokio::spawn(async move {
                    engine.deliver_now(&account, submission).await
                }));
            }
            Err(error) => self.said.push(told(&error.trouble())),
        }
        Ok(())
    }

    /// `flag Buoy`, `archive Buoy`, `delete Buoy`, `rename Charts`.
    async fn act(&mut self, rest: &str) -> Outcome<()> {
        let (verb, name) = rest.split_once(' ').ok_or("a deed and a name")?;
        let mut letters = Vec::new();
        for mailbox in self.person.engine.mailboxes().await? {
            let here = self.person.letters(&mailbox).await;
            letters.extend(here.into_iter().filter(|email| email.subject == name));
        }
        let emails = letters.iter().map(|email| email.id).collect();
        let action = match verb {
            "flag" => Action::SetKeywords {
                emails,
                add: Keywords::only(Keyword::FLAGGED),
                remove: Keywords::none(),
            },
            "archive" => Action::MoveToRole {
                emails,
                role: Role::Archive,
            },
            "delete" => Action::Delete { emails },
            _ => Action::RenameMailbox {
                mailbox: self.person.folder_named(name).await.ok_or("the folder")?.id,
                name: "Maps".to_owned(),
            },
        };
        let outcome = self.person.engine.perform(action).await;
        self.say(outcome.map(|_| "done".to_owned()));
        Ok(())
    }

    /// Fills the disk as soon as this file is there, and then removes it.
    fn fill_at(&self, sign: PathBuf) {
        let filler = self.filler();
        std::thread::spawn(move || {
            while !sign.exists() {
                std::thread::sleep(Duration::from_millis(2));
            }
            // What cannot be filled or removed shows itself: whoever made the sign waits for it to go.
            if fill(&filler, 0).is_ok() {
                let _ = std::fs::remove_file(sign);
            }
        });
    }

    fn filler(&self) -> std::path::PathBuf {
        self.person.folder().join("filler")
    }

    /// Fills the disk but for so many kilobytes.
    fn leave(&mut self, kilobytes: u64) -> Outcome<()> {
        Ok(fill(&self.filler(), kilobytes)?)
    }
}

fn fill(path: &Path, kilobytes: u64) -> std::io::Result<()> {
    let mut filler: File = OpenOptions::new().create(true).append(true).open(path)?;
    for piece in [vec![0; 64 << 10], vec![0; 4 << 10]] {
        while filler.write_all(&piece).is_ok() {}
    }
    let length = filler.metadata()?.len();
    filler.set_len(length.saturating_sub(kilobytes << 10))
}

fn told(trouble: &Trouble) -> String {
    format!("{:?}: {}", trouble.kind, trouble.sentence)
}

/// The most memory that this process has ever used, in kilobytes (proc(5), `VmHWM`).
fn peak() -> Outcome<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line
        .ok_or("the system does not tell")?
        .trim()
        .trim_end_matches(" kB");
    Ok(digits.to_owned())
}
