//! Tries the proxy and the scripted server with plain sockets.
#![expect(clippy::expect_used, reason = "a test that cannot go on stops")]

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use waxwing_testkit::proxy::{Action, Direction, Proxy, ProxyTls, Rule, When};
use waxwing_testkit::script::{Answer, Script, ScriptedServer, SmtpFault};
use waxwing_testkit::{Dovecot, DovecotOptions};

type Client = BufReader<TcpStream>;

async fn connect(address: SocketAddr) -> Client {
    BufReader::new(TcpStream::connect(address).await.expect("someone listens"))
}

async fn line(client: &mut Client) -> String {
    let mut line = String::new();
    let reading = timeout(Duration::from_secs(60), client.read_line(&mut line));
    reading
        .await
        .expect("an answer in time")
        .expect("the connection is whole");
    line
}

async fn ask(client: &mut Client, text: &str) -> String {
    client
        .get_mut()
        .write_all(format!("{text}\r\n").as_bytes())
        .await
        .expect("the line is sent");
    line(client).await
}

/// A server that greets and answers every line that has a tag.
async fn talker() -> ScriptedServer {
    let answers = [
        ("NOOP", Answer::say("{tag} OK done")),
        ("FETCH", Answer::say("* 1 FETCH (UID 7)\r\n{tag} OK")),
    ];
    ScriptedServer::start(vec![Script::new().say("* OK hello").serve(answers)])
        .await
        .expect("it listens")
}

#[tokio::test]
async fn without_a_rule_everything_passes_and_is_counted() {
    let server = talker().await;
    let proxy = Proxy::start(server.address(), ProxyTls::Pass)
        .await
        .expect("it listens");
    let mut client = connect(proxy.address()).await;
    assert_eq!(line(&mut client).await, "* OK hello\r\n", "the greeting passes");
    assert_eq!(
        ask(&mut client, "a NOOP").await,
        "a OK done\r\n",
        "the answer has the tag"
    );
    assert_eq!(proxy.bytes(Direction::ToServer), 8, "`a NOOP` and CRLF");
    assert_eq!(
        proxy.said(Direction::ToClient),
        b"* OK hello\r\na OK done\r\n",
        "what passed is remembered"
    );
    assert_eq!(server.heard(), ["a NOOP"], "the server heard it");
}

#[tokio::test]
async fn rules_replace_swallow_inject_and_delay_lines() {
    let server = talker().await;
    let proxy = Proxy::start(server.address(), ProxyTls::Pass)
        .await
        .expect("it listens");
    let mut client = connect(proxy.address()).await;
    line(&mut client).await;
    proxy.add(Rule::to_client(
        When::line("uid 7"),
        Action::Replace(b"* 1 FETCH (UID 0)\r\n".to_vec()),
    ));
    assert_eq!(
        ask(&mut client, "a FETCH").await,
        "* 1 FETCH (UID 0)\r\n",
        "the line is another"
    );
    line(&mut client).await;
    proxy.add(Rule::to_client(When::line("uid 7"), Action::Swallow));
    assert_eq!(ask(&mut client, "b FETCH").await, "b OK\r\n", "the line is gone");
    proxy.add(Rule::to_client(
        When::line("c OK"),
        Action::Before(b"* BYE\r\n".to_vec()),
    ));
    assert_eq!(
        ask(&mut client, "c NOOP").await,
        "* BYE\r\n",
        "another line comes first"
    );
    line(&mut client).await;
    proxy.add(Rule::to_client(
        When::line("d OK"),
        Action::Delay(Duration::from_millis(150)),
    ));
    let begun = tokio::time::Instant::now();
    ask(&mut client, "d NOOP").await;
    assert!(begun.elapsed() >= Duration::from_millis(150), "the line is late");
    assert_eq!(
        ask(&mut client, "e FETCH").await,
        "* 1 FETCH (UID 7)\r\n",
        "each rule acts once"
    );
}

#[tokio::test]
async fn a_cut_after_so_many_bytes_is_exact() {
    let server = talker().await;
    let proxy = Proxy::start(server.address(), ProxyTls::Pass)
        .await
        .expect("it listens");
    proxy.add(Rule::to_client(When::AfterBytes(5), Action::Cut));
    let mut client = connect(proxy.address()).await;
    let mut all = Vec::new();
    client.read_to_end(&mut all).await.expect("it ends with a FIN");
    assert_eq!(all, b"* OK ", "five bytes and no more");
    assert_eq!(
        line(&mut connect(proxy.address()).await).await,
        "* OK hello\r\n",
        "the next connection is whole"
    );
}

#[tokio::test]
async fn a_reset_is_an_error_a_stall_is_silence_and_a_refusal_ends_at_once() {
    let server = talker().await;
    let proxy = Proxy::start(server.address(), ProxyTls::Pass)
        .await
        .expect("it listens");
    proxy.add(Rule::to_server(When::line("NOOP"), Action::Reset));
    let mut client = connect(proxy.address()).await;
    line(&mut client).await;
    client
        .get_mut()
        .write_all(b"a NOOP\r\n")
        .await
        .expect("the line is sent");
    let error = client
        .read_to_end(&mut Vec::new())
        .await
        .expect_err("a reset is no end");
    assert_eq!(
        error.kind(),
        std::io::ErrorKind::ConnectionReset,
        "the error says so"
    );

    proxy.add(Rule::to_client(When::line("OK done"), Action::Stall));
    let mut client = connect(proxy.address()).await;
    line(&mut client).await;
    client
        .get_mut()
        .write_all(b"a NOOP\r\n")
        .await
        .expect("the line is sent");
    let mut rest = Vec::new();
    let silence = timeout(Duration::from_millis(200), client.read_to_end(&mut rest)).await;
    assert!(silence.is_err(), "nothing comes, and the connection stays");
    proxy.cut();
    timeout(Duration::from_secs(60), client.read_to_end(&mut rest))
        .await
        .expect("a cut ends it")
        .ok();

    proxy.refuse(true);
    let mut client = connect(proxy.address()).await;
    assert!(
        client.read_u8().await.is_err(),
        "a refused connection is over at once"
    );
    assert_eq!(proxy.connections(), 3, "each attempt is counted");
}

