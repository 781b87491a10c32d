//! Copies on the disk, each in a folder that is called after what was written (the beginning of its SHA-256). So a copy that is
//! as it was is told from one that somebody has changed, in a later run as well, and nothing else need be remembered. What was
//! changed is never written over and never thrown away.

use std::fs::{self, DirBuilder};
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::super::saving::{shortened, spare_name, write_whole};

/// What programs may do with a copy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Read it. Who wants to change it is told so, and asked for another place.
    Closed,
    /// Change it: whoever makes a copy of it gets one that can be changed.
    Open,
}

/// Octets of a digest that are in a folder's name, so that paths stay short.
const DIGEST: usize = 16;

/// Units of UTF-16 in a path that every program of Windows opens, and Explorer drags (`MAX_PATH`, with a zero at its end).
const PATH: usize = 259;
/// The separator, and the number of a copy that is not the first of its name.
const NUMBER: usize = "\\ (9999)".len();

/// Two that ask for the same copy at once do not write it over each other.
static WRITING: Mutex<()> = Mutex::new(());

/// Writes a copy below a folder, under this name; one that is there and as it was serves again. Where somebody has changed it,
/// that one stays, and this one gets a number.
pub fn write(all: &Path, name: &str, data: &[u8], guard: Guard) -> Result<PathBuf> {
    let _alone = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = all.join(called(data));
    private_folder(all)?;
    private_folder(&folder)?;
    let name = fitting(name, &folder);
    let path = folder.join(spare_name(&name, |name| is_another(&folder.join(name), data)));
    if !path.exists() {
        write_whole(&path, data)?;
    }
    if guard == Guard::Closed {
        close(&path, &folder)?;
    }
    Ok(path)
}

/// Removes the copies below a folder that are as they were written. What somebody has changed goes to the other folder, under a
/// name that is free there; without one it stays. Gives the names of what has gone there.
pub fn clear(all: &Path, changed_to: Option<&Path>) -> Result<Vec<PathBuf>> {
    let mut kept = Vec::new();
    let folders = match fs::read_dir(all) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(kept),
        folders => folders?,
    };
    for folder in folders {
        // One that cannot be read or moved stays, and the others go on.
        if let Err(error) = folder.and_then(|folder| clear_one(&folder.path(), changed_to, &mut kept)) {
            tracing::warn!(%error, "a folder of copies could not be cleared");
        }
    }
    Ok(kept)
}

/// The name that a copy in this folder may have.
fn fitting(name: &str, folder: &Path) -> String {
    if !cfg!(windows) {
        return name.to_owned();
    }
    let taken = folder.to_string_lossy().encode_utf16().count() + NUMBER;
    shortened(name, PATH.saturating_sub(taken))
}

fn clear_one(folder: &Path, changed_to: Option<&Path>, kept: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    private_folder(folder)?;
    for copy in fs::read_dir(folder)? {
        match put_away(&copy?.path(), folder, changed_to) {
            Ok(moved) => kept.extend(moved),
            Err(error) => tracing::warn!(%error, "a copy of a letter's file could not be put away"),
        }
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => Err(error),
        _ => Ok(()),
    }
}

fn put_away(copy: &Path, folder: &Path, changed_to: Option<&Path>) -> Result<Option<PathBuf>> {
    let name = copy.file_name().unwrap_or_default().to_string_lossy();
    let data = fs::read(copy)?;
    let is_as_it_was = folder.file_name().is_some_and(|digest| *digest == *called(&data));
    let mut moved = None;
    if !is_as_it_was && !is_beside_one(&name) {
        let Some(place) = changed_to else {
            return Ok(None);
        };
        let target = place.join(spare_name(&name, |name| place.join(name).exists()));
        write_whole(&target, &data)?;
        moved = Some(target);
    }
    fs::remove_file(copy)?;
    Ok(moved)
}

/// Whether it is what programs put beside a file while they have it open, to say so, or what we were writing when we ended.
fn is_beside_one(name: &str) -> bool {
    name.starts_with(".~lock.")
        || name.starts_with("~$")
        || (name.starts_with(".waxwing-") && name.ends_with(".part"))
}

fn is_another(path: &Path, data: &[u8]) -> bool {
    match fs::read(path) {
        Ok(found) => found != data,
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

fn called(data: &[u8]) -> String {
    let digest = Sha256::digest(data);
    digest
        .iter()
        .take(DIGEST)
        .map(|octet| format!("{octet:02x}"))
        .collect()
}

/// Neither is the copy written into, nor is another file put in its place, as many programs do to save.
fn close(path: &Path, folder: &Path) -> Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)?;
    only_for_us(folder, 0o500)
}

/// A folder that we may write into and nobody else may look into, whatever it was.
fn private_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    only_for_us(folder, 0o700)
}

