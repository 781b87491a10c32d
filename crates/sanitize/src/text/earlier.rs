//! Where an earlier letter begins that stands unmarked below its answer, as Outlook and many others write it: a line that parts
//! the two, and the earlier letter's head. Not here: quotes whose lines begin with `>`.

/// Longer names of fields no language has.
const LONGEST_NAME: usize = 24;

/// Longer lines announce nothing.
const LONGEST_ANNOUNCEMENT: usize = 120;

/// So many lines of a head are looked at: names of those who got a copy may stand before its subject.
const LINES: usize = 6;

/// Whether an earlier letter begins with this line. `after`: the lines that follow it.
pub(super) fn begins<'t>(line: &str, after: impl Iterator<Item = &'t str>) -> bool {
    let line = line.trim();
    (is_title(line) || is_rule(line)) && is_head(after.take(LINES))
}

/// Whether a letter that is passed on begins with this line, whatever stands before it: a line that says so, and that letter's head.
pub(super) fn is_passed_on<'t>(line: &str, after: impl Iterator<Item = &'t str>) -> bool {
    let line = line.trim();
    let is_announced = line.ends_with([':', '：']) && line.len() <= LONGEST_ANNOUNCEMENT;
    (is_title(line) || is_announced) && says_passed_on(line) && {
        // Apple's program quotes what it passes on.
        let bare = after.map(|line| line.trim_start_matches(['>', ' ']));
        is_head(bare.take(LINES))
    }
}

/// Whether a letter's head begins with this line, as it does in a letter that is passed on with nothing above it.
pub(super) fn is_bare<'t>(line: &'t str, after: impl Iterator<Item = &'t str>) -> bool {
    field(line).is_some() && is_head(std::iter::once(line).chain(after).take(LINES))
}

fn says_passed_on(line: &str) -> bool {
    let line = line.to_lowercase();
    PASSED_ON.iter().any(|word| line.contains(word))
}

/// Whether a letter's head stands in these lines, and not what an invoice or an agenda says in lines of the same form: it names
/// whoever wrote, and when or about what. In a language whose words are not known here it begins with somebody's address.
fn is_head<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let fields = lines.skip_while(|line| line.trim().is_empty()).map_while(field);
    let (mut count, mut begins_with_address) = (0, false);
    let (mut from, mut sent) = (false, false);
    for (name, value) in fields {
        let name = format!("|{}|", name.to_lowercase());
        let is = |known: &str| known.contains(&name);
        begins_with_address |= count == 0 && value.contains('@');
        from |= is(FROM);
        sent |= is(SENT) || is(SUBJECT);
        count += 1;
    }
    // Payments and journeys have a From, a To and a Date too.
    match from {
        true => sent,
        false => count >= 3 && begins_with_address,
    }
}

/// `-----Original Message-----`, in whatever language. What is signed or packed begins with a line like it (RFC 4880 section 6.2).
fn is_title(line: &str) -> bool {
    let inside = line.trim_matches('-');
    line.starts_with("----")
        && line.ends_with("----")
        && inside.chars().any(char::is_alphabetic)
        && !inside.trim_start().starts_with("BEGIN ")
}

/// The line that Outlook draws. Lines of other signs part anything.
fn is_rule(line: &str) -> bool {
    line.len() >= 10 && line.bytes().all(|byte| byte == b'_')
}

/// `From: Lena Brandt`, in whatever language: the name of the field, and what it says.
fn field(line: &str) -> Option<(&str, &str)> {
    let around = ['*', ' ', '\u{a0}'];
    let (name, value) = line.split_once([':', '：'])?;
    let (name, said) = (name.trim_matches(around), value.trim_matches(around));
    let is_name = |one: char| one.is_alphabetic() || !one.is_ascii() || matches!(one, ' ' | '-');
    let is_field = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && name.chars().all(is_name)
        && !said.is_empty()
        && !value.starts_with("//");
    is_field.then_some((name, said))
}

/// What mail programs call whoever wrote, in lower case, with a line on either side of each.
const FROM: &str = "|from|von|de|da|di|fra|frá|från|van|od|от|від|lähettäjä|feladó|kimden|gönderen|de la|nuo|saatja|από|\
    pošiljatelj|dari|từ|من|מאת|จาก|差出人|送信者|发件人|發件人|寄件者|寄件人|보낸 사람|보낸사람|";
/// When it was sent: words that are said of letters.
const SENT: &str = "|sent|sent þann|gesendet|envoyé|enviado|enviado el|enviada|enviada em|enviado em|inviato|inviata|sendt|skickat|verzonden|\
    wysłano|wysłane|odesláno|odoslané|отправлено|надіслано|изпратено|lähetetty|elküldve|küldve|gönderildi|\
    gönderilme tarihi|gönderim tarihi|trimis|στάλθηκε|poslano|dikirim|đã gửi|送信日時|发送时间|發送時間|寄件日期|傳送日期|보낸 날짜|보낸날짜|";
