//! Which names a folder may have. An IMAP server reads some characters in a name as something else, so a name that holds
//! one is refused before anything is done: it would become two folders, or one that cannot be listed.

use waxwing_model::{AccountId, MailboxId, Protocol};
use waxwing_store::Reading;

use super::perform::Refusal;
use crate::error::EngineError;

/// Where the folder is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeper {
    /// On this computer, which keeps any name.
    Here,
    /// On an IMAP server. What stands between a folder and its parent is not known of every server, and not every server
    /// has such a thing.
    Imap {
        delimiter: Option<char>,
        at_the_top: bool,
    },
}

/// The name without the spaces around it.
pub(super) fn folder_name(
    reading: &Reading<'_>,
    account: AccountId,
    parent: Option<MailboxId>,
    name: &str,
) -> Result<String, Refusal> {
    let keeper = keeper(reading, account, parent)?;
    let name = name.trim();
    match fault(name, keeper) {
        Some(fault) => Err(EngineError::Invalid(fault).into()),
        None => Ok(name.to_owned()),
    }
}

fn keeper(reading: &Reading<'_>, account: AccountId, parent: Option<MailboxId>) -> Result<Keeper, Refusal> {
    let protocol = reading.account(account)?.map(|account| account.protocol);
    if protocol != Some(Protocol::Imap) {
        return Ok(Keeper::Here);
    }
    let parents = match parent {
        Some(parent) => reading
            .remote_mailbox(parent)?
            .and_then(|remote| remote.delimiter),
        None => None,
    };
    // A folder that was made here a moment ago has none yet; its account's others have.
    let delimiter = match parents {
        Some(delimiter) => Some(delimiter),
        None => reading
            .remote_mailboxes(account)?
            .into_iter()
            .find_map(|remote| remote.delimiter),
    };
    Ok(Keeper::Imap {
        delimiter,
        at_the_top: parent.is_none(),
    })
}

/// What is wrong with a name, as a sentence.
fn fault(name: &str, keeper: Keeper) -> Option<String> {
    if name.is_empty() {
        return Some("a folder needs a name".into());
    }
    if name.chars().any(char::is_control) {
        return Some("a folder's name cannot hold line breaks or control characters".into());
    }
    let Keeper::Imap {
        delimiter,
        at_the_top,
    } = keeper
    else {
        return None;
    };
    if let Some(delimiter) = delimiter.filter(|delimiter| name.contains(*delimiter)) {
        return Some(format!(
            "a folder's name cannot hold “{delimiter}” on this server, where it parts a folder from the one inside it"
        ));
    }
    // RFC 9051, section 5.1: LIST takes these for any name, and "#" begins the name of a namespace.
    if let Some(wildcard) = name.chars().find(|character| matches!(character, '%' | '*')) {
        return Some(format!(
            "a folder's name cannot hold “{wildcard}”, which mail servers take for any name at all"
        ));
    }
    if name.starts_with('#') {
        return Some("a folder's name cannot begin with “#”, which mail servers keep for themselves".into());
    }
    // The same section: INBOX is the inbox, in any case of its letters.
    if at_the_top && name.eq_ignore_ascii_case("inbox") {
        return Some(format!(
            "“{name}” is the inbox for every mail server; choose another name"
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_server_would_read_as_something_else_is_refused_in_a_sentence() {
        let slash = Keeper::Imap {
            delimiter: Some('/'),
            at_the_top: true,
        };
        let dot = Keeper::Imap {
            delimiter: Some('.'),
            at_the_top: false,
        };
        let flat = Keeper::Imap {
            delimiter: None,
            at_the_top: true,
        };
        for (name, keeper, said) in [
            ("", Keeper::Here, "needs a name"),
            ("a\nb", Keeper::Here, "line breaks"),
            ("A/B", slash, "cannot hold “/”"),
            ("v1.2", dot, "cannot hold “.”"),
            ("50 %", flat, "cannot hold “%”"),
            ("*", slash, "cannot hold “*”"),
            ("#news", dot, "begin with “#”"),
            ("InBox", slash, "is the inbox"),
        ] {
            let fault = fault(name, keeper).unwrap_or_default();
            assert!(fault.contains(said), "{name:?}: {fault:?} says {said:?}");
        }
        for (name, keeper) in [
            ("A/B, 50 % *", Keeper::Here),
            ("v1.2", slash),
            ("A/B", dot),
            ("A/B", flat),
            ("inbox", dot),
            ("Tax & #1 ~ “März”", slash),
        ] {
            assert_eq!(fault(name, keeper), None, "{name:?} is kept as it is");
        }
    }
}
