//! What a provider answers: by the letter of the standards, so that whoever asks wrongly learns it.

use std::collections::HashMap;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use super::browser::unescape;
use super::desk::{Desk, Grant, Token};
use super::{Mood, NamesPeople};
use crate::web::{Asked, Page};

pub(super) fn answer(desk: &mut Desk, asked: &Asked) -> Page {
    let path = asked.path.split('?').next().unwrap_or_default();
    match (asked.method.as_str(), path) {
        ("GET", "/.well-known/oauth-authorization-server") => describe(desk),
        ("POST", "/register") if desk.options.registers => register(desk, asked),
        ("POST", "/token") => {
            let page = token(desk, asked);
            match desk.moods.pop_front() {
                None => page.0,
                Some(Mood::AnswersLate(pause)) => Page::Late(pause, Box::new(page.0)),
                Some(Mood::NeverAnswers) => Page::Never,
                // What was done is undone: it has never been asked.
                Some(Mood::Says(instead)) => {
                    page.1(desk);
                    instead
                }
            }
        }
        ("POST", "/revoke") => revoke(desk, asked),
        ("GET", "/userinfo") => person(desk, asked),
        _ => Page::Status(404),
    }
}

fn describe(desk: &Desk) -> Page {
    let at = |path: &str| desk.at(path);
    let mut document = json!({
        "issuer": desk.issuer(),
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "revocation_endpoint": at("revoke"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": desk.options.says_who,
        // The second is for programs that have never heard of it (draft-ietf-mailmaint-oauth-public).
        "scopes_supported": ["mail", "urn:ietf:params:oauth:scope:mail", "openid", "email"],
    });
    if desk.options.registers
        && let Some(document) = document.as_object_mut()
    {
        document.insert("registration_endpoint".to_owned(), at("register").into());
    }
    Page::Json(200, document.to_string())
}

fn register(desk: &mut Desk, asked: &Asked) -> Page {
    desk.heard.registrations += 1;
    let request: Value = serde_json::from_str(&asked.body).unwrap_or_default();
    let says = |name: &str, value: Value| request.get(name) == Some(&value);
    let good = says("redirect_uris", json!(["http://127.0.0.1/"]))
        && says("token_endpoint_auth_method", json!("none"))
        && says("application_type", json!("native"));
    if !good {
        return refusal("invalid_client_metadata");
    }
    let client = desk.new_client();
    Page::Json(
        201,
        json!({ "client_id": client, "token_endpoint_auth_method": "none" }).to_string(),
    )
}

type Undo = Box<dyn FnOnce(&mut Desk)>;

/// The answer, and how what was done is undone.
fn token(desk: &mut Desk, asked: &Asked) -> (Page, Undo) {
    let nothing: fn(&mut Desk) = |_| {};
    let fields = fields(&asked.body);
    let word = |name: &str| fields.get(name).map_or("", String::as_str);
    let client = word("client_id").to_owned();
    let grant = word("grant_type");
    match grant {
        "refresh_token" => desk.heard.refreshes += 1,
        _ => desk.heard.exchanges += 1,
    }
    if !desk.clients.contains(&client) {
        return (refusal("invalid_client"), Box::new(nothing));
    }
    match grant {
        "authorization_code" => {
            let Some(code) = desk.codes.remove(word("code")) else {
                return (refusal("invalid_grant"), Box::new(nothing));
            };
            let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, word("code_verifier").as_bytes()));
            if code.client != client || code.redirect != word("redirect_uri") || code.challenge != challenge {
                return (refusal("invalid_grant"), Box::new(nothing));
            }
            (give(desk, &client, &code.person, true, true), Box::new(nothing))
        }
        "refresh_token" => {
            let old = word("refresh_token").to_owned();
            let Some(person) = desk
                .refresh
                .get(&old)
                .filter(|grant| grant.client == client)
                .map(|grant| grant.person.clone())
            else {
                return (refusal("invalid_grant"), Box::new(nothing));
            };
            let rotates = desk.options.rotates;
            if rotates {
                desk.refresh.remove(&old);
            }
            let page = give(desk, &client, &person, rotates, false);
            let undo = move |desk: &mut Desk| {
                desk.refresh.insert(old, Grant { client, person });
            };
            (page, Box::new(undo))
        }
        _ => (refusal("unsupported_grant_type"), Box::new(nothing)),
    }
}

