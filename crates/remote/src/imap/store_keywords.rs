//! Setting and clearing flags (STORE, RFC 9051, section 6.4.6).

use waxwing_model::{Keyword, Keywords};

use super::command::{Command, SET_BYTES, flag_list, is_flag};
use super::response::State;
use super::session::Chosen;
use super::{Session, UidSet};
use crate::RemoteError;

const DOING: &str = "marking messages";

impl Session {
    /// Adds and removes keywords of messages in the selected mailbox. Those that the server cannot keep are left
    /// out, since it would forget them with the session. A message that is gone is passed over.
    pub async fn store_keywords(
        &mut self,
        uids: &UidSet,
        add: &Keywords,
        remove: &Keywords,
    ) -> Result<(), RemoteError> {
        for (sign, keywords) in [('+', add), ('-', remove)] {
            let flags: Vec<&str> = keywords
                .iter()
                .filter(|keyword| self.keeps(keyword))
                .map(Keyword::to_imap)
                .collect();
            if flags.is_empty() || uids.is_empty() {
                continue;
            }
            if self.selected.as_ref().is_some_and(|chosen| chosen.read_only) {
                return Err(RemoteError::refused(DOING, "the folder can only be read"));
            }
            self.store(uids, sign, &flag_list(flags)).await?;
        }
        Ok(())
    }

    pub(super) async fn store(&mut self, uids: &UidSet, sign: char, flags: &str) -> Result<(), RemoteError> {
        for chunk in uids.chunks(SET_BYTES) {
            // SILENT: we know what we have set.
            let command =
                Command::new(DOING, &format!("UID STORE {chunk} {sign}FLAGS.SILENT {flags}")).laborious();
            let condition = self.exchange.attempt(command, &mut |_| false).await?;
            if condition.state != State::Ok && condition.code != "EXPUNGEISSUED" {
                return Err(condition.failure(DOING));
            }
        }
        Ok(())
    }

    fn keeps(&self, keyword: &Keyword) -> bool {
        let flag = keyword.to_imap();
        let Some(Chosen {
            any_keyword,
            permanent,
            ..
        }) = &self.selected
        else {
            return is_flag(flag);
        };
        let listed = permanent
            .as_ref()
            .is_none_or(|flags| flags.iter().any(|one| one.eq_ignore_ascii_case(flag)));
        is_flag(flag) && (listed || (*any_keyword && !flag.starts_with('\\')))
    }
}
