//! Texts as people and programs write them, and which of their lines are laid out by columns.

/// The lines of a text, those that are laid out by columns behind a bar.
fn marked(text: &str) -> String {
    let lines: Vec<(usize, &str)> = text.lines().map(|line| (0, line)).collect();
    let marks = super::of(&lines);
    let lines = lines.iter().zip(marks);
    lines
        .map(|((_, line), is_column)| match is_column {
            true => format!("| {line}\n"),
            false => format!("  {line}\n"),
        })
        .collect()
}

fn all(text: &str) -> bool {
    marked(text).lines().all(|line| line.starts_with("| "))
}

fn none(text: &str) -> bool {
    marked(text).lines().all(|line| line.starts_with("  "))
}

#[test]
fn a_table_is_one_from_its_head_to_its_last_row() {
    for text in [
        "Item   Price\n------------\nRope   12.00\nOil     3.50\nTotal\n       15.50",
        "Rope  12.00\nOil    3.50\nLamp   7.25",
        "Qty Item\n--- ----------\n  2 Rope      12.00\n  1 Oil        3.50",
        "Rope      12.00\nOil        3.50\n\nTotal     15.50",
        "+------+-------+\n| Item | Price |\n+------+-------+\n| Rope | 12.00 |\n+------+-------+",
        "Item | Price\n-----|------\nRope | 12\nA lamp of brass | 7",
        "┌──────┬───────┐\n│ Item │ Price │\n├──────┼───────┤\n│ Rope │ 12.00 │\n└──────┴───────┘",
        "名前    値段\n縄      1200\n油       350",
        " src/letter.rs | 12 ++++--\n src/text.rs   |  3 +\n 2 files changed\n    and more    here",
        "Rope\t12\nA very long name of something\nthat goes on\t3\nOil\t4",
    ] {
        assert!(all(text), "{}", marked(text));
    }
}

#[test]
fn differences_and_code_are_whole_with_their_empty_lines() {
    for text in [
        "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n fn a() {\n-    b\n+    c\n\n }",
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-one\n+two",
        "fn main() {\n    let a = 1;\n\n    print(a);\n}",
        "def a():\n    b = 1\n    return b",
        "```\nanything at all\n\nthat stands here\n```",
        "{\n  \"name\": \"Lena\",\n  \"lamps\": 3\n}",
    ] {
        assert!(all(text), "{}", marked(text));
    }
    let patch = "Here it is.\n\n@@ -1 +1 @@\n-one\n+two\n-- \nLena";
    assert_eq!(
        marked(patch),
        "  Here it is.\n  \n| @@ -1 +1 @@\n| -one\n| +two\n  -- \n  Lena\n"
    );
}

#[test]
fn words_are_no_columns_however_they_are_set() {
    for text in [
        "A sentence.  And another.\nOne more.  And the last.",
        "Home | About | Contact\nUnsubscribe | Privacy",
        "    A paragraph that is set in,\n    as a quotation from a book is.",
        "- rope;\n- oil;\n- a lamp, if there is one;\n- and the key;",
        "Well     said.\n\nI think so, too.",
        "━━━━━━━━━━━━\nThis week\n━━━━━━━━━━━━\nThe ferry goes again.",
        "If you come:\nbring the key, please.",
        "Hello Lena,\n\nthe lamp is lit. Shall we see each other on Monday?\n\nJonas",
        "<https://waxwing.example/a>\n<https://waxwing.example/b>",
        "```\nnothing closes this",
    ] {
        assert!(none(text), "{}", marked(text));
    }
}

#[test]
fn words_around_a_table_are_none_of_it() {
    let text = "The prices are these:\nRope      12\nOil        3\nPlease tell me which.\n\nAnd those of last year:\n\nRope      11\nOil        2";
    assert_eq!(
        marked(text),
        "  The prices are these:\n| Rope      12\n| Oil        3\n  Please tell me which.\n  \n  And those of last year:\n  \n| Rope      11\n| Oil        2\n"
    );
    // What is quoted deeper is another text.
    let quoted = [(1, "Rope      12"), (0, "Oil        3")];
    assert_eq!(super::of(&quoted), [false, false]);
}
