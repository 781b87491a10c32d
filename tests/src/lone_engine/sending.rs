//! What the lone engine does with letters in its outbox, which are told apart by their subjects.

use waxwing_model::{Submission, SubmissionState};

use super::{Lone, Outcome};

impl Lone {
    /// `false`: it is no word of this file.
    pub(crate) async fn outgoing(&mut self, verb: &str, rest: &str) -> Outcome<bool> {
        match verb {
            "send-two" => self.send_two(rest).await?,
            "letter" => {
                let told = match self.letter_of(rest).await? {
                    Some(letter) => told(&letter),
                    None => "gone".to_owned(),
                };
                self.said.push(told);
            }
            "again" => {
                let letter = self.letter_of(rest).await?.ok_or("the letter is there")?;
                let outcome = self.person.engine.retry_submission(letter.id).await;
                self.say(outcome.map(|()| "done".to_owned()));
            }
            "dismiss" => {
                let letter = self.letter_of(rest).await?.ok_or("the letter is there")?;
                let outcome = self.person.engine.dismiss_submission(letter.id).await;
                self.say(outcome.map(|()| "done".to_owned()));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    async fn letter_of(&self, subject: &str) -> Outcome<Option<Submission>> {
        let outbox = self.person.engine.outbox().await?;
        Ok(outbox.into_iter().find(|letter| letter.subject == subject))
    }

    /// A letter to jonas and amara, handed over once, and where it is then.
    async fn send_two(&mut self, subject: &str) -> Outcome<()> {
        let account = self.account().await?;
        let raw = waxwing_testkit::letters::simple(
            &account.email,
            "jonas@waxwing.test, amara@waxwing.test",
            subject,
            "Please pay.",
        );
        let engine = &self.person.engine;
        let submission = engine.send_message(&account, raw).await?;
        let letter = engine.deliver_now(&account, submission).await?;
        self.said.push(told(&letter));
        Ok(())
    }
}

/// One word, and what stands behind it.
fn told(letter: &Submission) -> String {
    match &letter.state {
        SubmissionState::Waiting => "waiting".to_owned(),
        SubmissionState::Sending => "sending".to_owned(),
        SubmissionState::Sent { reply } => format!("sent {reply}"),
        SubmissionState::Failed {
            trouble,
            permanent: true,
        } => format!("refused {trouble}"),
        SubmissionState::Failed { trouble, .. } => format!("failed {trouble}"),
        SubmissionState::Unknown if letter.searched => "unknown, searched".to_owned(),
        SubmissionState::Unknown => "unknown".to_owned(),
    }
}
