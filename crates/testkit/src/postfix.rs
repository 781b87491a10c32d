//! A real Postfix on loopback: submission on a port with STARTTLS (587's part), one inside TLS (465's part) and
//! one that speaks like port 25. Passwords are checked by the stage's Dovecot, mail for the stage's people is
//! handed to it by LMTP, and mail for anyone else is refused, so nothing leaves the machine.
//! What stands in its configuration files is in `postfix/configuration.rs`.

mod configuration;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, thread};

use tempfile::TempDir;

use crate::ports::Port;
use crate::process::Process;
use crate::{CertificateKind, Certificates, Dovecot, StageError};

/// How a Postfix differs from the usual one.
#[derive(Debug, Clone)]
pub struct PostfixOptions {
    /// The address it listens on.
    pub listen: IpAddr,
    /// The certificate that it shows, signed by an authority of its own where an authority signs.
    pub certificate: CertificateKind,
    /// Whether TLS is offered on the ports for STARTTLS.
    pub starttls: bool,
    /// Whether passwords may be sent before TLS.
    pub plaintext_auth: bool,
    /// The largest letter it takes, in bytes (RFC 1870).
    pub size: u64,
    /// The most recipients of one letter.
    pub recipients: u32,
    /// Further lines for the end of `main.cf`.
    pub extra: String,
}

impl Default for PostfixOptions {
    fn default() -> Self {
        PostfixOptions {
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            certificate: CertificateKind::Good,
            starttls: true,
            plaintext_auth: false,
            size: 26_214_400,
            recipients: 100,
            extra: String::new(),
        }
    }
}

/// A running Postfix. It stops, and its folder goes, when this is dropped.
pub struct Postfix {
    process: Mutex<Option<Process>>,
    folder: TempDir,
    ports: Ports,
    listen: IpAddr,
    certificates: Certificates,
}

struct Ports {
    submission: Port,
    submissions: Port,
    smtp: Port,
}

impl Postfix {
    /// Starts a server that works with this Dovecot, and waits until it listens.
    pub fn start(options: &PostfixOptions, dovecot: &Dovecot) -> Result<Postfix, StageError> {
        if !rustix::process::geteuid().is_root() {
            return Err(StageError::NeedsRoot { program: "postfix" });
        }
        let folder = tempfile::Builder::new()
            .prefix("waxwing-postfix-")
            .tempdir()
            .map_err(StageError::io("make Postfix's folder"))?;
        let port = || Port::reserve(options.listen);
        let ports = Ports {
            submission: port()?,
            submissions: port()?,
            smtp: port()?,
        };
        let postfix = Postfix {
            process: Mutex::new(None),
            folder,
            ports,
            listen: options.listen,
            certificates: Certificates::new(),
        };
        postfix.lay_out(options, dovecot)?;
        postfix.restart()?;
        Ok(postfix)
    }

    /// The authority that signed its certificate, in PEM.
    pub fn ca_pem(&self) -> &str {
        &self.certificates.ca_pem
    }

    /// A file with this authority and the Dovecot's, for programs that want a path to all that they have to trust.
    pub fn ca_file(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// The port for submission with STARTTLS (587's part).
    pub fn submission(&self) -> u16 {
        self.ports.submission.number()
    }

    /// The port for submission inside TLS (465's part).
    pub fn submissions(&self) -> u16 {
        self.ports.submissions.number()
    }

    /// The port that other servers would use (25's part); it takes submissions too.
    pub fn smtp(&self) -> u16 {
        self.ports.smtp.number()
    }

    /// The address that the server listens on.
    pub fn host(&self) -> IpAddr {
        self.listen
    }

    /// All that the server has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("maillog")).unwrap_or_default()
    }

    /// Ends the server in peace. What is queued stays queued.
    pub fn stop(&self) {
        if let Some(mut process) = self.take() {
            process.stop();
        }
    }

    /// Kills the server with all its children in the middle of whatever they do.
    pub fn kill(&self) {
        if let Some(mut process) = self.take() {
            process.kill();
        }
    }

