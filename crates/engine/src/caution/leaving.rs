//! Leaving a mailing list, by one request or by a letter, and all the lists that letters came by.

use waxwing_mime::{LeaveLetter, MailingList, Outgoing, compose, leave_letter, mailing_list};
use waxwing_model::{Email, EmailId, SubmissionId, Timestamp};
use waxwing_remote::dkim::{Seal, SealState, open};
use waxwing_remote::unsubscribe::{Answer, one_click};
use waxwing_store::ListFact;

use super::AskForKeys;
use super::reached::{ListSubscription, Own, Reached};
use crate::clock::{now, utc_offset_minutes};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::letters::readable::whole;

/// Letters of before that are looked through at a time.
const BATCH: u32 = 400;

/// How a list is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveWay {
    /// One request (RFC 8058).
    Click,
    /// A letter (RFC 2369).
    Mail,
    /// The person has gone to the list's page.
    Page,
}

/// The list that a letter came by, and the ways out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOfLetter {
    pub id: String,
    pub name: String,
    pub click: bool,
    /// The letter that would be written to leave it.
    pub letter: Option<LeaveLetter>,
    pub page: Option<String>,
    pub left_at: Option<Timestamp>,
}

/// The ways out of a list, and which of the person's addresses it then lets go; empty: that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaysOut {
    pub list: ListOfLetter,
    /// It offers to be left with one request, and it is known already that nobody has signed for that: none will be sent.
    pub unsigned: bool,
    pub address: String,
}

impl ListOfLetter {
    /// Whether the list may be left with one request turns out when that is tried.
    pub(crate) fn new(list: MailingList, left_at: Option<Timestamp>) -> Self {
        let leave = list.leave.unwrap_or_default();
        Self {
            id: list.id,
            name: list.name,
            click: leave.one_click,
            letter: leave.mail.as_deref().and_then(leave_letter),
            page: leave.web,
            left_at,
        }
    }
}

impl Engine {
    /// The ways out of a list, by a letter of it.
    pub async fn ways_out(&self, email: EmailId) -> Result<Option<WaysOut>> {
        let raw = self.readable(email).await?.raw;
        let Some(list) = blocking(move || mailing_list(&raw)).await? else {
            return Ok(None);
        };
        let offers = list.leave.as_ref().is_some_and(|leave| leave.one_click);
        let unsigned = offers && !self.may_be_sealed(email).await?;
        let kept = self.read(move |reading| reading.list_of(email)).await?;
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        let reached = self.reached_by(letter).await?;
        Ok(Some(WaysOut {
            list: ListOfLetter::new(list, kept.and_then(|kept| kept.left_at)),
            unsigned,
            address: reached.map(|reached| reached.address.email).unwrap_or_default(),
        }))
    }

    /// Asks the list that a letter came by to let the person go, and remembers it.
    pub async fn leave_list(&self, email: EmailId, way: LeaveWay) -> Result<()> {
        let raw = self.raw(email).await?;
        let found = blocking(move || mailing_list(&raw)).await?;
        let list = found.ok_or_else(|| invalid("this letter came by no mailing list"))?;
        let leave = list
            .leave
            .clone()
            .ok_or_else(|| invalid("the list does not say how to leave it"))?;
        let mut letter = None;
        let by = match way {
            LeaveWay::Click => {
                let address = leave
                    .web
                    .filter(|_| leave.one_click)
                    .ok_or_else(|| invalid("the list cannot be left with one request"))?;
                self.require_sealed(email).await?;
                match one_click(&address, &self.surroundings()).await? {
                    Answer::Left => "click",
                    Answer::SentOn => {
                        return Err(invalid(
                            "the list sends Waxwing on to another page instead of taking you off. It was not followed there",
                        ));
                    }
                }
            }
            LeaveWay::Mail => {
                let address = leave
                    .mail
                    .ok_or_else(|| invalid("the list cannot be left by mail"))?;
                letter = Some(self.write_to_leave(email, &address).await?);
                "mail"
            }
            LeaveWay::Page => "page",
        };
        self.write(move |writing| {
            let fact = ListFact {
                id: list.id,
                name: list.name,
            };
            writing.put_list(email, &fact)?;
            match (writing.list_of(email)?, letter) {
                // A letter may fail, or be taken back.
                (Some(kept), Some(letter)) => writing.leave_when_sent(kept.id, letter),
                (Some(kept), None) => writing.leave(kept.id, now(), by),
                (None, _) => Ok(()),
            }
        })
        .await
    }

