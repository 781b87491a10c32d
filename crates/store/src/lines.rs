//! The lines of an action in brief, so that one with thousands of them can be taken back in steps. The lines themselves are
//! `operations`'s.

use waxwing_model::{ActionId, EmailId, OperationId};

use crate::{Reading, StoreError};

/// A line of the journal, as far as the size of a step depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub id: OperationId,
    /// How many letters it is about. None where it makes a folder, or does something else to folders.
    pub letters: u32,
    /// Of a letter that is written anew elsewhere, the one that it is a copy of: the action may have another line, with which that one
    /// goes.
    pub copy_of: Option<EmailId>,
    /// The only letter that it lets go of, which may be one that another line has copied.
    pub lets_go: Option<EmailId>,
    /// A letter that has only the server to go to: it cannot be taken back.
    pub uploads: bool,
    pub makes_a_folder: bool,
}

impl Reading<'_> {
    /// The lines of an action, oldest first.
    pub fn lines_of(&self, action: ActionId) -> Result<Vec<Line>, StoreError> {
        self.all(
            "reading the journal",
            r#"SELECT id,
                 coalesce(json_array_length(operation, '$.emails'),
                   coalesce(json_extract(operation, '$.original'), json_extract(operation, '$.email')) IS NOT NULL),
                 iif(substr(operation, 1, 14) = '{"kind":"copy"', json_extract(operation, '$.original'), NULL),
                 iif(substr(operation, 1, 17) = '{"kind":"destroy"' AND json_array_length(operation, '$.emails') = 1,
                   json_extract(operation, '$.emails[0]'), NULL),
                 substr(operation, 1, 16) = '{"kind":"upload"',
                 substr(operation, 1, 23) = '{"kind":"createMailbox"'
               FROM operation WHERE action_id = ?1 ORDER BY id"#,
            [action.0],
            |row| {
                Ok(Line {
                    id: OperationId(row.get(0)?),
                    letters: row.get(1)?,
                    copy_of: row.get::<_, Option<i64>>(2)?.map(EmailId),
                    lets_go: row.get::<_, Option<i64>>(3)?.map(EmailId),
                    uploads: row.get(4)?,
                    makes_a_folder: row.get(5)?,
                })
            },
        )
    }
}
