//! Copies of files of letters for other programs: to open them, or to take them when they are dragged out. They stand in folders
//! that nobody else of this computer may look into, and go at the next start.

mod as_written;

use std::path::{Path, PathBuf};
use std::sync::Once;

use tauri::{AppHandle, Manager, Url};

use self::as_written::Guard;
use super::Answer;
use super::saving::{blocking, not_written};
use crate::views::trouble::TroubleView;

/// What a copy is for. Each has a folder of its own.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// A program has it open for as long as the person likes.
    Opened,
    /// Whoever it was dropped on has made a copy.
    Dragged,
}

impl Purpose {
    fn folder(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Dragged => "dragged",
        }
    }

    fn guard(self) -> Guard {
        match self {
            Self::Opened => Guard::Closed,
            Self::Dragged => Guard::Open,
        }
    }
}

/// The copies of the run before are put away once, before there is one of this run.
static RUN_BEFORE: Once = Once::new();

/// Writes one, under the name that the file has.
pub async fn write(app: &AppHandle, purpose: Purpose, name: &str, data: Vec<u8>) -> Answer<PathBuf> {
    let folder = place(app, purpose)?;
    let (app, name) = (app.clone(), name.to_owned());
    blocking(move || {
        RUN_BEFORE.call_once(|| clear(&app));
        as_written::write(&folder, &name, &data, purpose.guard())
    })
    .await?
    .map_err(|error| not_written(&error))
}

/// The address under which other programs find it.
pub fn address(path: &Path) -> Answer<String> {
    Url::from_file_path(path)
        .map(String::from)
        .map_err(|()| TroubleView::invalid("The file has no place that other programs could find."))
}

/// Puts away the copies of the run before, beside everything else: a program that took long over one has had its time. What
/// somebody has changed all the same goes to the folder for downloads.
pub fn put_away(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || RUN_BEFORE.call_once(|| clear(&app)));
}

fn clear(app: &AppHandle) {
    let downloads = app.path().download_dir().ok();
    for purpose in [Purpose::Opened, Purpose::Dragged] {
        let Ok(folder) = place(app, purpose) else {
            continue;
        };
        match as_written::clear(&folder, downloads.as_deref()) {
            Ok(kept) if kept.is_empty() => {}
            Ok(kept) => tracing::info!(
                count = kept.len(),
                "copies that were changed went to the downloads"
            ),
            Err(error) => tracing::warn!(%error, "copies of files of letters could not be put away"),
        }
    }
}

fn place(app: &AppHandle, purpose: Purpose) -> Answer<PathBuf> {
    let cache = app
        .path()
        .app_cache_dir()
        .map_err(|error| not_written(&std::io::Error::other(error)))?;
    Ok(cache.join(purpose.folder()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_odd_characters_is_found_by_its_address() {
        let path = std::env::temp_dir().join("old letters é 100% #2.txt");
        let told = address(&path).unwrap();
        assert!(
            told.ends_with("/old%20letters%20%C3%A9%20100%25%20%232.txt"),
            "programs take it apart again: {told}"
        );
        assert_eq!(Url::parse(&told).unwrap().to_file_path().unwrap(), path);
        assert!(
            address(Path::new("letters.txt")).is_err(),
            "a place without a root is none"
        );
    }
}
