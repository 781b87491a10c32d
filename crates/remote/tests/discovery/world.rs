//! A small internet with one domain in it, and each source made to name servers of its own.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use waxwing_model::Security;
use waxwing_remote::Trust;
use waxwing_remote::discover::{Found, Ports, Probing, Source, Stage, Surroundings, Wishes, discover};
use waxwing_testkit::dns::Record;
use waxwing_testkit::script::Script;
use waxwing_testkit::web::Page;
use waxwing_testkit::{A_SECOND, Internet, ScriptedServer};

pub const ADDRESS: &str = "lena.b@nordlicht.test";
pub const SHARED: &str = "autoconfig.thunderbird.net/v1.1/nordlicht.test";
pub const OWN: &str = "autoconfig.nordlicht.test/mail/config-v1.1.xml";
pub const WELL_KNOWN: &str = "nordlicht.test/.well-known/autoconfig/mail/config-v1.1.xml";
pub const PACC: &str = "ua-auto-config.nordlicht.test/.well-known/user-agent-configuration.json";
pub const AUTODISCOVER: &str = "autodiscover.nordlicht.test/autodiscover/autodiscover.xml";
pub const PROVIDER: &str = "autoconfig.fjord.test/mail/config-v1.1.xml";

/// The places to ask, the most believable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Pacc,
    OwnHost,
    WellKnown,
    Srv,
    SharedList,
    Exchanger,
    Autodiscover,
    Probing,
}

pub const PLACES: [Place; 8] = [
    Place::Pacc,
    Place::OwnHost,
    Place::WellKnown,
    Place::Srv,
    Place::SharedList,
    Place::Exchanger,
    Place::Autodiscover,
    Place::Probing,
];

pub struct World {
    pub internet: Internet,
    pub wishes: Wishes,
    imap: ScriptedServer,
    smtp: ScriptedServer,
    /// Whether the usual ports are those of the mail servers, or nobody's.
    doors: AtomicBool,
    pace: u32,
}

impl World {
    /// The domain exists, and says nothing about its servers.
    pub async fn new() -> Self {
        let internet = Internet::start().await.unwrap();
        internet
            .names
            .put_address("*.hosts.nordlicht.test", Ipv4Addr::LOCALHOST);
        let certificate = || internet.certificates.for_names(&["*.nordlicht.test"]);
        let greeting = |words: &str| vec![Script::new().say(words).silence()];
        let imap = ScriptedServer::start_tls(greeting("* OK ready"), certificate());
        let smtp = ScriptedServer::start_tls(greeting("220 ready"), certificate());
        let (imap, smtp) = (imap.await.unwrap(), smtp.await.unwrap());
        Self {
            internet,
            wishes: Wishes::default(),
            imap,
            smtp,
            doors: AtomicBool::new(false),
            pace: 1,
        }
    }

    pub async fn with(places: &[Place]) -> Self {
        let world = Self::new().await;
        for place in places {
            world.install(*place);
        }
        world
    }

    /// With time enough for everybody, for tests of who is believed and not of when.
    pub fn unhurried(mut self) -> Self {
        self.pace = 6;
        self
    }

    /// Makes a place name the servers `imap.PLACE.hosts.nordlicht.test` and `smtp.PLACE…`.
    pub fn install(&self, place: Place) {
        let [imap, smtp] = hosts(place);
        let internet = &self.internet;
        match place {
            Place::Pacc => {
                let body = format!(
                    "{{\"protocols\":{{\"imap\":{{\"host\":\"{imap}\"}},\"submit\":{{\"host\":\"{smtp}\"}}}},\
                     \"authentication\":{{\"password\":true}}}}"
                );
                self.vouch(&body);
                internet.publish(PACC, Page::Body(body));
            }
            Place::OwnHost => internet.publish(OWN, description(place)),
            Place::WellKnown => internet.publish(WELL_KNOWN, description(place)),
            Place::Srv => {
                internet.names.put_srv("_imaps._tcp.nordlicht.test", 993, &imap);
                internet
                    .names
                    .put_srv("_submissions._tcp.nordlicht.test", 465, &smtp);
            }
            Place::SharedList => internet.publish(SHARED, description(place)),
            Place::Exchanger => {
                internet.names.put_mx("nordlicht.test", "mx1.fjord.test");
                internet.publish(PROVIDER, description(place));
            }
            Place::Autodiscover => internet.publish(AUTODISCOVER, Page::Body(settings(place))),
            Place::Probing => {
                self.doors.store(true, Ordering::SeqCst);
                for name in ["imap.nordlicht.test", "smtp.nordlicht.test"] {
                    internet.names.put_address(name, Ipv4Addr::LOCALHOST);
                }
            }
        }
    }

