//! What the index does not know, as conditions on the tables. `m` is the membership that shows a letter, `e` its email.

use rusqlite::types::Value;
use waxwing_model::{Account, Mailbox};

use super::day::{Day, Span, Unit};
use super::expression::expression;
use super::named::mailboxes;
use super::operator::Asked;
use super::query::Node;
use super::volumes;

/// What names in a query may mean, and where the index is to be asked.
pub(crate) struct Known<'a> {
    pub mailboxes: &'a [Mailbox],
    pub accounts: &'a [Account],
    /// Volumes that may have lines of the letters that are looked at.
    pub volumes: Vec<i64>,
    /// Those of them that make no sense: whether a letter of theirs has any words is not known.
    pub damaged: Vec<i64>,
}

/// Conditions with their parameters, as they grow.
#[derive(Default)]
pub(crate) struct Conditions {
    pub sql: Vec<String>,
    pub parameters: Vec<Value>,
    /// Some of them ask the table `email`, which is wide and would slow down the others.
    pub of_email: bool,
    /// The rows are those of some folders already.
    pub narrowed: bool,
    /// What volumes are asked for in them.
    pub expressions: Vec<String>,
}

impl Conditions {
    /// A parameter, and how it is written.
    pub fn parameter(&mut self, value: impl Into<Value>) -> String {
        self.parameters.push(value.into());
        format!("?{}", self.parameters.len())
    }

    /// It must be so.
    pub fn require(&mut self, node: &Node, known: &Known<'_>) {
        // The first folder that is asked for is read from its own index; a letter in two of them has a row in each.
        let folder = match node {
            Node::Asked(asked) if !self.narrowed => mailboxes(asked, known),
            _ => None,
        };
        if let Some(folder) = folder {
            self.narrow(&folder);
            return;
        }
        let sql = self.node(node, known);
        self.sql.push(sql);
    }

    /// Only what these mailboxes show.
    pub fn narrow(&mut self, mailboxes: &[i64]) {
        self.narrowed = true;
        self.sql.push(format!("m.mailbox_id IN ({})", ids(mailboxes)));
    }

    fn node(&mut self, node: &Node, known: &Known<'_>) -> String {
        if let Some(expression) = expression(node) {
            return self.with_words(expression, known);
        }
        let list = |conditions: &mut Self, nodes: &[Node], between: &str| {
            let terms: Vec<String> = nodes.iter().map(|node| conditions.node(node, known)).collect();
            format!("({})", terms.join(between))
        };
        match node {
            Node::All(nodes) => list(self, nodes, " AND "),
            Node::Any(nodes) => list(self, nodes, " OR "),
            Node::Not(inner) => format!("NOT ({})", self.node(inner, known)),
            // Words are an expression.
            Node::Words(_) => "0".to_owned(),
            Node::Asked(asked) => self.asked(asked, known),
        }
    }

    /// Whether a letter has these words. In a volume that makes no sense that is not known: neither is the letter then found for having
    /// them, nor for not having them, but for something else.
    fn with_words(&mut self, expression: String, known: &Known<'_>) -> String {
        let (damaged, sound): (Vec<i64>, Vec<i64>) = known
            .volumes
            .iter()
            .partition(|volume| known.damaged.contains(volume));
        let in_any = |lines: Vec<String>| format!("m.email_id IN ({})", lines.join(" UNION ALL "));
        self.expressions.push(expression.clone());
        let has = match sound.as_slice() {
            [] => "0".to_owned(),
            sound => {
                let expression = self.parameter(expression);
                let tables = sound.iter().map(|volume| volumes::table(*volume));
                let matches = |table| format!("SELECT rowid FROM {table} WHERE {table} MATCH {expression}");
                in_any(tables.map(matches).collect())
            }
        };
        if damaged.is_empty() {
            return has;
        }
        let tables = damaged.iter().map(|volume| volumes::table(*volume));
        let is_unknown = in_any(
            tables
                .map(|table| format!("SELECT id FROM {table}_docsize"))
                .collect(),
        );
        format!("CASE WHEN {is_unknown} THEN NULL ELSE {has} END")
    }

