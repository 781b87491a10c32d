//! Copies of files of letters for other programs: to open them, or to take them when they are dragged out. They stand in folders
//! that nobody else of this computer may look into.

use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager, Url};
use waxwing_model::EmailId;

use super::Answer;
use super::saving::{blocking, not_written, write_whole};
use crate::views::trouble::TroubleView;

/// What a copy is for. Each has a folder of its own.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// A program has it open for as long as the person likes.
    Opened,
    /// Whoever it was dropped on has made a copy; it is thrown away at the next start.
    Dragged,
}

impl Purpose {
    fn folder(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Dragged => "dragged",
        }
    }
}

/// Writes one, under the name that the file has.
pub async fn write(
    app: &AppHandle,
    purpose: Purpose,
    (email, part): (EmailId, &str),
    name: &str,
    data: Vec<u8>,
) -> Answer<PathBuf> {
    let folder = place(app, purpose)?
        .join(format!("{email}-{part}").replace(|one: char| !one.is_ascii_alphanumeric(), "-"));
    let path = folder.join(name);
    let written = path.clone();
    blocking(move || {
        if let Some(all) = folder.parent() {
            private_folder(all)?;
        }
        private_folder(&folder)?;
        write_whole(&written, &data)
    })
    .await?
    .map_err(|error| not_written(&error))?;
    Ok(path)
}

/// The address under which other programs find it.
pub fn address(path: &Path) -> Answer<String> {
    Url::from_file_path(path)
        .map(String::from)
        .map_err(|()| TroubleView::invalid("The file has no place that other programs could find."))
}

/// Throws away what was dragged out since the last start: a program that took long over it has had its time.
pub fn throw_away(app: &AppHandle) {
    let Ok(folder) = place(app, Purpose::Dragged) else {
        return;
    };
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "copies of files that were dragged out could not be thrown away");
    }
}

fn place(app: &AppHandle, purpose: Purpose) -> Answer<PathBuf> {
    let cache = app
        .path()
        .app_cache_dir()
        .map_err(|error| not_written(&std::io::Error::other(error)))?;
    Ok(cache.join(purpose.folder()))
}

fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // One of an older version was open to others.
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_looks_into_the_folder_of_a_copy() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("dragged/7-2");
        private_folder(&folder).unwrap();
        private_folder(&folder).unwrap();
        let older = home.path().join("opened");
        std::fs::create_dir(&older).unwrap();
        std::fs::set_permissions(&older, std::fs::Permissions::from_mode(0o755)).unwrap();
        private_folder(&older).unwrap();
        for made in [&folder, &home.path().join("dragged"), &older] {
            let mode = std::fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", made.display());
        }
    }

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
