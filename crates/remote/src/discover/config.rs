//! Reading a description in the config-v1.1 shape (draft-ietf-mailmaint-autoconfig): our own list of providers, what a
//! domain publishes, and the shared list are all written in it.
//!
//! Of several servers of a kind the first encrypted one is taken, since the order is the provider's preference. Not
//! here: where such a description comes from.

use waxwing_model::Security;

use super::{
    address::MailAddress,
    found::{Candidate, Found, Hint, Source},
    tree::Element,
};

/// The longest host name that DNS has (RFC 1035, section 2.3.4).
const LONGEST_HOST: usize = 253;
const LONGEST_NAME: usize = 320;

/// What the document says for this address. `None`: there is no server in it that we could use.
pub(super) fn read(document: &Element, address: &MailAddress, how: Source) -> Option<Found> {
    let provider = match document.name.as_str() {
        "emailProvider" => document,
        _ => document.child("emailProvider")?,
    };
    let servers = |group: &'static str, kind: &'static str| {
        provider
            .all(group)
            .filter(move |server| server.attribute("type") == Some(kind))
            .filter_map(|server| candidate(server, address))
    };
    let best = |group, kind| {
        let encrypted = |one: &Candidate| one.security != Security::Plain;
        // One that takes passwords is of more use than one that does not.
        servers(group, kind)
            .find(|one| encrypted(one) && one.takes_passwords)
            .or_else(|| servers(group, kind).find(encrypted))
            .or_else(|| servers(group, kind).next())
    };
    let found = Found {
        imap: best("incomingServer", "imap"),
        pop3: best("incomingServer", "pop3"),
        smtp: best("outgoingServer", "smtp"),
        page: page(provider),
        // It stands beside the servers (draft-ietf-mailmaint-autoconfig, section 4.2).
        issuer: document
            .child("oAuth2")
            .and_then(|one| issuer(one.text_of("issuer")?)),
        ..Found::nothing(how)
    };
    (!found.is_empty()).then_some(found)
}

/// The hint that our own list carries in `<enable><instruction>`. Other people's instructions are sentences, and
/// sentences of strangers are not shown.
pub(super) fn hint(provider: &Element) -> Option<Hint> {
    match provider.child("enable")?.text_of("instruction")? {
        "app-password" => Some(Hint::AppPassword),
        "switch-on" => Some(Hint::SwitchOn),
        "switch-on-and-code" => Some(Hint::SwitchOnAndCode),
        "no-passwords" => Some(Hint::NoPasswords),
        "bridge" => Some(Hint::Bridge),
        "no-door" => Some(Hint::NoDoor),
        _ => None,
    }
}

/// The page where mail programs are let in.
pub(super) fn page(provider: &Element) -> Option<String> {
    let enable = provider.child("enable").and_then(|one| one.attribute("visiturl"));
    let documentation = provider
        .child("documentation")
        .and_then(|one| one.attribute("url"));
    [enable, documentation]
        .into_iter()
        .flatten()
        .find_map(|text| secure_page(text.trim()))
}

/// An address of a page, where it is one that can be shown as a link.
pub(super) fn secure_page(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none();
    (url.scheme() == "https" && url.has_host() && plain && text.len() <= 1_000).then(|| url.into())
}

/// Who gives out tokens. Some write its host alone.
pub(super) fn issuer(text: &str) -> Option<String> {
    let text = text.trim();
    match text.contains("://") {
        true => secure_page(text).map(|_| text.to_owned()),
        false => host_name(text).map(|host| format!("https://{host}")),
    }
}

/// A host name as it is used for a connection, where it is one.
pub(super) fn host_name(text: &str) -> Option<String> {
    let host = text.trim().trim_end_matches('.');
    if host.is_empty() || host.len() > LONGEST_HOST || host.contains(['/', '@', '\\', '%', ' ']) {
        return None;
    }
    match url::Host::parse(host).ok()? {
        url::Host::Domain(name) => Some(name.to_ascii_lowercase()),
        url::Host::Ipv4(address) => Some(address.to_string()),
        url::Host::Ipv6(address) => Some(address.to_string()),
    }
}

fn candidate(server: &Element, address: &MailAddress) -> Option<Candidate> {
    let host = host_name(&address.fill_in(server.text_of("hostname")?))?;
    let port = server.text_of("port")?.parse().ok().filter(|port| *port != 0)?;
    let security = match server.text_of("socketType")?.to_ascii_uppercase().as_str() {
        "SSL" | "TLS" => Security::Tls,
        "STARTTLS" => Security::StartTls,
        "PLAIN" => Security::Plain,
        _ => return None,
    };
    let username = match server.text_of("username") {
        Some(text) => address.fill_in(text),
        None => address.whole.clone(),
    };
    if username.len() > LONGEST_NAME || username.chars().any(char::is_control) {
        return None;
    }
    Some(Candidate {
        host,
        port,
        security,
        username,
        certificate_valid: true,
        takes_passwords: takes_passwords(server),
        vouched: true,
    })
}

