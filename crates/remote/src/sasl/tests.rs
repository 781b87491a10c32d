//! What holds for every mechanism, whatever a server says to it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use waxwing_model::Authentication;

use super::*;
use crate::binding::ChannelBinding;
use crate::{Credentials, Secret};

const MECHANISMS: [(&str, bool); 8] = [
    ("PLAIN", false),
    ("LOGIN", false),
    ("CRAM-MD5", false),
    ("SCRAM-SHA-1", false),
    ("SCRAM-SHA-256", false),
    ("SCRAM-SHA-256-PLUS", false),
    ("XOAUTH2", true),
    ("OAUTHBEARER", true),
];

/// A sign-in by the mechanism of this name.
fn mechanism(name: &str, token: bool) -> Box<dyn Mechanism> {
    let binding = ChannelBinding::new("tls-exporter", vec![7; 32]);
    let offer = Offer {
        mechanisms: vec![name],
        encrypted: true,
        binding: Some(&binding),
        ..Offer::default()
    };
    let credentials = Credentials {
        username: "lena".into(),
        password: match token {
            true => Secret::AccessToken("correct-horse".into()),
            false => "correct-horse".into(),
        },
    };
    match choose(&offer, Authentication::Auto, &credentials) {
        Ok(Some(Way::Sasl(mechanism))) => mechanism,
        _ => panic!("{name} is offered and has a secret that fits"),
    }
}

/// Challenges of a server that has read the RFC and means ill: pieces of true messages in any order.
fn challenge() -> impl Strategy<Value = Vec<u8>> {
    let attribute = prop_oneof![
        Just("r=".to_owned()),
        Just("s=W22ZaJ0SNY7soEsUEjb6gQ==".to_owned()),
        any::<u64>().prop_map(|count| format!("i={count}")),
        Just("i=4096".to_owned()),
        Just("m=x".to_owned()),
        Just("e=invalid-proof".to_owned()),
        "v=[A-Za-z0-9+/]{0,44}={0,2}",
        "[a-z]=\\PC{0,20}",
    ];
    prop_oneof![
        any::<Vec<u8>>(),
        prop::collection::vec(attribute, 0..5).prop_map(|all| all.join(",").into_bytes()),
    ]
}

proptest! {
    #[test]
    fn no_challenge_makes_a_mechanism_panic_or_go_on_for_ever(
        which in 0..MECHANISMS.len(),
        challenges in prop::collection::vec(challenge(), 1..6),
    ) {
        let (name, token) = MECHANISMS[which];
        let mut mechanism = mechanism(name, token);
        mechanism.initial();
        let mut said = 0;
        for challenge in &challenges {
            match mechanism.answer(challenge) {
                Ok(Some(_)) => said += 1,
                Ok(None) => {}
                Err(error) => {
                    let words = format!("{error:?} {error} {:?}", error.trouble());
                    prop_assert!(!words.contains("correct-horse"), "{words}");
                }
            }
        }
        prop_assert!(said <= 2, "{} said {} things", name, said);
    }

    /// Whoever does not know the password cannot make SCRAM content, even with our own nonce taken up.
    #[test]
    fn no_stranger_is_believed(
        more in "[!-+--~]{1,30}",
        salt in prop::collection::vec(any::<u8>(), 1..40),
        last in challenge(),
        claimed in prop::collection::vec(any::<u8>(), 32),
        with_the_yes in any::<bool>(),
    ) {
        let mut scram = mechanism("SCRAM-SHA-256", false);
        let first = String::from_utf8(scram.initial().unwrap().to_vec()).unwrap();
        let nonce = first.rsplit_once("r=").unwrap().1;
        let challenge = format!("r={nonce}{more},s={},i=4096", STANDARD.encode(salt));
        prop_assert!(scram.answer(challenge.as_bytes()).unwrap().is_some());
        let claim = format!("v={}", STANDARD.encode(claimed));
        if with_the_yes {
            prop_assert!(scram.accept(Some(claim.as_bytes())).is_err());
        } else {
            prop_assert!(scram.answer(&last).is_err());
            prop_assert!(scram.accept(Some(claim.as_bytes())).is_err());
        }
    }
}
