//! A real Cyrus IMAP (3.6) on loopback, for what another server than Dovecot does. It works as root, when it hands itself
//! to `nobody`, and as an ordinary user.
//!
//! Debian lets it not be installed beside Dovecot, so its programs may be unpacked in a folder that only the tests know
//! (`scripts/debian.mjs`). What stands in its configuration files is in `cyrus/configuration.rs`.

mod configuration;

use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::people::{DOMAIN, PASSWORD, PEOPLE};
use crate::ports::Port;
use crate::process::Process;
use crate::{CertificateKind, Certificates, OtherClient, StageError};

/// How a Cyrus differs from the usual one.
#[derive(Debug, Clone)]
pub struct CyrusOptions {
    /// How many kilobytes an account may hold.
    pub room: u32,
    /// Capabilities that it does not announce, with spaces between them.
    pub without: String,
}

impl Default for CyrusOptions {
    fn default() -> Self {
        CyrusOptions {
            room: 100_000,
            without: String::new(),
        }
    }
}

/// A running Cyrus. It stops, and its folder goes, when this is dropped.
pub struct Cyrus {
    _process: Process,
    folder: TempDir,
    imap: Port,
    imaps: Port,
    certificates: Arc<Certificates>,
}

/// Where its programs may be.
const ROOTS: [&str; 2] = ["", "/usr/local/lib/waxwing-tests"];

/// As whom it runs when root starts it, since it refuses to be root.
const NOBODY: (u32, u32) = (65_534, 65_534);

impl Cyrus {
    /// Starts a server and waits until it listens.
    pub fn start(options: &CyrusOptions) -> Result<Cyrus, StageError> {
        let certificates = Arc::new(Certificates::new());
        let folder = tempfile::Builder::new()
            .prefix("waxwing-cyrus-")
            .tempdir()
            .map_err(StageError::io("make Cyrus's folder"))?;
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (imap, imaps) = (Port::reserve(loopback)?, Port::reserve(loopback)?);
        lay_out(
            folder.path(),
            &certificates,
            options,
            (imap.number(), imaps.number()),
        )?;
        let process = start(folder.path(), imap.number())?;
        Ok(Cyrus {
            _process: process,
            folder,
            imap,
            imaps,
            certificates,
        })
    }

    /// Another mail program on the same mail.
    pub fn other_client(&self) -> OtherClient {
        OtherClient::new(self.imap.number())
    }

    /// The port for IMAP inside TLS.
    pub fn imaps(&self) -> u16 {
        self.imaps.number()
    }

    /// The authority that a client has to trust, in PEM.
    pub fn ca_pem(&self) -> &str {
        &self.certificates.ca_pem
    }

    /// What the master process has written. The rest goes to the system's log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("master.log")).unwrap_or_default()
    }
}

/// Writes everything that the server reads when it starts, and its passwords.
fn lay_out(
    folder: &Path,
    certificates: &Certificates,
    options: &CyrusOptions,
    (imap, imaps): (u16, u16),
) -> Result<(), StageError> {
    let programs = Programs {
        imapd: program("imapd")?,
        idled: program("idled")?,
        ctl_cyrusdb: program("ctl_cyrusdb")?,
    };
    let pair = certificates.pair(CertificateKind::Good);
    // Whoever waits in IDLE has a socket in the second.
    for name in ["conf", "conf/socket", "spool", "run"] {
        fs::create_dir(folder.join(name)).map_err(StageError::io(format!("make Cyrus's folder {name}")))?;
    }
    let files = [
        ("imapd.conf", configuration::imapd(folder, options)?),
        (
            "cyrus.conf",
            configuration::services(folder, &programs, imap, imaps),
        ),
        ("server.pem", pair.cert_pem),
        ("server.key", pair.key_pem),
        ("ca.pem", certificates.ca_pem.clone()),
    ];
    for (name, content) in files {
        fs::write(folder.join(name), content)
            .map_err(StageError::io(format!("write Cyrus's file {name}")))?;
    }
    for person in PEOPLE {
        set_password(folder, person)?;
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .map_err(StageError::io("open Cyrus's folder"))?;
    if rustix::process::geteuid().is_root() {
        for name in [
            "",
            "conf",
            "conf/socket",
            "spool",
            "run",
            "server.key",
            "passwords",
        ] {
            let path = folder.join(name);
            chown(&path, Some(NOBODY.0), Some(NOBODY.1))
                .map_err(StageError::io(format!("hand over {}", path.display())))?;
        }
    }
    Ok(())
}

fn start(folder: &Path, imap: u16) -> Result<Process, StageError> {
    let mut command = Command::new(program("master")?);
    command
        .arg("-C")
        .arg(folder.join("imapd.conf"))
        .arg("-M")
        .arg(folder.join("cyrus.conf"))
        .arg("-p")
        .arg(folder.join("run/master.pid"))
        .arg("-L")
        .arg(folder.join("master.log"))
        .current_dir(folder);
    let mut process = Process::start(command, folder).map_err(StageError::io("start Cyrus's master"))?;
    let deadline = Instant::now() + Duration::from_secs(90);
    let why = loop {
        if let Some(status) = process.ended() {
            break status.to_string();
        }
        if TcpStream::connect(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), imap)).is_ok() {
            return Ok(process);
        }
        if Instant::now() > deadline {
            break "it did not answer within 20 seconds".to_owned();
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let log_path = folder.join("master.log");
    Err(StageError::DidNotStart {
        program: "cyrus",
        why,
        log: fs::read_to_string(&log_path).unwrap_or_default(),
        log_path,
    })
}

/// The programs that its configuration names.
struct Programs {
    imapd: PathBuf,
    idled: PathBuf,
    ctl_cyrusdb: PathBuf,
}

fn program(name: &str) -> Result<PathBuf, StageError> {
    ROOTS
        .iter()
        .map(|root| PathBuf::from(format!("{root}/usr/lib/cyrus/bin/{name}")))
        .find(|path| path.exists())
        .ok_or(StageError::NotInstalled {
            program: "cyrus",
            package: "cyrus-common sasl2-bin` and `npm test` the rest, which cannot stand beside Dovecot; not `cyrus-imapd",
        })
}

/// In the file that its sign-in asks (sasldb).
fn set_password(folder: &Path, person: &str) -> Result<(), StageError> {
    let mut child = Command::new("/usr/sbin/saslpasswd2")
        .args(["-p", "-c", "-u", DOMAIN, "-f"])
        .arg(folder.join("passwords"))
        .arg(person)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => StageError::NotInstalled {
                program: "saslpasswd2",
                package: "sasl2-bin",
            },
            _ => StageError::Io {
                doing: "run saslpasswd2".to_owned(),
                source,
            },
        })?;
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(PASSWORD.as_bytes())
            .map_err(StageError::io("give a password to saslpasswd2"))?;
    }
    let output = child
        .wait_with_output()
        .map_err(StageError::io("wait for saslpasswd2"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(StageError::Command {
        command: format!("saslpasswd2 {person}"),
        output: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