const SUBJECT: &str = "|subject|betreff|objet|asunto|assunto|oggetto|emne|ämne|onderwerp|temat|předmět|predmet|тема|относно|aihe|\
    tárgy|konu|subiect|θέμα|zadeva|subjek|chủ đề|الموضوع|נושא|เรื่อง|件名|主题|主題|主旨|제목|";

/// What mail programs say of a letter that is passed on, in lower case, as far as it has no endings.
const PASSED_ON: [&str; 31] = [
    "forwarded",
    "weitergeleitet",
    "transféré",
    "réexpédié",
    "reenviado",
    "encaminhad",
    "reencaminhad",
    "inoltrat",
    "doorgestuurd",
    "vidarebefordra",
    "videresend",
    "áframsen",
    "välitetty",
    "przesłan",
    "przekazan",
    "přeposlan",
    "preposlan",
    "posredova",
    "továbbít",
    "iletilen",
    "redirecționat",
    "пересла",
    "пересыла",
    "переслан",
    "προωθ",
    "转发",
    "轉寄",
    "転送",
    "전달",
    "diteruskan",
    "chuyển tiếp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_is_passed_on_says_so() {
        for text in [
            "---------- Forwarded message ---------\nFrom: Lena\nDate: Monday\nSubject: Kettle\nTo: Jonas",
            "----- Forwarded message from Lena <lena@waxwing.example> -----\n\nDate: Monday\nFrom: Lena\nSubject: Oil",
            "-------- Weitergeleitete Nachricht --------\nBetreff: Öl\nDatum: Montag\nVon: Lena",
            "Begin forwarded message:\n\n> From: Lena\n> Subject: Oil\n> Date: Monday",
            "Début du message réexpédié :\n\nDe: Lena\nObjet: Huile",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(is_passed_on(first, lines), "{text}");
        }
        for text in [
            "-----Original Message-----\nFrom: Lena\nTo: Jonas\nSubject: Kettle",
            "I have forwarded this:\n\nthe key to the lamp",
            "________________________________\nFrom: Lena\nSent: Monday",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(!is_passed_on(first, lines), "{text}");
        }
        assert!(is_bare("From: Lena", "Sent: Monday\nTo: Jonas".lines()));
        assert!(!is_bare("From Lena", "Sent: Monday".lines()));
    }

    #[test]
    fn an_earlier_letter_begins_with_its_head() {
        for text in [
            "-----Original Message-----\nFrom: Lena\nTo: Jonas <jonas@waxwing.example>\nSubject: Kettle\n",
            "-------- Forwarded Message --------\nSubject: Oil\nDate: Monday\nFrom: Lena\nTo: Jonas",
            "-----Ursprüngliche Nachricht-----\nVon: Lena <lena@waxwing.example>\nGesendet: gestern",
            "----- 元のメッセージ -----\n差出人：Lena\n件名：Oil",
            "-----Skilaboð-----\nFrá: Lena <lena@waxwing.example>\nSent þann: mánudagur\nTil: Jonas",
            "________________________________\nFrom: Lena\nSent: Monday",
            "________________________________\n\n*De :* Lena\n*Envoyé :* lundi",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(begins(first, lines), "{text}");
        }
        for text in [
            "_______________________________________________\ncrew mailing list\ncrew@waxwing.example",
            "________________________________\nUnsubscribe: here",
            "-----\nFrom: Lena",
            "----- Chapter 2 -----\nIt was night.",
            "----------\nsee https://waxwing.example\nor ask",
            "--------------------\nOrder number: 1234\nDue date: 5 May\n--------------------",
            "--------------------\nFrom: Lena\nSent: Monday",
            "-------- Payment --------\nFrom: lena@waxwing.example\nTo: shop@pay.example\nAmount: 64.20 EUR",
            "____________________\nFrom: Kustwerk, office@kustwerk.example\nDate: 24 November\nInvoice: 2026-1147",
            "____________________\nOrder number: 1234\nDue date: 5 May\nSeller: Lena <lena@waxwing.example>",
            "----- Agenda -----\nMonday: start\nBring the keys!",
            "----- Agenda -----\nMonday: start\nTuesday: on\nQuestions: lena@waxwing.example",
            "----- Flight -----\nFrom: Oslo\nTo: Bergen\nDate: 5 May",
            "----- Invoice -----\nNumber: 12\nDate: 5 May\nFrom 8:30 on",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nall the words",
            "-----BEGIN PGP SIGNED MESSAGE-----\n\nFrom: Lena\nSubject: all the words",
            "-----BEGIN PGP MESSAGE-----\nFrom: lena@waxwing.example\nSubject: packed",
            "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n-----END PGP SIGNATURE-----",
        ] {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default();
            assert!(!begins(first, lines), "{text}");
        }
    }
}
