//! The top bar: which contracts, which leads, which moment; and what can be done with them.

use interlock_core::check::Severity;
use leptos::prelude::*;

use crate::desk::{Desk, Dialog};
use crate::effects::{clock, page, storage};
use crate::state::{text, title};
use crate::ui::badge::arrow;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// Draws the bar.
pub(crate) fn bar(desk: Desk) -> impl IntoView {
    view! {
        <header class="bar-top">
            <div class="brand">
                <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
                    <rect width="32" height="32" rx="7"></rect>
                    <path class="logo-line" d="M7 22h6c6 0 6-12 12-12"></path>
                    <path class="logo-rail" d="M7 10h4.5M20 22h5"></path>
                    <circle cx="25" cy="10" r="2.6"></circle>
                </svg>
                <h1>"Interlock"</h1>
            </div>
            {contracts(desk)}
            {leads(desk)}
            {moment(desk)}
            <div class="bar-actions">
                {findings(desk)}
                <button
                    type="button"
                    id="audit-button"
                    class="button"
                    aria-label="Audit"
                    title="Audit logs: what happened, what waits for a person, what can be taken back"
                    aria-pressed=live(move || desk.route.with(|route| route.audit.is_some()).to_string())
                    on:click=click(move |_| desk.route.update(|route| {
                        route.audit = if route.audit.is_some() { None } else { Some("log".to_owned()) };
                    }))
                >
                    {icon(Icon::Audit)}
                    <span class="wide-word">"Audit"</span>
                </button>
                <button
                    type="button"
                    class="button"
                    aria-label="Load data"
                    title="Load data"
                    on:click=click(move |_| desk.dialog.set(Some(Dialog::Data)))
                >
                    {icon(Icon::Upload)}
                    <span class="wide-word load-word">"Load data"</span>
                </button>
                <button
                    type="button"
                    class="button primary"
                    aria-label="Export"
                    title="Export the candidate"
                    disabled=live(move || desk.work.with(|work| work.candidate.is_none()))
                    on:click=click(move |_| desk.dialog.set(Some(Dialog::Export)))
                >
                    {icon(Icon::Download)}
                    <span class="wide-word">"Export"</span>
                </button>
                {theme(desk)}
            </div>
            <div class="progress" class:on=live(move || desk.busy.get()) aria-hidden="true"></div>
        </header>
    }
}

fn contracts(desk: Desk) -> impl IntoView {
    let both = Memo::new(move |_| {
        desk.work.with(|work| {
            let baseline = work.baseline_value().map(|value| title(&value));
            let candidate = work.candidate_value().map(|value| title(&value));
            (baseline, candidate)
        })
    });
    view! {
        <div class="bar-item contracts" title="Contract: baseline and candidate">
            {move || {
                let (baseline, candidate) = both.get();
                let candidate = candidate?;
                let version = match baseline {
                    Some(baseline) if baseline.version != candidate.version => view! {
                        <span class="before">{baseline.version}</span>
                        {arrow()}
                        <span class="after">{candidate.version}</span>
                    }
                    .into_any(),
                    _ => view! {
                        <span>{candidate.version}</span>
                    }
                    .into_any(),
                };
                Some(view! {
                    <span class="contract-name">{candidate.name}</span>
                    <span class="version">{version}</span>
                })
            }}
        </div>
    }
}

fn leads(desk: Desk) -> impl IntoView {
    let text = move || {
        let files = desk.files.with(Vec::len);
        let leads = desk.files.with(|files| {
            files
                .iter()
                .filter(|file| matches!(file.holds.as_deref(), Some("lead" | "events")))
                .map(|file| file.rows)
                .sum::<u32>()
        });
        let files = match files {
            0 => return "no data loaded".to_owned(),
            1 => "1 file".to_owned(),
            files => format!("{files} files"),
        };
        format!("{}, {files}", text::leads(leads))
    };
    view! {
        <button
            type="button"
            class="bar-item data-button"
            title="What is loaded, and how it was read"
            on:click=click(move |_| desk.dialog.set(Some(Dialog::Data)))
        >
            <span class="chip demo" class:hidden=live(move || !desk.demo.get() || desk.files.with(Vec::is_empty))>"Demo"</span>
            {text}
        </button>
    }
}

