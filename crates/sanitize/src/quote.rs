//! Which elements hold what somebody wrote before: the marks that mail programs leave on their quotes.

use crate::attributes::Attributes;

/// The class that the interface folds.
pub(crate) const CLASS: &str = "waxwing-quote";

/// The class of what was passed on, which is drawn as what the letter says.
pub(crate) const PASSED_ON: &str = "waxwing-passed-on";

const CLASSES: [&str; 8] = [
    "gmail_quote",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "moz-forward-container",
    "quoted-message",
    CLASS,
];

/// What Outlook names the element that it puts around all of an earlier letter, on telephones and in its newer program.
const AROUND: &str = "mail-editor-reference-message-container";

/// Whether this element is a quote of an earlier letter. A `<blockquote>` alone is not one: people quote books.
pub(crate) fn is_quote(element: &str, attributes: &Attributes) -> bool {
    match element {
        "blockquote" => {
            attributes
                .get("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("cite"))
                || attributes.get("cite").is_some()
                || marked(attributes)
        }
        "div" => {
            marked(attributes)
                || attributes
                    .get("id")
                    .is_some_and(|id| unprefixed(id.trim()) == AROUND)
        }
        _ => false,
    }
}

/// Whether with this element an earlier letter begins that goes on to the end, as Outlook writes it: no element is around it, and its
/// head stands below a line.
pub(crate) fn begins_earlier(element: &str, attributes: &Attributes) -> bool {
    element == "div"
        && (attributes.get("id").is_some_and(is_head) || attributes.get("style").is_some_and(is_below_line))
}

/// The names that Outlook gives to what parts an answer from what it answers, in the browser.
fn is_head(id: &str) -> bool {
    const HEADS: [&str; 2] = ["appendonsend", "divRplyFwdMsg"];
    HEADS.contains(&unprefixed(id.trim()))
}

/// The line that Word draws above the head of an earlier letter, in the greys that it has drawn it in.
fn is_below_line(style: &str) -> bool {
    if style.len() > 200 || !style.contains("border-top") {
        return false;
    }
    let style: String = style
        .chars()
        .filter(|one| !one.is_ascii_whitespace())
        .map(|one| one.to_ascii_lowercase())
        .collect();
    let has_line = [
        "solid#e1e1e11.0pt",
        "solid#b5c4df1.0pt",
        "1ptsolidrgb(225,225,225)",
        "1ptsolidrgb(181,196,223)",
    ]
    .iter()
    .any(|line| style.contains(&format!("border-top:{line}")));
    let has_room = ["padding:3.0pt0", "padding:3pt0"]
        .iter()
        .any(|room| style.contains(room));
    has_line && has_room
}

/// Outlook prefixes classes with `x_`, once for every time a letter went through it.
fn marked(attributes: &Attributes) -> bool {
    attributes.classes().any(|class| {
        let class = unprefixed(class);
        CLASSES.iter().any(|known| known.eq_ignore_ascii_case(class))
    })
}

fn unprefixed(name: &str) -> &str {
    let mut name = name;
    while let Some(shorter) = name.strip_prefix("x_") {
        name = shorter;
    }
    name
}
