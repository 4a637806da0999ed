//! Icons: strokes on a grid of 16, in the colour of the text beside them. They never stand alone for a meaning.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Auto,
    Suggest,
    Review,
    Block,
    Yes,
    No,
    Unknown,
    Info,
    Undo,
    Redo,
    Close,
    Back,
    Next,
    Up,
    Down,
    Add,
    Remove,
    Copy,
    Download,
    Upload,
    Table,
    Chart,
    Search,
    Lock,
    Eye,
    Sun,
    Moon,
    System,
    Grip,
    Warning,
    Error,
    Reset,
    Edit,
    Audit,
}

const fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Auto => "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M5.2 8.2l2 2 3.6-4.2",
        Icon::Suggest => "M8 1.8a4.4 4.4 0 0 1 2.4 8.1v1.6H5.6V9.9A4.4 4.4 0 0 1 8 1.8M6 14h4",
        Icon::Review | Icon::Eye => {
            "M1.5 8S4 3.6 8 3.6 14.5 8 14.5 8 12 12.4 8 12.4 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6"
        }
        Icon::Block => "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M3.8 3.8l8.4 8.4",
        Icon::Audit => "M3.5 1.8h9v12.4h-9zM5.8 5h4.4M5.8 8h4.4M5.8 11h2.4",
        Icon::Yes => "M3 8.5l3.2 3.2L13 4.8",
        Icon::No => "M4 8h8",
        Icon::Unknown => "M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8M8 12.4v.1",
        Icon::Info => "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 7.4v3.6M8 5v.1",
        Icon::Undo => "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
        Icon::Redo => "M10.5 3l3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H10",
        Icon::Close => "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
        Icon::Back => "M10 3 5 8l5 5",
        Icon::Next => "M6 3l5 5-5 5",
        Icon::Up => "M3.5 10 8 5.5 12.5 10",
        Icon::Down => "M3.5 6 8 10.5 12.5 6",
        Icon::Add => "M8 3v10M3 8h10",
        Icon::Remove => "M2.8 4.2h10.4M6.2 4.2V2.6h3.6v1.6M4.2 4.2l.6 9.2h6.4l.6-9.2",
        Icon::Copy => "M5.6 5.6h7.8v7.8H5.6zM10.4 5.6V2.6H2.6v7.8h3",
        Icon::Download => "M8 2.2v8M4.6 7l3.4 3.4L11.4 7M2.6 13.4h10.8",
        Icon::Upload => "M8 10.6v-8M4.6 5.8 8 2.4l3.4 3.4M2.6 13.4h10.8",
        Icon::Table => "M2.2 3h11.6v10H2.2zM2.2 6.4h11.6M2.2 9.7h11.6M6.4 3v10",
        Icon::Chart => "M2.4 13.4h11.2M4 13V8.4M8 13V3.4M12 13V6.2",
        Icon::Search => "M7 2.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2M10.4 10.4l3.4 3.4",
        Icon::Lock => "M3.6 7.2h8.8v6.4H3.6zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2",
        Icon::Sun => {
            "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1"
        }
        Icon::Moon => "M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7",
        Icon::System => "M1.8 3h12.4v8H1.8zM5.4 13.6h5.2M8 11v2.6",
        Icon::Grip => "M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1",
        Icon::Warning => "M8 2.2l6.2 11.2H1.8zM8 6.4v3.4M8 11.6v.1",
        Icon::Error => "M5.4 1.9h5.2l3.5 3.5v5.2l-3.5 3.5H5.4l-3.5-3.5V5.4zM8 5v3.6M8 11v.1",
        Icon::Reset => "M3 8a5 5 0 1 0 1.6-3.7M3 2.4v3h3",
        Icon::Edit => "M10.8 2.8l2.4 2.4-7.6 7.6-3 .6.6-3z",
    }
}

/// Draws an icon; hidden from assistive technology, since words stand beside it.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=path(icon)></path>
        </svg>
    }
}
