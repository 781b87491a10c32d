//! What goes wrong in a fault matrix, whichever protocol it is of. When it does, and what is to come of it, is each
//! matrix's own.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use waxwing_testkit::Stage;

/// Whether the server has done by then what it was asked. Before: its command never arrives. After: its answer does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Before,
    After,
}

/// Dovecot dies and comes back, which the sign tells.
pub fn restart(stage: &Stage, sign: &Path) {
    stage.dovecot.kill();
    stage.dovecot.restart().expect("the server starts again");
    std::fs::write(sign, "back").expect("the sign is made");
}

/// Waits for that sign: the client learns that the server is gone before it is back.
pub fn wait_for(sign: &Path) {
    let begun = Instant::now();
    while std::fs::remove_file(sign).is_err() {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "the server comes back"
        );
        sleep(Duration::from_millis(10));
    }
}

/// kill -9.
pub fn kill(victim: u32) {
    let killed = Command::new("kill").args(["-9", &victim.to_string()]).status();
    assert!(killed.is_ok_and(|status| status.success()), "it was alive");
}

/// Has the engine that waits for the sign fill its disk.
pub fn fill(sign: &Path) {
    std::fs::write(sign, "now").expect("the sign is made");
    let begun = Instant::now();
    while sign.exists() {
        assert!(
            begun.elapsed() < Duration::from_secs(120),
            "nobody fills the disk"
        );
        sleep(Duration::from_millis(2));
    }
}