    fn asked(&mut self, asked: &Asked, known: &Known<'_>) -> String {
        match asked {
            // By an index of its own: the table is wide.
            Asked::Attachment => "EXISTS (SELECT 1 FROM email AS a INDEXED BY email_attached
               WHERE a.received_at = m.received_at AND a.id = m.email_id AND a.has_attachment = 1)"
                .into(),
            Asked::Seen(seen) => format!("m.unread = {}", i64::from(!seen)),
            Asked::Starred => "m.starred = 1".into(),
            Asked::Keyword(keyword) => {
                // They stand there in small letters.
                let keyword = self.parameter(keyword.clone());
                format!(
                    "EXISTS (SELECT 1 FROM tagged AS t WHERE t.keyword = {keyword}
                       AND t.received_at = m.received_at AND t.email_id = m.email_id)"
                )
            }
            Asked::Folder(_) | Asked::FolderLike(_) | Asked::Account(_) | Asked::AccountLike(_) => {
                within(&mailboxes(asked, known).unwrap_or_default())
            }
            Asked::MessageId(id) => {
                let id = self.parameter(id.clone());
                format!(
                    "m.email_id IN (SELECT email.id FROM thread_reference
                       JOIN email ON email.thread_id = thread_reference.thread_id AND email.message_id = {id}
                     WHERE thread_reference.account_id IN (SELECT id FROM account)
                       AND thread_reference.message_id = {id})"
                )
            }
            Asked::Since(span) => {
                let moment = self.moment(span, None);
                format!("m.received_at >= {moment}")
            }
            Asked::Before(span) => {
                let moment = self.moment(span, None);
                format!("m.received_at < {moment}")
            }
            Asked::During(span) => {
                let (first, behind) = (self.moment(span, None), self.moment(span, Some(span.unit)));
                format!("(m.received_at >= {first} AND m.received_at < {behind})")
            }
            Asked::Larger(size) => {
                let size = self.parameter(*size);
                self.email(format!("e.size > {size}"))
            }
            Asked::Smaller(size) => {
                let size = self.parameter(*size);
                self.email(format!("e.size < {size}"))
            }
        }
    }

    fn email(&mut self, sql: String) -> String {
        self.of_email = true;
        sql
    }

    /// The beginning of a day in the system's zone, or so much later. SQLite knows the zone, with its summer time.
    pub fn moment(&mut self, span: &Span, later: Option<Unit>) -> String {
        let later = later
            .map(|unit| format!(", '+1 {}'", unit.word()))
            .unwrap_or_default();
        match &span.first {
            Day::On(date) => {
                let date = self.parameter(date.clone());
                format!("unixepoch({date}{later}, 'utc') * 1000")
            }
            Day::Ago(count, unit) => {
                let back = self.parameter(format!("-{count} {}", unit.word()));
                // A month ago on the 31st is the last day of a month that is shorter.
                format!("unixepoch('now', 'localtime', 'start of day', {back}, 'floor'{later}, 'utc') * 1000")
            }
        }
    }
}

fn within(mailboxes: &[i64]) -> String {
    // Not by the row at hand: a letter that two folders show is in both of them, whichever is looked at.
    format!(
        "EXISTS (SELECT 1 FROM membership AS o WHERE o.email_id = m.email_id AND o.mailbox_id IN ({}))",
        ids(mailboxes)
    )
}

pub(crate) fn ids(mailboxes: &[i64]) -> String {
    let ids: Vec<String> = mailboxes.iter().map(i64::to_string).collect();
    ids.join(", ")
}

/// Whether a wish is for some mailboxes.
pub(crate) fn names_mailboxes(node: &Node) -> bool {
    let Node::Asked(asked) = node else { return false };
    matches!(
        asked,
        Asked::Folder(_) | Asked::FolderLike(_) | Asked::Account(_) | Asked::AccountLike(_)
    )
}

#[cfg(test)]
mod tests {
    use super::super::day::span;
    use super::*;

    #[test]
    fn so_many_months_ago_is_no_day_of_the_month_behind() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        for (today, ago, expected) in [
            ("2026-03-31", "1m", "2026-02-28"),
            ("2028-03-31", "1m", "2028-02-29"),
            ("2026-05-31", "3m", "2026-02-28"),
            ("2028-02-29", "1y", "2027-02-28"),
            ("2026-11-27", "3m", "2026-08-27"),
            ("2026-03-01", "1d", "2026-02-28"),
        ] {
            let mut conditions = Conditions::default();
            let sql = conditions.moment(&span(ago).unwrap(), None);
            let sql = sql.replace("'now', 'localtime'", &format!("'{today}'"));
            let sql = format!("SELECT {sql} = unixepoch('{expected}', 'utc') * 1000");
            let same: bool = connection
                .query_row(&sql, rusqlite::params_from_iter(conditions.parameters), |row| {
                    row.get(0)
                })
                .unwrap();
            assert!(same, "{ago} before {today}");
        }
    }
}
