//! How the system is asked to begin a drag. To be called on the main thread.

use std::path::PathBuf;

use tauri::WebviewWindow;

/// Windows and macOS. What is dropped is a copy: a target that would move the file is not let.
#[cfg(any(windows, target_os = "macos"))]
pub fn begin(window: &WebviewWindow, path: PathBuf) -> Result<(), String> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use drag::{DragItem, DragMode, Image, Options, start_drag};

    /// What is seen under the pointer, a PNG.
    const PICTURE: &[u8] = include_bytes!("../../../icons/32x32.png");
    let file = DragItem::Files(vec![path]);
    let picture = Image::Raw(PICTURE.to_vec());
    let options = Options {
        mode: DragMode::Copy,
        ..Options::default()
    };
    // The crate panics where the system has no item for a path or no event for a drag, before anything has begun. That ends no mail program.
    let begun = catch_unwind(AssertUnwindSafe(|| {
        // Whatever becomes of it, the copy stays: whoever took it may take long over it.
        start_drag(window, file, picture, |_result, _pointer| {}, options)
    }));
    match begun {
        Ok(begun) => begun.map_err(|error| error.to_string()),
        Err(_panic) => Err("the system does not drag this file".to_owned()),
    }
}

/// The page hands out addresses by itself here, and gets no token.
#[cfg(not(any(windows, target_os = "macos")))]
pub fn begin(_window: &WebviewWindow, path: PathBuf) -> Result<(), String> {
    Err(format!("{} is handed out by its address here", path.display()))
}
