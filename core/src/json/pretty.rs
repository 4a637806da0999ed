//! JSON for people.
//!
//! Input: JSON without white space. Output: the same, as `serde_json` writes it for people.

/// Compact JSON as people read it: a line each for keys and items, indented by two spaces.
pub(crate) fn pretty(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() * 2);
    let (mut depth, mut fresh, mut quoted, mut escaped) = (0_usize, false, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    for c in compact.chars() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        let closes = matches!(c, '}' | ']');
        depth = depth.saturating_sub(closes.into());
        // What was just opened is broken up, unless it closes at once.
        if fresh != closes {
            line(&mut out, depth);
        }
        out.push(c);
        fresh = matches!(c, '{' | '[');
        depth += usize::from(fresh);
        quoted = c == '"';
        match c {
            ',' => line(&mut out, depth),
            ':' => out.push(' '),
            _ => {}
        }
    }
    out
}
