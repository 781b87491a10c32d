//! From when to when what is looked for can be, where a query names days, so that volumes of other times are not asked.

use rusqlite::params_from_iter;
use waxwing_model::Timestamp;

use super::condition::Conditions;
use super::day::{Span, Unit};
use super::operator::Asked;
use super::query::Node;
use super::volumes::Volume;
use crate::{Reading, StoreError};

/// A span of time: from a moment on, and before another.
pub(crate) struct Within {
    since: Timestamp,
    before: Timestamp,
}

impl Within {
    /// Whether letters of a volume may be of that time.
    pub fn meets(&self, volume: &Volume) -> bool {
        volume.newest >= self.since && volume.since < self.before
    }
}

impl Reading<'_> {
    /// What all of the wishes allow.
    pub(crate) fn within(&self, wishes: &[&Node]) -> Result<Within, StoreError> {
        let mut within = Within {
            since: Timestamp::MIN,
            before: Timestamp::MAX,
        };
        for wish in wishes {
            let (from, to) = match wish {
                Node::Asked(Asked::Since(span)) => (Some(span), None),
                Node::Asked(Asked::Before(span)) => (None, Some((span, None))),
                Node::Asked(Asked::During(span)) => (Some(span), Some((span, Some(span.unit)))),
                _ => continue,
            };
            if let Some(span) = from
                && let Some(moment) = self.moment(span, None)?
            {
                within.since = within.since.max(moment);
            }
            if let Some((span, later)) = to
                && let Some(moment) = self.moment(span, later)?
            {
                within.before = within.before.min(moment);
            }
        }
        Ok(within)
    }

    /// `None`: there is no such day.
    fn moment(&self, span: &Span, later: Option<Unit>) -> Result<Option<Timestamp>, StoreError> {
        let mut conditions = Conditions::default();
        let moment = conditions.moment(span, later);
        let sql = format!("SELECT {moment}");
        let doing = "looking which day is meant";
        let told: Option<Option<Timestamp>> =
            self.one(doing, &sql, params_from_iter(conditions.parameters), |row| {
                row.get(0)
            })?;
        Ok(told.flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression::split;
    use super::super::query::parse;
    use super::super::volumes_tests::Shelf;

    #[test]
    fn days_that_are_named_leave_out_volumes_of_other_times() {
        let shelf = Shelf::new();
        let day = 86_400_000;
        // From 1970 on, one a day: three years and more.
        let letters = shelf.add(&(0..1_200).map(|number| number * day).collect::<Vec<_>>());
        shelf.index();
        let asked = |query: &str| {
            let node = parse(query).node.unwrap();
            let met = |r: &crate::Reading<'_>| {
                let within = r.within(&split(&node).rest)?;
                Ok(r.volumes()?.iter().filter(|volume| within.meets(volume)).count())
            };
            shelf.store.read(met).unwrap()
        };
        let all = asked("jonas");
        assert!(all > 6, "{all} volumes");
        assert_eq!(asked("jonas is:unread"), all, "no day is named");
        assert!(
            asked("jonas on:1971-06 ") <= 2,
            "a month stands in one volume, or in two"
        );
        assert!(asked("jonas after:1972-12 ") < all / 2);
        assert!(asked("jonas before:1970-03 ") <= 2);
        assert_eq!(asked("jonas after:1972 before:1971 "), 0, "no time is both");
        assert_eq!(asked("jonas -on:1971-06 "), all, "all but a month is nearly all");
        let june = shelf.found("jonas on:1971-06 ");
        assert_eq!(june.len(), 30);
        assert!(
            june.iter().all(|email| letters[500..560].contains(email)),
            "those of June"
        );
        assert_eq!(
            shelf.found("on:1971-06 "),
            june,
            "also where no word is looked for"
        );
    }
}
