//! The last filter: ammonia over the whole tree, with our own look at each value. What it returns is shown.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use ammonia::{Builder, UrlRelative};

use crate::element::KEPT;
use crate::policy::{self, Policy};

/// The tree is flat by now, but a parser's stack is not ours to measure, so long letters get a large one.
const STACK: usize = 64 * 1024 * 1024;
/// Letters shorter than this cannot nest deep enough to matter, and a thread costs more than they do.
const SHORT: usize = 64 * 1024;

/// Runs the last filter. `None` if it broke down, in which case nothing may be shown.
pub(crate) fn clean(html: String, policy: Policy) -> Option<String> {
    if html.len() <= SHORT {
        return catch_unwind(AssertUnwindSafe(|| filter(&html, policy))).ok();
    }
    let thread = thread::Builder::new()
        .name("sanitize".to_owned())
        .stack_size(STACK);
    thread.spawn(move || filter(&html, policy)).ok()?.join().ok()
}

fn filter(html: &str, policy: Policy) -> String {
    let sending = policy.sending;
    let (generic, single) = policy::attributes();
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.into_iter().collect())
        .generic_attributes(generic)
        .tag_attributes(single)
        .url_schemes(
            ["http", "https", "mailto", "data", "cid", "letter"]
                .into_iter()
                .collect(),
        )
        .url_relative(UrlRelative::Deny)
        .strip_comments(true)
        .link_rel((!sending).then_some("noopener noreferrer"))
        .attribute_filter(move |element, attribute, value| match attribute {
            // These two are put in by the builder itself, below.
            "target" | "rel" => Some(value.into()),
            _ => policy.value(element, attribute, value),
        });
    if !sending {
        let blank = || HashMap::from([("target", "_blank")]);
        let area = HashMap::from([("target", "_blank"), ("rel", "noopener noreferrer")]);
        builder.set_tag_attribute_values(HashMap::from([("a", blank()), ("area", area)]));
    }
    builder.clean(html).to_string()
}
