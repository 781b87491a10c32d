//! Where a person's own mailboxes are (NAMESPACE, RFC 2342): below INBOX on some servers, at the top on others.

use super::Session;
use super::command::Command;
use super::grammar::Cursor;
use crate::RemoteError;

/// The place for new mailboxes at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// What comes before each name, its delimiter included: empty, or `INBOX.`.
    pub prefix: String,
    pub delimiter: Option<char>,
}

impl Session {
    /// Asked once in a session.
    pub async fn root(&mut self) -> Result<Root, RemoteError> {
        const DOING: &str = "asking where folders go";
        if let Some(root) = &self.root {
            return Ok(root.clone());
        }
        let mut told = None;
        if self.capabilities.has("NAMESPACE") {
            let command = Command::new(DOING, "NAMESPACE");
            self.exchange
                .run(command, &mut |data| {
                    let ours = data.is("NAMESPACE");
                    if ours {
                        told = personal(data.rest);
                    }
                    ours
                })
                .await?;
        }
        let root = match told {
            Some(root) => root,
            None => {
                // An empty name asks for the delimiter alone (RFC 9051, section 6.3.9).
                let entries = self.entries(DOING, "LIST \"\" \"\"", "LIST").await?;
                let delimiter = entries.first().and_then(|entry| entry.delimiter);
                Root {
                    prefix: String::new(),
                    delimiter,
                }
            }
        };
        self.root = Some(root.clone());
        Ok(root)
    }
}

/// The first of the personal namespaces.
fn personal(mut cursor: Cursor<'_>) -> Option<Root> {
    cursor.eat(b'(')?;
    cursor.spaces();
    cursor.eat(b'(')?;
    let prefix = cursor.string()?;
    cursor.spaces();
    let delimiter = cursor.nstring()?;
    Some(Root {
        prefix: std::str::from_utf8(&prefix).ok()?.to_owned(),
        delimiter: delimiter.and_then(|text| String::from_utf8_lossy(&text).chars().next()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_personal_namespace_is_the_root() {
        let cases = [
            ("((\"\" \"/\")) NIL NIL\r\n", Some(("", Some('/')))),
            (
                "((\"INBOX.\" \".\")(\"#mh/\" \"/\" \"X\" (\"y\"))) NIL ((\"Public.\" \".\"))\r\n",
                Some(("INBOX.", Some('.'))),
            ),
            ("((\"\" NIL)) NIL NIL\r\n", Some(("", None))),
            ("NIL NIL NIL\r\n", None),
        ];
        for (answer, expected) in cases {
            let root = personal(Cursor::new(answer.as_bytes()));
            let expected = expected.map(|(prefix, delimiter)| Root {
                prefix: prefix.into(),
                delimiter,
            });
            assert_eq!(root, expected, "{answer}");
        }
    }
}
