//! Which parts are the letter's text and which are attached to it (RFC 8621, section 4.1.4). No part is decoded.

use crate::structure::{Node, Structure};

/// Indices of nodes.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    /// What is read when plain text is wanted; HTML stands here only where there is nothing else.
    pub(crate) text: Vec<usize>,
    /// What is read when HTML is wanted; plain text stands here only where there is nothing else.
    pub(crate) html: Vec<usize>,
    /// What is called a picture and stands between the texts, each before the one of `html` with this number. They are
    /// attachments too, whatever they are.
    pub(crate) pictures: Vec<(usize, usize)>,
    pub(crate) attachments: Vec<usize>,
    /// Those of them that are another form of the text, as the invitation beside its words: nobody has attached them.
    pub(crate) other_forms: Vec<usize>,
}

impl Bodies {
    pub(crate) fn choose(structure: &Structure<'_>) -> Self {
        let mut choice = Choice {
            structure,
            bodies: Self::default(),
        };
        choice.walk(&[0], Within::default(), (true, true));
        choice.bodies
    }
}

/// What a part stands in.
#[derive(Clone, Copy, Default)]
struct Within<'a> {
    /// The multipart around it.
    parent: Option<&'a Node>,
    in_alternative: bool,
}

impl Within<'_> {
    fn is(&self, media_type: &str) -> bool {
        self.parent
            .is_some_and(|parent| parent.content.media_type() == media_type)
    }
}

struct Choice<'a> {
    structure: &'a Structure<'a>,
    bodies: Bodies,
}

