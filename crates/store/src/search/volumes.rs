//! The table `volume`: the search index in several volumes, each with the letters of some span of time. A search reads
//! the newest first and stops where it has what is asked for, so that it takes as long for a million letters as for some
//! thousand: FTS5 has to gather all that begins like what is typed before it gives the first. Volumes are cut where they
//! have become too large; letters that stand on the wrong side of the cut are moved by `unindexed.rs`. Until that is done
//! the two overlap, which `newest` tells.

use rusqlite::params;
use waxwing_model::{EmailId, Timestamp};

use crate::{Reading, StoreError, Writing};

/// Lines of one volume, at about the most. Tests have small ones.
pub(crate) const FULL: i64 = if cfg!(test) { 100 } else { 10_000 };

/// Blocks of a volume that are taken out in one transaction: about a megabyte. Tests have few.
pub(crate) const BLOCKS: i64 = if cfg!(test) { 1 } else { 256 };

/// Up to this one the blocks of a volume say what is in the others (`FTS5_STRUCTURE_ROWID` in fts5_index.c).
const OUTLINE: i64 = 10;

/// A span of time, and the table with its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Volume {
    pub id: i64,
    /// Letters from this moment on are written here, as far as no later volume begins before them.
    pub since: Timestamp,
    /// No letter of it is newer.
    pub newest: Timestamp,
}

/// The virtual table of a volume. The first stands in the schema, the others are made after it.
pub(crate) fn table(volume: i64) -> String {
    match volume {
        1 => "search".to_owned(),
        other => format!("search_{other}"),
    }
}

/// The volume in which the line of a letter of this moment stands, the newest volume being the first.
fn of(volumes: &[Volume], moment: Timestamp) -> i64 {
    volumes
        .iter()
        .find(|volume| volume.since <= moment)
        .or(volumes.last())
        .map_or(1, |volume| volume.id)
}

impl Reading<'_> {
    /// Newest first. There is always one, and the last begins with the beginning of time.
    pub(crate) fn volumes(&self) -> Result<Vec<Volume>, StoreError> {
        self.all(
            "reading the volumes of the index",
            "SELECT id, since, newest FROM volume ORDER BY since DESC",
            [],
            |row| {
                Ok(Volume {
                    id: row.get(0)?,
                    since: row.get(1)?,
                    newest: row.get(2)?,
                })
            },
        )
    }

    /// In which volume each of some letters stands, unless it waits to be moved.
    pub(crate) fn volumes_of(
        &self,
        letters: impl IntoIterator<Item = EmailId>,
    ) -> Result<Vec<i64>, StoreError> {
        let volumes = self.volumes()?;
        let mut found = Vec::new();
        for email in letters {
            found.push(match volumes.as_slice() {
                [only] => only.id,
                several => of(several, self.received_at(email)?),
            });
        }
        Ok(found)
    }

    fn received_at(&self, email: EmailId) -> Result<Timestamp, StoreError> {
        self.number(
            "looking when a letter came",
            "SELECT received_at FROM email WHERE id = ?1",
            [email.0],
        )
    }

    /// The moment at a place among the letters of a volume, oldest first, from 0 to 1.
    fn moment_at(&self, volume: i64, part: f64) -> Result<Timestamp, StoreError> {
        let sql = format!(
            "SELECT received_at FROM email WHERE id IN (SELECT id FROM {table}_docsize) ORDER BY received_at
             LIMIT 1 OFFSET (SELECT cast((count(*) - 1) * ?1 AS INTEGER) FROM {table}_docsize)",
            table = table(volume)
        );
        self.number("looking where to cut a volume", &sql, [part])
    }
}

