//! Letters that agree in too little to be the same for certain: their texts are fetched from the server and compared.

use std::collections::HashMap;
use std::sync::Arc;

use waxwing_model::EmailId;
use waxwing_remote::imap::Session;
use waxwing_store::StoreError;

use super::census::Census;
use super::matching::{Doubt, Here, settle};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};
use crate::operations::sameness::{Sameness, compare};
use crate::sync::pop3::Face;

/// Gives the pairs of one doubt.
pub(super) async fn resolve(
    engine: &Engine,
    session: &mut Session,
    census: &Census,
    here: &[Here],
    doubt: Doubt,
) -> Result<Vec<(usize, usize)>> {
    let mut theirs: HashMap<usize, Vec<u8>> = HashMap::new();
    for at in &doubt.there {
        let Some(letter) = census.letters.get(*at) else {
            continue;
        };
        let Some(folder) = census.folders.get(letter.folder) else {
            continue;
        };
        if session.selected() != Some(folder.path.as_str())
            && session.select(&folder.path).await?.uid_validity != folder.uid_validity
        {
            return Err(EngineError::Invalid(
                "the server has numbered a folder anew meanwhile; please try again".into(),
            ));
        }
        if let Some(raw) = session.fetch_body(letter.uid).await? {
            theirs.insert(*at, raw);
        }
    }
    let mut ours: HashMap<usize, Option<Vec<u8>>> = HashMap::new();
    for at in &doubt.here {
        let Some(letter) = here.get(*at) else { continue };
        let raw = match letter.whole {
            true => bytes(engine, letter.email).await?,
            // With a Message-ID the header is enough: its text is on the server in any case.
            false if doubt.named => None,
            false => continue,
        };
        ours.insert(*at, raw);
    }
    let (ours, theirs) = (Arc::new(ours), Arc::new(theirs));
    blocking(move || {
        settle(&doubt, |own, other| match (ours.get(&own), theirs.get(&other)) {
            (Some(Some(own)), Some(other)) => is_same(own, other, doubt.named),
            (Some(None), Some(_)) => true,
            _ => false,
        })
    })
    .await
}

/// Spoilt bytes are like nothing.
async fn bytes(engine: &Engine, email: EmailId) -> Result<Option<Vec<u8>>> {
    let raw = engine
        .read(move |reading| match reading.raw(email) {
            Err(StoreError::Damaged(_)) => Ok(None),
            outcome => outcome,
        })
        .await?;
    Ok(Some(raw.unwrap_or_default()))
}

/// Either server may have added fields of its own.
fn is_same(ours: &[u8], theirs: &[u8], named: bool) -> bool {
    if Face::of_whole(ours).content == Face::of_whole(theirs).content {
        return true;
    }
    named && (compare(ours, theirs) != Sameness::Different || compare(theirs, ours) != Sameness::Different)
}
