//! A real Dovecot (2.3) on loopback: IMAP, POP3, LMTP, and the sign-in service that Postfix asks.
//! It works as root, when it hands itself to `nobody`, and as an ordinary user.
//! What stands in its configuration file is in `dovecot/configuration.rs`; mailboxes are in `dovecot/maildir.rs`, access
//! tokens in `dovecot/tokens.rs`.

mod changing;
mod configuration;
mod maildir;
mod tokens;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use crate::ports::Port;
use crate::process::Process;
use crate::{CertificateKind, Certificates, OtherClient, StageError};

/// How a Dovecot differs from the usual one.
#[derive(Clone)]
pub struct DovecotOptions {
    /// The address it listens on. Dovecot calls a connection from its own address secure, so tests of
    /// LOGINDISABLED (RFC 9051 section 6.2.3) listen on 127.0.0.2 and connect from 127.0.0.1.
    pub listen: IpAddr,
    /// The certificate that it shows.
    pub certificate: CertificateKind,
    /// The authority that signs the certificate; a new one when there is none.
    pub certificates: Option<Arc<Certificates>>,
    /// The IMAP capabilities it announces (`imap_capability`): a full list, or `+X` to add to Dovecot's own.
    pub capabilities: Option<String>,
    /// Whether passwords may be sent before TLS.
    pub plaintext_auth: bool,
    /// Whether TLS is offered at all.
    pub tls: bool,
    /// The SASL methods, in Dovecot's words. It knows `xoauth2` and `oauthbearer` too, for tokens of [`Dovecot::token`].
    pub mechanisms: String,
    /// Where a token is asked about (RFC 7662). `None`: it is judged by the key of the stage.
    pub introspection: Option<String>,
    /// The hierarchy delimiter.
    pub separator: char,
    /// What stands before the name of every folder but INBOX (`INBOX.` on Courier and its heirs).
    pub prefix: String,
    /// The quota in Dovecot's words, such as `10K`; none when there is none.
    pub quota: Option<String>,
    /// Whether Drafts, Sent, Trash, Junk and Archive exist with their RFC 6154 roles.
    pub special_folders: bool,
    /// Further lines for the end of the configuration file.
    pub extra: String,
}

impl Default for DovecotOptions {
    fn default() -> Self {
        DovecotOptions {
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            certificate: CertificateKind::Good,
            certificates: None,
            capabilities: None,
            plaintext_auth: false,
            tls: true,
            mechanisms: "plain login cram-md5 scram-sha-256".to_owned(),
            introspection: None,
            separator: '/',
            prefix: String::new(),
            quota: None,
            special_folders: true,
            extra: String::new(),
        }
    }
}

/// A running Dovecot. It stops, and its folder goes, when this is dropped.
pub struct Dovecot {
    process: Mutex<Option<Process>>,
    folder: TempDir,
    ports: Ports,
    listen: IpAddr,
    certificates: Arc<Certificates>,
    owner: Owner,
    separator: char,
    prefix: String,
}

struct Ports {
    imap: Port,
    imaps: Port,
    pop3: Port,
    pop3s: Port,
    lmtp: Port,
    sasl: Port,
}

/// Whom the mail belongs to.
struct Owner {
    name: String,
    group: String,
    ids: Option<(u32, u32)>,
}

impl Dovecot {
    /// Starts a server and waits until it greets.
    pub fn start(options: &DovecotOptions) -> Result<Dovecot, StageError> {
        let certificates = options
            .certificates
            .clone()
            .unwrap_or_else(|| Arc::new(Certificates::new()));
        let folder = tempfile::Builder::new()
            .prefix("waxwing-dovecot-")
            .tempdir()
            .map_err(StageError::io("make Dovecot's folder"))?;
        let port = || Port::reserve(options.listen);
        let ports = Ports {
            imap: port()?,
            imaps: port()?,
            pop3: port()?,
            pop3s: port()?,
            lmtp: port()?,
            sasl: port()?,
        };
        let dovecot = Dovecot {
            process: Mutex::new(None),
            folder,
            ports,
            listen: options.listen,
            certificates,
            owner: owner()?,
            separator: options.separator,
            prefix: options.prefix.clone(),
        };
        dovecot.lay_out(options)?;
        dovecot.restart()?;
        Ok(dovecot)
    }

    /// The port for IMAP with STARTTLS.
    pub fn imap(&self) -> u16 {
        self.ports.imap.number()
    }

    /// Another mail program on the same mail.
    pub fn other_client(&self) -> OtherClient {
        OtherClient::new(self.imap())
    }

    /// The port for IMAP inside TLS.
    pub fn imaps(&self) -> u16 {
        self.ports.imaps.number()
    }

    /// The port for POP3 with STLS.
    pub fn pop3(&self) -> u16 {
        self.ports.pop3.number()
    }

    /// The port for POP3 inside TLS.
    pub fn pop3s(&self) -> u16 {
        self.ports.pop3s.number()
    }

    /// The port where mail is handed in by LMTP (RFC 2033).
    pub fn lmtp(&self) -> u16 {
        self.ports.lmtp.number()
    }

    /// The port where Postfix asks whether a password is right.
    pub fn sasl(&self) -> u16 {
        self.ports.sasl.number()
    }

    /// The address that the server listens on.
    pub fn host(&self) -> IpAddr {
        self.listen
    }

    /// The authority that a client has to trust, in PEM.
    pub fn ca_pem(&self) -> &str {
        &self.certificates.ca_pem
    }

