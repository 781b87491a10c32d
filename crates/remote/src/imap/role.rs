//! What a mailbox is for: told by the server (RFC 6154), or guessed from names that mail programs and providers
//! have used, in several languages.
//!
//! Not here: the list of mailboxes.

use waxwing_model::Role;

/// From one attribute of LIST: SPECIAL-USE (RFC 6154), and Gmail's older XLIST.
pub(super) fn from_attribute(attribute: &str) -> Option<Role> {
    match attribute.to_ascii_lowercase().as_str() {
        "\\inbox" => Some(Role::Inbox),
        "\\drafts" => Some(Role::Drafts),
        "\\sent" => Some(Role::Sent),
        "\\archive" => Some(Role::Archive),
        "\\junk" | "\\spam" => Some(Role::Junk),
        "\\trash" => Some(Role::Trash),
        "\\all" | "\\allmail" => Some(Role::All),
        _ => None,
    }
}

/// From a name, and how good a guess it is: the lower, the better. Only a mailbox at the top, or right below
/// INBOX, is taken for one of these.
pub(super) fn from_names(parts: &[String]) -> Option<(Role, usize)> {
    let name = match parts {
        [one] => one,
        [inbox, one] if inbox.eq_ignore_ascii_case("INBOX") => one,
        // The folder that Gmail keeps its own in, by its two names.
        [gmail, one] if matches!(gmail.as_str(), "[Gmail]" | "[Google Mail]") => one,
        _ => return None,
    };
    if parts.len() == 1 && name.eq_ignore_ascii_case("INBOX") {
        return Some((Role::Inbox, 0));
    }
    let name = name.to_lowercase();
    NAMES.iter().find_map(|(role, names)| {
        names
            .iter()
            .position(|known| *known == name)
            .map(|at| (*role, at))
    })
}

