//! POP3 servers whose names for messages cannot be relied on, or whose answers do not come: nothing comes twice, nothing is
//! missed, and nothing else is removed than what was to be.

mod names;
mod staying;

use journeys::{Person, eventually, form_for};
use waxwing_engine::{Action, Here, SyncReport, SyncScope};
use waxwing_model::{Account, Activity, Body, Keep, Keeping, Protocol, Retention, Role};
use waxwing_testkit::maildrop::{Farewell, Maildrop, Manners, Names};
use waxwing_testkit::{address, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

struct Scene {
    server: Maildrop,
    lena: Person,
    account: Account,
}

impl Scene {
    async fn start(manners: Manners, retention: Retention) -> Result<Self, Box<dyn std::error::Error>> {
        let server = Maildrop::start(manners).await?;
        let lena = Person::new().await;
        let mut form = form_for("lena", Protocol::Pop3, server.pop3s(), 9, server.ca_pem());
        form.retention = retention;
        let account = lena.add_quietly(form).await;
        Ok(Self {
            server,
            lena,
            account,
        })
    }

    fn deliver(&self, subjects: &[&str]) {
        for subject in subjects {
            self.server.deliver(&letter(subject));
        }
    }

    async fn look(&self) -> SyncReport {
        let account = self.lena.account(self.account.id).await;
        self.lena.engine.sync_once(&account, SyncScope::Everything).await
    }

    async fn look_well(&self, why: &str) -> SyncReport {
        let report = self.look().await;
        assert_eq!(report.errors, Vec::<String>::new(), "{why}");
        report
    }

    /// The subjects in the inbox, in the order of the alphabet.
    async fn here(&self) -> Vec<String> {
        let mut subjects = self.lena.subjects(Role::Inbox).await;
        subjects.sort();
        subjects
    }

    /// The subjects on the server, in its order.
    fn there(&self) -> Vec<String> {
        let subject = |raw: &Vec<u8>| {
            let text = String::from_utf8_lossy(raw).into_owned();
            let line = text.lines().find_map(|line| line.strip_prefix("Subject: "));
            line.unwrap_or_default().to_owned()
        };
        self.server.messages().iter().map(subject).collect()
    }

    async fn delete_for_good(&self, subject: &str) -> Outcome {
        for role in [Role::Inbox, Role::Trash] {
            let letter = self.lena.letter(role, subject).await.ok_or("the letter")?;
            let emails = vec![letter.id];
            self.lena.engine.perform(Action::Delete { emails }).await?;
        }
        Ok(())
    }
}

/// All of one length, so that nothing can be told by it.
fn letter(subject: &str) -> Vec<u8> {
    letters::simple("amara@waxwing.test", &address("lena"), subject, "Good morning.")
}

fn naming(names: Names) -> Manners {
    Manners {
        names,
        ..Manners::default()
    }
}
