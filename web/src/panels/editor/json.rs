//! The whole contract as text: line numbers, findings at their lines, applied as one types.
//!
//! Text that is not JSON stays in the editor, with the place of the error; the preview keeps the last good contract.

use std::collections::BTreeMap;

use interlock_core::check::Severity;
use leptos::html;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::state::Side;
use crate::ui::badge::severity;
use crate::ui::field::area_value;
use crate::ui::live::{change, click, live};

/// The height of a line in pixels; the style sheet has the same.
const LINE: i32 = 18;

/// Typed text is applied after this pause, in milliseconds.
const PAUSE: u64 = 180;

/// Where in the text something is: line and column from 1, offset and length in UTF-16 units where known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spot {
    line: u32,
    column: u32,
    range: Option<(u32, u32)>,
}

/// Draws the editor.
pub(crate) fn json(desk: Desk) -> AnyView {
    let area = NodeRef::<html::Textarea>::new();
    let scroll = RwSignal::new(0);
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let (typed, broken) = (desk.typed, desk.unread);
    let written = Memo::new(move |_| {
        desk.work.with(|work| work.text(Side::Candidate).map(|text| text.to_string()).unwrap_or_default())
    });
    let text = Memo::new(move |_| typed.get().unwrap_or_else(|| written.get()));
    let jump = move |spot: Spot| {
        if let Some(area) = area.get_untracked() {
            go(&area, spot);
        }
    };
    Effect::new(move |_| {
        // A finding or an edit without an editor of its own leads here.
        let at = desk.route.with(|route| route.at.clone());
        if let (Some(at), Some(_)) = (at, area.get()) {
            let spot = desk.checked.with_untracked(|checked| {
                let found = checked.findings.iter().find(|finding| finding.address == at)?;
                spot_of(found.place?, &written.get_untracked())
            });
            if let Some(spot) = spot {
                jump(spot);
            }
        }
    });
    view! {
        <div class="code-box">
        <div class="code-editor" class:broken=live(move || broken.with(Option::is_some))>
            <div class="gutter" aria-hidden="true">
                <div
                    class="gutter-inner"
                    style:transform=live(move || format!("translateY({}px)", -scroll.get()))
                >
                    {move || marks(desk)}
                    <pre>{move || text.with(|text| numbers(text))}</pre>
                </div>
            </div>
            <textarea
                node_ref=area
                class="code"
                wrap="off"
                spellcheck="false"
                autocomplete="off"
                aria-label="The candidate as JSON"
                aria-invalid=live(move || broken.with(Option::is_some).to_string())
                prop:value=live(move || text.get())
                on:input=change(move |event| {
                    typed.set(Some(area_value(&event)));
                    let next = set_timeout_with_handle(move || desk.apply_typed(), std::time::Duration::from_millis(PAUSE)).ok();
                    timer.update_value(|timer| {
                        if let Some(earlier) = std::mem::replace(timer, next) {
                            earlier.clear();
                        }
                    });
                })
                on:scroll=move |_| {
                    if let Some(area) = area.get_untracked() {
                        scroll.set(area.scroll_top());
                    }
                }
            ></textarea>
        </div>
        <div class="code-findings">
            {move || broken.get().map(|broken| {
                let spot = Spot { line: broken.line, column: broken.column, range: None };
                view! {
                    <button type="button" class="code-finding" on:click=click(move |_| jump(spot))>
                        {severity(Severity::Error)}
                        <span class="num">{format!("{}:{}", spot.line, spot.column)}</span>
                        <span>
                            {crate::panels::changed::code(&broken.message)}
                            ". "
                            {broken.help.as_ref().map(|help| {
                                let help = interlock_core::text::capital(help);
                                view! { {crate::panels::changed::code(&help)} ". " }
                            })}
                            "The preview shows the last text that could be read."
                        </span>
                    </button>
                }
            })}
            {move || {
                if broken.with(Option::is_some) {
                    return None;
                }
                let text = written.get();
                Some(desk.checked.with(|checked| {
                    checked
                        .findings
                        .iter()
                        .filter_map(|finding| {
                            let spot = spot_of(finding.place?, &text)?;
                            Some(view! {
                                <button type="button" class="code-finding" on:click=click(move |_| jump(spot))>
                                    {severity(finding.severity)}
                                    <span class="num">{format!("{}:{}", spot.line, spot.column)}</span>
                                    <span>{crate::panels::changed::code(&finding.message)}</span>
                                </button>
                            })
                        })
                        .collect_view()
                }))
            }}
        </div>
        </div>
    }
    .into_any()
}

fn numbers(text: &str) -> String {
    let lines = text.split('\n').count();
    let mut out = String::with_capacity(lines * 5);
    for line in 1..=lines {
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}

/// Marks beside the lines that findings are about; the gravest of a line wins. While the text is not JSON, its findings
/// are of other lines.
fn marks(desk: Desk) -> impl IntoView {
    let mut lines: BTreeMap<u32, Severity> = BTreeMap::new();
    if let Some(unread) = desk.unread.get() {
        lines.insert(unread.line, Severity::Error);
    } else {
        desk.checked.with(|checked| {
            for finding in &checked.findings {
                if let Some(place) = finding.place {
                    let grave = lines.entry(place.line).or_insert(finding.severity);
                    *grave = (*grave).max(finding.severity);
                }
            }
        });
    }
    lines
        .into_iter()
        .map(|(line, severity)| {
            let top = i32::try_from(line.saturating_sub(1)).unwrap_or(0) * LINE;
            view! {
                <span class=format!("line-mark {}", severity.word()) style:top=format!("{top}px")></span>
            }
        })
        .collect_view()
}

/// A finding's place in the units the browser counts in.
fn spot_of(place: interlock_core::check::TextPlace, text: &str) -> Option<Spot> {
    let offset = usize::try_from(place.offset).ok()?;
    let length = usize::try_from(place.length).ok()?;
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).ok();
    let range = match (text.get(..offset), text.get(offset..offset + length)) {
        (Some(before), Some(meant)) => units(before).zip(units(meant)),
        _ => None,
    };
    Some(Spot { line: place.line, column: place.column, range: range.map(|(start, length)| (start, start + length)) })
}

/// Brings a spot into view and selects it.
fn go(area: &web_sys::HtmlTextAreaElement, spot: Spot) {
    let (start, end) = spot.range.unwrap_or_else(|| {
        let text = area.value();
        let before: usize = text
            .split('\n')
            .take(usize::try_from(spot.line.saturating_sub(1)).unwrap_or(0))
            .map(|line| line.encode_utf16().count() + 1)
            .sum();
        let start = u32::try_from(before).unwrap_or(0) + spot.column.saturating_sub(1);
        (start, start)
    });
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
    let line = i32::try_from(spot.line.saturating_sub(1)).unwrap_or(0);
    area.set_scroll_top((line * LINE - area.client_height() / 3).max(0));
}
