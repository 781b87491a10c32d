//! Files that are dragged out of a window. A page on WebKitGTK hands out the address of a copy by itself. Other web views hand out
//! no files that a page names, so there the system is asked to begin a drag of its own, which only the shell can do. The page then
//! holds a token of the copy that was made for it, and never a path.

mod system;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tauri::WebviewWindow;

/// Whether the system begins a drag, and not the page.
pub const BY_SYSTEM: bool = cfg!(any(windows, target_os = "macos"));

/// Copies that windows may have dragged, by the token that their page was given.
#[derive(Default)]
pub struct ReadyCopies(Mutex<Vec<ReadyCopy>>);

struct ReadyCopy {
    token: String,
    /// The label of the window that asked for it.
    window: String,
    path: PathBuf,
}

/// Why a token leads to no copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReady {
    /// This window was never given it.
    Unknown,
    /// Somebody has put the copy away.
    Gone,
}

impl ReadyCopies {
    /// A token for a copy. A window gets the same one for the same copy.
    pub fn give(&self, window: &str, path: PathBuf) -> String {
        self.with(|copies| {
            let known = copies
                .iter()
                .find(|copy| copy.window == window && copy.path == path);
            if let Some(copy) = known {
                return copy.token.clone();
            }
            let token = uuid::Uuid::new_v4().simple().to_string();
            copies.push(ReadyCopy {
                token: token.clone(),
                window: window.to_owned(),
                path,
            });
            token
        })
    }

    /// The copy that a window means. One that is not there any more is forgotten.
    pub fn find(&self, window: &str, token: &str) -> Result<PathBuf, NotReady> {
        self.with(|copies| {
            let place = copies
                .iter()
                .position(|copy| copy.window == window && copy.token == token)
                .ok_or(NotReady::Unknown)?;
            match copies.get(place) {
                Some(copy) if copy.path.is_file() => Ok(copy.path.clone()),
                _ => {
                    copies.remove(place);
                    Err(NotReady::Gone)
                }
            }
        })
    }

    /// The window is closed.
    pub fn forget(&self, window: &str) {
        self.with(|copies| copies.retain(|copy| copy.window != window));
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<ReadyCopy>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Has the system begin a drag of a file out of a window, whose mouse button is down. Systems allow that on their main thread alone;
/// Windows ends it before it answers, macOS answers when it has begun. The reason where it could not begin is the system's.
pub async fn begin(window: &WebviewWindow, path: PathBuf) -> Result<(), String> {
    let (told, answer) = tokio::sync::oneshot::channel();
    let from = window.clone();
    window
        .run_on_main_thread(move || {
            // Nobody waits for it any more when Waxwing is closing.
            let _ = told.send(system::begin(&from, path));
        })
        .map_err(|error| error.to_string())?;
    answer.await.map_err(|error| error.to_string())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(folder: &tempfile::TempDir, name: &str) -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, b"a map").unwrap();
        path
    }

    #[test]
    fn a_token_leads_to_the_copy_it_was_given_for_as_often_as_it_is_dragged() {
        let (folder, ready) = (tempfile::tempdir().unwrap(), ReadyCopies::default());
        let (map, plan) = (copy(&folder, "map.pdf"), copy(&folder, "plan.pdf"));
        let of_map = ready.give("main", map.clone());
        let of_plan = ready.give("main", plan.clone());
        assert_ne!(of_map, of_plan);
        assert_eq!(ready.find("main", &of_map), Ok(map.clone()));
        assert_eq!(ready.find("main", &of_map), Ok(map.clone()), "a second time");
        assert_eq!(ready.find("main", &of_plan), Ok(plan));
        assert_eq!(
            ready.give("main", map),
            of_map,
            "the book does not grow with each drag"
        );
        assert!(
            !of_map.contains("map") && !of_map.contains('/'),
            "nothing of the path is in it: {of_map}"
        );
    }

    #[test]
    fn what_was_never_given_leads_nowhere() {
        let (folder, ready) = (tempfile::tempdir().unwrap(), ReadyCopies::default());
        let map = copy(&folder, "map.pdf");
        ready.give("main", map.clone());
        for token in ["", "0", &map.to_string_lossy(), "../map.pdf"] {
            assert_eq!(ready.find("main", token), Err(NotReady::Unknown), "“{token}”");
        }
    }

    #[test]
    fn a_copy_that_is_gone_is_not_dragged_and_can_be_made_anew() {
        let (folder, ready) = (tempfile::tempdir().unwrap(), ReadyCopies::default());
        let map = copy(&folder, "map.pdf");
        let token = ready.give("main", map.clone());
        std::fs::remove_file(&map).unwrap();
        assert_eq!(ready.find("main", &token), Err(NotReady::Gone));
        std::fs::create_dir(&map).unwrap();
        let of_folder = ready.give("main", map.clone());
        assert_eq!(
            ready.find("main", &of_folder),
            Err(NotReady::Gone),
            "what stands in its place is no copy"
        );
        std::fs::remove_dir(&map).unwrap();
        let again = ready.give("main", copy(&folder, "map.pdf"));
        assert_eq!(ready.find("main", &again), Ok(map));
        assert_eq!(
            ready.find("main", &token),
            Err(NotReady::Unknown),
            "the old one is forgotten"
        );
    }

    #[test]
    fn no_window_drags_what_another_was_given() {
        let (folder, ready) = (tempfile::tempdir().unwrap(), ReadyCopies::default());
        let map = copy(&folder, "map.pdf");
        let of_main = ready.give("main", map.clone());
        let of_letter = ready.give("letter-1", map.clone());
        assert_ne!(of_main, of_letter);
        assert_eq!(ready.find("letter-1", &of_main), Err(NotReady::Unknown));
        assert_eq!(ready.find("letter-10", &of_letter), Err(NotReady::Unknown));
        ready.forget("letter-1");
        assert_eq!(
            ready.find("letter-1", &of_letter),
            Err(NotReady::Unknown),
            "it is closed"
        );
        assert_eq!(ready.find("main", &of_main), Ok(map), "the others go on");
    }
}