#[tokio::test]
async fn lines_inside_tls_can_be_changed_too() {
    let dovecot = Dovecot::start(&DovecotOptions::default()).expect("Dovecot starts");
    let pair = dovecot.certificates().good();
    let tls = ProxyTls::Both(pair, dovecot.ca_pem().to_owned());
    let proxy = Proxy::start((dovecot.host(), dovecot.imaps()).into(), tls)
        .await
        .expect("it listens");
    proxy.add(Rule::to_client(
        When::line("Dovecot"),
        Action::Replace(b"* OK [CAPABILITY IMAP4rev1] old\r\n".to_vec()),
    ));
    // A second proxy takes the TLS off again, so that this test needs no TLS of its own.
    let outer = ProxyTls::Server(dovecot.ca_pem().to_owned());
    let outer = Proxy::start(proxy.address(), outer).await.expect("it listens");
    let mut client = connect(outer.address()).await;
    assert_eq!(
        line(&mut client).await,
        "* OK [CAPABILITY IMAP4rev1] old\r\n",
        "the greeting is another"
    );
    assert!(
        ask(&mut client, "a NOOP").await.starts_with("a OK"),
        "the real server answers behind it"
    );
}

#[tokio::test]
async fn a_script_is_followed_and_says_where_a_client_left_it() {
    let script = Script::new()
        .say("* OK")
        .hear("LOGIN")
        .reply("NO [AUTHENTICATIONFAILED] wrong")
        .hear("LOGOUT");
    let server = ScriptedServer::start(vec![script]).await.expect("it listens");
    let mut client = connect(server.address()).await;
    line(&mut client).await;
    let answer = ask(&mut client, "a7 LOGIN lena x").await;
    assert_eq!(
        answer, "a7 NO [AUTHENTICATIONFAILED] wrong\r\n",
        "the reply has the tag"
    );
    ask(&mut client, "a8 CAPABILITY").await;
    let problems = server.problems();
    assert!(
        problems.len() == 1 && problems[0].contains("LOGOUT"),
        "it is told: {problems:?}"
    );
}

#[tokio::test]
async fn smtp_scripts_fail_where_they_say() {
    let cases = [
        (SmtpFault::None, "250 2.0.0 Taken\r\n"),
        (SmtpFault::LaterAfterData, "451 4.3.0 Come back later\r\n"),
        (SmtpFault::NeverAfterData, "554 5.6.0 Not this letter\r\n"),
        (SmtpFault::CutAfterData, ""),
    ];
    for (fault, expected) in cases {
        let server = ScriptedServer::start(vec![Script::smtp(&fault)])
            .await
            .expect("it listens");
        let mut client = connect(server.address()).await;
        line(&mut client).await;
        ask(&mut client, "MAIL FROM:<lena@waxwing.test>").await;
        ask(&mut client, "RCPT TO:<jonas@waxwing.test>").await;
        assert_eq!(
            ask(&mut client, "DATA").await,
            "354 Go on\r\n",
            "the letter may come"
        );
        assert_eq!(
            ask(&mut client, "It rains.\r\n.").await,
            expected,
            "after the dot: {fault:?}"
        );
        assert!(
            server.problems().is_empty(),
            "the script was followed: {:?}",
            server.problems()
        );
    }
}

#[tokio::test]
async fn the_proxy_answers_in_the_servers_place_and_swallows_what_came_along() {
    let server = talker().await;
    let proxy = Proxy::start(server.address(), ProxyTls::Pass)
        .await
        .expect("it listens");
    proxy.add(Rule::to_server(
        When::line("APPEND"),
        Action::answer("{tag} NO Not with me"),
    ));
    proxy.add(Rule::to_server(
        When::whole_line("."),
        Action::answer("554 Never"),
    ));
    proxy.add(Rule::to_server(When::line("STORE"), Action::last("* BYE Closed")));
    let mut client = connect(proxy.address()).await;
    line(&mut client).await;
    let append = "a1 APPEND Sent {12+}\r\nNOOP\r\na STORE";
    assert_eq!(
        ask(&mut client, append).await,
        "a1 NO Not with me\r\n",
        "under the tag of what was refused"
    );
    assert_eq!(
        ask(&mut client, "a2 NOOP").await,
        "a2 OK done\r\n",
        "behind the literal the server hears everything again"
    );
    assert_eq!(ask(&mut client, ".").await, "554 Never\r\n", "a lone dot");
    assert_eq!(
        ask(&mut client, "a3 NOOP.").await,
        "a3 OK done\r\n",
        "and no other"
    );
    assert_eq!(ask(&mut client, "a4 STORE 1").await, "* BYE Closed\r\n");
    assert_eq!(line(&mut client).await, "", "that was its last word");
    assert_eq!(
        server.heard(),
        ["a2 NOOP", "a3 NOOP."],
        "the server heard nothing of what was answered for it"
    );
}
