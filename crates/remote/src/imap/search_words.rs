//! Asking a server which letters say something (RFC 9051, section 6.4.4), for those whose text is not here.
//!
//! Not here: what is here already. The store's index knows that better and sooner.

use waxwing_model::{Sought, SoughtIn};

use super::Session;
use super::command::Command;
use super::path::Names;
use crate::RemoteError;

const DOING: &str = "searching on the server";

impl Session {
    /// The messages of the selected mailbox that say what is wanted, those on their way out (`\Deleted`) not among them.
    pub async fn search_words(&mut self, sought: &Sought) -> Result<Vec<u32>, RemoteError> {
        let names = self.exchange.news.names();
        // Where UTF-8 is spoken a charset is neither needed nor allowed (RFC 6855, section 3).
        let charset = match is_ascii(sought) || names == Names::Utf8 {
            true => "",
            false => " CHARSET UTF-8",
        };
        let command = Command::new(DOING, &format!("UID SEARCH{charset} UNDELETED"));
        let command = push(command, sought, names)?;
        self.search(command).await
    }
}

fn is_ascii(sought: &Sought) -> bool {
    match sought {
        Sought::All(all) | Sought::Any(all) => all.iter().all(is_ascii),
        Sought::Not(inner) => is_ascii(inner),
        Sought::Words { text, .. } => text.is_ascii(),
    }
}

/// A space and a search key.
fn push<'a>(command: Command<'a>, sought: &'a Sought, names: Names) -> Result<Command<'a>, RemoteError> {
    match sought {
        Sought::All(all) => all
            .iter()
            .try_fold(command, |command, one| push(command, one, names)),
        Sought::Not(inner) => {
            let command = push_one(command.text(" NOT"), inner, names)?;
            Ok(command)
        }
        Sought::Any(any) => push_any(command, any, names),
        Sought::Words { place, text } => push_words(command, *place, text, names),
    }
}

/// The same as one key, whatever it consists of.
fn push_one<'a>(command: Command<'a>, sought: &'a Sought, names: Names) -> Result<Command<'a>, RemoteError> {
    match sought {
        // Within the parentheses a key must stand; ALL is one that asks for nothing.
        Sought::All(_) => Ok(push(command.text(" (ALL"), sought, names)?.text(")")),
        _ => push(command, sought, names),
    }
}

/// OR takes two keys.
fn push_any<'a>(command: Command<'a>, any: &'a [Sought], names: Names) -> Result<Command<'a>, RemoteError> {
    match any {
        [] => Ok(command.text(" NOT ALL")),
        [one] => push_one(command, one, names),
        [first, others @ ..] => {
            let command = push_one(command.text(" OR"), first, names)?;
            push_any(command, others, names)
        }
    }
}

fn push_words<'a>(
    command: Command<'a>,
    place: SoughtIn,
    text: &'a str,
    names: Names,
) -> Result<Command<'a>, RemoteError> {
    let (others, last): (&[&str], &str) = match place {
        SoughtIn::Anywhere => (&[], "TEXT"),
        // The store's index knows a letter by each of them (RFC 5322, section 3.6.2).
        SoughtIn::From => (&["FROM", "HEADER Sender"], "HEADER Reply-To"),
        SoughtIn::Cc => (&[], "CC"),
        SoughtIn::Subject => (&[], "SUBJECT"),
        SoughtIn::Body => (&[], "BODY"),
        SoughtIn::List => (&[], "HEADER List-Id"),
        SoughtIn::Recipients => (&["TO", "CC"], "BCC"),
    };
    let command = others.iter().try_fold(command, |command, key| {
        command.text(&format!(" OR {key}")).words(text, names)
    })?;
    command.text(&format!(" {last}")).words(text, names)
}

#[cfg(test)]
mod tests {
    use super::super::command::Piece;
    use super::*;

    fn written(sought: &Sought) -> String {
        let command = push(Command::new(DOING, "SEARCH"), sought, Names::ModifiedUtf7).unwrap();
        let pieces = command.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str().to_owned(),
            Piece::Literal(octets) => format!("{{{}}}", String::from_utf8_lossy(octets)),
            Piece::Letter(_) => String::new(),
        });
        pieces.collect()
    }

    fn words(place: SoughtIn, text: &str) -> Sought {
        Sought::Words {
            place,
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_query_is_written_as_the_protocol_has_it() {
        let anywhere = |text| words(SoughtIn::Anywhere, text);
        let cases = [
            (anywhere("red boat"), "SEARCH TEXT \"red boat\""),
            (
                Sought::All(vec![
                    words(SoughtIn::From, "lena"),
                    Sought::Not(Box::new(anywhere("old"))),
                ]),
                "SEARCH OR FROM \"lena\" OR HEADER Sender \"lena\" HEADER Reply-To \"lena\" NOT TEXT \"old\"",
            ),
            (
                Sought::Not(Box::new(words(SoughtIn::From, "lena"))),
                "SEARCH NOT OR FROM \"lena\" OR HEADER Sender \"lena\" HEADER Reply-To \"lena\"",
            ),
            (
                Sought::Any(vec![
                    anywhere("a"),
                    Sought::All(vec![words(SoughtIn::Subject, "b"), words(SoughtIn::Body, "c")]),
                    words(SoughtIn::List, "d"),
                ]),
                "SEARCH OR TEXT \"a\" OR (ALL SUBJECT \"b\" BODY \"c\") HEADER List-Id \"d\"",
            ),
            (
                words(SoughtIn::Recipients, "x\""),
                "SEARCH OR TO \"x\\\"\" OR CC \"x\\\"\" BCC \"x\\\"\"",
            ),
            (anywhere("Straße"), "SEARCH TEXT {Straße}"),
        ];
        for (sought, expected) in cases {
            assert_eq!(written(&sought), expected, "{sought:?}");
        }
        assert!(
            push(
                Command::new(DOING, "SEARCH"),
                &anywhere("a\r\nW2 DELETE INBOX"),
                Names::ModifiedUtf7
            )
            .is_err(),
            "no line end goes out"
        );
    }
}