impl Writing<'_> {
    /// Cuts a volume that has become too large, where the fewest lines have to be moved.
    pub(crate) fn cut_if_full(&mut self, volume: i64) -> Result<(), StoreError> {
        let doing = "looking how large a volume is";
        let sql = format!("SELECT count(*) FROM {}_docsize", table(volume));
        let lines = self.number(doing, &sql, [])?;
        if lines < FULL {
            return Ok(());
        }
        let volumes = self.volumes()?;
        let Some(place) = volumes.iter().position(|one| one.id == volume) else {
            return Ok(());
        };
        let Some(&Volume { since, newest, .. }) = volumes.get(place) else {
            return Ok(());
        };
        let (oldest, latest) = (self.moment_at(volume, 0.0)?, self.moment_at(volume, 1.0)?);
        if place + 1 == volumes.len() && oldest > since {
            // A synchronisation brings the newest first: what is still to come is older.
            return self.cut_below(volume, oldest);
        }
        // In the middle half of the lines are moved, so that is not done for each letter of a second folder.
        if place > 0 && lines < 2 * FULL {
            return Ok(());
        }
        let cut = match place {
            // What is still to come is newer. A letter of a wrong date must not be in the way.
            0 => self.moment_at(volume, 0.98)?.saturating_add(1),
            _ => self.moment_at(volume, 0.5)?,
        };
        let cut = if cut > oldest {
            cut
        } else {
            oldest.saturating_add(1)
        };
        // Letters of one and the same moment cannot be parted.
        if cut <= since || cut > newest || (place > 0 && cut > latest) {
            return Ok(());
        }
        self.cut_above(volume, cut, newest)
    }

    /// What is older goes into a new volume. Nothing is moved.
    fn cut_below(&mut self, volume: i64, oldest: Timestamp) -> Result<(), StoreError> {
        let doing = "beginning a volume of the index";
        self.run(
            doing,
            "UPDATE volume SET since = ?2 WHERE id = ?1",
            [volume, oldest],
        )?;
        self.add_volume(Timestamp::MIN, oldest.saturating_sub(1))
    }

    /// What is as new as that or newer goes into a new volume, also what is written down already.
    fn cut_above(&mut self, volume: i64, cut: Timestamp, newest: Timestamp) -> Result<(), StoreError> {
        self.add_volume(cut, newest)?;
        let sql = format!(
            "INSERT INTO unindexed (email_id, volume, whole)
             SELECT id, ?1, has_body FROM email WHERE received_at >= ?2 AND id IN (SELECT id FROM {}_docsize)
             ON CONFLICT (email_id) DO NOTHING",
            table(volume)
        );
        self.run("moving letters between volumes", &sql, params![volume, cut])?;
        self.settle_volumes()
    }

    fn add_volume(&mut self, since: Timestamp, newest: Timestamp) -> Result<(), StoreError> {
        let doing = "beginning a volume of the index";
        let id = self.insert(
            doing,
            "INSERT INTO volume (since, newest) VALUES (?1, ?2)",
            [since, newest],
        )?;
        self.make_table(id)
    }

    /// The table of a volume, made as the first was.
    fn make_table(&mut self, id: i64) -> Result<(), StoreError> {
        let doing = "beginning a volume of the index";
        let like = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'search'";
        let made: Option<String> = self.one(doing, like, [], |row| row.get(0))?;
        let made = made.unwrap_or_default();
        self.run(
            doing,
            &made.replacen("TABLE search ", &format!("TABLE {} ", table(id)), 1),
            [],
        )?;
        Ok(())
    }

    /// Takes some blocks out of a volume that makes no sense and is being emptied. It makes no more sense then. `false`: few are left.
    pub(super) fn empty_some(&mut self, id: i64) -> Result<bool, StoreError> {
        let table = table(id);
        // The last first: they are deleted where the table ends.
        let sql = format!(
            "DELETE FROM {table}_data WHERE id IN (SELECT id FROM {table}_data WHERE id > ?1 ORDER BY id DESC LIMIT ?2)"
        );
        let taken = self.run("emptying a volume of the index", &sql, [OUTLINE, BLOCKS])?;
        Ok(i64::try_from(taken).unwrap_or(i64::MAX) >= BLOCKS)
    }

    /// Takes out all that stands in a volume, whatever that is. What is large is emptied in portions before.
    pub(super) fn empty_volume(&mut self, id: i64) -> Result<(), StoreError> {
        let doing = "emptying a volume of the index";
        if id == 1 {
            self.run(doing, "INSERT INTO search (search) VALUES ('delete-all')", [])?;
            return Ok(());
        }
        self.run(doing, &format!("DROP TABLE {}", table(id)), [])?;
        self.make_table(id)
    }

    /// Where nothing waits to be moved any more, volumes do not overlap.
    pub(crate) fn settle_volumes(&self) -> Result<(), StoreError> {
        let volumes = self.volumes()?;
        let apart = volumes
            .iter()
            .zip(volumes.iter().skip(1))
            .all(|(later, earlier)| earlier.newest < later.since);
        if apart {
            return Ok(());
        }
        self.run(
            "settling the volumes of the index",
            "UPDATE volume SET newest = coalesce(
               (SELECT min(later.since) - 1 FROM volume AS later WHERE later.since > volume.since), newest)
             WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE unindexed.volume = volume.id)",
            [],
        )?;
        Ok(())
    }

    /// Empties the index and makes it one volume again.
    pub(crate) fn empty_volumes(&mut self) -> Result<(), StoreError> {
        let doing = "emptying the search index";
        self.forget_words()?;
        for volume in self.volumes()? {
            let table = table(volume.id);
            if volume.id == 1 {
                self.run(doing, "INSERT INTO search (search) VALUES ('delete-all')", [])?;
            } else {
                self.run(doing, &format!("DROP TABLE {table}"), [])?;
            }
        }
        self.run(doing, "DELETE FROM volume WHERE id <> 1", [])?;
        self.run(
            doing,
            "UPDATE volume SET since = ?1, newest = ?2",
            [Timestamp::MIN, Timestamp::MAX],
        )?;
        Ok(())
    }
}
