//! A message fetched in parts: its outline and header first, then the sections that are wanted (BODYSTRUCTURE and
//! BODY.PEEK[section], RFC 9051, section 6.4.5). Each section is whole, since the framing kept its literal's size.
//!
//! Not here: which parts are worth fetching, and what is made of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::outline::OutlinedPart;
use super::{Session, UidSet};
use crate::RemoteError;

const DOING: &str = "fetching a part of a message";
/// Sections of one command, so that its line stays short.
const AT_ONCE: usize = 50;

/// A message before its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Every field, with the empty line behind them.
    pub header: Vec<u8>,
    pub parts: Vec<OutlinedPart>,
}

impl Session {
    /// How a message is built; `None` where it is gone, or where the server does not outline it in a way that can be
    /// understood.
    pub async fn fetch_outline(&mut self, uid: u32) -> Result<Option<Outline>, RemoteError> {
        let mut outline = None;
        let items = "(UID BODYSTRUCTURE BODY.PEEK[HEADER])";
        self.fetch(
            DOING,
            &UidSet::from_uids(&[uid]),
            items,
            "",
            &mut |mut fetched| {
                let header = fetched.take_section("HEADER");
                if let (Some(parts), Some(header)) = (fetched.outline, header) {
                    outline = Some(Outline { header, parts });
                    return true;
                }
                false
            },
        )
        .await?;
        Ok(outline)
    }

    /// Sections of a message by their names, such as `1.2` and `1.2.MIME`. Those that the server does not give are left
    /// out.
    pub async fn fetch_sections(
        &mut self,
        uid: u32,
        sections: &[String],
    ) -> Result<BTreeMap<String, Vec<u8>>, RemoteError> {
        let mut found = BTreeMap::new();
        for some in sections.chunks(AT_ONCE) {
            let wanted: String = some
                .iter()
                .map(|section| format!(" BODY.PEEK[{section}]"))
                .collect();
            let items = format!("(UID{wanted})");
            self.fetch(
                DOING,
                &UidSet::from_uids(&[uid]),
                &items,
                "",
                &mut |mut fetched| {
                    let mut any = false;
                    for section in some {
                        if let Some(octets) = fetched.take_section(section) {
                            found.insert(section.clone(), octets);
                            any = true;
                        }
                    }
                    any
                },
            )
            .await?;
        }
        Ok(found)
    }
}

/// Sections by name, as they stand in one response.
pub(super) type Sections<'a> = Vec<(&'a [u8], Option<Cow<'a, [u8]>>)>;
