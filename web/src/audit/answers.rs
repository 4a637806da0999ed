//! Answers that nobody has yet: listed, taken back, taken along as the lines to append.

use interlock_core::audit::Says;
use interlock_core::audit::session::Draft;
use leptos::prelude::*;

use super::frame::Frame;
use super::words;
use crate::effects::downloads;
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// What the file is called.
const FILE: &str = "answers.jsonl";

impl Frame {
    /// Counts the answers anew, and lets what shows them ask.
    pub(crate) async fn counted(self) {
        match self.ask::<Vec<Draft>>("answers", &[]).await {
            Ok(drafts) => {
                let many = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
                self.drafts.set(many);
                let decides = |says| matches!(says, Says::Accepted | Says::Edited | Says::Rejected);
                let decided = drafts
                    .iter()
                    .filter(|draft| draft.entry.answer.as_ref().is_some_and(|answer| decides(answer.says)));
                self.decided.set(u32::try_from(decided.count()).unwrap_or(u32::MAX));
                self.taken.update(|taken| *taken = (*taken).min(many));
                self.said.update(|said| *said += 1);
            }
            Err(problem) => self.fail(problem),
        }
    }
}

/// Takes back what was said last.
pub(crate) fn undo(frame: Frame) {
    leptos::task::spawn_local(async move {
        match frame.ask::<u64>("undo", &[]).await {
            Ok(0) => frame.tell("there is nothing to undo"),
            Ok(many) => {
                frame.counted().await;
                frame.tell(format!("{many} taken back"));
            }
            Err(problem) => frame.fail(problem),
        }
    });
}

/// Draws them.
pub(crate) fn answers(frame: Frame) -> impl IntoView {
    let drafts = RwSignal::new(Vec::<Draft>::new());
    Effect::new(move |_| {
        frame.said.track();
        leptos::task::spawn_local(async move {
            match frame.ask::<Vec<Draft>>("answers", &[]).await {
                Ok(found) => _ = drafts.try_set(found),
                Err(problem) => frame.fail(problem),
            }
        });
    });
    let any = Memo::new(move |_| drafts.with(|drafts| !drafts.is_empty()));
    let left = move || frame.drafts.get().saturating_sub(frame.taken.get());
    let name = frame.log.get_untracked().map(|log| log.name).unwrap_or_default();
    let name = name.strip_suffix(" (demo)").unwrap_or(&name).to_owned();
    view! {
        <section class="card review-answers" aria-labelledby="answers-title" class:hidden=live(move || !any.get())>
            <header class="card-head">
                <h3 id="answers-title">
                    {move || match left() {
                        0 => "All answers are exported".to_owned(),
                        1 => "1 answer not exported yet".to_owned(),
                        many => format!("{} answers not exported yet", text::count(many)),
                    }}
                </h3>
            </header>
            <div class="row">
                <button type="button" class="button small primary" on:click=click(move |_| export(frame))>
                    {icon(Icon::Download)}
                    "Export"
                </button>
                <button type="button" class="button small" on:click=click(move |_| copy(frame))>
                    {icon(Icon::Copy)}
                    "Copy"
                </button>
                <button type="button" class="button small" title="Undo the last answer (U)" on:click=click(move |_| undo(frame))>
                    {icon(Icon::Undo)}
                    "Undo"
                    <kbd aria-hidden="true">"U"</kbd>
                </button>
            </div>
            <p class="quiet">
                "Nothing is in the log yet. Append them: "
                <code>{format!("interlock audit append {name} {FILE}")}</code>
            </p>
            <div class="scroll-y" tabindex="0" role="region" aria-label="Answers">
                <ul class="answer-list">
                    {move || drafts.get().into_iter().rev().map(|draft| one(frame, draft)).collect_view()}
                </ul>
            </div>
        </section>
    }
}

fn one(frame: Frame, draft: Draft) -> impl IntoView {
    let digest = draft.to.to_string();
    let entry = draft.entry;
    let label = format!("Take back the answer to {}", entry.record_key());
    view! {
        <li>
            <span>{words::kind(&entry)}</span>
            <span class="cell">{words::what(&entry)} " " <span class="quiet">{entry.record_key()}</span></span>
            <button
                type="button"
                class="icon-button"
                aria-label=label
                title="Take it back"
                on:click=click(move |_| {
                    let digest = digest.clone();
                    leptos::task::spawn_local(async move {
                        match frame.ask::<bool>("take_back", &[digest.into()]).await {
                            Ok(_) => frame.counted().await,
                            Err(problem) => frame.fail(problem),
                        }
                    });
                })
            >
                {icon(Icon::Undo)}
            </button>
        </li>
    }
}

async fn lines(frame: Frame) -> Option<String> {
    match frame.ask_text("answer_lines", &[]).await {
        Ok(lines) => Some(lines),
        Err(problem) => {
            frame.fail(problem);
            None
        }
    }
}

fn export(frame: Frame) {
    leptos::task::spawn_local(async move {
        let Some(lines) = lines(frame).await else { return };
        match downloads::start(FILE, &lines) {
            Ok(()) => taken(frame, format!("download of {FILE} started")),
            Err(why) => frame.fail(Problem::new(why, "the frame may forbid downloads: take “Copy”")),
        }
    });
}

fn copy(frame: Frame) {
    leptos::task::spawn_local(async move {
        let Some(lines) = lines(frame).await else { return };
        match downloads::copy(&lines).await {
            Ok(()) => taken(frame, "the answers are on the clipboard".to_owned()),
            Err(why) => frame.fail(Problem::new(why, "take “Export”")),
        }
    });
}

fn taken(frame: Frame, words: String) {
    frame.taken.set(frame.drafts.get_untracked());
    frame.tell(words);
}
