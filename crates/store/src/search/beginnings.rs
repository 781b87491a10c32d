//! The table `beginning`: which letters of a volume have a word that begins so, for those beginnings with which many words go on in
//! many letters. FTS5 has to gather all of them before it gives the first, and does so again for each key and in each volume; what is
//! known here is looked up instead. It is written behind the scenes like the table `word` (`words.rs`), once a volume's words are
//! listed, and holds good for as long as nothing is written into the volume. Letters that have gone since may still stand here.

use std::collections::BTreeMap;

use rusqlite::params;
use waxwing_model::EmailId;

use super::lexicon::NAMED;
use super::octets::{ids, octets};
use super::words::parted;
use super::{cut, volumes};
use crate::{Reading, StoreError, Writing};

/// Characters of a beginning that is gathered. What is longer goes on in few words.
const LONGEST: usize = 4;

/// So often the words of a beginning stand in a volume's letters, where it is worth being gathered. Tests have small volumes.
const WIDE: u64 = if cfg!(test) { 30 } else { 2_000 };

const GATHERING: &str = "gathering what begins alike";

/// How the numbers of letters are written.
const AS_LIST: u8 = 0;
const AS_BITS: u8 = 1;

/// Some letters of a volume.
pub(crate) struct Letters {
    /// All that the volume had when it was looked through, ascending. A letter's place is its number.
    all: Vec<i64>,
    bits: Vec<u8>,
}

impl Letters {
    fn none_of(all: Vec<i64>) -> Self {
        Self {
            bits: vec![0; all.len().div_ceil(8)],
            all,
        }
    }

    fn of(all: Vec<i64>, some: &[i64]) -> Self {
        let mut letters = Self::none_of(all);
        for id in some {
            if let Ok(number) = letters.all.binary_search(id) {
                letters.set(number);
            }
        }
        letters
    }

    /// From what is written in the table.
    fn read(all: Vec<i64>, written: &[u8]) -> Self {
        let mut letters = Self::none_of(all);
        match written.split_first() {
            Some((&AS_BITS, bits)) => {
                for (here, there) in letters.bits.iter_mut().zip(bits) {
                    *here = *there;
                }
            }
            Some((_, list)) => {
                for number in ids(list) {
                    letters.set(usize::try_from(number).unwrap_or(usize::MAX));
                }
            }
            None => {}
        }
        letters
    }

    /// The shorter of the two ways.
    fn written(&self) -> Vec<u8> {
        let numbers: Vec<i64> = (0_i64..)
            .zip(0..self.all.len())
            .filter(|(_, place)| self.is_set(*place))
            .map(|(number, _)| number)
            .collect();
        let (tag, mut what) = match octets(&numbers) {
            list if list.len() < self.bits.len() => (AS_LIST, list),
            _ => (AS_BITS, self.bits.clone()),
        };
        what.insert(0, tag);
        what
    }

    pub fn has(&self, email: EmailId) -> bool {
        self.all
            .binary_search(&email.0)
            .is_ok_and(|number| self.is_set(number))
    }

    /// Leaves those that are among others of the same volume.
    fn and(&mut self, others: &Self) {
        for (here, there) in self.bits.iter_mut().zip(&others.bits) {
            *here &= there;
        }
    }

    /// Their ids, ascending.
    pub fn ids(&self) -> impl Iterator<Item = i64> {
        self.all
            .iter()
            .enumerate()
            .filter(|(number, _)| self.is_set(*number))
            .map(|(_, id)| *id)
    }

    fn is_set(&self, number: usize) -> bool {
        self.bits
            .get(number / 8)
            .is_some_and(|octet| octet & (1 << (number % 8)) != 0)
    }

    fn set(&mut self, number: usize) {
        if let Some(octet) = self.bits.get_mut(number / 8) {
            *octet |= 1 << (number % 8);
        }
    }
}

/// Whether what begins so would be gathered, if it is wide. One letter is the beginning of too much; one character of a script
/// without spaces begins the pairs that stand in the index.
pub(crate) fn may_be_wide(beginning: &str) -> bool {
    let length = beginning.chars().count();
    match beginning.chars().next().is_some_and(cut::is_unspaced) {
        true => length == 1,
        false => (2..=LONGEST).contains(&length),
    }
}

/// What beginnings a word has. The first of them parts the words of a volume into pieces of which none has a beginning of another.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(at, one)| at + one.len_utf8());
    ends.take(LONGEST)
        .filter_map(|end| word.get(..end))
        .filter(|beginning| may_be_wide(beginning))
}

