//! How full an account is (QUOTA, RFC 2087 and RFC 9208): the room that the inbox counts against.
//!
//! Not here: when it is asked for, and where it is shown.

use waxwing_model::Quota;

use super::Session;
use super::command::Command;
use super::grammar::Cursor;
use crate::RemoteError;

impl Session {
    /// The room for letters. `None`: there is no bound, or the server does not tell.
    pub async fn quota(&mut self) -> Result<Option<Quota>, RemoteError> {
        const DOING: &str = "asking how full the account is";
        if !self.capabilities.has("QUOTA") {
            return Ok(None);
        }
        let mut tightest: Option<Quota> = None;
        let command = Command::new(DOING, "GETQUOTAROOT \"INBOX\"");
        self.exchange
            .run(command, &mut |data| {
                if data.is("QUOTA")
                    && let Some(quota) = storage(data.rest)
                    && tightest.is_none_or(|known| quota.left() < known.left())
                {
                    tightest = Some(quota);
                }
                data.is("QUOTA") || data.is("QUOTAROOT")
            })
            .await?;
        Ok(tightest)
    }

    /// Whether anything was refused because the account is full, since this was last asked (OVERQUOTA, RFC 5530,
    /// section 3).
    pub fn take_over_quota(&mut self) -> bool {
        self.exchange.news.take_over_quota()
    }
}

/// The STORAGE of a quota root, from what follows QUOTA: `"" (STORAGE 10 512 MESSAGE 3 1000)`. It is counted in units
/// of 1,024 octets (RFC 9208, section 5.1).
fn storage(mut cursor: Cursor<'_>) -> Option<Quota> {
    cursor.astring()?;
    cursor.spaces();
    cursor.eat(b'(')?;
    loop {
        cursor.spaces();
        let name = cursor.atom()?;
        cursor.spaces();
        let used: u64 = cursor.number()?;
        cursor.spaces();
        let limit: u64 = cursor.number()?;
        if name.eq_ignore_ascii_case(b"STORAGE") {
            return Some(Quota {
                used: used.saturating_mul(1024),
                limit: limit.saturating_mul(1024),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_read_wherever_it_stands() {
        let kilobytes = |used: u64, limit: u64| {
            Some(Quota {
                used: used * 1024,
                limit: limit * 1024,
            })
        };
        let cases = [
            ("\"\" (STORAGE 10 512)\r\n", kilobytes(10, 512)),
            (
                "INBOX (MESSAGE 3 1000 storage 0 100000)\r\n",
                kilobytes(0, 100_000),
            ),
            ("\"User quota\" ()\r\n", None),
            ("\"User quota\" (MESSAGE 1 2)\r\n", None),
            ("{4}\r\nroot (STORAGE 1 2 )\r\n", kilobytes(1, 2)),
            ("broken (STORAGE x 2)\r\n", None),
            ("", None),
        ];
        for (answer, expected) in cases {
            assert_eq!(storage(Cursor::new(answer.as_bytes())), expected, "{answer:?}");
        }
    }
}
