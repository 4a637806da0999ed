//! All findings of the candidate, gravest first; a click opens the place.

use interlock_core::check::Finding;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::panels::changed::{code, crumbs};
use crate::ui::badge::severity;
use crate::ui::live::{click, live};

/// Draws the list.
pub(crate) fn findings(desk: Desk) -> AnyView {
    let sorted = move || {
        let mut findings = desk.checked.with(|checked| checked.findings.clone());
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
    };
    let baseline = move || {
        desk.checked_baseline.with(|checked| {
            checked.findings.iter().filter(|finding| finding.severity == interlock_core::check::Severity::Error).count()
        })
    };
    view! {
        {move || {
            let findings = sorted();
            if findings.is_empty() {
                return view! {
                    <div class="empty-state slim">
                        <p class="empty-title">"Nothing to say"</p>
                        <p>"Checking the candidate found no errors, no warnings and nothing to note."</p>
                    </div>
                }
                .into_any();
            }
            let rows = findings.iter().map(|found| row(desk, found)).collect_view();
            view! { <ul class="findings">{rows}</ul> }.into_any()
        }}
        <p class="hint" class:hidden=live(move || baseline() == 0)>
            {move || format!("The baseline itself has {} errors.", baseline())}
        </p>
    }
    .into_any()
}

/// One finding.
pub(crate) fn row(desk: Desk, finding: &Finding) -> AnyView {
    let address = finding.address.clone();
    let place = crumbs(&finding.address);
    let line = finding.place.map(|place| format!("line {}", place.line)).unwrap_or_default();
    view! {
        <li class="finding">
            <button type="button" class="finding-main" on:click=click(move |_| desk.go_to(&address))>
                <span class="finding-head">
                    {severity(finding.severity)}
                    <span class="finding-place">{place}</span>
                    <span class="quiet">{line}</span>
                </span>
                <span class="finding-text">{code(&finding.message)}</span>
                {finding
                    .help
                    .as_ref()
                    .map(|help| view! { <span class="finding-help">{code(help)}</span> })}
            </button>
        </li>
    }
    .into_any()
}
