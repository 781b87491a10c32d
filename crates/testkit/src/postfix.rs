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
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use crate::ports::Port;
use crate::process::Process;
use crate::{CertificateKind, Dovecot, StageError};

/// How a Postfix differs from the usual one.
#[derive(Debug, Clone)]
pub struct PostfixOptions {
    /// The address it listens on.
    pub listen: IpAddr,
    /// The certificate that it shows, signed by the Dovecot's authority where an authority signs.
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
        };
        postfix.lay_out(options, dovecot)?;
        postfix.restart()?;
        Ok(postfix)
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
        let deadline = Instant::now() + Duration::from_secs(30);
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
        let pair = dovecot.certificates().pair(options.certificate);
        let files = [
            (
                "etc/main.cf",
                configuration::main(options, dovecot, self.folder.path()),
            ),
            ("etc/master.cf", configuration::services(options, &self.ports)),
            ("server.pem", pair.cert_pem),
            ("server.key", pair.key_pem),
        ];
        for (name, content) in files {
            fs::write(self.path(name), content)
                .map_err(StageError::io(format!("write Postfix's file {name}")))?;
        }
        fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(0o755))
            .map_err(StageError::io("open Postfix's folder"))?;
        let uid = postfix_uid()?;
        chown(self.path("data"), Some(uid), None)
            .map_err(StageError::io("hand over Postfix's data folder"))?;
        self.check()
    }

    /// Lets Postfix make the folders of its queue, with the owners that it wants.
    fn check(&self) -> Result<(), StageError> {
        let mut command = Command::new("postfix");
        command.arg("-c").arg(self.path("etc")).arg("check");
        let output = command.output().map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => StageError::NotInstalled {
                program: "postfix",
                package: "postfix",
            },
            _ => StageError::Io {
                doing: "run postfix check".to_owned(),
                source,
            },
        })?;
        if output.status.success() {
            return Ok(());
        }
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(StageError::Command {
            command: "postfix check".to_owned(),
            output,
        })
    }
}

/// The user that Debian's package makes for the parts of Postfix that do not run as root.
fn postfix_uid() -> Result<u32, StageError> {
    let output = Command::new("id")
        .args(["-u", "postfix"])
        .output()
        .map_err(StageError::io("ask who postfix is"))?;
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .map_err(|_| StageError::NotInstalled {
            program: "postfix",
            package: "postfix",
        })
}
