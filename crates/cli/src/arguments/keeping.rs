//! How much is kept on this computer, and on the server, as it may be typed.

use waxwing_model::{Keep, Retention};

use super::Large;

pub(super) fn retention(text: &str) -> Result<Retention, String> {
    match text {
        "always" => Ok(Retention::Keep),
        "never" => Ok(Retention::RemoveAfterDownload),
        "until-trashed" => Ok(Retention::RemoveWhenTrashed),
        "until-deleted" => Ok(Retention::RemoveWhenDeleted),
        other => other
            .strip_prefix("days:")
            .and_then(|days| days.parse().ok())
            .map(|days| Retention::RemoveAfterDays { days })
            .ok_or_else(|| "it is always, never, days:N, until-trashed or until-deleted".into()),
    }
}

pub(super) fn keep(text: &str) -> Result<Keep, String> {
    match text {
        "all" => Ok(Keep::All),
        "headers" => Ok(Keep::Headers),
        other => other
            .strip_prefix("days:")
            .and_then(|days| days.parse().ok())
            .map(|days| Keep::Days { days })
            .ok_or_else(|| "it is all, days:N or headers".into()),
    }
}

pub(super) fn large(text: &str) -> Result<Large, String> {
    match text {
        "off" => Ok(Large(None)),
        number => number
            .parse()
            .map(|megabytes| Large(Some(megabytes)))
            .map_err(|_| "it is a number of megabytes up to 65535, or off".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_said_in_words() {
        assert_eq!(keep("days:90"), Ok(Keep::Days { days: 90 }));
        assert_eq!((keep("all"), keep("headers")), (Ok(Keep::All), Ok(Keep::Headers)));
        assert!(keep("some").is_err(), "that says nothing");
        assert_eq!(large("25"), Ok(Large(Some(25))));
        assert_eq!(large("off"), Ok(Large(None)));
        assert!(large("many").is_err(), "a number is wanted");
    }

    #[test]
    fn retention_is_said_in_words() {
        assert_eq!(retention("days:14"), Ok(Retention::RemoveAfterDays { days: 14 }));
        assert!(retention("days:many").is_err(), "a number is wanted");
    }
}
