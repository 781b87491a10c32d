//! Ports for servers that choose theirs from a configuration file and so cannot ask for port 0.
//! A port is reserved by a locked file, so that tests in other processes that start at the same time take
//! another one. The range lies below the one that Linux uses for outgoing connections (32768 and up),
//! so that no connection sits on a port between the choice and the start of the server.

use std::fs::{self, File, OpenOptions};
use std::net::{IpAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};

use crate::StageError;

const FIRST: u16 = 20_000;
const LAST: u16 = 31_999;

/// Not in a run's own folder for what is written: the ports are the machine's, and another run has to see what is taken.
const CLAIMS: &str = "/tmp/waxwing-test-ports";

static NEXT: AtomicU16 = AtomicU16::new(0);

/// A port that is ours for as long as this lives.
#[derive(Debug)]
pub(crate) struct Port {
    number: u16,
    /// Locked; the lock goes when the file is closed, even after a SIGKILL.
    _claim: File,
}

impl Port {
    /// Reserves a port on which nothing listens.
    pub(crate) fn reserve(address: IpAddr) -> Result<Port, StageError> {
        let folder = claims_folder()?;
        let count = LAST - FIRST + 1;
        // Processes start at different points, so that they seldom try the same port.
        let start = u16::try_from(std::process::id().wrapping_mul(397) % u32::from(count)).unwrap_or(0);
        for _ in 0..count {
            let step = NEXT.fetch_add(1, Ordering::Relaxed) % count;
            let number = FIRST + (start + step) % count;
            let Ok(claim) = OpenOptions::new()
                .create(true)
                .append(true)
                .open(folder.join(number.to_string()))
            else {
                continue;
            };
            if claim.try_lock().is_ok() && TcpListener::bind((address, number)).is_ok() {
                return Ok(Port {
                    number,
                    _claim: claim,
                });
            }
        }
        Err(StageError::NoPort {
            first: FIRST,
            last: LAST,
        })
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }
}

fn claims_folder() -> Result<PathBuf, StageError> {
    let folder = PathBuf::from(CLAIMS);
    fs::create_dir_all(&folder).map_err(StageError::io("make the folder of reserved ports"))?;
    // Shared by all users of the machine, as the ports are. Who does not own the folder need not open it.
    let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o1777));
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn two_reservations_are_never_the_same_port() {
        let ports: Vec<Port> = (0..50)
            .map(|_| Port::reserve(IpAddr::V4(Ipv4Addr::LOCALHOST)).expect("there are thousands"))
            .collect();
        let mut numbers: Vec<u16> = ports.iter().map(Port::number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), ports.len(), "a port was given out twice");
    }

    #[test]
    fn a_port_that_someone_listens_on_is_not_given_out() {
        let port = Port::reserve(IpAddr::V4(Ipv4Addr::LOCALHOST)).expect("a port");
        let _listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port.number())).expect("the reserved port is free");
        let other = Port::reserve(IpAddr::V4(Ipv4Addr::LOCALHOST)).expect("another port");
        assert_ne!(other.number(), port.number(), "someone listens there");
    }
}
