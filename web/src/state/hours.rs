//! Working hours as lines of text: `mon, tue, wed: 09:00-12:30, 13:30-18:00`.
//!
//! Input: the hours of a calendar as JSON, or such lines. Output: the other. Invariant: what is shown is read as what it was.

use serde_json::{Value, json};

use super::traced::texts;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The hours, a line for days that are alike.
pub(crate) fn show(hours: &Value) -> String {
    let line = |one: &Value| format!("{}: {}", texts(one, "on").join(", "), texts(one, "blocks").join(", "));
    let lines: Vec<String> = hours.as_array().map(|all| all.iter().map(line).collect()).unwrap_or_default();
    lines.join("\n")
}

/// Reads such lines; `mon-fri` stands for the days from one to the other.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let mut all = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((days, blocks)) = line.split_once(':') else {
            return Err(format!("`{line}` has no colon between days and hours: `mon-fri: 09:00-17:00`"));
        };
        let mut on = Vec::new();
        for part in days.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (day(first)?, day(last)?);
            let Some(range) = DAYS.get(first..=last) else { return Err(format!("`{}` runs backwards", part.trim())) };
            on.extend_from_slice(range);
        }
        let blocks: Vec<&str> = blocks.split(',').map(str::trim).filter(|block| !block.is_empty()).collect();
        all.push(json!({"on": on, "blocks": blocks}));
    }
    Ok(Value::Array(all))
}

/// The place of a day in the week; its first three letters count.
fn day(text: &str) -> Result<usize, String> {
    let word = text.trim().to_ascii_lowercase();
    let found = word.get(..3).and_then(|start| DAYS.iter().position(|day| *day == start));
    found.ok_or_else(|| format!("`{}` is no day: mon, tue, wed, thu, fri, sat or sun", text.trim()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{read, show};

    #[test]
    fn hours_survive_being_written_as_lines() {
        let hours = json!([
            {"on": ["mon", "tue"], "blocks": ["09:00-12:30", "13:30-18:00"]},
            {"on": ["fri"], "blocks": ["22:00-30:00"]}]);
        assert_eq!(show(&hours), "mon, tue: 09:00-12:30, 13:30-18:00\nfri: 22:00-30:00");
        assert_eq!(read(&show(&hours)), Ok(hours));
        assert_eq!(
            read("Mon-Wednesday, sat: 9:00-17:00\n\n"),
            Ok(json!([{"on": ["mon", "tue", "wed", "sat"], "blocks": ["9:00-17:00"]}]))
        );
        assert_eq!(show(&json!("x")), "");
    }

    #[test]
    fn what_is_no_day_is_said() {
        assert!(read("mon 9-5").is_err_and(|says| says.contains("no colon")));
        assert!(read("mo: 9-5").is_err_and(|says| says.contains("`mo` is no day")));
        assert!(read("fri-mon: 9-5").is_err_and(|says| says.contains("backwards")));
    }
}
