//! A review as one HTML file: styles within it, charts as plain SVG, no script, nothing from elsewhere.

use std::fmt::Write as _;

use super::blocks::{Block, Chart, Table};

/// Light and dark, screen and paper.
const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1c2024;--pale:#60646c;--line:#d9d9e0;--back:#fff;--accent:#0b62c4}\
@media(prefers-color-scheme:dark){:root{--text:#edeef0;--pale:#b0b4ba;--line:#43484e;--back:#111113;--accent:#70b8ff}}\
*{box-sizing:border-box}\
body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:60rem;font:15px/1.5 system-ui,sans-serif;color:var(--text);\
background:var(--back)}\
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0}\
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);\
overflow-wrap:break-word;max-width:24rem}\
th{font-weight:600;color:var(--pale);white-space:nowrap}.n{text-align:right;white-space:nowrap}\
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:1rem}\
figure{margin:0}figcaption{font-weight:600}svg{width:100%;height:auto;display:block}\
svg text{font:11px system-ui,sans-serif;fill:var(--pale)}\
.axis{stroke:var(--line)}.line{fill:none;stroke:var(--accent);stroke-width:2}.spread{stroke:var(--accent);opacity:.4}\
.dot{fill:var(--accent)}\
@media print{body{max-width:none;padding:0;font-size:11px;color:#000;background:#fff}\
h2{break-after:avoid}tr,figure{break-inside:avoid}.scroll{overflow:visible}}";

/// Writes it.
pub(super) fn write(title: &str, blocks: &[Block]) -> String {
    let title = escaped(title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let mut charts = false;
    for block in blocks {
        let is_chart = matches!(block, Block::Chart(_));
        if is_chart != charts {
            out.push_str(if is_chart { "<div class=\"charts\">\n" } else { "</div>\n" });
            charts = is_chart;
        }
        match block {
            Block::Heading(text) => line(&mut out, "h2", text),
            Block::Text(text) => line(&mut out, "p", text),
            Block::Table(table) => write_table(&mut out, table),
            Block::Chart(chart) => write_chart(&mut out, chart),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn line(out: &mut String, tag: &str, text: &str) {
    out.extend(["<", tag, ">", &escaped(text), "</", tag, ">\n"]);
}

fn write_table(out: &mut String, table: &Table) {
    out.push_str("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead><tr>");
    for header in table.headers {
        let class = if is_number(header) { " class=\"n\"" } else { "" };
        out.extend(["<th scope=\"col\"", class, ">", &escaped(header.trim_start_matches('>')), "</th>"]);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (header, cell) in table.headers.iter().zip(row) {
            let class = if is_number(header) { " class=\"n\"" } else { "" };
            out.extend(["<td", class, ">", &escaped(cell), "</td>"]);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

pub(super) fn is_number(header: &str) -> bool {
    header.starts_with('>')
}

/// Width and height of the plot, and where it begins.
const PLOT: (u64, u64, u64) = (300, 80, 10);

fn write_chart(out: &mut String, chart: &Chart) {
    let (width, height, from) = PLOT;
    let shown = |value| chart.metric.shown(value);
    let steps = (chart.points.len() as u64).saturating_sub(1).max(1);
    let x = |place: usize| from + place as u64 * width / steps;
    let y = |value: u32| from + height - u64::from(value.min(chart.top)) * height / u64::from(chart.top.max(1));
    let words: Vec<String> =
        chart.points.iter().map(|point| format!("{}: {} of {}", point.week, shown(point.value), point.of)).collect();
    out.push_str("<figure>\n<figcaption>");
    out.push_str(&escaped(chart.name));
    out.push_str("</figcaption>\n");
    let label = escaped(&words.join("; "));
    // Writing into a text cannot fail.
    let _ = write!(
        out,
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{label}\">\n\
         <path class=\"axis\" d=\"M{from} {from}H{right}M{from} {bottom}H{right}\"/>\n",
        width + 2 * from,
        height + 30,
        right = from + width,
        bottom = from + height
    );
    let mut line = String::new();
    for (place, point) in chart.points.iter().enumerate() {
        let (at, value) = (x(place), y(point.value));
        if let Some(interval) = point.interval {
            let (low, high) = (y(interval.low), y(interval.high));
            let _ = writeln!(out, "<path class=\"spread\" d=\"M{at} {high}V{low}\"/>");
        }
        let _ = write!(line, "{}{at} {value}", if place == 0 { "M" } else { "L" });
        let _ = writeln!(out, "<circle class=\"dot\" cx=\"{at}\" cy=\"{value}\" r=\"3\"/>");
    }
    let _ = writeln!(out, "<path class=\"line\" d=\"{line}\"/>");
    if let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) {
        let text = |point: &super::blocks::Point| escaped(&format!("{} {}", point.week, shown(point.value)));
        let (bottom, right) = (height + 2 * from + 8, from + width);
        let _ = writeln!(out, "<text x=\"{from}\" y=\"{bottom}\">{}</text>", text(first));
        let _ = writeln!(out, "<text x=\"{right}\" y=\"{bottom}\" text-anchor=\"end\">{}</text>", text(last));
    }
    out.push_str("</svg>\n</figure>\n");
}

/// As it may stand in a text or an attribute; what no browser shows is a space.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
