//! What sending costs, for `scripts/bench/smtp.mjs`: `sending letters PORT CA USER PASSWORD COUNT` hands short letters over,
//! once by the bare connection and once by the outbox with all that it writes down; `sending attachment PORT CA USER
//! PASSWORD MEGABYTES` one with a large file. Prints one line of JSON.

use std::time::Instant;

use secrecy::SecretString;
use waxwing_engine::{AccountForm, Engine, EngineOptions, KeyringUse};
use waxwing_model::{
    Account, Address, Authentication, DraftContent, Envelope, Keeping, Protocol, Retention, Security,
    ServerSettings, SubmissionState,
};
use waxwing_remote::smtp::{Session, Wishes};
use waxwing_remote::{Credentials, Trust};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// About two kilobytes.
fn letter(number: u32, from: &str) -> Vec<u8> {
    let line = "The ferry leaves at eight, and the pier is on the other side of the harbour.\r\n";
    format!(
        "From: {from}\r\nTo: jonas@waxwing.test\r\nSubject: Letter {number}\r\nMessage-ID: <{number}-bench@waxwing.test>\r\n\
         Date: Thu, 26 Nov 2026 08:00:00 +0000\r\n\r\n{}",
        line.repeat(23)
    )
    .into_bytes()
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [what, port, ca, user, password, count] = words.as_slice() else {
        return Err("usage: sending letters|attachment PORT CA USER PASSWORD COUNT".into());
    };
    let ca = std::fs::read_to_string(ca)?;
    let server = ServerSettings {
        host: "localhost".to_owned(),
        port: port.parse()?,
        security: Security::Tls,
        username: user.clone(),
        authentication: Authentication::Plain,
    };
    let count: u32 = count.parse()?;
    let told = match what.as_str() {
        "letters" => {
            let bare = bare(&server, &ca, password, count).await?;
            let outbox = outbox(&server, &ca, password, count).await?;
            format!("{{\"bare\":{bare},\"outbox\":{outbox}}}")
        }
        _ => attachment(&server, &ca, password, count).await?,
    };
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{told}")?;
    Ok(())
}

/// Seconds over one connection, sign-in included.
async fn bare(server: &ServerSettings, ca: &str, password: &str, count: u32) -> Outcome<f64> {
    let credentials = Credentials {
        username: server.username.clone(),
        password: password.into(),
    };
    let envelope = Envelope {
        from: server.username.clone(),
        to: vec!["jonas@waxwing.test".to_owned()],
    };
    let letters: Vec<Vec<u8>> = (0..count)
        .map(|number| letter(number, &server.username))
        .collect();
    let trust = Trust::with_extra_ca(ca)?;
    let begun = Instant::now();
    let mut session = Session::open(server, &credentials, &trust).await?;
    for letter in &letters {
        session
            .send(&envelope, letter, &Wishes::default(), &mut |_| {})
            .await?;
    }
    session.leave().await;
    Ok(begun.elapsed().as_secs_f64())
}

/// Seconds from a full outbox to one in which everything is sent.
async fn outbox(server: &ServerSettings, ca: &str, password: &str, count: u32) -> Outcome<f64> {
    let folder = tempfile::tempdir()?;
    let (engine, account) = open(folder.path(), server, ca, password).await?;
    for number in 0..count {
        let letter = letter(number + count, &server.username);
        engine.send_message(&account, letter).await?;
    }
    let begun = Instant::now();
    engine.send_waiting(&account).await?;
    let took = begun.elapsed().as_secs_f64();
    let all = engine.outbox().await?;
    let sent = all
        .iter()
        .filter(|letter| matches!(letter.state, SubmissionState::Sent { .. }))
        .count();
    if sent != usize::try_from(count)? {
        return Err(format!("{sent} of {count} were sent").into());
    }
    Ok(took)
}

/// The most memory above what the engine uses at rest, from attaching the file to the copy in Sent, in kilobytes.
async fn attachment(server: &ServerSettings, ca: &str, password: &str, megabytes: u32) -> Outcome<String> {
    let folder = tempfile::tempdir()?;
    let (engine, account) = open(folder.path(), server, ca, password).await?;
    let content = DraftContent {
        to: vec![Address::new("", "jonas@waxwing.test")],
        subject: "Drawings".to_owned(),
        html: "<p>As agreed.</p>".to_owned(),
        ..DraftContent::default()
    };
    let draft = engine.new_draft(Some(account.id), content).await?;
    let size = usize::try_from(megabytes)? * 1_000_000;
    let file = folder.path().join("drawings.pdf");
    let data: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
    std::fs::write(&file, data)?;
    // What is counted is what the process needs beyond this.
    let rest = status("VmRSS:")?;
    std::fs::write("/proc/self/clear_refs", "5")?;
    let begun = Instant::now();
    engine
        .attach_file(draft.id, "drawings.pdf".into(), "application/pdf".into(), file)
        .await?;
    let attached = status("VmHWM:")?.saturating_sub(rest);
    let id = engine.send(draft.id, 0).await?;
    let queued = status("VmHWM:")?.saturating_sub(rest);
    let sent = engine.deliver_now(&account, id).await?;
    if !matches!(sent.state, SubmissionState::Sent { .. }) {
        return Err(format!("{:?}", sent.state).into());
    }
    let took = begun.elapsed().as_secs_f64();
    let peak = status("VmHWM:")?.saturating_sub(rest);
    Ok(format!(
        "{{\"seconds\":{took},\"attached\":{attached},\"queued\":{queued},\"peak\":{peak}}}"
    ))
}

/// A figure of proc(5), in kilobytes.
fn status(name: &str) -> Outcome<u64> {
    let all = std::fs::read_to_string("/proc/self/status")?;
    let line = all.lines().find_map(|line| line.strip_prefix(name));
    Ok(line
        .ok_or("the system does not tell")?
        .trim()
        .trim_end_matches(" kB")
        .parse()?)
}

async fn open(
    folder: &std::path::Path,
    server: &ServerSettings,
    ca: &str,
    password: &str,
) -> Outcome<(Engine, Account)> {
    let engine = Engine::open(EngineOptions {
        profile: folder.to_owned(),
        keyring: KeyringUse::Never,
        passphrase: Some(SecretString::from("a passphrase for this run")),
    })
    .await?;
    let nowhere = ServerSettings {
        port: 9,
        ..server.clone()
    };
    let form = AccountForm {
        name: "Lena".to_owned(),
        email: server.username.clone(),
        password: SecretString::from(password.to_owned()),
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
        protocol: Protocol::Imap,
        incoming: nowhere,
        outgoing: server.clone(),
        retention: Retention::Keep,
        keeping: Keeping::default(),
        extra_ca: Some(ca.to_owned()),
        accepted: Vec::new(),
        allow_plain: false,
    };
    let added = engine.add_account_unchecked(form).await;
    let id = added.map_err(|trouble| trouble.to_string())?;
    let account = engine.account(id).await?;
    Ok((engine, account))
}
