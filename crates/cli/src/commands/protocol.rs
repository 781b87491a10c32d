//! `account change-protocol`: what is on both sides is counted, then the account goes on with another protocol. Letters that
//! are to be put on the server are put there before the command ends, as far as it can be reached.

use serde::Serialize;
use waxwing_engine::{
    Engine, FolderCount, ImapPlan, OnlyHere, Pop3Plan, ProtocolChange, ProtocolPlan, ProtocolServer,
};
use waxwing_model::{Account, Protocol, Security, ServerSettings};

use crate::arguments::ChangeProtocol;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile;

#[derive(Serialize)]
struct Folder {
    folder: String,
    letters: u32,
}

/// What it comes to, or has come to.
#[derive(Default, Serialize)]
struct Counts {
    account: i64,
    changed: bool,
    both: u32,
    only_server: Vec<Folder>,
    only_here: Vec<Folder>,
    deleted_here: u32,
    /// To POP3: what the server has in folders that it does not see.
    beyond: Vec<Folder>,
    to_bring: u32,
    octets_to_bring: u64,
    /// Letters that were put on the server, that have still to be, and that stand in Local Folders.
    uploaded: u32,
    waiting: u32,
    kept: u32,
    /// What the server would not take, in its words.
    refused: Vec<String>,
}

pub async fn run(engine: &Engine, wanted: ChangeProtocol, output: &Output) -> Result<(), Failure> {
    let account = profile::account(engine, Some(&wanted.account)).await?;
    let mut change = ProtocolChange {
        account: account.id,
        to: wanted.to.into(),
        server: server(engine, &account, &wanted).await?,
        // Whoever writes "plain" on a command line has chosen it explicitly.
        allow_plain: wanted
            .server
            .as_ref()
            .is_some_and(|server| server.2 == Security::Plain),
        accepted: Vec::new(),
        only_here: OnlyHere::Keep,
        local_folders: String::new(),
    };
    if wanted.upload {
        change.only_here = OnlyHere::Upload;
    }
    if !wanted.accept.is_empty()
        && let Err(error) = engine.plan_protocol(&change).await
        && let Some(shown) = error.trouble().certificate
        && wanted.accept.contains(&shown.certificate.fingerprint)
        && shown.flaw.may_be_accepted()
    {
        change.accepted.push((*shown).into());
    }
    if wanted.dry_run || !(wanted.upload || wanted.keep_here) {
        let counts = counts(&account, engine.plan_protocol(&change).await?);
        if wanted.dry_run {
            let text = told(&counts, change.to);
            return output.result(&counts, text);
        }
        let alone: u32 = counts.only_here.iter().map(|one| one.letters).sum();
        if alone > 0 {
            return Err(Failure::Usage(format!(
                "{alone} letters stand only on this computer; say what becomes of them with --upload or --keep-here"
            )));
        }
    }
    let changed = engine.change_protocol(&change).await?;
    let account = engine.account(account.id).await?;
    let mut counts = counts(&account, changed.plan);
    counts.changed = true;
    counts.kept = changed.kept;
    if changed.uploading > 0 {
        match engine.push_once(&account).await {
            Ok(refused) => counts.refused = refused,
            Err(error) => output.error(&format!(
                "{} The letters wait for the next sync.",
                error.trouble()
            )),
        }
        counts.waiting = engine.uploads_waiting(account.id).await?;
        let refused = u32::try_from(counts.refused.len()).unwrap_or(u32::MAX);
        counts.uploaded = changed
            .uploading
            .saturating_sub(counts.waiting)
            .saturating_sub(refused);
    }
    let text = told(&counts, change.to);
    output.result(&counts, text)?;
    match counts.refused.is_empty() {
        true => Ok(()),
        false => Err(Failure::Partly),
    }
}