fn takes_passwords(server: &Element) -> bool {
    let mut methods = server.all("authentication").peekable();
    methods.peek().is_none()
        || methods.any(|method| {
            !matches!(
                method.text.as_str(),
                "OAuth2" | "GSSAPI" | "NTLM" | "TLS-client-cert"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(document: &str) -> Option<Found> {
        let address = MailAddress::parse("lena.b@nordlicht.test").unwrap();
        read(
            &Element::read(document.as_bytes()).unwrap(),
            &address,
            Source::Srv,
        )
    }

    #[test]
    fn placeholders_are_filled_in_here_and_the_first_encrypted_server_is_taken() {
        let found = look(
            "<clientConfig version=\"1.1\"><emailProvider id=\"nordlicht.test\">
               <incomingServer type=\"imap\"><hostname>old.%EMAILDOMAIN%</hostname><port>143</port>
                 <socketType>plain</socketType></incomingServer>
               <incomingServer type=\"imap\"><hostname>imap.%EMAILDOMAIN%</hostname><port>143</port>
                 <socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username></incomingServer>
               <incomingServer type=\"imap\"><hostname>second.%EMAILDOMAIN%</hostname><port>993</port>
                 <socketType>SSL</socketType></incomingServer>
               <incomingServer type=\"exchange\"><hostname>ews.%EMAILDOMAIN%</hostname></incomingServer>
               <outgoingServer type=\"smtp\"><hostname>Smtp.%EMAILDOMAIN%.</hostname><port>465</port>
                 <socketType>SSL</socketType><username>%EMAILADDRESS%</username>
                 <authentication>OAuth2</authentication></outgoingServer>
               <enable visiturl=\"https://nordlicht.test/imap\"/>
             </emailProvider></clientConfig>",
        )
        .expect("there are servers");
        let imap = found.imap.expect("it has IMAP");
        assert_eq!(
            (
                imap.host.as_str(),
                imap.port,
                imap.security,
                imap.username.as_str()
            ),
            ("imap.nordlicht.test", 143, Security::StartTls, "lena.b")
        );
        assert_eq!(found.pop3, None);
        let smtp = found.smtp.expect("it sends");
        assert_eq!(
            (smtp.host.as_str(), smtp.username.as_str()),
            ("smtp.nordlicht.test", "lena.b@nordlicht.test")
        );
        assert!(!smtp.takes_passwords, "it wants a token");
        assert_eq!(found.page.as_deref(), Some("https://nordlicht.test/imap"));
    }

    #[test]
    fn servers_that_make_no_sense_are_left_out() {
        for (host, port, security) in [
            ("", "993", "SSL"),
            ("imap nordlicht.test", "993", "SSL"),
            ("a/b", "993", "SSL"),
            ("imap.nordlicht.test", "0", "SSL"),
            ("imap.nordlicht.test", "99999", "SSL"),
            ("imap.nordlicht.test", "993", "magic"),
            ("%REALNAME%.test", "993", "SSL"),
        ] {
            let found = look(&format!(
                "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>{host}</hostname>\
                 <port>{port}</port><socketType>{security}</socketType></incomingServer></emailProvider>\
                 </clientConfig>"
            ));
            assert_eq!(found, None, "{host}:{port} {security}");
        }
        assert_eq!(
            look("<html><body>Not found</body></html>"),
            None,
            "a page is no description"
        );
    }

    #[test]
    fn who_gives_out_tokens_is_read_beside_the_servers() {
        let with = |issuer: &str| {
            look(&format!(
                "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>a.b</hostname>\
                 <port>993</port><socketType>SSL</socketType></incomingServer></emailProvider>\
                 <oAuth2><issuer>{issuer}</issuer><scope>mail</scope></oAuth2></clientConfig>"
            ))
            .expect("there is a server")
            .issuer
        };
        assert_eq!(
            with("login.nordlicht.test").as_deref(),
            Some("https://login.nordlicht.test")
        );
        assert_eq!(
            with(" https://login.nordlicht.test/realm ").as_deref(),
            Some("https://login.nordlicht.test/realm")
        );
        for bad in ["http://login.nordlicht.test", "", "a b", "javascript://x"] {
            assert_eq!(with(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_secure_pages_are_shown() {
        for bad in [
            "http://nordlicht.test/",
            "javascript:alert(1)",
            "https://lena:secret@nordlicht.test/",
            "nordlicht.test",
        ] {
            assert_eq!(secure_page(bad), None, "{bad}");
        }
    }
}
