//! Files of letters: one by one, all of some folders or a person, and what the window shows of one.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::parts::Danger;
use waxwing_engine::{Attachment, FileWithLetter, Shows};

use super::letter::LetterView;

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    pub part: String,
    pub name: String,
    pub media_type: String,
    pub size: u32,
    /// Whether its bytes are on this computer. Else they come when it is opened.
    pub here: bool,
    /// Why it is not opened without a word.
    pub dangers: Vec<DangerView>,
    pub shows: ShowsView,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DangerView {
    Program,
    Macros,
    Page,
    Disk,
    Disguised,
    HiddenProgram,
}

/// How the window can show a file by itself.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ShowsView {
    Picture,
    Text,
    Pdf,
    Sound,
    Film,
    Letter,
    Letters,
    Nothing,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PreviewView {
    Picture {
        address: String,
    },
    Text {
        text: String,
        cut: bool,
    },
    Pdf {
        base64: String,
    },
    #[serde(rename_all = "camelCase")]
    Media {
        film: bool,
        media_type: String,
        base64: String,
    },
    Nothing,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    pub folder: String,
    pub count: u32,
}

/// A file on its way out of the window.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DragOutView {
    /// Nothing was copied, and why one should think about it.
    Dangerous { dangers: Vec<DangerView> },
    /// Where other programs find the copy: the page hands that out by itself.
    Address { address: String },
    /// The copy, to the shell alone: the system begins the drag (`begin_drag`).
    Token { token: String },
}

#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FileSourceView {
    Mailboxes { mailboxes: Vec<String> },
    Person { address: String },
    Starred,
    Search { query: String },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileView {
    pub letter: LetterView,
    pub file: AttachmentView,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesView {
    pub files: Vec<FileView>,
    /// Where the next page begins, if there is one.
    pub next: Option<u32>,
}

pub fn dangers(dangers: &[Danger]) -> Vec<DangerView> {
    dangers
        .iter()
        .map(|danger| match danger {
            Danger::Program => DangerView::Program,
            Danger::Macros => DangerView::Macros,
            Danger::Page => DangerView::Page,
            Danger::Disk => DangerView::Disk,
            Danger::Disguised => DangerView::Disguised,
            Danger::HiddenProgram => DangerView::HiddenProgram,
        })
        .collect()
}

impl From<Shows> for ShowsView {
    fn from(shows: Shows) -> Self {
        match shows {
            Shows::Picture => Self::Picture,
            Shows::Text => Self::Text,
            Shows::Pdf => Self::Pdf,
            Shows::Sound => Self::Sound,
            Shows::Film => Self::Film,
            Shows::Letter => Self::Letter,
            Shows::Letters => Self::Letters,
            Shows::Nothing => Self::Nothing,
        }
    }
}

impl From<Attachment> for AttachmentView {
    fn from(attachment: Attachment) -> Self {
        Self {
            dangers: dangers(&attachment.dangers),
            shows: attachment.shows.into(),
            part: attachment.part,
            name: attachment.name,
            media_type: attachment.media_type,
            size: attachment.size,
            here: attachment.here,
        }
    }
}

impl From<FileWithLetter> for FileView {
    fn from(file: FileWithLetter) -> Self {
        Self {
            letter: file.letter.into(),
            file: file.file.into(),
        }
    }
}
