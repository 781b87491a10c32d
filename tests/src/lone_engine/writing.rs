//! What the lone engine does with a letter that is being written. There is one at a time.

use waxwing_model::{Address, Draft, DraftContent, Role};

use super::{Lone, Outcome};

impl Lone {
    /// `false`: it is no word of this file.
    pub(crate) async fn writing(&mut self, verb: &str, rest: &str) -> Outcome<bool> {
        match verb {
            "write" => self.write(rest).await?,
            "discard" => {
                if let Some(draft) = self.the_draft().await? {
                    self.person.engine.discard_draft(draft.id).await?;
                }
            }
            "file" => self.person.engine.file_drafts().await?,
            "in-drafts" => {
                let subjects = self.person.subjects(Role::Drafts).await;
                self.said.extend(subjects);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `Buoy`: the letter is called so from now on, and its composer is closed.
    async fn write(&mut self, subject: &str) -> Outcome<()> {
        let account = self.account().await?;
        let engine = &self.person.engine;
        let draft = match self.the_draft().await? {
            Some(draft) => draft,
            None => {
                engine
                    .new_draft(Some(account.id), DraftContent::default())
                    .await?
            }
        };
        let content = DraftContent {
            to: vec![Address::new("", "jonas@waxwing.test")],
            subject: subject.to_owned(),
            html: "<div>Good morning.</div>".to_owned(),
            ..DraftContent::default()
        };
        engine.save_draft(draft.id, account.id, content).await?;
        engine.close_draft(draft.id).await?;
        Ok(())
    }

    async fn the_draft(&self) -> Outcome<Option<Draft>> {
        Ok(self.person.engine.drafts().await?.into_iter().next())
    }
}
