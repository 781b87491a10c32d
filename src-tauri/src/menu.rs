//! The native menu: the main commands are there too, since keys do not leave a focused letter.

use tauri::AppHandle;
use tauri::menu::{AboutMetadata, Menu, MenuBuilder, MenuItem, MenuItemBuilder, SubmenuBuilder};
use tauri_specta::Event;

use crate::views::events::MenuChosen;

/// Where macOS shows one bar for all windows, a menu is expected; elsewhere the window keeps its height for mail.
pub fn attach(app: &AppHandle) -> tauri::Result<()> {
    if cfg!(target_os = "macos") {
        app.set_menu(build(app)?)?;
        app.on_menu_event(|app, event| {
            if let Err(error) = MenuChosen(event.id().as_ref().to_owned()).emit(app) {
                tracing::warn!(%error, "a menu entry was chosen and nobody heard");
            }
        });
    }
    Ok(())
}

fn build(app: &AppHandle) -> tauri::Result<Menu<tauri::Wry>> {
    let item = |id: &str, text: &str, keys: Option<&str>| -> tauri::Result<MenuItem<tauri::Wry>> {
        let item = MenuItemBuilder::with_id(id, text);
        match keys {
            Some(keys) => item.accelerator(keys).build(app),
            None => item.build(app),
        }
    };
    let app_menu = SubmenuBuilder::new(app, "Waxwing")
        .about(Some(AboutMetadata::default()))
        .separator()
        .item(&item("settings", "Settings…", Some("CmdOrCtrl+,"))?)
        .item(&item("pause", "Pause or Resume Fetching", None)?)
        .separator()
        .hide()
        .quit()
        .build()?;
    let edit = SubmenuBuilder::new(app, "Edit")
        .undo()
        .redo()
        .separator()
        .cut()
        .copy()
        .paste()
        .select_all()
        .build()?;
    let message = SubmenuBuilder::new(app, "Message")
        .item(&item("compose", "New Message", Some("CmdOrCtrl+N"))?)
        .separator()
        .item(&item("reply", "Reply", Some("CmdOrCtrl+R"))?)
        .item(&item("replyAll", "Reply to All", Some("CmdOrCtrl+Shift+R"))?)
        .item(&item("forward", "Forward", Some("CmdOrCtrl+Shift+F"))?)
        .separator()
        .item(&item("archive", "Archive", Some("CmdOrCtrl+Shift+A"))?)
        .item(&item("delete", "Delete", None)?)
        .item(&item("star", "Star", Some("CmdOrCtrl+Shift+L"))?)
        .item(&item("markUnread", "Mark as Unread", Some("CmdOrCtrl+Shift+U"))?)
        .item(&item("move", "Move to Folder…", Some("CmdOrCtrl+Shift+M"))?)
        .item(&item("copy", "Copy to Folder…", None)?)
        .separator()
        .item(&item("emptyFolder", "Empty Trash or Junk…", None)?)
        .build()?;
    MenuBuilder::new(app)
        .item(&app_menu)
        .item(&edit)
        .item(&message)
        .build()
}
