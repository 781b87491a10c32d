//! All places at once, and the most believable answer of those that come in time.
//!
//! An answer is taken when no better place is still silent, or when the better ones have had their moment. Where the
//! answer lacks a server, the next best one that has it fills in; where another place says something else, that is told
//! and not followed.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::Instant;
use waxwing_model::Security;

use super::{
    found::{Dissent, Found, Source},
    names,
    sources::{Inquiry, Manner, Place},
    vet::vet,
};
use crate::RemoteError;

/// What everybody together may take.
const LONGEST: Duration = Duration::from_secs(12);
/// How long the others are listened to once the answer is known, to hear whether they say something else.
const HEARING: Duration = Duration::from_millis(150);

struct Answer {
    rank: usize,
    found: Found,
    came: Instant,
    manner: Manner,
}

/// Nothing found is an answer, unless the names of the internet could not be looked up at all.
pub(super) async fn run(places: &[Box<dyn Place>], inquiry: &Inquiry<'_>) -> Result<Found, RemoteError> {
    let began = Instant::now();
    let pace = inquiry.at.pace;
    let mut open: Vec<(usize, Manner)> = Vec::new();
    let mut running = FuturesUnordered::new();
    for (rank, place) in places.iter().enumerate() {
        let manner = place.manner().at(pace);
        open.push((rank, manner));
        running.push(async move {
            if !manner.after.is_zero() {
                tokio::time::sleep(manner.after).await;
                // They would hear of the address for nothing.
                if inquiry.has_enough() {
                    return (rank, manner, Ok(None));
                }
            }
            let found = tokio::time::timeout(manner.patience, ask(place.as_ref(), manner, inquiry)).await;
            let found = found.unwrap_or_else(|_| Err(RemoteError::timed_out("looking for the servers")));
            if matches!(&found, Ok(Some(found)) if found.is_enough()) {
                inquiry.enough.store(true, Ordering::Relaxed);
            }
            (rank, manner, found)
        });
    }
    let mut answers: Vec<Answer> = Vec::new();
    let mut dns_failed = false;
    loop {
        let deadline = match settled(&answers, &open, HEARING * pace) {
            Some(moment) => moment,
            None => began + LONGEST * pace,
        };
        let Ok(Some((rank, manner, found))) = tokio::time::timeout_at(deadline, running.next()).await else {
            break;
        };
        open.retain(|(other, _)| *other != rank);
        match found {
            Ok(Some(found)) => answers.push(Answer {
                rank,
                found,
                came: Instant::now(),
                manner,
            }),
            Ok(None) => {}
            Err(error) => {
                tracing::debug!(%error, rank, "a place said nothing about the servers");
                dns_failed |= names::is_failure(&error);
            }
        }
    }
    if answers.is_empty() && dns_failed {
        return Err(names::no_answer());
    }
    answers.sort_by_key(|answer| answer.rank);
    Ok(agree(answers.into_iter().map(|answer| answer.found).collect()))
}

async fn ask(place: &dyn Place, manner: Manner, inquiry: &Inquiry<'_>) -> Result<Option<Found>, RemoteError> {
    let Some(mut found) = place.ask(inquiry).await? else {
        return Ok(None);
    };
    // What stands in our own list is not a stranger's word.
    if manner.from_strangers && !matches!(found.how, Source::Catalogue { .. }) {
        vet(&mut found, &inquiry.at.names).await;
    }
    let says_something = !found.is_empty() || found.hint.is_some() || found.consent.is_some();
    Ok(says_something.then_some(found))
}

/// When the best answer so far is final, if nothing comes. `None`: nothing is enough yet.
fn settled(answers: &[Answer], open: &[(usize, Manner)], hearing: Duration) -> Option<Instant> {
    let best = answers
        .iter()
        .filter(|answer| answer.found.is_enough())
        .min_by_key(|answer| answer.rank)?;
    let better = open.iter().any(|(rank, _)| *rank < best.rank);
    // Those who start later are not listened to.
    let others = open.iter().any(|(_, manner)| manner.after.is_zero());
    let pause = match (better, others) {
        (true, _) => best.manner.grace,
        (false, true) => hearing,
        (false, false) => Duration::ZERO,
    };
    Some(best.came + pause)
}

