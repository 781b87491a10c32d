//! In whose name a file for calendars speaks, and whether it is they who sent it. Anybody can write a file in which somebody else calls a
//! meeting off or does not come (RFC 6047, section 2.2 and section 3): what the file says is a claim, until it is known from whom it is.
//! Whether a sender is vouched for is asked elsewhere (`caution`).

use waxwing_mime::{Invitation, Method};
use waxwing_model::{Address, OwnAddress};
use waxwing_store::MeetingAnswer;

/// Who says what a file says in somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// They themselves, and somebody vouches for that.
    ByThem,
    /// The letter shows them as its sender, and nobody vouches for it.
    InTheirName,
    /// Somebody who writes for them, by what the file says (RFC 5545, section 3.2.18). Whether they may is not known.
    ByAgent,
    /// The same, and nobody vouches that the letter is from whom it shows.
    InAgentsName,
    /// Somebody else.
    ByOther,
}

/// Somebody in whose name a file speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    pub address: Address,
    pub said: Said,
}

impl Speaker {
    /// What they say is known to be so; that somebody else has said it stays.
    pub(super) fn believe(&mut self) {
        if self.said == Said::InTheirName {
            self.said = Said::ByThem;
        }
    }
}

/// In whose name the file speaks (RFC 5546, section 1.4): whoever answers, each by themselves, or whoever invites. Where it names nobody,
/// whoever sent it.
pub(super) fn of(
    invitation: &Invitation,
    sender: Option<&Address>,
    vouched: bool,
    answered: Option<&MeetingAnswer>,
) -> Vec<Speaker> {
    let nobody = Address {
        name: None,
        email: String::new(),
    };
    let from = sender.unwrap_or(&nobody);
    let speaker = |address: &Address, agent: Option<&str>| Speaker {
        address: address.clone(),
        said: said(&address.email, agent, &from.email, vouched),
    };
    let mut writers: Vec<Speaker> = match invitation.method {
        Method::Reply | Method::Counter | Method::Refresh => invitation
            .attendees
            .iter()
            .map(|one| speaker(&one.address, one.sent_by.as_deref()))
            .collect(),
        _ => organizer(invitation, answered)
            .map(|(address, agent)| speaker(&address, agent.as_deref()))
            .into_iter()
            .collect(),
    };
    if invitation.method == Method::Counter {
        // Whoever wants it otherwise may name all others that are asked.
        let own = writers
            .iter()
            .position(|one| one.said != Said::ByOther)
            .unwrap_or_default();
        writers = writers.into_iter().skip(own).take(1).collect();
    }
    if writers.is_empty() {
        writers.push(speaker(from, None));
    }
    writers
}

/// Whoever invites. Of a meeting that was answered that is whoever invited then, whatever this file names: a stranger who knows how the
/// meeting is called may name themselves.
fn organizer(invitation: &Invitation, answered: Option<&MeetingAnswer>) -> Option<(Address, Option<String>)> {
    let told = || Some((invitation.organizer.clone()?, invitation.sent_by.clone()));
    let known = answered
        .into_iter()
        .flat_map(|answered| waxwing_mime::invitations(&answered.calendar, None))
        .find_map(|piece| piece.organizer);
    match (known, told()) {
        (Some(known), Some((told, agent))) if is_same(&known.email, &told.email) => Some((told, agent)),
        (Some(known), _) => Some((known, None)),
        (None, told) => told,
    }
}

fn said(address: &str, agent: Option<&str>, sender: &str, vouched: bool) -> Said {
    if is_same(address, sender) {
        return match vouched {
            true => Said::ByThem,
            false => Said::InTheirName,
        };
    }
    match agent {
        Some(agent) if is_same(agent, sender) => match vouched {
            true => Said::ByAgent,
            false => Said::InAgentsName,
        },
        _ => Said::ByOther,
    }
}

/// Whether two addresses are of one mailbox: one that was asked under a tag answers without it.
pub(super) fn is_same(named: &str, sender: &str) -> bool {
    OwnAddress::new(sender).is_some_and(|sender| sender.receives(named))
}

#[cfg(test)]
mod tests;
