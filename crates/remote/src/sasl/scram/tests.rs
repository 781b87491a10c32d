//! SCRAM held against the examples of the RFCs, and against servers that cheat.

use super::*;

/// RFC 7677, section 3.
const NONCE: &str = "rOprNGfwEbeRWgbNEkqO";
const FIRST: &str = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
const LAST: &str = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

fn scram(gs2: Gs2) -> Scram {
    Scram::with_nonce(Hash::Sha256, gs2, "user", "pencil", NONCE)
}

fn said(scram: &mut Scram, challenge: &str) -> String {
    let answer = scram.answer(challenge.as_bytes()).expect("a good challenge");
    String::from_utf8(answer.expect("an answer").to_vec()).expect("text")
}

/// What comes of a first message that is not as it should be.
fn refused(first: &str) -> RemoteError {
    let mut scram = scram(Gs2::Unbound);
    let error = scram.answer(first.as_bytes()).expect_err(first);
    assert!(
        scram.answer(LAST.as_bytes()).unwrap().is_none(),
        "that was the end of it"
    );
    assert!(
        scram.accept(Some(LAST.as_bytes())).is_err(),
        "and a yes does not change it"
    );
    error
}

#[test]
fn the_example_of_rfc_7677_comes_out() {
    let mut scram = scram(Gs2::Unbound);
    assert_eq!(scram.name(), "SCRAM-SHA-256");
    assert_eq!(
        scram.initial().unwrap().as_slice(),
        b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    );
    assert_eq!(
        said(&mut scram, FIRST),
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
         p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    );
    assert_eq!(said(&mut scram, LAST), "", "there is nothing to add");
    scram.accept(None).expect("the server is who it says");
}

#[test]
fn the_example_of_rfc_5802_comes_out() {
    let mut scram = Scram::with_nonce(
        Hash::Sha1,
        Gs2::Unbound,
        "user",
        "pencil",
        "fyko+d2lbbFgONRv9qkxdawL",
    );
    assert_eq!(scram.name(), "SCRAM-SHA-1");
    assert_eq!(
        scram.initial().unwrap().as_slice(),
        b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"
    );
    let first = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";
    assert_eq!(
        said(&mut scram, first),
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
    );
    scram
        .accept(Some(b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))
        .expect("the proof may come with the yes");
}

