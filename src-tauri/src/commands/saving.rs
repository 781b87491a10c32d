//! Putting bytes into files where the person says.

use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use waxwing_engine::parts::safe_file_name;

use super::saved::SavedFiles;
use super::{Answer, from_outside};
use crate::views::trouble::TroubleView;

/// Names that are tried for the file that is written first.
const TRIES: u32 = 100;
/// Octets of what is taken for the ending of a name.
const LONGEST_ENDING: usize = 20;

/// Asks where to, and saves. `None`: the person thought better of it.
pub async fn save(app: AppHandle, name: String, data: Vec<u8>) -> Answer<Option<String>> {
    let dialog = app.clone();
    let chosen = blocking(move || dialog.dialog().file().set_file_name(&name).blocking_save_file()).await?;
    let Some(path) = chosen.and_then(|chosen| chosen.into_path().ok()) else {
        return Ok(None);
    };
    let file = path.clone();
    blocking(move || write_whole(&path, &data))
        .await?
        .map_err(|error| not_written(&error))?;
    Ok(Some(app.state::<SavedFiles>().note(&file, vec![file.clone()])))
}

/// The file is there whole or not at all: written beside its place, then renamed. It is marked as one that came from elsewhere.
pub fn write_whole(path: &Path, data: &[u8]) -> std::io::Result<()> {
    let (beside, mut file) = beside(path)?;
    let written = file.write_all(data).and_then(|()| file.sync_all());
    drop(file);
    from_outside::mark(&beside);
    let placed = written.and_then(|()| std::fs::rename(&beside, path));
    if placed.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    placed
}

/// A new file in the same folder, under a name that nobody has. It is short, since a name may be as long as it can be already.
fn beside(path: &Path) -> std::io::Result<(PathBuf, File)> {
    let mut tries = 0;
    loop {
        // Each of these has keys of its own, which are random.
        let random = RandomState::new().hash_one(tries);
        let beside = path.with_file_name(format!(".waxwing-{random:016x}.part"));
        match File::create_new(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

/// The name, or with a number before its ending the first that is not taken.
pub fn spare_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut spare = name.to_owned();
    let mut number = 2_u32;
    while is_taken(&spare) && number < 10_000 {
        spare = format!("{stem} ({number}){ending}");
        number += 1;
    }
    spare
}

/// The name with at most so many units of UTF-16, which is how Windows counts. It is cut before its ending, and never gets another
/// one: whoever was told what kind of file it is opens a file of that kind, or of none.
pub fn shortened(name: &str, units: usize) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= LONGEST_ENDING => {
            (stem, format!(".{ending}"))
        }
        _ => (name, String::new()),
    };
    let mut room = units.saturating_sub(ending.encode_utf16().count());
    let kept: String = stem
        .chars()
        .take_while(|one| {
            let fits = one.len_utf16() <= room;
            room = room.saturating_sub(one.len_utf16());
            fits
        })
        .collect();
    // A cut may end with what Windows takes away.
    let kept = kept.trim_end_matches(['.', ' ']);
    match kept.len() < stem.len() && ending.is_empty() {
        // What stands behind a dot that was in the middle would be an ending now.
        true => kept.replace('.', "_"),
        false => kept.to_owned() + &ending,
    }
}

/// What a letter with this subject may be called, without its ending.
pub fn file_stem(subject: &str) -> String {
    // A subject has no folders: nothing before a slash is left out.
    let whole: String = subject
        .chars()
        .map(|one| if matches!(one, '/' | '\\') { '_' } else { one })
        .take(80)
        .collect();
    safe_file_name(&whole).unwrap_or_else(|| "letter".to_owned())
}

pub fn not_written(error: &std::io::Error) -> TroubleView {
    TroubleView {
        detail: Some(error.to_string()),
        ..TroubleView::invalid("The file could not be written.")
    }
}

pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|_| TroubleView::invalid("Waxwing is closing."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("survey.pdf");
        std::fs::create_dir(&path).unwrap();
        assert!(
            write_whole(&path, b"survey").is_err(),
            "a folder stands in its place"
        );
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["survey.pdf"], "the half-written file is gone");
    }

    #[test]
    fn saving_touches_no_file_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let theirs = folder.path().join("film.part");
        std::fs::write(&theirs, b"half of a film").unwrap();
        write_whole(&folder.path().join("film"), b"a whole film").unwrap();
        assert_eq!(
            std::fs::read(&theirs).unwrap(),
            b"half of a film",
            "somebody else's file is as it was"
        );
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "and nothing is left of how it was written");
        assert_eq!(
            std::fs::read(folder.path().join("film")).unwrap(),
            b"a whole film"
        );
    }

    #[test]
    fn no_file_takes_the_place_of_another() {
        let taken = ["plan.pdf", "plan (2).pdf", "README"];
        let spare = |name: &str| spare_name(name, |name| taken.contains(&name));
        assert_eq!(spare("plan.pdf"), "plan (3).pdf");
        assert_eq!(spare("README"), "README (2)");
        assert_eq!(spare("new.txt"), "new.txt");
    }

    #[test]
    fn a_name_is_cut_before_its_ending_and_between_characters() {
        for (name, units, cut) in [
            ("plan.pdf", 8, "plan.pdf"),
            ("harbour.pdf", 8, "harb.pdf"),
            ("plan of it.pdf", 9, "plan.pdf"),
            ("grün.pdf", 7, "grü.pdf"),
            ("🗺🗺.pdf", 7, "🗺.pdf"),
            ("README", 4, "READ"),
            ("a.name without an ending of its own", 6, "a_name"),
            (
                "a.name without an ending of its own",
                35,
                "a.name without an ending of its own",
            ),
        ] {
            assert_eq!(shortened(name, units), cut, "{name} in {units}");
        }
    }

    #[test]
    fn a_name_that_is_cut_has_the_ending_that_it_had_or_none() {
        let hidden = format!("{}.hta{}{}", "a".repeat(130), ".".repeat(45), "b".repeat(21));
        assert_eq!(shortened(&hidden, 150), format!("{}_hta", "a".repeat(130)));
        let plain = format!("{hidden}.pdf");
        for name in [hidden.as_str(), &plain, "plan.exe .a letter's very long ending"] {
            let ending = name.rsplit_once('.').unwrap().1;
            for units in 5..=name.len() {
                let cut = shortened(name, units);
                let left = cut.rsplit_once('.').map_or(ending, |(_, left)| left);
                assert_eq!(left, ending, "{cut} in {units}");
            }
            assert_eq!(shortened(name, name.len()), name);
        }
    }

    #[test]
    fn a_letter_is_called_by_its_subject() {
        assert_eq!(file_stem("Re: plans/../etc"), "Re_ plans_.._etc");
        assert_eq!(file_stem(" . "), "letter");
        assert_eq!(file_stem("One:\ttwo?"), "One_ two_");
        assert_eq!(file_stem("aux"), "_aux", "to Windows that is a device");
    }
}
