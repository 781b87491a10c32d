//! `account password`, `account servers` and the other words about an account that is there.

use secrecy::SecretString;
use serde::Serialize;
use waxwing_engine::{Door, Engine, Passwords, ServersForm, Tried, TriedDoor, Trying};
use waxwing_model::{
    Account, Certificate, CertificateException, Fingerprint, IdentityId, Role, Security, ServerSettings,
};

use super::browser;
use crate::arguments::{Browser, ManagingCommand, OwnWay};
use crate::failure::Failure;
use crate::output::Output;
use crate::{commands::mailboxes, profile};

/// How far it came at one server.
#[derive(Serialize)]
struct TriedLine {
    door: String,
    host: String,
    port: u16,
    reached: bool,
    protocol: Option<String>,
    certificate: Option<Certificate>,
    by_exception: bool,
    signed_in: bool,
    ok: bool,
    trouble: Option<waxwing_model::Trouble>,
}

pub async fn run(engine: &Engine, command: ManagingCommand, output: &Output) -> Result<(), Failure> {
    let named = |account: String| async move { profile::account(engine, Some(&account)).await };
    match command {
        ManagingCommand::Password {
            account,
            outgoing,
            identity,
            no_check,
            browser,
        } => {
            let account = named(account).await?;
            if browser.oauth {
                let door = if outgoing { Door::Outgoing } else { Door::Incoming };
                let signed_in = super::browser::grant_again(engine, &account, door, &browser, output).await?;
                let doors = engine.signed_in_again(account.id, door, signed_in).await?;
                // A provider may be just told that another sign-in is wanted no more.
                engine.stop().await;
                return told(doors, output);
            }
            password(engine, &account, outgoing, identity, no_check, output).await
        }
        ManagingCommand::Servers {
            account,
            incoming,
            outgoing,
            user,
            accept,
            dry_run,
            browser,
            own_way,
        } => {
            let account = named(account).await?;
            let mut form = form(&account, incoming, outgoing, user)?;
            if let Some(user) = &own_way.outgoing_user {
                form.outgoing.username.clone_from(user);
            }
            sign_in(engine, &account, &mut form, (&browser, &own_way), output).await?;
            if !accept.is_empty() {
                // Each fingerprint is for the server that shows it, and for no other.
                let trial = engine.try_servers(account.id, form.clone()).await?;
                form.accepted = shown([trial.incoming, trial.outgoing], &accept);
            }
            let trial = if dry_run {
                engine.try_servers(account.id, form).await?
            } else {
                engine.change_servers(account.id, form).await?
            };
            tell("incoming", &trial.incoming, output)?;
            tell("outgoing", &trial.outgoing, output)?;
            refused([trial.incoming, trial.outgoing])
        }
        ManagingCommand::Certificates { account, forget } => {
            let account = named(account).await?;
            if let Some((host, port)) = forget {
                engine
                    .remove_certificate_exception(account.id, &host, port)
                    .await?;
            }
            for exception in engine.certificate_exceptions(account.id).await? {
                let text = format!(
                    "{}:{}\t{}",
                    exception.host, exception.port, exception.certificate.fingerprint
                );
                output.result(&exception, text)?;
            }
            Ok(())
        }
        ManagingCommand::Look {
            account,
            label,
            colour,
        } => {
            let account = named(account).await?;
            let label = label.unwrap_or(account.label);
            Ok(engine
                .set_look(account.id, &label, colour.unwrap_or(account.colour))
                .await?)
        }
        ManagingCommand::Order { accounts } => {
            let mut order = Vec::new();
            for account in accounts {
                order.push(named(account).await?.id);
            }
            Ok(engine.order_accounts(order).await?)
        }
        ManagingCommand::Disable { account } => Ok(engine.disable(named(account).await?.id).await?),
        ManagingCommand::Enable { account } => {
            engine.enable(named(account).await?.id).await?;
            engine.stop().await;
            Ok(())
        }
        ManagingCommand::Role {
            account,
            role,
            mailbox,
        } => {
            let account = named(account).await?;
            let mailbox = match mailbox.as_str() {
                "server" => None,
                named => Some(mailboxes::find(engine, named, Some(account.id)).await?.id),
            };
            Ok(engine.choose_role(account.id, Role::from(role), mailbox).await?)
        }
        ManagingCommand::Every { account, minutes } => Ok(engine
            .set_check_minutes(named(account).await?.id, minutes.0)
            .await?),
        ManagingCommand::Thunderbird => thunderbird(engine, output).await,
    }
}

/// For the servers that the account is to have.
async fn sign_in(
    engine: &Engine,
    account: &Account,
    form: &mut ServersForm,
    (wanted, own): (&Browser, &OwnWay),
    output: &Output,
) -> Result<(), Failure> {
    let doorways = engine.doorways(account.id).await?;
    let apart = own.is_taken()
        || doorways
            .iter()
            .any(|each| each.door == Door::Outgoing && each.own);
    let (incoming, outgoing) = (form.incoming.clone(), form.outgoing.clone());
    let servers = browser::Servers {
        email: &account.email,
        incoming: &incoming,
        outgoing: &outgoing,
        apart,
    };
    if own.outgoing_password {
        form.outgoing_password = Some(profile::read_password()?);
    }
    if wanted.oauth {
        form.signed_in = Some(browser::grant(engine, &servers, wanted, output).await?);
    }
    if own.outgoing_oauth {
        form.outgoing_signed_in = Some(browser::grant_sending(engine, &servers, wanted, own, output).await?);
    }
    Ok(())
}

