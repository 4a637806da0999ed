// Every lead of the demo workspace gets the same decision in Node as natively, byte for byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { Contract, Crm } from "../../pkg/dist/node.js";
import { assertSame, demoFile, expected } from "../parity/native.mjs";

const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** The decisions as texts, and the state after them. */
function decide(side, { as_of, seed, files }) {
  const contract = new Contract(demoFile(`${side}.json`).toString("utf8"));
  const crm = new Crm();
  for (const name of files) crm.add(name, demoFile(name));
  crm.build(contract, as_of);
  let state = "";
  const decisions = JSON.parse(crm.events()).map((event) => {
    const text = contract.decide(JSON.stringify(event), crm, state, as_of, seed);
    // Both halves as the engine wrote them: parsed and printed again they would be other bytes.
    const split = text.lastIndexOf(',"state":');
    assert.ok(text.startsWith('{"decision":') && split > 0, text.slice(0, 80));
    state = text.slice(split + ',"state":'.length, -1);
    return text.slice('{"decision":'.length, split);
  });
  return { decisions, state };
}

const native = expected();

for (const side of ["baseline", "candidate"]) {
  test(`Node decides every lead as the native engine does under the ${side}`, async () => {
    const { decisions, state } = decide(side, native);
    assert.ok(decisions.length >= 2000, `${decisions.length} leads`);
    const found = { leads: decisions.map(sha256), state: sha256(state) };
    await assertSame(side, found, native.sides[side], (place) => decisions[place]);
  });
}
