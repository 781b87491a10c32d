//! Letters as servers write them that know who brought them, that only believe to know it, and that are told so by a forger.

use super::*;

fn judged_at(domain: &str, fields: &[&str]) -> Brought {
    let head: String = fields
        .iter()
        .map(|field| format!("Received: {field}\r\n"))
        .collect();
    brought(format!("{head}\r\n").as_bytes(), domain)
}

fn judged(fields: &[&str]) -> Brought {
    judged_at("kustwerk.example", fields)
}

/// A scanner that everybody in the network may use, and one that signs in, as Postfix writes of them.
const SCANNER: &str = "from scanner (unknown [192.168.7.20]) by mail.kustwerk.example (Postfix) with ESMTP id 4F for <lena@kustwerk.example>; \
    Mon, 1 Jan 2026 10:00:00 +0100";
const SIGNED: &str = "from [192.168.7.20] (unknown [192.168.7.20])\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n\t\
    (No client certificate requested)\r\n\t(Authenticated sender: lena)\r\n\tby mail.kustwerk.example (Postfix) with ESMTPSA id 4F\r\n\t\
    for <lena@kustwerk.example>; Mon, 1 Jan 2026 10:00:00 +0100";
const FILTER: &str =
    "from localhost (localhost [127.0.0.1]) by mail.kustwerk.example (Postfix) with ESMTP id 50";
const BOX: &str = "from mail.kustwerk.example\r\n\tby mail.kustwerk.example with LMTP\r\n\tid 5 (envelope-from <lena@kustwerk.example>)";
const PROGRAM: &str = "by mail.kustwerk.example (Postfix, from userid 33)";

#[test]
fn a_letter_is_of_the_house_where_somebody_signed_in_there_or_a_program_of_its_servers_wrote_it() {
    for (fields, why) in [
        (&[SIGNED][..], "Postfix"),
        (&[BOX, SIGNED], "Postfix before Dovecot"),
        (
            &[
                "from scanner ([192.168.7.20])\r\n\tby mail.kustwerk.example with esmtpsa  (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n\t\
               (Exim 4.96)\r\n\t(envelope-from <lena@kustwerk.example>)\r\n\tid 1tG-2; Mon, 1 Jan 2026 10:00:00 +0100",
            ],
            "Exim",
        ),
        (
            &[
                "from scanner (scanner.kustwerk.example [IPv6:fd00::7]) by mail.kustwerk.example (OpenSMTPD) with ESMTPSA id 1 (TLSv1.3)",
            ],
            "OpenSMTPD",
        ),
        (&[PROGRAM], "a program on a server with Postfix"),
        (
            &[
                "from root by mail.kustwerk.example with local (Exim 4.96) (envelope-from <root@kustwerk.example>) id 1tG-2",
            ],
            "one on a server with Exim",
        ),
        (
            &[
                "from app (app.kustwerk.example [10.0.0.7]) by mail.kustwerk.example (Postfix) with ESMTPSA id 4F",
                "by app.kustwerk.example (Postfix, from userid 33) id 1",
            ],
            "one of another machine, which signs in",
        ),
    ] {
        assert_eq!(judged(fields), Brought::Within, "{why}");
    }
}

#[test]
fn an_inner_address_alone_makes_nobody_one_of_the_house() {
    for (fields, why) in [
        (&[SCANNER][..], "a scanner of the corridor, or anybody"),
        (
            &["from scanner (unknown [172.17.0.1]) by mail.kustwerk.example (Postfix) with ESMTP id 4F"],
            "a server in a container sees its router alone",
        ),
        (
            &[
                "from scanner (unknown [172.17.0.1]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
                SIGNED,
            ],
            "and a forger writes the field of a sign-in below",
        ),
        (
            &[
                "from scanner (unknown [172.17.0.1]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
                PROGRAM,
            ],
            "or that of a program",
        ),
        (
            &[FILTER, SIGNED],
            "behind a proxy on the same machine everybody comes from there, as what a filter hands back does",
        ),
        (
            &[
                "from mx.kustwerk.example (unknown [10.0.0.1]) by mail.kustwerk.example (Postfix) with ESMTPS id 1",
                SIGNED,
            ],
            "nor is it known that the caller was a server of the house",
        ),
        (
            &[
                "from SCANNER (192.168.7.20) by ex.kustwerk.example (192.168.7.2) with Microsoft SMTP Server (version=TLS1_2) id 15.2",
            ],
            "Exchange says of nobody that they signed in",
        ),
        (
            &[
                "from x with ESMTPSA (unknown [172.17.0.1]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
            ],
            "the caller calls itself so",
        ),
    ] {
        assert_eq!(judged(fields), Brought::Seemingly, "{why}");
    }
}

#[test]
fn a_letter_that_another_server_or_another_network_had_is_from_elsewhere() {
    for (fields, why) in [
        (&[][..], "it came over no server"),
        (
            &["from scanner (x [203.0.113.9]) by mail.kustwerk.example"],
            "another network",
        ),
        (
            &["from [192.168.7.20] (x [203.0.113.9]) by mail.kustwerk.example (Postfix) with ESMTPSA id 1"],
            "whoever has somebody's password is not in the house for that",
        ),
        (
            &["from x (y [203.0.113.9]) by mail.kustwerk.example", SCANNER],
            "a forger writes such a field below",
        ),
        (
            &[SIGNED, "from x (y [203.0.113.9]) by mx.kustwerk.example"],
            "what signed in had it from elsewhere",
        ),
        (
            &["from [192.168.7.20] (y [203.0.113.9]) by mail.kustwerk.example"],
            "a forger calls itself so",
        ),
        (
            &["from scanner (unknown [192.168.7.20]) by mx.fjord.example with ESMTPSA"],
            "another house",
        ),
        (
            &["from scanner by mail.kustwerk.example with ESMTPSA"],
            "nobody saw from where",
        ),
        (&["by mail.kustwerk.example"], "nor here"),
        (
            &["by mail.kustwerk.example with ESMTP id 1", SCANNER],
            "nor where the server hides who calls",
        ),
        (&[BOX], "nobody knows what lay before the box"),
        (
            &[
                "from x by mail.kustwerk.example with LMTP (y [203.0.113.9]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
                SCANNER,
            ],
            "a caller that calls itself a whole field",
        ),
        (
            &[
                "from x by mail.kustwerk.example with ESMTPSA (y [192.168.7.1]) by mail.kustwerk.example (Postfix) with ESMTP id 4F",
            ],
            "the same behind a router",
        ),
        (
            &[
                "from x (y [172.17.0.1]) by mx.fjord.example with ESMTP for <\"lena+ by mail.kustwerk.example with ESMTPSA x\"@kustwerk.example>",
            ],
            "an address of the envelope that is a whole field",
        ),
    ] {
        assert_eq!(judged(fields), Brought::Elsewhere, "{why}");
    }
}

#[test]
fn nobody_is_at_home_at_a_provider_of_everybody_s() {
    let field = "from [192.168.7.20] ([192.168.7.20]) by smtp.gmail.com with ESMTPSA id x.1";
    assert_eq!(judged_at("gmail.com", &[field]), Brought::Elsewhere);
}