    /// Puts the digest of a document into DNS.
    pub fn vouch(&self, body: &str) {
        let digest = ring::digest::digest(&ring::digest::SHA256, body.as_bytes());
        let text = format!("v=UAAC1; a=sha256; d={}", STANDARD.encode(digest));
        let record = Record::Txt(text.into_bytes());
        self.internet.names.put("_ua-auto-config.nordlicht.test", record);
    }

    pub fn surroundings(&self) -> Surroundings {
        let doors = |port| match self.doors.load(Ordering::SeqCst) {
            true => vec![(port, Security::Tls)],
            false => Vec::new(),
        };
        let stage = Stage {
            dns: self.internet.dns(),
            https: self.internet.web.port(),
            home: Internet::home(),
            probing: Probing {
                ports: Ports {
                    imap: doors(self.imap.port()),
                    pop3: Vec::new(),
                    smtp: doors(self.smtp.port()),
                },
                ..Probing::default()
            },
            pace: self.pace,
        };
        let trust = Trust::with_extra_ca(&self.internet.certificates.ca_pem).unwrap();
        Surroundings::staged(stage, trust).unwrap()
    }

    pub async fn look(&self) -> Found {
        discover(ADDRESS, &self.surroundings(), &self.wishes)
            .await
            .unwrap()
    }

    /// Whether a web server was asked under this name.
    pub fn heard_at(&self, host: &str) -> bool {
        self.internet.web.asked().iter().any(|asked| asked.host == host)
    }
}

/// The hosts that a place names.
pub fn hosts(place: Place) -> [String; 2] {
    match place {
        Place::Probing => ["imap.nordlicht.test".to_owned(), "smtp.nordlicht.test".to_owned()],
        named => {
            let label = format!("{named:?}").to_ascii_lowercase();
            ["imap", "smtp"].map(|service| format!("{service}.{label}.hosts.nordlicht.test"))
        }
    }
}

pub fn source(place: Place) -> Source {
    let host = |address: &str| address.split('/').next().unwrap().to_owned();
    match place {
        Place::Pacc => Source::Pacc { host: host(PACC) },
        Place::OwnHost => Source::Autoconfig { host: host(OWN) },
        Place::WellKnown => Source::Autoconfig {
            host: host(WELL_KNOWN),
        },
        Place::Srv => Source::Srv,
        Place::SharedList => Source::SharedList { host: host(SHARED) },
        Place::Exchanger => Source::Autoconfig { host: host(PROVIDER) },
        Place::Autodiscover => Source::Autodiscover {
            host: host(AUTODISCOVER),
        },
        Place::Probing => Source::Probing,
    }
}

/// A description in the config-v1.1 shape that names a place's hosts.
pub fn description(place: Place) -> Page {
    let [imap, smtp] = hosts(place);
    Page::Body(Internet::description(
        Some((&imap, 993)),
        None,
        Some((&smtp, 465)),
    ))
}

/// An answer of Autodiscover that names a place's hosts.
pub fn settings(place: Place) -> String {
    let [imap, smtp] = hosts(place);
    let protocol = |kind: &str, host: &str, port: u16| {
        format!(
            "<Protocol><Type>{kind}</Type><Server>{host}</Server><Port>{port}</Port><SSL>on</SSL>\
             <LoginName>lena</LoginName></Protocol>"
        )
    };
    format!(
        "<?xml version=\"1.0\"?><Autodiscover \
         xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"><Response \
         xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\"><Account>\
         <AccountType>email</AccountType><Action>settings</Action>{}{}{}{}</Account></Response></Autodiscover>",
        "<Protocol><Type>EXCH</Type><Server>ex.nordlicht.test</Server></Protocol>",
        protocol("IMAP", &imap, 993),
        protocol("POP3", &imap, 995),
        protocol("SMTP", &smtp, 587),
    )
}

/// What is slow is as slow as this.
pub const SLOW: Duration = Duration::from_secs(10);
/// The same in moments.
pub const SLOW_MOMENTS: u32 = 10 * A_SECOND;
