//! The table `word`: in which volumes of the index each word stands. It is written behind the scenes, of volumes to which nothing is
//! added any more, from what FTS5 has of them; a volume that is written to is asked without it until it is listed again. So a search
//! for rare words asks few volumes, and knows how a word goes on that was typed in part: FTS5 gathers all that begins so before it
//! gives anything (`lexicon.rs`).

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::marks::TOKENIZER;
use super::octets::{ids, octets};
use super::volumes;
use crate::error::Doing;
use crate::{Reading, StoreError, Writing};

/// Octets of a word that are listed. Longer ones are data, and stand here by their beginning.
const LONGEST: usize = 64;
/// A character has no more octets, so a word that is shorter by that is whole.
const CHARACTER: usize = 4;

const LISTING: &str = "listing the words of the index";

/// A word, and the volumes in which it stands.
pub(crate) type Listed = (String, Vec<i64>);

/// What is listed of a word.
pub(crate) fn listed(word: &str) -> &str {
    word.get(..word.floor_char_boundary(LONGEST)).unwrap_or(word)
}

/// Whether what is listed may be the beginning of a word alone.
pub(crate) fn may_be_cut(listed: &str) -> bool {
    listed.len() + CHARACTER > LONGEST
}

impl Reading<'_> {
    /// A volume whose words are still to be listed, or gathered by how they begin. To the newest, letters are still added.
    pub fn unlisted_volume(&self) -> Result<Option<i64>, StoreError> {
        let (listed, gathered) = (self.listed_volumes()?, self.gathered_volumes()?);
        let is_done = |volume: i64| listed.contains(&volume) && gathered.contains(&volume);
        let volumes = self.volumes()?;
        let rest = volumes.iter().skip(1).find(|volume| !is_done(volume.id));
        Ok(rest.map(|volume| volume.id))
    }

    /// Volumes all of whose words are listed.
    pub(crate) fn listed_volumes(&self) -> Result<HashSet<i64>, StoreError> {
        let sql = "SELECT volume_id FROM listed_volume WHERE up_to IS NULL";
        let listed = self.all(LISTING, sql, [], |row| row.get(0))?;
        Ok(listed.into_iter().collect())
    }

    /// In which of the listed volumes a word stands, by ascending id.
    pub(crate) fn volumes_with(&self, word: &str) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT volumes FROM word WHERE word = ?1";
        let told: Option<Vec<u8>> = self.one(LISTING, sql, [listed(word)], |row| row.get(0))?;
        Ok(ids(&told.unwrap_or_default()))
    }

    /// The listed words that begin so, each with its volumes. `None`: there are more than `most`.
    pub(crate) fn words_from(&self, beginning: &str, most: usize) -> Result<Option<Vec<Listed>>, StoreError> {
        let beginning = listed(beginning);
        let sql = "SELECT word, volumes FROM word WHERE word >= ?1 AND word < ?2 LIMIT ?3";
        let end = format!("{beginning}{}", char::MAX);
        let found = self.all(
            LISTING,
            sql,
            params![beginning, end, i64::try_from(most + 1).unwrap_or(i64::MAX)],
            |row| Ok((row.get(0)?, ids(&row.get::<_, Vec<u8>>(1)?))),
        )?;
        Ok((found.len() <= most).then_some(found))
    }
}

