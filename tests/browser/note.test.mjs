// For one lead: the score's waterfall adds up, the ladder says of each rule what became of it, the pool says why each member
// was passed over, and the note can be read by each reader and copied.
import assert from "node:assert/strict";
import { test } from "node:test";

import { engineOnDemo, settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

/** The first lead whose decisions `wanted` accepts: {row, before, after}. */
function find(session, wanted) {
  const { rows } = JSON.parse(session.moves(JSON.stringify({ unchanged_too: true, limit: 150 })));
  for (const row of rows) {
    const [before, after] = ["baseline", "candidate"].map((side) => JSON.parse(session.decision(row.index, side)));
    if (wanted(after, before)) return { row, before, after };
  }
  return assert.fail("the demo has no such lead");
}

/** A lead with all of its stages open. */
async function openLead(row, options = {}) {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/#lead=${row.lead}`, { viewport: { width: 1440, height: 900 }, ...options });
  const { page } = opened;
  await settled(page);
  await page.locator(".stage-name", { hasText: "Handoff" }).waitFor();
  const of = (name) => page.locator(".stage", { has: page.locator(".stage-name", { hasText: new RegExp(`^${name}$`) }) });
  for (const name of ["Classification", "Routing", "Handoff"]) {
    await of(name).locator("> details").first().evaluate((node) => (node.open = true));
  }
  return { ...opened, of };
}

/** Waits until nothing is being renewed and nothing fades. */
async function calm(page) {
  await page.waitForTimeout(300);
  await until(() => page.locator('main[aria-busy="true"], .stale').count(), 0, "nothing is renewed", 60);
  await page.waitForTimeout(600);
}

const plain = (text) => text.replaceAll("`", "").replace(/\s+/g, " ").trim();
const noted = ({ handoff, route, scores }) => handoff?.text && route?.asked?.length > 0 && scores.some(({ contributions }) => contributions?.length > 1);

test("each score is a waterfall whose rows add up to its points", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, after } = find(session, (after) => noted(after) && after.scores.some(({ missing }) => missing?.length));
  const { page, of, ...opened } = await openLead(row);
  const part = of("Classification");
  for (const [place, scored] of after.scores.entries()) {
    const one = part.locator(".score-found").nth(place);
    await one.evaluate((node) => (node.open = true));
    const said = await one.locator(".wf").evaluate((table) => {
      const value = (row) => Number(row.querySelector("data").value);
      const rows = [...table.tBodies[0].rows];
      return { points: rows.map(value), total: value(table.tFoot.rows[0]), words: rows.map((row) => row.innerText) };
    });
    assert.equal(said.total, scored.points);
    assert.equal(said.points.reduce((sum, points) => sum + points, 0), scored.points);
    for (const [index, { reason, rule, points }] of (scored.contributions ?? []).entries()) {
      assert.equal(said.points[index], points);
      assert.ok(plain(said.words[index]).includes(plain(reason ?? rule)), said.words[index]);
    }
    const could = await one.locator(".could-count li").allInnerTexts();
    assert.deepEqual(could.map(plain), (scored.missing ?? []).map(({ text }) => plain(text)));
  }
  await part.locator(".score-found").first().scrollIntoViewIfNeeded();
  await screenshot(page, "note-score");
  await part.locator(".wf .link-button").first().click();
  await until(() => page.evaluate(() => decodeURIComponent(location.hash).includes("at=/scores/")), true, "the rule");
  await opened.close();
});

test("a score that the candidate changes has the baseline pale behind it", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row } = find(session, (after, before) => after.scores.some(({ points }, place) => before.scores[place] && before.scores[place].points !== points));
  const { page, of, ...opened } = await openLead(row);
  await of("Classification").locator(".score-found[open] .wf-was").first().waitFor();
  assert.ok((await of("Classification").locator(".score-found[open] tfoot .before").count()) > 0, "the points before");
  await of("Classification").locator(".score-found[open]").first().scrollIntoViewIfNeeded();
  await screenshot(page, "note-rescored");
  await opened.close();
});

