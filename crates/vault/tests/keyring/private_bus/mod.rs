//! A D-Bus of our own with GNOME's keyring on it, and a way to run a test again in a process that sees only these.
//!
//! The bus of whoever runs the tests is never touched. What is started here is ended here, each by its own handle.
#![expect(
    clippy::expect_used,
    reason = "a stage that cannot be set up ends its test at once, with a reason"
)]

mod person;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub use person::Person;

const PART: &str = "WAXWING_TEST_PART";
const FOLDER: &str = "WAXWING_TEST_FOLDER";
const KEYRING: &str = "WAXWING_TEST_KEYRING";
const PASSWORD: &str = "the login password of lena";

/// The part of the test that this process is to play, if it was started by [`PrivateBus::play`].
pub fn part() -> Option<String> {
    std::env::var(PART).ok()
}

/// A file that all parts of a test share.
pub fn shared(name: &str) -> PathBuf {
    Path::new(&std::env::var_os(FOLDER).expect("a part knows the folder of its test")).join(name)
}

/// Stops the keyring's process where it stands, or lets it go on.
pub fn signal_keyring(signal: &str) {
    let process = std::env::var(KEYRING).expect("a part knows the keyring of its test");
    let done = Command::new("kill")
        .args([signal, &process])
        .status()
        .expect("kill runs");
    assert!(done.success(), "the keyring's process takes {signal}");
}

/// A keyring in the place of the locked one, or of none, which a person has opened with their password. It ends with its bus.
pub fn unlock_keyring() {
    let mut replacing = Command::new("gnome-keyring-daemon")
        .args(["--replace", "--daemonize", "--components=secrets", "--unlock"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon is installed (package gnome-keyring)");
    let mut input = replacing.stdin.take().expect("its input is ours");
    input
        .write_all(PASSWORD.as_bytes())
        .expect("it reads its password");
    drop(input);
    assert!(replacing.wait().expect("it ends").success(), "it has taken over");
}

/// The bus, its folder, and the keyring while it runs.
pub struct PrivateBus {
    folder: TempDir,
    bus: Child,
    keyring: Option<Child>,
}

impl PrivateBus {
    /// A bus with nobody on it.
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// The same, where programs are not let through to the keyring, as a box around them does it (a policy of D-Bus).
    pub fn start_without_access() -> Self {
        Self::start_with("<deny send_destination=\"org.freedesktop.secrets\"/>")
    }

    fn start_with(rules: &str) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("bus")
            .tempdir()
            .expect("a folder for the bus");
        let configuration = folder.path().join("bus.conf");
        let listen = format!("unix:path={}", folder.path().join("bus").display());
        let text = format!(
            "<busconfig><type>session</type><listen>{listen}</listen><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>{rules}</policy></busconfig>"
        );
        fs::write(&configuration, text).expect("the bus is described");
        let mut option = std::ffi::OsString::from("--config-file=");
        option.push(&configuration);
        let bus = Command::new("dbus-daemon")
            .arg(option)
            .arg("--nofork")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (package dbus)");
        let this = Self {
            folder,
            bus,
            keyring: None,
        };
        this.wait_until("the bus listens", || this.owner("org.freedesktop.DBus"));
        this
    }

    /// Starts the keyring. Unlocked, it makes the login keyring or opens it; locked, it waits for a password that
    /// nobody can type here.
    pub fn start_keyring(&mut self, unlocked: bool) {
        let mut command = self.command("gnome-keyring-daemon");
        command
            .args(["--foreground", "--components=secrets"])
            .args(unlocked.then_some("--unlock"));
        let mut keyring = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is installed (package gnome-keyring)");
        let mut input = keyring.stdin.take().expect("its input is ours");
        input
            .write_all(PASSWORD.as_bytes())
            .expect("it reads its password");
        drop(input);
        self.keyring = Some(keyring);
        self.wait_until("the keyring answers", || self.owner("org.freedesktop.secrets"));
    }

    /// Ends the bus too, as on a computer without a desktop.
    pub fn stop_bus(&mut self) {
        self.stop_keyring();
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }

    /// Ends the keyring, as when a person leaves their desktop.
    pub fn stop_keyring(&mut self) {
        if let Some(mut keyring) = self.keyring.take() {
            let _ = keyring.kill();
            let _ = keyring.wait();
        }
    }

    /// Runs `test` again in a process of its own on this bus, where [`part`] gives `part`.
    pub fn play(&self, test: &str, part: &str) {
        let program = std::env::current_exe().expect("a test knows its own program");
        let mut command = self.command(program);
        command
            .args([test, "--exact", "--nocapture"])
            .env(PART, part)
            .env(FOLDER, self.folder.path());
        if let Some(keyring) = &self.keyring {
            command.env(KEYRING, keyring.id().to_string());
        }
        let output = command.output().expect("the test runs again");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{test}, part {part}, failed:\n{said}");
        assert!(
            said.contains("1 passed"),
            "{test}, part {part}, was not found:\n{said}"
        );
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(program);
        command
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", folder.join("bus").display()),
            )
            .env("HOME", folder)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_RUNTIME_DIR", folder)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        command
    }

    fn owner(&self, name: &str) -> bool {
        let answer = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
            ])
            .arg(format!("string:{name}"))
            .output()
            .expect("dbus-send is installed (package dbus)");
        String::from_utf8_lossy(&answer.stdout).contains("boolean true")
    }

    fn wait_until(&self, what: &str, true_at_last: impl Fn() -> bool) {
        let begun = Instant::now();
        while !true_at_last() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "waited in vain until {what}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for PrivateBus {
    fn drop(&mut self) {
        self.stop_bus();
    }
}
