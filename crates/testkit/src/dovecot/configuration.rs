//! What stands in Dovecot's configuration file. Nothing is started or written here.

use super::{Dovecot, DovecotOptions, tokens};
use crate::people::{PASSWORD, PEOPLE, address};

/// The passwd-file: one line for each person of the stage.
pub(super) fn users() -> String {
    PEOPLE
        .iter()
        .map(|person| format!("{}:{{PLAIN}}{PASSWORD}\n", address(person)))
        .collect()
}

/// The same with another password for one of them.
pub(super) fn users_but(person: &str, password: &str) -> String {
    let own = format!("{}:", address(person));
    users()
        .lines()
        .map(|line| match line.starts_with(&own) {
            true => format!("{own}{{PLAIN}}{password}\n"),
            false => format!("{line}\n"),
        })
        .collect()
}

/// `dovecot.conf`.
pub(super) fn main(options: &DovecotOptions, dovecot: &Dovecot) -> String {
    let root = dovecot.folder.path().display().to_string();
    let (user, group) = (&dovecot.owner.name, &dovecot.owner.group);
    let listen = options.listen;
    let ssl = if options.tls { "yes" } else { "no" };
    let disable_plaintext = if options.plaintext_auth { "no" } else { "yes" };
    let mechanisms = &options.mechanisms;
    let (separator, prefix) = (options.separator, &options.prefix);
    let folders = if options.special_folders {
        SPECIAL_FOLDERS
    } else {
        ""
    };
    let capability = match &options.capabilities {
        Some(list) => format!("imap_capability = {list}\n"),
        None => String::new(),
    };
    let (plugin, imap_plugin, rule) = match &options.quota {
        Some(quota) => (
            "mail_plugins = quota\n",
            " imap_quota",
            format!("  quota_rule = *:storage={quota}\n"),
        ),
        None => ("", "", String::new()),
    };
    let ports = &dovecot.ports;
    let (imap, imaps) = (ports.imap.number(), ports.imaps.number());
    let (pop3, pop3s) = (ports.pop3.number(), ports.pop3s.number());
    let (lmtp, sasl) = (ports.lmtp.number(), ports.sasl.number());
    let (extra, tokens) = (&options.extra, tokens::passdb(options, &root));
    format!(
        "\
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
listen = {listen}
protocols = imap pop3 lmtp
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
ssl = {ssl}
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.key
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = {disable_plaintext}
auth_mechanisms = {mechanisms}
auth_username_format = %Lu
auth_verbose = yes
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
maildir_very_dirty_syncs = no
imap_idle_notify_interval = 29 mins
mailbox_list_index = yes
{plugin}{capability}namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
{folders}}}
plugin {{
  quota = maildir:User quota
{rule}}}
protocol imap {{
  mail_plugins = $mail_plugins{imap_plugin}
}}
protocol lmtp {{
  postmaster_address = postmaster@waxwing.test
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
{tokens}userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/mail/%u
}}
service anvil {{
  chroot =
  # No penalty for wrong passwords: the tests give many, and a penalty would only slow them down.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    port = {sasl}
  }}
}}
service stats {{
  chroot =
}}
{extra}
"
    )
}

/// The same file with another list of capabilities, or with Dovecot's own.
pub(super) fn announcing(file: &str, capabilities: Option<&str>) -> String {
    let others = file.lines().filter(|line| !line.starts_with("imap_capability"));
    let announced = capabilities.map(|list| format!("imap_capability = {list}"));
    let lines: Vec<&str> = others.chain(announced.as_deref()).collect();
    lines.join("\n") + "\n"
}

/// The usual folders with their roles (RFC 6154), made when someone signs in for the first time.
const SPECIAL_FOLDERS: &str = r"  mailbox Drafts {
    special_use = \Drafts
    auto = subscribe
  }
  mailbox Sent {
    special_use = \Sent
    auto = subscribe
  }
  mailbox Trash {
    special_use = \Trash
    auto = subscribe
  }
  mailbox Junk {
    special_use = \Junk
    auto = subscribe
  }
  mailbox Archive {
    special_use = \Archive
    auto = subscribe
  }
";
