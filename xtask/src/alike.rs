//! Brings alike functions of a wasm module together, so that gzip, which looks back 32 KB, finds what repeats.
//!
//! Input: a module. Output: the same module with a name section in which the functions' names, sorted, are the order to
//! write them in; wasm-opt's `--reorder-functions-by-name` then does so and renumbers every reference. Invariant: the same module gives the
//! same order. Measured on the engine: 4 % less than in order of the compiler's names.
//!
//! The order is a greedy chain: next comes the function that shares most with the last ones. What they share is counted in
//! shingles, runs of bytes (A. Broder, "On the resemblance and containment of documents", 1997); a rare shingle says more
//! than a frequent one.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

/// Bytes of a shingle: two or three instructions.
const SHINGLE: usize = 6;
/// Shingles of more functions than this are in most of them and say little.
const FREQUENT: usize = 1000;
/// How many of the last functions count, and how much less each further back, in percent.
const BACK: usize = 60;
const FADING: u64 = 97;

/// Appends the names that sort the functions.
pub(crate) fn with_order_as_names(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0_u32;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("wasm-opt's module cannot be read")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut place = vec![0; bodies.len()];
    for (nth, function) in order(&bodies).into_iter().enumerate() {
        place[function] = nth;
    }
    let mut names = NameMap::new();
    for (function, nth) in (imported..).zip(place) {
        names.append(function, &format!("{nth:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    let mut named = module.to_vec();
    section.append_to(&mut named);
    Ok(named)
}

/// The functions' places, in the order to write them in.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let shared = Shared::of(bodies);
    let mut left: Vec<bool> = vec![true; bodies.len()];
    let mut chain: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut score = vec![0_u64; bodies.len()];
    // The step in which a shingle was counted last: of several functions that have it, the latest counts.
    let mut counted = vec![0; shared.functions.len()];
    for step in 1..=bodies.len() {
        let mut touched = Vec::new();
        let mut strength = 1_u64 << 20;
        for &function in chain.iter().rev().take(BACK) {
            for &shingle in &shared.shingles[function] {
                if std::mem::replace(&mut counted[shingle], step) == step {
                    continue;
                }
                let weight = strength / (shared.functions[shingle].len() as u64).isqrt();
                for &other in shared.functions[shingle].iter().filter(|other| left[**other]) {
                    if score[other] == 0 {
                        touched.push(other);
                    }
                    score[other] += weight;
                }
            }
            strength = strength * FADING / 100;
        }
        // A long function shares more than a short one without being more alike.
        let alike = |function: &usize| score[*function] / length(bodies[*function]);
        let best = touched.iter().copied().max_by_key(|function| (alike(function), std::cmp::Reverse(*function)));
        let best = best.or_else(|| left.iter().position(|left| *left)).unwrap_or_default();
        touched.into_iter().for_each(|function| score[function] = 0);
        left[best] = false;
        chain.push(best);
    }
    chain
}

/// The length that counts: its power of three quarters.
fn length(body: &[u8]) -> u64 {
    let length = body.len() as u64 + 20;
    length.isqrt() * length.isqrt().isqrt()
}

/// The shingles that some functions share.
struct Shared {
    /// For each function its shingles.
    shingles: Vec<Vec<usize>>,
    /// For each shingle its functions.
    functions: Vec<Vec<usize>>,
}

impl Shared {
    fn of(bodies: &[&[u8]]) -> Self {
        let mut numbers: HashMap<&[u8], usize> = HashMap::new();
        let mut functions: Vec<Vec<usize>> = Vec::new();
        for (function, body) in bodies.iter().enumerate() {
            for shingle in body.windows(SHINGLE) {
                let number = *numbers.entry(shingle).or_insert(functions.len());
                if number == functions.len() {
                    functions.push(Vec::new());
                }
                if functions[number].last() != Some(&function) {
                    functions[number].push(function);
                }
            }
        }
        let mut shingles = vec![Vec::new(); bodies.len()];
        for (number, having) in functions.iter().enumerate() {
            if (2..=FREQUENT).contains(&having.len()) {
                having.iter().for_each(|function| shingles[*function].push(number));
            }
        }
        Self { shingles, functions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_functions_stand_together() {
        let bodies: [&[u8]; 4] = [b"abcdefghijkl-one", b"0123456789-two", b"abcdefghijkl-three", b"0123456789-four"];
        assert_eq!(order(&bodies), [0, 2, 1, 3]);
        assert_eq!(order(&[]), [] as [usize; 0]);
    }

    #[test]
    fn every_function_is_named_once_by_its_place() {
        // (module (import "a" "b" (func)) (func) (func nop))
        let module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x07\x01\x01a\x01b\0\0\x03\x03\x02\0\0\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b";
        let named = with_order_as_names(module).unwrap();
        assert!(named.starts_with(module));
        let names = &named[module.len()..];
        assert!(names.windows(8).any(|bytes| bytes == b"\x01\x06000000"), "{names:?}");
        assert!(names.windows(8).any(|bytes| bytes == b"\x02\x06000001"), "{names:?}");
        assert!(with_order_as_names(b"no module").is_err());
    }
}