test("the ladder says of each rule what became of it and what it read", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const fates = { decides: "decides", agrees: "holds and agrees", disagrees: "holds and disagrees", unknown: "could not be decided", fails: "did not hold", not_asked: "not asked" };
  const { row, after } = find(session, (after) => noted(after) && new Set(after.route.asked.map(({ fate }) => fate)).size > 2 && after.route.rule);
  const { page, of, ...opened } = await openLead(row);
  const rules = of("Routing").locator(".ladder .line");
  assert.equal(await rules.count(), after.route.asked.length);
  for (const [place, { rule, fate, operands }] of after.route.asked.entries()) {
    const text = plain(await rules.nth(place).innerText());
    assert.ok(text.includes(rule), `${rule} in ${text}`);
    if (fates[fate]) assert.ok(text.includes(fates[fate]), `${fates[fate]} in ${text}`);
    const shown = fate === "not_asked" ? [] : operands;
    for (const { fact, value } of shown) assert.ok(text.includes(plain(`${fact} is ${value}`)), `${fact} is ${value} in ${text}`);
  }
  const heads = (await of("Routing").locator(".rung.decides .rung-head").allInnerTexts()).map(plain);
  assert.equal(heads.length, 1);
  assert.ok(heads[0].toLowerCase().startsWith(after.route.tier.replaceAll("_", " ")), heads[0]);
  // What stands below the deciding rung was not asked.
  const states = (await of("Routing").locator(".rung-head").allInnerTexts()).map(plain);
  const below = states.slice(states.findIndex((state) => state.endsWith("decides")) + 1);
  assert.ok(below.every((state) => state.endsWith("not asked")), states.join("; "));
  await of("Routing").locator(".ladder").first().scrollIntoViewIfNeeded();
  await screenshot(page, "note-ladder");
  await opened.close();
});

test("the pool says whose turn it was and why the others were passed over", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, after } = find(session, (after) => after.route?.pool?.members?.length > 1 && after.route.place.owner);
  const { page, of, ...opened } = await openLead(row);
  const rows = of("Routing").locator(".pool-members").first().locator("tbody tr");
  const { members } = after.route.pool;
  assert.equal(await rows.count(), members.length);
  let taken = 0;
  for (const [place, { weight, turns, skip }] of members.entries()) {
    const cells = (await rows.nth(place).locator("td").allInnerTexts()).map(plain);
    assert.equal(cells[0], String(turns));
    assert.equal(cells[1], String(weight));
    const last = cells.at(-1).toLowerCase();
    if (skip) assert.ok(last.startsWith(skip.replaceAll("_", " ")), `${skip} in ${last}`);
    else taken += Number(last.startsWith("gets it"));
  }
  assert.equal(taken, 1);
  await rows.first().scrollIntoViewIfNeeded();
  await screenshot(page, "note-pool");
  await opened.close();
});

test("the note is read by each reader, copied, and says what it stands on", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, after } = find(session, noted);
  const { page, of, ...opened } = await openLead(row, { permissions: ["clipboard-read", "clipboard-write"] });
  const note = of("Handoff").locator(".note");
  const shown = () => note.locator(".note-text").first().innerText();
  const { written = [], audience, statements, text } = after.handoff;
  const own = written.find((one) => one.audience === audience) ?? { text };
  assert.equal(await shown(), own.text);
  const tabs = note.locator(".segment");
  assert.equal(await tabs.count(), written.length + 1);
  for (const [place, words] of [...written.map((one) => one.text), text].entries()) {
    await tabs.nth(place).focus();
    await page.keyboard.press("Enter");
    await until(shown, words, `the words of tab ${place}`);
    assert.equal(await tabs.nth(place).getAttribute("aria-pressed"), "true");
    await note.getByRole("button", { name: "Copy the note" }).click();
    await until(() => page.evaluate(() => navigator.clipboard.readText()), words, "the clipboard");
  }
  // What is copied is said where screen readers hear it.
  await page.locator('[aria-live], [role="status"]').getByText("Copied the note.").first().waitFor();
  const stands = note.locator(".stands-on");
  await stands.locator("summary").click();
  assert.equal(await stands.locator("tbody tr").count(), statements.length);
  await note.scrollIntoViewIfNeeded();
  await screenshot(page, "note");
  await opened.close();
});

