//! An account that is there signs in in the browser: once more, or for the first time in the place of its password. What came is
//! tried at its servers before it is kept.

use std::sync::Arc;

use waxwing_model::{Account, AccountId};
use waxwing_remote::oauth::Grant;

use super::{SignInId, for_tokens, seal_grant};
use crate::accounts::credentials::{Door, write_sealing};
use crate::accounts::sign_in::{OF_THE_SIGN_IN, Shown};
use crate::accounts::{Doorway, TriedDoor};
use crate::engine::{Engine, blocking};
use crate::error::{EngineError, Result};

impl Engine {
    /// Shows what came of a sign-in in the browser to the account's servers, and keeps it if each takes it. The account goes on at
    /// once, and letters that waited for the sign-in go.
    pub async fn signed_in_again(&self, account: AccountId, signed_in: SignInId) -> Result<Vec<TriedDoor>> {
        let known = self.account(account).await?;
        let grant = self.signed_in_grant(signed_in)?;
        let mut doorways = self.doorways(account).await?;
        doorways.retain(|doorway| is_opened(doorway, &grant));
        for doorway in &mut doorways {
            for_tokens(&mut doorway.server);
        }
        if !doorways.iter().any(|doorway| doorway.door == Door::Incoming) {
            return Err(EngineError::Invalid(format!(
                "the sign-in at {} is not for the servers of {}",
                grant.provider,
                known.called()
            )));
        }
        let shown: Vec<(Door, Shown)> = doorways
            .iter()
            .map(|doorway| (doorway.door, Shown::Grant(Arc::clone(&grant))))
            .collect();
        let tried = self.try_doors(&known, &doorways, &shown).await?;
        if tried.iter().all(|door| door.tried.is_ok()) {
            self.keep_grant(&known, &doorways, &grant).await?;
            self.give_up_sign_in(signed_in);
            self.go_on(account).await;
        }
        Ok(tried)
    }

    async fn keep_grant(&self, known: &Account, doorways: &[Doorway], grant: &Grant) -> Result<()> {
        let account = known.id;
        let _nobody_else = self.without_renewal(account).await;
        let before = self.granted_before(account).await;
        let inner = self.inner.clone();
        let grant = grant.clone();
        let doors: Vec<Door> = doorways.iter().map(|doorway| doorway.door).collect();
        blocking(move || {
            write_sealing(&inner, |writing, seal| {
                seal_grant(writing, seal, account, &grant)?;
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
                // A password that opened one of these doors would come first.
                for door in &doors {
                    seal.forget(writing, account, (*door).into())?;
                }
                writing.revive_submissions(account, &OF_THE_SIGN_IN)?;
                writing.hasten_submissions(account, &[])
            })
        })
        .await??;
        self.forget_tokens(account);
        self.take_back_what_lost(before).await;
        Ok(())
    }
}

/// A server of the account that the provider knows the person of, and that is not the server of one identity alone.
fn is_opened(doorway: &Doorway, grant: &Grant) -> bool {
    matches!(doorway.door, Door::Incoming | Door::Outgoing) && grant.covers(&doorway.server.host)
}
