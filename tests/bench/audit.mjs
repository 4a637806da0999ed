// A log of a million entries, verified natively and in Chromium's worker, each beside plain SHA-256 of the same bytes; in the
// browser that is the one of WebCrypto. Figures are for reading; nothing is asserted but that the log is sound.
//
// Repeat: cargo xtask bench audit. It writes the log, some 800 MB, into the folder for temporary files.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { launch, openPage, startPanel } from "../browser/lib.mjs";
import { settled } from "../browser/desk.mjs";

const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), "interlock-log-"));
const file = join(folder, "trail.jsonl");

function native(...args) {
  const cargo = ["run", "--quiet", "--release", "--package", "interlock-tests", "--bin", "bench", "--"];
  const [program, before] = process.env.BENCH ? [process.env.BENCH, []] : ["cargo", cargo];
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { status, stdout, stderr } = spawnSync(program, [...before, ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

try {
  console.log(native("audit"));
  native("audit", file);
  const panel = await startPanel();
  const browser = await launch();
  const { page } = await openPage(browser, `${panel.origin}/`);
  await settled(page);
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "bench-log";
    document.body.append(input);
  });
  await page.setInputFiles("#bench-log", file);
  const { hashed, verified, report } = await page.evaluate(async (RUNS) => {
    const PIECE = 1 << 20;
    const [log] = document.getElementById("bench-log").files;
    const worker = new Worker("./audit-worker.js", { type: "module" });
    let id = 0;
    const ask = (verb, ...args) =>
      new Promise((resolve, reject) => {
        id += 1;
        worker.onmessage = ({ data }) => (data.ok === undefined ? reject(new Error(data.error ?? data.died)) : resolve(data.ok));
        worker.postMessage({ id, verb, args });
      });
    const pieces = async (each) => {
      const began = performance.now();
      for (let at = 0; at < log.size; at += PIECE) {
        await each(new Uint8Array(await log.slice(at, at + PIECE).arrayBuffer()));
      }
      return performance.now() - began;
    };
    const [hashed, verified] = [[], []];
    let report;
    for (let run = 0; run < RUNS; run += 1) {
      hashed.push(await pieces((bytes) => crypto.subtle.digest("SHA-256", bytes)));
      await ask("open", undefined, false);
      verified.push(await pieces((bytes) => ask("feed", bytes)));
      report = JSON.parse(await ask("end"));
    }
    return { hashed, verified, report };
  }, RUNS);
  const median = (runs) => [...runs].sort((a, b) => a - b)[runs.length >> 1];
  const ms = (runs) => `${median(runs).toFixed(0)} ms (${Math.min(...runs).toFixed(0)}..${Math.max(...runs).toFixed(0)})`;
  const whole = report.report ?? report;
  assert.equal(whole.found, 0, "the log is sound");
  console.log(`in Chromium's worker, ${(statSync(file).size / 1e6).toFixed(0)} MB in pieces of 1 MiB, read from the file each time; median of ${RUNS}`);
  console.log(`  SHA-256 by WebCrypto  ${ms(hashed)}`);
  console.log(`  verified              ${ms(verified)}, ${(median(verified) / median(hashed)).toFixed(1)} x as long; ${Math.round((whole.entries * 1000) / median(verified))} entries/s`);
  await browser.close();
  await panel.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
