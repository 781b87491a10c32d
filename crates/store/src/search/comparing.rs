//! The index compared with the letters, and put right where the two differ. It should never be needed: the index is written
//! in the transactions that change the letters. A disk that has lost pages may need it. It is compared step by step, each in a snapshot
//! of its own: a volume at a time whether it makes sense (`mending.rs`), then some letters at a time whether each has a line, then some
//! lines at a time whether each has its letter (`repair.rs`). How far that is stands in the store, so that a program that ends goes on
//! with it the next time. Nobody waits for it; only what differs is written, and whether it differs is asked once more then.

use serde::{Deserialize, Serialize};

use super::repair::{AT_ONCE, Repairs};
use crate::column::json;
use crate::error::Doing;
use crate::{Durability, Reading, Store, StoreError, Writing};

/// The setting that says how far the index is compared; there is none where nobody compares it.
const COMPARING: &str = "search.comparing";

/// What is still to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StillToCompare {
    /// Some volumes may make no sense, and the rest.
    Volumes,
    /// Letters and lines.
    Lines,
    Nothing,
}

/// How far the index is compared. Each is behind what is named; volumes by their numbers, in which later ones follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Place {
    Volume(i64),
    Letter(i64),
    /// A line of the volume behind this one.
    Line(i64, i64),
}

/// How a step ended.
#[derive(Default)]
pub(super) struct Step {
    pub repairs: Repairs,
    /// `None`: all is compared.
    pub next: Option<Place>,
}

impl Step {
    fn at(next: Place) -> Self {
        Self {
            next: Some(next),
            ..Self::default()
        }
    }
}

impl Store {
    /// Leaves to be indexed whatever is not in the index as it should be, and takes out of it what is no letter.
    pub fn repair_search(&self) -> Result<Repairs, StoreError> {
        self.begin_comparing()?;
        let mut all = Repairs::default();
        loop {
            let (repairs, still) = self.compare_some()?;
            all = all.and(repairs);
            if still == StillToCompare::Nothing {
                return Ok(all);
            }
        }
    }

    /// What comes next is the first step, however far anybody was.
    pub fn begin_comparing(&self) -> Result<(), StoreError> {
        self.write_with(Durability::Soon, |writing| {
            writing.note_place(Some(Place::Volume(0)))
        })
    }

    /// Compares a little more of the index, where it is being compared, and puts it right. What could not be read is passed over when the
    /// error is told.
    pub fn compare_some(&self) -> Result<(Repairs, StillToCompare), StoreError> {
        // First: what makes no sense cannot be compared.
        let step = match self.read(|reading| reading.comparing())? {
            Some(Place::Volume(behind)) => self.mend_behind(behind)?,
            Some(Place::Letter(behind)) => match self.give_lines_behind(behind) {
                Ok(step) => step,
                Err(error) => return self.pass_over(Some(Place::Line(0, i64::MIN)), error),
            },
            Some(Place::Line(volume, behind)) => match self.put_lines_right_behind(volume, behind) {
                Ok(step) => step,
                Err(error) => {
                    let next = self.read(|reading| reading.volume_behind(volume))?;
                    return self.pass_over(next.map(|next| Place::Line(next, i64::MIN)), error);
                }
            },
            None => Step::default(),
        };
        self.write_with(Durability::Soon, |writing| writing.note_place(step.next))?;
        let still = match step.next {
            Some(Place::Volume(_)) => StillToCompare::Volumes,
            Some(Place::Letter(_) | Place::Line(..)) => StillToCompare::Lines,
            None => StillToCompare::Nothing,
        };
        Ok((step.repairs, still))
    }

    /// Looks whether the first volume behind this one makes sense.
    fn mend_behind(&self, behind: i64) -> Result<Step, StoreError> {
        let Some(volume) = self.read(|reading| reading.volume_behind(behind))? else {
            return Ok(Step::at(Place::Letter(0)));
        };
        let next = Place::Volume(volume);
        match self.mend_volume(volume) {
            Ok(damaged) => Ok(Step {
                repairs: Repairs {
                    damaged: damaged.into(),
                    ..Repairs::default()
                },
                next: Some(next),
            }),
            Err(error) => self.pass_over(Some(next), error),
        }
    }

    /// What cannot be read keeps nothing behind it from being compared, nor the next day from beginning anew.
    fn pass_over<T>(&self, next: Option<Place>, error: StoreError) -> Result<T, StoreError> {
        self.write_with(Durability::Soon, |writing| writing.note_place(next))?;
        Err(error)
    }

    /// Has letters behind this one written whose lines are missing.
    fn give_lines_behind(&self, behind: i64) -> Result<Step, StoreError> {
        let Some((last, missing)) = self.read(|reading| reading.without_line(behind))? else {
            return Ok(Step::at(Place::Line(0, i64::MIN)));
        };
        let mut step = Step::at(Place::Letter(last));
        step.repairs.missing = self.leave_all_missing(&missing)?;
        Ok(step)
    }

