//! The last filter: ammonia over the whole tree, with our own look at each value. What it returns is shown.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};
use std::thread;

use ammonia::{Builder, UrlRelative};

use crate::element::KEPT;
use crate::policy::{self, Policy};

/// The tree is flat by now, but a parser's stack is not ours to measure, so long letters get a large one.
const STACK: usize = 64 * 1024 * 1024;
/// Letters shorter than this cannot nest deep enough to matter, and a thread costs more than they do.
const SHORT: usize = 64 * 1024;
/// A letter that has not settled by then is shown as it is: safe, if perhaps not as it would read back.
const MOST_ROUNDS: usize = 8;

/// Runs the last filter. `None` if it broke down, in which case nothing may be shown.
pub(crate) fn clean(html: String, policy: Policy) -> Option<String> {
    if html.len() <= SHORT {
        return catch_unwind(AssertUnwindSafe(|| filter(&html, policy)))
            .ok()
            .flatten();
    }
    let thread = thread::Builder::new()
        .name("sanitize".to_owned())
        .stack_size(STACK);
    thread
        .spawn(move || filter(&html, policy))
        .ok()?
        .join()
        .ok()
        .flatten()
}

/// Misnested tags can make a tree that reads back as another one: harmless, since every element in it is, but what
/// was checked should be what is shown. So a disordered letter goes round until it no longer changes.
fn filter(html: &str, policy: Policy) -> Option<String> {
    let (builder, disordered) = (filter_for(policy.sending), policy.disordered);
    let found = Arc::clone(&policy.found);
    let before = CURRENT.replace(Some(policy));
    let _held = Held(before);
    let mut clean = once(builder, html)?;
    found.step(html.len());
    for _ in 0..if disordered { MOST_ROUNDS } else { 0 } {
        found.step(clean.len());
        found.begin_anew();
        let again = once(builder, &clean)?;
        if again == clean {
            break;
        }
        clean = again;
    }
    Some(clean)
}

/// Straight into memory, where `to_string` would write it twice.
fn once(builder: &Builder<'_>, html: &str) -> Option<String> {
    // What is written anew is a little longer: quotes, end tags, what links say of themselves.
    let mut clean = Vec::with_capacity(html.len() + html.len() / 4);
    builder.clean(html).write_to(&mut clean).ok()?;
    String::from_utf8(clean).ok()
}

thread_local! {
    /// What the filter of this thread goes by just now. The filters themselves are made once for all letters.
    static CURRENT: RefCell<Option<Policy>> = const { RefCell::new(None) };
}

/// Puts back what the thread went by before, also where the filter breaks down.
struct Held(Option<Policy>);

impl Drop for Held {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

fn filter_for(sending: bool) -> &'static Builder<'static> {
    static SHOWING: LazyLock<Builder<'static>> = LazyLock::new(|| build(false));
    static SENDING: LazyLock<Builder<'static>> = LazyLock::new(|| build(true));
    if sending { &SENDING } else { &SHOWING }
}

fn build(sending: bool) -> Builder<'static> {
    let (generic, single) = policy::attributes();
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.into_iter().collect())
        .generic_attributes(generic)
        .tag_attributes(single)
        .url_schemes(
            ["http", "https", "ftp", "mailto", "tel", "data", "cid", "letter"]
                .into_iter()
                .collect(),
        )
        .url_relative(UrlRelative::Deny)
        .strip_comments(true)
        .link_rel((!sending).then_some("noopener noreferrer"))
        .attribute_filter(value);
    if !sending {
        let blank = HashMap::from([("target", "_blank")]);
        builder.set_tag_attribute_values(HashMap::from([("a", blank.clone()), ("area", blank)]));
    }
    builder
}

/// An attribute as the policy of this thread lets it stay. Without a policy nothing stays.
fn value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        // Put in by the builder itself.
        "target" => Some(value.into()),
        "rel" if element == "a" => Some(value.into()),
        _ => CURRENT.with_borrow_mut(|policy| policy.as_mut()?.value(element, attribute, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(html: &str, sending: bool) -> String {
        let pictures = [
            "letter://localhost/token/1",
            "https://evil.example/a.png",
            "cid:a@b",
        ];
        let pictures = pictures.into_iter().map(str::to_owned).collect();
        filter(
            html,
            Policy {
                pictures,
                sending,
                disordered: false,
                found: Default::default(),
                styles: Default::default(),
            },
        )
        .expect("it does not break down")
    }

    #[test]
    fn the_last_filter_holds_without_the_first_pass() {
        for (html, clean) in [
            (
                "<img src=letter://localhost/token/1>",
                "<img src=\"letter://localhost/token/1\">",
            ),
            ("<img src=letter://localhost/token/2>", "<img>"),
            ("<img src=https://evil.example/a.png>", "<img>"),
            (
                "<img src=cid:a@b><img src=data:image/svg+xml;base64,AA>",
                "<img><img>",
            ),
            (
                "<p style='background: red url(//evil.example)' onclick=x>y",
                "<p style=\"background: red none\">y</p>",
            ),
            ("<svg><style>@import 'x'</style></svg><script>x</script>", ""),
            (
                "<form action=x><input src=x></form><td background=//evil.example>",
                "",
            ),
            (
                "<a href=javascript:x target=_top rel=opener>y</a>",
                "<a target=\"_blank\" rel=\"noopener noreferrer\">y</a>",
            ),
            (
                "<map name=m><area rel=opener href=data:text/html,x></map>",
                "<map name=\"m\"><area rel=\"noopener noreferrer\" target=\"_blank\"></map>",
            ),
            (
                "<img usemap=https://evil.example/m><img usemap=#m>",
                "<img><img usemap=\"#m\">",
            ),
        ] {
            assert_eq!(alone(html, false), clean, "{html}");
        }
    }

    #[test]
    fn our_own_scheme_never_goes_out() {
        assert_eq!(
            alone("<img src=letter://localhost/token/1><img src=cid:a@b>", true),
            "<img><img src=\"cid:a@b\">"
        );
    }
}