#[cfg(unix)]
fn only_for_us(folder: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

/// Elsewhere folders of a person are theirs alone, and a folder that is called read-only is not.
#[cfg(not(unix))]
fn only_for_us(_folder: &Path, _mode: u32) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &[u8] = b"an offer";

    fn folder(name: &str) -> (tempfile::TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(name);
        (home, folder)
    }

    /// What a program does that does not care whether a file may be written.
    fn change(path: &Path, to: &[u8]) {
        let folder = path.parent().unwrap();
        private_folder(folder).unwrap();
        let _ = fs::remove_file(path);
        fs::write(path, to).unwrap();
    }

    fn files_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_that_is_opened_is_closed_to_changes_and_serves_again() {
        let (_home, opened) = folder("opened");
        let path = write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        assert_eq!(fs::read(&path).unwrap(), OFFER);
        assert!(path.ends_with("offer.docx"), "{}", path.display());
        assert!(
            fs::metadata(&path).unwrap().permissions().readonly(),
            "a program sees that it may not be changed, and asks for another place"
        );
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        let again = write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        assert_eq!(again, path, "whatever letter it is of");
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
        let dragged = write(&opened, "plan.docx", b"a plan", Guard::Open).unwrap();
        assert!(
            !fs::metadata(dragged).unwrap().permissions().readonly(),
            "what is dropped somewhere can be changed there"
        );
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_looks_into_the_folder_of_a_copy_and_no_program_puts_another_file_there() {
        use std::os::unix::fs::PermissionsExt;
        let (_home, opened) = folder("opened");
        fs::create_dir(&opened).unwrap();
        fs::set_permissions(&opened, fs::Permissions::from_mode(0o755)).unwrap();
        let path = write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&opened), 0o700, "one of an older version was open to others");
        assert_eq!(mode(path.parent().unwrap()), 0o500);
        let dragged = write(&opened, "plan.docx", b"a plan", Guard::Open).unwrap();
        assert_eq!(mode(dragged.parent().unwrap()), 0o700);
    }

    #[test]
    fn what_somebody_has_changed_is_not_written_over() {
        for guard in [Guard::Closed, Guard::Open] {
            let (_home, opened) = folder("opened");
            let path = write(&opened, "offer.docx", OFFER, guard).unwrap();
            change(&path, b"a better offer");
            let again = write(&opened, "offer.docx", OFFER, guard).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"a better offer", "the work is there");
            assert_eq!(fs::read(&again).unwrap(), OFFER, "and what the letter brought");
            assert!(again.ends_with("offer (2).docx"), "{}", again.display());
            let third = write(&opened, "offer.docx", OFFER, guard).unwrap();
            assert_eq!(third, again, "which serves from now on");
        }
    }

    #[test]
    fn copies_go_and_what_somebody_has_changed_goes_to_its_other_place() {
        let (home, opened) = folder("opened");
        let downloads = home.path().join("Downloads");
        fs::create_dir(&downloads).unwrap();
        fs::write(downloads.join("offer.docx"), b"an old one").unwrap();
        write(&opened, "plan.pdf", b"a plan", Guard::Closed).unwrap();
        write(&opened, "plan.txt", b"a plan in words", Guard::Open).unwrap();
        let changed = write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        change(&changed, b"a better offer");
        write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        change(&changed.with_file_name(".~lock.offer.docx#"), b"lena");
        let kept = clear(&opened, Some(&downloads)).unwrap();
        assert_eq!(kept, [downloads.join("offer (2).docx")]);
        assert_eq!(files_in(&opened), [""; 0], "nothing of a letter is left");
        assert_eq!(files_in(&downloads), ["offer (2).docx", "offer.docx"]);
        let read = |name: &str| fs::read(downloads.join(name)).unwrap();
        assert_eq!(read("offer.docx"), b"an old one", "that was theirs before");
        assert_eq!(read("offer (2).docx"), b"a better offer");
        assert_eq!(clear(&opened, Some(&downloads)).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn what_was_changed_stays_where_there_is_no_other_place() {
        let (home, opened) = folder("opened");
        let nowhere = home.path().join("no folder");
        let changed = write(&opened, "offer.docx", OFFER, Guard::Closed).unwrap();
        change(&changed, b"a better offer");
        write(&opened, "plan.pdf", b"a plan", Guard::Closed).unwrap();
        for place in [None, Some(nowhere.as_path())] {
            assert_eq!(clear(&opened, place).unwrap(), Vec::<PathBuf>::new());
            assert_eq!(fs::read(&changed).unwrap(), b"a better offer");
            assert_eq!(files_in(&opened), [called(OFFER)], "the others went");
        }
    }

    #[test]
    fn there_need_be_nothing_to_clear() {
        let (_home, opened) = folder("opened");
        assert_eq!(clear(&opened, None).unwrap(), Vec::<PathBuf>::new());
    }
}
