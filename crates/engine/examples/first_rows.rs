//! From "Add account" to the first rows: both servers are tried and the account is added as the window does it, then its inbox is
//! asked for until so many rows are there. Prints the milliseconds as JSON.
//!
//! `first_rows PROFILE EMAIL IMAPS SUBMISSIONS CA.pem ROWS`, the password on the first line of standard input.
#![expect(
    clippy::print_stdout,
    reason = "it is a measurement, and prints what it measured"
)]

use std::error::Error;
use std::io::BufRead;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use waxwing_engine::{AccountForm, Engine, EngineOptions, KeyringUse};
use waxwing_model::{
    Authentication, Keeping, Listing, ListingFilter, ListingGrouping, ListingOrder, ListingSource, Protocol,
    Retention, Role, Security, ServerSettings,
};

/// Who has waited for so long has no mail.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [profile, email, imaps, submissions, ca, rows] = words.as_slice() else {
        return Err("first_rows PROFILE EMAIL IMAPS SUBMISSIONS CA.pem ROWS".into());
    };
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let engine = Engine::open(EngineOptions {
        profile: profile.into(),
        keyring: KeyringUse::Never,
        passphrase: None,
    })
    .await?;
    engine.keep_secrets_this_run();
    engine.start().await?;
    let server = |port: &str| {
        Ok::<_, Box<dyn Error>>(ServerSettings {
            host: "localhost".into(),
            port: port.parse()?,
            security: Security::Tls,
            username: email.clone(),
            authentication: Authentication::Auto,
        })
    };
    let form = AccountForm {
        name: String::new(),
        email: email.clone(),
        password: SecretString::from(password.trim_end().to_owned()),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        protocol: Protocol::Imap,
        incoming: server(imaps)?,
        outgoing: server(submissions)?,
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: Some(std::fs::read_to_string(ca)?),
        accepted: Vec::new(),
        allow_plain: false,
    };
    let wanted: usize = rows.parse()?;

    let began = Instant::now();
    let checked = engine
        .check_account(&form)
        .await
        .map_err(|trouble| trouble.to_string())?;
    if !checked.is_ok() {
        return Err(format!("the servers do not agree: {checked:?}").into());
    }
    let tried = began.elapsed();
    engine
        .add_account(form)
        .await
        .map_err(|trouble| trouble.to_string())?;
    let added = began.elapsed();
    while shown(&engine, wanted).await? < wanted {
        if began.elapsed() > PATIENCE {
            return Err("no rows came".into());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let milliseconds = began.elapsed().as_millis();
    println!(
        "{{\"milliseconds\":{milliseconds},\"tried\":{},\"added\":{}}}",
        tried.as_millis(),
        added.as_millis()
    );
    engine.stop().await;
    Ok(())
}

/// How many rows the list of the inbox has to show.
async fn shown(engine: &Engine, wanted: usize) -> Result<usize, Box<dyn Error>> {
    let inbox = engine
        .mailboxes()
        .await?
        .into_iter()
        .find(|mailbox| mailbox.role == Some(Role::Inbox));
    let Some(inbox) = inbox else { return Ok(0) };
    let listing = Listing {
        source: ListingSource::Mailbox { mailbox: inbox.id },
        filter: ListingFilter::ALL,
        order: ListingOrder::NEWEST,
        grouping: ListingGrouping::Messages,
    };
    let (_, rows) = engine.page(listing, 0, u32::try_from(wanted)?).await?;
    Ok(rows.len())
}