async fn server(
    engine: &Engine,
    account: &Account,
    wanted: &ChangeProtocol,
) -> Result<ServerSettings, Failure> {
    let before = account.incoming.as_ref();
    let mut server = match &wanted.server {
        Some((host, port, security)) => ServerSettings {
            host: host.clone(),
            port: *port,
            security: *security,
            username: before.map(|server| server.username.clone()).unwrap_or_default(),
            authentication: Default::default(),
        },
        None => engine
            .protocol_server(account.id, wanted.to.into())
            .await?
            .ok_or_else(|| {
                Failure::Usage(format!(
                    "no such server could be found for {}; name it with --server",
                    account.email
                ))
            })
            .and_then(vouched)?,
    };
    if let Some(user) = &wanted.user {
        server.username.clone_from(user);
    }
    Ok(server)
}

/// The password is not sent to a name that only DNS gives and that nobody has looked at.
fn vouched(found: ProtocolServer) -> Result<ServerSettings, Failure> {
    let ServerSettings { host, port, .. } = &found.settings;
    match found.strange {
        false => Ok(found.settings),
        true => Err(Failure::Usage(format!(
            "only DNS says that {host} is the server, and somebody in between could have said so; \
             if you know it, name it with --server {host}:{port}:{}",
            match found.settings.security {
                Security::Tls => "tls",
                Security::StartTls => "starttls",
                Security::Plain => "plain",
            }
        ))),
    }
}

fn counts(account: &Account, plan: ProtocolPlan) -> Counts {
    let folders = |folders: Vec<FolderCount>| {
        let line = |one: FolderCount| Folder {
            folder: one.name,
            letters: one.letters,
        };
        folders.into_iter().map(line).collect()
    };
    let counts = Counts {
        account: account.id.0,
        ..Counts::default()
    };
    match plan {
        ProtocolPlan::Imap(ImapPlan {
            both,
            only_server,
            only_here,
            deleted_here,
        }) => Counts {
            both,
            only_server: folders(only_server),
            only_here: folders(only_here),
            deleted_here,
            ..counts
        },
        ProtocolPlan::Pop3(Pop3Plan {
            both,
            only_server,
            beyond,
            to_bring,
            octets_to_bring,
        }) => Counts {
            both,
            only_server: folders(vec![FolderCount {
                name: "INBOX".into(),
                letters: only_server,
            }]),
            beyond: folders(beyond),
            to_bring,
            octets_to_bring,
            ..counts
        },
    }
}

fn told(counts: &Counts, to: Protocol) -> String {
    let mut lines = vec![format!("{}\ton both sides", counts.both)];
    let mut list = |folders: &[Folder], where_to: &str| {
        for one in folders.iter().filter(|one| one.letters > 0) {
            lines.push(format!("{}\t{where_to}\t{}", one.letters, one.folder));
        }
    };
    list(&counts.only_server, "only on the server");
    list(&counts.only_here, "only here");
    list(&counts.beyond, "on the server where POP3 does not see it");
    for (number, words) in [
        (counts.deleted_here, "deleted here, and will come back"),
        (counts.to_bring, "to be brought here first"),
        (counts.uploaded, "put on the server"),
        (counts.waiting, "to be put on the server with the next sync"),
        (counts.kept, "kept in Local Folders"),
    ] {
        if number > 0 {
            lines.push(format!("{number}\t{words}"));
        }
    }
    for words in &counts.refused {
        lines.push(format!(
            "refused by the server, and kept in Local Folders\t{words}"
        ));
    }
    if counts.changed {
        lines.push(
            format!("it is an account with {to:?} now")
                .replace("Imap", "IMAP")
                .replace("Pop3", "POP3"),
        );
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_only_dns_names_has_to_be_named_by_the_person() {
        let found = |strange| ProtocolServer {
            settings: ServerSettings {
                host: "imap.fjord.test".to_owned(),
                port: 993,
                security: Security::Tls,
                username: "lena@waxwing.test".to_owned(),
                authentication: Default::default(),
            },
            registered: Some("fjord.test".to_owned()),
            strange,
        };
        assert!(vouched(found(false)).is_ok(), "somebody vouches for it");
        let refused = vouched(found(true)).err().map(|failure| failure.to_string());
        assert!(
            refused.is_some_and(|words| words.ends_with("--server imap.fjord.test:993:tls")),
            "and how is said"
        );
    }
}
