//! What an account is called and which colour it has, where it stands among the others, whether it connects at all, and how
//! often it is looked after.

use waxwing_model::{AccountId, Activity, Protocol};

use crate::engine::Engine;
use crate::error::{EngineError, Result};

/// A name has to fit into the sidebar.
const LONGEST_LABEL: usize = 80;
/// A day.
const MOST_MINUTES: u16 = 1_440;

impl Engine {
    /// An empty name: it is called by its address.
    pub async fn set_look(&self, account: AccountId, label: &str, colour: u8) -> Result<()> {
        self.account(account).await?;
        let label = label.trim().to_owned();
        if label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
            return Err(EngineError::Invalid(format!(
                "the name of an account has one line of {LONGEST_LABEL} letters at most"
            )));
        }
        self.write(move |writing| writing.set_look(account, &label, colour))
            .await
    }

    /// The accounts from the first to the last. One that is not named stands behind those that are.
    pub async fn order_accounts(&self, accounts: Vec<AccountId>) -> Result<()> {
        let there = self.accounts().await?;
        let known = |account: &AccountId| there.iter().any(|other| other.id == *account);
        // One may have been removed in another window meanwhile.
        let accounts: Vec<AccountId> = accounts.into_iter().filter(known).collect();
        self.write(move |writing| writing.order_accounts(&accounts)).await
    }

    /// The account connects no more, in the next run of the program neither. Its letters stay and can be read; what is done
    /// to them waits in the journal, and letters in its outbox wait too.
    pub async fn disable(&self, account: AccountId) -> Result<()> {
        let known = self.account(account).await?;
        if known.protocol == Protocol::Local {
            return Err(EngineError::Invalid(format!(
                "{} has no server, so that there is nothing to switch off",
                known.called()
            )));
        }
        self.require_settled(&known)?;
        self.write(move |writing| writing.set_disabled(account, true))
            .await?;
        self.end_account(account).await;
        self.set_activity(account, Activity::Idle);
        Ok(())
    }

    /// Ends [`Engine::disable`]: the account connects again, and what has waited goes out.
    pub async fn enable(&self, account: AccountId) -> Result<()> {
        let known = self.account(account).await?;
        self.write(move |writing| writing.set_disabled(account, false))
            .await?;
        if known.disabled {
            self.run_account(account);
        }
        Ok(())
    }

    /// How often a maildrop is looked into, and an IMAP server that does not tell of news by itself. `None`: as usual.
    pub async fn set_check_minutes(&self, account: AccountId, minutes: Option<u16>) -> Result<()> {
        self.account(account).await?;
        if let Some(minutes) = minutes
            && !(1..=MOST_MINUTES).contains(&minutes)
        {
            return Err(EngineError::Invalid(format!(
                "an account can be looked after every 1 to {MOST_MINUTES} minutes, and not every {minutes}"
            )));
        }
        self.write(move |writing| writing.set_check_minutes(account, minutes))
            .await?;
        // The task reads it when it begins.
        self.go_on(account).await;
        Ok(())
    }
}
