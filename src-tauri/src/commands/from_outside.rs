//! The mark that a file came from elsewhere, as browsers and mail programs put it on what they save. The system and its programs are
//! careful with such a file: SmartScreen and the protected view of Office on Windows, Gatekeeper on macOS. Whoever copies the file
//! copies the mark. Programs of Linux heed none.

use std::path::Path;

/// Marks a file. Not every disk keeps such marks: without one it is a file as it always was.
pub fn mark(path: &Path) {
    if let Err(error) = put(path) {
        tracing::debug!(%error, "a file is not marked as come from elsewhere");
    }
}

/// A stream beside the file's own (MS-FSCC, section 5.6.1). Zone 3 is the internet.
#[cfg(windows)]
fn put(path: &Path) -> std::io::Result<()> {
    let mut stream = path.as_os_str().to_owned();
    stream.push(":Zone.Identifier");
    std::fs::write(stream, b"[ZoneTransfer]\r\nZoneId=3\r\n")
}

/// What Launch Services keep of a file that was downloaded: flags, when (seconds since 1970, both in hexadecimal), by which program,
/// and nothing to look up.
#[cfg(target_os = "macos")]
fn put(path: &Path) -> std::io::Result<()> {
    use std::time::{SystemTime, UNIX_EPOCH};

    use rustix::fs::{XattrFlags, setxattr};

    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mark = format!("0081;{:08x};Waxwing;", since.as_secs());
    setxattr(path, "com.apple.quarantine", mark.as_bytes(), XattrFlags::empty())?;
    Ok(())
}

#[cfg(not(any(windows, target_os = "macos")))]
fn put(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
