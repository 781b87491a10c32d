//! The letters of these journeys, as they stand on the wire.

pub fn from(sender: &str, subject: &str, minute: u32) -> Vec<u8> {
    format!(
        "From: {sender}\r\nTo: lena@waxwing.test\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 10:{minute:02}:00 +0000\r\n\
         Message-ID: <{subject}@fjord.test>\r\n\r\nHello Lena.\r\n"
    )
    .into_bytes()
}

pub fn plain(sender: &str, subject: &str) -> Vec<u8> {
    from(sender, subject, 0)
}

/// A letter that wants pictures, counts its readers, and has an honest link and another.
pub fn kettle() -> Vec<u8> {
    let html = "<a href=\"https://shop.test/kettle?utm_source=mail\">The kettle</a> \
        <a href=\"https://evil.test/login\">www.bank.test</a>\
        <img src=\"https://img.shop.test/1.png\"><img src=\"https://img.shop.test/2.png\"><img src=\"https://cdn.test/3.png\">\
        <img src=\"https://shop.list-manage.com/track/open.php?u=1\" width=\"1\" height=\"1\">\
        <img src=\"https://pixel.test/p.gif\" width=\"1\" height=\"1\">";
    format!(
        "From: Shop <news@shop.test>\r\nTo: lena@waxwing.test\r\nSubject: kettle\r\nMessage-ID: <kettle@shop.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nList-Id: Kettles <kettles.shop.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    )
    .into_bytes()
}

pub fn newsletter(name: &str, leave: &str) -> Vec<u8> {
    format!(
        "From: News <news@nordlicht.test>\r\nTo: lena@waxwing.test\r\nSubject: {name}\r\nMessage-ID: <{name}@nordlicht.test>\r\n\
         Date: Mon, 23 Nov 2026 10:42:00 +0000\r\nList-Id: {name} <{name}.nordlicht.test>\r\nList-Unsubscribe: {leave}\r\n\
         List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nNews.\r\n"
    )
    .into_bytes()
}