async fn password(
    engine: &Engine,
    account: &Account,
    outgoing: bool,
    identity: Option<i64>,
    no_check: bool,
    output: &Output,
) -> Result<(), Failure> {
    let password: SecretString = profile::read_password()?;
    let mut passwords = Passwords::default();
    match (identity, outgoing) {
        (Some(identity), _) => passwords.identities.push((IdentityId(identity), password)),
        (None, true) => passwords.outgoing = Some(password),
        (None, false) => passwords.incoming = Some(password),
    }
    let trying = if no_check { Trying::Never } else { Trying::First };
    told(engine.sign_in_again(account.id, passwords, trying).await?, output)
}

/// What came of it at each server.
fn told(doors: Vec<TriedDoor>, output: &Output) -> Result<(), Failure> {
    for door in &doors {
        let name = match door.door {
            Door::Incoming => "incoming".to_owned(),
            Door::Outgoing => "outgoing".to_owned(),
            Door::Identity(identity) => format!("identity {identity}"),
        };
        tell(&name, &door.tried, output)?;
    }
    refused(doors.into_iter().map(|door| door.tried))
}

fn form(
    account: &Account,
    incoming: Option<(String, u16, Security)>,
    outgoing: Option<(String, u16, Security)>,
    user: Option<String>,
) -> Result<ServersForm, Failure> {
    let allow_plain = [&incoming, &outgoing]
        .into_iter()
        .flatten()
        .any(|server| server.2 == Security::Plain);
    let changed = |known: &Option<ServerSettings>, named: Option<(String, u16, Security)>| {
        let mut server = known
            .clone()
            .ok_or_else(|| Failure::Usage(format!("{} has no server", account.email)))?;
        if let Some((host, port, security)) = named {
            server = ServerSettings {
                host,
                port,
                security,
                ..server
            };
        }
        if let Some(user) = &user {
            server.username.clone_from(user);
        }
        Ok::<_, Failure>(server)
    };
    let incoming = changed(&account.incoming, incoming)?;
    let outgoing = changed(&account.outgoing, outgoing)?;
    Ok(ServersForm {
        accepted: Vec::new(),
        // Whoever writes "plain" on a command line has chosen it explicitly.
        allow_plain: allow_plain
            || [&incoming, &outgoing]
                .iter()
                .any(|server| server.security == Security::Plain),
        incoming,
        outgoing,
        password: None,
        signed_in: None,
        outgoing_password: None,
        outgoing_signed_in: None,
    })
}

/// What a server showed and may show from now on.
fn shown(tried: [Tried; 2], accept: &[Fingerprint]) -> Vec<CertificateException> {
    tried
        .into_iter()
        .filter_map(|tried| tried.outcome.err()?.certificate)
        .filter(|shown| accept.contains(&shown.certificate.fingerprint) && shown.flaw.may_be_accepted())
        .map(|shown| CertificateException::from(*shown))
        .collect()
}

fn tell(door: &str, tried: &Tried, output: &Output) -> Result<(), Failure> {
    let encryption = tried.encryption.clone();
    let protocol = encryption.as_ref().map(|encryption| encryption.protocol.clone());
    let trouble = tried.outcome.clone().err();
    let place = format!("{}:{}", tried.server.host, tried.server.port);
    let came = match (&trouble, &protocol) {
        (None, Some(protocol)) => format!("signed in, {protocol}"),
        (None, None) => "signed in, not encrypted".to_owned(),
        (Some(trouble), _) => {
            let shown = trouble.certificate.as_ref();
            let fingerprint = shown.map(|shown| format!(" {}", shown.certificate.fingerprint));
            format!("{trouble}{}", fingerprint.unwrap_or_default())
        }
    };
    output.result(
        &TriedLine {
            door: door.to_owned(),
            host: tried.server.host.clone(),
            port: tried.server.port,
            reached: tried.reached,
            protocol,
            by_exception: encryption
                .as_ref()
                .is_some_and(|encryption| encryption.by_exception),
            certificate: encryption.map(|encryption| encryption.certificate),
            signed_in: tried.signed_in,
            ok: tried.is_ok(),
            trouble,
        },
        format_args!("{door}\t{place}\t{came}"),
    )
}

/// The first trouble ends the command with a failure.
fn refused(tried: impl IntoIterator<Item = Tried>) -> Result<(), Failure> {
    match tried.into_iter().find_map(|tried| tried.outcome.err()) {
        Some(trouble) => Err(trouble.into()),
        None => Ok(()),
    }
}

async fn thunderbird(engine: &Engine, output: &Output) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Found<'a> {
        email: &'a str,
        name: &'a str,
        protocol: waxwing_model::Protocol,
        incoming: &'a ServerSettings,
        outgoing: Option<&'a ServerSettings>,
    }
    for account in engine.accounts_of_thunderbird().await? {
        let text = format!(
            "{}\t{:?}\t{}",
            account.email, account.protocol, account.incoming.host
        );
        let found = Found {
            email: &account.email,
            name: &account.name,
            protocol: account.protocol,
            incoming: &account.incoming,
            outgoing: account.outgoing.as_ref(),
        };
        output.result(&found, text)?;
    }
    Ok(())
}