    /// The authority itself, for a server that shall be trusted as this one is.
    pub fn certificates(&self) -> Arc<Certificates> {
        Arc::clone(&self.certificates)
    }

    /// A file with the authority in PEM, for programs that want a path.
    pub fn ca_file(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// All that the server has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("dovecot.log")).unwrap_or_default()
    }

    /// The same once it holds these words, for which it has ten seconds: a client hears that it is in before the log does.
    pub async fn log_with(&self, words: &str) -> String {
        for _ in 0..200 {
            let log = self.log();
            if log.contains(words) {
                return log;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.log()
    }

    /// Ends the server in peace: clients get a BYE.
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

    /// Starts the server again with the same mail, ports and certificate.
    pub fn restart(&self) -> Result<(), StageError> {
        self.stop();
        // A master that was killed leaves this dotlock, and the next one would wait half a minute for it.
        let _ = fs::remove_file(self.path("state/instances.lock"));
        let mut command = Command::new("dovecot");
        command
            .arg("-F")
            .arg("-c")
            .arg(self.path("dovecot.conf"))
            .current_dir(self.folder.path());
        if let Some((uid, gid)) = self.owner.ids {
            command.uid(uid).gid(gid);
        }
        let mut process =
            Process::start(command, self.folder.path()).map_err(|source| match source.kind() {
                std::io::ErrorKind::NotFound => StageError::NotInstalled {
                    program: "dovecot",
                    package: "dovecot-imapd dovecot-pop3d dovecot-lmtpd",
                },
                _ => StageError::Io {
                    doing: "start dovecot".to_owned(),
                    source,
                },
            })?;
        let deadline = Instant::now() + Duration::from_secs(90);
        let why = loop {
            if let Some(status) = process.ended() {
                break status.to_string();
            }
            let address = SocketAddr::new(self.listen, self.ports.sasl.number());
            if self.path("run/master.pid").exists() && TcpStream::connect(address).is_ok() {
                *self.slot() = Some(process);
                return Ok(());
            }
            if Instant::now() > deadline {
                break "it did not answer within 20 seconds".to_owned();
            }
            thread::sleep(Duration::from_millis(10));
        };
        let log_path = self.path("dovecot.log");
        Err(StageError::DidNotStart {
            program: "dovecot",
            why,
            log_path,
            log: self.log(),
        })
    }

    /// Runs `doveadm` against this server, and gives what it prints.
    pub fn doveadm(&self, arguments: &[&str]) -> Result<String, StageError> {
        let mut command = Command::new("doveadm");
        command
            .arg("-c")
            .arg(self.path("dovecot.conf"))
            .args(arguments)
            .current_dir(self.folder.path());
        if let Some((uid, gid)) = self.owner.ids {
            command.uid(uid).gid(gid);
        }
        let output = command.output().map_err(StageError::io("run doveadm"))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(StageError::Command {
            command: format!("doveadm {}", arguments.join(" ")),
            output,
        })
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Process>> {
        self.process
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn take(&self) -> Option<Process> {
        self.slot().take()
    }

    /// Writes everything that the server reads when it starts.
    /// Announces another list of capabilities from now on, or its own where there is none; everyone is hung up on.
    pub fn announce(&self, capabilities: Option<&str>) -> Result<(), StageError> {
        let path = self.path("dovecot.conf");
        let changing = || StageError::io("change Dovecot's configuration");
        let file = fs::read_to_string(&path).map_err(changing())?;
        fs::write(&path, configuration::announcing(&file, capabilities)).map_err(changing())?;
        self.restart()
    }

    fn lay_out(&self, options: &DovecotOptions) -> Result<(), StageError> {
        let pair = self.certificates.pair(options.certificate);
        for name in ["run", "state", "mail"] {
            fs::create_dir(self.path(name))
                .map_err(StageError::io(format!("make Dovecot's folder {name}")))?;
        }
        let files = [
            ("dovecot.conf", configuration::main(options, self)),
            ("users", configuration::users()),
            ("server.pem", pair.cert_pem),
            ("server.key", pair.key_pem),
            ("ca.pem", self.certificates.ca_pem.clone()),
        ];
        for (name, content) in files {
            fs::write(self.path(name), content)
                .map_err(StageError::io(format!("write Dovecot's file {name}")))?;
        }
        self.lay_out_tokens(options)?;
        fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(0o755))
            .map_err(StageError::io("open Dovecot's folder"))?;
        for name in ["", "run", "state", "mail", "users", "server.key"] {
            self.hand_over(&self.path(name))?;
        }
        Ok(())
    }

    /// Gives a file to whom the mail belongs.
    fn hand_over(&self, path: &Path) -> Result<(), StageError> {
        match self.owner.ids {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid))
                .map_err(StageError::io(format!("hand over {}", path.display()))),
            None => Ok(()),
        }
    }
}

/// As root, `nobody` gets the mail, since Dovecot refuses to open mail as root.
fn owner() -> Result<Owner, StageError> {
    if rustix::process::geteuid().is_root() {
        return Ok(Owner {
            name: "nobody".to_owned(),
            group: "nogroup".to_owned(),
            ids: Some((65_534, 65_534)),
        });
    }
    Ok(Owner {
        name: id("-un")?,
        group: id("-gn")?,
        ids: None,
    })
}

fn id(option: &str) -> Result<String, StageError> {
    let output = Command::new("id")
        .arg(option)
        .output()
        .map_err(StageError::io("ask for our own user name"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