impl Writing<'_> {
    /// Goes on with listing the words of a volume, and then with gathering what begins alike, so many words of it. `false`: that is
    /// done, or there is no such volume.
    pub fn list_words(&mut self, volume: i64, limit: u32) -> Result<bool, StoreError> {
        let is_older = self.volumes()?.iter().skip(1).any(|one| one.id == volume);
        let sql = "SELECT up_to FROM listed_volume WHERE volume_id = ?1";
        let before: Option<Option<String>> = self.one(LISTING, sql, [volume], |row| row.get(0))?;
        let after = match before {
            _ if !is_older => return Ok(false),
            Some(None) => return self.gather_beginnings(volume, limit),
            Some(Some(word)) => word,
            None => String::new(),
        };
        let words = self.words_of(volume, &after, None, limit)?;
        for (word, _) in &words {
            let word = listed(word);
            let mut volumes = self.volumes_with(word)?;
            if let Err(place) = volumes.binary_search(&volume) {
                volumes.insert(place, volume);
                self.run(
                    LISTING,
                    "INSERT INTO word (word, volumes) VALUES (?1, ?2)
                     ON CONFLICT (word) DO UPDATE SET volumes = excluded.volumes",
                    params![word, octets(&volumes)],
                )?;
            }
        }
        let more = u32::try_from(words.len()).is_ok_and(|count| count >= limit);
        self.run(
            LISTING,
            "INSERT INTO listed_volume (volume_id, up_to) VALUES (?1, ?2)
             ON CONFLICT (volume_id) DO UPDATE SET up_to = excluded.up_to",
            params![volume, words.last().filter(|_| more).map(|(word, _)| word)],
        )?;
        // What begins alike comes behind the words.
        Ok(true)
    }

    /// The words of a volume behind another, as FTS5 has them, each with the number of letters that it stands in; those alone that
    /// begin with something.
    pub(super) fn words_of(
        &self,
        volume: i64,
        after: &str,
        beginning: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        // A table that is looked through has no rows of its own, and this one is nobody else's.
        let sql = format!(
            "CREATE VIRTUAL TABLE temp.listing USING fts5vocab (main, {}, row)",
            volumes::table(volume)
        );
        self.run(LISTING, &sql, [])?;
        let end = format!("{}{}", beginning.unwrap_or_default(), char::MAX);
        let words = self.all(
            LISTING,
            "SELECT term, doc FROM temp.listing WHERE term > ?1 AND term < ?2 ORDER BY term LIMIT ?3",
            params![after, end, limit],
            |row| {
                let mut word = term(row)?;
                if word.len() < row.get_ref(0)?.as_bytes_or_null()?.map_or(0, <[u8]>::len) {
                    // It stands behind the word itself, so that whoever goes on behind it does not come to it again.
                    word.push(char::MAX);
                }
                Ok((word, row.get::<_, i64>(1)?.unsigned_abs()))
            },
        );
        self.run(LISTING, "DROP TABLE temp.listing", [])?;
        words
    }

    /// A volume was written to, and may have words that are not listed.
    pub(crate) fn unlist(&self, volume: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM listed_volume WHERE volume_id = ?1";
        self.run(LISTING, sql, [volume])?;
        self.ungather(volume)
    }

    /// Forgets all words, with all volumes.
    pub(crate) fn forget_words(&self) -> Result<(), StoreError> {
        self.run(LISTING, "DELETE FROM listed_volume", [])?;
        self.run(LISTING, "DELETE FROM word", [])?;
        self.forget_beginnings()
    }
}

/// The words of a text as the index parts and folds them.
pub(crate) fn parted(text: &str) -> Result<Vec<String>, StoreError> {
    match text.is_ascii() {
        true => Ok(parted_ascii(text)),
        false => parted_by_index(text),
    }
}

