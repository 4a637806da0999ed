// Every lead of the demo workspace gets the same decision in Node as natively, byte for byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import * as engine from "../../pkg/dist/node.js";
import { start } from "../parity/decide.mjs";
import { assertSame, demoFile, expected } from "../parity/native.mjs";

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

const native = expected();

for (const side of ["baseline", "candidate"]) {
  test(`Node decides every lead as the native engine does under the ${side}`, async () => {
    const files = native.files.map((name) => [name, demoFile(name)]);
    const contract = demoFile(`${side}.json`).toString("utf8");
    const run = start(engine, contract, files, native.as_of, native.seed);
    assert.ok(run.leads >= 2000, `${run.leads} leads`);
    const decisions = run.next(run.leads);
    const found = { leads: decisions.map(sha256), state: sha256(run.state()) };
    await assertSame(side, found, native.sides[side], (place) => decisions[place]);
  });
}
