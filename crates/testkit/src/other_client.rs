//! Another mail program of the same person, for any IMAP server: it says commands as they are written and gives what the
//! server says. It sets marks, makes folders, and looks at what the server really has.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use crate::StageError;
use crate::people::{PASSWORD, address};

/// A mail program that signs in anew for each errand. It speaks in clear, to loopback only.
#[derive(Debug, Clone, Copy)]
pub struct OtherClient {
    port: u16,
}

/// A letter as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnServer {
    pub subject: String,
    /// Sorted, without `\Recent`.
    pub flags: Vec<String>,
}

impl OtherClient {
    pub(crate) fn new(port: u16) -> OtherClient {
        OtherClient { port }
    }

    /// Signs in, says each command, and gives all that was answered. One that is not answered with OK is an error.
    pub fn tell(&self, person: &str, commands: &[&str]) -> Result<String, StageError> {
        let said = self.hear(person, commands)?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    /// The letters in a folder, oldest first, octet for octet as the server gives them.
    pub fn whole(&self, person: &str, mailbox: &str) -> Result<Vec<Vec<u8>>, StageError> {
        let examine = format!("EXAMINE \"{mailbox}\"");
        let said = self.hear(person, &[&examine, "FETCH 1:* BODY.PEEK[]"])?;
        let (mut letters, mut rest) = (Vec::new(), said.as_slice());
        while let Some(end) = rest.iter().position(|sign| *sign == b'\n') {
            let (line, behind) = rest.split_at(end + 1);
            let size = literal(line).unwrap_or_default();
            if let (true, Some(letter)) = (literal(line).is_some(), behind.get(..size)) {
                letters.push(letter.to_vec());
            } else if line.ends_with(b"BODY[] \"\"\r\n") || line.ends_with(b"BODY[] \"\")\r\n") {
                letters.push(Vec::new());
            }
            rest = behind.get(size..).unwrap_or_default();
        }
        Ok(letters)
    }

    fn hear(&self, person: &str, commands: &[&str]) -> Result<Vec<u8>, StageError> {
        let failed = StageError::io("talk to an IMAP server as another mail program");
        self.converse(person, commands).map_err(failed)?
    }

    /// Puts a letter into a folder, byte for byte.
    pub fn deliver(&self, person: &str, mailbox: &str, raw: &[u8]) -> Result<(), StageError> {
        let raw = String::from_utf8_lossy(raw);
        let append = format!("APPEND \"{mailbox}\" {{{}+}}\r\n{raw}", raw.len());
        self.tell(person, &[&append]).map(drop)
    }

    /// The letters in a folder, by subject.
    pub fn letters(&self, person: &str, mailbox: &str) -> Result<Vec<OnServer>, StageError> {
        let examine = format!("EXAMINE \"{mailbox}\"");
        let fetch = "FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])";
        let empty = format!("STATUS \"{mailbox}\" (MESSAGES)");
        // A set of none is an error for some servers.
        if self.tell(person, &[&empty])?.contains("MESSAGES 0") {
            return Ok(Vec::new());
        }
        let mut letters: Vec<OnServer> = Vec::new();
        for line in self.tell(person, &[&examine, fetch])?.lines() {
            if line.contains(" FETCH (") {
                let flags = line.split_once("FLAGS (").map_or("", |(_, rest)| rest);
                let flags = flags.split_once(')').map_or("", |(flags, _)| flags);
                let mut flags: Vec<String> = flags
                    .split_ascii_whitespace()
                    .filter(|flag| *flag != "\\Recent")
                    .map(str::to_owned)
                    .collect();
                flags.sort();
                letters.push(OnServer {
                    subject: String::new(),
                    flags,
                });
            } else if let (Some(subject), Some(last)) = (line.strip_prefix("Subject: "), letters.last_mut()) {
                last.subject = subject.to_owned();
            }
        }
        letters.sort();
        Ok(letters)
    }

    /// The paths of all folders, sorted.
    pub fn folders(&self, person: &str) -> Result<Vec<String>, StageError> {
        let listed = self.tell(person, &["LIST \"\" \"*\""])?;
        let mut folders: Vec<String> = listed
            .lines()
            .filter_map(|line| line.strip_prefix("* LIST (")?.split_once(") \""))
            .filter_map(|(_, rest)| rest.split_once("\" "))
            .map(|(_, name)| name.trim().trim_matches('"').to_owned())
            .collect();
        folders.sort();
        Ok(folders)
    }

    fn converse(&self, person: &str, commands: &[&str]) -> Result<Result<Vec<u8>, StageError>, Error> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut reader = BufReader::new(stream);
        reader.read_until(b'\n', &mut Vec::new())?;
        let mut said = Vec::new();
        let login = format!("LOGIN \"{}\" \"{PASSWORD}\"", address(person));
        let all = std::iter::once(login.as_str()).chain(commands.iter().copied());
        for (number, command) in all.enumerate() {
            let tag = format!("t{number} ");
            let line = format!("{tag}{command}\r\n");
            reader.get_mut().write_all(line.as_bytes())?;
            loop {
                let mut line = Vec::new();
                if reader.read_until(b'\n', &mut line)? == 0 {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
                if !line.starts_with(tag.as_bytes()) {
                    let size = literal(&line).unwrap_or_default();
                    said.append(&mut line);
                    // What is in a letter may look like an answer.
                    let mut letter = vec![0; size];
                    reader.read_exact(&mut letter)?;
                    said.append(&mut letter);
                    continue;
                }
                let line = String::from_utf8_lossy(&line).into_owned();
                if line.starts_with(&format!("{tag}OK")) {
                    break;
                }
                let command = command.lines().next().unwrap_or_default().to_owned();
                return Ok(Err(StageError::Command {
                    command,
                    output: line,
                }));
            }
        }
        Ok(Ok(said))
    }
}

/// How many octets follow a line (RFC 9051, section 4.3).
fn literal(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    line.strip_suffix('}')?.rsplit_once('{')?.1.parse().ok()
}