    /// Starts the server again with the same queue, ports and certificate.
    pub fn restart(&self) -> Result<(), StageError> {
        self.stop();
        // The master says that it is there by locking this file; one that was killed leaves it behind.
        let _ = fs::remove_file(self.path("queue/pid/master.pid"));
        // `postfix start-fg` would let the master leave our process group, so that nobody could end its children
        // after a kill; with -d it stays.
        let mut command = Command::new(configuration::MASTER);
        command
            .arg("-d")
            .arg("-c")
            .arg(self.path("etc"))
            .current_dir(self.folder.path());
        let output =
            fs::File::create(self.path("output")).map_err(StageError::io("make Postfix's output file"))?;
        let errors = output
            .try_clone()
            .map_err(StageError::io("share Postfix's output file"))?;
        command.stdout(output).stderr(errors);
        let mut process =
            Process::start(command, self.folder.path()).map_err(|source| match source.kind() {
                std::io::ErrorKind::NotFound => StageError::NotInstalled {
                    program: "postfix",
                    package: "postfix",
                },
                _ => StageError::Io {
                    doing: "start postfix".to_owned(),
                    source,
                },
            })?;
        let deadline = Instant::now() + Duration::from_secs(90);
        let why = loop {
            if let Some(status) = process.ended() {
                break status.to_string();
            }
            let listening = [&self.ports.submission, &self.ports.submissions, &self.ports.smtp]
                .iter()
                .all(|port| TcpStream::connect(SocketAddr::new(self.listen, port.number())).is_ok());
            if listening {
                *self.slot() = Some(process);
                return Ok(());
            }
            if Instant::now() > deadline {
                break "it did not listen within 30 seconds".to_owned();
            }
            thread::sleep(Duration::from_millis(10));
        };
        let output = fs::read_to_string(self.path("output")).unwrap_or_default();
        let log = format!("{output}{}", self.log());
        Err(StageError::DidNotStart {
            program: "postfix",
            why,
            log_path: self.path("maillog"),
            log,
        })
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn slot(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Process> {
        self.slot().take()
    }

    /// Writes everything that the server reads when it starts.
    fn lay_out(&self, options: &PostfixOptions, dovecot: &Dovecot) -> Result<(), StageError> {
        for name in ["etc", "queue", "data"] {
            fs::create_dir(self.path(name))
                .map_err(StageError::io(format!("make Postfix's folder {name}")))?;
        }
        let pair = self.certificates.pair(options.certificate);
        let files = [
            (
                "etc/main.cf",
                configuration::main(options, dovecot, self.folder.path()),
            ),
            ("etc/master.cf", configuration::services(options, &self.ports)),
            ("ca.pem", [dovecot.ca_pem(), self.ca_pem()].concat()),
            ("server.pem", pair.cert_pem),
            ("server.key", pair.key_pem),
        ];
        for (name, content) in files {
            fs::write(self.path(name), content)
                .map_err(StageError::io(format!("write Postfix's file {name}")))?;
        }
        fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(0o755))
            .map_err(StageError::io("open Postfix's folder"))?;
        // Postfix waits for two seconds when main.cf is younger than that, lest someone still be writing it.
        let past = SystemTime::now() - Duration::from_secs(60);
        fs::File::options()
            .append(true)
            .open(self.path("etc/main.cf"))
            .and_then(|file| file.set_modified(past))
            .map_err(StageError::io("make main.cf look old"))?;
        self.make_queue()
    }

    /// Makes the folders of the queue as `postfix check` would, which takes a hundred processes and a second.
    fn make_queue(&self) -> Result<(), StageError> {
        let postfix = user("postfix")?;
        let postdrop = group("postdrop")?;
        for (name, mode) in QUEUE {
            let path = self.path("queue").join(name);
            let doing = || format!("make Postfix's folder {name}");
            fs::create_dir(&path).map_err(StageError::io(doing()))?;
            let shared = matches!(*name, "maildrop" | "public");
            let owner = if *name == "pid" { 0 } else { postfix };
            chown(&path, Some(owner), shared.then_some(postdrop)).map_err(StageError::io(doing()))?;
            fs::set_permissions(&path, fs::Permissions::from_mode(*mode)).map_err(StageError::io(doing()))?;
        }
        chown(self.path("data"), Some(postfix), None)
            .map_err(StageError::io("hand over Postfix's data folder"))
    }
}

/// The folders of a queue with their modes, after Postfix's own `postfix-files`.
const QUEUE: &[(&str, u32)] = &[
    ("active", 0o700),
    ("bounce", 0o700),
    ("corrupt", 0o700),
    ("defer", 0o700),
    ("deferred", 0o700),
    ("flush", 0o700),
    ("hold", 0o700),
    ("incoming", 0o700),
    ("maildrop", 0o730),
    ("pid", 0o755),
    ("private", 0o700),
    ("public", 0o710),
    ("saved", 0o700),
    ("trace", 0o700),
];

/// The number of the user that Debian's package makes.
fn user(name: &str) -> Result<u32, StageError> {
    number("/etc/passwd", name)
}

/// The number of the group that Debian's package makes.
fn group(name: &str) -> Result<u32, StageError> {
    number("/etc/group", name)
}

/// The third field of a line of `passwd` or `group`.
fn number(file: &str, name: &str) -> Result<u32, StageError> {
    let lines = fs::read_to_string(file).map_err(StageError::io(format!("read {file}")))?;
    lines
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&name))
        .and_then(|fields| fields.get(2)?.parse().ok())
        .ok_or(StageError::NotInstalled {
            program: "postfix",
            package: "postfix",
        })
}
