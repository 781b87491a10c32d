//! What can go wrong in the store, and which sentence the person gets for it.

use waxwing_model::{Trouble, TroubleKind};

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the quota on it, has no room.
    #[error("the disk is full; it happened while {doing}")]
    Full { doing: String },
    #[error("the store is from a newer Waxwing (it has version {found}, this one knows {known})")]
    Newer { found: i64, known: i64 },
    #[error("the store is in use by another Waxwing")]
    InUse,
    /// It was opened to be read, and not to be written to.
    #[error("the store was opened to be read only")]
    OnlyRead,
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// It is made of the letters, and can be made of them again.
    #[error("the search index is damaged: {0}")]
    DamagedIndex(String),
    #[error("there is no {what} with the number {id}")]
    NoSuch { what: &'static str, id: i64 },
    /// A letter that is on its way, or sent, cannot be taken back.
    #[error("it is too late: the letter is on its way or has been sent")]
    TooLate,
    /// An earlier statement of the transaction failed, so that nothing more is written in it.
    #[error("an earlier step of the same transaction failed")]
    Failed,
    #[error("a file of the store could not be used while {doing}")]
    Io { doing: String, source: std::io::Error },
    #[error("the store failed while {doing}")]
    Sqlite { doing: String, source: rusqlite::Error },
}

impl StoreError {
    pub fn kind(&self) -> TroubleKind {
        match self {
            Self::Full { .. } => TroubleKind::DiskFull,
            Self::NoSuch { .. } => TroubleKind::Gone,
            Self::TooLate => TroubleKind::Invalid,
            Self::Newer { .. }
            | Self::InUse
            | Self::OnlyRead
            | Self::Damaged(_)
            | Self::DamagedIndex(_)
            | Self::Failed
            | Self::Io { .. }
            | Self::Sqlite { .. } => TroubleKind::Store,
        }
    }

    /// What became of reading or writing a file.
    pub fn io(doing: &str, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full {
                doing: doing.to_owned(),
            },
            _ => Self::Io {
                doing: doing.to_owned(),
                source,
            },
        }
    }

    /// The same, in words for the person.
    pub fn trouble(&self) -> Trouble {
        let sentence = match self {
            Self::Full { .. } => "The disk is full. Nothing was lost; make some room and try again.",
            Self::Newer { .. } => {
                "Your mail was last opened with a newer Waxwing. Install that version, or a later one, to go on."
            }
            Self::InUse => "Waxwing is already running with this profile.",
            Self::OnlyRead => "The mail on this computer was opened to be read, and cannot be changed now.",
            Self::Damaged(_) => "The mail store on this computer is damaged.",
            Self::DamagedIndex(_) => {
                "The search index on this computer is damaged. It is being built again from your letters."
            }
            Self::NoSuch { .. } => "What you asked for is no longer there.",
            Self::TooLate => "It is too late: the letter is on its way or has been sent.",
            Self::Failed | Self::Io { .. } | Self::Sqlite { .. } => {
                "The mail store on this computer could not be used."
            }
        };
        let trouble = Trouble::new(self.kind(), sentence);
        match self {
            Self::InUse | Self::OnlyRead | Self::TooLate => trouble,
            _ => {
                let mut detail = self.to_string();
                if let Some(source) = std::error::Error::source(self) {
                    detail = format!("{detail}: {source}");
                }
                trouble.with_detail(detail)
            }
        }
    }
}

/// Says what we were doing when a call failed, and tells the failures apart that the interface acts upon.
pub(crate) trait Doing<T> {
    fn doing(self, what: &str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, what: &str) -> Result<T, StoreError> {
        self.map_err(|source| explain(what, source))
    }
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: &str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::io(what, source))
    }
}

fn explain(what: &str, source: rusqlite::Error) -> StoreError {
    use rusqlite::{ErrorCode, ffi};
    let doing = what.to_owned();
    match &source {
        rusqlite::Error::SqliteFailure(failure, words) => match failure.code {
            ErrorCode::DiskFull => StoreError::Full { doing },
            // The shared memory beside the store could not grow, which is how a full disk shows itself first.
            _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full { doing },
            // The pages make sense, but not what FTS5 has written in them.
            _ if failure.extended_code == ffi::SQLITE_CORRUPT_VTAB => StoreError::DamagedIndex(format!(
                "{} while {what}",
                words.as_deref().unwrap_or("its words make no sense")
            )),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(format!(
                "{} while {what}",
                words.as_deref().unwrap_or("its pages make no sense")
            )),
            _ => StoreError::Sqlite { doing, source },
        },
        // A value that is not what the schema promises was not written by us.
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..) => StoreError::Damaged(format!("{source} while {what}")),
        _ => StoreError::Sqlite { doing, source },
    }
}
