//! The time, and waiting.

use std::time::Duration;

use futures_channel::oneshot;
use leptos::prelude::set_timeout;

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time after 1970 fits")]
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// The present moment in RFC 3339, to the minute.
pub(crate) fn now_rfc3339() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    match text.get(..16) {
        Some(minute) => format!("{minute}:00Z"),
        None => text,
    }
}

/// Comes back after a while.
pub(crate) async fn sleep(milliseconds: u64) {
    let (done, wait) = oneshot::channel();
    set_timeout(
        move || {
            let _ = done.send(());
        },
        Duration::from_millis(milliseconds),
    );
    let _ = wait.await;
}
