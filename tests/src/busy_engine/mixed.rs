//! Mixed work on an IMAP account, a deed after another, until somebody kills the process: letters are marked, moved,
//! copied, deleted and brought from the demo mailbox (an APPEND), folders are made, renamed and deleted.
//!
//! Before each deed its effect is written (`will`), after it whether the engine has acknowledged it (`did`, or `not`).
//! An effect is a list of what goes and what comes, letters and folders.
//!
//! No two letters are alike, and folders come out of Trash again: with `WAXWING_WORK=everything` letters are copied beside
//! themselves and folders are deleted for good as well.

use std::time::Duration;

use journeys::{Chance, Held, Person};
use waxwing_engine::Action;
use waxwing_model::{Account, Change, Email, Keyword, Keywords, Mailbox, MailboxId, Protocol, Role};

use super::acknowledge;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The account is kept about as large as this.
const LETTERS: usize = 30;
const FOLDERS: usize = 6;

/// A deed, and what is different after it.
struct Deed {
    action: Action,
    effect: Vec<String>,
}

/// What the account looks like before a deed.
struct View {
    account: Account,
    folders: Vec<(Mailbox, String)>,
    letters: Vec<(MailboxId, Email)>,
    /// Letters of the demo mailbox.
    others: Vec<Email>,
    everything: bool,
}

pub(crate) async fn work(person: &Person, seed: u64) -> Outcome<()> {
    let mut chance = Chance::new(seed);
    person.engine.start().await?;
    let mut changes = person.engine.changes();
    tokio::spawn(async move {
        loop {
            for change in changes.next().await {
                if let Change::Trouble { trouble, .. } = change {
                    let _ = acknowledge(&format!("trouble\t{trouble}"));
                }
            }
        }
    });
    loop {
        let view = look(person).await?;
        let Some(deed) = choose(&mut chance, &view) else {
            continue;
        };
        acknowledge(&format!("will\t{}", deed.effect.join("\t")))?;
        match person.engine.perform(deed.action).await {
            Ok(_) => acknowledge("did")?,
            Err(error) => acknowledge(&format!("not\t{error}"))?,
        }
        tokio::time::sleep(Duration::from_millis(chance.below(40))).await;
    }
}

async fn look(person: &Person) -> Outcome<View> {
    let accounts = person.engine.accounts().await?;
    let account = accounts
        .into_iter()
        .find(|account| account.protocol == Protocol::Imap)
        .ok_or("an account with a server")?;
    let folders = person.folders(&account).await;
    let mut letters = Vec::new();
    for (mailbox, _) in &folders {
        let here = person.letters(mailbox).await;
        letters.extend(here.into_iter().map(|email| (mailbox.id, email)));
    }
    let mut others = Vec::new();
    for mailbox in person.engine.mailboxes().await? {
        if mailbox.account != account.id && mailbox.role == Some(Role::Inbox) {
            others.extend(person.letters(&mailbox).await);
        }
    }
    let everything = std::env::var("WAXWING_WORK").is_ok_and(|work| work == "everything");
    others.retain(|email| {
        let known = letters
            .iter()
            .any(|(_, letter): &(MailboxId, Email)| letter.message_id == email.message_id);
        let plain = email.subject.is_ascii() && (1..60).contains(&email.subject.len());
        plain && (everything || !known)
    });
    Ok(View {
        everything,
        account,
        folders,
        letters,
        others,
    })
}

fn choose(chance: &mut Chance, view: &View) -> Option<Deed> {
    let folder = |of: &View, chance: &mut Chance, but: MailboxId| {
        let others: Vec<(Mailbox, String)> = of
            .folders
            .iter()
            .filter(|(mailbox, _)| mailbox.id != but && mailbox.selectable)
            .cloned()
            .collect();
        chance.pick(&others).cloned()
    };
    let full = view.letters.len() >= LETTERS;
    match chance.below(14) {
        0..=2 => {
            let (mailbox, email) = chance.pick(&view.letters)?;
            let flag = Keywords::only(Keyword::FLAGGED);
            let (add, remove) = match email.keywords.has(Keyword::FLAGGED) {
                true => (Keywords::none(), flag),
                false => (flag, Keywords::none()),
            };
            let before = held(view, *mailbox, email)?;
            let after = Held {
                flagged: !before.flagged,
                ..before.clone()
            };
            Some(Deed {
                action: Action::SetKeywords {
                    emails: vec![email.id],
                    add,
                    remove,
                },
                effect: vec![goes(&before), comes(&after)],
            })
        }
        3..=5 => {
            let (mailbox, email) = chance.pick(&view.letters)?;
            let (to, path) = folder(view, chance, *mailbox)?;
            let before = held(view, *mailbox, email)?;
            let after = Held {
                folder: path,
                ..before.clone()
            };
            Some(Deed {
                action: Action::Move {
                    emails: vec![email.id],
                    to: to.id,
                },
                effect: vec![goes(&before), comes(&after)],
            })
        }
        6 if !full && view.everything => {
            let (mailbox, email) = chance.pick(&view.letters)?;
            let (to, path) = folder(view, chance, *mailbox)?;
            let copy = Held {
                folder: path,
                ..held(view, *mailbox, email)?
            };
            Some(Deed {
                action: Action::Copy {
                    emails: vec![email.id],
                    to: to.id,
                },
                effect: vec![comes(&copy)],
            })
        }
        7 | 8 if !full => {
            let email = chance.pick(&view.others)?;
            let (to, path) = folder(view, chance, MailboxId(0))?;
            Some(Deed {
                action: Action::Copy {
                    emails: vec![email.id],
                    to: to.id,
                },
                effect: vec![comes(&Held {
                    folder: path,
                    subject: email.subject.clone(),
                    flagged: email.keywords.has(Keyword::FLAGGED),
                })],
            })
        }
        6..=10 => delete(chance, view),
        _ => folders(chance, view),
    }
}

