//! Which rows of a long table are drawn.
//!
//! Input: where the table is scrolled to. Output: the rows to draw. Invariant: every row that can be seen is drawn, and
//! the number drawn does not depend on the length of the table.

/// Rows drawn above and below those that can be seen.
const SPARE: u32 = 6;

/// The rows `from..to` to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// The rows to draw of `total` rows of one `height`, when `view` pixels from `top` on are seen.
pub(crate) fn window(top: i32, view: i32, height: i32, total: u32) -> Window {
    let height = height.max(1);
    let first = u32::try_from(top.max(0) / height).unwrap_or_default();
    let seen = u32::try_from(view.max(0) / height).unwrap_or_default() + 2;
    Window { from: first.saturating_sub(SPARE).min(total), to: first.saturating_add(seen + SPARE).min(total) }
}

/// Where to scroll so that a row is seen whole; none where it is already.
pub(crate) fn reveal(row: u32, top: i32, view: i32, height: i32) -> Option<i32> {
    let from = i32::try_from(row).ok()?.checked_mul(height)?;
    let to = from + height;
    if from < top {
        Some(from)
    } else if to > top + view {
        Some(to - view)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Window, reveal, window};

    #[test]
    fn every_row_that_can_be_seen_is_drawn() {
        for total in [0_u32, 1, 5, 40, 10_000] {
            for top in [0_i32, 1, 35, 36, 37, 3_600, 359_000] {
                let drawn = window(top, 400, 36, total);
                assert!(drawn.to <= total && drawn.from <= drawn.to);
                assert!(drawn.to - drawn.from < 30, "{drawn:?}");
                for row in 0..total {
                    let (from, to) = (row as i32 * 36, row as i32 * 36 + 36);
                    if to > top && from < top + 400 {
                        assert!((drawn.from..drawn.to).contains(&row), "{row} {drawn:?}");
                    }
                }
            }
        }
        assert_eq!(window(0, 0, 0, 0), Window::default());
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(reveal(3, 0, 400, 36), None);
        assert_eq!(reveal(0, 100, 400, 36), Some(0));
        assert_eq!(reveal(20, 0, 400, 36), Some(356));
    }
}
