// The audit pages: a log is opened, looked through, answered by keyboard; nothing is lost on a bad file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { engineOnDemo, number, settled, tile, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

async function audit(options = {}) {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/`, options);
  await settled(opened.page);
  await opened.page.getByRole("button", { name: "Audit", exact: true }).click();
  await opened.page.getByRole("heading", { name: "Audit", level: 2 }).waitFor();
  return opened;
}

async function withDemo(options = {}) {
  const opened = await audit(options);
  await opened.page.getByRole("button", { name: "Try the demo's log" }).click();
  await opened.page.getByText("As it was written").waitFor();
  await opened.page.locator(".audit-row").first().waitFor();
  return opened;
}

const demoLog = async () => {
  const answer = await fetch(`${stage.panel.origin}/demo/trail.jsonl`);
  return Buffer.from(await answer.arrayBuffer());
};

const entries = (page) => page.locator("#audit-list-title .tally").innerText().then(number);
const rows = (page) => page.locator(".audit-row");
const tab = (page, name) => page.getByRole("navigation", { name: "Pages on the log" }).getByRole("button", { name });

async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("nothing of the audit pages loads before they are opened", async () => {
  const asked = [];
  const opened = await openPage(stage.browser, `${stage.panel.origin}/`);
  opened.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await settled(opened.page);
  assert.deepEqual(asked.filter((path) => path.includes("audit")), []);
  await opened.page.getByRole("button", { name: "Audit", exact: true }).click();
  await opened.page.getByText("Open the log that your backend keeps").waitFor();
  assert.ok(asked.some((path) => path.endsWith("/audit_panel_bg.wasm")), asked.join());
  await screenshot(opened.page, "audit-first");
  assert.deepEqual(await accessibilityProblems(opened.page), []);
  await opened.page.keyboard.press("Escape");
  assert.equal(await opened.page.evaluate(() => document.activeElement?.id), "audit-button");
  await opened.close();
});

test("the demo's log is verified, narrowed down and looked into", async () => {
  const { page, close } = await withDemo({ viewport: { width: 1440, height: 900 } });
  const log = (await demoLog()).toString("utf8").trimEnd().split("\n");
  const all = log.map((line) => JSON.parse(line)).filter((line) => line.entry);
  await until(() => entries(page), all.length, "all entries are counted");
  await screenshot(page, "audit-log");
  assert.deepEqual(await accessibilityProblems(page), []);
  const blocked = all.filter(({ entry }) => entry.kind === "block").length;
  await page.locator(".facet-value", { hasText: /^Block/ }).first().click();
  await until(() => entries(page), blocked, "blocked ones are left");
  await page.getByRole("button", { name: "Clear the filters" }).first().click();
  await page.getByPlaceholder("Value, reason, record, person").fill("mara.lindqvist");
  const hers = all.filter(({ entry }) => JSON.stringify(entry).includes("mara.lindqvist")).length;
  await until(() => entries(page), hers, "what one person said");
  await page.getByPlaceholder("Value, reason, record, person").fill("");
  await until(() => entries(page), all.length, "all of them again");

  // The last one first; by keyboard to the next, and into it.
  await page.locator("#audit-grid").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const seq = all.at(-2).seq;
  await page.getByRole("heading", { name: `Line ${seq}` }).waitFor();
  await page.locator(".timeline li.here").waitFor();
  await screenshot(page, "audit-entry");
  assert.deepEqual(await accessibilityProblems(page), []);
  const proof = await saved(page, () => page.getByRole("button", { name: "Proof of this entry" }).click());
  assert.equal(JSON.parse(proof.text).line, log[seq]);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "audit-grid");

  const lines = await saved(page, () => page.getByRole("button", { name: "JSON Lines" }).click());
  assert.equal(lines.text.trimEnd().split("\n").length, all.length);
  assert.deepEqual(JSON.parse(lines.text.split("\n")[0]), all[0].entry);
  const csv = await saved(page, () => page.getByRole("button", { name: "CSV" }).click());
  assert.ok(csv.text.startsWith('"line","at","kind"'));

  await page.getByRole("button", { name: "Report" }).click();
  await page.getByRole("heading", { name: /^Audit report/ }).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".bar").first().isVisible(), false);
  assert.equal(await page.locator(".audit-print tbody tr").count(), Math.min(all.length, 1000));
  await screenshot(page, "audit-print");
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await rows(page).first().waitFor();
  await close();
});

test("owners are called by their names, wherever the log has their ids", async () => {
  const { page, close } = await withDemo({ viewport: { width: 1440, height: 900 } });
  const owners = await fetch(`${stage.panel.origin}/demo/owners.csv`).then((answer) => answer.text());
  const names = new Map(owners.trimEnd().split(/\r?\n/).slice(1).map((line) => {
    const [id, , , name] = line.split(",").map((cell) => cell.replaceAll('"', ""));
    return [id, name];
  }));
  const log = (await demoLog()).toString("utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
  const owned = log.filter(({ entry }) => names.has(entry?.owner));
  const { entry, seq } = owned.at(-1);
  const facet = page.locator(".audit-facets details", { has: page.locator("summary", { hasText: /^Owner$/ }) });
  await facet.locator("summary").click();
  const shown = (await facet.locator(".facet-name").allTextContents()).filter((name) => name !== "none");
  // What is no person, such as a queue, is called as the log has it.
  const known = new Set([...names.values(), ...log.map((line) => line.entry?.owner).filter((id) => !names.has(id))]);
  assert.ok(shown.length > 5 && shown.every((name) => known.has(name)), shown.join());

  // What is chosen stays the log's own id, and an entry says both.
  const name = names.get(entry.owner);
  const more = facet.getByRole("button", { name: /more$/ });
  if (await more.isVisible()) await more.click();
  await facet.locator(".facet-value", { hasText: name }).click();
  await until(() => entries(page), owned.filter((line) => line.entry.owner === entry.owner).length, "theirs are left");
  await rows(page).first().click();
  await page.getByRole("heading", { name: `Line ${seq}` }).waitFor();
  await page.locator(".entry-facts").getByText(`${name} (${entry.owner})`).waitFor();
  await screenshot(page, "audit-owner");
  await close();
});

test("a changed log says where, and a bad file loses nothing", async () => {
  const { page, close } = await withDemo();
  const before = await entries(page);
  const choose = (name, buffer) =>
    page.locator('.audit-actions input[type="file"]').setInputFiles({ name, mimeType: "application/json", buffer });
  await choose("notes.txt", Buffer.from("no log\n"));
  await page.getByRole("alert").getByText("this is no audit log").waitFor();
  assert.equal(await entries(page), before);
  const whole = (await demoLog()).toString("utf8");
  await choose("changed.jsonl", Buffer.from(whole.replace('"human_verified":false', '"human_verified":true')));
  await page.getByText("Not as it was written").waitFor();
  await page.locator(".fault-list li").first().waitFor();
  assert.match(await page.locator(".fault-list li").first().innerText(), /Line \d+, byte \d+ hash-differs/);
  await screenshot(page, "audit-faults");
  assert.deepEqual(await accessibilityProblems(page), []);
  // A head that was kept tells of what was cut off.
  const lines = whole.trimEnd().split("\n");
  await choose("cut.jsonl", Buffer.from(`${lines.slice(0, -3).join("\n")}\n`));
  await page.getByText("As it was written", { exact: true }).waitFor();
  await page.getByText("Were lines cut off at the end?").click();
  const kept = { log: "lanternfold-2026", size: lines.length, tree: `sha256:${"0".repeat(64)}`, last: JSON.parse(lines.at(-1)).hash };
  await page.locator(".audit-kept textarea").fill(JSON.stringify(kept));
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByText("3 cut off at the end").waitFor();
  await close();
});

test("a routing rule that people correct is taken back to suggestions, and the preview shows what that does", async () => {
  const { page, close } = await withDemo({ viewport: { width: 1440, height: 900 } });
  await tab(page, "Metrics").click();
  const advice = page.locator(".measure-advice", { hasText: "Rule emea-inbound" });
  const text = await advice.innerText();
  assert.match(text, /take back/);
  assert.match(text, /people corrected or took back \d+ of \d+/);
  assert.ok(text.includes('/routing/rules/emea-inbound/mode "automatic" → "suggest"'), text);
  await advice.getByRole("button", { name: "Make this edit in the candidate: emea-inbound" }).focus();
  await page.keyboard.press("Enter");
  await advice.getByText("In the candidate").waitFor();
  await page.getByRole("button", { name: "Back to the preview" }).click();
  await settled(page);

  const before = await engineOnDemo(stage.panel.origin);
  const { session, summary } = await engineOnDemo(stage.panel.origin, (candidate) => {
    candidate.routing.rules.find(({ id }) => id === "emea-inbound").mode = "suggest";
  });
  assert.ok(summary.counts.verdict_changed > before.summary.counts.verdict_changed, "the edit must show");
  assert.equal(summary.counts.rerouted, before.summary.counts.rerouted, "nobody goes elsewhere");
  await until(() => tile(page, "Verdict changed"), summary.counts.verdict_changed, "as many as the engine finds");
  await until(() => tile(page, "Rerouted"), summary.counts.rerouted, "the same ones");

  // One of the leads says why.
  const { rows: moved } = JSON.parse(session.moves(JSON.stringify({ change: "verdict_changed", limit: 800 })));
  const lead = moved.find(({ index }) => {
    const { judged } = JSON.parse(session.decision(index, "candidate"));
    return judged.some(({ verdict, reasons }) => verdict === "suggest" && reasons?.some(({ code }) => code === "rule-suggests"));
  });
  await page.evaluate((id) => (location.hash = `#lead=${id}`), lead.lead);
  const reason = page.locator(".reasons .line", { hasText: "rule-suggests" });
  await reason.waitFor({ state: "attached" });
  assert.match(await reason.first().textContent(), /routing rule emea-inbound is in suggestion mode/);

  // The editor has the choice, and the way back leaves nothing behind.
  await page.evaluate(() => (location.hash = "#section=routing&at=/routing/rules/emea-inbound"));
  const mode = page.locator('select[aria-label="Where its workflow is automatic, /routing/rules/emea-inbound/mode"]');
  await until(() => mode.inputValue(), "suggest", "the choice follows the edit");
  await screenshot(page, "routing-rule-suggests");
  assert.deepEqual(await accessibilityProblems(page), []);
  await mode.selectOption({ label: "Assigns" });
  await until(() => tile(page, "Verdict changed"), before.summary.counts.verdict_changed, "as before");
  assert.equal(await page.locator(".labelled.changed", { has: mode }).count(), 0);
  await close();
});

