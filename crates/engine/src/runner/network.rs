//! Whether the network came, went or changed, and whether the computer slept: what makes a pause senseless and an open
//! connection doubtful.
//!
//! Nothing is sent to find that out. The system is asked from which address it would send, and the clock on the wall is
//! compared with how long we have waited. What else a system may tell is handed in by [`Engine::network_changed`].

use std::net::{IpAddr, Ipv6Addr, SocketAddr, UdpSocket};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::watch as signal;
use waxwing_remote::RemoteError;

use crate::engine::{Engine, locked};
use crate::error::Result;

/// How often is looked.
const LOOK: Duration = Duration::from_secs(3);
/// A look that comes so much later than it was meant to was slept over. A busy computer is not that late.
const SLEPT: Duration = Duration::from_secs(15);
/// How long a connection from before may take to show that it lives.
pub(super) const PROOF: Duration = Duration::from_secs(10);

/// Addresses for documentation (RFC 5737, RFC 3849): nobody has them, and the way to them is the way to everybody.
const ANYBODY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
const ANYBODY_V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));

/// Changes each time that something happened. It is the same for all accounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pulse(u64);

impl Engine {
    /// The network is another one, or the computer was asleep: no account waits any longer before it tries again, and open
    /// connections have to show that they live. For shells that know it before we do.
    pub fn network_changed(&self) {
        tracing::info!("the network is another one, or the computer was asleep");
        self.inner
            .network
            .send_modify(|pulse| pulse.0 = pulse.0.wrapping_add(1));
    }

    /// Looks at the network for as long as accounts run.
    pub(super) fn watch_network(&self) {
        let mut watching = locked(&self.inner.watching);
        if watching.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        // The engine may be closed without anybody saying so to this task.
        let inner = Arc::downgrade(&self.inner);
        *watching = Some(tokio::spawn(async move {
            let mut seen = Sight::take();
            loop {
                tokio::time::sleep(LOOK).await;
                let Some(inner) = inner.upgrade() else { return };
                let now = Sight::take();
                if now.is_news_after(&seen) {
                    Engine { inner }.network_changed();
                }
                seen = now;
            }
        }));
    }
}

/// Until the next pulse.
pub(crate) async fn pulse(network: &mut signal::Receiver<Pulse>) {
    if network.changed().await.is_err() {
        // The engine is gone, and its tasks with it.
        std::future::pending().await
    }
}

/// Work over a connection that may turn out to be dead: after a pulse it has to end soon.
pub(crate) async fn lively<T>(
    network: &mut signal::Receiver<Pulse>,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    lively_for(PROOF, network, work).await
}

async fn lively_for<T>(
    patience: Duration,
    network: &mut signal::Receiver<Pulse>,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let mut work = pin!(work);
    tokio::select! {
        biased;
        outcome = &mut work => return outcome,
        () = pulse(network) => {}
    }
    match tokio::time::timeout(patience, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(RemoteError::timed_out("since the network changed or the computer slept").into()),
    }
}

/// The network at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sight {
    /// From where we would send; `None` where there is no way to anybody.
    from: Option<IpAddr>,
    from_v6: Option<IpAddr>,
    clock: SystemTime,
}

impl Sight {
    fn take() -> Self {
        Self {
            from: way_to(ANYBODY),
            from_v6: way_to(ANYBODY_V6),
            clock: SystemTime::now(),
        }
    }

    /// A clock that was set back tells nothing.
    fn is_news_after(&self, before: &Self) -> bool {
        let passed = self.clock.duration_since(before.clock).unwrap_or_default();
        (&self.from, &self.from_v6) != (&before.from, &before.from_v6) || passed > LOOK + SLEPT
    }
}

/// The address from which something would go there. A datagram socket that is connected sends nothing.
fn way_to(anybody: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = match anybody {
        IpAddr::V4(_) => std::net::Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).ok()?;
    socket.connect(SocketAddr::new(anybody, 9)).ok()?;
    let from = socket.local_addr().ok()?.ip();
    (!from.is_unspecified()).then_some(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(from: Option<&str>, seconds: u64) -> Sight {
        Sight {
            from: from.map(|address| address.parse().unwrap()),
            from_v6: None,
            clock: SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
        }
    }

    #[test]
    fn what_comes_goes_and_changes_is_news_and_so_is_a_long_sleep() {
        let home = sight(Some("192.168.1.7"), 100);
        assert!(
            !sight(Some("192.168.1.7"), 103).is_news_after(&home),
            "nothing happened"
        );
        assert!(
            !sight(Some("192.168.1.7"), 115).is_news_after(&home),
            "the computer was only busy"
        );
        assert!(sight(None, 103).is_news_after(&home), "the cable was pulled");
        assert!(home.is_news_after(&sight(None, 97)), "and put in again");
        assert!(
            sight(Some("10.0.0.3"), 103).is_news_after(&home),
            "another network"
        );
        assert!(
            sight(Some("192.168.1.7"), 3_700).is_news_after(&home),
            "an hour's sleep"
        );
        assert!(
            !sight(Some("192.168.1.7"), 40).is_news_after(&home),
            "a clock that is set back"
        );
    }

    #[test]
    fn looking_changes_nothing() {
        let (one, other) = (Sight::take(), Sight::take());
        assert!(!other.is_news_after(&one), "{one:?} and {other:?}");
    }

    #[tokio::test]
    async fn work_goes_on_over_a_pulse_unless_it_has_come_to_a_halt() {
        let patience = Duration::from_millis(200);
        let (pulses, mut network) = signal::channel(Pulse::default());
        let halted = tokio::spawn(async move {
            let work = std::future::pending::<Result<()>>();
            lively_for(patience, &mut network, work).await
        });
        tokio::time::sleep(patience * 3).await;
        assert!(!halted.is_finished(), "without a pulse nobody is hurried");
        pulses.send_modify(|pulse| pulse.0 += 1);
        let error = halted.await.unwrap().unwrap_err();
        assert!(error.is_transient(), "{error}");

        let mut network = pulses.subscribe();
        pulses.send_modify(|pulse| pulse.0 += 1);
        // So much longer that a busy machine does not take slow work for work that halts.
        let patience = Duration::from_secs(20);
        let slow = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(7)
        };
        assert_eq!(lively_for(patience, &mut network, slow).await.unwrap(), 7);
    }
}