/// One answer out of all, the most believable first.
pub(super) fn agree(answers: Vec<Found>) -> Found {
    let first = answers
        .iter()
        .position(Found::is_enough)
        .or_else(|| answers.iter().position(|found| !found.is_empty()))
        .unwrap_or(0);
    let mut others = answers;
    if others.is_empty() {
        return Found::nothing(Source::Probing);
    }
    let mut chosen = others.remove(first);
    for other in &mut others {
        let differing = differing(&chosen, other);
        chosen.consent = chosen.consent.take().or_else(|| other.consent.take());
        let agrees = differing.is_empty();
        if agrees || !chosen.is_enough() {
            // Of another provider nothing is taken, neither servers nor advice.
            chosen.hint = chosen.hint.or(other.hint);
            chosen.page = chosen.page.take().or_else(|| other.page.take());
            fill(&mut chosen, other);
        }
        if !agrees {
            chosen.dissent.push(Dissent {
                how: other.how.clone(),
                hosts: differing,
            });
        }
    }
    if chosen.is_enough() {
        // Who is content asks nobody else.
        chosen.consent = None;
    }
    chosen
}

/// The hosts that the other names for a service for which the chosen answer names another one.
fn differing(chosen: &Found, other: &Found) -> Vec<String> {
    let pairs = [
        (&chosen.imap, &other.imap),
        (&chosen.pop3, &other.pop3),
        (&chosen.smtp, &other.smtp),
    ];
    let mut hosts: Vec<String> = pairs
        .into_iter()
        .filter_map(|(one, two)| Some((one.as_ref()?, two.as_ref()?)))
        .filter(|(one, two)| one.host != two.host)
        .map(|(_, two)| two.host.clone())
        .collect();
    hosts.dedup();
    hosts
}

