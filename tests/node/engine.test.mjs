// The npm package in Node, as `cargo xtask wasm` leaves it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import * as engine from "../../pkg/dist/node.js";

const manifest = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));

test("the engine is ready when it is imported and has the package's version", () => {
  assert.equal(engine.version(), manifest.version);
});

test("every file that package.json exports is there", () => {
  const targets = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(targets));
  for (const target of targets(manifest.exports)) {
    assert.ok(readFileSync(new URL(`../../pkg/${target}`, import.meta.url)).length > 0, target);
  }
});

test("the package can be required too", () => {
  assert.equal(createRequire(import.meta.url)("../../pkg/dist/node.js").version(), manifest.version);
});

test("browser and Node load the same module", () => {
  const read = (path) => readFileSync(new URL(path, import.meta.url));
  assert.ok(read("../../pkg/dist/engine_bg.wasm").equals(read("../../dist/engine_bg.wasm")));
});
