//! A fault matrix, whichever protocol it is of: a column for each step, in which each fault has a cell. What happens in a cell, and
//! what is to come of it, is each matrix's own.

use std::fmt::Debug;
use std::sync::Mutex;

/// A column waits for its servers much of the time, so that several are filled side by side.
const SIDE_BY_SIDE: usize = 4;

/// Fills a column for each of the steps, and gives the cells of all.
pub fn fill<Step: Copy + Send, Cell: Send>(
    steps: &[Step],
    column: impl Fn(Step) -> Vec<Cell> + Sync,
) -> Vec<Cell> {
    let waiting = Mutex::new(steps.to_vec());
    let filled = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().expect("whole").pop();
                    let Some(step) = next else { return };
                    let cells = column(step);
                    filled.lock().expect("whole").extend(cells);
                }
            });
        }
    });
    filled.into_inner().expect("whole")
}

/// The matrix for people: a word in each cell, and the name of its fault before each row.
pub fn table<Step: Copy + Debug, Fault: Copy>(
    steps: &[Step],
    faults: &[Fault],
    name: impl Fn(Fault) -> String,
    word: impl Fn(Step, Fault) -> &'static str,
) -> String {
    let heads: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
    let names: Vec<String> = faults.iter().map(|fault| name(*fault)).collect();
    let first = widest(&names);
    // The longest words of cells have seven letters.
    let others = widest(&heads).max(7) + 2;
    let mut table = " ".repeat(first);
    for head in &heads {
        table += &format!("{head:>others$}");
    }
    for (fault, name) in faults.iter().zip(&names) {
        table += &format!("\n{name:<first$}");
        for step in steps {
            table += &format!("{:>others$}", word(*step, *fault));
        }
    }
    table
}

fn widest(words: &[String]) -> usize {
    words.iter().map(|word| word.chars().count()).max().unwrap_or(0)
}
