//! What a scan is looking for: where certain paths lead, and keys that stand twice.
//!
//! Input: the events of one scan. Invariant: memory follows the open brackets and what is looked for, not the text.

use std::ops::Range;

use super::address::Step;
use super::scan::{Event, scan};
use super::tree;
use crate::order;

/// A key without its quotes.
fn unquoted(text: &str, key: &Range<usize>) -> String {
    tree::unquoted(text.get(key.clone()).unwrap_or_default())
}

/// The steps to where a scan is.
#[derive(Default)]
struct Walk {
    /// One for each open object (with the key being read) or list (with the position).
    open: Vec<Step>,
    key: Option<Range<usize>>,
}

impl Walk {
    /// A value starts: the way to it stands in `open`.
    fn open(&mut self, object: bool) {
        self.open.push(match object {
            true => Step::Key(String::new()),
            false => Step::Index(0),
        });
        self.key = None;
    }

    /// A value has ended.
    fn step(&mut self) {
        if let Some(Step::Index(index)) = self.open.last_mut() {
            *index += 1;
        }
        self.key = None;
    }
}

/// Where one thing stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) key: Option<Range<usize>>,
    pub(super) value: Range<usize>,
}

/// Where the values of `paths` stand, in one pass.
pub(super) fn find(text: &str, paths: &[Vec<Step>]) -> Vec<Option<Standing>> {
    let mut found: Vec<Option<Standing>> = vec![None; paths.len()];
    let mut walk = Walk::default();
    // For each open bracket, the paths that lead into it; and those that end at it.
    let mut leading: Vec<Vec<usize>> = Vec::new();
    let mut ending: Vec<Vec<usize>> = Vec::new();
    let mut begin = |walk: &Walk, leading: &[Vec<usize>], value: Range<usize>| {
        let (mut into, mut at) = (Vec::new(), Vec::new());
        let all: Vec<usize>;
        let (candidates, step) = match (leading.last(), walk.open.last()) {
            (Some(candidates), Some(step)) => (candidates, Some(step)),
            _ => {
                all = (0..paths.len()).collect();
                (&all, None)
            }
        };
        for &path in candidates {
            let Some(steps) = paths.get(path) else {
                continue;
            };
            let depth = leading.len();
            if step.is_some() && steps.get(depth - 1) != step {
                continue;
            }
            match steps.len() == depth {
                true => at.push(path),
                false => into.push(path),
            }
        }
        for &path in &at {
            if let Some(place) = found.get_mut(path) {
                *place = Some(Standing { key: walk.key.clone(), value: value.clone() });
            }
        }
        (into, at)
    };
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let _ = scan(text, &mut |event| match event {
        Event::Key(key) => {
            if let (Some(step), Some(leads)) = (walk.open.last_mut(), leading.last()) {
                // Only where a path leads is the key's text of interest.
                if !leads.is_empty() {
                    *step = Step::Key(unquoted(text, &key));
                }
            }
            walk.key = Some(key);
        }
        Event::Scalar(value) => {
            begin(&walk, &leading, value);
            walk.step();
        }
        Event::Object(at) | Event::List(at) => {
            let (into, here) = begin(&walk, &leading, at..at + 1);
            walk.open(matches!(event, Event::Object(_)));
            leading.push(into);
            ending.push(here);
        }
        Event::Close(end) => {
            leading.pop();
            walk.open.pop();
            ends.extend(ending.pop().unwrap_or_default().into_iter().map(|path| (path, end)));
            walk.step();
        }
    });
    for (path, end) in ends {
        if let Some(Some(place)) = found.get_mut(path) {
            place.value.end = place.value.end.max(end);
        }
    }
    found
}

/// A key that stands in an object before: the path, the first and this one.
pub(super) type Repeated = (Vec<Step>, Range<usize>, Range<usize>);

/// Looks for keys that stand twice in one object.
#[derive(Default)]
pub(super) struct Twice {
    walk: Walk,
    /// The keys of each open object.
    keys: Vec<Vec<(String, Range<usize>)>>,
    found: Vec<Repeated>,
}

impl Twice {
    pub(super) fn see(&mut self, text: &str, event: Event) {
        match event {
            Event::Key(bytes) => {
                let key = unquoted(text, &bytes);
                if let Some(step) = self.walk.open.last_mut() {
                    *step = Step::Key(key.clone());
                }
                if let Some(keys) = self.keys.last_mut() {
                    keys.push((key, bytes));
                }
            }
            Event::Scalar(_) => self.walk.step(),
            Event::Object(_) | Event::List(_) => {
                self.walk.open(matches!(event, Event::Object(_)));
                self.keys.push(Vec::new());
            }
            Event::Close(_) => {
                let keys = self.keys.pop().unwrap_or_default();
                self.compare(&keys);
                self.walk.open.pop();
                self.walk.step();
            }
        }
    }

    fn compare(&mut self, keys: &[(String, Range<usize>)]) {
        let sorted = order::places(keys.len(), &mut |one, other| keys[one].0.cmp(&keys[other].0));
        let mut first = 0;
        for (nth, place) in sorted.into_iter().enumerate() {
            let (key, bytes) = &keys[place];
            if nth == 0 || *key != keys[first].0 {
                first = place;
                continue;
            }
            if let Some(step) = self.walk.open.last_mut() {
                *step = Step::Key(key.clone());
            }
            self.found.push((self.walk.open.clone(), keys[first].1.clone(), bytes.clone()));
        }
    }

    /// What was found, in the order of the text.
    pub(super) fn found(mut self) -> Vec<Repeated> {
        order::sort_by_key(&mut self.found, |(_, _, again)| again.start);
        self.found
    }
}
