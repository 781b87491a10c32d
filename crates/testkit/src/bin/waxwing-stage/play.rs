//! What the stage's program does: reads its options, starts the servers, obeys orders. The orders are described in
//! `waxwing-stage.rs`; nothing is decided here that `Stage` could decide.

use std::io::{self, BufRead, Write};

use serde_json::{Map, Value, json};
use waxwing_testkit::{
    CertificateKind, Dovecot, DovecotOptions, PASSWORD, PEOPLE, Postfix, PostfixOptions, StageError, address,
    letters,
};

/// Plays until standard input ends.
pub fn play(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let options = Options::read(arguments)?;
    let dovecot = Dovecot::start(&options.dovecot).map_err(said)?;
    let postfix = match options.no_postfix {
        true => None,
        false => Some(Postfix::start(&options.postfix, &dovecot).map_err(said)?),
    };
    let servers = Servers { postfix, dovecot };
    for order in &options.fill {
        let mut parts = order.split(':');
        let (person, count) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        servers.fill(person, "INBOX", count, parts.next().unwrap_or("1"))?;
    }
    answer(&servers.programme())?;
    // Whoever started us holds the other end. Its end, be it by a kill, is the end of the play.
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let words: Vec<&str> = line.split_whitespace().collect();
        answer(
            &servers
                .obey(&words)
                .unwrap_or_else(|error| json!({ "error": error })),
        )?;
    }
    Ok(())
}

#[derive(Default)]
struct Options {
    dovecot: DovecotOptions,
    postfix: PostfixOptions,
    no_postfix: bool,
    fill: Vec<String>,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options::default();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or_else(|| format!("{argument} wants a value"))
            };
            match argument.as_str() {
                "--no-postfix" => options.no_postfix = true,
                "--plain" => {
                    options.dovecot.plaintext_auth = true;
                    options.postfix.plaintext_auth = true;
                }
                "--separator" => {
                    options.dovecot.separator = value()?.chars().next().ok_or("the separator is empty")?;
                }
                "--mechanisms" => options.dovecot.mechanisms = value()?,
                "--introspection" => options.dovecot.introspection = Some(value()?),
                "--prefix" => options.dovecot.prefix = value()?,
                "--quota" => options.dovecot.quota = Some(value()?),
                "--fill" => options.fill.push(value()?),
                kind => {
                    let kind = certificate(kind)?;
                    options.dovecot.certificate = kind;
                    options.postfix.certificate = kind;
                }
            }
        }
        Ok(options)
    }
}

fn certificate(kind: &str) -> Result<CertificateKind, String> {
    match kind {
        "good" => Ok(CertificateKind::Good),
        "expired" => Ok(CertificateKind::Expired),
        "not-yet-valid" => Ok(CertificateKind::NotYetValid),
        "wrong-host" => Ok(CertificateKind::WrongHost),
        "self-signed" => Ok(CertificateKind::SelfSigned),
        "unknown-issuer" => Ok(CertificateKind::UnknownIssuer),
        _ => Err(format!("{kind} is neither an option nor a certificate")),
    }
}

/// The servers, of which Postfix may be missing. It goes first, so that it does not miss its Dovecot.
struct Servers {
    postfix: Option<Postfix>,
    dovecot: Dovecot,
}

impl Servers {
    /// Where everything is, and who may come in.
    fn programme(&self) -> Value {
        let (dovecot, postfix) = (&self.dovecot, self.postfix.as_ref());
        let people: Map<String, Value> = PEOPLE
            .iter()
            .map(|person| {
                let about = json!({
                    "email": address(person),
                    "password": PASSWORD,
                    "maildir": dovecot.maildir(person),
                });
                ((*person).to_owned(), about)
            })
            .collect();
        json!({
            "host": dovecot.host().to_string(),
            // Each server has an authority of its own; the file holds both.
            "ca": postfix.map_or_else(|| dovecot.ca_file(), Postfix::ca_file),
            "ports": {
                "imap": dovecot.imap(),
                "imaps": dovecot.imaps(),
                "pop3": dovecot.pop3(),
                "pop3s": dovecot.pop3s(),
                "lmtp": dovecot.lmtp(),
                "submission": postfix.map(Postfix::submission),
                "submissions": postfix.map(Postfix::submissions),
                "smtp": postfix.map(Postfix::smtp),
            },
            "people": people,
        })
    }

    fn obey(&self, words: &[&str]) -> Result<Value, String> {
        match words {
            ["deliver", person, mailbox, file] => {
                let raw = std::fs::read(file).map_err(|error| format!("could not read {file}: {error}"))?;
                self.dovecot.deliver(person, mailbox, &raw).map_err(said)?;
            }
            ["fill", person, mailbox, count, seed] => self.fill(person, mailbox, count, seed)?,
            ["letters", person, mailbox] => {
                let letters = self.dovecot.letters(person, mailbox).map_err(said)?;
                let texts: Vec<_> = letters.iter().map(|raw| String::from_utf8_lossy(raw)).collect();
                return Ok(json!({ "letters": texts }));
            }
            ["invalidate", person, mailbox] => self.dovecot.invalidate(person, mailbox).map_err(said)?,
            ["announce", capabilities @ ..] => {
                let list = capabilities.join(" ");
                let list = (!list.is_empty()).then_some(list.as_str());
                self.dovecot.announce(list).map_err(said)?;
            }
            ["password", person, password @ ..] => {
                self.dovecot
                    .set_password(person, &password.join(" "))
                    .map_err(said)?;
                self.postfix_anew()?;
            }
            ["certificate", kind] => {
                self.dovecot.renew_certificate(certificate(kind)?).map_err(said)?;
                self.postfix_anew()?;
            }
            ["stop", "dovecot"] => self.dovecot.stop(),
            ["kill", "dovecot"] => self.dovecot.kill(),
            ["restart", "dovecot"] => self.dovecot.restart().map_err(said)?,
            ["log", "dovecot"] => return Ok(json!({ "log": self.dovecot.log() })),
            ["stop", "postfix"] => self.postfix()?.stop(),
            ["kill", "postfix"] => self.postfix()?.kill(),
            ["restart", "postfix"] => self.postfix()?.restart().map_err(said)?,
            ["log", "postfix"] => return Ok(json!({ "log": self.postfix()?.log() })),
            _ => return Err(format!("the order \"{}\" is not known", words.join(" "))),
        }
        Ok(json!({ "done": true }))
    }

    /// It holds on to the sign-in service of the Dovecot before.
    fn postfix_anew(&self) -> Result<(), String> {
        self.postfix
            .as_ref()
            .map_or(Ok(()), Postfix::restart)
            .map_err(said)
    }

    fn postfix(&self) -> Result<&Postfix, String> {
        self.postfix
            .as_ref()
            .ok_or_else(|| "there is no Postfix on this stage".to_owned())
    }

    fn fill(&self, person: &str, mailbox: &str, count: &str, seed: &str) -> Result<(), String> {
        let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
        let count = usize::try_from(number(count)?).map_err(|error| error.to_string())?;
        for raw in letters::generate(number(seed)?, count) {
            self.dovecot.deliver(person, mailbox, &raw).map_err(said)?;
        }
        Ok(())
    }
}

fn answer(value: &Value) -> Result<(), String> {
    let mut out = io::stdout().lock();
    writeln!(out, "{value}")
        .and_then(|()| out.flush())
        .map_err(|error| format!("nobody listens: {error}"))
}

fn said(error: StageError) -> String {
    error.to_string()
}
