//! A server's process on a leash: when the test's process ends, however it ends, the server ends too and its
//! folder is removed. What the server is and how it is configured stands in `dovecot` and `postfix`.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A running server.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    leash: Child,
}

impl Process {
    /// Starts the command in a process group of its own. `folder` is removed when we die without saying so.
    pub(crate) fn start(mut command: Command, folder: &Path) -> io::Result<Process> {
        let child = command.process_group(0).stdin(Stdio::null()).spawn()?;
        // The leash reads a pipe that nobody writes to. Its end means that we are gone, be it by SIGKILL.
        // (PR_SET_PDEATHSIG would not do: it follows the thread that started the server, and a test's thread
        // ends while the stage that it shares lives on.)
        let leash = Command::new("sh")
            .arg("-c")
            .arg("trap '' TERM INT HUP; read -r word && exit 0; kill -TERM -$1; sleep 1; kill -KILL -$1; rm -rf \"$2\"")
            .arg("leash")
            .arg(child.id().to_string())
            .arg(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Process { child, leash })
    }

    /// The exit status, if the server has ended.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks the server to end, waits for it (Dovecot takes a second), and makes sure that none of its children stays.
    pub(crate) fn stop(&mut self) {
        if self.ended().is_none() {
            let _ = kill_process(self.pid(), Signal::TERM);
            let deadline = Instant::now() + Duration::from_secs(3);
            while self.ended().is_none() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        self.kill();
    }

    /// SIGKILL to the server and all its children: no farewell, no flushing.
    pub(crate) fn kill(&mut self) {
        let _ = kill_process_group(self.pid(), Signal::KILL);
        let _ = self.child.wait();
        // The children hold the listening sockets too, and die a moment after the one that we could wait for.
        let deadline = Instant::now() + Duration::from_secs(3);
        while lives(self.child.id()) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Nobody looks at the server any more, and a peaceful end of Dovecot takes a second.
        self.kill();
        let _ = self.leash.kill();
        let _ = self.leash.wait();
    }
}

/// Whether a process of this group still runs. One that is dead but not yet reaped by init counts as gone, since
/// it holds no port; asking the kernel by signal 0 would count it.
fn lives(group: u32) -> bool {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return false;
    };
    entries.flatten().any(|entry| {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // `pid (name) state parent group …`, where the name may hold anything, even a parenthesis.
        let mut fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ');
        let state = fields.next().unwrap_or("Z");
        fields.nth(1) == Some(group.to_string().as_str()) && !matches!(state, "Z" | "X")
    })
}
