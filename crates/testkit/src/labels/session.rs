//! One connection: commands read, done in the world, and answered (RFC 9051; UIDPLUS, RFC 4315; MOVE, RFC 6851;
//! CONDSTORE, RFC 7162; LIST-STATUS, RFC 5819). What a command means is the world's.

use std::io;
use std::sync::Mutex;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

use super::syntax::{field, fields, holds, inside, set, words};
use super::world::{DELETED, Mailbox, Message, World};
use super::{Semantics, lock};
use crate::PASSWORD;

const CAPABILITIES: &str =
    "IMAP4rev1 UNSELECT UIDPLUS MOVE CONDSTORE LIST-EXTENDED LIST-STATUS SPECIAL-USE LITERAL-";
const FLAGS: &str = "\\Seen \\Flagged \\Answered \\Draft \\Deleted";

pub(super) async fn converse<S>(stream: S, world: &Mutex<World>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufReader::new(stream);
    let mut session = Session::default();
    stream
        .get_mut()
        .write_all(b"* OK [CAPABILITY IMAP4rev1] at your service\r\n")
        .await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        // Only APPEND has a literal, and it comes last.
        let mut literal = Vec::new();
        if let Some((length, at_once)) = announced(&line) {
            if !at_once {
                stream.get_mut().write_all(b"+ go on\r\n").await?;
            }
            literal = vec![0; length];
            stream.read_exact(&mut literal).await?;
            stream.read_line(&mut String::new()).await?;
        }
        let line = line.trim_end();
        let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
        let mut said = Vec::new();
        let condition = {
            let mut world = lock(world);
            let secret = command.to_ascii_uppercase().starts_with("LOGIN");
            let heard = if secret { "LOGIN" } else { command };
            world.heard.push(heard.to_owned());
            session.answer(&mut world, command, literal, &mut said)
        };
        said.extend_from_slice(format!("{tag} {condition}\r\n").as_bytes());
        stream.get_mut().write_all(&said).await?;
        stream.get_mut().flush().await?;
        if command.eq_ignore_ascii_case("LOGOUT") {
            return stream.get_mut().shutdown().await;
        }
    }
}

/// `{123}` at the end of a line, or `{123+}`, which waits for nothing.
fn announced(line: &str) -> Option<(usize, bool)> {
    let (_, number) = line.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let at_once = number.ends_with('+');
    Some((number.trim_end_matches('+').parse().ok()?, at_once))
}

#[derive(Default)]
struct Session {
    signed_in: bool,
    selected: Option<String>,
}

impl Session {
    /// What is said before the tagged condition goes into `said`.
    fn answer(&mut self, world: &mut World, command: &str, literal: Vec<u8>, said: &mut Vec<u8>) -> String {
        let words = words(command);
        let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
        let verb = word(0).to_ascii_uppercase();
        let names = match world.semantics {
            Semantics::Gmail => "X-GM-EXT-1",
            Semantics::Objects => "OBJECTID",
        };
        match verb.as_str() {
            "CAPABILITY" => say(said, &format!("* CAPABILITY {CAPABILITIES} {names}")),
            "NOOP" | "CHECK" | "SUBSCRIBE" | "UNSUBSCRIBE" => {}
            "LOGOUT" => say(said, "* BYE"),
            "LOGIN" if word(2) == PASSWORD => {
                self.signed_in = true;
                return format!("OK [CAPABILITY {CAPABILITIES} {names}] welcome");
            }
            "LOGIN" => return "NO [AUTHENTICATIONFAILED] who are you".to_owned(),
            _ if !self.signed_in => return "BAD sign in first".to_owned(),
            "LIST" if word(2).is_empty() => say(said, "* LIST (\\Noselect) \"/\" \"\""),
            "LIST" => list(world, command, said),
            "STATUS" => match world.mailbox(word(1)) {
                Some(mailbox) => status(world, mailbox, said),
                None => return "NO [NONEXISTENT] there is none".to_owned(),
            },
            "SELECT" => return self.select(world, word(1), said),
            "UNSELECT" => self.selected = None,
            "CREATE" if !world.create(word(1)) => return "NO [ALREADYEXISTS] it is there".to_owned(),
            "CREATE" => {}
            "DELETE" if !world.delete(word(1)) => return "NO [NONEXISTENT] there is none".to_owned(),
            "DELETE" => {}
            "RENAME" if !world.rename(word(1), word(2)) => return "NO it cannot be".to_owned(),
            "RENAME" => {}
            "APPEND" => return append(world, &words, literal),
            "UID" => {
                let Some(path) = self.selected.clone() else {
                    return "BAD nothing is selected".to_owned();
                };
                return of_messages(world, &path, &words, command, said);
            }
            _ => return "BAD that is not known here".to_owned(),
        }
        "OK done".to_owned()
    }

