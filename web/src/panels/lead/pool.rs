//! A pool as it stood when it chose: each member with turns and weight, and why they were passed over.

use interlock_core::json::address;
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::text;
use crate::state::traced::{list, number, said};
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;
use crate::ui::table::{Head, table};

/// Draws it, and how it stood under the baseline where that differs.
pub(super) fn pool(desk: Desk, before: &Value, after: &Value) -> Option<AnyView> {
    let (old, new) = (before.get("pool"), after.get("pool"));
    let was = old.filter(|_| old != new).map(|old| {
        view! {
            <details class="pool-was">
                <summary>{format!("Before: {}", title(old))}</summary>
                {members(desk, old)}
            </details>
        }
    });
    let is = new.map(|new| {
        let id = said(new, "pool").to_owned();
        view! {
            <h4 class="found-head">
                {title(new)} {to_contract(desk, address::join("/routing/pools", &id), "rule-link", id)}
            </h4>
            {members(desk, new)}
        }
    });
    (old.is_some() || new.is_some()).then(|| view! { <section class="found">{is} {was}</section> }.into_any())
}

fn title(pool: &Value) -> String {
    let how = text::words(said(pool, "method")).to_lowercase();
    let sticky = pool.get("sticky") == Some(&Value::Bool(true));
    let sticky = if sticky { ", and the owner was asked before anybody's turn" } else { "" };
    format!("Pool {}: {how}{sticky}", said(pool, "pool"))
}

fn members(desk: Desk, pool: &Value) -> AnyView {
    let all = list(pool, "members");
    // Only some pools look at what is open.
    let open = all.iter().any(|member| member.get("open").is_some());
    let rows = all.iter().map(|member| self::member(desk, pool, member, open)).collect_view();
    let mut heads = vec![Head::Text("Member"), Head::Number("Turns"), Head::Number("Weight")];
    if open {
        heads.push(Head::Number("Open"));
    }
    heads.push(Head::Text("What became of it"));
    table("pool-members", &heads, rows.into_any())
}

fn member(desk: Desk, pool: &Value, member: &Value, open: bool) -> AnyView {
    let figure = |key: &str| number(member, key).map_or_else(|| "–".to_owned(), text::count);
    let skip = said(member, "skip");
    let until = member.get("until").map(|at| format!(" until {}", super::minute(at)));
    let backup = member.get("backup").and_then(Value::as_str);
    let backup = backup.map(|backup| format!(", {} stands in", super::owner(desk, backup)));
    let state = if skip.is_empty() {
        view! { <span class="badge moved">{icon(Icon::Yes)} "gets it"</span> {backup} }.into_any()
    } else {
        view! { <span class="quiet">{text::words(skip)} {until} {backup}</span> }.into_any()
    };
    let of = said(member, "pool");
    let elsewhere = (of != said(pool, "pool")).then(|| view! { <span class="quiet">" of " {of.to_owned()}</span> });
    view! {
        <tr class:quiet=!skip.is_empty()>
            <th scope="row">{super::owner(desk, said(member, "owner"))} {elsewhere}</th>
            <td class="num">{figure("turns")}</td>
            <td class="num">{figure("weight")}</td>
            {open.then(|| view! { <td class="num">{figure("open")}</td> })}
            <td>{state}</td>
        </tr>
    }
    .into_any()
}