/// Of ASCII the words are its letters and digits, in small letters. Most queries are of nothing else, and a table for them takes
/// longer to make than many a search.
fn parted_ascii(text: &str) -> Vec<String> {
    text.split(|one: char| !one.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

/// A word as FTS5 has it: after 32,768 octets it cuts one off, also within a character (`FTS5_MAX_TOKEN_SIZE` in fts5Int.h).
fn term(row: &Row<'_>) -> rusqlite::Result<String> {
    // Of marks alone nothing is left, which is given as NULL.
    let octets = row.get_ref(0)?.as_bytes_or_null()?.unwrap_or_default();
    let whole = match std::str::from_utf8(octets) {
        Ok(word) => word,
        Err(cut) => octets
            .get(..cut.valid_up_to())
            .and_then(|whole| std::str::from_utf8(whole).ok())
            .unwrap_or_default(),
    };
    Ok(whole.to_owned())
}

/// FTS5 does it, in a table of its own that is always empty.
fn parted_by_index(text: &str) -> Result<Vec<String>, StoreError> {
    static SMALL: Mutex<Option<Connection>> = Mutex::new(None);
    let doing = "parting a text into words";
    let mut small = SMALL.lock().unwrap_or_else(PoisonError::into_inner);
    let connection = match small.take() {
        Some(connection) => connection,
        None => {
            let connection = Connection::open_in_memory().doing(doing)?;
            connection
                .execute_batch(&format!(
                    "CREATE VIRTUAL TABLE line USING fts5 (text, content = '', tokenize = \"{TOKENIZER}\");
                     CREATE VIRTUAL TABLE part USING fts5vocab (line, instance);"
                ))
                .doing(doing)?;
            connection
        }
    };
    let words = || {
        connection
            .prepare_cached("INSERT INTO line (rowid, text) VALUES (1, ?1)")?
            .execute([text])?;
        let mut statement = connection.prepare_cached("SELECT term FROM part ORDER BY offset")?;
        let words = statement
            .query_map([], term)?
            .filter(|word| !word.as_ref().is_ok_and(String::is_empty))
            .collect::<rusqlite::Result<Vec<String>>>()?;
        connection
            .prepare_cached("INSERT INTO line (line) VALUES ('delete-all')")?
            .execute([])
            .optional()?;
        Ok(words)
    };
    let words: rusqlite::Result<Vec<String>> = words();
    let words = words.doing(doing)?;
    // Where something went wrong, the next one begins anew.
    *small = Some(connection);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use waxwing_model::EmailId;

    use super::super::query::parse;
    use super::super::volumes::FULL;
    use super::super::volumes_tests::Shelf;
    use super::*;
    use crate::BodyFacts;

    fn list(shelf: &Shelf) {
        while let Some(volume) = shelf.store.read(|r| r.unlisted_volume()).unwrap() {
            while shelf.store.write(|w| w.list_words(volume, 3)).unwrap() {}
        }
    }

    /// Volumes that are asked for a query.
    fn asked(shelf: &Shelf, query: &str) -> usize {
        let node = parse(query).node.unwrap();
        let may_have = |r: &Reading<'_>| {
            let lexicon = r.lexicon(&node)?;
            let volumes = r.volumes()?;
            let asked = |id: i64| !lexicon.knows(id) || lexicon.may_have(id, &node);
            Ok(volumes.iter().filter(|volume| asked(volume.id)).count())
        };
        shelf.store.read(may_have).unwrap()
    }

    const QUERIES: [&str; 16] = [
        "jonas narwhal",
        "noth narw",
        "narwhal jonas -boat",
        "jonas -noth",
        "from:jonas (xylophone OR narwhal)",
        "\"but a narw",
        "\"nothing but\"",
        "\"boat nothing\"",
        "whale jon",
        "wh",
        "w",
        "to:jonas",
        "subject:wha",
        "日",
        "東京 ",
        "mull",
    ];

    #[test]
    fn volumes_whose_words_are_listed_find_the_same_and_fewer_are_asked() {
        let shelf = Shelf::new();
        let letters = shelf.add(&(0..12 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        let put = |email: EmailId, text: &str| {
            let facts = BodyFacts {
                text: text.to_owned(),
                ..BodyFacts::default()
            };
            shelf.store.write(|w| w.put_body(email, b"x", &facts)).unwrap();
        };
        put(letters[300], "Müller fährt nach 東京都, 日本");
        shelf.index();
        let found = || QUERIES.map(|query| shelf.found(query));
        let before = found();
        let all = asked(&shelf, "narwhal ");
        list(&shelf);
        assert_eq!(found(), before, "whatever is known of words");
        assert!(all > 10, "{all} volumes");
        assert_eq!(asked(&shelf, "narwhal "), 2, "one that has it, and the newest");
        assert_eq!(asked(&shelf, "narw"), 2, "also where it is still being typed");
        assert_eq!(asked(&shelf, "mull"), 2, "accents make no difference");
        assert_eq!(asked(&shelf, "京"), 2, "one character begins a pair");
        assert_eq!(asked(&shelf, "xylophone OR narwhal "), 2);
        // A volume may be empty.
        assert!(asked(&shelf, "jonas ") + 1 >= all, "all that have letters");
        let not_wanted = asked(&shelf, "whale -jonas");
        assert!(not_wanted + 1 >= all, "what is not wanted tells nothing");
        // A word that was not there comes to an old letter.
        put(letters[200], "a xylophone");
        assert_eq!(shelf.found("jonas xylophone"), [letters[200]]);
        list(&shelf);
        assert_eq!(shelf.found("jonas xylo"), [letters[200]]);
        assert_eq!(asked(&shelf, "xylophone "), 2);
        shelf.store.write(|w| w.rebuild_search()).unwrap();
        assert_eq!(shelf.found("jonas xylophone"), [letters[200]], "built again");
        assert_eq!(shelf.store.read(|r| r.listed_volumes()).unwrap().len(), 0);
        list(&shelf);
        assert_eq!(shelf.found("jonas xylophone"), [letters[200]]);
    }

    #[test]
    fn words_of_any_length_and_in_any_number_are_found_where_they_are_listed() {
        let shelf = Shelf::new();
        let letters = shelf.add(&(0..3 * FULL).map(|day| day * 1000).collect::<Vec<_>>());
        let (long, longer) = (format!("q{}", "é".repeat(40)), format!("q{}x", "é".repeat(40)));
        let many: Vec<String> = (0..600).map(|number| format!("many{number}x")).collect();
        // FTS5 cuts it off within a character.
        let endless = "\u{f40}".repeat(20_000);
        for (at, text) in [
            (10, long.clone()),
            (11, longer.clone()),
            (12, many.join(" ")),
            (13, endless),
        ] {
            let facts = BodyFacts {
                text,
                ..BodyFacts::default()
            };
            shelf
                .store
                .write(|w| w.put_body(letters[at], b"x", &facts))
                .unwrap();
        }
        shelf.index();
        list(&shelf);
        assert_eq!(
            shelf.found(&format!("{long} ")),
            [letters[11], letters[10]],
            "it may go on"
        );
        assert_eq!(shelf.found(&format!("\"{long}\"")), [letters[10]]);
        assert_eq!(shelf.found(&longer), [letters[11]]);
        assert_eq!(shelf.found("qé"), [letters[11], letters[10]]);
        assert_eq!(shelf.found("many"), [letters[12]], "more than are looked at");
        assert_eq!(shelf.found("many5"), [letters[12]], "more than are named");
        assert_eq!(shelf.found("many599x"), [letters[12]]);
        assert_eq!(shelf.found("\u{f40}\u{f40}"), [letters[13]]);
    }

    #[test]
    fn a_text_is_parted_as_in_the_index() {
        for (text, expected) in [
            ("Zoë Müller's Straße", vec!["zoe", "muller", "s", "straße"]),
            (
                "lena@harbour.example, no. 4711",
                vec!["lena", "harbour", "example", "no", "4711"],
            ),
            ("", vec![]),
            ("\0 - \"", vec![]),
            ("\u{301}\u{302} \u{301}", vec![]),
        ] {
            assert_eq!(parted(text).unwrap(), expected, "{text:?}");
        }
        for one in 0..=127_u8 {
            let text = format!("{0} a{0}B{0}{0}9 {0}", char::from(one));
            assert_eq!(parted_ascii(&text), parted_by_index(&text).unwrap(), "{text:?}");
        }
    }
}
