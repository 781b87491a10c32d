//! Drafts filed while the program is killed (SIGKILL) at every line that it says to the server, and before every answer:
//! at every moment a version stands there, and after the next start there is exactly the last one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use journeys::{Lone, Room, cuts};
use tempfile::TempDir;
use waxwing_testkit::proxy::{Action, Direction, Proxy, Rule, When};
use waxwing_testkit::{Dovecot, DovecotOptions};

use super::{Outcome, there};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lone-engine");

struct Scene {
    dovecot: Dovecot,
    proxy: Proxy,
    profile: TempDir,
    lone: Lone,
}

impl Scene {
    async fn new() -> Outcome<Self> {
        let dovecot = Dovecot::start(&DovecotOptions::default())?;
        let proxy = cuts::proxy(&dovecot).await?;
        let profile = tempfile::tempdir()?;
        let mut lone = Lone::start(PROGRAM, profile.path(), Room::OnThisDisk);
        let ca: PathBuf = dovecot.ca_file();
        lone.ask(&format!("join lena imap {} {}", proxy.port(), ca.display()));
        lone.ask("look lena");
        Ok(Self {
            dovecot,
            proxy,
            profile,
            lone,
        })
    }

    /// Tells the server what there is to tell, and dies at the moment of that number. `false`: there were not so many.
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
        let to_server = Rule::to_server(When::line(""), Action::first(deed.clone()));
        self.proxy.add(to_server.forever());
        self.proxy
            .add(Rule::to_client(When::line(" OK "), Action::first(deed)).forever());
        let carried = self.lone.try_ask("carry lena");
        self.proxy.clear();
        carried.is_none()
    }

    fn check(&mut self, subject: &str, moment: &str) -> Outcome {
        assert_eq!(self.lone.ask("file"), Vec::<String>::new(), "{moment}");
        assert_eq!(
            self.lone.ask("carry lena"),
            Vec::<String>::new(),
            "{moment}: nothing is refused"
        );
        assert_eq!(
            there(&self.dovecot)?,
            [format!("\\Draft \\Seen {subject}")],
            "{moment}: one there"
        );
        assert_eq!(self.lone.ask("look lena"), Vec::<String>::new(), "{moment}");
        assert_eq!(self.lone.ask("in-drafts"), [subject], "{moment}: and one here");
        assert_eq!(self.lone.ask("check"), ["whole"], "{moment}");
        assert_eq!(
            self.lone.ask("open-entries"),
            Vec::<String>::new(),
            "{moment}: all is said"
        );
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_line_there_is_one_version_of_a_draft() -> Outcome {
    let mut scene = Scene::new().await?;
    scene.lone.ask("write begun");
    scene.lone.ask("carry lena");
    let mut moment = 0;
    loop {
        let subject = format!("moment {moment}");
        scene.lone.ask(&format!("write {subject}"));
        if !scene.die_at(moment) {
            scene.check(&subject, "not killed at all")?;
            break;
        }
        let said = scene.proxy.said(Direction::ToServer);
        let said = String::from_utf8_lossy(&said).into_owned();
        let last = said.lines().last().unwrap_or("nothing");
        let told = format!("killed at {last} (line {moment})");
        assert!(
            !there(&scene.dovecot)?.is_empty(),
            "{told}: there is one at every moment"
        );
        scene.lone = Lone::start(PROGRAM, scene.profile.path(), Room::OnThisDisk);
        scene.check(&subject, &told)?;
        moment += 1;
    }
    assert!(moment > 10, "there were lines to die at: {moment}");
    Ok(())
}
