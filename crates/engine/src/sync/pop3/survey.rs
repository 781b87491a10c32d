//! Which message of the maildrop is which: what is known, what is new, and what is missing. A glance is enough where nothing
//! happened; where names are missing, repeated, doubtful or new, headers are asked for.
//!
//! Not here: bringing what is new, and removing.

use std::collections::{HashMap, HashSet};

use waxwing_model::{Account, Retention};
use waxwing_remote::RemoteError;
use waxwing_remote::pop3::{Glance, Next, Session};
use waxwing_store::{KnownUidl, Looks};

use super::names::{BY_LOOKS, Fresh, Listed, Names, is_counted, listed, unreliable};
use super::pool::{Face, Pool, with_looks};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// How sure it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Nothing need be numbered where nothing has happened.
    Usual,
    /// Each message is to be told by its number.
    Numbers,
}

#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The numbers of known messages, by name.
    pub(super) numbers: HashMap<String, u32>,
    pub(super) fresh: Vec<Fresh>,
    pub(super) pool: Pool,
    /// A sentence about headers that the server does not give at the moment.
    pub(super) complaint: Option<String>,
    names: Names,
}

impl Survey {
    pub(super) fn take_names(&mut self) -> Names {
        std::mem::take(&mut self.names)
    }

    pub(super) async fn of(
        engine: &Engine,
        account: &Account,
        session: &mut Session,
        care: Care,
    ) -> Result<Self> {
        let id = account.id;
        let glance = session.glance().await?;
        let known = engine.read(move |reading| reading.known_uidls(id)).await?;
        if let Some(names) = &glance.names
            && let Some(unchanged) = unchanged(names, glance.total, &known)
        {
            return Ok(unchanged);
        }
        if care == Care::Usual
            && account.retention == Retention::Keep
            && last_is_known(session, &glance, &known).await?
        {
            return Ok(Self {
                pool: Pool::default(),
                ..Self::default()
            });
        }
        Self::look_closely(engine, account, session, &glance, known).await
    }

    async fn look_closely(
        engine: &Engine,
        account: &Account,
        session: &mut Session,
        glance: &Glance,
        known: Vec<KnownUidl>,
    ) -> Result<Self> {
        let listed = listed(glance, &session.sizes().await?);
        let unreliable = unreliable(&listed);
        let mut known: HashMap<String, KnownUidl> =
            known.into_iter().map(|row| (row.uidl.clone(), row)).collect();
        let trusted = |one: &Listed| one.uidl.clone().filter(|uidl| !unreliable.contains(uidl));

        let there: HashSet<String> = listed.iter().filter_map(trusted).collect();
        let vanished = known
            .values()
            .any(|row| row.gone_at.is_none() && !there.contains(&row.uidl));
        let sizes_gone: HashSet<u32> = known
            .values()
            .filter(|row| row.gone_at.is_some())
            .filter_map(|row| Some(row.looks.as_ref()?.size))
            .collect();
        let asks = |one: &&Listed| match trusted(one).and_then(|uidl| known.get(&uidl)) {
            Some(row) => is_doubtful(row, one.size) || row.looks.is_none(),
            None => trusted(one).is_none() || vanished || sizes_gone.contains(&one.size),
        };
        let numbers: Vec<u32> = listed.iter().filter(asks).map(|one| one.number).collect();
        let (faces, complaint) = faces(session, &numbers).await?;

        let mut survey = Self {
            complaint,
            ..Self::default()
        };
        let mut looks: Vec<(String, Looks)> = Vec::new();
        let mut waiting = Vec::new();
        for one in listed {
            let face = faces.get(&one.number);
            let name = match (trusted(&one), face) {
                (Some(uidl), _) => Some(uidl),
                (None, Some(face)) => Some(survey.names.give(&one.prefix(), face, one.size)),
                (None, None) => None,
            };
            let same = name.as_ref().and_then(|name| known.get(name)).is_some_and(|row| {
                !is_doubtful(row, one.size)
                    || face
                        .is_some_and(|face| row.looks.as_ref().is_some_and(|looks| looks.head == face.head))
            });
            match name {
                Some(name) if same => {
                    if let Some(row) = known.remove(&name) {
                        looks.extend(renewed(&row, face, one.size).map(|looks| (name.clone(), looks)));
                        survey.numbers.insert(name, one.number);
                    }
                }
                name => waiting.push(Fresh {
                    number: one.number,
                    size: one.size,
                    prefix: one.prefix(),
                    name,
                }),
            }
        }
        let missing = match waiting.is_empty() {
            true => known.into_values().collect(),
            false => with_looks(engine, known.into_values().collect()).await?,
        };
        survey.pool = Pool::of(missing);
        let mut renames = Vec::new();
        for fresh in waiting {
            let face = faces.get(&fresh.number);
            let met = face.and_then(|face| Some((survey.pool.with_header(face, fresh.size)?, face)));
            match (met, fresh.name.clone()) {
                (Some((row, face)), Some(name)) => {
                    survey.numbers.insert(name.clone(), fresh.number);
                    let mut looks = face.looks(fresh.size);
                    looks.content = row.looks.as_ref().and_then(|looks| looks.content.clone());
                    renames.push((row, name, looks));
                }
                _ => survey.fresh.push(fresh),
            }
        }
        let id = account.id;
        if !renames.is_empty() || !looks.is_empty() {
            engine
                .write(move |writing| {
                    for (name, looks) in &looks {
                        writing.describe_uidl(id, name, looks)?;
                    }
                    writing.rename_uidls(id, &renames)
                })
                .await?;
        }
        Ok(survey)
    }
}

