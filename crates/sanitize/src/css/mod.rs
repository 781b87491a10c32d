//! Styles: what of a letter's CSS may stay. Allow-lists of properties, functions, units, selectors and at-rules;
//! what is not known is dropped, so that a spelling nobody thought of is dropped too.
//!
//! The CSS is read into tokens and written anew from them, so comments inside words, escapes (`\75rl`) and
//! unclosed strings are gone before anything is decided. Not here: HTML, and which element a style stands on.

/// What reads declarations and no rules among them has this to say of rules.
macro_rules! declarations_alone {
    ($reader:ty) => {
        impl cssparser::AtRuleParser<'_> for $reader {
            type Prelude = ();
            type AtRule = ();
            type Error = $crate::css::Refused;
        }

        impl cssparser::QualifiedRuleParser<'_> for $reader {
            type Prelude = ();
            type QualifiedRule = ();
            type Error = $crate::css::Refused;
        }

        impl cssparser::RuleBodyItemParser<'_, (), $crate::css::Refused> for $reader {
            fn parse_declarations(&self) -> bool {
                true
            }

            fn parse_qualified(&self) -> bool {
                false
            }
        }
    };
}

mod census;
mod costs;
mod dark;
mod declarations;
mod filled;
mod fonts;
mod found;
mod glance;
mod ground;
mod heights;
mod hiding;
mod layers;
mod paper;
mod property;
mod query;
mod range;
mod room;
mod selector;
mod sheet;
mod sight;
mod stand;
mod value;
mod variables;
mod writer;

pub(crate) use costs::{Spent, bears_height, names_fonts};
pub(crate) use dark::{Colour, Role};
pub(crate) use declarations::{declarations, hides, hides_text};
pub(crate) use filled::filled;
pub(crate) use found::Found;
pub(crate) use glance::{may_ask, may_hide, may_stretch};
pub(crate) use heights::Heights;
pub(crate) use hiding::Hiding;
pub(crate) use room::Stands;
pub(crate) use sheet::Sheets;
pub(crate) use sight::{Pictures, Sight};
pub(crate) use stand::stands_on_dark;
pub(crate) use variables::Variables;

/// A piece of CSS that was not allowed. What is around it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

type ParseError = cssparser::ParseError<Refused>;

fn refused<T>() -> Result<T, ParseError> {
    Err(refusal())
}

fn refusal() -> ParseError {
    cssparser::ParseError::custom(Refused)
}