    /// One request is sent only where the sender has signed the address and that one request is enough (RFC 8058,
    /// section 4): or else anybody could have us ask any server for anything.
    async fn require_sealed(&self, email: EmailId) -> Result<()> {
        let vouches = |seal: &Seal| seal.state == SealState::Good && covers_leaving(seal);
        let never = self.caution_wishes().await?.keys == AskForKeys::Never;
        let seals = match never {
            true => self.kept_seals(email).await?,
            false => {
                let letter = self.emails(vec![email]).await?.into_iter().next();
                let letter = letter.ok_or(EngineError::Gone("the letter"))?;
                self.seals(&letter, vouches).await?
            }
        };
        let seals = seals.unwrap_or_default();
        let sealed = seals.iter().any(vouches);
        if sealed {
            return Ok(());
        }
        Err(invalid(match seals.iter().any(is_open) {
            _ if never => {
                "whether the list's address is its own cannot be found out, because the settings say that DNS is never asked for keys"
            }
            true => {
                "it could not be found out whether the list's address is its own, because DNS does not answer"
            }
            false => {
                "nobody has signed the list's address, so Waxwing does not send a request there by itself"
            }
        }))
    }

    /// Whether a seal covers the list's address that holds, or whose key has still to be asked for. Nobody is asked.
    async fn may_be_sealed(&self, email: EmailId) -> Result<bool> {
        let seals = match self.kept_seals(email).await? {
            Some(seals) => seals,
            None => {
                let raw = self.raw(email).await?;
                let letter = self.emails(vec![email]).await?.into_iter().next();
                let letter = letter.ok_or(EngineError::Gone("the letter"))?;
                let received = u64::try_from(letter.received_at / 1_000).unwrap_or_default();
                let opened = blocking(move || open(&raw, received)).await?;
                opened.into_iter().map(|opened| opened.seal).collect()
            }
        };
        let may = |seal: &Seal| covers_leaving(seal) && (seal.state == SealState::Good || is_open(seal));
        Ok(seals.iter().any(may))
    }

    /// The person's address that a letter of a list has reached.
    async fn reached_by(&self, letter: Email) -> Result<Option<Reached>> {
        self.read(move |reading| Own::read(reading)?.reached(reading, &letter))
            .await
    }

    async fn write_to_leave(&self, email: EmailId, mailto: &str) -> Result<SubmissionId> {
        let letter = self.emails(vec![email]).await?.into_iter().next();
        let letter = letter.ok_or(EngineError::Gone("the letter"))?;
        // A list lets go whom it writes to.
        let reached = self.reached_by(letter).await?;
        let reached =
            reached.ok_or_else(|| invalid("to which of your addresses the list writes is not known"))?;
        let account = self.account(reached.account).await?;
        let wanted =
            leave_letter(mailto).ok_or_else(|| invalid("the list's address cannot be written to"))?;
        let date = now();
        let made = compose(&Outgoing {
            from: reached.address,
            to: vec![wanted.to],
            cc: Vec::new(),
            bcc: Vec::new(),
            reply_to: Vec::new(),
            subject: wanted.subject,
            html: None,
            text: wanted.text,
            attachments: Vec::new(),
            in_reply_to: Vec::new(),
            references: Vec::new(),
            date,
            utc_offset_minutes: utc_offset_minutes(date),
            asks_for_receipt: false,
        })?;
        self.send_message(&account, made.raw).await
    }

    /// Every list that letters came by, and how many letters have still to be looked through for others.
    pub async fn subscriptions(&self) -> Result<(Vec<ListSubscription>, bool)> {
        self.read(|reading| {
            let done = reading.not_looked_through(1)?.is_empty();
            let own = Own::read(reading)?;
            let lists = reading.subscriptions()?.into_iter();
            let lists = lists.map(|known| ListSubscription::read(reading, known, &own));
            Ok((lists.collect::<std::result::Result<_, _>>()?, done))
        })
        .await
    }

    /// Looks through some letters of the time before lists were known. `false`: there are none left.
    pub async fn look_through_for_lists(&self) -> Result<bool> {
        let found = self
            .read(|reading| {
                let letters = reading.not_looked_through(BATCH)?;
                let last = letters.last().copied();
                let mut lists = Vec::new();
                for email in letters {
                    if let Some(raw) = whole(reading, email)?
                        && let Some(list) = mailing_list(&raw)
                    {
                        lists.push((email, list));
                    }
                }
                Ok(last.map(|last| (last, lists)))
            })
            .await?;
        let Some((last, lists)) = found else {
            return Ok(false);
        };
        self.write_soon(move |writing| {
            for (email, list) in lists {
                if writing.has_email(email)? {
                    let fact = ListFact {
                        id: list.id,
                        name: list.name,
                    };
                    writing.put_list(email, &fact)?;
                }
            }
            writing.looked_through(last)
        })
        .await?;
        Ok(true)
    }
}

/// Whether a seal covers the list's address, and that one request is enough.
fn covers_leaving(seal: &Seal) -> bool {
    let covers = |wanted: &str| seal.covers.iter().any(|name| name == wanted);
    covers("list-unsubscribe") && covers("list-unsubscribe-post")
}

/// Whether its key has still to be asked for.
fn is_open(seal: &Seal) -> bool {
    matches!(seal.state, SealState::Unknown | SealState::Unasked)
}

fn invalid(what: &str) -> EngineError {
    EngineError::Invalid(what.to_owned())
}
