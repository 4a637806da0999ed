//! Which pairs the match model looked at: what each blocking rule gave.

use std::sync::Arc;

use interlock_core::identity::duplicates::{Blocking, Duplicates};
use interlock_core::json::fitting;
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::Side;
use crate::state::linkage::key;
use crate::state::text;
use crate::ui::table::{Head, scrolled, table};

/// What each blocking rule gave.
pub(super) fn blocking(desk: Desk) -> Option<AnyView> {
    let now: Arc<Duplicates> = desk.duplicates.with(|found| found.now.clone())?;
    let of = desk.duplicates.with(|found| found.of);
    let rules = desk.model(Side::Candidate, of);
    let keys = move |id: &str| {
        let rules = rules.as_ref()?.get("blocking")?.as_array()?;
        let rule = rules.iter().find(|rule| rule.get("id").and_then(Value::as_str) == Some(id))?;
        let on = fitting::<Vec<_>>(rule.get("on")?)?;
        Some(on.into_iter().map(key).collect::<Vec<_>>().join(" and "))
    };
    let number = |number: u64| text::count(i64::try_from(number).unwrap_or(i64::MAX));
    let rows = now
        .blocking
        .iter()
        .map(|rule: &Blocking| {
            view! {
                <tr>
                    <th scope="row"><code>{rule.rule.clone()}</code> <span class="dup-keys">{keys(&rule.rule)}</span></th>
                    <td class="num">{number(rule.records)}</td>
                    <td class="num">{number(rule.keys)}</td>
                    <td class="num">{number(rule.pairs)}</td>
                    <td class="num">{number(rule.largest)}</td>
                    <td class="num" class:zero=rule.oversize == 0>{number(rule.oversize)}</td>
                </tr>
            }
        })
        .collect_view();
    Some(
        view! {
            <details class="card dup-blocking">
                <summary>
                    <strong>"Which pairs were looked at"</strong>
                    <span class="quiet">{format!("{} pairs weighed", number(now.pairs))}</span>
                </summary>
                <p class="hint">
                    "A pair is weighed where both records have all keys of one rule in common. Of a key that more records share than the model allows, only neighbours in the alphabet are compared."
                </p>
                {scrolled("scroll-x", "Blocking rules", table("", &[Head::Text("Rule"), Head::Number("Records"), Head::Number("Keys"), Head::Number("Pairs"), Head::Number("Largest"), Head::Number("Too large")], rows.into_any()))}
            </details>
        }
        .into_any(),
    )
}