    fn select(&mut self, world: &World, path: &str, said: &mut Vec<u8>) -> String {
        self.selected = None;
        let Some(mailbox) = world.mailbox(path) else {
            return "NO [NONEXISTENT] there is none".to_owned();
        };
        self.selected = Some(mailbox.path.clone());
        for line in [
            format!("* FLAGS ({FLAGS})"),
            format!("* OK [PERMANENTFLAGS ({FLAGS} \\*)] kept"),
            format!("* {} EXISTS", mailbox.messages.len()),
            format!("* OK [UIDVALIDITY {}] numbers", mailbox.validity),
            format!("* OK [UIDNEXT {}] next", mailbox.next),
            format!("* OK [HIGHESTMODSEQ {}] changes", mailbox.modseq),
        ] {
            say(said, &line);
        }
        if world.semantics == Semantics::Objects {
            say(said, &format!("* OK [MAILBOXID ({})] named", mailbox.identity));
        }
        "OK [READ-WRITE] selected".to_owned()
    }
}

fn list(world: &World, command: &str, said: &mut Vec<u8>) {
    if world.semantics == Semantics::Gmail {
        say(said, "* LIST (\\Noselect \\HasChildren) \"/\" \"[Gmail]\"");
    }
    for mailbox in &world.mailboxes {
        let attribute = mailbox.attribute.map_or(String::new(), |name| format!(" {name}"));
        let path = &mailbox.path;
        say(
            said,
            &format!("* LIST (\\Subscribed{attribute}) \"/\" \"{path}\""),
        );
        if command.contains("STATUS (") {
            status(world, mailbox, said);
        }
    }
}

fn status(world: &World, mailbox: &Mailbox, said: &mut Vec<u8>) {
    let name = match world.semantics {
        Semantics::Gmail => String::new(),
        Semantics::Objects => format!(" MAILBOXID ({})", mailbox.identity),
    };
    let unseen = mailbox
        .messages
        .values()
        .filter(|message| !world.flags(message).iter().any(|flag| flag == "\\Seen"))
        .count();
    say(
        said,
        &format!(
            "* STATUS \"{}\" (MESSAGES {} UNSEEN {unseen} UIDNEXT {} UIDVALIDITY {} HIGHESTMODSEQ {}{name})",
            mailbox.path,
            mailbox.messages.len(),
            mailbox.next,
            mailbox.validity,
            mailbox.modseq
        ),
    );
}

fn append(world: &mut World, words: &[String], literal: Vec<u8>) -> String {
    let path = words.get(1).map(String::as_str).unwrap_or_default();
    let Some(validity) = world.mailbox(path).map(|mailbox| mailbox.validity) else {
        return "NO [TRYCREATE] there is none".to_owned();
    };
    let letter = world.create_letter(literal, None);
    let Some(uid) = world.put(path, letter) else {
        return "NO it cannot be".to_owned();
    };
    for flag in words.get(2).into_iter().flat_map(|flags| inside(flags)) {
        if flag.starts_with('\\') {
            world.mark_at(path, uid, flag, true);
        }
    }
    format!("OK [APPENDUID {validity} {uid}] kept")
}

/// What begins with UID.
fn of_messages(world: &mut World, path: &str, words: &[String], command: &str, said: &mut Vec<u8>) -> String {
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let Some(mailbox) = world.mailbox(path) else {
        return "NO [NONEXISTENT] it is gone".to_owned();
    };
    let before: Vec<u32> = mailbox.messages.keys().copied().collect();
    let highest = before.last().copied().unwrap_or(0);
    let chosen: Vec<u32> = before
        .iter()
        .copied()
        .filter(|uid| holds(word(2), *uid, highest))
        .collect();
    match word(1).to_ascii_uppercase().as_str() {
        "FETCH" => {
            for uid in chosen {
                fetch(world, path, uid, command, said);
            }
        }
        "STORE" => {
            let set = word(3).starts_with('+');
            for uid in chosen {
                for flag in inside(word(4)) {
                    world.mark_at(path, uid, flag, set);
                }
            }
        }
        "SEARCH" => {
            let found: Vec<String> = mailbox
                .messages
                .iter()
                .filter(|(uid, message)| matches(world, **uid, message, words))
                .map(|(uid, _)| uid.to_string())
                .collect();
            say(said, &format!("* SEARCH {}", found.join(" ")));
        }
        verb @ ("COPY" | "MOVE") => {
            let to = word(3);
            let Some(validity) = world.mailbox(to).map(|mailbox| mailbox.validity) else {
                return "NO [TRYCREATE] there is none".to_owned();
            };
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for uid in chosen {
                let put = match verb {
                    "COPY" => world.copy(path, uid, to),
                    _ => world.carry(path, uid, to),
                };
                old.extend(put.map(|_| uid));
                new.extend(put);
            }
            let told = format!("[COPYUID {validity} {} {}]", set(&old), set(&new));
            if old.is_empty() {
                return "OK nothing to do".to_owned();
            }
            if verb == "COPY" {
                // Into Trash, a copy takes the letter along.
                tell_gone(world, path, &before, said);
                return format!("OK {told} done");
            }
            say(said, &format!("* OK {told} moved"));
            tell_gone(world, path, &before, said);
        }
        "EXPUNGE" => {
            for uid in chosen {
                let deleted = world
                    .mailbox(path)
                    .and_then(|mailbox| mailbox.messages.get(&uid))
                    .is_some_and(|message| world.flags(message).iter().any(|flag| flag == DELETED));
                if deleted {
                    world.expunge(path, uid);
                }
            }
            tell_gone(world, path, &before, said);
        }
        _ => return "BAD that is not known here".to_owned(),
    }
    "OK done".to_owned()
}