test("what waits is answered by keyboard alone, and taken along", async () => {
  const { page, close } = await withDemo({ viewport: { width: 1440, height: 900 } });
  await tab(page, "Review").click();
  await page.locator(".review-row").first().waitFor();
  const waiting = () => page.locator("#review-title .tally").innerText().then(number);
  const before = await waiting();
  await screenshot(page, "audit-review");
  assert.deepEqual(await accessibilityProblems(page), []);

  // Nobody decides without a name.
  await page.locator("#review-list").focus();
  await page.keyboard.press("a");
  await page.getByRole("alert").getByText("nobody is named").waitFor();
  await page.locator(".review-one .who").fill("ann@example.com");
  await page.locator("#review-list").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("n");
  await page.keyboard.type("on the phone");
  await page.keyboard.press("Enter");
  await page.keyboard.press("r");
  await until(waiting, before - 1, "one is answered");
  await page.getByText("1 answer not exported yet").waitFor();
  const asked = page.locator('.review-row[aria-selected="true"]');
  await until(() => asked.count(), 1, "the next is looked at");
  await page.keyboard.press("u");
  await until(waiting, before, "it waits again");
  await page.keyboard.press("r");
  await until(waiting, before - 1, "and is answered again");

  // A whole group at once.
  await page.getByLabel("Grouped by").selectOption("field");
  const group = page.locator(".review-groups .facet-value", { hasText: "lead.industry" });
  const many = number(await group.locator(".tally").innerText());
  await group.click();
  await until(waiting, many, "the group is shown");
  await page.getByRole("button", { name: `Reject all ${many}` }).click();
  await page.getByText(`${many + 1} answers not exported yet`).waitFor();
  await screenshot(page, "audit-review-answered");

  // Another log would take their place: not before they are exported.
  await page.locator('.audit-actions input[type="file"]').setInputFiles({ name: "x.jsonl", mimeType: "text/plain", buffer: await demoLog() });
  await page.getByRole("alert").getByText("not exported yet").waitFor();
  const answers = await saved(page, () => page.locator(".review-answers").getByRole("button", { name: "Export" }).click());
  assert.equal(answers.name, "answers.jsonl");
  const given = answers.text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(given.length, many + 1);
  assert.ok(given.every(({ answer, kind }) => answer.says === "rejected" && answer.by === "ann@example.com" && kind === "correction"));
  await page.getByText("All answers are exported").waitFor();
  await close();
});

for (const width of [1440, 768, 320, 300]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing is wider than ${width} pixels, ${colorScheme}`, async () => {
      const { page, close } = await withDemo({ viewport: { width, height: 800 }, colorScheme });
      for (const name of ["Log", "Review", "Rollback", "Metrics"]) {
        await tab(page, name).click();
        await page.waitForTimeout(150);
        if (name === "Log") await rows(page).nth(1).click();
        if (name === "Log") await page.locator(".timeline").waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
        const inner = await page.evaluate(() => {
          const place = document.querySelector(".audit-place");
          return place.scrollWidth - place.clientWidth;
        });
        assert.ok(inner <= 0, `${name} is ${inner} pixels wider than its place`);
        await screenshot(page, `audit-${name.toLowerCase()}-${width}-${colorScheme}`);
        assert.deepEqual(await accessibilityProblems(page), [], name);
      }
      await close();
    });
  }
}
