//! How much work something is, compared and never clocked: whether four times as much of a text is about four times the work,
//! and whether two texts are about the same.
//!
//! What is compared is the time that the thread at hand had a processor (`CLOCK_THREAD_CPUTIME_ID`, POSIX.1-2017), so that a busy
//! machine, on which a test waits for its turn, changes nothing; and it is the least of several tries, since caches and clocks of
//! processors are shared all the same. Where the code itself counts its steps, that is the better measure. Not here: what is
//! waited for, which is in `moments`.

use std::fmt::Display;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

/// The longer one of two inputs is so many times as long.
const LONGER: usize = 4;
/// Work that looks at each piece once is four times as much then, and sixteen times where each piece is held against all others.
/// This lies as far from the one as from the other.
const LINEAR: f64 = 8.0;
/// Two works are alike as long as one is not so many times the other.
const ALIKE: f64 = 4.0;
/// Work is repeated until it takes so long. The clock of Windows goes on every sixty-fourth of a second only.
const ENOUGH: Duration = Duration::from_millis(if cfg!(windows) { 200 } else { 2 });
/// Tries that are made in any case, and at most. What takes as long as this in one try is not tried again: nothing else that a
/// machine does is seen in it.
const FEWEST: u32 = 2;
const MOST: u32 = 8;
const PLENTY: Duration = Duration::from_secs(2);

/// Holds `work` to what is linear: on what `make` makes of `4 * size` it is not eight times the work that it is on what it makes
/// of `size`. The size should be one at which a look at all the rest for each piece would be most of the work, and no larger.
///
/// # Panics
/// Where it is more, with the sentence that `what` begins.
pub fn assert_linear<I, R>(
    what: impl Display,
    size: usize,
    make: impl Fn(usize) -> I,
    work: impl Fn(&I) -> R,
) {
    let (short, long) = (make(size), make(LONGER * size));
    let times = times_as_much(
        &|| drop(black_box(work(black_box(&short)))),
        &|| drop(black_box(work(black_box(&long)))),
        LINEAR,
    );
    assert!(
        times < LINEAR,
        "{what}: {LONGER} times as long is {times:.1} times the work"
    );
}

/// Holds two works to be about the same: `other` is not four times the work that `one` is.
///
/// # Panics
/// Where it is more, with the sentence that `what` begins.
pub fn assert_alike<R>(what: impl Display, one: impl Fn() -> R, other: impl Fn() -> R) {
    let times = times_as_much(&|| drop(black_box(one())), &|| drop(black_box(other())), ALIKE);
    assert!(times < ALIKE, "{what}: it is {times:.1} times the work");
}

/// How many times the work of `one` that of `other` is. It is tried again as long as that is not below the bound.
fn times_as_much(one: &dyn Fn(), other: &dyn Fn(), bound: f64) -> f64 {
    let mut repeats = 1;
    while took(one, repeats) < ENOUGH {
        repeats *= 2;
    }
    let (mut least, mut least_of_other) = (Duration::MAX, Duration::MAX);
    let mut times = f64::INFINITY;
    for tries in 1..=MOST {
        least = least.min(took(one, repeats));
        least_of_other = least_of_other.min(took(other, repeats));
        times = least_of_other.as_secs_f64() / least.as_secs_f64();
        let is_settled = times < bound || least_of_other > PLENTY;
        if tries >= FEWEST && is_settled {
            break;
        }
    }
    times
}

/// How long this thread has a processor for so many repeats.
fn took(work: &dyn Fn(), repeats: u32) -> Duration {
    let begun = ThreadTime::now();
    for _ in 0..repeats {
        work();
    }
    begun.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(octets: &[u8]) -> u64 {
        octets.iter().map(|octet| u64::from(*octet)).sum()
    }

    #[test]
    fn work_that_looks_at_each_octet_once_is_linear() {
        assert_linear("a sum", 50_000, |octets| vec![7; octets], |octets| sum(octets));
    }

    #[test]
    #[should_panic(expected = "a sum for each octet: 4 times as long is 1")]
    fn work_that_looks_at_all_octets_for_each_is_not() {
        assert_linear(
            "a sum for each octet",
            1_000,
            |octets| vec![7; octets],
            |octets| octets.iter().map(|_| sum(octets)).sum::<u64>(),
        );
    }

    #[test]
    fn a_wait_is_no_work() {
        let wait = |milliseconds| {
            sum(&[7; 100_000]);
            std::thread::sleep(Duration::from_millis(milliseconds));
        };
        assert_alike("a wait", || wait(0), || wait(100));
    }

    #[test]
    #[should_panic(expected = "a sign that stands further behind: it is ")]
    fn what_is_ten_times_the_work_is_not_alike() {
        let signs = "é".repeat(20_000);
        assert_alike(
            "a sign that stands further behind",
            || signs.chars().nth(1_000),
            || signs.chars().nth(10_000),
        );
    }
}