/// To Trash, and from there for good.
fn delete(chance: &mut Chance, view: &View) -> Option<Deed> {
    let (mailbox, email) = chance.pick(&view.letters)?;
    let before = held(view, *mailbox, email)?;
    // What is deleted in a folder inside Trash is another story.
    if before.folder.starts_with("Trash/") {
        return None;
    }
    let mut effect = vec![goes(&before)];
    if before.folder != "Trash" {
        effect.push(comes(&Held {
            folder: "Trash".to_owned(),
            ..before
        }));
    }
    Some(Deed {
        action: Action::Delete {
            emails: vec![email.id],
        },
        effect,
    })
}

fn folders(chance: &mut Chance, view: &View) -> Option<Deed> {
    let own: Vec<&(Mailbox, String)> = view
        .folders
        .iter()
        .filter(|(mailbox, _)| mailbox.role.is_none())
        .collect();
    let name = format!("Folder {}", chance.below(1_000_000));
    let (mailbox, path) = match (chance.pick(&own), chance.below(3)) {
        (Some(folder), 1 | 2) => folder,
        (Some(folder), _) if own.len() >= FOLDERS => folder,
        _ => {
            return Some(Deed {
                effect: vec![format!("+/{name}")],
                action: Action::CreateMailbox {
                    account: view.account.id,
                    parent: None,
                    name,
                },
            });
        }
    };
    // Folders that stand inside are not what this is about, and there are none.
    let mut effect = vec![format!("-/{path}")];
    let inside = view.letters.iter().filter(|(folder, _)| *folder == mailbox.id);
    let inside: Vec<Held> = inside
        .filter_map(|(folder, email)| held(view, *folder, email))
        .collect();
    effect.extend(inside.iter().map(goes));
    let deleted = path.starts_with("Trash/");
    if deleted && !view.everything {
        effect.extend(follow(inside, &mailbox.name));
        return Some(Deed {
            action: Action::MoveMailbox {
                mailbox: mailbox.id,
                parent: None,
            },
            effect,
        });
    }
    if chance.below(2) == 0 {
        let to = match path.rsplit_once('/') {
            Some((parent, _)) => format!("{parent}/{name}"),
            None => name.clone(),
        };
        effect.extend(follow(inside, &to));
        return Some(Deed {
            action: Action::RenameMailbox {
                mailbox: mailbox.id,
                name,
            },
            effect,
        });
    }
    if !deleted {
        effect.extend(follow(inside, &format!("Trash/{}", mailbox.name)));
    }
    Some(Deed {
        action: Action::DeleteMailbox { mailbox: mailbox.id },
        effect,
    })
}

/// The folder and the letters in it, at another place.
fn follow(inside: Vec<Held>, to: &str) -> Vec<String> {
    let mut there = vec![format!("+/{to}")];
    there.extend(inside.into_iter().map(|letter| {
        comes(&Held {
            folder: to.to_owned(),
            ..letter
        })
    }));
    there
}

fn held(view: &View, mailbox: MailboxId, email: &Email) -> Option<Held> {
    let (_, path) = view.folders.iter().find(|(folder, _)| folder.id == mailbox)?;
    Some(Held {
        folder: path.clone(),
        subject: email.subject.clone(),
        flagged: email.keywords.has(Keyword::FLAGGED),
    })
}

fn goes(letter: &Held) -> String {
    format!("-{}|{}|{}", letter.folder, letter.subject, letter.flagged)
}

fn comes(letter: &Held) -> String {
    format!("+{}|{}|{}", letter.folder, letter.subject, letter.flagged)
}
