//! Marking letters for removal (DELE, RFC 1939 section 5). The server removes them at QUIT, and not if the connection
//! breaks before it.
//!
//! What is not here: whether they may be removed (the engine has read them back from the store before it asks).

use super::session::Session;
use crate::RemoteError;

/// How many commands are on their way at once: they fit into any socket's buffer many times over.
const WINDOW: usize = 64;

const DOING: &str = "removing letters from the server";

/// What the server would not mark.
#[derive(Debug, Default)]
pub struct Refused {
    pub numbers: Vec<u32>,
    /// Why, of the first.
    pub why: Option<RemoteError>,
}

impl Session {
    /// Marks them. One that is gone already counts as removed. After another refusal the rest is still tried, and those
    /// that the server keeps are given back.
    pub async fn delete(&mut self, numbers: &[u32]) -> Result<Refused, RemoteError> {
        let window = if self.capabilities.pipelining { WINDOW } else { 1 };
        let mut refused = Refused::default();
        for numbers in numbers.chunks(window) {
            self.dialogue.begin(DOING)?;
            let commands: String = numbers
                .iter()
                .map(|number| format!("DELE {number}\r\n"))
                .collect();
            self.dialogue.lines.send(commands.as_bytes(), DOING).await?;
            for &number in numbers {
                match self.dialogue.verdict(DOING).await? {
                    Ok(_) => {}
                    Err(refusal) if refusal.means_gone() => {}
                    Err(refusal) => {
                        refused.numbers.push(number);
                        let why = refusal.into_error(DOING);
                        refused.why.get_or_insert(why);
                    }
                }
            }
            self.dialogue.end();
        }
        Ok(refused)
    }
}
