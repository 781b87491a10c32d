//! The type that says "this may be shown". Only this crate makes one; nothing edits one afterwards.

use crate::mode::Mode;
use crate::options::Quotes;

/// A letter that went through the sanitiser: the fragment for a body, and the style sheet it kept.
///
/// There is no public constructor, no `From<String>` and no way to change one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml {
    fragment: String,
    style_sheet: String,
    paper: Paper,
    mode: Mode,
    /// The attributes of the body around it.
    body: String,
    /// It is a picture that stands between other parts.
    is_picture: bool,
    /// What it quotes was passed on.
    passed_on: bool,
}

/// On what the letter wants to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Paper {
    /// It brings no colours, so it takes those of the app, dark ones too.
    #[default]
    App,
    /// It brings colours of its own, which were chosen for white paper.
    White,
    /// It brings colours of its own, and they were changed for dark paper.
    Darkened,
}

impl SafeHtml {
    pub(crate) fn new(fragment: String, style_sheet: String, paper: Paper) -> Self {
        Self {
            fragment,
            style_sheet,
            paper,
            mode: Mode::Standards,
            body: String::new(),
            is_picture: false,
            passed_on: false,
        }
    }

    pub(crate) fn into_picture(self) -> Self {
        Self {
            is_picture: true,
            ..self
        }
    }

    pub(crate) fn with_quotes(self, quotes: Quotes) -> Self {
        Self {
            passed_on: quotes == Quotes::PassedOn,
            ..self
        }
    }

    /// Whether what it quotes is what it is for.
    pub(crate) fn is_passed_on(&self) -> bool {
        self.passed_on
    }

    pub(crate) fn with_body(self, body: String) -> Self {
        Self { body, ..self }
    }

    pub(crate) fn with_mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// How it is read.
    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// The attributes of the body around it.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What goes between `<body>` and `</body>`.
    pub fn fragment(&self) -> &str {
        &self.fragment
    }

    /// What was kept of the letter's own style sheets.
    pub fn style_sheet(&self) -> &str {
        &self.style_sheet
    }

    /// Whether there is nothing to see: no text and no picture.
    pub fn is_empty(&self) -> bool {
        let mut in_tag = false;
        !self.fragment.contains("<img")
            && self.fragment.chars().all(|character| match character {
                '<' => {
                    in_tag = true;
                    true
                }
                '>' if in_tag => {
                    in_tag = false;
                    true
                }
                _ => in_tag || character.is_whitespace(),
            })
    }

    /// Whether the letter's own colours were changed for dark paper.
    pub fn is_darkened(&self) -> bool {
        self.paper == Paper::Darkened
    }

    /// The letter where it has no body of its own, in an element that says the same.
    pub(crate) fn write_wrapped(&self, to: &mut String) {
        if self.body.is_empty() {
            to.push_str(&self.fragment);
            return;
        }
        for piece in ["<div", &self.body, ">", &self.fragment, "</div>"] {
            to.push_str(piece);
        }
    }

    pub(crate) fn paper(&self) -> Paper {
        self.paper
    }

    /// One letter of several parts. Each part is whole by itself, so no tag of one reaches into another.
    pub(crate) fn join(parts: Vec<SafeHtml>) -> SafeHtml {
        if parts.len() == 1 {
            return parts.into_iter().next().unwrap_or_default();
        }
        let mut whole = SafeHtml::default();
        for part in parts {
            whole.fragment.push_str(match part.is_picture {
                true => "<div class=\"waxwing-part waxwing-between\">",
                false => "<div class=\"waxwing-part\">",
            });
            part.write_wrapped(&mut whole.fragment);
            whole.fragment.push_str("</div>");
            whole.style_sheet.push_str(&part.style_sheet);
            whole.passed_on |= part.passed_on;
            // What was meant for the tables of one part is nothing for those of another.
            whole.mode = whole.mode.max(part.mode.min(Mode::LimitedQuirks));
            // One part that wants white paper has all on it: dark text that was not changed would be lost on dark.
            if part.paper == Paper::White || whole.paper == Paper::App {
                whole.paper = part.paper;
            }
        }
        whole
    }
}
