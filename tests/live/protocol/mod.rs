//! Accounts that change from POP3 to IMAP and back, against a Dovecot that serves the same mailbox by both: nothing is lost,
//! nothing comes twice on either side, and what is here is not fetched again.

mod back;
mod broken;
mod folders;
mod onto;
mod troubles;

use journeys::{Person, cuts, form, server};
use waxwing_engine::{ImapPlan, OnlyHere, Pop3Plan, ProtocolChange, ProtocolPlan, SyncScope};
use waxwing_model::{Account, EmailId, Protocol, Role, Security};
use waxwing_testkit::proxy::Direction;
use waxwing_testkit::{Proxy, Stage, letters};

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// lena, her account, and the two doors of her server.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    /// Before the IMAP port.
    pub(crate) proxy: Proxy,
    pub(crate) lena: Person,
    pub(crate) account: Account,
}

impl Scene {
    pub(crate) async fn new(protocol: Protocol) -> Result<Self, Box<dyn std::error::Error>> {
        Self::on(Stage::start()?, protocol).await
    }

    pub(crate) async fn on(stage: Stage, protocol: Protocol) -> Result<Self, Box<dyn std::error::Error>> {
        let proxy = cuts::proxy(&stage.dovecot).await?;
        let lena = Person::new().await;
        let mut form = form(&stage, "lena", protocol);
        if protocol == Protocol::Imap {
            form.incoming.port = proxy.port();
        }
        let account = lena.add_quietly(form).await;
        Ok(Self {
            stage,
            proxy,
            lena,
            account,
        })
    }

    /// Brings the account into step, whichever protocol it has by now.
    pub(crate) async fn look(&mut self) -> u32 {
        self.account = self.lena.account(self.account.id).await;
        let report = self
            .lena
            .engine
            .sync_once(&self.account, SyncScope::Everything)
            .await;
        assert_eq!(report.errors, Vec::<String>::new(), "the look goes well");
        report.new
    }

    pub(crate) fn change(&self, to: Protocol, only_here: OnlyHere) -> ProtocolChange {
        let port = match to {
            Protocol::Pop3 => self.stage.dovecot.pop3s(),
            _ => self.proxy.port(),
        };
        ProtocolChange {
            account: self.account.id,
            to,
            server: server(port, Security::Tls, "lena"),
            allow_plain: false,
            accepted: Vec::new(),
            only_here,
            local_folders: "Local Folders".into(),
        }
    }

    pub(crate) fn put(&self, folder: &str, raw: &[u8]) -> Outcome {
        Ok(self.stage.dovecot.deliver("lena", folder, raw)?)
    }

    pub(crate) fn expunge(&self, folder: &str, subject: &str) -> Outcome {
        let user = "lena@waxwing.test";
        self.stage
            .dovecot
            .doveadm(&["expunge", "-u", user, "mailbox", folder, "subject", subject])?;
        Ok(())
    }

    pub(crate) async fn id(&self, role: Role, subject: &str) -> Result<EmailId, Box<dyn std::error::Error>> {
        let letter = self.lena.letter(role, subject).await;
        Ok(letter.ok_or_else(|| format!("{subject} is in {role:?}"))?.id)
    }

    /// How often a whole letter was asked for by IMAP.
    pub(crate) fn bodies_fetched(&self) -> usize {
        let said = self.proxy.said(Direction::ToServer);
        String::from_utf8_lossy(&said).matches("BODY.PEEK[]").count()
    }
}

pub(crate) fn imap(plan: ProtocolPlan) -> Result<ImapPlan, Box<dyn std::error::Error>> {
    match plan {
        ProtocolPlan::Imap(plan) => Ok(plan),
        ProtocolPlan::Pop3(_) => Err("that is the other way round".into()),
    }
}

pub(crate) fn pop3(plan: ProtocolPlan) -> Result<Pop3Plan, Box<dyn std::error::Error>> {
    match plan {
        ProtocolPlan::Pop3(plan) => Ok(plan),
        ProtocolPlan::Imap(_) => Err("that is the other way round".into()),
    }
}

/// A letter with a Message-ID.
pub(crate) fn letter(subject: &str) -> Vec<u8> {
    letters::simple(
        "amara@waxwing.test",
        "lena@waxwing.test",
        subject,
        "Good morning.",
    )
}

/// A letter as a machine writes it: nothing says which it is.
pub(crate) fn nameless(subject: &str, body: &str) -> Vec<u8> {
    format!(
        "From: cron@waxwing.test\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\n\
         Date: Mon, 02 Mar 2026 04:00:00 +0000\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}
