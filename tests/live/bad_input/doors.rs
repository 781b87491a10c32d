//! A real Dovecot behind doors that a test can spoil: every line passes a proxy that answers in the server's place.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use journeys::{Held, Person, form, on_server};
use waxwing_engine::{SyncReport, SyncScope};
use waxwing_model::{Account, Protocol};
use waxwing_testkit::proxy::{Action, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::{Stage, address, letters};

use super::Outcome;

/// What a server may say instead of doing what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misbehaviour {
    /// NO in IMAP, -ERR in POP3.
    No,
    /// BAD in IMAP; POP3 has no second way of refusing, so its in-use code.
    Bad,
    /// Bytes that are no protocol.
    Garbage,
    /// A goodbye (POP3: hanging up).
    Bye,
    /// It hangs up without a word.
    HangUp,
    /// Nothing, for ever.
    Nothing,
}

/// Those that are over at once; [`Misbehaviour::Nothing`] takes its time and is in `silence.rs`.
pub const MISBEHAVIOURS: [Misbehaviour; 5] = [
    Misbehaviour::No,
    Misbehaviour::Bad,
    Misbehaviour::Garbage,
    Misbehaviour::Bye,
    Misbehaviour::HangUp,
];

/// A stage, the proxy before its Dovecot, and a person.
pub struct Spoiled {
    pub stage: Arc<Stage>,
    pub proxy: Proxy,
    pub person: Person,
    pub who: &'static str,
    protocol: Protocol,
}

/// What was in the person's inbox before anything went wrong.
pub const SUBJECTS: [&str; 3] = ["Anchor", "Buoy", "Compass"];

impl Spoiled {
    pub async fn start(stage: &Arc<Stage>, who: &'static str, protocol: Protocol) -> Outcome<Self> {
        let port = match protocol {
            Protocol::Pop3 => stage.dovecot.pop3s(),
            _ => stage.dovecot.imaps(),
        };
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let pair = stage.dovecot.certificates().good();
        let tls = ProxyTls::Both(pair, stage.ca_pem().to_owned());
        Ok(Self {
            proxy: Proxy::start(server, tls).await?,
            stage: Arc::clone(stage),
            person: Person::new().await,
            who,
            protocol,
        })
    }

    /// A new account of a person whose inbox holds [`SUBJECTS`] and nothing else.
    pub async fn account(&self) -> Outcome<Account> {
        self.proxy.clear();
        for account in self.person.engine.accounts().await? {
            self.person.engine.remove_account(account.id).await?;
        }
        let user = address(self.who);
        let dovecot = &self.stage.dovecot;
        dovecot.doveadm(&["expunge", "-u", &user, "mailbox", "*", "all"])?;
        for subject in SUBJECTS {
            let raw = letters::simple("amara@waxwing.test", &user, subject, "Good morning.");
            dovecot.deliver(self.who, "INBOX", &raw)?;
        }
        let mut form = form(&self.stage, self.who, self.protocol);
        form.incoming.port = self.proxy.port();
        Ok(self.person.add_quietly(form).await)
    }

    pub fn on_server(&self) -> Vec<Held> {
        on_server(&self.stage.dovecot, self.who)
    }

    /// From now on the server misbehaves whenever it hears this; an empty text means the moment when it should greet.
    pub fn spoil(&self, heard: &str, misbehaviour: Misbehaviour) {
        self.proxy.add(
            match (heard, self.protocol) {
                ("", Protocol::Pop3) => greeting("+OK", misbehaviour, "-ERR not today"),
                ("", _) => greeting("* OK", misbehaviour, "* BYE closed for today"),
                (heard, Protocol::Pop3) => Rule::to_server(When::line(heard), pop3(misbehaviour)),
                (heard, _) => Rule::to_server(When::line(heard), imap(misbehaviour)),
            }
            .forever(),
        );
    }

    pub async fn sync(&self, account: &Account) -> SyncReport {
        self.person.engine.sync_once(account, SyncScope::Everything).await
    }

    /// What every case has to leave behind: one sentence at least, each of them readable.
    pub fn readable(report: &SyncReport, case: &str) -> Outcome {
        if report.errors.is_empty() {
            return Err(format!("{case}: nothing was said").into());
        }
        for sentence in &report.errors {
            if !super::sentence::is_a_sentence(sentence) {
                return Err(format!("{case}: this is no sentence: {sentence}").into());
            }
        }
        Ok(())
    }
}

fn greeting(good: &str, misbehaviour: Misbehaviour, refusal: &str) -> Rule {
    Rule::to_client(
        When::line(good),
        match misbehaviour {
            Misbehaviour::No | Misbehaviour::Bad | Misbehaviour::Bye => {
                Action::Replace(format!("{refusal}\r\n").into_bytes())
            }
            Misbehaviour::Garbage => Action::Replace(NONSENSE.to_vec()),
            Misbehaviour::HangUp => Action::Cut,
            Misbehaviour::Nothing => Action::Stall,
        },
    )
}

const NONSENSE: &[u8] = b"\x16\x03\x01 \xff\xfe{{{((( <html>502 Bad Gateway</html>\r\n";

fn imap(misbehaviour: Misbehaviour) -> Action {
    match misbehaviour {
        Misbehaviour::No => Action::answer("{tag} NO Not with me"),
        Misbehaviour::Bad => Action::answer("{tag} BAD What is that?"),
        Misbehaviour::Garbage => Action::Answer(NONSENSE.to_vec()),
        Misbehaviour::Bye => Action::last("* BYE Down for maintenance"),
        Misbehaviour::HangUp => Action::Cut,
        Misbehaviour::Nothing => Action::Stall,
    }
}

fn pop3(misbehaviour: Misbehaviour) -> Action {
    match misbehaviour {
        Misbehaviour::No => Action::answer("-ERR Not with me"),
        Misbehaviour::Bad => Action::answer("-ERR [SYS/TEMP] Later, perhaps"),
        Misbehaviour::Garbage => Action::Answer(NONSENSE.to_vec()),
        Misbehaviour::Bye | Misbehaviour::HangUp => Action::Cut,
        Misbehaviour::Nothing => Action::Stall,
    }
}