/// What a known message that was recognised looks like from now on, if that is not known already.
fn renewed(row: &KnownUidl, face: Option<&Face>, size: u32) -> Option<Looks> {
    match (&row.looks, face) {
        (Some(looks), _) if looks.size == size && !row.leaving && row.gone_at.is_none() => None,
        (Some(looks), _) => Some(Looks {
            size,
            ..looks.clone()
        }),
        (None, Some(face)) => Some(face.looks(size)),
        (None, None) => None,
    }
}

/// Whether a name may be of another message by now: it measures otherwise, was not listed for a time, or was to be removed.
fn is_doubtful(row: &KnownUidl, size: u32) -> bool {
    row.leaving || row.gone_at.is_some() || row.looks.as_ref().is_some_and(|looks| looks.size != size)
}

/// Every message is known by a name of its own, and all together measure what they did. Others may have vanished.
fn unchanged(names: &[(u32, String)], total: Option<(u32, u64)>, known: &[KnownUidl]) -> Option<Survey> {
    let (count, octets) = total?;
    let rows: HashMap<&str, &KnownUidl> = known.iter().map(|row| (row.uidl.as_str(), row)).collect();
    if usize::try_from(count) != Ok(names.len())
        || is_counted(names.iter().map(|(n, name)| (*n, name.as_str())))
    {
        return None;
    }
    let mut numbers = HashMap::with_capacity(names.len());
    let mut sum = 0;
    for (number, name) in names {
        let row = rows.get(name.as_str())?;
        let looks = row.looks.as_ref()?;
        if is_doubtful(row, looks.size) || numbers.insert(name.clone(), *number).is_some() {
            return None;
        }
        sum += u64::from(looks.size);
    }
    if sum != octets {
        return None;
    }
    let missing = known.iter().filter(|row| !numbers.contains_key(&row.uidl));
    Some(Survey {
        pool: Pool::of(missing.cloned().collect()),
        numbers,
        ..Survey::default()
    })
}

/// Whether a maildrop whose messages have no names that last is as it was: as many messages measure as much, and the last
/// one, behind which new mail would stand, is known.
async fn last_is_known(session: &mut Session, glance: &Glance, known: &[KnownUidl]) -> Result<bool> {
    let nameless = match &glance.names {
        None => true,
        Some(names) => is_counted(names.iter().map(|(number, name)| (*number, name.as_str()))),
    };
    let Some((count, octets)) = glance.total.filter(|(count, _)| nameless && *count > 0) else {
        return Ok(false);
    };
    let there: Vec<&KnownUidl> = known.iter().filter(|row| row.gone_at.is_none()).collect();
    let mut sum = 0;
    for row in &there {
        match &row.looks {
            Some(looks) if row.uidl.contains(BY_LOOKS) => sum += u64::from(looks.size),
            _ => return Ok(false),
        }
    }
    if usize::try_from(count) != Ok(there.len()) || sum != octets {
        return Ok(false);
    }
    let (faces, _) = faces(session, &[count]).await?;
    Ok(faces.get(&count).is_some_and(|face| {
        there
            .iter()
            .any(|row| row.looks.as_ref().is_some_and(|looks| looks.head == face.head))
    }))
}

/// The headers of these messages, as far as the server gives them, and what it says of the others.
async fn faces(session: &mut Session, numbers: &[u32]) -> Result<(HashMap<u32, Face>, Option<String>)> {
    let mut faces = HashMap::with_capacity(numbers.len());
    let asked = session
        .headers_each(numbers, &mut |number, raw| {
            faces.insert(number, Face::of_header(&raw));
            Next::Continue
        })
        .await;
    match asked {
        // Without TOP the whole message tells.
        Ok(()) | Err(RemoteError::Refused { .. }) => Ok((faces, None)),
        // Those behind it were given. What has no face is asked for as a whole, and if need be with the next look.
        Err(error @ RemoteError::Temporary { .. }) => {
            let complaint = EngineError::from(error).trouble().to_string();
            Ok((faces, Some(complaint)))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(uidl: &str, size: u32) -> KnownUidl {
        KnownUidl {
            uidl: uidl.to_owned(),
            email: None,
            deleted: false,
            seen_at: 0,
            looks: Some(Looks {
                size,
                head: uidl.as_bytes().to_vec(),
                content: None,
            }),
            leaving: false,
            gone_at: None,
        }
    }

    #[test]
    fn a_glance_shows_that_nothing_happened_and_doubts_what_measures_otherwise() {
        let names = [(1, "a".to_owned()), (2, "b".to_owned())];
        let rows = [known("a", 10), known("b", 20), known("c", 5)];
        let survey = unchanged(&names, Some((2, 30)), &rows).expect("nothing is new");
        assert_eq!(survey.numbers.len(), 2, "both have numbers");
        assert_eq!(survey.pool.rest().len(), 1, "and one vanished");
        assert!(
            unchanged(&names, Some((2, 31)), &rows).is_none(),
            "a name has another message"
        );
        assert!(
            unchanged(&names, Some((3, 30)), &rows).is_none(),
            "one has no name"
        );
        assert!(unchanged(&names, None, &rows).is_none(), "nothing is said");
        let twice = [(1, "a".to_owned()), (2, "a".to_owned())];
        assert!(
            unchanged(&twice, Some((2, 20)), &rows).is_none(),
            "a name is there twice"
        );
    }
}
