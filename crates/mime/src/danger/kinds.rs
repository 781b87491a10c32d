//! Endings of names whose files are not opened without a word, and why. They are what mail programs and providers of mail do
//! not let through, as far as it is more than a nuisance, and what else runs or connects by a press twice on any system. Two lists
//! were read: what Outlook on the web blocks by default (`BlockedFileTypes` of Set-OwaMailboxPolicy, learn.microsoft.com, at
//! 0f5d520 of MicrosoftDocs/office-docs-powershell), which a test holds against this one, and what Gmail blocks
//! (support.google.com/mail/answer/6590). Of the first, `asx`, `pst` and `tmp` are left out: the first only plays, the second is
//! an archive of letters, and nothing opens the third.
//!
//! On neither list: what the Finder follows to an address or a file (`inetloc`, `fileloc`, `webloc`: SSD Secure Disclosure, "macOS
//! Finder RCE", 2021), what sets up a Mac or an iPhone (`mobileconfig`, Apple's Configuration Profile
//! Reference), pages that Safari saves (`webarchive`), programs of Linux and Ruby (`elf`, `rb`), what adds itself to Word, Office and LibreOffice (`wll`, `vsto`, `oxt`, `xla`, `ppa`, databases
//! of Access that only run: `accde`, `accda`, `accdr`), notebooks of OneNote in their other packings (`onepkg`, `onetoc2`: files in them were
//! run in 2023), scripts of AutoHotkey (`ahk`), shortcuts of Apple's, and contacts of Windows, whose links
//! run what they name (`contact`, published by J. Page in 2019).

use super::Danger;

/// What there is to say of an ending, in lower case.
pub(super) fn of(ending: &str) -> Option<Danger> {
    let known = [
        (PROGRAMS, Danger::Program),
        (MACROS, Danger::Macros),
        (PAGES, Danger::Page),
        (DISKS, Danger::Disk),
    ];
    let found = known
        .into_iter()
        .find(|(endings, _)| endings.binary_search(&ending).is_ok());
    found.map(|(_, danger)| danger)
}

/// A press twice runs these, installs them, or changes what the computer trusts and where it connects.
const PROGRAMS: &[&str] = &[
    "action",
    "ahk",
    "apk",
    "app",
    "appcontent-ms",
    "appimage",
    "appinstaller",
    "applescript",
    "application",
    "appref-ms",
    "appx",
    "appxbundle",
    "asp",
    "aspx",
    "bas",
    "bash",
    "bat",
    "bgi",
    "bin",
    "cab",
    "cdxml",
    "cer",
    "cmd",
    "cnt",
    "com",
    "command",
    "contact",
    "cpl",
    "crt",
    "crx",
    "csh",
    "deb",
    "der",
    "desktop",
    "diagcab",
    "diagcfg",
    "diagpkg",
    "dll",
    "dmg",
    "elf",
    "ex",
    "ex_",
    "exe",
    "fileloc",
    "fish",
    "flatpak",
    "flatpakref",
    "fxp",
    "gadget",
    "grp",
    "hlp",
    "hpj",
    "hta",
    "htc",
    "inetloc",
    "inf",
    "ins",
    "isp",
    "its",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "lib",
    "library-ms",
    "lnk",
    "mcf",
    "mjs",
    "mobileconfig",
    "msc",
    "msh",
    "msh1",
    "msh1xml",
    "msh2",
    "msh2xml",
    "mshxml",
    "msi",
    "msix",
    "msixbundle",
    "msp",
    "mst",
    "msu",
    "nsh",
    "ops",
    "osd",
    "oxt",
    "pcd",
    "pif",
    "pkg",
    "pl",
    "plg",
    "prf",
    "prg",
    "printerexport",
    "ps1",
    "ps1xml",
    "ps2",
    "ps2xml",
    "psc1",
    "psc2",
    "psd1",
    "psdm1",
    "psm1",
    "pssc",
    "py",
    "pyc",
    "pyo",
    "pyw",
    "pyz",
    "pyzw",
    "rb",
    "rdp",
    "reg",
    "rpm",
    "run",
    "scf",
    "scpt",
    "scptd",
    "scr",
    "sct",
    "search-ms",
    "searchconnector-ms",
    "settingcontent-ms",
    "sh",
    "shb",
    "shortcut",
    "shs",
    "snap",
    "sys",
    "terminal",
    "theme",
    "url",
    "vb",
    "vbe",
    "vbp",
    "vbs",
    "vsto",
    "vsw",
    "vxd",
    "webloc",
    "webpnp",
    "wll",
    "workflow",
    "ws",
    "wsb",
    "wsc",
    "wsf",
    "wsh",
    "xbap",
    "xll",
    "xnk",
    "xpi",
    "zsh",
];