test("where the clipboard is closed, the note is offered as a file", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, after } = find(session, noted);
  const { page, of, ...opened } = await openLead(row);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const note = of("Handoff").locator(".note");
  await note.locator(".segment").last().click();
  const [download] = await Promise.all([page.waitForEvent("download"), note.getByRole("button", { name: "Copy the note" }).click()]);
  const { readFile } = await import("node:fs/promises");
  assert.equal(await readFile(await download.path(), "utf8"), after.handoff.text);
  await page.getByText("one click selects all of it").first().waitFor();
  await opened.close();
});

test("wording, calendars, response times and terms are edited by forms, with the keyboard alone", async () => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/#section=handoff`, { viewport: { width: 1440, height: 900 } });
  const { page } = opened;
  await settled(page);
  await page.getByRole("button", { name: "Add a wording" }).focus();
  await page.keyboard.press("Enter");
  const words = page.getByLabel(/^Words, with placeholders such as \{lead.name\}, \/handoff\/templates\/template/);
  await words.waitFor();
  await words.fill("{lead.nmae}");
  await page.keyboard.press("Tab");
  await page.getByText("1 error", { exact: true }).first().waitFor();
  await words.fill("{lead.name} of {company}");
  await page.keyboard.press("Tab");
  await page.getByText("No errors", { exact: true }).first().waitFor();
  await screenshot(page, "note-editor-handoff");
  await page.getByLabel("Section", { exact: true }).selectOption("routing");
  await page.getByRole("button", { name: "Add a calendar" }).click();
  const hours = page.getByLabel(/^Hours: mon-fri.*\/routing\/calendars\/calendar/);
  await hours.waitFor();
  assert.equal(await hours.inputValue(), "mon, tue, wed, thu, fri: 09:00-17:00");
  await hours.fill("mon-thu: 09:00-12:30, 13:30-18:00\nfri 9-5");
  await page.keyboard.press("Tab");
  await page.getByText("has no colon").waitFor();
  await hours.fill("mon-thu: 09:00-12:30, 13:30-18:00");
  await page.keyboard.press("Tab");
  await until(() => page.getByText("has no colon").count(), 0, "no error");
  await page.getByRole("button", { name: "Add a response time" }).click();
  await page.getByLabel(/^Respond within.*\/routing\/sla\/response-time/).waitFor();
  await calm(page);
  assert.deepEqual(await accessibilityProblems(page), []);
  await screenshot(page, "note-editor-routing");
  await page.getByLabel("Section", { exact: true }).selectOption("facts");
  await page.getByRole("button", { name: "Add a term" }).click();
  await page.getByLabel(/^Words and phrases, \/terms\/rules\/term/).fill("demo\nprice*");
  await page.keyboard.press("Tab");
  await calm(page);
  assert.deepEqual(await accessibilityProblems(page), []);
  await screenshot(page, "note-editor-terms");
  await opened.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 768, 320, 300]) {
    test(`the stages of a lead at ${width} px, ${colorScheme}: nothing overflows and axe finds nothing`, async () => {
      const { session } = await engineOnDemo(stage.panel.origin);
      const { row } = find(session, (after) => noted(after) && after.route.pool?.members?.length > 1);
      const { page, of, ...opened } = await openLead(row, { viewport: { width, height: 900 }, colorScheme });
      await page.locator(".stages details").evaluateAll((all) => all.forEach((node) => (node.open = true)));
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      const over = await page.locator(".why").evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.ok(over <= 0, `${over} px too wide inside`);
      for (const name of ["Classification", "Routing", "Handoff"]) {
        await of(name).first().scrollIntoViewIfNeeded();
        await of(name).first().evaluate((node) => node.scrollIntoView({ block: "start" }));
        await screenshot(page, `note-${name.toLowerCase()}-${width}-${colorScheme}`);
      }
      // What the bars of the page lie over counts as too small.
      await page.evaluate(() => scrollTo(0, 0));
      assert.deepEqual(await accessibilityProblems(page), []);
      await opened.close();
    });
  }
}
