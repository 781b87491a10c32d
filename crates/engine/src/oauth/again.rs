//! An account that is there signs in in the browser: once more, or for the first time in the place of its password, at the server that
//! is read from or at the one that sends. What came is tried there before it is kept.

use std::sync::Arc;

use waxwing_model::{Account, AccountId, Authentication};
use waxwing_remote::oauth::Grant;

use super::{SignInId, for_tokens, not_for, seal_grant};
use crate::accounts::credentials::{Door, write_sealing};
use crate::accounts::shown::Shown;
use crate::accounts::sign_in::OF_THE_SIGN_IN;
use crate::accounts::{Doorway, TriedDoor};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// Shows what came of a sign-in in the browser to the server that it is for, and keeps it if that takes it. What is for incoming
    /// mail is for sending too, where that has nothing of its own and the same provider. The account goes on at once, and letters
    /// that waited for the sign-in go.
    pub async fn signed_in_again(
        &self,
        account: AccountId,
        door: Door,
        signed_in: SignInId,
    ) -> Result<Vec<TriedDoor>> {
        let known = self.account(account).await?;
        let grant = self.signed_in_grant(signed_in)?;
        let mut doorways = self.doorways(account).await?;
        let asked = doorways.iter().find(|doorway| doorway.door == door);
        match asked {
            Some(asked) if grant.covers(&asked.server.host) => {}
            Some(asked) => return Err(not_for(&grant, &asked.server.host)),
            None => return Err(nothing_to_open(&known)),
        }
        doorways.retain(|doorway| doorway.door == door || door == Door::Incoming && follows(doorway, &grant));
        for doorway in &mut doorways {
            for_tokens(&mut doorway.server);
        }
        let shown: Vec<(Door, Shown)> = doorways
            .iter()
            .map(|doorway| (doorway.door, Shown::Grant(Arc::clone(&grant))))
            .collect();
        let tried = self.try_doors(&known, &doorways, &shown).await?;
        if tried.iter().all(|door| door.tried.is_ok()) {
            self.keep_grant(&known, door, &doorways, &grant).await?;
            self.give_up_sign_in(signed_in);
            self.go_on(account).await;
        }
        Ok(tried)
    }

    async fn keep_grant(
        &self,
        known: &Account,
        place: Door,
        doorways: &[Doorway],
        grant: &Grant,
    ) -> Result<()> {
        let account = known.id;
        let _nobody_else = self.without_renewal(account).await;
        let before = self.granted_before(account).await;
        let doors: Vec<Door> = doorways.iter().map(|doorway| doorway.door).collect();
        let left_to_sending = match place == Door::Incoming && !doors.contains(&Door::Outgoing) {
            true => self.shared_with_sending(account, known.outgoing.as_ref()).await?,
            false => None,
        };
        let inner = self.inner.clone();
        let grant = grant.clone();
        blocking(move || {
            write_sealing(&inner, |writing, seal| {
                if let Some(shared) = &left_to_sending {
                    shared.keep(writing, seal, account)?;
                }
                seal_grant(writing, seal, (account, place), &grant)?;
                if let Some(mut now) = writing.account(account)? {
                    let servers = [
                        (Door::Incoming, &mut now.incoming),
                        (Door::Outgoing, &mut now.outgoing),
                    ];
                    for (door, server) in servers {
                        if let Some(server) = server.as_mut().filter(|_| doors.contains(&door)) {
                            for_tokens(server);
                        }
                    }
                    writing.update_account(&now)?;
                }
                if let Door::Identity(identity) = place
                    && let Some(mut now) = writing.identity(identity)?
                {
                    now.outgoing.iter_mut().for_each(for_tokens);
                    writing.update_identity(identity, &now.into())?;
                }
                // A password that opened one of these doors would come first.
                for door in &doors {
                    seal.forget(writing, account, (*door).into())?;
                }
                writing.revive_submissions(account, &OF_THE_SIGN_IN)?;
                writing.hasten_submissions(account, &[])
            })
        })
        .await??;
        self.forget_tokens((account, place));
        self.take_back_what_lost(before).await;
        Ok(())
    }
}

/// A server that sends goes with the one that is read from, where the provider knows its people too.
fn follows(doorway: &Doorway, grant: &Grant) -> bool {
    doorway.door == Door::Outgoing
        && !doorway.own
        && doorway.server.authentication != Authentication::None
        && grant.covers(&doorway.server.host)
}

fn nothing_to_open(account: &Account) -> EngineError {
    EngineError::Invalid(format!(
        "{} has no server there that one signs in to",
        account.called()
    ))
}