impl Reading<'_> {
    /// The letters of a volume that have a word for each of the beginnings that are gathered there, and which these are. `None`: none is.
    pub(crate) fn letters_beginning<'a>(
        &self,
        volume: i64,
        wanted: &[&'a str],
    ) -> Result<Option<(Letters, Vec<&'a str>)>, StoreError> {
        let mut found: Option<(Letters, Vec<&str>)> = None;
        for beginning in wanted {
            let Some(written) = self.gathered_letters(volume, beginning)? else {
                continue;
            };
            let all = match &found {
                Some((letters, _)) => letters.all.clone(),
                None => ids(&self.gathered_letters(volume, "")?.unwrap_or_default()),
            };
            let letters = Letters::read(all, &written);
            match &mut found {
                Some((before, beginnings)) => {
                    before.and(&letters);
                    beginnings.push(beginning);
                }
                None => found = Some((letters, vec![beginning])),
            }
        }
        Ok(found)
    }

    fn gathered_letters(&self, volume: i64, beginning: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT letters FROM beginning WHERE volume_id = ?1 AND beginning = ?2";
        self.one(GATHERING, sql, params![volume, beginning], |row| row.get(0))
    }

    /// Volumes whose beginnings are gathered.
    pub(crate) fn gathered_volumes(&self) -> Result<std::collections::HashSet<i64>, StoreError> {
        let sql = "SELECT volume_id FROM gathered_volume WHERE up_to IS NULL";
        let gathered = self.all(GATHERING, sql, [], |row| row.get(0))?;
        Ok(gathered.into_iter().collect())
    }
}

