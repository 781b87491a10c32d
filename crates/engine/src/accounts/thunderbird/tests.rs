//! Profiles written by hand: whole ones, cut off ones, and files that are none.

use std::path::PathBuf;

use super::*;

const IMAP: &str = r#"// Mozilla User Preferences
user_pref("app.update.lastUpdateTime", 1);
user_pref("mail.accountmanager.accounts", "account1,account2,account3,account9");
user_pref("mail.account.account1.identities", "id1,id7");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.account.account2.server", "server2");
user_pref("mail.account.account3.identities", "id3");
user_pref("mail.account.account3.server", "server3");
user_pref("mail.identity.id1.fullName", "Lena Brandt");
user_pref("mail.identity.id1.useremail", "lena@harbour.example");
user_pref("mail.identity.id1.smtpServer", "smtp2");
user_pref("mail.identity.id3.useremail", "lena@post.example");
user_pref("mail.server.server1.hostname", "imap.harbour.example");
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "lena");
user_pref("mail.server.server2.type", "none");
user_pref("mail.server.server2.hostname", "Local Folders");
user_pref("mail.server.server3.hostname", "old.post.example");
user_pref("mail.server.server3.realhostname", "pop.post.example");
user_pref("mail.server.server3.port", 1110);
user_pref("mail.server.server3.socketType", 2);
user_pref("mail.server.server3.type", "pop3");
user_pref("mail.server.server3.userName", "lena.b");
user_pref("mail.smtp.defaultserver", "smtp1");
user_pref("mail.smtpserver.smtp1.hostname", "relay.post.example");
user_pref("mail.smtpserver.smtp1.try_ssl", 2);
user_pref("mail.smtpserver.smtp1.authMethod", 1);
user_pref("mail.smtpserver.smtp2.hostname", "smtp.harbour.example");
user_pref("mail.smtpserver.smtp2.try_ssl", 3);
user_pref("mail.smtpserver.smtp2.username", "lena");
"#;

/// A home of Thunderbird's with one profile.
fn home(prefs: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = folder.path().join("Profiles/ab12.default-release");
    std::fs::create_dir_all(&profile).expect("a profile");
    let ini = "[Profile0]\nName=default\nIsRelative=1\nPath=Profiles/ab12.default-release\n";
    std::fs::write(folder.path().join("profiles.ini"), ini).expect("profiles.ini");
    std::fs::write(profile.join("prefs.js"), prefs).expect("prefs.js");
    let path = folder.path().to_owned();
    (folder, path)
}

fn found(home: &std::path::Path) -> Vec<FoundAccount> {
    profiles::in_home(home)
        .iter()
        .flat_map(|profile| in_profile(profile))
        .collect()
}

fn server(host: &str, port: u16, security: Security, username: &str) -> ServerSettings {
    ServerSettings {
        host: host.to_owned(),
        port,
        security,
        username: username.to_owned(),
        authentication: Authentication::Auto,
    }
}

#[test]
fn accounts_of_both_kinds_are_found_with_their_servers_and_local_folders_are_none() {
    let (_folder, home) = home(IMAP.as_bytes());
    let relay = ServerSettings {
        authentication: Authentication::None,
        ..server("relay.post.example", 587, Security::StartTls, "")
    };
    assert_eq!(
        found(&home),
        [
            FoundAccount {
                email: "lena@harbour.example".into(),
                name: "Lena Brandt".into(),
                protocol: Protocol::Imap,
                incoming: server("imap.harbour.example", 993, Security::Tls, "lena"),
                outgoing: Some(server("smtp.harbour.example", 465, Security::Tls, "lena")),
            },
            FoundAccount {
                email: "lena@post.example".into(),
                name: String::new(),
                protocol: Protocol::Pop3,
                incoming: server("pop.post.example", 1110, Security::StartTls, "lena.b"),
                outgoing: Some(relay),
            },
        ],
        "a port that is not written is the usual one, and what was changed later counts"
    );
}

#[test]
fn a_connection_in_the_clear_is_never_proposed() {
    let plain = IMAP.replace("server1.socketType\", 3", "server1.socketType\", 0");
    let (_folder, home) = home(plain.as_bytes());
    let first = found(&home).into_iter().next().expect("the account");
    assert_eq!(
        (first.incoming.port, first.incoming.security),
        (993, Security::Tls),
        "whoever wants none says so in Waxwing"
    );
}

#[test]
fn a_profile_that_is_cut_off_anywhere_gives_what_can_be_read_and_no_panic() {
    for length in 0..IMAP.len() {
        let cut = IMAP.get(..length).unwrap_or_default();
        let prefs = prefs::parse(cut);
        for key in ["account1", "account2", "account3", "account9", ""] {
            let _ = account(&prefs, key);
        }
    }
}

#[test]
fn what_is_no_profile_gives_nothing() {
    for bytes in [
        &b""[..],
        b"\xff\xfe\x00",
        b"user_pref(\"mail.accountmanager.accounts\", 7);",
        b"user_pref(\"mail.accountmanager.accounts\", \"account1\");",
    ] {
        let (_folder, home) = home(bytes);
        assert!(found(&home).is_empty(), "{bytes:?}");
    }
    let nowhere = tempfile::tempdir().expect("a folder");
    assert!(
        found(&nowhere.path().join("missing")).is_empty(),
        "no Thunderbird"
    );
}

#[test]
fn profiles_are_found_where_the_list_of_them_is_spoilt() {
    let (_folder, home) = home(IMAP.as_bytes());
    std::fs::write(home.join("profiles.ini"), b"\0\0\0").expect("spoilt");
    assert_eq!(found(&home).len(), 2, "the folder is there all the same");
}

#[test]
fn words_of_a_profile_cannot_break_a_line_or_fill_the_screen() {
    let hostile = IMAP
        .replace("Lena Brandt", "Lena\\u000aBrandt")
        .replace("smtp.harbour.example", &"x".repeat(5_000));
    let (_folder, home) = home(hostile.as_bytes());
    let first = found(&home).into_iter().next().expect("the account");
    assert_eq!(first.name, "", "a name of two lines is none");
    assert_eq!(first.outgoing, None, "nor is that a host");
}
