// The shipped starting contract as candidate and baseline over the demo's leads: what somebody new to it sees first.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { engineOnDemo, settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();
const file = fileURLToPath(new URL("../../contracts/starting.json", import.meta.url));
const contract = JSON.parse(readFileSync(file, "utf8"));

/** The page with the contract in both places, as its buttons put it there. */
async function open({ width = 1440, ...options } = {}) {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/`, { viewport: { width, height: 900 }, ...options });
  const { page } = opened;
  await settled(page);
  await page.getByRole("button", { name: "Load data" }).click();
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Both" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.locator(".headline", { hasText: "Baseline and candidate are the same." }).waitFor();
  await settled(page);
  return opened;
}

/** The engine in Node on the same: the first lead whose decision `wanted` accepts. */
async function find(wanted) {
  const { session, manifest } = await engineOnDemo(stage.panel.origin);
  for (const side of ["baseline", "candidate"]) session.set_contract(side, JSON.stringify(contract));
  session.preview(manifest.as_of, 0);
  const { rows } = JSON.parse(session.moves(JSON.stringify({ unchanged_too: true, limit: 2000 })));
  const owners = JSON.parse(session.vocabulary()).owners;
  for (const row of rows) {
    const decision = JSON.parse(session.decision(row.index, "candidate"));
    if (wanted(decision, owners)) return { row, decision, owners };
  }
  return assert.fail("the demo has no such lead");
}

/** Opens a lead of those that do not change, by the table. */
async function openLead(page, row) {
  await page.getByRole("searchbox").fill(row.lead);
  await page.getByRole("button", { name: "Look among all leads" }).click();
  await until(() => page.locator("#leads-grid .grid-row .lead-name").allInnerTexts(), [row.name], "the lead");
  await page.locator("#leads-grid .grid-row").first().click();
  await page.locator(".lead-title", { hasText: row.name }).waitFor();
  await page.locator("#proposals-title").waitFor();
}

test("nothing changes yet, and every lead is one button away, by keyboard too", async () => {
  const { page, ...opened } = await open();
  await page.getByText("Nothing is changed yet: baseline and candidate are the same.").waitFor();
  const all = page.getByRole("button", { name: "List all leads" });
  await all.focus();
  await page.keyboard.press("Enter");
  await until(() => page.locator("#leads-title .tally").innerText(), "2,000", "all leads");
  const grid = page.locator("#leads-grid");
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until(() => page.evaluate(() => document.activeElement.id), "why-title", "the focus goes to the lead");
  const name = await page.locator(".lead-title").innerText();
  assert.equal(name, await grid.locator(".grid-row .lead-name").nth(1).innerText());
  // On from there without a mouse: next lead, a proposal or step opened, and back.
  await page.getByRole("button", { name: "Next lead" }).focus();
  await page.keyboard.press("Enter");
  await until(async () => (await page.locator(".lead-title").innerText()) !== name, true, "the next lead");
  const stage = await page.locator(".why details:not([open]) > summary").first().elementHandle();
  await stage.focus();
  await page.keyboard.press("Enter");
  assert.equal(await stage.evaluate((node) => node.parentElement.open), true);
  await page.keyboard.press("Escape");
  await page.locator(".lead-title").waitFor({ state: "detached" });
  await until(() => page.evaluate(() => document.activeElement.id), "leads-grid", "the focus goes back to the table");
  await opened.close();
});

test("each of its eight workflows says what it alone is for", async () => {
  const { page, ...opened } = await open();
  await page.getByRole("navigation", { name: "Sections of the contract" }).getByRole("button", { name: /^Workflows/ }).click();
  const rows = page.locator(".flows-table .flow-row:not(.flow-head)");
  await until(() => rows.count(), contract.workflows.length, "a row each");
  const column = (place) => rows.evaluateAll((all, place) => all.map((row) => row.querySelectorAll(":scope > .flow-cell > div")[place].innerText), place);
  for (const [place, name] of [[0, "trigger"], [1, "action"], [2, "update"], [4, "handoff"]]) {
    const said = await column(place);
    assert.equal(new Set(said).size, said.length, `${name}: ${JSON.stringify(said)}`);
  }
  assert.match(await rows.first().locator(".flow-name").innerText(), /Alim, inbound · version 1\.0\.0/);
  await screenshot(page, "starting-workflows");
  assert.deepEqual(await accessibilityProblems(page), []);
  await opened.close();
});

test("owners, accounts, stages, workflows and reviewers have their names on a lead", async () => {
  const { row, decision, owners } = await find(({ judged, match }, owners) => {
    const of = (action) => judged.find((judged) => judged.action === action);
    const known = owners.some(({ id }) => id === of("assign")?.new);
    return known && of("assign").reviewer && of("link") && of("link").new === match.account.record?.id && of("change_stage");
  });
  const { page, ...opened } = await open();
  await openLead(page, row);
  const steps = page.locator("section[aria-labelledby=steps-title] .proposals > li");
  const texts = await steps.evaluateAll((all) => all.map((step) => ((step.firstElementChild.open = true), step.innerText)));
  const step = (name) => texts.find((text) => text.startsWith(name));
  const assign = decision.judged.find(({ action }) => action === "assign");
  const owner = owners.find(({ id }) => id === assign.new);
  assert.ok(step("Assign").includes(owner.name), step("Assign"));
  assert.ok(!step("Assign").includes(owner.id), step("Assign"));
  assert.match(step("Assign"), /Reviewer\s+(The account's owner|Queue \S+|Sales manager|Partner manager|Communications)/);
  assert.ok(step("Link").includes(decision.match.account.record.name), step("Link"));
  const stages = contract.lifecycle.stages.map(({ names: [name] }) => name);
  assert.ok(stages.some((stage) => step("Change stage").split("\n").includes(stage)), step("Change stage"));
  const workflow = contract.workflows.find(({ id }) => id === assign.workflow);
  assert.ok(step("Assign").includes(workflow.name), step("Assign"));
  await screenshot(page, "starting-lead");
  await opened.close();
});

test("a suppression says what it stops; what cannot be decided and holds nothing is folded away", async () => {
  const { row, decision } = await find(({ suppressed, judged }) => {
    const named = new Set(judged.flatMap(({ reasons }) => reasons ?? []).map(({ rule }) => rule));
    const of = (holds) => suppressed?.filter((found) => found.holds === holds) ?? [];
    return of("yes").some(({ rule }) => rule === "customer") && of("unknown").length > 0 && of("unknown").every(({ rule }) => !named.has(rule));
  });
  const { page, ...opened } = await open();
  await openLead(page, row);
  const part = page.locator("section[aria-labelledby=suppressed-title]");
  const first = await part.locator(".callout").innerText();
  assert.match(first, /customer[\s\S]*Blocks: add to a campaign, enrol in a sequence; sends to review: create records, draft a message, send a message/);
  const unknown = decision.suppressed.filter(({ holds }) => holds === "unknown");
  for (const { rule } of unknown) assert.ok(!first.includes(rule), `${rule} in ${first}`);
  const folded = part.locator("details.undecided");
  assert.equal(await folded.evaluate((node) => node.open), false);
  await folded.locator("summary").click();
  const text = await folded.innerText();
  for (const { rule, missing } of unknown) for (const part of [rule, ...missing]) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.deepEqual(await accessibilityProblems(page), []);
  await opened.close();
});

test("a mistake in its JSON is said where it stands, and an empty list of leads says what to do", async () => {
  const { page, ...opened } = await open();
  await page.getByRole("navigation", { name: "Sections of the contract" }).getByRole("button", { name: /^JSON/ }).click();
  const area = page.getByLabel("The candidate as JSON");
  const text = await area.inputValue();
  const wrong = '"verified_email"';
  const line = text.slice(0, text.indexOf(wrong)).split("\n").length;
  await area.evaluate((node, at) => (node.focus(), node.setSelectionRange(at + 1, at + 9)), text.indexOf(wrong));
  await page.keyboard.insertText("certain");
  const found = page.locator(".code-finding", { hasText: `${line}:` });
  await found.first().waitFor();
  assert.match(await found.first().innerText(), /certain_email/);
  await page.locator(".follows .callout", { hasText: "errors" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await until(() => area.inputValue(), text, "the text is back");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Load data" }).click();
  await page.getByRole("button", { name: /leads\.csv/ }).click();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator(".follows").getByRole("button", { name: "Load data" }).waitFor();
  await screenshot(page, "starting-no-leads");
  await opened.close();
});

test("in 320 px nothing of it overflows", async () => {
  const { row } = await find(({ judged, suppressed }) => judged.length > 6 && suppressed?.length > 2);
  const { page, ...opened } = await open({ width: 320, colorScheme: "dark" });
  await openLead(page, row);
  await page.locator(".why details").evaluateAll((all) => all.forEach((node) => (node.open = true)));
  const wide = () => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
  assert.ok((await wide()) <= 0);
  assert.ok((await page.locator(".why").evaluate((node) => node.scrollWidth - node.clientWidth)) <= 0);
  assert.deepEqual(await accessibilityProblems(page), []);
  await opened.close();
});
