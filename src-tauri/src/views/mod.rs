//! Data as the interface sees it. Ids are opaque strings and times are milliseconds as numbers, since a 64-bit
//! integer does not survive JavaScript.

pub mod account;
pub mod action;
pub mod attachment;
pub mod caution;
pub mod certificate;
pub mod discovery;
pub mod draft;
pub mod events;
pub mod finding;
pub mod identity;
pub mod invitation;
pub mod letter;
pub mod letter_window;
pub mod listing;
pub mod mailbox;
pub mod maildrop;
pub mod mailing_list;
pub mod managing;
pub mod missed;
pub mod oauth;
pub mod outbox;
pub mod protocol;
pub mod setup;
pub mod trouble;
pub mod typed;

use std::str::FromStr;

use serde::Serialize;
use specta::Type;
use waxwing_engine::LetterRef;
use waxwing_model::{Timestamp, TroubleKind};

use trouble::TroubleView;

/// An id that came back from the interface.
pub fn id<T: FromStr>(text: &str) -> Result<T, TroubleView> {
    text.parse().map_err(|_| TroubleView {
        kind: TroubleKind::Gone.into(),
        sentence: "What was asked for is no longer there.".into(),
        detail: None,
        certificate: None,
    })
}

pub fn ids<T: FromStr>(texts: &[String]) -> Result<Vec<T>, TroubleView> {
    texts.iter().map(|text| id(text)).collect()
}

/// A letter that the interface names: one of a folder, or one within it by the way to its part.
pub fn letter_ref(email: &str, part: Option<String>) -> Result<LetterRef, TroubleView> {
    Ok(LetterRef {
        email: id(email)?,
        within: part,
    })
}

/// Milliseconds since 1970, as a number: exact up to the year 287,396 and never infinite, so that the interface need not
/// think of a missing one.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(transparent)]
pub struct Moment(#[specta(type = u32)] f64);

/// A number of bytes: exact up to nine thousand terabytes.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(transparent)]
pub struct Octets(#[specta(type = u32)] f64);

pub fn octets(count: u64) -> Octets {
    Octets(count as f64)
}

/// A moment that the interface names.
pub fn timestamp(at: f64) -> Result<Timestamp, TroubleView> {
    // The last moment of the year 9999, which every calendar knows.
    const LATEST: f64 = 253_402_300_799_999.0;
    if (0.0..=LATEST).contains(&at) {
        return Ok(at as Timestamp);
    }
    Err(TroubleView::invalid("That moment is not in the calendar."))
}

pub fn moment(at: Timestamp) -> Moment {
    Moment(at as f64)
}

#[cfg(test)]
mod tests {
    use std::marker::PhantomData;

    use serde::Serialize;

    use super::{identity, managing, oauth, setup, typed};

    /// What can be known of a type while it is compiled. Where it can cross to the interface, its own constant hides the
    /// trait's.
    struct Known<T>(PhantomData<T>);

    trait Kept {
        const GOES_OUT: bool = false;
    }

    impl<T> Kept for Known<T> {}

    impl<T: Serialize> Known<T> {
        const GOES_OUT: bool = true;
    }

    #[test]
    fn what_holds_a_password_comes_in_and_never_goes_out() {
        let forms = [
            Known::<managing::TrialView>::GOES_OUT,
            Known::<setup::AccountForm>::GOES_OUT,
            Known::<managing::ServersForm>::GOES_OUT,
            Known::<managing::PasswordsForm>::GOES_OUT,
            Known::<managing::IdentityPassword>::GOES_OUT,
            Known::<identity::IdentityForm>::GOES_OUT,
            Known::<oauth::ClientForm>::GOES_OUT,
            Known::<typed::Typed>::GOES_OUT,
        ];
        assert_eq!(
            forms,
            [true, false, false, false, false, false, false, false],
            "a trial is told; no answer and no event can carry a form"
        );
    }
}