impl Writing<'_> {
    /// Goes on with gathering the beginnings of a volume, about so many words of them. `false`: all of them are gathered.
    pub(super) fn gather_beginnings(&mut self, volume: i64, limit: u32) -> Result<bool, StoreError> {
        let sql = "SELECT up_to FROM gathered_volume WHERE volume_id = ?1";
        let before: Option<Option<String>> = self.one(GATHERING, sql, [volume], |row| row.get(0))?;
        let after = match before {
            Some(None) => return Ok(false),
            Some(Some(word)) => word,
            None => {
                self.begin_gathering(volume)?;
                String::new()
            }
        };
        let all = ids(&self.gathered_letters(volume, "")?.unwrap_or_default());
        let (words, last) = self.whole_pieces(volume, &after, limit)?;
        let mut sums: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        for (word, letters) in &words {
            for beginning in beginnings(word) {
                let (count, sum) = sums.entry(beginning).or_default();
                *count += 1;
                *sum += letters;
            }
        }
        for (beginning, (count, sum)) in sums {
            if count > NAMED && sum > WIDE {
                self.gather(volume, beginning, &all)?;
            }
        }
        self.run(
            GATHERING,
            "INSERT INTO gathered_volume (volume_id, up_to) VALUES (?1, ?2)
             ON CONFLICT (volume_id) DO UPDATE SET up_to = excluded.up_to",
            params![volume, last],
        )?;
        Ok(last.is_some())
    }

    fn begin_gathering(&self, volume: i64) -> Result<(), StoreError> {
        self.run(GATHERING, "DELETE FROM beginning WHERE volume_id = ?1", [volume])?;
        let sql = format!("SELECT id FROM {}_docsize ORDER BY id", volumes::table(volume));
        let all: Vec<i64> = self.all(GATHERING, &sql, [], |row| row.get(0))?;
        self.keep_beginning(volume, "", &octets(&all))
    }

    fn keep_beginning(&self, volume: i64, beginning: &str, letters: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO beginning (volume_id, beginning, letters) VALUES (?1, ?2, ?3)";
        self.run(GATHERING, sql, params![volume, beginning, letters])?;
        Ok(())
    }

    fn gather(&self, volume: i64, beginning: &str, all: &[i64]) -> Result<(), StoreError> {
        // What FTS5 would part or fold once more is left to it.
        if parted(beginning)? != [beginning] {
            return Ok(());
        }
        let table = volumes::table(volume);
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1");
        let some: Vec<i64> = self.all(GATHERING, &sql, [format!("\"{beginning}\" *")], |row| row.get(0))?;
        let letters = Letters::of(all.to_vec(), &some);
        self.keep_beginning(volume, beginning, &letters.written())
    }

    /// The next words of a volume, each with the number of its letters, as far as they begin with nothing that others go on with
    /// behind them; and the last of them, unless none is left.
    fn whole_pieces(
        &self,
        volume: i64,
        after: &str,
        limit: u32,
    ) -> Result<(Vec<(String, u64)>, Option<String>), StoreError> {
        let mut words = self.words_of(volume, after, None, limit)?;
        if u32::try_from(words.len()).is_ok_and(|count| count < limit) {
            return Ok((words, None));
        }
        let piece = |word: &str| beginnings(word).next().unwrap_or(word).to_owned();
        let Some(open) = words.last().map(|(word, _)| piece(word)) else {
            return Ok((words, None));
        };
        let whole = words.partition_point(|(word, _)| piece(word) != open);
        if whole == 0 {
            // It is longer than what is read at once.
            let last = words.last().map(|(word, _)| word.clone()).unwrap_or_default();
            words.extend(self.words_of(volume, &last, Some(&open), u32::MAX)?);
        } else {
            words.truncate(whole);
        }
        let last = words.last().map(|(word, _)| word.clone());
        Ok((words, last))
    }

    /// Forgets what is gathered of a volume that was written to. What stands in the table is written anew when its turn comes.
    pub(super) fn ungather(&self, volume: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM gathered_volume WHERE volume_id = ?1";
        self.run(GATHERING, sql, [volume])?;
        Ok(())
    }

    /// Forgets all of it, with all volumes.
    pub(super) fn forget_beginnings(&self) -> Result<(), StoreError> {
        self.run(GATHERING, "DELETE FROM gathered_volume", [])?;
        self.run(GATHERING, "DELETE FROM beginning", [])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;
    use super::*;
    use crate::BodyFacts;

    const QUERIES: [&str; 18] = [
        "fo",
        "form",
        "form1",
        "fo boat",
        "boat fo",
        "whale fo -boat",
        "fo -whale",
        "-fo whale ",
        "fo le",
        "le fo is:unread",
        "is:unread fo",
        "fo OR narwhal ",
        "narwhal OR (fo is:starred) ",
        "subject:fo",
        "\"form1x lea",
        "山",
        "山 fo",
        "fo sort:best",
    ];

    fn put(shelf: &Shelf, email: EmailId, text: String) {
        let facts = BodyFacts {
            text,
            ..BodyFacts::default()
        };
        shelf.store.write(|w| w.put_body(email, b"x", &facts)).unwrap();
    }

    fn list(shelf: &Shelf) {
        while let Some(volume) = shelf.store.read(|r| r.unlisted_volume()).unwrap() {
            while shelf.store.write(|w| w.list_words(volume, 7)).unwrap() {}
        }
    }

    /// Volumes in which the letters with a beginning are known.
    fn known(shelf: &Shelf, beginning: &str) -> usize {
        let known = |r: &Reading<'_>| {
            let mut count = 0;
            for volume in r.gathered_volumes()? {
                count += usize::from(r.letters_beginning(volume, &[beginning])?.is_some());
            }
            Ok(count)
        };
        shelf.store.read(known).unwrap()
    }

    #[test]
    fn what_begins_alike_is_looked_up_and_finds_the_same() {
        let shelf = Shelf::new();
        let letters = shelf.add(&(0..6 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        for (number, email) in letters.iter().enumerate() {
            let lines = number % 29;
            let text = match number % 4 {
                0 => format!(
                    "form{lines}x leaf{lines} 山{}",
                    char::from_u32(0x4E00 + lines as u32).unwrap()
                ),
                1 => format!("form{lines}y lead"),
                2 => format!("leap{lines}"),
                _ => "nothing".to_owned(),
            };
            put(&shelf, *email, text);
        }
        shelf.index();
        let found = || QUERIES.map(|query| shelf.found(query));
        let before = found();
        assert!(
            before
                .iter()
                .all(|found| !found.is_empty() || before[13].is_empty())
        );
        list(&shelf);
        assert!(known(&shelf, "fo") > 3, "many words begin so");
        assert!(known(&shelf, "form") > 3);
        assert!(known(&shelf, "山") > 3, "one character begins many pairs");
        assert_eq!(known(&shelf, "no"), 0, "one word does not");
        for (query, (before, after)) in QUERIES.iter().zip(before.iter().zip(found())) {
            assert_eq!(before, &after, "{query}");
        }
        // Of a volume that is written to nothing is known until it is looked through again.
        let volumes = known(&shelf, "fo");
        put(&shelf, letters[103], "foreign".to_owned());
        assert_eq!(known(&shelf, "fo"), volumes - 1);
        assert!(shelf.found("fo").contains(&letters[103]));
        list(&shelf);
        assert_eq!(known(&shelf, "fo"), volumes);
        assert!(shelf.found("fo").contains(&letters[103]));
        // A letter that goes is found no more.
        let gone = letters[100];
        assert!(shelf.found("fo").contains(&gone));
        shelf.store.write(|w| w.remove_email(gone)).unwrap();
        assert_eq!(
            known(&shelf, "fo"),
            volumes,
            "nothing has to be looked through for that"
        );
        assert!(!shelf.found("fo").contains(&gone));
        assert!(!shelf.found("fo le").contains(&gone));
        shelf.store.write(|w| w.rebuild_search()).unwrap();
        assert_eq!(known(&shelf, "fo"), 0, "built again");
        assert!(shelf.found("fo").contains(&letters[103]));
    }

    #[test]
    fn letters_are_written_and_read_back_few_or_many() {
        let all: Vec<i64> = (0..1000).map(|number| number * 7 + 3).collect();
        for every in [1, 2, 9, 400, 5000] {
            let some: Vec<i64> = all.iter().copied().skip(1).step_by(every).collect();
            let written = Letters::of(all.clone(), &some).written();
            let read = Letters::read(all.clone(), &written);
            assert_eq!(read.ids().collect::<Vec<_>>(), some, "one in {every}");
            assert!(read.has(EmailId(some[0])) && !read.has(EmailId(all[0])) && !read.has(EmailId(4)));
            assert!(written.len() <= all.len() / 8 + 1);
        }
    }
}
