//! What a letter wanted from the network, who asked for it, and for whom a person has allowed it.

use std::collections::{BTreeMap, HashMap};

use waxwing_model::{Address, EmailId};
use waxwing_remote::discover::registered_domain;
use waxwing_sanitize::{Details, Tracker, TrackerKind};
use waxwing_store::{TrackerFact, TrackingSender};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// What a letter wanted, told to its reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemoteContent {
    /// Hosts with how many pictures each was to give.
    pub hosts: Vec<(String, u32)>,
    pub trackers: Vec<Tracker>,
    pub personal_links: u32,
}

/// Whose pictures from the network are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedFor {
    Sender(String),
    /// By its id.
    List(String),
    /// Everybody of a domain.
    Domain(String),
}

const BEGINNING: &str = "images.";

impl AllowedFor {
    /// The setting that remembers it. `None` for nobody, or else every letter without a sender would be allowed with the
    /// first.
    pub(super) fn setting(&self) -> Option<String> {
        let (kind, name) = match self {
            Self::Sender(name) => ("from", name),
            Self::List(name) => ("list", name),
            Self::Domain(name) => ("domain", name),
        };
        let name = name.trim().to_lowercase();
        (!name.is_empty()).then(|| format!("{BEGINNING}{kind}.{name}"))
    }

    fn read(rest: &str) -> Option<Self> {
        let (kind, name) = rest.split_once('.')?;
        let name = name.to_owned();
        match kind {
            "from" => Some(Self::Sender(name)),
            "list" => Some(Self::List(name)),
            "domain" => Some(Self::Domain(name)),
            _ => None,
        }
    }
}

impl From<&Details> for RemoteContent {
    fn from(details: &Details) -> Self {
        let mut hosts: Vec<(String, u32)> = details.hosts.clone().into_iter().collect();
        hosts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Self {
            hosts,
            trackers: details.trackers.clone(),
            personal_links: details.personal_links,
        }
    }
}

impl Engine {
    /// From now on, letters of these show their pictures from the network, where somebody vouches that they are theirs. It was
    /// said over this letter, and a list that does not vouch itself is known by its sender there.
    pub async fn allow_images(&self, email: EmailId, whose: AllowedFor) -> Result<()> {
        let whose = registered(whose);
        let Some(setting) = whose.setting() else {
            return Err(EngineError::Invalid("the letter does not say who sent it".into()));
        };
        let pinned = match whose {
            AllowedFor::List(list) => self.pinned(email, &list).await?,
            AllowedFor::Sender(_) | AllowedFor::Domain(_) => None,
        };
        self.put_setting(&setting, pinned.as_deref().unwrap_or("yes"))
            .await
    }

    /// From now on they do not.
    pub async fn forbid_images(&self, whose: AllowedFor) -> Result<()> {
        let settings = [whose.setting(), registered(whose).setting()];
        self.write(move |writing| {
            for setting in settings.into_iter().flatten() {
                writing.remove_setting(&setting)?;
            }
            Ok(())
        })
        .await
    }

    /// Everybody whose pictures are shown.
    pub async fn images_allowed(&self) -> Result<Vec<AllowedFor>> {
        let found = self.read(|reading| reading.settings_under(BEGINNING)).await?;
        Ok(found.iter().filter_map(|rest| AllowedFor::read(rest)).collect())
    }

    /// Senders who would hear that their letters were opened, or did because pictures were shown; the most frequent first.
    pub async fn tracking_senders(&self) -> Result<Vec<TrackingSender>> {
        // Those of a letter that was opened just now among them.
        self.all_kept().await;
        self.read(|reading| reading.tracking_senders(500)).await
    }
}

/// Of a domain, the one that somebody has registered: its hosts are all theirs, and shops write from any of them.
fn registered(whose: AllowedFor) -> AllowedFor {
    match whose {
        AllowedFor::Domain(name) => AllowedFor::Domain(registered_domain(name.trim()).unwrap_or(name)),
        other => other,
    }
}

/// The domain of a sender that somebody has registered.
pub(crate) fn domain(sender: &Address) -> Option<String> {
    registered_domain(sender.email.rsplit_once('@')?.1)
}

/// The ways in which a letter would tell that it was opened. Nobody has been told by any of them yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaysToTell {
    pub(crate) ways: Vec<TrackerFact>,
    /// Its pictures are about to be asked for, and some of them tell. Pixels and counters are never asked for.
    pub(crate) are_near: bool,
}

/// Whoever serves a picture, and hears by its address who reads the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listener {
    pub(crate) host: String,
    pub(crate) service: Option<&'static str>,
}

/// Who would hear of which pictures, by their addresses.
pub(crate) fn listeners(details: &Details) -> HashMap<&str, Listener> {
    let telling = details
        .trackers
        .iter()
        .filter(|one| one.kind == TrackerKind::Personal);
    let each = telling.map(|one| {
        let listener = Listener {
            host: one.host.clone(),
            service: one.service,
        };
        (one.address.as_str(), listener)
    });
    each.collect()
}

/// What is kept of a letter that was opened, with its pictures or without.
pub(crate) fn facts(details: &Details, with_pictures: bool) -> WaysToTell {
    let mut found: BTreeMap<(String, &str), TrackerFact> = BTreeMap::new();
    for tracker in &details.trackers {
        let kind = match tracker.kind {
            TrackerKind::Pixel => "pixel",
            TrackerKind::Counter => "counter",
            TrackerKind::Personal => "personal",
        };
        found
            .entry((tracker.host.clone(), kind))
            .or_insert_with(|| TrackerFact {
                host: tracker.host.clone(),
                kind: kind.to_owned(),
                service: tracker.service.map(str::to_owned),
                amount: 0,
                loaded: false,
            })
            .amount += 1;
    }
    let links = (details.personal_links > 0).then(|| TrackerFact {
        host: String::new(),
        kind: "link".to_owned(),
        service: None,
        amount: details.personal_links,
        loaded: false,
    });
    let is_personal = |tracker: &Tracker| tracker.kind == TrackerKind::Personal;
    WaysToTell {
        ways: found.into_values().chain(links).collect(),
        are_near: with_pictures && details.trackers.iter().any(is_personal),
    }
}

#[cfg(test)]
mod tests {
    use super::AllowedFor;

    #[test]
    fn a_sender_is_remembered_however_the_address_is_written_and_nobody_is_not() {
        let setting = |name: &str| AllowedFor::Sender(name.to_owned()).setting();
        assert_eq!(
            setting(" Amara@Waxwing.test "),
            Some("images.from.amara@waxwing.test".into()),
            "the same person"
        );
        assert_eq!(setting(" "), None, "nobody is not a sender");
    }

    #[test]
    fn what_was_allowed_is_read_as_it_was_written() {
        for whose in [
            AllowedFor::Sender("amara@waxwing.test".into()),
            AllowedFor::List("nieuws.rust.example".into()),
            AllowedFor::Domain("waxwing.test".into()),
        ] {
            let setting = whose.setting().unwrap();
            assert_eq!(
                AllowedFor::read(setting.strip_prefix("images.").unwrap()),
                Some(whose)
            );
        }
    }
}
