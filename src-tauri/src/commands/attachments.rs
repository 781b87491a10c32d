//! Files that come with letters and go with them. Only here does the shell touch files, through the system's dialogs.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use waxwing_engine::parts::{Danger, words_of};
use waxwing_engine::{Engine, FilePlace, FileSource, FilesBehind, LookedInto, Shows};

use super::copies::{self, Purpose};
use super::saved::SavedFiles;
use super::saving::{blocking, not_written, save, spare_name, write_whole};
use super::{Answer, Managed};
use crate::programs;
use crate::views::attachment::{
    CautionView, FileSourceView, FilesBehindView, FilesOrderView, FilesView, PiecesView, PreviewView,
    SavedView, WhichFileView,
};
use crate::views::draft::DraftAttachmentView;
use crate::views::trouble::TroubleView;
use crate::views::{id, ids};

/// Octets of a text that are shown, of pages that are read, and of a sound or a film that go to the window.
const TEXT: usize = 512 * 1024;
const PAGES: usize = 64 * 1024 * 1024;
const FILM: usize = 256 * 1024 * 1024;
/// Files of a page.
const FILES: u32 = 100;

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
    files: Vec<WhichFileView>,
) -> Answer<Option<SavedView>> {
    let dialog = app.clone();
    let chosen = blocking(move || dialog.dialog().file().blocking_pick_folder()).await?;
    let Some(folder) = chosen.and_then(|chosen| chosen.into_path().ok()) else {
        return Ok(None);
    };
    let mut taken = HashSet::new();
    let mut saved = Vec::new();
    for WhichFileView { email, part } in files {
        let (attachment, data) = engine.attachment(id(&email)?, &part).await?;
        let name = spare_name(&attachment.name, |name| {
            taken.contains(&name.to_lowercase()) || folder.join(name).exists()
        });
        taken.insert(name.to_lowercase());
        let path = folder.join(name);
        saved.push(path.clone());
        blocking(move || write_whole(&path, &data))
            .await?
            .map_err(|error| not_written(&error))?;
    }
    let count = u32::try_from(saved.len()).unwrap_or(u32::MAX);
    Ok(Some(SavedView {
        folder: app.state::<SavedFiles>().note(&folder, saved),
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
) -> Answer<CautionView> {
    let file = engine.looked_into(id(&email)?, &part).await?;
    let dangers = &file.attachment.dangers;
    let runs = |danger: &Danger| matches!(danger, Danger::Program | Danger::HiddenProgram);
    if dangers.iter().any(runs) || (!sure && !dangers.is_empty()) {
        return Ok((&file).into());
    }
    let path = copies::write(&app, Purpose::Opened, &file.attachment.name, file.bytes).await?;
    let unopened = match programs::opens_file(&path) {
        true => app.opener().open_path(path.to_string_lossy(), None::<&str>).err(),
        false => Some(tauri_plugin_opener::Error::UnsupportedPlatform),
    };
    if let Some(error) = &unopened {
        tracing::info!(%error, "no program opens a file");
    }
    Ok(CautionView {
        dangers: Vec::new(),
        harmful: Vec::new(),
        unopened: unopened.is_some(),
    })
}

/// A file as the window shows it by itself.
#[tauri::command]
#[specta::specta]
pub async fn preview(engine: Managed<'_>, email: String, part: String) -> Answer<PreviewView> {
    let email = id(&email)?;
    let file = engine.looked_into(email, &part).await?;
    let caution = CautionView::from(&file);
    let LookedInto {
        attachment,
        bytes,
        contents,
    } = file;
    Ok(match attachment.shows {
        Shows::Picture => PreviewView::Picture {
            address: engine.picture_of(email, &part).await?,
        },
        Shows::Text => {
            let some = bytes.get(..TEXT).unwrap_or(&bytes);
            match waxwing_engine::letters::attachments::as_text(some, attachment.charset.as_deref()) {
                Some(text) => PreviewView::Text {
                    text,
                    cut: bytes.len() > TEXT,
                },
                None => PreviewView::Nothing,
            }
        }
        Shows::Words => {
            let text =
                blocking(move || words_of(&attachment.media_type, &attachment.name, &bytes, TEXT)).await?;
            match text.is_empty() {
                true => PreviewView::Nothing,
                // A sign of several octets may have been cut off at the end.
                false => PreviewView::Words {
                    cut: text.len() + 4 > TEXT,
                    text,
                },
            }
        }
        Shows::Pdf if bytes.len() <= PAGES => PreviewView::Pdf {
            file: in_pieces(&engine, bytes),
        },
        Shows::Sound | Shows::Film if bytes.len() <= FILM => PreviewView::Media {
            film: attachment.shows == Shows::Film,
            media_type: attachment.media_type,
            file: in_pieces(&engine, bytes),
        },
        Shows::Archive => match contents {
            Some(contents) => PreviewView::Archive {
                contents: contents.into(),
                caution,
            },
            None => PreviewView::Nothing,
        },
        Shows::Undrawn => PreviewView::Undrawn,
        _ => PreviewView::Nothing,
    })
}

fn in_pieces(engine: &Engine, bytes: Vec<u8>) -> PiecesView {
    PiecesView {
        size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        pieces: engine.in_pieces(bytes),
    }
}

/// Files that came into some folders or from a person and go by some words, a page of them.
#[tauri::command]
#[specta::specta]
pub async fn files(
    engine: Managed<'_>,
    source: FileSourceView,
    order: FilesOrderView,
    words: String,
    behind: Option<FilesBehindView>,
) -> Answer<FilesView> {
    let source = match source {
        FileSourceView::Mailboxes { mailboxes } => FileSource::Mailboxes(ids(&mailboxes)?),
        FileSourceView::Person { address } => FileSource::Person(address),
        FileSourceView::Starred => FileSource::Starred,
        FileSourceView::Search { query } => FileSource::Search(query),
    };
    let behind = match behind {
        Some(FilesBehindView { email, place, row }) => Some(FilesBehind {
            file: FilePlace {
                email: id(&email)?,
                place,
            },
            row,
        }),
        None => None,
    };
    let page = engine.files(source, order.into(), &words, behind, FILES).await?;
    Ok(page.into())
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
