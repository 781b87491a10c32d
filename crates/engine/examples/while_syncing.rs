//! How long a page of the list takes while its account is synchronised for the first time: `while_syncing PROFILE` asks
//! for pages at the rate of a screen until all is there, and prints one line of JSON: how many, milliseconds at the
//! median, the 95th percentile and the worst, seconds in all, and the most memory that the process used. The profile
//! has an account already, and WAXWING_PASSPHRASE opens its vault. Run it with `--release`.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints what it measured"
)]

use std::time::{Duration, Instant};

use secrecy::SecretString;
use waxwing_engine::{Engine, EngineOptions, KeyringUse, headless_runtime};
use waxwing_model::{Activity, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Role};

/// A screen shows a new picture this often.
const FRAME: Duration = Duration::from_millis(16);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    headless_runtime()?.block_on(measure())
}

async fn measure() -> Result<(), Box<dyn std::error::Error>> {
    let profile = std::env::args().nth(1).ok_or("which profile?")?.into();
    let passphrase = SecretString::from(std::env::var("WAXWING_PASSPHRASE")?);
    let engine = Engine::open(EngineOptions {
        profile,
        keyring: KeyringUse::Never,
        passphrase: Some(passphrase),
    })
    .await?;
    let account = engine.accounts().await?.first().ok_or("no account")?.id;
    let begun = Instant::now();
    engine.start().await?;
    let mut took = Vec::new();
    let mut scrolled = 0;
    while !matches!(engine.activity(account), Activity::UpToDate { .. }) {
        if let Activity::Failed { trouble } = engine.activity(account) {
            return Err(trouble.to_string().into());
        }
        tokio::time::sleep(FRAME).await;
        let inbox = engine
            .mailboxes()
            .await?
            .into_iter()
            .find(|mailbox| mailbox.role == Some(Role::Inbox));
        let Some(inbox) = inbox else { continue };
        let listing = Listing {
            source: ListingSource::Mailbox { mailbox: inbox.id },
            filter: ListingFilter::ALL,
            order: ListingOrder::NEWEST,
            grouping: ListingGrouping::Conversations,
        };
        let asked = Instant::now();
        let (total, _) = engine.page(listing, scrolled, 50).await?;
        took.push(asked.elapsed());
        scrolled = if scrolled + 50 < total { scrolled + 50 } else { 0 };
    }
    let seconds = begun.elapsed().as_secs_f64();
    engine.stop().await;
    took.sort();
    let at = |share: f64| {
        let place = (took.len() as f64 * share) as usize;
        took.get(place.min(took.len().saturating_sub(1)))
            .map_or(0.0, |each| each.as_secs_f64() * 1e3)
    };
    println!(
        r#"{{"pages":{},"median":{:.2},"p95":{:.2},"worst":{:.2},"seconds":{seconds:.2},"peak_kilobytes":{}}}"#,
        took.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        peak()?
    );
    Ok(())
}

/// proc(5), `VmHWM`.
fn peak() -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line
        .ok_or("the system does not tell")?
        .trim()
        .trim_end_matches(" kB")
        .parse()?)
}
