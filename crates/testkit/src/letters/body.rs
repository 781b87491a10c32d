//! The bodies of letters: plain, with an HTML twin, with an attachment, and the tables of a newsletter.
//! Headers that belong to the whole letter are written in `letters.rs`.

use super::chance::Chance;
use super::encode::{base64, quoted_printable};
use super::words::Language;

/// What a letter holds. Sizes are aimed at, in bytes before encoding.
pub(super) enum Body {
    Plain { size: usize },
    Alternative { size: usize },
    WithAttachment { size: usize, attachment: usize },
    Newsletter { size: usize, list: &'static str },
}

impl Body {
    /// Adds the headers of the content, an empty line and the content.
    pub(super) fn write(&self, letter: &mut Vec<u8>, language: &Language, chance: &mut Chance) {
        let boundary = format!("=_{:016x}", chance.next());
        let part = match self {
            Body::Plain { size } => text("plain", &language.prose(chance, *size)),
            Body::Alternative { size } => {
                let prose = language.prose(chance, *size);
                multipart(
                    "alternative",
                    &boundary,
                    &[text("plain", &prose), text("html", &paragraphs(&prose))],
                )
            }
            Body::WithAttachment { size, attachment } => {
                let file = attached(chance, *attachment);
                multipart(
                    "mixed",
                    &boundary,
                    &[text("plain", &language.prose(chance, *size)), file],
                )
            }
            Body::Newsletter { size, list } => {
                let html = newsletter(language, chance, *size, list);
                let plain = format!("Read this letter at https://{list}.example.net/today\n");
                multipart(
                    "alternative",
                    &boundary,
                    &[text("plain", &plain), text("html", &html)],
                )
            }
        };
        letter.extend_from_slice(part.as_bytes());
    }
}

fn text(subtype: &str, content: &str) -> String {
    format!(
        "Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
        quoted_printable(content)
    )
}

fn multipart(subtype: &str, boundary: &str, parts: &[String]) -> String {
    let mut whole = format!("Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\r\n\r\n");
    for part in parts {
        whole.push_str(&format!("--{boundary}\r\n{part}\r\n"));
    }
    whole.push_str(&format!("--{boundary}--\r\n"));
    whole
}

fn attached(chance: &mut Chance, size: usize) -> String {
    let (kind, name) = chance.pick(&[
        ("application/pdf", "report.pdf"),
        ("image/png", "photo.png"),
        ("application/zip", "all.zip"),
    ]);
    let bytes: Vec<u8> = std::iter::repeat_with(|| chance.next().to_le_bytes())
        .take(size / 8 + 1)
        .flatten()
        .collect();
    format!(
        "Content-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}",
        base64(&bytes)
    )
}

fn paragraphs(prose: &str) -> String {
    let inner: String = prose.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    format!("<html><head><meta charset=\"utf-8\"></head>\n<body>\n{inner}</body></html>\n")
}

/// Nested tables, inline styles, a style sheet and remote pictures, as newsletters have them.
fn newsletter(language: &Language, chance: &mut Chance, size: usize, list: &str) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{list}</title>\n<style>\n\
         body {{ margin: 0; background: #f4f1ea; }}\n.button {{ background: #0f766e; color: #fff; padding: 8px 16px; }}\n\
         @media (max-width: 600px) {{ .column {{ width: 100% !important; }} }}\n</style></head>\n<body>\n\
         <table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\"><tr><td align=\"center\">\n"
    );
    let mut number = 0;
    while html.len() < size {
        number += 1;
        let prose = language.prose(chance, 400);
        html.push_str(&format!(
            "<table class=\"column\" width=\"600\" style=\"border-collapse: collapse; font-family: Georgia, serif\">\n\
             <tr><td style=\"padding: 24px\"><img src=\"https://{list}.example.net/i/{number}.png\" width=\"552\" alt=\"\">\n\
             <h2 style=\"color: #1c1917\">{}</h2>\n<p style=\"line-height: 1.5\">{prose}</p>\n\
             <a class=\"button\" href=\"https://{list}.example.net/story/{number}\">Read on</a></td></tr></table>\n",
            language.subject(chance)
        ));
    }
    html.push_str(&format!(
        "</td></tr></table>\n<img src=\"https://{list}.example.net/open.gif\" width=\"1\" height=\"1\" alt=\"\">\n</body></html>\n"
    ));
    html
}
