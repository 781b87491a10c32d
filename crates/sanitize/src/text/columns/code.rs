//! Code and differences between files in a plain text. What is between fences is code whatever it says; of all else at least every
//! second line has to look like some.

/// A fence that is not closed within so many lines is none.
const LONGEST_FENCED: usize = 2_000;

/// Marks the lines that are code.
pub(super) fn mark(texts: &[&str], marks: &mut [bool]) {
    let mut at = 0;
    while at < texts.len() {
        let rest = texts.get(at..).unwrap_or_default();
        let length = match fenced(rest).or_else(|| difference(rest)) {
            Some(length) => length,
            None => {
                let block = rest.iter().take_while(|text| !text.trim().is_empty()).count();
                let code = code(rest.get(..block).unwrap_or_default());
                for mark in marks.iter_mut().skip(at + code.start).take(code.len()) {
                    *mark = true;
                }
                at += block.max(1);
                continue;
            }
        };
        for mark in marks.iter_mut().skip(at).take(length) {
            *mark = true;
        }
        at += length;
    }
}

/// How many lines a fence holds, with itself.
fn fenced(texts: &[&str]) -> Option<usize> {
    let is_fence = |text: &str| text.trim_start().starts_with("```");
    texts.first().filter(|text| is_fence(text))?;
    let within = texts.iter().take(LONGEST_FENCED).skip(1);
    let closed = within.take_while(|text| !is_fence(text)).count() + 2;
    (closed <= texts.len().min(LONGEST_FENCED)).then_some(closed)
}

/// How many lines a difference between files has (POSIX diff, unified format, and what git writes around it).
fn difference(texts: &[&str]) -> Option<usize> {
    let begins_hunk = |text: &&str| text.starts_with("@@ -");
    let [first, second, third, ..] = texts else {
        return None;
    };
    let is_head = |one: &str, next: &str| one.starts_with("--- ") && next.starts_with("+++ ");
    let begins = first.starts_with("diff --git ")
        || begins_hunk(first)
        || is_head(first, second) && begins_hunk(third);
    if !begins {
        return None;
    }
    let is_part = |text: &&&str| {
        // The two signs before a signature are an end, though a line that was taken out may begin so.
        !matches!(**text, "-- " | "--")
            && (text.is_empty()
                || text.starts_with([' ', '+', '-', '@', '\\'])
                || [
                    "diff ",
                    "index ",
                    "new file",
                    "deleted file",
                    "old mode",
                    "new mode",
                    "rename ",
                    "similarity ",
                ]
                .iter()
                .any(|head| text.starts_with(head)))
    };
    let part = texts.iter().take_while(is_part).count();
    let ends = texts.get(..part).unwrap_or_default();
    ends.iter()
        .rposition(|text| !text.trim().is_empty())
        .map(|last| last + 1)
}

/// Which lines of a block are code: from the first that looks so to the last, where every second does.
fn code(block: &[&str]) -> std::ops::Range<usize> {
    let count = block.iter().filter(|text| is_code(text)).count();
    if count < 2 || count * 2 < block.len() {
        return 0..0;
    }
    let belongs = |text: &&str| is_code(text) || text.starts_with([' ', '\t']);
    let first = block.iter().position(&belongs);
    let last = block.iter().rposition(belongs);
    first.zip(last).map_or(0..0, |(first, last)| first..last + 1)
}

fn is_code(text: &str) -> bool {
    let text = text.trim();
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.ends_with(['{', '}']) || matches!(text, "});" | ");" | "]" | "];" | "]," | "}," | ")" | "),") {
        return true;
    }
    // Items of a list end with it too.
    if text.ends_with(';') {
        return holds(&["(", "=", "::", "->"])
            || begins(&[
                "return", "use ", "import ", "break", "continue", "let ", "var ", "const ",
            ]);
    }
    if text.ends_with(':') {
        return begins(&[
            "def ", "class ", "elif ", "else:", "try:", "except", "for ", "while ", "if ", "with ",
        ]);
    }
    begins(&[
        "#include", "#define", "#!/", "$ ", "// ", "/* ", "return ", "print(",
    ]) || text.starts_with('"') && text.contains("\": ")
        || text.contains(" = ") && !text.ends_with(['.', '?', '!', ','])
        || is_element(text)
}

/// An element of HTML or XML alone in its line, and not an address between signs.
fn is_element(text: &str) -> bool {
    text.starts_with('<')
        && text.ends_with('>')
        && !text.contains("://")
        && !text.contains('@')
        && text.len() > 2
}
