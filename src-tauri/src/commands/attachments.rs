//! Files that come with letters and go with them. Only here does the shell touch files, through the system's dialogs.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use waxwing_engine::parts::Danger;
use waxwing_engine::{FileSource, Shows};

use super::copies::{self, Purpose};
use super::saving::{blocking, not_written, save, spare_name, write_whole};
use super::{Answer, Managed};
use crate::views::attachment::{DangerView, FileSourceView, FilesView, PreviewView, SavedView, dangers};
use crate::views::draft::DraftAttachmentView;
use crate::views::trouble::TroubleView;
use crate::views::{id, ids};

/// Octets of a text that are shown, and of pages, a sound or a film that go to the window.
const TEXT: usize = 512 * 1024;
const FILM: usize = 64 * 1024 * 1024;
/// Letters that a page of files looks through.
const LETTERS: u32 = 40;

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
    save(app, attachment.name, data).await
}

/// Asks for a folder, and saves the files there, each under a name that nothing else has. `None`: the person thought better
/// of it.
#[tauri::command]
#[specta::specta]
pub async fn save_attachments(
    app: AppHandle,
    engine: Managed<'_>,
    email: String,
    parts: Vec<String>,
) -> Answer<Option<SavedView>> {
    let email = id(&email)?;
    let chosen = blocking(move || app.dialog().file().blocking_pick_folder()).await?;
    let Some(folder) = chosen.and_then(|chosen| chosen.into_path().ok()) else {
        return Ok(None);
    };
    let mut taken = HashSet::new();
    let mut count = 0;
    for part in parts {
        let (attachment, data) = engine.attachment(email, &part).await?;
        let name = spare_name(&attachment.name, |name| {
            taken.contains(&name.to_lowercase()) || folder.join(name).exists()
        });
        taken.insert(name.to_lowercase());
        let path = folder.join(name);
        blocking(move || write_whole(&path, &data))
            .await?
            .map_err(|error| not_written(&error))?;
        count += 1;
    }
    Ok(Some(SavedView {
        folder: folder.display().to_string(),
        count,
    }))
}

/// Opens a copy that may be read alone with the program that the system has for its kind. What is dangerous is told instead, unless the person
/// is `sure`; a program is never started from here.
#[tauri::command]
#[specta::specta]
pub async fn open_attachment(
    app: AppHandle,
    engine: Managed<'_>,
    email: String,
    part: String,
    sure: bool,
) -> Answer<Vec<DangerView>> {
    let (attachment, data) = engine.attachment(id(&email)?, &part).await?;
    let runs = |danger: &Danger| matches!(danger, Danger::Program | Danger::HiddenProgram);
    if attachment.dangers.iter().any(runs) || (!sure && !attachment.dangers.is_empty()) {
        return Ok(dangers(&attachment.dangers));
    }
    let path = copies::write(&app, Purpose::Opened, &attachment.name, data).await?;
    app.opener()
        .open_path(path.to_string_lossy(), None::<&str>)
        .map_err(|error| TroubleView {
            detail: Some(error.to_string()),
            ..TroubleView::invalid("No program on this computer opens this file.")
        })?;
    Ok(Vec::new())
}

/// A file as the window shows it by itself.
#[tauri::command]
#[specta::specta]
pub async fn preview(engine: Managed<'_>, email: String, part: String) -> Answer<PreviewView> {
    let email = id(&email)?;
    let (attachment, data) = engine.attachment(email, &part).await?;
    Ok(match attachment.shows {
        Shows::Picture => PreviewView::Picture {
            address: engine.picture_of(email, &part).await?,
        },
        Shows::Text => {
            let some = data.get(..TEXT).unwrap_or(&data);
            match waxwing_engine::letters::attachments::as_text(some, attachment.charset.as_deref()) {
                Some(text) => PreviewView::Text {
                    text,
                    cut: data.len() > TEXT,
                },
                None => PreviewView::Nothing,
            }
        }
        Shows::Pdf if data.len() <= FILM => PreviewView::Pdf {
            base64: STANDARD.encode(data),
        },
        Shows::Sound | Shows::Film if data.len() <= FILM => PreviewView::Media {
            film: attachment.shows == Shows::Film,
            media_type: attachment.media_type,
            base64: STANDARD.encode(data),
        },
        _ => PreviewView::Nothing,
    })
}

/// Files that came into some folders or from a person, newest first.
#[tauri::command]
#[specta::specta]
pub async fn files(engine: Managed<'_>, source: FileSourceView, offset: u32) -> Answer<FilesView> {
    let source = match source {
        FileSourceView::Mailboxes { mailboxes } => FileSource::Mailboxes(ids(&mailboxes)?),
        FileSourceView::Person { address } => FileSource::Person(address),
        FileSourceView::Starred => FileSource::Starred,
        FileSourceView::Search { query } => FileSource::Search(query),
    };
    let (files, next) = engine.files(source, offset, LETTERS).await?;
    Ok(FilesView {
        files: files.into_iter().map(Into::into).collect(),
        next,
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