    /// Takes lines behind this one out of a volume, or has them written anew, that should not stand there.
    fn put_lines_right_behind(&self, volume: i64, behind: i64) -> Result<Step, StoreError> {
        let Some(found) = self.read(|reading| reading.out_of_place(volume, behind))? else {
            let next = self.read(|reading| reading.volume_behind(volume))?;
            return Ok(Step {
                next: next.map(|next| Place::Line(next, i64::MIN)),
                ..Step::default()
            });
        };
        let mut step = Step::at(Place::Line(volume, found.last));
        for some in found.astray.chunks(AT_ONCE) {
            step.repairs.astray += self.write(|writing| writing.take_out_astray(volume, some))?;
        }
        for some in found.misplaced.chunks(AT_ONCE) {
            step.repairs.misplaced += self.write(|writing| writing.leave_misplaced(volume, some))?;
        }
        Ok(step)
    }
}

impl Reading<'_> {
    /// Whether the index is being compared, maybe since an earlier run of the program.
    pub fn is_comparing(&self) -> Result<bool, StoreError> {
        Ok(self.comparing()?.is_some())
    }

    fn comparing(&self) -> Result<Option<Place>, StoreError> {
        let noted = self.setting(COMPARING)?;
        // What is noted by another version begins anew.
        Ok(noted.map(|noted| serde_json::from_str(&noted).unwrap_or(Place::Volume(0))))
    }

    fn volume_behind(&self, volume: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT id FROM volume WHERE id > ?1 ORDER BY id LIMIT 1";
        self.one("reading the volumes of the index", sql, [volume], |row| {
            row.get(0)
        })
    }
}

impl Writing<'_> {
    /// `None`: nobody compares the index.
    pub(super) fn note_place(&mut self, place: Option<Place>) -> Result<(), StoreError> {
        match place {
            Some(place) => {
                let place = json(&place).doing("noting how far the search index is compared")?;
                self.put_setting(COMPARING, &place)
            }
            None => self.remove_setting(COMPARING),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::repair::LETTERS;
    use super::super::volumes::{self, FULL};
    use super::super::volumes_tests::Shelf;
    use super::*;

    /// An index that is not as it should be: letters without a line, and lines without a letter, in each part of it.
    fn in_disorder() -> (Shelf, Repairs) {
        let shelf = Shelf::new();
        shelf.add(&(0..6 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        shelf.index();
        assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
        let volumes = shelf.store.read(|r| r.volumes()).unwrap();
        assert!(volumes.len() > 3);
        let mut wrong = Repairs::default();
        for volume in volumes {
            let table = volumes::table(volume.id);
            shelf.store.with_writer(|connection| {
                let sql = format!(
                    "DELETE FROM {table} WHERE rowid IN (SELECT id FROM {table}_docsize WHERE id % 11 = 0)"
                );
                wrong.missing += u32::try_from(connection.execute(&sql, []).unwrap()).unwrap();
                let sql = format!("INSERT INTO {table} (rowid, subject) VALUES (?1, 'boat')");
                for number in 0..3 {
                    let nobody = 1_000_000 + volume.id * 10 + number;
                    wrong.astray += u32::try_from(connection.execute(&sql, [nobody]).unwrap()).unwrap();
                }
            });
        }
        (shelf, wrong)
    }

    #[test]
    fn the_index_is_compared_in_steps_of_which_none_looks_at_more_than_a_volume_or_some_lines() {
        let (shelf, wrong) = in_disorder();
        let volumes = shelf.store.read(|r| r.volumes()).unwrap().len();
        shelf.store.begin_comparing().unwrap();
        let (mut all, mut steps, mut of_volumes) = (Repairs::default(), 0, 0);
        loop {
            let (repairs, still) = shelf.store.compare_some().unwrap();
            all = all.and(repairs);
            steps += 1;
            of_volumes += usize::from(still == StillToCompare::Volumes);
            assert!(
                i64::from(repairs.missing + repairs.astray) < LETTERS,
                "a step puts right what it has looked at: {repairs:?}"
            );
            if still == StillToCompare::Nothing {
                break;
            }
        }
        assert_eq!(of_volumes, volumes, "each volume by itself");
        assert!(
            steps > 2 * volumes + usize::try_from(6 * FULL / LETTERS).unwrap(),
            "{steps} steps"
        );
        assert_eq!(all, wrong);
        assert!(!shelf.store.read(|r| r.is_comparing()).unwrap(), "it is done");
        let after = shelf.store.compare_some().unwrap();
        assert_eq!(
            after,
            (Repairs::default(), StillToCompare::Nothing),
            "nobody has begun"
        );
        shelf.index();
        assert_eq!(shelf.store.repair_search().unwrap(), Repairs::default());
        shelf.hold_against_letters("after it was put right");
    }

    #[test]
    fn a_program_that_ends_goes_on_where_it_was_the_next_time() {
        let (mut shelf, wrong) = in_disorder();
        shelf.store.begin_comparing().unwrap();
        let mut all = Repairs::default();
        let mut steps = 0;
        loop {
            let (repairs, still) = shelf.store.compare_some().unwrap();
            all = all.and(repairs);
            steps += 1;
            if still == StillToCompare::Nothing {
                break;
            }
            assert!(steps < 100, "it comes to an end");
            shelf = shelf.reopened();
            assert!(shelf.store.read(|r| r.is_comparing()).unwrap());
        }
        assert_eq!(all, wrong, "nothing is looked at twice, and nothing left out");
    }
}
