//! Files of letters: one by one, all of some folders or a person, and what the window shows of one.

use serde::{Deserialize, Serialize};
use specta::Type;
use waxwing_engine::parts::{Contents, Danger, PackedFile};
use waxwing_engine::{Attachment, FileWithLetter, FilesBehind, FilesOrder, FilesPage, LookedInto, Shows};

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
    Contradicted,
    HiddenProgram,
    /// Something in the archive is one of these.
    Packed,
    /// Something in the archive is encrypted.
    Locked,
    /// The archive cannot be looked into, or not wholly.
    Closed,
}

/// Why a file is asked about.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CautionView {
    /// Empty: it is not.
    pub dangers: Vec<DangerView>,
    /// What may do harm in an archive, by name: the first few.
    pub harmful: Vec<String>,
    /// It was not opened: no program on this computer is there for its kind.
    pub unopened: bool,
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
    Words,
    Archive,
    Undrawn,
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
    /// The words of a file that has another look.
    Words {
        text: String,
        cut: bool,
    },
    Pdf {
        file: PiecesView,
    },
    #[serde(rename_all = "camelCase")]
    Media {
        film: bool,
        media_type: String,
        file: PiecesView,
    },
    Archive {
        contents: ArchiveContentsView,
        caution: CautionView,
    },
    /// A picture that no window here draws.
    Undrawn,
    Nothing,
}

/// Where the octets of a file are found, for a while.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PiecesView {
    /// The addresses of its pieces, in their order.
    pub pieces: Vec<String>,
    /// Octets of all of them.
    pub size: u32,
}

/// What is in an archive.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveContentsView {
    pub files: Vec<PackedFileView>,
    /// Files in all, with those that are not told.
    pub count: u32,
    /// There may be more in it than could be found.
    pub closed: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PackedFileView {
    pub name: String,
    /// Octets; `null` where the archive does not say. One that says too much says the most that a number here holds.
    pub size: Option<u32>,
    pub locked: bool,
    pub dangers: Vec<DangerView>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    pub folder: String,
    pub count: u32,
}

/// One file of one letter.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhichFileView {
    pub email: String,
    pub part: String,
}

/// A file on its way out of the window.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DragOutView {
    /// Nothing was copied, and why one should think about it.
    Dangerous { caution: CautionView },
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
    /// Behind what the next page begins, if there is one.
    pub next: Option<FilesBehindView>,
    /// Files of all pages.
    pub total: u32,
    /// Letters that are still to be looked into, and may bring more.
    pub unread: u32,
}

/// The last file of a page: of which letter it is, which of its files, and in which row of the list it stood.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesBehindView {
    pub email: String,
    pub place: u32,
    pub row: u32,
}

/// In which order files are listed.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FilesOrderView {
    Newest,
    Name,
    Size,
    Sender,
    Kind,
}

impl From<FilesOrderView> for FilesOrder {
    fn from(order: FilesOrderView) -> Self {
        match order {
            FilesOrderView::Newest => Self::Newest,
            FilesOrderView::Name => Self::Name,
            FilesOrderView::Size => Self::Size,
            FilesOrderView::Sender => Self::Sender,
            FilesOrderView::Kind => Self::Kind,
        }
    }
}

impl From<FilesPage> for FilesView {
    fn from(page: FilesPage) -> Self {
        Self {
            files: page.files.into_iter().map(Into::into).collect(),
            next: page.next.map(|FilesBehind { file, row }| FilesBehindView {
                email: file.email.to_string(),
                place: file.place,
                row,
            }),
            total: page.total,
            unread: page.unread,
        }
    }
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
            Danger::Contradicted => DangerView::Contradicted,
            Danger::HiddenProgram => DangerView::HiddenProgram,
            Danger::Packed => DangerView::Packed,
            Danger::Locked => DangerView::Locked,
            Danger::Closed => DangerView::Closed,
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
            Shows::Words => Self::Words,
            Shows::Archive => Self::Archive,
            Shows::Undrawn => Self::Undrawn,
            Shows::Nothing => Self::Nothing,
        }
    }
}

impl From<&LookedInto> for CautionView {
    fn from(file: &LookedInto) -> Self {
        Self {
            dangers: dangers(&file.attachment.dangers),
            harmful: file.harmful(),
            unopened: false,
        }
    }
}

impl From<Contents> for ArchiveContentsView {
    fn from(contents: Contents) -> Self {
        Self {
            files: contents.files.into_iter().map(Into::into).collect(),
            count: u32::try_from(contents.count).unwrap_or(u32::MAX),
            closed: contents.closed,
        }
    }
}

impl From<PackedFile> for PackedFileView {
    fn from(file: PackedFile) -> Self {
        Self {
            name: file.name,
            size: file.size.map(|size| u32::try_from(size).unwrap_or(u32::MAX)),
            locked: file.locked,
            dangers: dangers(&file.dangers),
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
