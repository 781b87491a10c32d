//! The two hands on the store: [`Reading`] sees one snapshot, [`Writing`] is inside one transaction.
//!
//! Here are only the ways to run a statement. What can be read and written stands in one file a table, as
//! further `impl`s of these two.

use std::cell::Cell;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, Params, Row};
use waxwing_model::{Change, Timestamp};

use crate::changes::Changes;
use crate::error::Doing;
use crate::gathered::Gathered;
use crate::memberships::Unshown;
use crate::packs::Packs;
use crate::search::Lines;
use crate::shelf::Shelf;
use crate::touched::Touched;
use crate::{StoreError, connection};

/// One snapshot of the store.
pub struct Reading<'a> {
    connection: &'a Connection,
    packs: &'a Packs,
    /// Lists that others have gathered, and how many commits there were before this snapshot. None within a transaction
    /// that writes, which sees what nobody else does.
    gathered: Option<(&'a Gathered, u64)>,
    /// The store, where it is another program's, perhaps: that one moves letters into other packs and removes those they stood
    /// in while this snapshot still points there.
    others: Option<&'a Path>,
}

/// One transaction. All that can be read can be read in it too, as it will be after the commit.
pub struct Writing<'a> {
    reading: Reading<'a>,
    changes: Changes,
    pub(crate) touched: Touched,
    pub(crate) lines: Lines,
    pub(crate) unshown: Option<Unshown>,
    failed: Cell<bool>,
}

impl<'a> std::ops::Deref for Writing<'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}

impl<'a> Reading<'a> {
    pub(crate) fn new(connection: &'a Connection, packs: &'a Packs) -> Self {
        Self {
            connection,
            packs,
            gathered: None,
            others: None,
        }
    }

    pub(crate) fn of_another(self, store: Option<&'a Path>) -> Self {
        Self {
            others: store,
            ..self
        }
    }

    /// A snapshot of now, where the store may be another program's.
    pub(crate) fn afresh<T>(
        &self,
        read: impl FnOnce(&Reading<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let Some(path) = self.others else {
            return Ok(None);
        };
        let fresh = connection::reader_beside(path)?;
        fresh
            .map(|fresh| read(&Reading::new(&fresh, self.packs)))
            .transpose()
    }

    pub(crate) fn with_gathered(self, gathered: &'a Gathered, commits: u64) -> Self {
        Self {
            gathered: Some((gathered, commits)),
            ..self
        }
    }

    pub(crate) fn gathered(&self) -> Option<(&'a Gathered, u64)> {
        self.gathered
    }

    /// Which state of the store this snapshot is of, once something was read in it: as long as that is the same nothing was written.
    /// `None`: that is not known, as something is being written, or another program may be writing.
    pub fn state(&self) -> Option<u64> {
        let (gathered, commits) = self.gathered.filter(|_| self.others.is_none())?;
        gathered.is_still(commits).then_some(commits)
    }

    /// Where the bytes of letters are.
    pub(crate) fn packs(&self) -> &'a Packs {
        self.packs
    }

    /// Where large bytes on their way out are.
    pub(crate) fn shelf(&self) -> &'a Shelf {
        self.packs.shelf()
    }

    pub(crate) fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        doing: &str,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        self.rows(sql, params, read, true)
            .doing(doing)
            .map(|rows| rows.into_iter().next())
    }

    /// Every row.
    pub(crate) fn all<T>(
        &self,
        doing: &str,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows(sql, params, read, false).doing(doing)
    }

    /// The only number of a statement that always has a row.
    pub(crate) fn number(&self, doing: &str, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        Ok(self.one(doing, sql, params, |row| row.get(0))?.unwrap_or(0))
    }

    fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        only_first: bool,
    ) -> rusqlite::Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
            if only_first {
                break;
            }
        }
        Ok(found)
    }
}

impl<'a> Writing<'a> {
    pub(crate) fn new(connection: &'a Connection, packs: &'a Packs) -> Self {
        Self {
            reading: Reading::new(connection, packs),
            changes: Changes::default(),
            touched: Touched::default(),
            lines: Lines::default(),
            unshown: None,
            failed: Cell::new(false),
        }
    }

    /// Tells something with the commit. Methods that change rows tell of it themselves.
    pub fn note(&mut self, change: Change) {
        self.changes.note(change);
    }

    pub(crate) fn into_changes(self) -> (Vec<Change>, Touched) {
        (self.changes.into_vec(), self.touched)
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) fn run(&self, doing: &str, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        self.step(doing, sql, |statement| statement.execute(params))
    }

    /// Inserts one row and says its id.
    pub(crate) fn insert(&self, doing: &str, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        self.step(doing, sql, |statement| statement.insert(params))
    }

    /// Runs a statement for each of many things, and says what came of each.
    pub(crate) fn each<I, T, C: FromIterator<T>>(
        &self,
        doing: &str,
        sql: &str,
        things: impl IntoIterator<Item = I>,
        mut work: impl FnMut(&mut rusqlite::Statement<'_>, I) -> rusqlite::Result<T>,
    ) -> Result<C, StoreError> {
        self.step(doing, sql, |statement| {
            things.into_iter().map(|thing| work(statement, thing)).collect()
        })
    }

    fn step<T>(
        &self,
        doing: &str,
        sql: &str,
        work: impl FnOnce(&mut rusqlite::Statement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.require_sound()?;
        let done = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| work(&mut statement));
        self.failed.set(done.is_err());
        done.doing(doing)
    }

    /// After a statement that failed there is no more writing, and no commit, even if the failure was overlooked:
    /// half of what a method does may be missing, and a full disk may have ended the transaction already, so that
    /// each further statement would stand by itself.
    pub(crate) fn require_sound(&self) -> Result<(), StoreError> {
        if self.failed.get() {
            Err(StoreError::Failed)
        } else {
            Ok(())
        }
    }

    /// Changes exactly one row, or says that it is not there.
    pub(crate) fn change(
        &self,
        what: &'static str,
        id: i64,
        doing: &str,
        sql: &str,
        params: impl Params,
    ) -> Result<(), StoreError> {
        match self.run(doing, sql, params)? {
            0 => Err(StoreError::NoSuch { what, id }),
            _ => Ok(()),
        }
    }
}

/// What the clock says. A clock before 1970 is taken for 1970.
pub(crate) fn now() -> Timestamp {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| Timestamp::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
