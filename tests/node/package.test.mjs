// The npm package as somebody else gets it: packed, installed without a network, imported by name, typed, bundled.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import * as engine from "../../pkg/dist/node.js";
import { file as typesFile, types } from "../data/types.mjs";
import { demoFile } from "../parity/native.mjs";

const AS_OF = "2026-11-23T09:00:00Z";
const demo = JSON.parse(demoFile("manifest.json").toString("utf8"));

let folder;

/** Runs a program in the consumer's folder and gives what it prints. */
function run(program, args) {
  const options = { cwd: folder, encoding: "utf8", shell: process.platform === "win32" && program === "npm", maxBuffer: 1 << 27 };
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  assert.equal(status, 0, `${program} ${args[0]}: ${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), "interlock-consumer-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));
  run("npm", ["pack", pkg, "--ignore-scripts", "--loglevel=error"]);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", `./${tarball}`]);
});

after(() => rmSync(folder, { recursive: true, force: true }));

const installed = (name) => readFileSync(join(folder, "node_modules/@interlock/engine", name));

test("what is packed is what is needed, and nothing else", () => {
  const files = (at = "") =>
    readdirSync(join(folder, "node_modules/@interlock/engine", at), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? files(join(at, entry.name)) : [join(at, entry.name).replaceAll("\\", "/")],
    );
  assert.deepEqual(files().sort(), [
    "README.md",
    "dist/audit-browser.js",
    "dist/audit-index.d.ts",
    "dist/audit-node.js",
    "dist/audit.d.ts",
    "dist/audit.js",
    "dist/audit_bg.wasm",
    "dist/audit_bg.wasm.d.ts",
    "dist/browser.js",
    "dist/engine.d.ts",
    "dist/engine.js",
    "dist/engine_bg.wasm",
    "dist/engine_bg.wasm.d.ts",
    "dist/index.d.ts",
    "dist/load.d.ts",
    "dist/load.js",
    "dist/node.js",
    "dist/tables.js",
    "dist/types.d.ts",
    "package.json",
  ]);
  assert.equal(JSON.parse(installed("package.json")).license, "Apache-2.0");
});

test("it is imported by name and decides as the README says", () => {
  const readme = installed("README.md").toString("utf8");
  const [, example] = /## Decide[^`]*```js\n([^]*?)```/.exec(readme);
  writeFileSync(join(folder, "contract.json"), demoFile("candidate.json"));
  writeFileSync(join(folder, "accounts.csv"), demoFile("accounts.csv"));
  writeFileSync(join(folder, "decide.mjs"), `${example}\nconsole.log(text);`);
  const printed = run(process.execPath, ["decide.mjs"]).trimEnd().split("\n").at(-1);
  const contract = new engine.Contract(demoFile("candidate.json").toString("utf8"));
  const crm = new engine.Crm();
  crm.add("accounts.csv", demoFile("accounts.csv"));
  crm.build(contract, AS_OF);
  const event = { id: "e1", kind: "lead_captured", at: AS_OF, record: { object: "lead", id: "L1" }, fields: { "lead.email": "ann@acme.example" } };
  assert.equal(printed, contract.decide(JSON.stringify(event), crm, "", AS_OF, 7));
  assert.ok(JSON.parse(printed).decision.outcome);
  // What goes to a person holds what depends on it, where the host wants it kept.
  const fields = { ...event.fields, "lead.country": "US", "lead.employees": "40", "lead.converted": "false" };
  const asked = { ...event, source: "Web Form", fields };
  const merge = { ...asked, principal: { person: "ann" }, actions: [{ action: "merge", to: "L2" }] };
  const next = (event, state, hold) => JSON.parse(contract.decide(JSON.stringify(event), crm, state, AS_OF, 7, hold));
  const { state } = next(merge, "", true);
  assert.ok(state.pending["lead/L1"].some(({ action }) => action === "merge"));
  const held = ({ decision }) => JSON.stringify(decision.judged).includes("review-pending");
  assert.ok(held(next(asked, JSON.stringify(state))));
  assert.ok(!held(next(asked, "")));
});

test("the types are those of the schemas", async () => {
  assert.equal(readFileSync(typesFile, "utf8"), await types(), "renew them: node tests/data/types.mjs");
});

