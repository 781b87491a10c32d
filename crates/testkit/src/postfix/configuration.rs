//! What stands in Postfix's configuration files. Nothing is started or written here.

use std::path::Path;

use super::{Ports, PostfixOptions};
use crate::Dovecot;
use crate::people::{DOMAIN, PEOPLE, address};

/// The program that starts all others, where Debian has it.
pub(super) const MASTER: &str = "/usr/lib/postfix/sbin/master";

/// `main.cf`.
pub(super) fn main(options: &PostfixOptions, dovecot: &Dovecot, folder: &Path) -> String {
    let root = folder.display();
    let mailboxes: Vec<String> = PEOPLE
        .iter()
        .map(|person| format!("{}=x", address(person)))
        .collect();
    let mailboxes = mailboxes.join(" ");
    let (dovecot_host, lmtp, sasl) = (dovecot.host(), dovecot.lmtp(), dovecot.sasl());
    let tls_level = if options.starttls { "may" } else { "none" };
    let tls_auth_only = if options.plaintext_auth { "no" } else { "yes" };
    let (size, recipients, listen, extra) =
        (options.size, options.recipients, options.listen, &options.extra);
    format!(
        "\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.{DOMAIN}
mydomain = {DOMAIN}
mydestination =
local_recipient_maps =
inet_interfaces = {listen}
inet_protocols = ipv4
mynetworks = 127.0.0.0/32
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_transport = lmtp:inet:{dovecot_host}:{lmtp}
default_transport = error:5.7.1 no outside delivery
relay_transport = error:5.7.1 no outside delivery
smtpd_tls_cert_file = {root}/server.pem
smtpd_tls_key_file = {root}/server.key
smtpd_tls_security_level = {tls_level}
smtpd_tls_auth_only = {tls_auth_only}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{dovecot_host}:{sasl}
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unauth_pipelining, reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_recipient_limit = {recipients}
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
message_size_limit = {size}
smtputf8_enable = yes
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
maillog_file = {root}/maillog
maillog_file_prefixes = {root}
alias_maps =
alias_database =
{extra}
"
    )
}

/// `master.cf`: who listens where, and the inner services that hand a letter on.
pub(super) fn services(options: &PostfixOptions, ports: &Ports) -> String {
    let listen = options.listen;
    let (submission, submissions, smtp) = (
        ports.submission.number(),
        ports.submissions.number(),
        ports.smtp.number(),
    );
    // Submission insists on TLS before a letter (RFC 8314 section 3.3), unless the stage shall have none.
    let insist = if options.starttls && !options.plaintext_auth {
        "encrypt"
    } else {
        "may"
    };
    let level = if options.starttls { insist } else { "none" };
    format!(
        "\
{listen}:{smtp} inet n - n - - smtpd
{listen}:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level={level}
{listen}:{submissions} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"
    )
}
