//! Where files went that were saved in this run: the system's program for folders shows them there. No other place is ever opened so,
//! whatever a page asks for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use super::Answer;
use super::saving::blocking;
use crate::programs;
use crate::views::trouble::{TroubleKindView, TroubleView};

/// Files of one saving that are shown selected.
const SELECTED: usize = 100;

/// The files that were saved, by what the person was told of where they are: a file, or the folder of several.
#[derive(Default)]
pub struct SavedFiles(Mutex<HashMap<String, Vec<PathBuf>>>);

impl SavedFiles {
    /// Notes files that were saved together, and says where they are.
    pub fn note(&self, told: &Path, mut files: Vec<PathBuf>) -> String {
        let told = told.display().to_string();
        files.truncate(SELECTED);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(told.clone(), files);
        told
    }

    fn find(&self, told: &str) -> Option<Vec<PathBuf>> {
        let saved = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        saved.get(told).cloned()
    }
}

/// Shows what was saved in its folder. `place` is what the person was told when it was saved. `false`: no program on this computer shows
/// folders, or none answered.
#[tauri::command]
#[specta::specta]
pub async fn show_saved(app: AppHandle, saved: State<'_, SavedFiles>, place: String) -> Answer<bool> {
    let files = saved
        .find(&place)
        .ok_or_else(|| TroubleView::invalid("This file was not saved here."))?;
    let (there, folder) = blocking(move || {
        let folder = files.first().and_then(|file| file.parent()).map(Path::to_owned);
        let there: Vec<PathBuf> = files.into_iter().filter(|file| file.exists()).collect();
        (there, folder.filter(|folder| folder.is_dir()))
    })
    .await?;
    let Some(folder) = folder else {
        return Err(TroubleView {
            kind: TroubleKindView::Gone,
            ..TroubleView::invalid("The folder is not there any more.")
        });
    };
    blocking(move || is_shown(&app, &there, &folder)).await
}

/// Selected in their folder; where no program does that, or they are gone from there, the folder alone.
fn is_shown(app: &AppHandle, files: &[PathBuf], folder: &Path) -> bool {
    if !files.is_empty() {
        match select(app, files) {
            Ok(()) => return true,
            Err(error) => tracing::info!(%error, "no program selects files in their folder"),
        }
    }
    if !programs::opens_folders() {
        return false;
    }
    let opened = app.opener().open_path(folder.to_string_lossy(), None::<&str>);
    if let Err(error) = &opened {
        tracing::info!(%error, "no program opens folders");
    }
    opened.is_ok()
}

/// The program for folders is asked itself, and has to answer: whoever passes the wish on says nothing of what becomes of it.
#[cfg(target_os = "linux")]
fn select(_: &AppHandle, files: &[PathBuf]) -> std::result::Result<(), gtk::glib::Error> {
    use gtk::gio::{self, prelude::FileExt};
    use gtk::glib::prelude::ToVariant;

    /// Milliseconds for a program that has to be started first.
    const ANSWER: i32 = 10_000;
    let bus = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE)?;
    let addresses: Vec<String> = files
        .iter()
        .map(|file| gio::File::for_path(file).uri().into())
        .collect();
    bus.call_sync(
        Some("org.freedesktop.FileManager1"),
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
        Some(&(addresses, "").to_variant()),
        None,
        gio::DBusCallFlags::NONE,
        ANSWER,
        gio::Cancellable::NONE,
    )
    .map(drop)
}

#[cfg(not(target_os = "linux"))]
fn select(app: &AppHandle, files: &[PathBuf]) -> std::result::Result<(), tauri_plugin_opener::Error> {
    app.opener().reveal_items_in_dir(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_saved_is_shown() {
        let saved = SavedFiles::default();
        let file = PathBuf::from("/home/lena/plan.pdf");
        let told = saved.note(&file, vec![file.clone()]);
        assert_eq!(saved.find(&told), Some(vec![file]));
        for other in ["/home/lena", "/home/lena/plan.pdf/", "/etc/passwd", ""] {
            assert_eq!(saved.find(other), None, "{other}");
        }
        let many: Vec<PathBuf> = (0..500)
            .map(|number| format!("/home/lena/{number}").into())
            .collect();
        let told = saved.note(Path::new("/home/lena"), many);
        assert_eq!(saved.find(&told).unwrap().len(), SELECTED);
    }
}
