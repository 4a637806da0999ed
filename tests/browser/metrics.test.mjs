// The metrics page: the same figures as the command, charts with their tables, advice that edits the candidate, reports as files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();
const command = process.env.INTERLOCK ?? fileURLToPath(new URL("../../target/release/interlock", import.meta.url));

/** A log in which people accepted sixty suggestions of an industry at 85 % unchanged, over six weeks. */
function log(folder) {
  const entries = [];
  for (let place = 0; place < 60; place += 1) {
    const at = new Date(Date.UTC(2026, 9, 5, 9) + place * 12 * 3_600_000).toISOString().replace(".000", "");
    entries.push({
      kind: "change", object: "lead", record: `r${place}`, workflow: "outbound-lead-creation", workflow_version: "1.0.2",
      event: `e${place}`, trigger: "prospect_sourced", action: "update_field", field: "lead.industry", old: null, new: "SaaS",
      source: "clearview", confidence: 850, at, actor: "human_approved_ai", verdict: "suggest", reasons: [],
      codes: ["suggestion-mode"], rules: [place % 2 ? "high-value" : "<b>odd</b>"], human_verified: true, contract: "sha256:0",
      engine: "interlock 0.1.0",
      answer: { to: `sha256:${createHash("sha256").update(String(place)).digest("hex")}`, says: "accepted", by: "ann@example.com" },
    });
  }
  const file = join(folder, "entries.jsonl");
  writeFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  execFileSync(command, ["audit", "append", join(folder, "trail.jsonl"), file]);
  return join(folder, "trail.jsonl");
}

async function opened(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), "interlock-metrics-"));
  const trail = log(folder);
  const { page, close } = await openPage(stage.browser, `${stage.panel.origin}/`, options);
  await settled(page);
  await page.getByRole("button", { name: "Audit", exact: true }).click();
  await page.getByRole("heading", { name: "Audit", level: 2 }).waitFor();
  await page.locator('.audit input[type="file"]').first().setInputFiles(trail);
  await page.getByText("As it was written").waitFor();
  await page.getByRole("navigation", { name: "Pages on the log" }).getByRole("button", { name: "Metrics" }).click();
  await page.getByRole("heading", { name: "Figures", exact: true }).waitFor();
  return { page, trail, close: async () => (await close(), rmSync(folder, { recursive: true })) };
}

async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("figures are those of the command, with interval and number", async () => {
  const { page, trail, close } = await opened({ viewport: { width: 1440, height: 900 } });
  const told = JSON.parse(execFileSync(command, ["audit", "metrics", trail, "--format", "json"], { encoding: "utf8" }));
  const accepted = told.overall.find(({ metric }) => metric === "suggestion_acceptance");
  assert.equal(accepted.hits, 60);
  const tile = page.locator(".measure", { hasText: "Suggestions accepted" });
  const text = await tile.innerText();
  assert.match(text, /100\.0 %/);
  assert.match(text, new RegExp(`${(accepted.interval.low / 100).toFixed(1)} % – 100\\.0 %`));
  assert.match(text, /60 of 60/);
  const weeks = told.slices.filter(({ by, figures }) => by === "week" && figures.some(({ metric }) => metric === "suggestion_acceptance"));
  const rows = page.getByRole("region", { name: "The trend as a table" }).locator("tbody tr");
  assert.equal(await rows.count(), weeks.length);
  assert.equal(await page.locator(".measure-chart circle").count(), weeks.length);
  await page.getByRole("group", { name: "Cut up by" }).getByRole("button", { name: "Rule" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Figures cut up" }).getByRole("rowheader", { name: "<b>odd</b>" }).first().waitFor();
  await page.getByText("What the evidence supports").waitFor();
  await screenshot(page, "audit-metrics");
  assert.deepEqual(await accessibilityProblems(page), []);
  await close();
});

test("the records that the panel has loaded are measured as the command measures them", async () => {
  const { page, trail, close } = await opened();
  const demo = join(trail, "..", "demo");
  execFileSync(command, ["demo", "--out", demo]);
  const beside = ["leads", "contacts", "accounts", "opportunities", "activities", "owners"];
  const files = beside.flatMap((name) => [`--${name}`, join(demo, `${name}.csv`)]);
  const args = ["audit", "metrics", trail, "--contract", join(demo, "baseline.json"), ...files, "--format", "json"];
  const told = JSON.parse(execFileSync(command, args, { encoding: "utf8" }));
  for (const [metric, name] of [["field_completion", "Field completion"], ["duplicate_rate", "Duplicate"]]) {
    const { hits, of } = told.overall.find((figure) => figure.metric === metric);
    assert.ok(of > 1000, `${metric} is of ${of}`);
    const tile = page.locator(".measure", { hasText: name }).first();
    assert.match(await tile.innerText(), new RegExp(`${hits.toLocaleString("en")} of ${of.toLocaleString("en")}`));
  }
  await close();
});

test("advice is made an edit of the candidate, and a threshold is found", async () => {
  const { page, close } = await opened({ viewport: { width: 320, height: 900 }, colorScheme: "dark" });
  const advice = page.locator(".measure-advice", { hasText: "Field lead.industry" });
  assert.match(await advice.innerText(), /from 85 % on 60 of 60 were accepted unchanged/);
  await page.getByRole("spinbutton").fill("90");
  await page.getByText("From 85 % on at least 94.0 % are right").waitFor();
  await page.getByRole("spinbutton").fill("99");
  await page.getByText("Not enough evidence for 99 %").waitFor();
  await screenshot(page, "audit-metrics-narrow");
  assert.deepEqual(await accessibilityProblems(page), []);
  await advice.getByRole("button", { name: "Make this edit in the candidate: lead.industry" }).focus();
  await page.keyboard.press("Enter");
  await advice.getByText("In the candidate").waitFor();
  await page.getByRole("button", { name: "Back to the preview" }).click();
  await settled(page);
  await until(
    () => page.getByText("/fields/lead.industry/auto_at").or(page.getByText("lead.industry")).count().then((many) => many > 0),
    true,
    "the edit is listed",
  );
  await close();
});

test("the weekly review is a file of its own", async () => {
  const { page, close } = await opened();
  const html = await saved(page, () => page.getByRole("button", { name: "HTML" }).click());
  assert.match(html.name, /^review-2026-W\d\d\.html$/);
  assert.match(html.text, /^<!doctype html>/);
  assert.doesNotMatch(html.text, /<script|<b>odd|https?:/);
  const markdown = await saved(page, () => page.getByRole("button", { name: "Markdown" }).click());
  assert.match(markdown.text, /^# Weekly review 2026-W\d\d/);
  // It stands on its own: nothing is asked for, and it can be read.
  const { page: alone, close: shut } = await openPage(stage.browser, "about:blank");
  await alone.setContent(html.text);
  await screenshot(alone, "audit-review-file");
  assert.deepEqual(await accessibilityProblems(alone), []);
  await shut();
  await close();
});
