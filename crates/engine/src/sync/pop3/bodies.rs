//! The rest of letters of which only the header is here: of one that is opened at once, of others when they are wanted
//! whole by now, or wanted elsewhere.

use std::collections::HashMap;

use waxwing_model::{Account, EmailId};
use waxwing_remote::RemoteError;
use waxwing_remote::pop3::{Next, Session};
use waxwing_store::Looks;

use super::pool::Face;
use super::survey::{Care, Survey};
use super::{connect, hold};
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Letters that are written together.
const AT_ONCE: usize = 20;

/// Whether there is anything for [`bring_missing`].
pub(super) async fn are_missing(engine: &Engine, account: &Account) -> Result<bool> {
    let (id, largest) = (account.id, account.keeping.largest());
    engine
        .read(move |reading| {
            Ok(!reading.bodies_promised(id)?.is_empty()
                || !reading.uidls_without_body(id, largest)?.is_empty())
        })
        .await
}

/// Letters that were too large when they came, and are not any more; and those that are on their way elsewhere.
pub(super) async fn bring_missing(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    numbers: &HashMap<String, u32>,
) -> Result<()> {
    let (id, largest) = (account.id, account.keeping.largest());
    let (mut wanted, promised) = engine
        .read(move |reading| {
            let mut promised = Vec::new();
            for email in reading.bodies_promised(id)? {
                promised.push((reading.uidl_of(email)?, email));
            }
            Ok((reading.uidls_without_body(id, largest)?, promised))
        })
        .await?;
    for (name, email) in promised {
        match name {
            Some(name) if numbers.contains_key(&name) => wanted.push((name, email)),
            // The server has let go of it.
            _ => engine.give_up_copies_of(email).await?,
        }
    }
    for wanted in wanted.chunks(AT_ONCE) {
        bring(engine, account, session, numbers, wanted).await?;
    }
    Ok(())
}

/// One letter, for whoever opens it.
pub(crate) async fn fetch(engine: &Engine, account: &Account, email: EmailId) -> Result<()> {
    let _held = hold(engine, account).await?;
    let here = engine
        .read(move |reading| {
            let whole = reading
                .email(email)?
                .is_some_and(|email| email.body == waxwing_model::Body::Complete);
            Ok((whole, reading.uidl_of(email)?))
        })
        .await?;
    let name = match here {
        (true, _) => return Ok(()),
        (false, name) => name.ok_or(EngineError::Gone("the letter"))?,
    };
    let mut session = connect(engine, account).await?;
    let survey = Survey::of(engine, account, &mut session, Care::Numbers).await?;
    let brought = bring(engine, account, &mut session, &survey.numbers, &[(name, email)]).await;
    // It is here whatever the goodbye is.
    let _ = session.quit().await;
    match brought? {
        0 => Err(EngineError::Gone("the letter")),
        _ => Ok(()),
    }
}

/// Gives how many came.
pub(super) async fn bring(
    engine: &Engine,
    account: &Account,
    session: &mut Session,
    numbers: &HashMap<String, u32>,
    wanted: &[(String, EmailId)],
) -> Result<usize> {
    let of_number: HashMap<u32, (String, EmailId)> = wanted
        .iter()
        .filter_map(|(name, email)| Some((*numbers.get(name)?, (name.clone(), *email))))
        .collect();
    let id = account.id;
    let names: Vec<String> = of_number.values().map(|(name, _)| name.clone()).collect();
    let looks: HashMap<String, Looks> = engine
        .read(move |reading| {
            let rows = reading.known_uidls(id)?;
            Ok(rows
                .into_iter()
                .filter(|row| names.contains(&row.uidl))
                .filter_map(|row| Some((row.uidl, row.looks?)))
                .collect())
        })
        .await?;
    let asked: Vec<u32> = of_number.keys().copied().collect();
    let (mut bodies, mut seen) = (Vec::new(), Vec::new());
    let fetched = session
        .retrieve_each(&asked, &mut |number, raw| {
            if let Some((name, email)) = of_number.get(&number)
                && let Some(looks) = looks.get(name)
            {
                let face = Face::of_whole(&raw);
                // The rest of one letter must never be taken for another's.
                if face.head == looks.head {
                    seen.push((name.clone(), face.looks(looks.size)));
                    bodies.push((*email, raw));
                }
            }
            Next::Continue
        })
        .await;
    let count = bodies.len();
    if count > 0 {
        crate::sync::bodies::keep(engine, bodies).await?;
        engine
            .write(move |writing| {
                for (name, looks) in &seen {
                    writing.describe_uidl(id, name, looks)?;
                }
                Ok(())
            })
            .await?;
    }
    match fetched {
        Ok(()) | Err(RemoteError::Refused { .. } | RemoteError::Limit { .. }) => Ok(count),
        Err(error) => Err(error.into()),
    }
}
