//! Files of letters on their way out of a window.

use tauri::{AppHandle, State, WebviewWindow};

use super::copies::{self, Purpose};
use super::{Answer, Managed};
use crate::dragging::{self, NotReady, ReadyCopies};
use crate::views::attachment::DragOutView;
use crate::views::id;
use crate::views::trouble::{TroubleKindView, TroubleView};

/// Puts a copy where another program finds it on which it is dropped. What is dangerous is told instead, unless the person is
/// `sure`.
#[tauri::command]
#[specta::specta]
pub async fn drag_out(
    app: AppHandle,
    window: WebviewWindow,
    engine: Managed<'_>,
    ready: State<'_, ReadyCopies>,
    email: String,
    part: String,
    sure: bool,
) -> Answer<DragOutView> {
    let file = engine.looked_into(id(&email)?, &part).await?;
    if !sure && !file.attachment.dangers.is_empty() {
        return Ok(DragOutView::Dangerous {
            caution: (&file).into(),
        });
    }
    let path = copies::write(&app, Purpose::Dragged, &file.attachment.name, file.bytes).await?;
    Ok(if dragging::BY_SYSTEM {
        DragOutView::Token {
            token: ready.give(window.label(), path),
        }
    } else {
        DragOutView::Address {
            address: copies::address(&path)?,
        }
    })
}

/// Has the system begin the drag of a copy for which `drag_out` gave a token to this window, while the mouse button is down.
/// Answers when it has begun, on Windows when it is over.
#[tauri::command]
#[specta::specta]
pub async fn begin_drag(window: WebviewWindow, ready: State<'_, ReadyCopies>, token: String) -> Answer<()> {
    let path = ready.find(window.label(), &token).map_err(not_ready)?;
    dragging::begin(&window, path)
        .await
        .map_err(|reason| TroubleView {
            detail: Some(reason),
            ..TroubleView::invalid("The file could not be dragged. It can be saved instead.")
        })
}

fn not_ready(why: NotReady) -> TroubleView {
    match why {
        NotReady::Unknown => {
            TroubleView::invalid("This file was not made ready to be dragged out of this window.")
        }
        NotReady::Gone => TroubleView {
            kind: TroubleKindView::Gone,
            ..TroubleView::invalid("The copy of the file is gone. Drag it again, and a new one is made.")
        },
    }
}
