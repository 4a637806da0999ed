// What the native engine decides, and how to find the first decision that another host makes differently.
//
// Environment: PARITY (the native program); otherwise cargo builds and runs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

function native(...args) {
  const named = process.env.PARITY;
  const cargo = ["run", "--quiet", "--release", "--package", "interlock-tests", "--bin", "parity", "--"];
  const [program, before] = named ? [named, []] : ["cargo", cargo];
  const options = { cwd: fileURLToPath(root), encoding: "utf8", maxBuffer: 1 << 28 };
  const { status, stdout, stderr, error } = spawnSync(program, [...before, ...args], options);
  assert.equal(status, 0, `${program} failed: ${error ?? stderr}`);
  return stdout.trimEnd();
}

/** {as_of, seed, files, sides: {baseline: {all, state, leads}, candidate: …}} with SHA-256 in hexadecimal. */
export const expected = () => JSON.parse(native());

/** One of the demo's files, as `cargo xtask wasm` left it. */
export const demoFile = (name) => readFileSync(new URL(`dist/demo/${name}`, root));

/**
 * Fails with both decisions of the first lead that differs. `found` is {leads: [hash], state?: hash}; `decision` gives
 * the canonical JSON of the decision at a place in it. Where `found` is a batch, `from` is the place of its first lead.
 */
export async function assertSame(side, found, wanted, decision, from = 0) {
  assert.equal(found.leads.length, wanted.leads.length, `decisions under the ${side}`);
  const place = found.leads.findIndex((hash, index) => hash !== wanted.leads[index]);
  if (place >= 0) {
    const [here, there] = [await decision(place), native(side, String(from + place))];
    assert.fail(`lead ${from + place} under the ${side}\nhere:   ${here}\nnative: ${there}`);
  }
  if (found.state !== undefined) assert.equal(found.state, wanted.state, `the state after the ${side}`);
}
