//! Which parts are the letter's text and which are attached to it (RFC 8621, section 4.1.4). No part is decoded.

use crate::structure::{Node, Structure};

/// Indices of nodes.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    /// What is read when plain text is wanted; HTML stands here only where there is nothing else.
    pub(crate) text: Vec<usize>,
    /// What is read when HTML is wanted; plain text stands here only where there is nothing else.
    pub(crate) html: Vec<usize>,
    pub(crate) attachments: Vec<usize>,
}

impl Bodies {
    pub(crate) fn choose(structure: &Structure<'_>) -> Self {
        let mut choice = Choice {
            structure,
            bodies: Self::default(),
        };
        choice.walk(&[0], "multipart/mixed", false, (true, true));
        choice.bodies
    }
}

struct Choice<'a> {
    structure: &'a Structure<'a>,
    bodies: Bodies,
}

impl Choice<'_> {
    /// The algorithm of RFC 8621. `wanted` says whether text and HTML are still collected; its recursion is as
    /// deep as the structure's limit at most.
    fn walk(&mut self, parts: &[usize], within: &str, in_alternative: bool, mut wanted: (bool, bool)) {
        let before = (self.bodies.text.len(), self.bodies.html.len());
        for (position, &index) in parts.iter().enumerate() {
            let Some(node) = self.structure.nodes.get(index) else {
                continue;
            };
            let media_type = node.content.media_type();
            if !node.is_leaf() {
                self.walk(
                    &node.children,
                    media_type,
                    in_alternative || media_type == "multipart/alternative",
                    wanted,
                );
            } else if !is_inline(node, position == 0, within) {
                self.bodies.attachments.push(index);
            } else if within == "multipart/alternative" {
                match media_type {
                    "text/plain" => self.bodies.text.push(index),
                    "text/html" => self.bodies.html.push(index),
                    _ => self.bodies.attachments.push(index),
                }
            } else {
                if in_alternative && media_type == "text/plain" {
                    wanted.1 = false;
                }
                if in_alternative && media_type == "text/html" {
                    wanted.0 = false;
                }
                if is_media(media_type) {
                    // A picture between texts is shown with them by some readers; here it is always listed.
                    self.bodies.attachments.push(index);
                    continue;
                }
                if wanted.0 {
                    self.bodies.text.push(index);
                }
                if wanted.1 {
                    self.bodies.html.push(index);
                }
            }
        }
        if within == "multipart/alternative" {
            self.share_the_only_alternative(before);
        }
    }

    /// An alternative with HTML but no text serves both, and the other way round.
    fn share_the_only_alternative(&mut self, before: (usize, usize)) {
        let Bodies { text, html, .. } = &mut self.bodies;
        if text.len() == before.0 && html.len() != before.1 {
            text.extend(html.get(before.1..).unwrap_or_default());
        } else if html.len() == before.1 && text.len() != before.0 {
            html.extend(text.get(before.0..).unwrap_or_default());
        }
    }
}

fn is_inline(node: &Node, is_first: bool, within: &str) -> bool {
    let media_type = node.content.media_type();
    if node.content.is_attachment()
        || !(matches!(media_type, "text/plain" | "text/html") || is_media(media_type))
    {
        return false;
    }
    is_first || (within != "multipart/related" && (is_media(media_type) || node.content.name().is_none()))
}

fn is_media(media_type: &str) -> bool {
    ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| media_type.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter from an outline: `mixed(plain, html)`; `x` is an attachment, `png` a picture.
    fn letter(outline: &str) -> String {
        fn part(outline: &str, depth: usize) -> String {
            match outline.split_once('(') {
                Some((kind, inner)) => {
                    let inner = inner.strip_suffix(')').expect("closed");
                    let mut parts = vec![String::new()];
                    let mut level = 0;
                    for c in inner.chars() {
                        level += i32::from(c == '(') - i32::from(c == ')');
                        match c {
                            ',' if level == 0 => parts.push(String::new()),
                            c => parts.last_mut().expect("one").push(c),
                        }
                    }
                    let body: String = parts
                        .iter()
                        .map(|p| format!("--b{depth}\n{}\n", part(p.trim(), depth + 1)))
                        .collect();
                    format!("Content-Type: multipart/{kind}; boundary=b{depth}\n\n{body}--b{depth}--")
                }
                None => match outline {
                    "plain" => "Content-Type: text/plain\n\nplain".into(),
                    "html" => "Content-Type: text/html\n\n<p>html".into(),
                    "png" => "Content-Type: image/png\nContent-ID: <a>\n\nPNG".into(),
                    "ics" => "Content-Type: text/calendar\n\nBEGIN".into(),
                    "named" => "Content-Type: text/plain; name=a.txt\n\ntext".into(),
                    _ => "Content-Type: application/pdf\nContent-Disposition: attachment\n\nPDF".into(),
                },
            }
        }
        part(outline, 0)
    }

    #[test]
    fn text_html_and_attachments_are_told_apart() {
        for (outline, text, html, attachments) in [
            ("plain", "plain", "plain", ""),
            ("html", "html", "html", ""),
            ("alternative(plain, html)", "plain", "html", ""),
            ("alternative(plain, html, ics)", "plain", "html", "calendar"),
            ("alternative(plain, related(html, png))", "plain", "html", "png"),
            ("related(alternative(plain, html), png)", "plain", "html", "png"),
            (
                "mixed(alternative(plain, html), x, plain)",
                "plain plain",
                "html plain",
                "pdf",
            ),
            ("mixed(plain, named, x)", "plain", "plain", "plain pdf"),
            ("mixed(x)", "", "", "pdf"),
            ("mixed(html, png, html)", "html html", "html html", "png"),
            ("alternative(html)", "html", "html", ""),
            ("alternative(plain, mixed(html, x))", "plain", "html", "pdf"),
        ] {
            let raw = letter(outline);
            let structure = Structure::read(raw.as_bytes());
            let bodies = Bodies::choose(&structure);
            let kinds = |indices: &[usize]| {
                let kinds = indices
                    .iter()
                    .map(|&i| structure.nodes[i].content.media_type().split_once('/').unwrap().1);
                kinds.collect::<Vec<_>>().join(" ")
            };
            assert_eq!(
                (
                    kinds(&bodies.text).as_str(),
                    kinds(&bodies.html).as_str(),
                    kinds(&bodies.attachments).as_str()
                ),
                (text, html, attachments),
                "{outline}"
            );
        }
    }
}
