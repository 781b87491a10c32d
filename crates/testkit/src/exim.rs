//! A real Exim on loopback, for what another submission server than Postfix does. It delivers to the stage's people into
//! folders of its own, and refuses everybody else.
//!
//! Debian lets it not be installed beside Postfix, so its program may be unpacked in a folder that only the tests know
//! (`scripts/debian.mjs`). Its package would make a user for it, whose name is compiled in; here that name is given to
//! `nobody` in a namespace that only this server sees.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::people::{DOMAIN, PASSWORD, PEOPLE};
use crate::ports::Port;
use crate::process::Process;
use crate::{CertificateKind, Certificates, StageError};

/// A running Exim. It stops, and its folder goes, when this is dropped.
pub struct Exim {
    _process: Process,
    folder: TempDir,
    submission: Port,
    submissions: Port,
    certificates: Certificates,
}

/// Where its program may be.
const PROGRAMS: [&str; 2] = ["/usr/sbin/exim4", "/usr/local/lib/waxwing-tests/usr/sbin/exim4"];

const NOBODY: u32 = 65_534;

impl Exim {
    /// Starts a server and waits until it listens.
    pub fn start() -> Result<Exim, StageError> {
        if !rustix::process::geteuid().is_root() {
            return Err(StageError::NeedsRoot { program: "exim4" });
        }
        let program = PROGRAMS.iter().find(|program| Path::new(program).exists());
        let program = *program.ok_or(StageError::NotInstalled {
            program: "exim4",
            package: "exim4-daemon-light",
        })?;
        let folder = tempfile::Builder::new()
            .prefix("waxwing-exim-")
            .tempdir()
            .map_err(StageError::io("make Exim's folder"))?;
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (submission, submissions) = (Port::reserve(loopback)?, Port::reserve(loopback)?);
        let certificates = Certificates::new();
        let ports = (submission.number(), submissions.number());
        lay_out(folder.path(), program, &certificates, ports)?;
        let process = start(folder.path(), program, ports)?;
        Ok(Exim {
            _process: process,
            folder,
            submission,
            submissions,
            certificates,
        })
    }

    /// The port for submission with STARTTLS.
    pub fn submission(&self) -> u16 {
        self.submission.number()
    }

    /// The port for submission inside TLS.
    pub fn submissions(&self) -> u16 {
        self.submissions.number()
    }

    /// The authority that a client has to trust, in PEM.
    pub fn ca_pem(&self) -> &str {
        &self.certificates.ca_pem
    }

    /// All that the server has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log/mainlog")).unwrap_or_default()
    }

    /// What was delivered to a person, in no order.
    pub fn letters(&self, person: &str) -> Vec<Vec<u8>> {
        let Ok(entries) = fs::read_dir(self.path("mail").join(person).join("new")) else {
            return Vec::new();
        };
        entries
            .filter_map(|entry| fs::read(entry.ok()?.path()).ok())
            .collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Writes everything that the server reads when it starts.
fn lay_out(
    folder: &Path,
    program: &str,
    certificates: &Certificates,
    ports: (u16, u16),
) -> Result<(), StageError> {
    let pair = certificates.pair(CertificateKind::Good);
    let group = fs::read_to_string("/etc/group").map_err(StageError::io("read /etc/group"))?;
    let files = [
        ("exim.conf", configuration(folder, program, ports)),
        ("server.pem", pair.cert_pem),
        ("server.key", pair.key_pem),
        (
            "passwd",
            format!(
                "root:x:0:0:root:/root:/bin/sh\nDebian-exim:x:{NOBODY}:{NOBODY}::/nonexistent:/bin/false\n"
            ),
        ),
        (
            "group",
            format!("{}\nDebian-exim:x:{NOBODY}:\n", group.trim_end()),
        ),
    ];
    for (name, content) in files {
        fs::write(folder.join(name), content).map_err(StageError::io(format!("write Exim's file {name}")))?;
    }
    for name in ["spool", "log", "mail"] {
        let path = folder.join(name);
        fs::create_dir(&path).map_err(StageError::io(format!("make Exim's folder {name}")))?;
        chown(&path, Some(NOBODY), Some(NOBODY)).map_err(StageError::io("hand over Exim's folders"))?;
    }
    chown(folder.join("server.key"), Some(NOBODY), None).map_err(StageError::io("hand over Exim's key"))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
        .map_err(StageError::io("open Exim's folder"))
}

fn configuration(folder: &Path, program: &str, (submission, submissions): (u16, u16)) -> String {
    let root = folder.display();
    let people = PEOPLE.join(" : ");
    format!(
        "\
exim_path = {program}
primary_hostname = mail.{DOMAIN}
spool_directory = {root}/spool
log_file_path = {root}/log/%slog
pid_file_path = {root}/exim.pid
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = {submission} : {submissions}
tls_on_connect_ports = {submissions}
tls_advertise_hosts = *
tls_certificate = {root}/server.pem
tls_privatekey = {root}/server.key
auth_advertise_hosts = *
chunking_advertise_hosts = *
dsn_advertise_hosts = *
smtputf8_advertise_hosts = *
message_size_limit = 30M
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  deny message = sign in first
       !authenticated = *
  accept domains = {DOMAIN}
         local_parts = {people}
  deny message = nobody of that name lives here
begin routers
people:
  driver = accept
  local_parts = {people}
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {root}/mail/$local_part_data
  maildir_format
  user = Debian-exim
  group = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{{PASSWORD}}}}}
  server_set_id = $auth2
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = {PASSWORD}
  server_set_id = $auth1
"
    )
}

fn start(folder: &Path, program: &str, (submission, submissions): (u16, u16)) -> Result<Process, StageError> {
    let output =
        fs::File::create(folder.join("output")).map_err(StageError::io("make Exim's output file"))?;
    let errors = output
        .try_clone()
        .map_err(StageError::io("share Exim's output file"))?;
    let mut command = Command::new("unshare");
    command
        .args(["-m", "sh", "-c"])
        .arg(
            "mount --bind \"$1/passwd\" /etc/passwd && mount --bind \"$1/group\" /etc/group \
             && exec \"$2\" -C \"$1/exim.conf\" -bdf -q1m",
        )
        .arg("sh")
        .arg(folder)
        .arg(program)
        .current_dir(folder)
        .stdout(output)
        .stderr(errors);
    let mut process = Process::start(command, folder).map_err(StageError::io("start exim4"))?;
    let deadline = Instant::now() + Duration::from_secs(90);
    let why = loop {
        if let Some(status) = process.ended() {
            break status.to_string();
        }
        let listening = [submission, submissions]
            .iter()
            .all(|port| TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, *port))).is_ok());
        if listening {
            return Ok(process);
        }
        if Instant::now() > deadline {
            break "it did not listen within 30 seconds".to_owned();
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let log_path = folder.join("log/mainlog");
    let log = ["output", "log/mainlog", "log/paniclog"]
        .map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default())
        .concat();
    Err(StageError::DidNotStart {
        program: "exim4",
        why,
        log_path,
        log,
    })
}
