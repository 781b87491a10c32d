//! What stands in Cyrus's two configuration files. Nothing is started or written here.

use std::path::Path;
use std::process::Command;

use super::{CyrusOptions, Programs};
use crate::StageError;
use crate::people::DOMAIN;

/// `imapd.conf`. The names of folders are as a person writes them: `/` between them, and their own beside INBOX.
pub(super) fn imapd(folder: &Path, options: &CyrusOptions) -> Result<String, StageError> {
    let root = folder.display();
    let room = options.room;
    let without = match options.without.as_str() {
        "" => String::new(),
        names => format!("suppress_capabilities: {names}\n"),
    };
    let (user, group) = owner()?;
    Ok(format!(
        "\
configdirectory: {root}/conf
defaultpartition: default
partition-default: {root}/spool
sievedir: {root}/sieve
cyrus_user: {user}
cyrus_group: {group}
admins: admin
servername: {DOMAIN}
virtdomains: userid
defaultdomain: {DOMAIN}
unixhierarchysep: yes
altnamespace: yes
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {root}/passwords
sasl_mech_list: PLAIN LOGIN
tls_server_cert: {root}/server.pem
tls_server_key: {root}/server.key
tls_client_ca_file: {root}/ca.pem
idlesocket: {root}/run/idle
autocreate_quota: {room}
autocreate_inbox_folders: Drafts | Sent | Junk | Trash | Archive
xlist-drafts: Drafts
xlist-sent: Sent
xlist-junk: Junk
xlist-trash: Trash
xlist-archive: Archive
expunge_mode: immediate
delete_mode: immediate
{without}"
    ))
}

/// `cyrus.conf`.
pub(super) fn services(folder: &Path, programs: &Programs, imap: u16, imaps: u16) -> String {
    let options = format!("-C {}/imapd.conf", folder.display());
    let (imapd, idled) = (programs.imapd.display(), programs.idled.display());
    let ctl_cyrusdb = programs.ctl_cyrusdb.display();
    format!(
        "\
START {{
  recover cmd=\"{ctl_cyrusdb} {options} -r\"
}}
SERVICES {{
  imap cmd=\"{imapd} {options}\" listen=\"127.0.0.1:{imap}\" prefork=0 maxchild=100
  imaps cmd=\"{imapd} -s {options}\" listen=\"127.0.0.1:{imaps}\" prefork=0 maxchild=100
}}
DAEMON {{
  idled cmd=\"{idled} {options}\"
}}
"
    )
}

/// As whom it runs. It refuses to be root.
fn owner() -> Result<(String, String), StageError> {
    if rustix::process::geteuid().is_root() {
        return Ok(("nobody".to_owned(), "nogroup".to_owned()));
    }
    let id = |option: &str| {
        let output = Command::new("id")
            .arg(option)
            .output()
            .map_err(StageError::io("ask for our own user name"))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    Ok((id("-un")?, id("-gn")?))
}
