//! The table `beginning`: which letters of a volume have a word that begins so, for those beginnings with which many words go on in
//! many letters. FTS5 has to gather all of them before it gives the first, and does so again for each key and in each volume; what is
//! known here is looked up instead. It is written behind the scenes like the table `word` (`words.rs`), once a volume's words are
//! listed, and holds good for as long as nothing is written into the volume. Letters that have gone since may still stand here.

use std::collections::BTreeMap;

use rusqlite::params;

use super::letters::Letters;
use super::lexicon::NAMED;
use super::octets::{ids, octets};
use super::words::parted;
use super::{cut, volumes};
use crate::{Reading, StoreError, Writing};

/// Characters of a beginning that is gathered. What is longer goes on in few words.
const LONGEST: usize = 4;

/// So often the words of a beginning stand in a volume's letters, where it is worth being gathered. Tests have small volumes.
const WIDE: u64 = if cfg!(test) { 30 } else { 2_000 };

/// A word with the number of its letters.
type Counted = (String, u64);

const GATHERING: &str = "gathering what begins alike";

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
                Some((letters, _)) => letters.all().to_vec(),
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
    ) -> Result<(Vec<Counted>, Option<String>), StoreError> {
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
    use waxwing_model::EmailId;

    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;
    use super::*;
    use crate::BodyFacts;

    const QUERIES: [&str; 18] = [
        "fo",
        "form",
        "form1",
        "form boat",
        "boat fo",
        "whale form -boat",
        "form -whale",
        "-form whale ",
        "form le",
        "leaf form is:unread",
        "is:unread fo",
        "form OR narwhal ",
        "narwhal OR (form is:starred) ",
        "subject:fo",
        "\"form1x lea",
        "山",
        "山 fo",
        "form sort:best",
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
            let place = char::from_u32(0x4E00 + u32::try_from(lines).unwrap()).unwrap();
            let text = match number % 4 {
                0 => format!("form{lines}x leaf{lines} 山{place}"),
                1 => format!("form{lines}y lead 山{place}"),
                2 => format!("leap{lines}"),
                _ => "nothing".to_owned(),
            };
            put(&shelf, *email, text);
        }
        shelf.index();
        let found = || QUERIES.map(|query| shelf.found(query));
        let before = found();
        for (query, found) in QUERIES.iter().zip(&before) {
            assert_eq!(found.is_empty(), *query == "subject:fo", "{query}");
        }
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
        assert!(!shelf.found("form le").contains(&gone));
        shelf.store.write(|w| w.rebuild_search()).unwrap();
        assert_eq!(known(&shelf, "fo"), 0, "built again");
        assert!(shelf.found("fo").contains(&letters[103]));
    }
}
