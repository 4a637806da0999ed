// The same work natively, in Node and in Chromium's worker, in one run. Figures are for reading; nothing is asserted.
//
// Repeat: cargo xtask bench hosts. A figure is the median of several runs; the least and the greatest are beside it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import * as engine from "../../pkg/dist/node.js";
import { launch, openPage, startPanel } from "../browser/lib.mjs";
import { settled } from "../browser/desk.mjs";
import { repeated } from "../data/leads.mjs";
import { start } from "../parity/decide.mjs";
import { demoFile } from "../parity/native.mjs";

const RUNS = 5;
const COPIES = 5;
const demo = JSON.parse(demoFile("manifest.json").toString("utf8"));
const files = demo.files.map((name) => [name, demoFile(name)]);
const many = files.map(([name, bytes]) => [name, name === "leads.csv" ? Buffer.from(repeated(bytes.toString("utf8"), COPIES)) : bytes]);
const contracts = { baseline: demoFile(demo.baseline).toString("utf8"), candidate: demoFile(demo.candidate).toString("utf8") };

const median = (runs) => [...runs].sort((a, b) => a - b)[runs.length >> 1];

function line(host, leads, runs, base) {
  const each = (median(runs) * 1e6) / leads;
  const ms = (value) => `${value.toFixed(0)} ms`;
  const ratio = base ? `  ${(each / base).toFixed(1)} x native` : "";
  console.log(`  ${host.padEnd(22)} ${ms(median(runs)).padStart(9)} (${ms(Math.min(...runs))}..${ms(Math.max(...runs))})  ${Math.round(1e9 / each)} leads/s${ratio}`);
}

function native() {
  const cargo = ["run", "--quiet", "--release", "--package", "interlock-tests", "--bin", "bench", "--"];
  const [program, before] = process.env.BENCH ? [process.env.BENCH, []] : ["cargo", cargo];
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { status, stdout, stderr } = spawnSync(program, [...before, "figures"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.trimEnd().split("\n");
  console.log(lines.slice(0, -1).join("\n"));
  return JSON.parse(lines.at(-1));
}

const base = native();

const one = () => start(engine, contracts.baseline, files, demo.as_of, 1);
const { leads } = one();
console.log(`\ndecide ${leads} leads one by one, event and state as JSON in, full trace as canonical JSON out`);
line(
  "Node",
  leads,
  Array.from({ length: RUNS }, () => {
    const run = one();
    const began = performance.now();
    run.next(leads);
    return performance.now() - began;
  }),
  base.decide,
);

console.log(`\npreview ${leads * COPIES} leads under both contracts, with its figures`);
const session = new engine.Session();
for (const [side, text] of Object.entries(contracts)) session.set_contract(side, text);
for (const [name, bytes] of many) session.load(name, bytes);
const inNode = (seed) => {
  const began = performance.now();
  session.preview(demo.as_of, seed);
  return performance.now() - began;
};
inNode(0);
line("Node", leads * COPIES, Array.from({ length: RUNS }, (_, run) => inNode(run + 1)), base.preview);

const panel = await startPanel();
const browser = await launch();
const { page } = await openPage(browser, `${panel.origin}/`);
await settled(page);
const runs = await page.evaluate(
  async ({ contracts, many, as_of, RUNS }) => {
    const worker = new Worker("./engine-worker.js", { type: "module" });
    let id = 0;
    const ask = (verb, ...args) =>
      new Promise((resolve, reject) => {
        id += 1;
        worker.onmessage = ({ data }) => (data.ok === undefined ? reject(new Error(data.error ?? data.died)) : resolve(data.ok));
        worker.postMessage({ id, verb, args });
      });
    for (const [side, text] of Object.entries(contracts)) await ask("set_contract", side, text);
    for (const [name, text] of many) await ask("load", name, new TextEncoder().encode(text));
    await ask("preview", as_of, 0);
    const runs = [];
    for (let run = 1; run <= RUNS; run += 1) {
      const began = performance.now();
      await ask("preview", as_of, run);
      runs.push(performance.now() - began);
    }
    return runs;
  },
  { contracts, many: many.map(([name, bytes]) => [name, bytes.toString("utf8")]), as_of: demo.as_of, RUNS },
);
line("Chromium, in a worker", leads * COPIES, runs, base.preview);
await browser.close();
await panel.stop();
