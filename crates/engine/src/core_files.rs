//! What was in memory when a program died is written to a file by many systems, passwords and all. Waxwing's programs ask for none.

/// Asks the system for no core file, of this program and of those that it starts; they may ask for other things. A program to which
/// the system hands what was in memory (`core_pattern` with a `|`) is called all the same on Linux, and told of this wish:
/// systemd-coredump and apport heed it.
#[cfg(unix)]
pub fn no_core_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: getrlimit(Resource::Core).maximum,
    };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::debug!(%error, "a crash would write down what was in memory");
    }
}

/// Windows writes down what was in memory only where an administrator has asked for it (`LocalDumps` of Windows Error Reporting), which
/// a program cannot refuse without unsafe code.
#[cfg(not(unix))]
pub fn no_core_files() {}
