//! Whether the system has a program for something. What passes a wish on to one says that it did where there is none, so it is asked
//! before. Elsewhere than on Linux the system says so itself.

use std::path::Path;

/// Whether some program is there for folders.
#[cfg(target_os = "linux")]
pub fn opens_folders() -> bool {
    opens_kind("inode/directory")
}

/// Whether some program opens a file of this name with what is in it.
#[cfg(target_os = "linux")]
pub fn opens_file(path: &Path) -> bool {
    use std::io::Read;

    /// Octets by which kinds of files are known.
    const BEGINNING: u64 = 4 * 1024;
    let mut beginning = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        let _ = file.take(BEGINNING).read_to_end(&mut beginning);
    }
    let (kind, _) = gtk::gio::content_type_guess(Some(path), &beginning);
    opens_kind(&kind)
}

/// Whether some program takes addresses like this one.
#[cfg(target_os = "linux")]
pub fn opens_scheme(address: &str) -> bool {
    match address.split_once(':') {
        // A browser may be there that says so to nobody.
        Some(("http" | "https", _)) => true,
        Some((scheme, _)) => gtk::gio::AppInfo::default_for_uri_scheme(scheme).is_some(),
        None => false,
    }
}

#[cfg(target_os = "linux")]
fn opens_kind(kind: &str) -> bool {
    gtk::gio::AppInfo::default_for_type(kind, false).is_some()
}

#[cfg(not(target_os = "linux"))]
pub fn opens_folders() -> bool {
    true
}

#[cfg(not(target_os = "linux"))]
pub fn opens_file(_: &Path) -> bool {
    true
}

#[cfg(not(target_os = "linux"))]
pub fn opens_scheme(_: &str) -> bool {
    true
}
