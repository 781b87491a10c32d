//! The other side of a conversation, played word for word: what no real server would do on demand (refuse, stall,
//! lie, hang up in the middle). One thread serves one port; each connection plays the same script.
//!
//! Not here: real servers. They are in waxwing-testkit.

#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::pem::PemObject};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use waxwing_model::{Authentication, Security, ServerSettings};
use waxwing_remote::{Credentials, Trust};
use waxwing_testkit::{CertificatePair, Certificates};

/// A port with a script behind it.
pub struct Peer {
    pub port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

/// One connection, as the script sees it.
pub struct Talk {
    stream: Stream,
    heard: Arc<Mutex<Vec<String>>>,
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
    Gone,
}

impl Peer {
    /// Plays `script` to the first `times` connections.
    pub fn play(times: usize, script: impl Fn(&mut Talk) + Send + 'static) -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        let thread = thread::spawn(move || {
            for _ in 0..times {
                let (stream, _) = listener.accept().expect("somebody knocks");
                stream
                    .set_read_timeout(Some(Duration::from_secs(60)))
                    .expect("a time-out can be set");
                script(&mut Talk {
                    stream: Stream::Plain(stream),
                    heard: ears.clone(),
                });
            }
        });
        Peer {
            port,
            heard,
            thread: Some(thread),
        }
    }

    pub fn once(script: impl Fn(&mut Talk) + Send + 'static) -> Peer {
        Peer::play(1, script)
    }

    /// Everything that was said to it. Waits for the script to end, and fails where the script failed.
    pub fn finish(mut self) -> Vec<String> {
        self.thread
            .take()
            .expect("finished once")
            .join()
            .expect("the script went as written");
        self.heard.lock().expect("nobody panicked").clone()
    }

    pub fn settings(&self, security: Security) -> ServerSettings {
        settings(self.port, security)
    }
}

pub fn settings(port: u16, security: Security) -> ServerSettings {
    ServerSettings {
        host: "localhost".to_owned(),
        port,
        security,
        username: "lena".to_owned(),
        authentication: Authentication::Auto,
    }
}

pub fn lena() -> Credentials {
    Credentials {
        username: "lena".to_owned(),
        password: "correct horse".into(),
    }
}

/// As the servers of a stage know her.
pub fn lena_of_the_stage() -> Credentials {
    Credentials {
        username: waxwing_testkit::address("lena"),
        password: waxwing_testkit::PASSWORD.into(),
    }
}

pub fn trusting(certificates: &Certificates) -> Trust {
    Trust::with_extra_ca(&certificates.ca_pem).expect("the authority is good PEM")
}

impl Talk {
    pub fn say(&mut self, words: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(words.as_ref());
        let _ = self.stream.flush();
    }

    /// The next line, without its CRLF; `None` when the other side has left.
    pub fn hear(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        while !line.ends_with(b"\r\n") {
            match self.stream.read(&mut byte) {
                Ok(1) => line.push(byte[0]),
                _ => return None,
            }
        }
        let line = String::from_utf8_lossy(&line).trim_end_matches("\r\n").to_owned();
        self.heard.lock().expect("nobody panicked").push(line.clone());
        Some(line)
    }

    pub fn expect(&mut self, expected: &str) {
        assert_eq!(self.hear().as_deref(), Some(expected));
    }

    /// A question and its answer.
    pub fn answer(&mut self, expected: &str, words: impl AsRef<[u8]>) {
        self.expect(expected);
        self.say(words);
    }

    /// Reads on until the other side leaves.
    pub fn listen(&mut self) {
        while self.hear().is_some() {}
    }

    /// Everything that comes until the other side leaves, in large pieces and without remembering it.
    pub fn swallow(&mut self) -> Vec<u8> {
        let mut swallowed = Vec::new();
        let _ = self.stream.read_to_end(&mut swallowed);
        swallowed
    }

    /// From now on in TLS. The other side may not like it.
    pub fn encrypt(&mut self, pair: &CertificatePair) {
        self.encrypt_as(pair, rustls::DEFAULT_VERSIONS);
    }

    /// The same in one of these versions only.
    pub fn encrypt_as(
        &mut self,
        pair: &CertificatePair,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) {
        let Stream::Plain(tcp) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            panic!("it is encrypted already")
        };
        let chain = CertificateDer::pem_slice_iter(pair.cert_pem.as_bytes())
            .map(Result::unwrap)
            .collect();
        let key = PrivateKeyDer::from_pem_slice(pair.key_pem.as_bytes()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .expect("a good pair");
        let connection = ServerConnection::new(Arc::new(config)).expect("a good configuration");
        self.stream = Stream::Tls(Box::new(StreamOwned::new(connection, tcp)));
    }

    /// What TLS 1.3 gives both ends to tie a sign-in to (RFC 9266).
    pub fn exporter(&mut self) -> Vec<u8> {
        let Stream::Tls(stream) = &mut self.stream else {
            panic!("there is no TLS")
        };
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock).expect("a handshake");
        }
        stream
            .conn
            .export_keying_material(vec![0; 32], b"EXPORTER-Channel-Binding", None)
            .expect("there is keying material")
    }

    /// Hangs up without a word.
    pub fn vanish(&mut self) {
        if let Stream::Plain(tcp) = &self.stream {
            let _ = tcp.shutdown(Shutdown::Both);
        }
        self.stream = Stream::Gone;
    }
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(stream) => stream.read(bytes),
            Stream::Tls(stream) => stream.read(bytes),
            Stream::Gone => Ok(0),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(stream) => stream.write(bytes),
            Stream::Tls(stream) => stream.write(bytes),
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(stream) => stream.flush(),
            Stream::Tls(stream) => stream.flush(),
            Stream::Gone => Ok(()),
        }
    }
}