const NAMES: [(Role, &[&str]); 6] = [
    (
        Role::Drafts,
        &[
            "drafts",
            "draft",
            "entwürfe",
            "entwurf",
            "brouillons",
            "borradores",
            "bozze",
            "rascunhos",
            "concepten",
            "utkast",
            "kladder",
            "luonnokset",
            "koncepty",
            "rozepsané",
            "szkice",
            "kopie robocze",
            "taslaklar",
            "piszkozatok",
            "ciorne",
            "черновики",
            "чернетки",
            "πρόχειρα",
            "טיוטות",
            "المسودات",
            "下書き",
            "草稿",
            "草稿箱",
            "임시보관함",
            "임시 보관함",
        ],
    ),
    (
        Role::Sent,
        &[
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "sent-mail",
            "gesendet",
            "gesendete objekte",
            "gesendete elemente",
            "gesendete nachrichten",
            "envoyés",
            "messages envoyés",
            "éléments envoyés",
            "objets envoyés",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "posta inviata",
            "inviati",
            "inviata",
            "itens enviados",
            "mensagens enviadas",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "skickat",
            "skickade",
            "sendt",
            "sendte elementer",
            "lähetetyt",
            "odeslaná pošta",
            "odeslané",
            "wysłane",
            "elementy wysłane",
            "gönderilmiş öğeler",
            "gönderilenler",
            "elküldött elemek",
            "elküldött üzenetek",
            "trimise",
            "отправленные",
            "надіслані",
            "απεσταλμένα",
            "נשלח",
            "المرسلة",
            "送信済み",
            "送信済みアイテム",
            "已发送",
            "已发送邮件",
            "已傳送郵件",
            "寄件備份",
            "보낸편지함",
            "보낸 편지함",
        ],
    ),
    (
        Role::Trash,
        &[
            "trash",
            "deleted",
            "deleted items",
            "deleted messages",
            "bin",
            "rubbish",
            "papierkorb",
            "gelöschte objekte",
            "gelöschte elemente",
            "gelöscht",
            "corbeille",
            "éléments supprimés",
            "messages supprimés",
            "papelera",
            "elementos eliminados",
            "cestino",
            "posta eliminata",
            "lixeira",
            "lixo",
            "itens excluídos",
            "prullenbak",
            "prullenmand",
            "verwijderde items",
            "papperskorg",
            "papperskorgen",
            "borttaget",
            "papirkurv",
            "slettet post",
            "slettede elementer",
            "roskakori",
            "poistetut",
            "koš",
            "odstraněná pošta",
            "kosz",
            "elementy usunięte",
            "çöp kutusu",
            "silinmiş öğeler",
            "kuka",
            "lomtár",
            "törölt elemek",
            "coș de gunoi",
            "корзина",
            "удаленные",
            "кошик",
            "видалені",
            "κάδος",
            "απορρίμματα",
            "אשפה",
            "المهملات",
            "ゴミ箱",
            "ごみ箱",
            "削除済みアイテム",
            "已删除",
            "已删除邮件",
            "垃圾桶",
            "휴지통",
            "지운편지함",
        ],
    ),
    (
        Role::Junk,
        &[
            "junk",
            "spam",
            "junk email",
            "junk e-mail",
            "bulk mail",
            "bulk",
            "spamverdacht",
            "unerwünscht",
            "junk-e-mail",
            "courrier indésirable",
            "pourriel",
            "indésirables",
            "correo no deseado",
            "correo basura",
            "posta indesiderata",
            "lixo eletrônico",
            "ongewenste e-mail",
            "ongewenst",
            "skräppost",
            "søppelpost",
            "uønsket e-mail",
            "uønsket post",
            "roskaposti",
            "nevyžádaná pošta",
            "wiadomości-śmieci",
            "gereksiz",
            "istenmeyen",
            "levélszemét",
            "спам",
            "нежелательная почта",
            "ανεπιθύμητα",
            "דואר זבל",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "스팸메일함",
            "스팸함",
            "스팸편지함",
        ],
    ),
    (
        Role::Archive,
        &[
            "archive",
            "archives",
            "archived",
            "archiv",
            "archivo",
            "archivio",
            "arquivo",
            "archief",
            "arkiv",
            "arkisto",
            "archiwum",
            "arşiv",
            "archívum",
            "arhivă",
            "архив",
            "архів",
            "αρχείο",
            "ארכיון",
            "アーカイブ",
            "存档",
            "归档",
            "보관함",
        ],
    ),
    (
        Role::All,
        &[
            "all mail",
            "alle nachrichten",
            "tous les messages",
            "todos",
            "todos los mensajes",
            "tutti i messaggi",
            "todos os e-mails",
            "alle berichten",
            "вся почта",
            "すべてのメール",
            "所有邮件",
            "전체보관함",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(parts: &[&str]) -> Option<Role> {
        from_names(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>()).map(|(role, _)| role)
    }

    #[test]
    fn names_are_known_in_several_languages_and_any_case() {
        let names = [
            ("Sent Items", Role::Sent),
            ("ENTWÜRFE", Role::Drafts),
            ("Corbeille", Role::Trash),
            ("迷惑メール", Role::Junk),
            ("Архив", Role::Archive),
            ("inbox", Role::Inbox),
        ];
        for (name, role) in names {
            assert_eq!(guess(&[name]), Some(role), "{name}");
        }
    }

    #[test]
    fn a_folder_of_ones_own_is_not_taken_for_one() {
        assert_eq!(guess(&["Projects", "Archive"]), None, "it is somebody's project");
        assert_eq!(
            guess(&["INBOX", "Trash"]),
            Some(Role::Trash),
            "many servers keep all below INBOX"
        );
        assert_eq!(guess(&["INBOX", "INBOX"]), None, "there is one inbox");
    }

    #[test]
    fn no_name_stands_for_two_roles() {
        let mut seen = std::collections::HashMap::new();
        for (role, names) in NAMES {
            for name in names {
                assert_eq!(seen.insert(*name, role), None, "{name} stands twice");
                assert_eq!(*name, name.to_lowercase(), "{name} is compared in lower case");
            }
        }
    }
}
