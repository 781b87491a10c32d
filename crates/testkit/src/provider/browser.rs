//! The person in the browser: reads who asks for what, decides, and is led back to the program.

use std::collections::HashMap;
use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::desk::{Code, Desk};

/// What the person does, or what happens to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// This person (an address) agrees.
    Consent(String),
    Deny,
    /// The answer comes with another state: it belongs to somebody else.
    WrongState,
    /// The answer says that it comes from another provider.
    WrongIssuer,
    /// The answer does not say from whom it comes.
    NoIssuer,
}

/// Where the browser is led. An address that a good provider would not take is refused in words.
pub(super) fn decide(desk: &mut Desk, address: &str, decision: &Decision) -> Result<String, String> {
    let query = address
        .strip_prefix(&format!("{}?", desk.at("authorize")))
        .ok_or_else(|| format!("{address} is no page of this provider"))?;
    let fields: HashMap<String, String> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect();
    let word = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let redirect = word("redirect_uri");
    let port = redirect
        .strip_prefix("http://127.0.0.1:")
        .and_then(|rest| rest.strip_suffix('/'));
    for (good, what) in [
        (word("response_type") == "code", "response_type"),
        (desk.clients.contains(&word("client_id")), "client_id"),
        (
            port.is_some_and(|port| port.parse::<u16>().is_ok()),
            "redirect_uri",
        ),
        (word("code_challenge_method") == "S256", "code_challenge_method"),
        (word("code_challenge").len() == 43, "code_challenge"),
        (word("state").len() >= 22, "state"),
        (
            word("scope")
                .split(' ')
                .any(|scope| scope == "mail" || scope.ends_with(":mail")),
            "scope",
        ),
    ] {
        if !good {
            return Err(format!("{what} is wrong in {address}"));
        }
    }
    let mut answer = vec![("state", word("state"))];
    match decision {
        Decision::Deny => {
            answer.push(("error", "access_denied".to_owned()));
            answer.push(("error_description", "The person said <b>no</b>.".to_owned()));
        }
        Decision::Consent(_) | Decision::WrongState | Decision::WrongIssuer | Decision::NoIssuer => {
            let person = match decision {
                Decision::Consent(person) => person.clone(),
                _ => word("login_hint"),
            };
            let code = desk.new_secret("code");
            desk.codes.insert(
                code.clone(),
                Code {
                    client: word("client_id"),
                    person,
                    redirect: redirect.clone(),
                    challenge: word("code_challenge"),
                },
            );
            answer.push(("code", code));
        }
    }
    let issuer = match decision {
        Decision::NoIssuer => None,
        Decision::WrongIssuer => Some("https://login.fjord.test".to_owned()),
        _ => desk.options.says_who.then(|| desk.issuer()),
    };
    answer.extend(issuer.map(|issuer| ("iss", issuer)));
    if *decision == Decision::WrongState {
        answer.retain(|(name, _)| *name != "state");
        answer.push(("state", "the-state-of-somebody-else".to_owned()));
    }
    let pairs: Vec<String> = answer
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    Ok(format!("{redirect}?{}", pairs.join("&")))
}

/// Fetches a page from this computer, as a browser that was sent there does.
pub(super) async fn follow(address: &str) -> io::Result<String> {
    let rest = address.strip_prefix("http://").unwrap_or_default();
    let (host, target) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).await?;
    let request =
        format!("GET /{target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut page = String::new();
    stream.read_to_string(&mut page).await?;
    Ok(page)
}

/// Percent-encoding (RFC 3986, section 2.1), of everything but letters, digits and what is never special.
fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// And back, of a form, where a plus is a space.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match escaped {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
