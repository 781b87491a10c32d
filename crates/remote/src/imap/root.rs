//! Where mailboxes are (NAMESPACE, RFC 2342): a person's own below INBOX on some servers and at the top on others, and
//! those of other people and of everybody beside them.
//!
//! Not here: the list of mailboxes, which names them all whatever namespace they are in.

use super::Session;
use super::command::Command;
use super::grammar::Cursor;
use super::path::Names;
use crate::RemoteError;

/// The place for new mailboxes at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// What comes before each name, its delimiter included: empty, or `INBOX.`.
    pub prefix: String,
    pub delimiter: Option<char>,
}

/// Whose mailboxes are where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespaces {
    pub root: Root,
    /// Where mailboxes of other people, and those of everybody, begin.
    pub foreign: Vec<Root>,
}

const DOING: &str = "asking where folders go";

impl Session {
    /// The place for new mailboxes. Asked once in a session.
    pub async fn root(&mut self) -> Result<Root, RemoteError> {
        Ok(self.namespaces().await?.root)
    }

    /// Asked once in a session.
    pub async fn namespaces(&mut self) -> Result<Namespaces, RemoteError> {
        if let Some(namespaces) = &self.namespaces {
            return Ok(namespaces.clone());
        }
        let mut told = None;
        if self.capabilities.has("NAMESPACE") {
            let command = Command::new(DOING, "NAMESPACE");
            let names = self.exchange.news.names();
            self.exchange
                .run(command, &mut |data| {
                    let ours = data.is("NAMESPACE");
                    if ours {
                        told = Some(read(data.rest, names));
                    }
                    ours
                })
                .await?;
        }
        let (root, foreign) = told.unwrap_or_default();
        let root = match root {
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
        let namespaces = Namespaces { root, foreign };
        self.namespaces = Some(namespaces.clone());
        Ok(namespaces)
    }
}

impl Namespaces {
    /// Whether a mailbox is somebody else's, or everybody's.
    pub fn is_foreign(&self, path: &str) -> bool {
        self.foreign.iter().any(|root| root.holds(path))
    }
}

impl Root {
    /// Whether a mailbox is within this place, or is the place itself.
    fn holds(&self, path: &str) -> bool {
        let name = self
            .delimiter
            .and_then(|delimiter| self.prefix.strip_suffix(delimiter))
            .unwrap_or(&self.prefix);
        // One without a name would hold every mailbox there is.
        !name.is_empty() && (path == name || path.starts_with(&self.prefix))
    }
}

/// The first of the personal namespaces, and all of others. What cannot be read is left out.
fn read(mut cursor: Cursor<'_>, names: Names) -> (Option<Root>, Vec<Root>) {
    let personal = kind(&mut cursor, names);
    let first = personal.as_ref().and_then(|roots| roots.first()).cloned();
    let mut foreign = Vec::new();
    if personal.is_some() {
        for _ in ["other users'", "shared"] {
            foreign.extend(kind(&mut cursor, names).unwrap_or_default());
        }
    }
    (first, foreign)
}

/// The namespaces of one kind: a list of lists, or NIL.
fn kind(cursor: &mut Cursor<'_>, names: Names) -> Option<Vec<Root>> {
    cursor.spaces();
    let mut roots = Vec::new();
    if cursor.eat(b'(').is_none() {
        return cursor.nstring()?.is_none().then_some(roots);
    }
    loop {
        cursor.spaces();
        if cursor.eat(b')').is_some() {
            return Some(roots);
        }
        let mut inner = *cursor;
        cursor.skip_value()?;
        inner.eat(b'(')?;
        inner.spaces();
        let prefix = inner.string()?;
        inner.spaces();
        let delimiter = inner.nstring()?;
        roots.push(Root {
            prefix: names.heard(std::str::from_utf8(&prefix).ok()?).into_owned(),
            delimiter: delimiter.and_then(|text| String::from_utf8_lossy(&text).chars().next()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(prefix: &str, delimiter: char) -> Root {
        Root {
            prefix: prefix.into(),
            delimiter: Some(delimiter),
        }
    }

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
            let (root, _) = read(Cursor::new(answer.as_bytes()), Names::default());
            let expected = expected.map(|(prefix, delimiter)| Root {
                prefix: prefix.into(),
                delimiter,
            });
            assert_eq!(root, expected, "{answer}");
        }
    }

    #[test]
    fn what_belongs_to_others_is_known_by_where_it_begins() {
        let answer = "((\"INBOX.\" \".\")) ((\"user.\" \".\")(\"~\" \"/\")) ((\"Entw&APw-rfe/\" \"/\" \"X\" (\"y\"))(\"\" \"/\"))\r\n";
        let (own, foreign) = read(Cursor::new(answer.as_bytes()), Names::default());
        assert_eq!(
            foreign,
            [
                root("user.", '.'),
                root("~", '/'),
                root("Entw&APw-rfe/", '/'),
                root("", '/')
            ]
        );
        let namespaces = Namespaces {
            root: own.expect("there is a personal one"),
            foreign,
        };
        for (path, expected) in [
            ("user", true),
            ("user.jonas.Work", true),
            ("users", false),
            ("~jonas/Work", true),
            ("Entw&APw-rfe/a", true),
            ("INBOX.Sent", false),
            ("INBOX", false),
        ] {
            assert_eq!(namespaces.is_foreign(path), expected, "{path}");
        }
        let (own, foreign) = read(Cursor::new(b"((\"\" \"/\")) broken"), Names::default());
        assert!(own.is_some() && foreign.is_empty(), "what can be read counts");
        let (_, foreign) = read(
            Cursor::new("((\"\" \"/\")) ((\"Entwürfe/\" \"/\")) NIL".as_bytes()),
            Names::Utf8,
        );
        assert_eq!(foreign, [root("Entw&APw-rfe/", '/')], "a path is kept as always");
    }
}
