//! Times a piece of work and prints the median of several runs. Figures are for reading; nothing is asserted.
//!
//! On Linux the processor time of the thread is counted, so that what else the machine does matters less; elsewhere the
//! time on the wall.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

/// How often each piece of work is run; odd, so that there is a median.
const RUNS: usize = 9;

/// Prints a line.
pub fn print(line: &str) {
    // A reader that has gone away is no error.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Runs `work` over `count` things and prints how many a second; gives the median nanoseconds for one. `base` is what
/// the figure is compared with.
pub fn rate<T>(name: &str, count: usize, base: Option<u128>, mut work: impl FnMut() -> T) -> u128 {
    black_box(work());
    let mut once = || {
        let (start, spent) = (Instant::now(), processor_time());
        black_box(work());
        let elapsed = start.elapsed().as_nanos();
        processor_time().zip(spent).map_or(elapsed, |(after, before)| after.saturating_sub(before))
    };
    let mut runs: Vec<u128> = (0..RUNS).map(|_| once()).collect();
    runs.sort_unstable();
    let count = count.max(1) as u128;
    let of = |place: usize| runs.get(place).copied().unwrap_or_default().max(1);
    let (least, median, most) = (of(0), of(RUNS / 2), of(RUNS - 1));
    let each = (median / count).max(1);
    let per_second = |nanos: u128| count * 1_000_000_000 / nanos;
    let ratio = base.map_or_else(String::new, |base| {
        let tenths = (each * 10).checked_div(base).unwrap_or_default();
        format!("  {}.{} x the first", tenths / 10, tenths % 10)
    });
    print(&format!(
        "{name:<38} {:>8}/s ({}..{})  {each:>6} ns each  {:>5}.{} ms in all{ratio}",
        per_second(median),
        per_second(most),
        per_second(least),
        median / 1_000_000,
        median / 100_000 % 10,
    ));
    each
}

/// The nanoseconds this thread has run, by the kernel's account.
#[must_use]
pub fn processor_time() -> Option<u128> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}
