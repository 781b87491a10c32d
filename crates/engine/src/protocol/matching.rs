//! Which letter here is which on the server. Each matches once, so that of two that are alike both find theirs, and of two
//! here and one there one is only here.

use std::collections::{BTreeMap, VecDeque};

use waxwing_model::EmailId;

use super::census::{Sight, There};

/// A letter on this computer.
#[derive(Debug, Clone)]
pub(super) struct Here {
    pub(super) email: EmailId,
    pub(super) sight: Sight,
    /// Which of the server's folders is the one that it is in here, if any is.
    pub(super) folder: Option<usize>,
    /// All of it is here.
    pub(super) whole: bool,
}

/// Letters that may be the same. Only their texts tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) here: Vec<usize>,
    pub(super) there: Vec<usize>,
    /// They have a Message-ID in common.
    pub(super) named: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    /// One here, one there.
    pub(super) sure: Vec<(usize, usize)>,
    pub(super) doubts: Vec<Doubt>,
}

type Group<'a> = (Vec<usize>, Vec<usize>, &'a str);

pub(super) fn pair(here: &[Here], there: &[There]) -> Matches {
    let mut named: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    let mut nameless: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for (at, letter) in here.iter().enumerate() {
        group(&mut named, &mut nameless, &letter.sight).0.push(at);
    }
    for (at, letter) in there.iter().enumerate() {
        group(&mut named, &mut nameless, &letter.sight).1.push(at);
    }
    let mut matches = Matches::default();
    for (mut ours, mut theirs, _) in named.into_values() {
        same_size(here, there, &mut ours, &mut theirs, &mut matches.sure);
        doubt(ours, theirs, true, &mut matches.doubts);
    }
    for (ours, theirs, _) in nameless.into_values() {
        doubt(ours, theirs, false, &mut matches.doubts);
    }
    matches
}

fn group<'a, 'm>(
    named: &'m mut BTreeMap<&'a str, Group<'a>>,
    nameless: &'m mut BTreeMap<&'a str, Group<'a>>,
    sight: &'a Sight,
) -> &'m mut Group<'a> {
    match &sight.message_id {
        Some(message_id) => named.entry(message_id.as_str()).or_default(),
        None => nameless.entry(sight.looks.as_str()).or_default(),
    }
}

/// Takes out those of one size, first those that lie in the same folder on both sides.
fn same_size(
    here: &[Here],
    there: &[There],
    ours: &mut Vec<usize>,
    theirs: &mut Vec<usize>,
    sure: &mut Vec<(usize, usize)>,
) {
    for in_place in [true, false] {
        let mut left = Vec::new();
        for own in ours.drain(..) {
            let fits = |other: &usize| match (here.get(own), there.get(*other)) {
                (Some(one), Some(other)) => {
                    one.sight.size == other.sight.size && (!in_place || one.folder == Some(other.folder))
                }
                _ => false,
            };
            match theirs.iter().position(fits) {
                Some(at) => sure.push((own, theirs.remove(at))),
                None => left.push(own),
            }
        }
        *ours = left;
    }
}

fn doubt(here: Vec<usize>, there: Vec<usize>, named: bool, doubts: &mut Vec<Doubt>) {
    if !here.is_empty() && !there.is_empty() {
        doubts.push(Doubt { here, there, named });
    }
}

/// Pairs letters whose texts are known by now. `same` tells of one here and one there.
pub(super) fn settle(doubt: &Doubt, mut same: impl FnMut(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut left: VecDeque<usize> = doubt.there.iter().copied().collect();
    let mut pairs = Vec::new();
    for own in &doubt.here {
        if let Some(at) = left.iter().position(|other| same(*own, *other))
            && let Some(other) = left.remove(at)
        {
            pairs.push((*own, other));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use waxwing_model::Keywords;

    use super::*;

    fn sight(message_id: Option<&str>, looks: &str, size: u32) -> Sight {
        Sight {
            message_id: message_id.map(str::to_owned),
            looks: looks.to_owned(),
            size,
        }
    }

    fn here(sight: Sight, folder: Option<usize>) -> Here {
        Here {
            email: EmailId(1),
            sight,
            folder,
            whole: true,
        }
    }

    fn there(sight: Sight, folder: usize) -> There {
        There {
            folder,
            uid: 1,
            sight,
            keywords: Keywords::none(),
            ids: None,
        }
    }

    #[test]
    fn the_same_message_id_and_size_is_the_same_letter_and_each_matches_once() {
        let letter = || sight(Some("a@waxwing.test"), "", 10);
        let two = [here(letter(), None), here(letter(), None)];
        let found = pair(&two, &[there(letter(), 0), there(letter(), 0)]);
        assert_eq!(found.sure.len(), 2, "two that are alike find both of theirs");
        let found = pair(&two, &[there(letter(), 0)]);
        assert_eq!(
            (found.sure.len(), found.doubts.len()),
            (1, 0),
            "of two here and one there one is only here"
        );
    }

    #[test]
    fn copies_in_several_folders_match_those_in_the_same_ones() {
        let letter = || sight(Some("a@waxwing.test"), "", 10);
        let ours = [here(letter(), Some(1)), here(letter(), Some(0))];
        let found = pair(&ours, &[there(letter(), 0), there(letter(), 1)]);
        assert_eq!(found.sure, [(0, 1), (1, 0)], "each where it lies");
    }

    #[test]
    fn another_size_or_no_message_id_wants_a_closer_look() {
        let found = pair(
            &[
                here(sight(Some("a@waxwing.test"), "", 10), None),
                here(sight(None, "cron", 7), None),
                here(sight(None, "else", 7), None),
            ],
            &[
                there(sight(Some("a@waxwing.test"), "", 11), 0),
                there(sight(None, "cron", 7), 0),
            ],
        );
        assert_eq!(found.sure, [], "nothing is taken for granted");
        assert_eq!(
            found.doubts.len(),
            2,
            "two are worth a look, the third has no like"
        );
        let texts = settle(&found.doubts[1], |_, _| true);
        assert_eq!(texts, [(1, 1)], "the same text settles it");
        assert_eq!(settle(&found.doubts[1], |_, _| false), [], "another does not");
    }
}