/// The moment at which both contracts are tried.
fn moment(desk: Desk) -> impl IntoView {
    let as_of = Memo::new(move |_| desk.work.with(|work| work.as_of.clone()));
    let zone = move || {
        as_of.with(|text| {
            let zone = text.get(19..).unwrap_or("Z");
            if zone == "Z" { "UTC".to_owned() } else { zone.to_owned() }
        })
    };
    view! {
        <div class="bar-item moment">
            <label title="The moment at which both contracts are tried">
                <span class="moment-word">"As of"</span>
                <input
                    type="datetime-local"
                    class="input"
                    prop:value=live(move || as_of.with(|text| text.get(..16).unwrap_or_default().to_owned()))
                    on:change=change(move |event| {
                        let value = event_target_value(&event);
                        let zone = as_of
                            .with_untracked(|text| text.get(19..).unwrap_or("Z").to_owned());
                        if let Some(minute) = value.get(..16) {
                            desk.set_as_of(format!("{minute}:00{zone}"));
                        }
                    })
                />
                <span class="moment-zone">{zone}</span>
            </label>
            <button
                type="button"
                class="link-button"
                title="Try both contracts at the present moment"
                on:click=click(move |_| desk.set_as_of(clock::now_rfc3339()))
            >
                "Now"
            </button>
        </div>
    }
}

/// How many findings there are, and a way to them.
pub(crate) fn findings(desk: Desk) -> impl IntoView {
    let count = move |severity: Severity| {
        desk.checked.with(|checked| checked.findings.iter().filter(|finding| finding.severity == severity).count())
    };
    let all = move || desk.checked.with(|checked| checked.findings.len());
    let shown = move || {
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let many = |count: usize, word: &str| match count {
            1 => format!("1 {word}"),
            _ => format!("{count} {word}s"),
        };
        if desk.unread.with(Option::is_some) {
            ("finding-button block", Icon::Error, "Not JSON".to_owned())
        } else if errors > 0 {
            ("finding-button block", Icon::Error, many(errors, "error"))
        } else if warnings > 0 {
            ("finding-button review", Icon::Warning, many(warnings, "warning"))
        } else {
            ("finding-button auto", Icon::Yes, "No errors".to_owned())
        }
    };
    view! {
        <button
            type="button"
            class=live(move || format!("button {}", shown().0))
            title=live(move || format!("{} findings in the candidate", all()))
            on:click=click(move |_| {
                desk.open(if desk.unread.with_untracked(Option::is_some) { "json" } else { "findings" }, None);
            })
        >
            {move || icon(shown().1)}
            <span>{move || shown().2}</span>
        </button>
    }
}

fn theme(desk: Desk) -> impl IntoView {
    let options =
        [("auto", "As the system", Icon::System), ("light", "Light", Icon::Sun), ("dark", "Dark", Icon::Moon)];
    let next = move || {
        let now = desk.theme.get();
        let index = options.iter().position(|(id, ..)| *id == now).unwrap_or(0);
        options[(index + 1) % options.len()]
    };
    let now = move || {
        let now = desk.theme.get();
        options.into_iter().find(|(id, ..)| *id == now).unwrap_or(options[0])
    };
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=live(move || format!("Theme: {}. Change to {}", now().1, next().1))
            title=live(move || format!("Theme: {}", now().1))
            on:click=click(move |_| {
                let (theme, ..) = next();
                page::set_theme(theme);
                storage::keep_theme(theme);
                desk.theme.set(theme.to_owned());
            })
        >
            {move || icon(now().2)}
        </button>
    }
}

/// The foot of the page: what may be relied on.
pub(crate) fn foot(desk: Desk) -> impl IntoView {
    view! {
        <footer class="foot">
            <span class="trust">
                {icon(Icon::Lock)}
                "Nothing leaves this page"
            </span>
            <span class="trust">
                {icon(Icon::Eye)}
                "Preview only – no CRM record was changed"
            </span>
            <span class="foot-actions">
                <button
                    type="button"
                    class="link-button"
                    on:click=click(move |_| desk.dialog.set(Some(Dialog::Keys)))
                >
                    "Keys"
                </button>
                <button type="button" class="link-button" on:click=click(move |_| desk.reset())>
                    "Reset to demo"
                </button>
            </span>
        </footer>
    }
}
