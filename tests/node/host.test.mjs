// What a backend does between decisions, with the state that decisions give.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as audit from "../../pkg/dist/audit-node.js";
import * as engine from "../../pkg/dist/node.js";
import { demoFile } from "../parity/native.mjs";

const demo = JSON.parse(demoFile("manifest.json").toString("utf8"));
const text = demoFile(demo.candidate).toString("utf8");
const { parse, stringify } = JSON;

/** The state after the demo's first leads, and the decisions on them. */
function decided(most) {
  const contract = new engine.Contract(text);
  const crm = new engine.Crm();
  for (const name of demo.files) crm.add(name, demoFile(name));
  crm.build(contract, demo.as_of);
  let state = "";
  const decisions = parse(crm.events()).slice(0, most).map((event) => {
    const answer = parse(contract.decide(stringify(event), crm, state, demo.as_of, 7));
    state = stringify(answer.state);
    return answer.decision;
  });
  return { state, decisions };
}

test("a response time that is not kept is found, and one that was is not", () => {
  const { state } = decided(300);
  const host = new audit.Host(text);
  const kept = Object.keys(parse(state).promises);
  assert.ok(kept.length > 1, "the demo has leads with a response time");
  const late = "2027-03-01T09:00:00Z";
  assert.deepEqual(parse(host.breaches(state, demo.as_of)), []);
  const before = parse(host.breaches(state, late)).map((breach) => breach.record);
  assert.deepEqual(before.sort(), kept.sort());

  const [object, id] = kept[0].split("/");
  const record = { object, id };
  const after = host.after(state, stringify([{ what: "accepted", record }, { what: "responded", record }]));
  assert.deepEqual(parse(host.breaches(after, late)).map((breach) => breach.record).sort(), kept.slice(1).sort());
});

test("a lead that comes back gives its turn back, and what was refused is kept", () => {
  const { state, decisions } = decided(100);
  const host = new audit.Host(text);
  const given = decisions.find((decision) => decision.route?.pool && decision.route.place.owner);
  const { pool: { pool }, place: { owner } } = given.route;
  const refused = { what: "refused", record: given.record, action: "assign", value: owner, because: "rejected" };
  const after = parse(host.after(state, stringify([{ what: "given_back", pool, owner, at: demo.as_of }, refused])));
  const turns = (of) => (of.pools[pool].credits?.[owner] ?? 0);
  assert.ok(turns(after) > turns(parse(state)));
  const { what: _, record, ...entry } = refused;
  assert.deepEqual(after.refused[`${record.object}/${record.id}`], [entry]);
});

test("what cannot be read is said, and nothing of it is done", () => {
  const host = new audit.Host(text);
  const says = (act) => {
    try {
      act();
    } catch (thrown) {
      return parse(thrown).message;
    }
    return "nothing was thrown";
  };
  assert.match(says(() => host.after("", '[{"what": "acepted"}]')), /unknown variant `acepted`/);
  assert.match(says(() => host.after("", '[{"what": "given_back", "pool": "nowhere", "owner": "x", "at": "2026-11-23T09:00:00Z"}]')), /no pool `nowhere`/);
  assert.match(says(() => host.after("{", "[]")), /the state cannot be read/);
  assert.match(says(() => host.breaches("", "soon")), /`soon` is not a time/);
  assert.match(says(() => new audit.Host("{}")), /the contract cannot be used/);
});