impl Choice<'_> {
    /// The algorithm of RFC 8621. `wanted` says whether text and HTML are still collected; its recursion is as
    /// deep as the structure's limit at most.
    fn walk(&mut self, parts: &[usize], within: Within<'_>, mut wanted: (bool, bool)) {
        let before = (self.bodies.text.len(), self.bodies.html.len());
        let root = self.root(parts, within);
        let mut others = Vec::new();
        for &index in parts {
            let Some(node) = self.structure.nodes.get(index) else {
                continue;
            };
            let media_type = node.content.media_type();
            if !node.is_leaf() {
                let inside = Within {
                    parent: Some(node),
                    in_alternative: within.in_alternative || media_type == "multipart/alternative",
                };
                self.walk(&node.children, inside, wanted);
            } else if within.is("multipart/alternative") {
                self.alternative(index, node, (root == Some(index), before.1), &mut others);
            } else if !is_inline(node, root == Some(index), within) {
                self.bodies.attachments.push(index);
            } else if is_media(media_type) {
                if media_type.starts_with("image/") {
                    self.bodies.pictures.push((self.bodies.html.len(), index));
                }
                self.bodies.attachments.push(index);
            } else {
                if within.in_alternative && media_type == "text/html" {
                    wanted.0 = false;
                } else if within.in_alternative {
                    wanted.1 = false;
                }
                if wanted.0 {
                    self.bodies.text.push(index);
                }
                if wanted.1 {
                    self.bodies.html.push(index);
                }
            }
        }
        if within.is("multipart/alternative") {
            self.read_another_form(before, others);
            self.share_the_only_alternative(before);
        }
    }

    /// The part with which the letter begins: of related parts the one that is named as their root (RFC 2387, section 3.2),
    /// or else the first that can be one.
    fn root(&self, parts: &[usize], within: Within<'_>) -> Option<usize> {
        let node = |index: &&usize| self.structure.nodes.get(**index);
        if !within.is("multipart/related") {
            return parts.first().copied();
        }
        let start = within.parent.and_then(|parent| parent.content.parameter("start"));
        let start = start
            .as_deref()
            .map(|start| start.trim().trim_matches(['<', '>']));
        let named = parts.iter().find(|index| {
            start.is_some_and(|start| {
                node(index).is_some_and(|node| node.content.content_id.as_deref() == Some(start))
            })
        });
        let can_be = |index: &&usize| {
            node(index).is_some_and(|node| !node.is_leaf() || node.content.media_type().starts_with("text/"))
        };
        named
            .or_else(|| parts.iter().find(can_be))
            .or(parts.first())
            .copied()
    }

    /// One of several forms of the same. A form that is not understood here is no file, if it does not say that it is one.
    /// `before`: how many HTML texts there were before the first form.
    fn alternative(
        &mut self,
        index: usize,
        node: &Node,
        (is_first, before): (bool, usize),
        others: &mut Vec<usize>,
    ) {
        let content = &node.content;
        let is_unnamed = is_first || content.name().is_none();
        let no_html_yet = self.bodies.html.len() == before;
        match content.media_type() {
            "text/plain" if !content.is_attachment() && is_unnamed => {
                // No better form, but more text: programs of lists put their footer here, behind the letter.
                self.bodies.text.push(index);
            }
            "text/html" if !content.is_attachment() && (is_unnamed || no_html_yet) => {
                self.take_better_form(before, index);
            }
            "text/calendar" | "application/ics" if !content.is_attachment() => {
                self.bodies.other_forms.push(index);
                self.bodies.attachments.push(index);
            }
            text if text.starts_with("text/") && content.is_bare() => others.push(index),
            _ => self.bodies.attachments.push(index),
        }
    }

    /// Of two forms in HTML the last is the best (RFC 2046, section 5.1.4). The other one is listed, and nobody's file.
    fn take_better_form(&mut self, before: usize, index: usize) {
        let Bodies { html, .. } = &mut self.bodies;
        let worse = html.split_off(before.min(html.len()));
        html.push(index);
        self.bodies.other_forms.extend(&worse);
        self.bodies.attachments.extend(worse);
    }

    /// Where no form is plain or HTML, another one is read that is text all the same. Nothing is lost of what is not.
    fn read_another_form(&mut self, before: (usize, usize), others: Vec<usize>) {
        if self.bodies.text.len() > before.0 || self.bodies.html.len() > before.1 {
            return;
        }
        let is_text = |index: &usize| {
            let node = self.structure.nodes.get(*index);
            node.is_some_and(|node| reads_as_text(node.content.media_type()))
        };
        match others.iter().copied().find(is_text) {
            Some(index) => self.bodies.text.push(index),
            None => self.bodies.attachments.extend(others),
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

fn is_inline(node: &Node, is_root: bool, within: Within<'_>) -> bool {
    let content = &node.content;
    let media_type = content.media_type();
    if content.is_attachment() {
        return false;
    }
    let is_known = matches!(media_type, "text/plain" | "text/html") || is_media(media_type);
    let is_text = is_known || (content.is_bare() && reads_as_text(media_type));
    if !is_text {
        return false;
    }
    is_root || (!within.is("multipart/related") && (is_media(media_type) || content.name().is_none()))
}

/// Texts of a kind that is not known are plain (RFC 2046, section 4.1.4), but for those that are made for programs. A piece
/// of a letter is text as far as anybody can tell.
fn reads_as_text(media_type: &str) -> bool {
    const FOR_PROGRAMS: [&str; 11] = [
        "text/calendar",
        "text/css",
        "text/directory",
        "text/javascript",
        "text/rfc822-headers",
        "text/rtf",
        "text/vcard",
        "text/watch-html",
        "text/x-amp-html",
        "text/x-vcalendar",
        "text/x-vcard",
    ];
    media_type == "message/partial" || media_type.starts_with("text/") && !FOR_PROGRAMS.contains(&media_type)
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
                    let kind = kind.replace('?', "; start=\"<root>\"");
                    format!("Content-Type: multipart/{kind}; boundary=b{depth}\n\n{body}--b{depth}--")
                }
                None => match outline {
                    "plain" => "Content-Type: text/plain\n\nplain".into(),
                    "html" => "Content-Type: text/html\n\n<p>html".into(),
                    "png" => "Content-Type: image/png\nContent-ID: <a>\n\nPNG".into(),
                    "ics" => "Content-Type: text/calendar\n\nBEGIN".into(),
                    "amp" => "Content-Type: text/x-amp-html\n\n<html amp4email>".into(),
                    "md" => "Content-Type: text/markdown\n\n# text".into(),
                    "csv" => "Content-Type: text/csv; name=a.csv\n\n1,2".into(),
                    "root" => "Content-Type: text/html\nContent-ID: <root>\n\n<p>html".into(),
                    "page" => "Content-Type: text/html; name=body.html\n\n<p>html".into(),
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
            ("related(png, html)", "html", "html", "png"),
            ("related?(png, plain, root)", "html", "html", "png plain"),
            ("related?(png, html)", "html", "html", "png"),
            ("related(png)", "", "", "png"),
            ("alternative(plain, amp, html)", "plain", "html", ""),
            ("alternative(plain, md)", "plain", "plain", ""),
            ("alternative(plain, plain)", "plain plain", "plain plain", ""),
            ("alternative(plain, html, plain)", "plain plain", "html", ""),
            ("alternative(plain, html, html)", "plain", "html", "html"),
            ("alternative(plain, page)", "plain", "html", ""),
            ("alternative(plain, html, page)", "plain", "html", "html"),
            ("alternative(md)", "markdown", "markdown", ""),
            ("alternative(amp)", "", "", "x-amp-html"),
            ("md", "markdown", "markdown", ""),
            ("csv", "", "", "csv"),
            ("mixed(plain, md)", "plain markdown", "plain markdown", ""),
            ("ics", "", "", "calendar"),
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
