//! The table `tagged`: letters by their keywords, in the order of time, so that a search for a keyword reads no other letters.
//! It repeats what `email` says and is written together with it. What is read and what has a star stands in `membership`.

use waxwing_model::{EmailId, Keyword, Keywords, Timestamp};

use crate::{Reading, StoreError, Writing};

impl Writing<'_> {
    /// What a letter had before it has now no more, and the other way round.
    pub(crate) fn put_tags(
        &self,
        email: EmailId,
        received_at: Timestamp,
        before: &Keywords,
        now: &Keywords,
    ) -> Result<(), StoreError> {
        let doing = "changing a letter's keywords";
        for (from, to, sql) in [
            (
                before,
                now,
                "DELETE FROM tagged WHERE keyword = ?1 AND received_at = ?2 AND email_id = ?3",
            ),
            (
                now,
                before,
                "INSERT INTO tagged (keyword, received_at, email_id) VALUES (?1, ?2, ?3)",
            ),
        ] {
            for keyword in from
                .iter()
                .filter(|keyword| is_tag(keyword) && !to.contains(keyword))
            {
                self.run(doing, sql, (keyword.as_str(), received_at, email.0))?;
            }
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// The tags that some letter has, in the order of their letters of the alphabet. What is asked for by `is:`, as that a letter was
    /// answered, is none. From one to the next by the index: a tag of a million letters costs as much as one of a single letter.
    pub fn tags(&self) -> Result<Vec<Keyword>, StoreError> {
        let all: Vec<String> = self.all(
            "reading the tags",
            "WITH RECURSIVE tag (keyword) AS (
               SELECT min(keyword) FROM tagged
               UNION ALL
               SELECT (SELECT min(keyword) FROM tagged WHERE keyword > tag.keyword) FROM tag WHERE keyword IS NOT NULL
             ) SELECT keyword FROM tag WHERE keyword IS NOT NULL",
            [],
            |row| row.get(0),
        )?;
        let asked_otherwise = [Keyword::ANSWERED, Keyword::DRAFT];
        let tags = all
            .into_iter()
            .filter(|tag| !asked_otherwise.contains(&tag.as_str()));
        Ok(tags.map(|tag| Keyword::new(&tag)).collect())
    }
}

fn is_tag(keyword: &Keyword) -> bool {
    ![Keyword::SEEN, Keyword::FLAGGED].contains(&keyword.as_str())
}
