//! Files that come with letters and go with them. Only here does the shell touch files, through the system's dialogs.

use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;

use super::{Answer, Managed};
use crate::views::draft::DraftAttachmentView;
use crate::views::id;
use crate::views::trouble::TroubleView;

/// Kinds that a double click would run rather than show. They can be saved; they are not opened from a letter.
const RUNNABLE: [&str; 28] = [
    "app", "appimage", "bat", "cmd", "com", "command", "cpl", "deb", "desktop", "dmg", "exe", "hta", "jar",
    "js", "jse", "lnk", "msi", "pif", "pkg", "ps1", "py", "reg", "rpm", "scr", "sh", "vbe", "vbs", "wsf",
];

/// Asks where to, and saves. `None`: the person thought better of it.
#[tauri::command]
#[specta::specta]
pub async fn save_attachment(
    app: AppHandle,
    engine: Managed<'_>,
    email: String,
    part: String,
) -> Answer<Option<String>> {
    let (attachment, data) = engine.attachment(id(&email)?, &part).await?;
    let chosen = blocking(move || {
        app.dialog()
            .file()
            .set_file_name(&attachment.name)
            .blocking_save_file()
    })
    .await?;
    let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    blocking(move || write_whole(&path, &data))
        .await?
        .map_err(|error| not_written(&error))?;
    Ok(Some(shown))
}

/// Opens a copy with the program that the system has for its kind.
#[tauri::command]
#[specta::specta]
pub async fn open_attachment(app: AppHandle, engine: Managed<'_>, email: String, part: String) -> Answer<()> {
    let (attachment, data) = engine.attachment(id(&email)?, &part).await?;
    if is_runnable(&attachment.name) {
        return Err(TroubleView::invalid(format!(
            "“{}” is a program. Waxwing does not start programs from letters; save it if you trust its sender.",
            attachment.name
        )));
    }
    let folder = app
        .path()
        .app_cache_dir()
        .map_err(|error| not_written(&std::io::Error::other(error)))?;
    let folder = folder
        .join("opened")
        .join(format!("{email}-{part}").replace(['/', '\\', '.'], "-"));
    let path = folder.join(&attachment.name);
    let written = path.clone();
    blocking(move || {
        std::fs::create_dir_all(&folder)?;
        write_whole(&written, &data)
    })
    .await?
    .map_err(|error| not_written(&error))?;
    app.opener()
        .open_path(path.to_string_lossy(), None::<&str>)
        .map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid("No program on this computer opens this file.")
        })
}

/// Asks for files and hangs them on a draft.
#[tauri::command]
#[specta::specta]
pub async fn pick_attachments(
    app: AppHandle,
    engine: Managed<'_>,
    draft: String,
) -> Answer<Vec<DraftAttachmentView>> {
    let draft = id(&draft)?;
    let chosen = blocking(move || app.dialog().file().blocking_pick_files())
        .await?
        .unwrap_or_default();
    let mut attached = Vec::new();
    for path in chosen.into_iter().filter_map(|path| path.into_path().ok()) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_else(|| "file".into());
        let media_type = waxwing_engine::letters::inspect::media_type_for(&name);
        attached.push(
            engine
                .attach_file(draft, name, media_type.to_owned(), path)
                .await?
                .into(),
        );
    }
    Ok(attached)
}

/// A file that was dropped on the composer or pasted into it.
#[tauri::command]
#[specta::specta]
pub async fn attach(
    engine: Managed<'_>,
    draft: String,
    name: String,
    media_type: String,
    base64: String,
) -> Answer<DraftAttachmentView> {
    let data = STANDARD
        .decode(base64)
        .map_err(|_| TroubleView::invalid(format!("“{name}” did not arrive whole.")))?;
    Ok(engine.attach(id(&draft)?, name, media_type, data).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn detach(engine: Managed<'_>, draft: String, attachment: String) -> Answer<()> {
    let _: waxwing_model::DraftId = id(&draft)?;
    Ok(engine.detach(id(&attachment)?).await?)
}

fn is_runnable(name: &str) -> bool {
    // Windows drops dots and spaces at the end of a name.
    let name = name.trim_end_matches(['.', ' ']);
    name.rsplit_once('.')
        .is_some_and(|(_, kind)| RUNNABLE.contains(&kind.to_ascii_lowercase().as_str()))
}

/// The file is there whole or not at all: written beside its place, then renamed.
fn write_whole(path: &Path, data: &[u8]) -> std::io::Result<()> {
    let beside = beside(path);
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(data)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| std::fs::rename(&beside, path));
    if placed.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    placed
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}

fn not_written(error: &std::io::Error) -> TroubleView {
    TroubleView {
        detail: Some(error.to_string()),
        ..TroubleView::invalid("The file could not be written.")
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|_| TroubleView::invalid("Waxwing is closing."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_recognised_behind_their_tricks() {
        for name in ["setup.EXE", "bill.pdf.scr", "run.sh. ", "letter.vbs"] {
            assert!(is_runnable(name), "{name} would run");
        }
        for name in ["bill.pdf", "photo.jpeg", "README", "notes.txt"] {
            assert!(!is_runnable(name), "{name} is only shown");
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("survey.pdf");
        std::fs::create_dir(&path).unwrap();
        assert!(
            write_whole(&path, b"survey").is_err(),
            "a folder stands in its place"
        );
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["survey.pdf"], "the half-written file is gone");
    }
}
