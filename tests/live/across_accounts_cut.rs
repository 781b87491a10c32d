//! Letters on their way between accounts while the connection breaks at every place where it can: at every moment at
//! least one copy is somewhere, and after the next replay there is exactly one, in the target.

#![allow(clippy::indexing_slicing, reason = "a test stops where it fails")]

use journeys::cuts::{self, Cut};
use journeys::{Person, deliver, form, form_at, on_disk};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Account, AccountId, EmailId, Mailbox, Protocol, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, Proxy, Stage};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// lena's letters go to jonas. Each has a server of their own, behind a proxy of its own.
struct Scene {
    person: Person,
    from: Side,
    to: Side,
    scope: SyncScope,
}

struct Side {
    name: &'static str,
    dovecot: Dovecot,
    proxy: Proxy,
    account: Account,
}

/// Which connection is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Source,
    Target,
}

async fn side(
    person: &Person,
    name: &'static str,
    capabilities: Option<&str>,
) -> Result<Side, Box<dyn std::error::Error>> {
    let dovecot = Dovecot::start(&DovecotOptions {
        capabilities: capabilities.map(|more| format!("IMAP4rev1 SASL-IR ENABLE NAMESPACE UNSELECT {more}")),
        ..DovecotOptions::default()
    })?;
    let proxy = cuts::proxy(&dovecot).await?;
    let account = person.add_quietly(form_at(&dovecot, name, proxy.port())).await;
    person.engine.sync_once(&account, SyncScope::HeadersOnly).await;
    Ok(Side {
        name,
        dovecot,
        proxy,
        account,
    })
}

impl Side {
    fn count(&self, mailbox: &str, subject: &str) -> usize {
        on_disk(&self.dovecot, self.name, mailbox, subject).0
    }
}

impl Scene {
    async fn new(capabilities: Option<&str>, scope: SyncScope) -> Result<Self, Box<dyn std::error::Error>> {
        let person = Person::new().await;
        let from = side(&person, "lena", capabilities).await?;
        let to = side(&person, "jonas", capabilities).await?;
        Ok(Self {
            person,
            from,
            to,
            scope,
        })
    }

    async fn folder(&self, account: AccountId, role: Role) -> Result<Mailbox, Box<dyn std::error::Error>> {
        let mailboxes = self.person.engine.mailboxes().await?;
        let found = mailboxes
            .into_iter()
            .find(|mailbox| mailbox.account == account && mailbox.role == Some(role));
        Ok(found.ok_or("the folder is there")?)
    }

    async fn shown(
        &self,
        account: AccountId,
        role: Role,
    ) -> Result<Vec<EmailId>, Box<dyn std::error::Error>> {
        let mailbox = self.folder(account, role).await?;
        let letters = self.person.letters(&mailbox).await;
        Ok(letters.into_iter().map(|email| email.id).collect())
    }

    /// A letter arrives and is moved over. Gives its new id.
    async fn begin(&self, subject: &str) -> Result<EmailId, Box<dyn std::error::Error>> {
        deliver(&self.from.dovecot, self.from.name, subject);
        let report = self.person.engine.sync_once(&self.from.account, self.scope).await;
        assert_eq!(report.errors, Vec::<String>::new(), "{subject} begins well");
        let emails = self.shown(self.from.account.id, Role::Inbox).await?;
        assert_eq!(emails.len(), 1, "{subject}: one letter is in the inbox");
        let to = self.folder(self.to.account.id, Role::Archive).await?.id;
        self.person.engine.perform(Action::Move { emails, to }).await?;
        let shown = self.shown(self.to.account.id, Role::Archive).await?;
        assert_eq!(shown.len(), 1, "{subject} is shown in the target at once");
        Ok(shown[0])
    }

    /// What each account can do now. Whether a connection broke.
    async fn carry(&self) -> bool {
        let mut broke = false;
        for side in [&self.from, &self.to, &self.from] {
            broke |= self.person.engine.push_once(&side.account).await.is_err();
        }
        broke
    }

    async fn check(&self, subject: &str, moved: EmailId, place: &str) -> Outcome {
        for _ in 0..2 {
            self.carry().await;
        }
        for side in [&self.from, &self.to] {
            let pending = self.person.engine.has_pending_operations(side.account.id).await?;
            assert!(!pending, "cut {place}: {} has nothing left to do", side.name);
        }
        assert_eq!(
            (
                self.from.count("INBOX", subject),
                self.to.count("Archive", subject),
                on_disk(&self.to.dovecot, self.to.name, "Archive", subject).1
            ),
            (0, 1, 1),
            "cut {place}: exactly one, in the target"
        );
        for side in [&self.from, &self.to] {
            self.person.engine.sync_once(&side.account, self.scope).await;
        }
        assert_eq!(
            (
                self.shown(self.from.account.id, Role::Inbox).await?,
                self.shown(self.to.account.id, Role::Archive).await?
            ),
            (Vec::new(), vec![moved]),
            "cut {place}: that is what is shown"
        );
        self.to
            .dovecot
            .doveadm(&["expunge", "-u", "jonas@waxwing.test", "mailbox", "Archive", "all"])?;
        self.person
            .engine
            .sync_once(&self.to.account, SyncScope::HeadersOnly)
            .await;
        Ok(())
    }