/// Documents and databases that bring programs along.
const MACROS: &[&str] = &[
    "accda", "accde", "accdr", "ade", "adp", "chm", "docm", "dotm", "iqy", "mad", "maf", "mag", "mam", "maq",
    "mar", "mas", "mat", "mau", "mav", "maw", "mda", "mdb", "mde", "mdt", "mdw", "mdz", "one", "onepkg",
    "onetoc2", "potm", "ppa", "ppam", "ppsm", "pptm", "sldm", "slk", "udl", "vsmacros", "xla", "xlam",
    "xlsb", "xlsm", "xltm",
];

/// Pages.
const PAGES: &[&str] = &[
    "htm",
    "html",
    "mht",
    "mhtml",
    "shtml",
    "svg",
    "webarchive",
    "website",
    "xht",
    "xhtml",
];

/// Disks.
const DISKS: &[&str] = &[
    "img",
    "iso",
    "sparsebundle",
    "sparseimage",
    "udf",
    "vhd",
    "vhdx",
    "wim",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What Outlook on the web blocks by default.
    const BLOCKED_BY_OUTLOOK: &str = "ade adp apk app appcontent-ms application appref-ms appx asp aspx asx bas bat bgi cab cdxml \
        cer chm cmd cnt com cpl crt csh der diagcab exe fxp gadget grp hlp hpj hta htc img inf ins iso isp its jar jnlp js jse ksh \
        library-ms lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh1xml msh2 \
        msh2xml mshxml msi msp mst msu ops osd pcd pif pl plg prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pssc \
        pst py pyc pyo pyw pyz pyzw reg scf scr sct search-ms settingcontent-ms shb shs theme tmp udl url vb vbe vbp vbs vhd vhdx \
        vsmacros vsw webpnp website ws wsb wsc wsf wsh xbap xll xnk";

    #[test]
    fn what_outlook_blocks_is_asked_about_but_for_three() {
        let passed = BLOCKED_BY_OUTLOOK
            .split_whitespace()
            .filter(|ending| of(ending).is_none());
        assert_eq!(passed.collect::<Vec<_>>(), ["asx", "pst", "tmp"]);
    }

    #[test]
    fn every_ending_is_found_and_says_one_thing() {
        let mut all = [PROGRAMS, MACROS, PAGES, DISKS].concat();
        for list in [PROGRAMS, MACROS, PAGES, DISKS] {
            assert!(list.is_sorted(), "it is searched by halves");
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "no ending is in two lists");
        for (ending, danger) in [
            ("exe", Some(Danger::Program)),
            ("wsb", Some(Danger::Program)),
            ("printerexport", Some(Danger::Program)),
            ("msixbundle", Some(Danger::Program)),
            ("accdb", None),
            ("mdb", Some(Danger::Macros)),
            ("vhdx", Some(Danger::Disk)),
            ("mhtml", Some(Danger::Page)),
            ("inetloc", Some(Danger::Program)),
            ("fileloc", Some(Danger::Program)),
            ("webloc", Some(Danger::Program)),
            ("mobileconfig", Some(Danger::Program)),
            ("elf", Some(Danger::Program)),
            ("rb", Some(Danger::Program)),
            ("contact", Some(Danger::Program)),
            ("webarchive", Some(Danger::Page)),
            ("pdf", None),
            ("tmp", None),
            ("pst", None),
            ("", None),
        ] {
            assert_eq!(of(ending), danger, "{ending:?}");
        }
    }
}