#[test]
fn the_header_tells_the_binding_and_the_proof_covers_it() {
    let binding = ChannelBinding::new("tls-exporter", vec![0xab; 32]);
    for (gs2, header, input) in [
        (Gs2::Willing, "y,,n=user,", b"y,,".to_vec()),
        (
            Gs2::Bound(binding),
            "p=tls-exporter,,n=user,",
            [&b"p=tls-exporter,,"[..], &[0xab; 32]].concat(),
        ),
    ] {
        let mut scram = scram(gs2);
        let initial = scram.initial().unwrap();
        assert!(initial.starts_with(header.as_bytes()), "{header}");
        let answer = said(&mut scram, FIRST);
        let bound = answer
            .strip_prefix("c=")
            .and_then(|rest| rest.split_once(','))
            .unwrap()
            .0;
        assert_eq!(STANDARD.decode(bound).unwrap(), input, "{header}");
        assert!(
            !answer.ends_with("p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
            "the proof is another one"
        );
        assert!(
            scram.answer(LAST.as_bytes()).is_err(),
            "and the server's proof for another header is not taken"
        );
    }
}

#[test]
fn a_fresh_sign_in_has_a_fresh_nonce_and_a_prepared_name() {
    let fresh = |name| {
        let mut scram = Scram::new(Hash::Sha256, Gs2::Unbound, name, &"x".into()).unwrap();
        String::from_utf8(scram.initial().unwrap().to_vec()).unwrap()
    };
    let (one, other) = (fresh("le\u{ad}na,=\u{2168}"), fresh("lena"));
    assert!(one.starts_with("n,,n=lena=2C=3DIX,r="), "{one}");
    let nonce = |message: &str| message.rsplit_once(",r=").unwrap().1.to_owned();
    assert_ne!(nonce(&one), nonce(&other), "used once");
    assert_eq!(nonce(&one).len(), 32, "192 bits");
}

#[test]
fn a_server_that_does_not_take_up_our_nonce_is_not_believed() {
    for nonce in [
        "rOprNGfwEbeRWgbNEkqO",
        "OtherNonceAltogether",
        "rOprNGfwEbeRWgbNEkqP%hv",
        "",
    ] {
        let error = refused(&format!("r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        assert!(
            matches!(error, RemoteError::NotBelieved { .. }),
            "{nonce}: {error}"
        );
    }
}

#[test]
fn the_number_of_rounds_has_two_ends() {
    let with = |rounds: &str| refused(&FIRST.replace("4096", rounds));
    for too_few in ["1", "4095"] {
        assert!(
            matches!(with(too_few), RemoteError::NotBelieved { .. }),
            "{too_few}"
        );
    }
    for too_many in ["5000001", "2147483648", "4294967296", "99999999999999999999999"] {
        assert!(matches!(with(too_many), RemoteError::Limit { .. }), "{too_many}");
    }
    for garbage in [
        "",
        "0",
        "04096",
        "-4096",
        "+4096",
        "4096 ",
        "0x1000",
        "\u{664}096",
    ] {
        assert!(
            matches!(with(garbage), RemoteError::Protocol { .. }),
            "{garbage:?}"
        );
    }
}

#[test]
fn a_first_message_that_is_none_is_told_as_such() {
    for garbage in [
        "",
        "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx",
        "r=rOprNGfwEbeRWgbNEkqOx,i=4096,s=W22ZaJ0SNY7soEsUEjb6gQ==",
        "r=rOprNGfwEbeRWgbNEkqOx,s=!!!,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx y,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,m=ext",
        "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    ] {
        assert!(
            matches!(refused(garbage), RemoteError::Protocol { .. }),
            "{garbage}"
        );
    }
    let mut scram = scram(Gs2::Unbound);
    assert!(scram.answer(b"r=\xff,s=\xfe,i=4096").is_err(), "not even text");
}

#[test]
fn an_extension_that_may_be_overlooked_is_overlooked_and_signed() {
    let mut scram = scram(Gs2::Unbound);
    let answer = said(&mut scram, &format!("{FIRST},x=1,t=y"));
    assert!(
        !answer.ends_with("p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
        "what the server said is signed as it was said: {answer}"
    );
}

#[test]
fn a_server_without_the_right_proof_is_not_believed() {
    for last in [
        "",
        "v=",
        "v=!!!",
        "v=AAAA",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G0=",
        "x=1,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        FIRST,
    ] {
        let proven = || {
            let mut scram = scram(Gs2::Unbound);
            said(&mut scram, FIRST);
            scram
        };
        let mut scram = proven();
        let error = scram.answer(last.as_bytes()).expect_err(last);
        assert!(
            matches!(error, RemoteError::NotBelieved { .. }),
            "{last}: {error}"
        );
        assert!(scram.accept(None).is_err(), "nor when it says yes all the same");
        assert!(
            proven().accept(Some(last.as_bytes())).is_err(),
            "nor with the yes: {last}"
        );
    }
}

#[test]
fn a_yes_without_a_proof_is_not_believed() {
    let mut early = scram(Gs2::Unbound);
    assert!(early.accept(None).is_err(), "nothing was asked at all");
    assert!(scram(Gs2::Unbound).accept(Some(LAST.as_bytes())).is_err());
    let mut late = scram(Gs2::Unbound);
    said(&mut late, FIRST);
    let error = late
        .accept(None)
        .expect_err("our proof was taken, and none came back");
    assert!(matches!(error, RemoteError::NotBelieved { .. }), "{error}");
}

#[test]
fn each_error_of_the_server_has_its_meaning() {
    type Is = fn(&RemoteError) -> bool;
    let cases: [(&str, Is); 8] = [
        ("invalid-proof", |e| {
            matches!(e, RemoteError::AuthenticationFailed { .. })
        }),
        ("unknown-user", |e| {
            matches!(e, RemoteError::AuthenticationFailed { .. })
        }),
        ("channel-bindings-dont-match", |e| {
            matches!(e, RemoteError::NotBelieved { .. })
        }),
        ("server-does-support-channel-binding", |e| {
            matches!(e, RemoteError::NotBelieved { .. })
        }),
        ("unsupported-channel-binding-type", |e| {
            matches!(e, RemoteError::MethodRefused { .. })
        }),
        ("no-resources", |e| matches!(e, RemoteError::Temporary { .. })),
        ("other-error", |e| matches!(e, RemoteError::Refused { .. })),
        ("anything,v=6rri", |e| matches!(e, RemoteError::Refused { .. })),
    ];
    for (error, is) in cases {
        let mut scram = scram(Gs2::Unbound);
        said(&mut scram, FIRST);
        let late = scram.answer(format!("e={error}").as_bytes()).expect_err(error);
        assert!(is(&late), "{error}: {late:?}");
        let early = refused(&format!("e={error}"));
        assert!(is(&early), "{error} in place of the first message: {early:?}");
    }
}
