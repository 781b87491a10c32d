//! What opened an identity's own server is kept for as long as that server asks for it.

use waxwing_model::Security;

use super::*;
use crate::without_keyring::{engine, inbox};

fn identity(authentication: Authentication) -> NewIdentity {
    NewIdentity {
        email: "boats@nordlicht.example".into(),
        name: "Boats".into(),
        reply_to: None,
        signature: String::new(),
        outgoing: Some(ServerSettings {
            host: "relay.nordlicht.example".into(),
            port: 465,
            security: Security::Tls,
            username: "boats".into(),
            authentication,
        }),
    }
}

#[tokio::test]
async fn what_opened_a_server_goes_when_that_asks_for_nothing_any_more() {
    let profile = tempfile::tempdir().unwrap();
    let engine = engine(profile.path()).await;
    let (account, _) = inbox(&engine).await;
    let before = identity(Authentication::XOAuth2);
    let known = engine
        .write(move |writing| {
            let known = writing.insert_identity(account, &before)?;
            let grant = Purpose::Grant(Door::Identity(known)).to_text();
            writing.put_sealed_secret(account, &grant, b"of another key")?;
            Ok(known)
        })
        .await
        .unwrap();
    for (authentication, kept) in [(Authentication::XOAuth2, true), (Authentication::None, false)] {
        let after = identity(authentication);
        engine
            .keep_identity(account, Some(known), after, FoundOut::default())
            .await
            .unwrap();
        let purpose = Purpose::Grant(Door::Identity(known)).to_text();
        let sealed = engine
            .read(move |reading| reading.sealed_secret(account, &purpose))
            .await
            .unwrap();
        assert_eq!(sealed.is_some(), kept, "{authentication:?}");
    }
}
