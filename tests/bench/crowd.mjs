// 100,000 contacts in the engine: how long their snapshot takes with a match model and without, which is how long they
// take to be indexed, and how long one lead then takes. In Node; figures are for reading, nothing is asserted.
//
// Repeat: cargo xtask bench crowd.
import { readFileSync } from "node:fs";

import * as engine from "../../pkg/dist/node.js";
import { demoFile } from "../parity/native.mjs";

const CONTACTS = 100_000;
const RUNS = 3;
const root = new URL("../../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

/** A stream of numbers below a limit, the same every time. */
function stream(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Contacts as Salesforce's report has them. A few names are frequent, most are rare. */
function contacts() {
  const below = stream(20261123);
  const parts = ["ber", "lan", "mo", "ri", "sten", "ka", "vel", "or", "tin", "hau", "go", "lis", "mar", "du", "fen", "wick"];
  const skewed = (end) => Math.floor((below(end) * below(end)) / end);
  const name = (number) => {
    let text = "";
    for (let rest = number + parts.length; rest > 0; rest = Math.floor(rest / parts.length)) text += parts[rest % parts.length];
    return text[0].toUpperCase() + text.slice(1);
  };
  const rows = ["Contact ID,First Name,Last Name,Email,Phone,Account Name,Mailing Street,Mailing City,Mailing Zip/Postal Code"];
  for (let at = 0; at < CONTACTS; at += 1) {
    const [first, last, company, town] = [skewed(400), skewed(30_000), skewed(20_000), skewed(2000)];
    const email = below(10) > 0 ? `${name(first)}.${name(last)}${below(900)}@${name(company)}.example` : "";
    const phone = below(10) > 3 ? `+49 30 ${1_000_000 + below(9_000_000)}` : "";
    const address = below(2) ? `${name(below(3000))} Street ${below(200) + 1},${name(town)},${10_000 + town * 20 + below(20)}` : ",,";
    rows.push(`c${at},${name(first)},${name(last)},${email},${phone},${name(company)},${address}`);
  }
  return Buffer.from(rows.join("\n"));
}

const demo = JSON.parse(demoFile("manifest.json").toString("utf8"));
const plain = JSON.parse(demoFile(demo.baseline).toString("utf8"));
const { people } = read("contracts/identity.json");
delete plain.digest;
const without = structuredClone(plain);
if (without.identity) delete without.identity.people;
const weighed = { ...plain, identity: { ...plain.identity, people } };
const lead = Buffer.from("Lead ID,First Name,Last Name,Email,Company\nL1,Berlan,Mori,,Sten\n");
const file = contacts();

/** Milliseconds of the first preview, which builds the snapshot, and of the second, which has it. */
function run(contract) {
  const session = new engine.Session();
  session.set_contract("baseline", JSON.stringify(contract));
  session.set_contract("candidate", JSON.stringify(contract));
  session.load("leads.csv", lead, "lead");
  session.load("contacts.csv", file, "contact");
  const timed = (seed) => {
    const began = performance.now();
    session.preview(demo.as_of, seed);
    return performance.now() - began;
  };
  const times = [timed(1), timed(2)];
  session.free();
  return times;
}

const median = (runs) => [...runs].sort((a, b) => a - b)[runs.length >> 1];
const all = Array.from({ length: RUNS }, () => [run(without), run(weighed)]);
const of = (pick) => median(all.map(pick)).toFixed(0);
console.log(`${CONTACTS} contacts, ${(file.length / 1e6).toFixed(0)} MB, in Node ${process.version}; median of ${RUNS}`);
console.log(`  snapshot without a match model  ${of(([a]) => a[0])} ms`);
console.log(`  snapshot with one, indexed      ${of(([, b]) => b[0])} ms; indexing alone ${of(([a, b]) => b[0] - a[0])} ms, 2000 ms wanted`);
console.log(`  one lead under both contracts   ${of(([a]) => a[1])} ms without, ${of(([, b]) => b[1])} ms with`);