    fn proxy(&self, at: At) -> &Proxy {
        match at {
            At::Source => &self.from.proxy,
            At::Target => &self.to.proxy,
        }
    }

    async fn run(mut self, at: At) -> Outcome {
        let moved = self.begin("round 0").await?;
        let since = cuts::mark(self.proxy(at));
        assert!(!self.carry().await, "nothing breaks by itself");
        let places: Vec<Cut> = cuts::everywhere(self.proxy(at), since);
        self.check("round 0", moved, "nowhere").await?;
        let mut broken = 0;
        for (number, Cut { place, rule }) in places.into_iter().enumerate() {
            let subject = format!("round {}", number + 1);
            let moved = self.begin(&subject).await?;
            self.proxy(at).add(rule);
            broken += usize::from(self.carry().await);
            assert!(
                self.from.count("INBOX", &subject) + self.to.count("Archive", &subject) >= 1,
                "cut {place}: there is a copy at every moment"
            );
            self.proxy(at).clear();
            if number % 16 == 5 {
                self.person = self.person.restart().await;
            }
            self.check(&subject, moved, &place).await?;
        }
        assert!(broken > 10, "the cuts did cut: {broken} times");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_at_the_target_leaves_one_copy_there() -> Outcome {
    Scene::new(Some("UIDPLUS MOVE LITERAL+"), SyncScope::Everything)
        .await?
        .run(At::Target)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_at_an_old_target_leaves_one_copy_there() -> Outcome {
    Scene::new(Some(""), SyncScope::Everything)
        .await?
        .run(At::Target)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_at_the_source_leaves_one_copy_in_the_target() -> Outcome {
    Scene::new(Some("UIDPLUS MOVE LITERAL+"), SyncScope::HeadersOnly)
        .await?
        .run(At::Source)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_anywhere_on_the_way_into_a_folder_of_this_computer_leaves_one_copy_there() -> Outcome {
    let stage = Stage::start()?;
    let proxy = cuts::proxy(&stage.dovecot).await?;
    let person = Person::new().await;
    let lena = person
        .add_quietly(form_at(&stage.dovecot, "lena", proxy.port()))
        .await;
    let jonas = person.add_quietly(form(&stage, "jonas", Protocol::Pop3)).await;
    let archive = person
        .engine
        .mailboxes()
        .await?
        .into_iter()
        .find(|mailbox| mailbox.account == jonas.id && mailbox.role == Some(Role::Archive))
        .ok_or("an archive")?;
    let mut places: Option<Vec<Cut>> = None;
    let mut round = 0;
    loop {
        let subject = format!("round {round}");
        deliver(&stage.dovecot, "lena", &subject);
        person.engine.sync_once(&lena, SyncScope::HeadersOnly).await;
        let letter = person.letter(Role::Inbox, &subject).await.ok_or("the letter")?;
        person
            .engine
            .perform(Action::Move {
                emails: vec![letter.id],
                to: archive.id,
            })
            .await?;
        let since = cuts::mark(&proxy);
        let place = match &places {
            None => "nowhere".to_owned(),
            Some(places) => {
                let cut = &places[round - 1];
                proxy.add(cut.rule.clone());
                cut.place.clone()
            }
        };
        let _ = person.engine.push_once(&lena).await;
        proxy.clear();
        if places.is_none() {
            places = Some(cuts::everywhere(&proxy, since));
        }
        person.engine.push_once(&lena).await?;
        assert_eq!(
            on_disk(&stage.dovecot, "lena", "INBOX", &subject).0,
            0,
            "cut {place}: the server has let go of it"
        );
        let here = person.letters(&archive).await;
        let found: Vec<_> = here.iter().filter(|email| email.subject == subject).collect();
        assert_eq!(found.len(), 1, "cut {place}: it is here once");
        let raw = person.engine.raw(found[0].id).await?;
        assert!(
            String::from_utf8_lossy(&raw).contains("Good morning."),
            "cut {place}: and whole"
        );
        round += 1;
        if places.as_ref().is_some_and(|places| round > places.len()) {
            return Ok(());
        }
    }
}