/** What the engine really answers, by the type that it must have. */
function answers() {
  const session = new engine.Session();
  const parse = (text) => JSON.parse(text);
  const checks = ["baseline", "candidate"].map((side) => parse(session.set_contract(side, demoFile(demo[side]).toString("utf8"))));
  checks.push(parse(engine.check('{"format": 1, "routing": {"rules": 5}}')));
  const reports = demo.files.map((name) => parse(session.load(name, demoFile(name))));
  const summary = parse(session.preview(AS_OF, 0));
  const page = parse(session.moves(JSON.stringify({ limit: 40 })));
  const crm = new engine.Crm();
  const contract = new engine.Contract(demoFile(demo.candidate).toString("utf8"));
  for (const name of demo.files) crm.add(name, demoFile(name));
  crm.build(contract, AS_OF);
  const events = parse(crm.events()).slice(0, 40);
  const decided = events.slice(0, 3).map((event) => parse(contract.decide(JSON.stringify(event), crm, "", AS_OF, 7)));
  return {
    "CheckReport[]": checks,
    "FileReport[]": reports,
    Summary: summary,
    Page: page,
    "SideBySide[]": page.rows.slice(0, 20).map((row) => parse(session.lead(row.index))),
    "Decision[]": page.rows.map((row) => parse(session.decision(row.index, "candidate"))),
    "Difference[]": parse(session.diff()),
    EditEffect: parse(session.effect(0, AS_OF, 0)),
    "CrmEvent[]": events,
    "Decided[]": decided,
    Vocabulary: parse(session.vocabulary()),
    ContractFormat: parse(demoFile(demo.candidate)),
  };
}

test("TypeScript accepts what the engine really answers, and refuses what it does not", () => {
  const values = Object.entries(answers());
  const names = [...new Set(values.map(([type]) => type.replace("[]", "")))].join(", ");
  const constants = values.map(([type, value], index) => `export const v${index}: ${type} = ${JSON.stringify(value)};`);
  const good = `import { Contract, Crm, Session, check, version } from "@interlock/engine";
import type { ${names}, Query, Side } from "@interlock/engine";
import init from "@interlock/engine/load";
import { Host, Trail, type Breach, type Happened } from "@interlock/engine/audit";
${constants.join("\n")}
const side: Side = "baseline";
const query: Query = { change: "rerouted", from: ["owner", "005"], sort: "score_change", limit: 5 };
const happened: Happened[] = [{ what: "accepted", record: { object: "lead", id: "L1" } }];
export function late(text: string, state: string): Breach[] {
  new Trail().free();
  const host = new Host(text);
  return JSON.parse(host.breaches(host.after(state, JSON.stringify(happened)), "2026-11-23T09:00:00Z"));
}
export async function use(text: string, bytes: Uint8Array): Promise<string[]> {
  await init({ module_or_path: bytes });
  const session = new Session();
  const report = JSON.parse(session.set_contract(side, text)) as CheckReport;
  const page = JSON.parse(session.moves(JSON.stringify(query))) as Page;
  const contract = new Contract(text);
  const { decision } = JSON.parse(contract.decide("{}", new Crm(), "", "", 0)) as Decided;
  return [version(), check(text), contract.digest, ...report.findings.map((finding) => finding.address), page.rows[0]?.name ?? "", decision.outcome.strictest ?? ""];
}
`;
  const bad = `import { Session, type Page } from "@interlock/engine";
// @ts-expect-error a seed is a number
new Session().preview("2026-11-23T09:00:00Z", "7");
// @ts-expect-error a page has no such member
export const none = ({} as Page).lines;
`;
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/good.ts"), good);
  writeFileSync(join(folder, "src/bad.ts"), bad);
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const common = ["--noEmit", "--strict", "--target", "es2022", "src/good.ts", "src/bad.ts"];
  run(process.execPath, [tsc, "--module", "nodenext", ...common]);
  run(process.execPath, [tsc, "--module", "esnext", "--moduleResolution", "bundler", ...common]);
});

test("a bundler for browsers takes it along with its module", async () => {
  const entry = `import init, { version } from "@interlock/engine/load";
import wasm from "@interlock/engine/engine.wasm";
await init({ module_or_path: wasm });
console.log(version());`;
  writeFileSync(join(folder, "entry.mjs"), entry);
  const common = { absWorkingDir: folder, bundle: true, format: "esm", platform: "browser", write: false, logLevel: "silent" };
  const moved = await build({ ...common, entryPoints: ["entry.mjs"], outdir: "out", loader: { ".wasm": "file" } });
  assert.deepEqual(moved.warnings, []);
  const module = moved.outputFiles.find(({ path }) => path.endsWith(".wasm"));
  assert.ok(Buffer.from(module.contents).equals(installed("dist/engine_bg.wasm")));
  const script = moved.outputFiles.find(({ path }) => path.endsWith(".js"));
  assert.ok(script.text.includes(module.path.split(/[\\/]/).at(-1)), "the script names the module");

  writeFileSync(join(folder, "plain.mjs"), 'import { version } from "@interlock/engine";\nconsole.log(version());');
  const plain = await build({ ...common, entryPoints: ["plain.mjs"], outdir: "out" });
  assert.deepEqual(plain.warnings, []);
  assert.ok(plain.outputFiles[0].text.includes("engine_bg.wasm"));
  assert.ok(!plain.outputFiles[0].text.includes("node:fs"), "nothing of Node is in it");
});
