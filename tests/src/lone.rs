//! An engine in a process of its own, on a disk of its own if wanted, and spoken to line by line: for what would take a
//! whole test down with it, and for measuring. What it answers is in `lone_engine`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use waxwing_testkit::Stage;

/// Where the process keeps its profile.
#[derive(Debug, Clone, Copy)]
pub enum Room {
    /// In the folder, on whatever disk that is.
    OnThisDisk,
    /// On a disk of so many megabytes that only the process sees, and that goes with it.
    OfItsOwn(u32),
}

/// The process. It is killed when this is dropped.
pub struct Lone {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Lone {
    /// Starts `program` (the `lone-engine` that cargo has built) on the profile in `folder`.
    pub fn start(program: &str, folder: &Path, room: Room) -> Self {
        match room {
            Room::OnThisDisk => {
                let mut command = Command::new(program);
                command.arg(folder);
                Self::run(command)
            }
            Room::OfItsOwn(megabytes) => {
                // Root may mount in a namespace of its own; anybody else may in one where they are root.
                let namespace = if may("-m") { "-m" } else { "-Urm" };
                let mut command = Command::new("unshare");
                command
                    .args([namespace, "sh", "-c"])
                    .arg("mount -t tmpfs -o size=\"$1\"m none \"$2\" && exec \"$3\" \"$2\"")
                    .arg("sh")
                    .arg(megabytes.to_string())
                    .arg(folder)
                    .arg(program);
                Self::run(command)
            }
        }
    }

    /// The same with a clock that can be set: by a text such as `+9d` in the file `clock`. What measures how long
    /// something takes is not set with it, as on a real computer.
    pub fn start_with_clock(program: &str, folder: &Path, clock: &Path) -> Self {
        std::fs::write(clock, "+0").expect("the clock is there");
        let mut command = Command::new(program);
        command
            .arg(folder)
            .env("LD_PRELOAD", faketime())
            .env("FAKETIME_TIMESTAMP_FILE", clock)
            .env("FAKETIME_NO_CACHE", "1")
            // Nobody would tidy up after a process that is killed.
            .env("FAKETIME_DISABLE_SHM", "1")
            .env("DONT_FAKE_MONOTONIC", "1");
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the process starts");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let mut lone = Self { child, input, output };
        assert_eq!(
            lone.answer(),
            ["ready"],
            "the engine opens (a small disk needs root, or user namespaces)"
        );
        lone
    }

    /// Says a line and gives the lines of the answer.
    pub fn ask(&mut self, line: &str) -> Vec<String> {
        writeln!(self.input, "{line}").expect("the process listens");
        self.answer()
    }

    /// The same, where it may be killed before it has answered, or have been killed before it was asked.
    pub fn try_ask(&mut self, line: &str) -> Option<Vec<String>> {
        writeln!(self.input, "{line}").ok()?;
        let (lines, whole) = self.hear();
        whole.then_some(lines)
    }

    /// Its number, for those who want to kill it from elsewhere.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn answer(&mut self) -> Vec<String> {
        self.hear().0
    }

    /// The lines of an answer, and whether it came to its end.
    fn hear(&mut self) -> (Vec<String>, bool) {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("the process answers");
            let line = line.trim_end();
            if read == 0 || line == "." {
                return (lines, read > 0);
            }
            lines.push(line.to_owned());
        }
    }
}

impl Drop for Lone {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A file with the authorities of both servers, for a process that wants a path. It stands beside the Dovecot's own and
/// goes with its folder.
pub fn authorities(stage: &Stage) -> PathBuf {
    let path = stage.dovecot.ca_file().with_file_name("authorities.pem");
    std::fs::write(&path, stage.ca_pem()).expect("the file is written");
    path
}

fn may(namespace: &str) -> bool {
    Command::new("unshare")
        .args([namespace, "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Debian's libfaketime for programs with threads, which stands under the name of the architecture.
fn faketime() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").expect("a system with libraries");
    folders
        .filter_map(|entry| Some(entry.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .find(|library| library.exists())
        .expect("the package faketime is installed")
}
