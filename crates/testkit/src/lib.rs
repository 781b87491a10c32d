//! For tests only: servers, certificates, a fault-injecting proxy, letters.
//!
//! The servers are the real ones of the distribution (Dovecot, Cyrus, Postfix and Exim), each in a folder of its own with
//! ports and an authority of its own, so that tests run side by side. What no real server does (lying, stalling,
//! hanging up) is played by `script` and `proxy`. What work is and what is waited for is counted by `effort` and `moments`, since no
//! test may fail because a machine is slow. Nothing here knows a crate of Waxwing.

mod certificates;
mod error;
mod moments;
mod people;
mod scram;
mod tls;

pub mod broken;
pub mod dkim;
pub mod dns;
pub mod effort;
pub mod floor;
pub mod internet;
pub mod labels;
pub mod letters;
pub mod long_way;
pub mod maildrop;
pub mod provider;
pub mod proxy;
pub mod script;
pub mod web;

#[cfg(unix)]
mod cyrus;
#[cfg(unix)]
mod dovecot;
#[cfg(unix)]
mod exim;
#[cfg(unix)]
mod other_client;
#[cfg(unix)]
mod ports;
#[cfg(unix)]
mod postfix;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod stage;

pub use certificates::{CertificateKind, CertificatePair, Certificates, GOOD_NAMES, WRONG_NAME};
pub use error::StageError;
pub use internet::Internet;
pub use labels::LabelServer;
pub use maildrop::Maildrop;
pub use moments::{A_SECOND, moments};
pub use people::{DOMAIN, PASSWORD, PEOPLE, address};
pub use scram::ScramServer;

pub use provider::{Provider, ProviderOptions};
pub use proxy::Proxy;
pub use script::ScriptedServer;

#[cfg(unix)]
pub use cyrus::{Cyrus, CyrusOptions};
#[cfg(unix)]
pub use dovecot::{Dovecot, DovecotOptions};
#[cfg(unix)]
pub use exim::Exim;
#[cfg(unix)]
pub use other_client::{OnServer, OtherClient};
#[cfg(unix)]
pub use postfix::{Postfix, PostfixOptions};
#[cfg(unix)]
pub use stage::Stage;