/// Servers that the chosen answer lacks. What is not encrypted well fills in only where there would be nothing else.
fn fill(chosen: &mut Found, other: &mut Found) {
    let was_enough = chosen.is_enough();
    for (mine, theirs) in chosen.slots().into_iter().zip(other.slots()) {
        let is_good = |one: &super::Candidate| one.security != Security::Plain && one.certificate_valid;
        if mine.is_none() && theirs.as_ref().is_some_and(|one| !was_enough || is_good(one)) {
            *mine = theirs.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use futures::future::{BoxFuture, FutureExt};

    use super::super::{
        Candidate, Probing, Surroundings, Wishes, address::MailAddress, sources::HEAD_START, web::Web,
    };
    use super::*;

    /// A place that answers when it has been asked for so long.
    struct Slow {
        after: Duration,
        takes: Duration,
        found: Option<Found>,
        asked: Arc<AtomicBool>,
    }

    impl Place for Slow {
        fn ask<'a>(&'a self, _: &'a Inquiry<'a>) -> BoxFuture<'a, Result<Option<Found>, RemoteError>> {
            self.asked.store(true, Ordering::Relaxed);
            async {
                tokio::time::sleep(self.takes).await;
                Ok(self.found.clone())
            }
            .boxed()
        }

        fn manner(&self) -> Manner {
            Manner {
                after: self.after,
                patience: Duration::from_secs(4),
                grace: Duration::from_millis(250),
                from_strangers: false,
            }
        }
    }

    #[tokio::test]
    async fn who_still_waits_when_an_answer_comes_is_not_asked() {
        let asked: [Arc<AtomicBool>; 3] = Default::default();
        let place = |which: usize, after, takes, found| -> Box<dyn Place> {
            Box::new(Slow {
                after,
                takes: Duration::from_millis(takes),
                found,
                asked: asked[which].clone(),
            })
        };
        let answer = whole(Source::Srv, "imap.nordlicht.test");
        let other = whole(Source::Probing, "mail.nordlicht.test");
        let places = [
            place(0, Duration::ZERO, 10_000, None),
            place(1, Duration::ZERO, 200, Some(answer.clone())),
            place(2, HEAD_START, 0, Some(other)),
        ];
        let address = MailAddress::parse("lena@nordlicht.test").unwrap();
        let at = Surroundings {
            pace: 6,
            ..Surroundings::probing_only(crate::Trust::system(), Probing::default())
        };
        let inquiry = Inquiry {
            address: &address,
            at: &at,
            wishes: &Wishes::default(),
            web: &Web::new(&at).unwrap(),
            enough: AtomicBool::default(),
        };
        let found = run(&places, &inquiry).await.expect("an answer");
        assert_eq!(
            found, answer,
            "the one that hangs is waited for, and nobody else is heard"
        );
        let asked = asked.map(|one| one.load(Ordering::Relaxed));
        assert_eq!(
            asked,
            [true, true, false],
            "the third has heard of the address for nothing"
        );
    }

    fn server(host: &str) -> Option<Candidate> {
        Some(Candidate {
            host: host.to_owned(),
            port: 993,
            security: Security::Tls,
            username: "lena@nordlicht.test".to_owned(),
            certificate_valid: true,
            takes_passwords: true,
            vouched: true,
        })
    }

    fn whole(how: Source, host: &str) -> Found {
        Found {
            imap: server(host),
            smtp: server(host),
            ..Found::nothing(how)
        }
    }

    #[test]
    fn the_better_source_is_followed_and_the_other_is_told() {
        let agreed = agree(vec![
            whole(Source::Srv, "imap.nordlicht.test"),
            whole(Source::Probing, "mail.nordlicht.test"),
        ]);
        assert_eq!(agreed.how, Source::Srv);
        assert_eq!(
            agreed.dissent,
            [Dissent {
                how: Source::Probing,
                hosts: vec!["mail.nordlicht.test".to_owned()]
            }]
        );
        let agreed = agree(vec![
            whole(Source::Srv, "imap.nordlicht.test"),
            whole(Source::Probing, "imap.nordlicht.test"),
        ]);
        assert_eq!(agreed.dissent, [], "they say the same");
    }

    #[test]
    fn half_an_answer_is_filled_up() {
        let mut half = whole(Source::Srv, "imap.nordlicht.test");
        half.smtp = None;
        let agreed = agree(vec![half.clone(), whole(Source::Probing, "mail.nordlicht.test")]);
        assert_eq!(
            agreed.how,
            Source::Probing,
            "a whole answer is better than half a one"
        );
        let mut other = whole(Source::Probing, "mail.nordlicht.test");
        other.imap = None;
        let agreed = agree(vec![half, other]);
        assert_eq!(agreed.how, Source::Srv);
        assert_eq!(agreed.smtp, server("mail.nordlicht.test"), "two halves are one");
        assert!(agree(Vec::new()).is_empty(), "of nothing comes nothing");
    }

    #[test]
    fn what_fills_up_keeps_who_vouches_for_it() {
        let mut published = whole(Source::Pacc { host: "a".to_owned() }, "imap.nordlicht.test");
        published.smtp = None;
        let mut by_dns = whole(Source::Srv, "smtp.fjord.test").unvouched();
        by_dns.imap = None;
        let agreed = agree(vec![published, by_dns]);
        let vouched = |one: Option<Candidate>| one.map(|one| one.vouched);
        assert_eq!(vouched(agreed.imap), Some(true), "the domain itself says so");
        assert_eq!(vouched(agreed.smtp), Some(false), "only DNS says so");
    }

    #[test]
    fn two_providers_are_not_mixed() {
        let mut other = whole(Source::Probing, "mail.fjord.test");
        other.pop3 = server("pop.fjord.test");
        other.hint = Some(super::super::Hint::AppPassword);
        let agreed = agree(vec![whole(Source::Srv, "imap.nordlicht.test"), other.clone()]);
        assert_eq!(
            (agreed.pop3, agreed.hint),
            (None, None),
            "it is about other servers"
        );
        other.imap = server("imap.nordlicht.test");
        other.smtp = server("imap.nordlicht.test");
        let agreed = agree(vec![whole(Source::Srv, "imap.nordlicht.test"), other]);
        assert_eq!(agreed.pop3, server("pop.fjord.test"), "they mean the same");
        assert!(agreed.hint.is_some(), "and its advice holds");
    }

    #[test]
    fn a_server_in_the_clear_does_not_complete_a_good_answer() {
        let mut plain = whole(Source::Probing, "imap.nordlicht.test");
        plain.pop3 = server("pop.nordlicht.test");
        if let Some(pop3) = &mut plain.pop3 {
            pop3.security = Security::Plain;
        }
        let agreed = agree(vec![whole(Source::Srv, "imap.nordlicht.test"), plain]);
        assert_eq!(agreed.pop3, None);
    }
}
