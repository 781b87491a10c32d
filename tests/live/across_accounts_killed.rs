//! Letters on their way between accounts while the program is killed (SIGKILL) at every line that it says to a server,
//! and before every answer of one: at every moment there is a copy, and after the next start there is exactly one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::cuts;
use journeys::{Lone, Room, deliver, on_disk};
use tempfile::TempDir;
use waxwing_testkit::proxy::{Action, Direction, Proxy, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");

/// lena's letters go to jonas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    BetweenServers,
    /// jonas's folders are on this computer.
    OffTheServer,
    /// lena's are.
    OntoTheServer,
}

impl Way {
    /// In which order the accounts have something to do.
    fn order(self) -> &'static str {
        match self {
            Self::BetweenServers => "jonas lena",
            Self::OffTheServer => "lena",
            Self::OntoTheServer => "jonas",
        }
    }

    fn protocol(self, name: &str) -> &'static str {
        match (self, name) {
            (Self::OffTheServer, "jonas") | (Self::OntoTheServer, "lena") => "pop3",
            _ => "imap",
        }
    }
}

struct Scene {
    way: Way,
    dovecot: Dovecot,
    /// Before the mailbox of the name.
    proxies: [(&'static str, Proxy); 2],
    profile: TempDir,
    ca: PathBuf,
    lone: Lone,
}

impl Scene {
    async fn new(way: Way) -> Result<Self, Box<dyn std::error::Error>> {
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        let proxies = [
            ("lena", cuts::proxy(&dovecot).await?),
            ("jonas", cuts::proxy(&dovecot).await?),
        ];
        let profile = tempfile::tempdir()?;
        let mut scene = Self {
            way,
            ca: dovecot.ca_file(),
            lone: Lone::start(PROGRAM, profile.path(), Room::OnThisDisk),
            dovecot,
            proxies,
            profile,
        };
        for (name, proxy) in &scene.proxies {
            let protocol = way.protocol(name);
            let port = if protocol == "pop3" {
                scene.dovecot.pop3s()
            } else {
                proxy.port()
            };
            let ca = scene.ca.display();
            scene.lone.ask(&format!("join {name} {protocol} {port} {ca}"));
            scene.lone.ask(&format!("look {name}"));
        }
        Ok(scene)
    }

    /// A letter arrives here, whole, and is moved over.
    fn begin(&mut self, subject: &str) {
        deliver(&self.dovecot, "lena", subject);
        assert_eq!(
            self.lone.ask("look lena"),
            Vec::<String>::new(),
            "{subject} begins well"
        );
        let moved = self.lone.ask(&format!("transfer lena jonas {subject}"));
        assert_eq!(moved, ["1"], "{subject} is moved");
        assert_eq!(
            self.lone.ask(&format!("where {subject}")),
            ["jonas Archive true"],
            "{subject} is shown in the target at once, and nowhere else"
        );
    }

    /// Does what there is to do, and dies at the moment of that number. `false`: there were not so many.
    fn die_at(&mut self, moment: usize) -> bool {
        let victim = self.lone.id();
        let passed = Arc::new(AtomicUsize::new(0));
        let deed = move || {
            if passed.fetch_add(1, Ordering::SeqCst) == moment {
                let _ = std::process::Command::new("kill")
                    .args(["-9", &victim.to_string()])
                    .status();
                // Nothing is passed on before it is dead.
                while std::fs::metadata(format!("/proc/{victim}/exe")).is_ok() {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
            }
        };
        for (_, proxy) in &self.proxies {
            proxy.add(Rule::to_server(When::line(""), Action::first(deed.clone())).forever());
            proxy.add(Rule::to_client(When::line(" OK "), Action::first(deed.clone())).forever());
        }
        let carried = self.lone.try_ask(&format!("carry {}", self.way.order()));
        for (_, proxy) in &self.proxies {
            proxy.clear();
        }
        carried.is_none()
    }

    /// Copies on the servers: lena's, jonas's, and in jonas's archive.
    fn copies(&self, subject: &str) -> (usize, usize) {
        (
            on_disk(&self.dovecot, "lena", "INBOX", subject).0,
            on_disk(&self.dovecot, "jonas", "Archive", subject).0,
        )
    }

    fn check(&mut self, subject: &str, moment: &str) -> Outcome {
        let way = self.way;
        for _ in 0..2 {
            let said = self.lone.ask(&format!("carry {}", way.order()));
            assert_eq!(said, Vec::<String>::new(), "{moment}: nothing is refused");
        }
        assert_eq!(
            self.lone.ask("open-entries"),
            Vec::<String>::new(),
            "{moment}: nothing is left to do"
        );
        // A maildrop keeps what was taken out of it.
        let expected = match way {
            Way::BetweenServers => (0, 1),
            Way::OffTheServer => (0, 0),
            Way::OntoTheServer => (1, 1),
        };
        assert_eq!(
            self.copies(subject),
            expected,
            "{moment}: exactly one, in the target"
        );
        for name in ["lena", "jonas"] {
            assert_eq!(self.lone.ask(&format!("look {name}")), Vec::<String>::new());
        }
        assert_eq!(
            self.lone.ask(&format!("where {subject}")),
            ["jonas Archive true"],
            "{moment}: that is what is shown, once and whole"
        );
        assert_eq!(
            self.lone.ask("check"),
            ["whole"],
            "{moment}: the store is as it should be"
        );
        self.dovecot
            .doveadm(&["expunge", "-u", "jonas@waxwing.test", "mailbox", "Archive", "all"])?;
        Ok(())
    }

    fn run(mut self) -> Outcome {
        let mut moment = 0;
        loop {
            let subject = format!("moment {moment}");
            self.begin(&subject);
            if !self.die_at(moment) {
                break;
            }
            let told = format!("killed at {} (line {moment})", self.last_line());
            let (there, here) = self.copies(&subject);
            assert!(
                there + here >= 1 || self.way == Way::OffTheServer,
                "{told}: there is a copy at every moment"
            );
            self.lone = Lone::start(PROGRAM, self.profile.path(), Room::OnThisDisk);
            self.check(&subject, &told)?;
            moment += 1;
        }
        assert!(moment > 20, "there were lines to die at: {moment}");
        self.check(&format!("moment {moment}"), "not killed at all")
    }

    /// What was said last, for a test to fail with.
    fn last_line(&self) -> String {
        let lines = self.proxies.iter().map(|(name, proxy)| {
            let said = proxy.said(Direction::ToServer);
            let said = String::from_utf8_lossy(&said).into_owned();
            format!("{name}: {}", said.lines().last().unwrap_or("nothing"))
        });
        lines.collect::<Vec<_>>().join(", ")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_line_between_two_servers_there_is_one_copy_in_the_target() -> Outcome {
    Scene::new(Way::BetweenServers).await?.run()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_line_on_the_way_to_this_computer_there_is_one_copy_here() -> Outcome {
    Scene::new(Way::OffTheServer).await?.run()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_line_on_the_way_to_a_server_there_is_one_copy_there() -> Outcome {
    Scene::new(Way::OntoTheServer).await?.run()
}
