//! What a server does otherwise once it is asked to (ENABLE, RFC 5161): tells what vanished (QRESYNC, RFC 7162), takes
//! and gives UTF-8 (UTF8=ACCEPT, RFC 6855), speaks IMAP4rev2 beside IMAP4rev1 (RFC 9051, section 6.3.1). All in one
//! round trip, and without it everything works as it did.
//!
//! Not here: what follows from it. `news` hears what the server took up, and whoever says a name asks there.

use super::Session;
use super::command::Command;
use crate::RemoteError;

const DOING: &str = "agreeing on extensions";
const QRESYNC: &str = "QRESYNC";

/// iCloud garbles VANISHED and takes up QRESYNC without the ENABLED that would say so.
const GARBLING: [&str; 2] = ["mail.me.com", "mail.icloud.com"];

impl Session {
    /// Asks for all of it that the server offers. To be called before a mailbox is selected (RFC 5161, section 3.1).
    /// `host` is the server's name, since one provider is known by it.
    pub async fn enable(&mut self, host: &str) -> Result<(), RemoteError> {
        let wanted = self.wanted(host);
        if wanted.is_empty() {
            return Ok(());
        }
        // A refusal does no harm. Without ENABLED it does not count (RFC 5161, section 3.2).
        let command = Command::new(DOING, &line(&wanted));
        self.exchange.attempt(command, &mut |_| false).await?;
        if self.exchange.news.rev2() {
            self.capabilities = self.capabilities.in_rev2();
            self.exchange.literal_at_once = self.capabilities.literal_at_once();
        }
        Ok(())
    }

    /// The same without waiting for the answer, where the next command can be said and understood without it. Until one
    /// was answered, nothing counts as enabled.
    pub async fn enable_ahead(&mut self, host: &str) -> Result<(), RemoteError> {
        match self.wanted(host).as_slice() {
            [QRESYNC] => self.exchange.say_ahead(DOING, &line(&[QRESYNC])).await,
            // Names of mailboxes would be others, and so would be what is offered.
            _ => self.enable(host).await,
        }
    }

    fn wanted(&self, host: &str) -> Vec<&'static str> {
        let mut wanted = Vec::new();
        let host = host.to_ascii_lowercase();
        let garbles = GARBLING.iter().any(|garbling| host.ends_with(garbling));
        if self.capabilities.qresync && !garbles && !self.exchange.news.qresync() {
            wanted.push(QRESYNC);
        }
        // A server with UTF8=ONLY is asked in the same words (RFC 6855, section 6).
        let utf8 = self.capabilities.has("UTF8=ACCEPT") || self.capabilities.has("UTF8=ONLY");
        if utf8 && !self.exchange.news.utf8_accepted() {
            wanted.push("UTF8=ACCEPT");
        }
        if self.capabilities.has("IMAP4REV2")
            && self.capabilities.has("IMAP4REV1")
            && !self.exchange.news.rev2()
        {
            wanted.push("IMAP4rev2");
        }
        wanted
    }
}

fn line(wanted: &[&str]) -> String {
    format!("ENABLE {}", wanted.join(" "))
}