fn give(desk: &mut Desk, client: &str, person: &str, refresh: bool, told: bool) -> Page {
    let lifetime = desk.options.lifetime;
    let access = desk.new_secret("access-token");
    desk.access.insert(
        access.clone(),
        Token {
            person: person.to_owned(),
            until: Instant::now() + lifetime,
        },
    );
    let mut answer = Map::from_iter([
        ("access_token".to_owned(), access.into()),
        ("token_type".to_owned(), "Bearer".into()),
        ("expires_in".to_owned(), lifetime.as_secs().into()),
    ]);
    if refresh {
        let token = desk.new_secret("refresh-token");
        desk.refresh.insert(
            token.clone(),
            Grant {
                client: client.to_owned(),
                person: person.to_owned(),
            },
        );
        answer.insert("refresh_token".to_owned(), token.into());
    }
    if told && desk.options.names_people == NamesPeople::Everywhere {
        let claims = json!({ "iss": desk.issuer(), "aud": client, "email": person });
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let token = format!("{}.{}.c2lnbmVk", part(json!({ "alg": "RS256" })), part(claims));
        answer.insert("id_token".to_owned(), token.into());
    }
    Page::Json(200, Value::Object(answer).to_string())
}

/// RFC 7009, section 2: with a refresh token goes all that came of it. One that is not known is good enough.
fn revoke(desk: &mut Desk, asked: &Asked) -> Page {
    let fields = fields(&asked.body);
    let word = |name: &str| fields.get(name).map_or("", String::as_str);
    if !desk.clients.iter().any(|client| client == word("client_id")) {
        return refusal("invalid_client");
    }
    desk.heard.revocations += 1;
    let owner = desk
        .refresh
        .get(word("token"))
        .map(|grant| grant.person.clone())
        .or_else(|| desk.access.get(word("token")).map(|token| token.person.clone()));
    if let Some(owner) = owner {
        desk.access.retain(|_, token| token.person != owner);
        desk.refresh.retain(|_, grant| grant.person != owner);
    }
    Page::Status(200)
}

fn person(desk: &mut Desk, asked: &Asked) -> Page {
    desk.heard.people += 1;
    let token = asked.authorization.strip_prefix("Bearer ").unwrap_or_default();
    match good(desk, token) {
        // Somebody, and it does not say who.
        Some(_) if desk.options.names_people == NamesPeople::Nowhere => {
            Page::Json(200, json!({ "sub": "7" }).to_string())
        }
        Some(person) => Page::Json(200, json!({ "sub": person, "email": person }).to_string()),
        None => Page::Json(401, json!({ "error": "invalid_token" }).to_string()),
    }
}

/// RFC 7662, as Dovecot asks it.
pub(super) fn introspect(desk: &mut Desk, asked: &Asked) -> Page {
    desk.heard.introspections += 1;
    let fields = fields(&asked.body);
    let token = fields.get("token").map_or("", String::as_str);
    let answer = match good(desk, token).filter(|_| !desk.disowns) {
        Some(person) => json!({ "active": true, "email": person, "scope": "mail" }),
        None => json!({ "active": false }),
    };
    Page::Json(200, answer.to_string())
}

fn good<'d>(desk: &'d Desk, token: &str) -> Option<&'d str> {
    let token = desk.access.get(token)?;
    (token.until > Instant::now()).then_some(token.person.as_str())
}

fn refusal(code: &str) -> Page {
    let body = json!({ "error": code, "error_description": "Nordlicht says no." });
    Page::Json(400, body.to_string())
}

fn fields(form: &str) -> HashMap<String, String> {
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect()
}
