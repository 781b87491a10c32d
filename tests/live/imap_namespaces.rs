//! Folders of other people and of everybody, and servers that keep a person's own below INBOX (NAMESPACE, RFC 2342),
//! against a real Dovecot: each folder stands under a heading that says whose it is, and none is taken for ours.

use std::fs;

use journeys::{Person, form_at};
use waxwing_engine::{Action, SyncScope};
use waxwing_model::{Keyword, Keywords, Mailbox, Role};
use waxwing_testkit::{Dovecot, DovecotOptions, letters};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const LENA: &str = "lena@waxwing.test";
const JONAS: &str = "jonas@waxwing.test";

/// A Dovecot in which jonas shares a folder with everybody, and one in which news stand for all to read.
fn dovecot(
    separator: char,
    prefix: &str,
    folder: &std::path::Path,
) -> Result<Dovecot, waxwing_testkit::StageError> {
    let folder = folder.display();
    let extra = format!(
        "\
mail_plugins = $mail_plugins acl
protocol imap {{
  mail_plugins = $mail_plugins acl imap_acl
}}
plugin {{
  acl = vfile
  acl_shared_dict = file:{folder}/shared
}}
namespace people {{
  type = shared
  separator = {separator}
  prefix = People{separator}%%n{separator}
  location = maildir:%%h/Maildir:INDEXPVT=~/shared/%%u
  subscriptions = no
  list = children
}}
namespace public {{
  type = public
  separator = {separator}
  prefix = Public{separator}
  location = maildir:{folder}/public:INDEXPVT=~/public
  subscriptions = no
  list = yes
  mailbox Sent {{
    special_use = \\Sent
  }}
}}
"
    );
    Dovecot::start(&DovecotOptions {
        separator,
        prefix: prefix.to_owned(),
        extra,
        ..DovecotOptions::default()
    })
}

/// The names from the top, for a folder wherever it stands.
fn path(mailboxes: &[Mailbox], mailbox: &Mailbox) -> Vec<String> {
    let parent = mailboxes
        .iter()
        .find(|candidate| Some(candidate.id) == mailbox.parent);
    let mut names = parent.map(|parent| path(mailboxes, parent)).unwrap_or_default();
    names.push(mailbox.name.clone());
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_of_others_stand_under_their_heading_whatever_the_separator() -> Outcome {
    for (separator, prefix) in [('/', ""), ('.', "INBOX."), ('^', "")] {
        let folder = tempfile::tempdir()?;
        // What is for everybody was there before the server.
        for name in ["News", "Sent"] {
            let maildir = folder.path().join(format!("public/.{name}"));
            for part in ["cur", "new", "tmp"] {
                fs::create_dir_all(maildir.join(part))?;
            }
            fs::write(maildir.join("dovecot-acl"), "anyone lrswi\n")?;
        }
        open_to_all(folder.path())?;
        let dovecot = dovecot(separator, prefix, folder.path())?;
        let own = |name: &str| format!("{prefix}{name}");
        let other = dovecot.other_client();
        let team = own("Team");
        other.tell(
            "jonas",
            &[
                &format!("CREATE \"{team}\""),
                &format!("SETACL \"{team}\" {LENA} lrswite"),
            ],
        )?;
        other.deliver(
            "jonas",
            &team,
            &letters::simple(JONAS, JONAS, "Rota", "Who is on?"),
        )?;
        let nested = own(&format!("Harbour{separator}Boats"));
        other.tell("lena", &[&format!("CREATE \"{nested}\"")])?;

        let lena = Person::new().await;
        let account = lena.add_quietly(form_at(&dovecot, "lena", dovecot.imaps())).await;
        let report = lena.engine.sync_once(&account, SyncScope::Everything).await;
        assert_eq!(report.errors, Vec::<String>::new(), "{separator}");
        let mailboxes = lena.engine.mailboxes().await?;
        let find = |wanted: &[&str]| {
            mailboxes
                .iter()
                .find(|mailbox| path(&mailboxes, mailbox) == wanted)
                .unwrap_or_else(|| {
                    let paths: Vec<_> = mailboxes.iter().map(|one| path(&mailboxes, one)).collect();
                    panic!("{wanted:?} is shown with {separator}: {paths:?}")
                })
        };
        let team = find(&["People", "jonas", "Team"]);
        assert!(
            !find(&["People"]).selectable && !find(&["People", "jonas"]).selectable,
            "a heading holds no letters"
        );
        assert!(find(&["Public", "News"]).selectable);
        assert_eq!(
            find(&["Public", "Sent"]).role,
            None,
            "what one sends is not everybody's"
        );
        let sent = lena.mailbox(Role::Sent).await;
        let ours: Vec<String> = match prefix {
            "" => vec!["Sent".into()],
            _ => vec!["Inbox".into(), "Sent".into()],
        };
        assert_eq!(path(&mailboxes, &sent), ours);
        let mut boats = ours;
        boats.pop();
        boats.extend(["Harbour".into(), "Boats".into()]);
        let boats: Vec<&str> = boats.iter().map(String::as_str).collect();
        assert!(find(&boats).selectable);

        // What is shared can be read and marked, and the mark is on the server.
        let letter = lena
            .letters(team)
            .await
            .into_iter()
            .next()
            .ok_or("jonas's letter")?;
        assert_eq!(letter.subject, "Rota");
        lena.engine
            .perform(Action::SetKeywords {
                emails: vec![letter.id],
                add: Keywords::only(Keyword::FLAGGED),
                remove: Keywords::none(),
            })
            .await?;
        assert_eq!(lena.engine.push_once(&account).await?, Vec::<String>::new());
        let there = other.letters("jonas", &own("Team"))?;
        assert!(
            there
                .iter()
                .all(|letter| letter.flags.contains(&"\\Flagged".to_owned())),
            "{there:?}"
        );

        // A folder of one's own at the top goes where the server wants such folders.
        lena.engine
            .perform(Action::CreateMailbox {
                account: account.id,
                parent: None,
                name: "Lighthouse".into(),
            })
            .await?;
        assert_eq!(lena.engine.push_once(&account).await?, Vec::<String>::new());
        let folders = other.folders("lena")?;
        assert!(folders.contains(&own("Lighthouse")), "{folders:?}");
    }
    Ok(())
}

/// The servers run as somebody else.
fn open_to_all(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let directory = path.is_dir();
        fs::set_permissions(
            &path,
            fs::Permissions::from_mode(if directory { 0o777 } else { 0o666 }),
        )?;
        if directory {
            waiting.extend(fs::read_dir(&path)?.flatten().map(|entry| entry.path()));
        }
    }
    Ok(())
}
