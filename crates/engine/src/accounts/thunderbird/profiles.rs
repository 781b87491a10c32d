//! Where Thunderbird keeps its profiles: a folder a system, and `profiles.ini` in it, which names them.

use std::path::{Path, PathBuf};

/// No file of profiles is longer.
const LARGEST: u64 = 1_000_000;
const MOST_PROFILES: usize = 50;

/// Thunderbird's own folders of this person, whether they are there or not.
pub(super) fn homes() -> Vec<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    homes_of(
        if cfg!(target_os = "windows") {
            variable("APPDATA")
        } else {
            variable("HOME")
        },
        std::env::consts::OS,
    )
}

fn homes_of(person: Option<PathBuf>, system: &str) -> Vec<PathBuf> {
    let Some(person) = person else {
        return Vec::new();
    };
    let places: &[&str] = match system {
        "windows" => &["Thunderbird"],
        "macos" => &["Library/Thunderbird"],
        _ => &[
            ".thunderbird",
            // From the Snap Store, from Flathub, and Debian's of old.
            "snap/thunderbird/common/.thunderbird",
            ".var/app/org.mozilla.Thunderbird/.thunderbird",
            ".icedove",
        ],
    };
    places.iter().map(|place| person.join(place)).collect()
}

/// The folders of the profiles: those that are named, and those that stand in the usual place.
pub(super) fn in_home(home: &Path) -> Vec<PathBuf> {
    let named = super::prefs::read_text(&home.join("profiles.ini"), LARGEST);
    let mut profiles = named.map(|text| listed(home, &text)).unwrap_or_default();
    if profiles.is_empty() {
        // The file may be gone or spoilt; the profiles are not.
        for folder in [home.join("Profiles"), home.to_owned()] {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            profiles.extend(entries.map(|entry| entry.path()));
        }
    }
    profiles.retain(|profile| profile.join("prefs.js").is_file());
    profiles.sort();
    profiles.dedup();
    profiles.truncate(MOST_PROFILES);
    profiles
}

/// `[Profile0]`, `Name=`, `IsRelative=1`, `Path=Profiles/abc.default`.
fn listed(home: &Path, text: &str) -> Vec<PathBuf> {
    let mut profiles = Vec::new();
    let mut within = false;
    let (mut path, mut relative) = (None, true);
    let mut end = |path: &mut Option<String>, relative: &mut bool| {
        if let Some(path) = path.take() {
            profiles.push(if *relative {
                home.join(path)
            } else {
                PathBuf::from(path)
            });
        }
        *relative = true;
    };
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            end(&mut path, &mut relative);
            within = section.starts_with("Profile");
        } else if within && let Some((name, value)) = line.split_once('=') {
            match name.trim() {
                "Path" if !value.trim().is_empty() => path = Some(value.trim().to_owned()),
                "IsRelative" => relative = value.trim() != "0",
                _ => {}
            }
        }
    }
    end(&mut path, &mut relative);
    profiles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_place() {
        let lena = || Some(PathBuf::from("/home/lena"));
        assert_eq!(homes_of(lena(), "windows"), [Path::new("/home/lena/Thunderbird")]);
        assert_eq!(
            homes_of(lena(), "macos"),
            [Path::new("/home/lena/Library/Thunderbird")]
        );
        let linux = homes_of(lena(), "linux");
        assert!(
            linux.contains(&PathBuf::from("/home/lena/.thunderbird")),
            "{linux:?}"
        );
        assert!(linux.len() > 2, "Snap and Flatpak too: {linux:?}");
        assert!(homes_of(None, "linux").is_empty(), "nobody is at home");
    }

    #[test]
    fn profiles_are_named_relative_to_the_file_or_from_the_root() {
        let text = "[General]\r\nStartWithLastProfile=1\r\n\r\n[Profile1]\r\nName=work\r\nIsRelative=0\r\n\
            Path=/srv/mail/work\r\n[Profile0]\r\nName=default\r\nIsRelative=1\r\nPath=Profiles/a b.default\r\n\
            [InstallFDC34C9F024745EB]\r\nDefault=Profiles/other\r\nPath=not/one\r\n[Profile2]\r\nName=empty\r\nPath=\r\n";
        assert_eq!(
            listed(Path::new("/t"), text),
            [
                PathBuf::from("/srv/mail/work"),
                PathBuf::from("/t/Profiles/a b.default")
            ]
        );
        for nonsense in ["", "[", "=", "[Profile", "Path=x", "[Profile0]\nPath"] {
            assert!(listed(Path::new("/t"), nonsense).is_empty(), "{nonsense:?}");
        }
    }
}
