//! Taking the search index away, with all its volumes, before it is built again. It says nothing that letters do not: whatever has
//! happened to its tables must not keep a person from their mail.

use rusqlite::Connection;

/// What SQLite keeps of a table of FTS5, each in a table of that name behind its own.
const SHADOWS: [&str; 5] = ["data", "idx", "content", "docsize", "config"];

/// Drops the tables of all volumes. Names of tables that cannot be dropped are free afterwards all the same.
pub(super) fn drop_all(connection: &Connection) -> rusqlite::Result<()> {
    let further: Vec<i64> = connection
        .prepare("SELECT id FROM volume WHERE id <> 1")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let further = further.iter().map(|volume| format!("search_{volume}"));
    for volume in std::iter::once("search".to_owned()).chain(further) {
        drop_or_forget(connection, &volume)?;
        for shadow in SHADOWS {
            drop_or_forget(connection, &format!("{volume}_{shadow}"))?;
        }
    }
    Ok(())
}

/// A table of FTS5 without one of its own tables cannot be dropped, nor one whose pages are damaged: those are only forgotten.
fn drop_or_forget(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    if connection
        .execute_batch(&format!("DROP TABLE IF EXISTS {table}"))
        .is_ok()
    {
        return Ok(());
    }
    connection.execute_batch("PRAGMA writable_schema = ON")?;
    let forgotten = connection.execute("DELETE FROM sqlite_schema WHERE tbl_name = ?1", [table]);
    // What was read of the schema is read again.
    connection.execute_batch("PRAGMA writable_schema = RESET")?;
    forgotten.map(|_| ())
}
