//! A disk that does not give the letters of a profile for a while, and then does again, for tests of what waits for it.

use std::path::{Path, PathBuf};

/// The packs of a profile, each of which a name stands for that leads to itself, so that nobody can open it.
pub(crate) struct SilentDisk(Vec<PathBuf>);

impl SilentDisk {
    pub(crate) fn of(profile: &Path) -> Self {
        let beside = std::fs::read_dir(profile).unwrap();
        let packs = beside
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|ending| ending == "letters"))
            .expect("the folder of packs");
        let packs = std::fs::read_dir(packs).unwrap();
        let packs: Vec<PathBuf> = packs.map(|entry| entry.unwrap().path()).collect();
        for pack in &packs {
            std::fs::rename(pack, Self::kept(pack)).unwrap();
            std::os::unix::fs::symlink(pack, pack).unwrap();
        }
        Self(packs)
    }

    /// It answers again.
    pub(crate) fn answers(self) {
        for pack in self.0 {
            std::fs::rename(Self::kept(&pack), &pack).unwrap();
        }
    }

    fn kept(pack: &Path) -> PathBuf {
        pack.with_extension("kept")
    }
}
