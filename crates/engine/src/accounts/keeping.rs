//! How much of an account stands on this computer, and whether anything is fetched by itself: chosen by the person,
//! followed by the account's task from its next step on.

use waxwing_model::{Account, AccountId, Activity, Keep, Keeping, Protocol};
use waxwing_store::Droppable;

use crate::clock::now;
use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// Bodies that go in one transaction: a fraction of a second.
const AT_ONCE: u32 = 200;
/// A longer window is as good as all letters.
const MOST_DAYS: u16 = 36_500;

impl Engine {
    /// Says how much is kept from now on. What is missing comes, newest first; what is here already stays until
    /// [`Engine::drop_bodies`].
    pub async fn set_keeping(&self, account: AccountId, keeping: Keeping) -> Result<()> {
        let there = self.account(account).await?;
        match there.protocol {
            Protocol::Imap => {}
            // A large letter can wait there, as long as it stays there. Old ones are nobody's but ours.
            Protocol::Pop3 if keeping.keep == Keep::All => {}
            Protocol::Pop3 | Protocol::Local => {
                return Err(EngineError::Invalid(format!(
                    "{} keeps all its mail on this computer, since no server does",
                    there.email
                )));
            }
        }
        validate(&keeping)?;
        self.write(move |writing| writing.put_keeping(account, &keeping))
            .await?;
        self.wake(account);
        Ok(())
    }

    /// What these wishes would leave on the server and is here all the same, so that the person can be asked.
    pub async fn droppable(&self, account: AccountId, keeping: Keeping) -> Result<Droppable> {
        self.read(move |reading| reading.droppable(account, &keeping, now()))
            .await
    }

    /// Gives up the bodies that the account's wishes leave on the server, and gives the room back to the disk where that
    /// is worth it. Gives how many bodies went.
    pub async fn drop_bodies(&self, account: AccountId) -> Result<u32> {
        let keeping = self.account(account).await?.keeping;
        let mut gone = 0_u32;
        loop {
            let some = self
                .write(move |writing| writing.drop_bodies(account, &keeping, now(), AT_ONCE))
                .await?;
            gone = gone.saturating_add(some);
            if some == 0 {
                break;
            }
        }
        if gone > 0 {
            // The bodies are gone either way, and new mail takes their room.
            self.give_back_room().await;
        }
        Ok(gone)
    }

    /// From now on nothing is fetched by itself, in the next run of the program neither. What the person does still
    /// reaches the server, and what they ask for still comes.
    pub async fn pause(&self, account: AccountId) -> Result<()> {
        with_server(&self.account(account).await?)?;
        self.write(move |writing| writing.set_paused(account, true))
            .await?;
        // At once: the task may be in the middle of a step.
        if !matches!(
            self.activity(account),
            Activity::Offline { .. } | Activity::Failed { .. }
        ) {
            self.set_activity(account, Activity::Paused { waiting: 0 });
        }
        self.wake(account);
        Ok(())
    }

    /// Goes on where the pause began.
    pub async fn resume(&self, account: AccountId) -> Result<()> {
        self.write(move |writing| writing.set_paused(account, false))
            .await?;
        self.wake(account);
        self.sync_now(Some(account));
        Ok(())
    }
}

pub(super) fn validate(keeping: &Keeping) -> Result<()> {
    if let Keep::Days { days } = keeping.keep
        && !(1..=MOST_DAYS).contains(&days)
    {
        return Err(EngineError::Invalid(format!(
            "letters can be kept for 1 to {MOST_DAYS} days, and not for {days}"
        )));
    }
    if keeping.large == Some(0) {
        return Err(EngineError::Invalid(
            "a letter counts as large from 1 MB on; smaller ones are always taken whole".into(),
        ));
    }
    Ok(())
}

/// Mail that has no server to stay on is kept whole.
fn with_server(account: &Account) -> Result<()> {
    match account.protocol {
        Protocol::Imap | Protocol::Pop3 => Ok(()),
        Protocol::Local => Err(EngineError::Invalid(format!(
            "{} has no server, so that there is nothing to fetch",
            account.email
        ))),
    }
}