/// EXPUNGE for each message of the selected mailbox that is gone, the last first, so that no number shifts.
fn tell_gone(world: &World, path: &str, before: &[u32], said: &mut Vec<u8>) {
    let Some(mailbox) = world.mailbox(path) else {
        return;
    };
    for (at, uid) in before.iter().enumerate().rev() {
        if !mailbox.messages.contains_key(uid) {
            say(said, &format!("* {} EXPUNGE", at + 1));
        }
    }
}

fn matches(world: &World, uid: u32, message: &Message, words: &[String]) -> bool {
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let is_deleted = || world.flags(message).iter().any(|flag| flag == DELETED);
    match word(2).to_ascii_uppercase().as_str() {
        "ALL" => true,
        "DELETED" => is_deleted(),
        "UID" => holds(word(3), uid, uid) && !is_deleted(),
        "HEADER" => world
            .letters
            .get(&message.letter)
            .is_some_and(|letter| field(&letter.raw, word(3)).contains(word(4))),
        "X-GM-MSGID" => word(3) == message.letter.to_string(),
        "EMAILID" => word(3) == format!("M{}", message.letter),
        _ => false,
    }
}

fn fetch(world: &mut World, path: &str, uid: u32, command: &str, said: &mut Vec<u8>) {
    let asks = |item: &str| command.contains(item);
    let Some((at, message)) = world.mailbox(path).and_then(|mailbox| {
        Some((
            mailbox.messages.range(..uid).count() + 1,
            mailbox.messages.get(&uid)?,
        ))
    }) else {
        return;
    };
    let since = command
        .split_once("CHANGEDSINCE ")
        .and_then(|(_, number)| number.trim_end_matches(')').parse::<u64>().ok());
    if since.is_some_and(|since| message.modseq <= since) {
        return;
    }
    let Some(letter) = world.letters.get(&message.letter) else {
        return;
    };
    let name = message.letter;
    let mut items = vec![
        format!("UID {uid}"),
        format!("FLAGS ({})", world.flags(message).join(" ")),
    ];
    if asks("INTERNALDATE") {
        items.push(format!("INTERNALDATE \"{}\"", letter.received));
    }
    if asks("RFC822.SIZE") {
        items.push(format!("RFC822.SIZE {}", letter.raw.len()));
    }
    if asks("X-GM-MSGID") {
        items.push(format!(
            "X-GM-MSGID {name} X-GM-THRID {}",
            letter.thread.unwrap_or(name)
        ));
    }
    if asks("EMAILID") {
        let thread = letter
            .thread
            .map_or("NIL".to_owned(), |thread| format!("(T{thread})"));
        items.push(format!("EMAILID (M{name}) THREADID {thread}"));
    }
    let names = command
        .split_once("HEADER.FIELDS (")
        .and_then(|(_, names)| names.split(')').next());
    let section = match names {
        Some(names) => Some((
            format!("BODY[HEADER.FIELDS ({names})]"),
            fields(&letter.raw, names),
        )),
        None if asks("BODY.PEEK[]") => Some(("BODY[]".to_owned(), letter.raw.clone())),
        None => None,
    };
    said.extend_from_slice(format!("* {at} FETCH ({}", items.join(" ")).as_bytes());
    if let Some((section, bytes)) = section {
        said.extend_from_slice(format!(" {section} {{{}}}\r\n", bytes.len()).as_bytes());
        said.extend_from_slice(&bytes);
        match names {
            Some(_) => world.gave_header(name),
            None => world.gave_body(name),
        }
    }
    said.extend_from_slice(b")\r\n");
}

fn say(said: &mut Vec<u8>, line: &str) {
    said.extend_from_slice(line.as_bytes());
    said.extend_from_slice(b"\r\n");
}
