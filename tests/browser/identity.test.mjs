// Who is who: a lead's waterfall adds up, duplicates are those the engine finds, a merge plan can be undone, and a
// threshold is previewed like any rule.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { engineOnDemo, number, settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

const open = async (hash = "", options = {}) => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/${hash}`, { viewport: { width: 1440, height: 900 }, ...options });
  await opened.page.locator("#follows-title").waitFor();
  return opened;
};

/** The first lead whose matches `wanted` accepts: {row, matches}. */
function find(session, wanted) {
  const { rows } = JSON.parse(session.moves(JSON.stringify({ unchanged_too: true, limit: 2000 })));
  for (const row of rows) {
    const { matches = [] } = JSON.parse(session.lead(row.index));
    if (wanted(matches)) return { row, matches };
  }
  return assert.fail("the demo has no such lead");
}

const plain = (text) => text.replace(/\s+/g, " ").trim();
const weighed = (match) => match.after.candidates.filter(({ waterfall }) => waterfall);
const bits = (weight) => {
  const tenths = Math.floor((Math.abs(weight) + 50) / 100);
  return `${tenths === 0 ? "" : weight < 0 ? "−" : "+"}${Math.floor(tenths / 10)}.${tenths % 10}`;
};

/** A lead with its stage of identity open. */
async function openLead(row, options) {
  const opened = await open(`#lead=${row.lead}`, options);
  const { page } = opened;
  const part = page.locator(".stage", { has: page.locator(".stage-name", { hasText: "Identity" }) });
  await part.locator("summary").first().waitFor();
  await part.locator("details").first().evaluate((node) => (node.open = true));
  return { ...opened, part };
}

/** What a table says: the exact weights of its rows, its total, and the words of each row. */
const table = (found) =>
  found.evaluate((table) => {
    const value = (row) => Number(row.querySelector("data").value);
    const rows = [...table.tBodies[0].rows];
    return { weights: rows.map(value), total: value(table.tFoot.rows[0]), words: rows.map((row) => row.innerText) };
  });

async function groups(page) {
  await page.locator(".group-item, .dup .empty-state").first().waitFor();
  await until(() => page.locator(".dup.asking").count(), 0, "the answer", 60);
}

/** Waits until nothing is being renewed and nothing fades. */
async function calm(page) {
  await page.waitForTimeout(300);
  await until(() => page.locator('main[aria-busy="true"], .stale, .dup.asking').count(), 0, "nothing is renewed", 60);
  await page.waitForTimeout(600);
}

const figure = async (page, name) => {
  const found = page.locator(".dup-figure", { has: page.locator("dt", { hasText: new RegExp(`^${name}$`) }) });
  return number((await found.locator("dd").innerText()).split("→").at(-1));
};

test("a lead's waterfall adds up to its total and says what agrees", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, matches } = find(session, ([person]) => weighed(person).length > 0 && person.after.outcome === "probable");
  const { page, part, ...opened } = await openLead(row);
  const [person] = matches;
  const [candidate] = weighed(person);
  const said = await table(part.locator(".wf").first());
  assert.equal(said.weights.reduce((sum, weight) => sum + weight, 0), said.total);
  assert.equal(said.total, candidate.waterfall.total);
  const steps = candidate.waterfall.steps.filter(({ is, weight }) => is !== "missing" || weight !== 0);
  assert.equal(said.weights.length, 1 + steps.length + (candidate.waterfall.exchanged === undefined ? 0 : 1));
  for (const [place, step] of steps.entries()) {
    const words = said.words[place + 1];
    assert.ok(words.includes(bits(step.weight)), `${bits(step.weight)} in ${words}`);
    if (step.rarity !== undefined) assert.ok(words.includes(`value ${bits(step.rarity)}`), words);
    assert.ok(words.toLowerCase().includes(step.theirs.toLowerCase()), `${step.theirs} in ${words}`);
  }
  // Bars go where the sums go: one that weighs nothing less than nothing ends left of where it begins.
  const bars = await part.locator(".wf").first().locator("tbody .wf-bar").evaluateAll((all) => all.map((bar) => bar.className));
  assert.deepEqual(bars.map((name) => name.includes("less")), said.weights.map((weight) => weight < 0));
  const text = await part.locator(".found").first().innerText();
  assert.match(text, /Probable/);
  for (const { name, id } of person.after.candidates) for (const word of [name, id]) assert.ok(text.includes(word), `${word} in ${text}`);
  assert.match(text, /chosen/);
  assert.match(text, /for review from [+−]?\d+\.\d bits \(50 %\)/);
  await page.locator(".found").first().scrollIntoViewIfNeeded();
  await screenshot(page, "identity-lead");
  await opened.close();
});

test("several candidates stand beside the lead, and what differs is marked in words", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, matches } = find(session, (matches) => matches.some((match) => weighed(match).length > 1));
  const match = matches.findIndex((match) => weighed(match).length > 1);
  const { page, part, ...opened } = await openLead(row);
  const beside = part.locator(".found").nth(match).locator(".beside-table");
  await beside.waitFor();
  const shown = weighed(matches[match]).slice(0, 3);
  const heads = await beside.locator("thead th").allTextContents();
  assert.equal(heads.length, 2 + shown.length);
  for (const [place, { name, id }] of shown.entries()) assert.ok(heads[place + 2].includes(name) && heads[place + 2].includes(id));
  const differs = shown.flatMap(({ waterfall }) => waterfall.steps.filter(({ is }) => is === "otherwise")).length;
  assert.equal(await beside.locator(".cell-mark.differs", { hasText: "differs" }).count(), differs);
  await screenshot(page, "identity-beside");
  await opened.close();
});

test("the page of duplicates lists the groups that the engine finds, people and companies", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { page, ...opened } = await open("#duplicates=people");
  for (const of of ["people", "companies"]) {
    const found = JSON.parse(session.duplicates(of, "candidate"));
    assert.ok(found.groups.length > 0, of);
    await page.getByRole("group", { name: "Duplicates of" }).getByRole("button", { name: of }).click();
    await until(() => page.getByRole("group", { name: "Duplicates of" }).getByRole("button", { name: of }).getAttribute("aria-pressed"), "true", of);
    await until(async () => (await page.locator(".dup-figure").count()) && figure(page, "Records"), found.records, `records of ${of}`, 60);
    assert.equal(await figure(page, "Groups"), found.found);
    assert.equal(await figure(page, "Surplus records"), found.surplus);
    const automatic = found.groups.filter(({ automatic }) => automatic).length;
    assert.equal(await figure(page, "Flagged automatically"), automatic);
    assert.equal(await figure(page, "For review"), found.found - automatic);
    const titles = [];
    const pages = page.getByRole("navigation", { name: "Pages of groups" });
    while (titles.length < found.groups.length) {
      titles.push(...(await page.locator(".group-title").allInnerTexts()));
      if (titles.length >= found.groups.length) break;
      await pages.getByRole("button", { name: "Next" }).click();
      await pages.getByText(new RegExp(`^${titles.length + 1}–`)).waitFor();
    }
    assert.equal(titles.length, found.groups.length, of);
    for (const [place, group] of found.groups.entries()) {
      assert.ok(titles[place].startsWith(group.members[0].name || group.members[0].id), `${titles[place]} of ${JSON.stringify(group.members)}`);
    }
    await page.locator(".dup-blocking summary").click();
    const rules = await page.locator(".dup-blocking tbody tr").evaluateAll((all) => all.map((row) => [row.querySelector("code").innerText, row.cells[3].innerText.replaceAll(",", "")]));
    assert.deepEqual(rules, found.blocking.map(({ rule, pairs }) => [rule, String(pairs)]));
    await screenshot(page, `duplicates-${of}`);
  }
  await opened.close();
});

test("a group shows its master and why, the evidence, and what a merge would keep and replace", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { groups: all } = JSON.parse(session.duplicates("people", "candidate"));
  const group = all.find(({ merge, evidence }) => merge.some(({ conflict }) => conflict) && evidence.length > 0);
  const { page, ...opened } = await open("#duplicates=people");
  await groups(page);
  await page.getByRole("searchbox", { name: /Search the groups/ }).fill(group.members[0].id);
  const item = page.locator(".group-item", { hasText: group.members[0].name }).first();
  await item.locator("summary").first().click();
  const members = item.locator(".group-member");
  await until(() => members.count(), group.members.length, "its records");
  const texts = await members.allInnerTexts();
  for (const [place, { id }] of group.members.entries()) assert.ok(texts[place].includes(id), texts[place]);
  assert.match(texts[0], group.master_by ? /master record, chosen by: \w+/ : /master record; nothing tells them apart/);
  assert.match(texts[1], /merged into it/);

  const pair = item.locator(".found-one").first();
  await pair.locator("summary").click();
  await pair.locator(".wf").waitFor();
  const said = await table(pair.locator(".wf"));
  assert.equal(said.total, group.evidence[0].waterfall.total);
  assert.equal(said.weights.reduce((sum, weight) => sum + weight, 0), said.total);

  for (const field of group.merge.filter(({ conflict }) => conflict)) {
    const row = item.locator(".merge tbody tr", { has: page.locator("th code", { hasText: new RegExp(`^${field.field}$`) }) });
    const text = plain(await row.innerText());
    assert.match(text, /conflict/);
    assert.ok(text.includes(plain(field.value)), text);
    for (const now of field.now.filter((now) => now !== field.value && now)) assert.ok(text.includes(plain(now)), `${now} in ${text}`);
  }
  await item.getByRole("button", { name: /fields? in which all agree/ }).click();
  assert.equal(await item.locator(".merge tbody tr").count(), group.merge.length);
  await item.scrollIntoViewIfNeeded();
  await screenshot(page, "duplicates-group");
  await opened.close();
});

test("the merge plan says what every record holds now, as JSON and as CSV", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const found = JSON.parse(session.duplicates("people", "candidate"));
  const { page, ...opened } = await open("#duplicates=people");
  await groups(page);
  const download = async (name) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("group", { name: "Merge plan" }).getByRole("button", { name }).click();
    const file = await coming;
    return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
  };
  const [jsonName, text] = await download("JSON");
  assert.equal(jsonName, "merge-plan-people.json");
  const plan = JSON.parse(text);
  assert.equal(plan.groups.length, found.groups.length);
  for (const [place, group] of found.groups.entries()) {
    const written = plan.groups[place];
    assert.deepEqual([written.master.id, ...written.merged.map(({ id }) => id)], group.members.map(({ id }) => id));
    for (const [at, field] of group.merge.entries()) {
      assert.equal(written.fields[at].survives, field.value);
      const previous = Object.fromEntries(group.members.map(({ id }, member) => [id, field.now[member] || null]));
      assert.deepEqual(written.fields[at].previous, previous);
    }
  }
  const [csvName, csv] = await download("CSV");
  assert.equal(csvName, "merge-plan-people.csv");
  const [head, ...rows] = csv.trimEnd().split("\r\n");
  assert.equal(head, "group,flagged,object,master_id,record_id,role,field,previous,survives,survives_from");
  const ids = rows.filter((row) => row.includes(",id,")).length;
  assert.equal(ids, found.groups.reduce((sum, { members }) => sum + members.length, 0));
  const conflict = found.groups[0].merge.find(({ now }) => now.every((value) => value && !/[",\n]/.test(value)));
  const { members: [master, other] } = found.groups[0];
  const flagged = found.groups[0].automatic ? "automatic" : "review";
  const row = `1,${flagged},${other.object},${master.id},${other.id},merged,${conflict.field},${conflict.now[1]},${conflict.value},${found.groups[0].members[conflict.from].id}`;
  assert.ok(rows.includes(row), row);
  await page.locator(".said", { hasText: "Download of merge-plan-people.csv" }).waitFor();
  await opened.close();
});

test("a threshold is edited with a slider and a weight in bits, and both are previewed", async () => {
  const { page, ...opened } = await open("#section=identity&duplicates=people");
  await groups(page);
  const before = await figure(page, "Groups");
  const edit = (candidate) => (candidate.identity.people.probable_at = 600);
  const { session, summary } = await engineOnDemo(stage.panel.origin, edit);
  const found = JSON.parse(session.duplicates("people", "candidate"));
  assert.notEqual(found.found, before, "the threshold matters");
  const field = page.getByLabel(/^Probable from, \/identity\/people\/probable_at, in percent/);
  await field.fill("60");
  await field.press("Enter");
  await until(() => figure(page, "Groups"), found.found, "groups under the new threshold", 60);
  await page.getByRole("group", { name: "What follows for" }).getByRole("button", { name: "Leads" }).click();
  await settled(page);
  const headline = await page.locator(".headline").innerText();
  assert.equal(number(headline.split(" of ")[0]), summary.counts.changed, headline);

  await page.locator(".comparisons .item-toggle", { hasText: "Surname" }).first().click();
  const same = page.getByLabel("Same, more if rare, in bits, /identity/people/comparisons/1/levels/0/weight");
  const stood = await same.inputValue();
  assert.ok(Number(stood) > 4.5, stood);
  await same.fill("4.5");
  await same.press("Enter");
  await page.locator(".was", { hasText: `was ${stood} bits` }).waitFor();
  await calm(page);
  await page.locator("#leads-grid .grid-row").first().waitFor();
  await screenshot(page, "identity-editor");
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.getByRole("button", { name: "Undo" }).click();
  await until(() => same.inputValue(), stood, "undone");
  await opened.close();
});

test("the order of the master record is edited by buttons and undone", async () => {
  const { page, ...opened } = await open("#section=identity");
  await settled(page);
  const list = page.locator(".order", { hasText: "Which duplicate is the master record" });
  await list.getByRole("combobox").selectOption("oldest");
  await list.getByRole("combobox").selectOption("customer");
  await until(() => list.locator(".order-name").allInnerTexts(), ["Created first", "It is a customer"], "both");
  await list.getByRole("button", { name: "Up: It is a customer" }).click();
  await until(() => list.locator(".order-name").allInnerTexts(), ["It is a customer", "Created first"], "the order");
  await list.getByRole("button", { name: "Remove: It is a customer" }).click();
  await until(() => list.locator(".order-name").allInnerTexts(), ["Created first"], "removed");
  await opened.close();
});

test("without a match model the page says so and adds the shipped ones", async () => {
  const models = JSON.parse(readFileSync(new URL("../../contracts/identity.json", import.meta.url), "utf8"));
  const { session, candidate } = await engineOnDemo(stage.panel.origin, ({ identity }) => Object.assign(identity, models));
  const shipped = JSON.parse(session.duplicates("people", "candidate")).found;
  const { page, ...opened } = await open("#duplicates=people");
  await groups(page);
  delete candidate.identity.people;
  delete candidate.identity.companies;
  await page.getByRole("button", { name: "Load data" }).first().click();
  const buffer = Buffer.from(JSON.stringify(candidate));
  await page.locator('input[type="file"]').setInputFiles({ name: "bare.json", mimeType: "application/json", buffer });
  await page.getByRole("button", { name: "The candidate", exact: true }).click();
  await page.getByRole("button", { name: "Done" }).click();
  const add = page.locator(".dup").getByRole("button", { name: "Add the shipped models" });
  await add.waitFor();
  await calm(page);
  await screenshot(page, "duplicates-no-model");
  assert.deepEqual(await accessibilityProblems(page), []);
  await add.click();
  await groups(page);
  await until(() => figure(page, "Groups"), shipped, "groups of the shipped model", 60);
  await opened.close();
});

test("without accounts the page of companies asks for them", async () => {
  const { page, ...opened } = await open("#duplicates=people");
  await groups(page);
  await page.getByRole("button", { name: "Load data" }).first().click();
  await page.getByRole("button", { name: /Remove accounts\.csv/ }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Companies", exact: true }).click();
  await page.getByText("No companies to compare").waitFor({ timeout: 60_000 });
  await page.locator(".dup").getByRole("button", { name: "Load data" }).waitFor();
  await opened.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 768, 320]) {
    test(`identity at ${width} px, ${colorScheme}: nothing overflows and axe finds nothing`, async () => {
      const { session } = await engineOnDemo(stage.panel.origin);
      const { row } = find(session, (matches) => matches.some((match) => weighed(match).length > 1));
      const wide = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      const lead = await openLead(row, { viewport: { width, height: 900 }, colorScheme });
      await lead.part.locator("details").evaluateAll((all) => all.forEach((node) => (node.open = true)));
      assert.ok((await wide(lead.page)) <= 0, "the lead");
      assert.ok((await lead.page.locator(".why").evaluate((node) => node.scrollWidth - node.clientWidth)) <= 0);
      assert.deepEqual(await accessibilityProblems(lead.page), []);
      await lead.part.locator(".found").first().scrollIntoViewIfNeeded();
      await screenshot(lead.page, `identity-lead-${width}-${colorScheme}`);
      await lead.close();

      const { page, ...opened } = await open("#duplicates=people", { viewport: { width, height: 900 }, colorScheme });
      await groups(page);
      await page.locator(".group-item summary").first().click();
      await page.locator(".group-item .found-one summary").first().click();
      await page.locator(".group-item .wf").first().waitFor();
      assert.ok((await wide(page)) <= 0, "the duplicates");
      assert.ok((await page.locator(".follows").evaluate((node) => node.scrollWidth - node.clientWidth)) <= 0);
      assert.deepEqual(await accessibilityProblems(page), []);
      await page.locator(".group-item").first().scrollIntoViewIfNeeded();
      await screenshot(page, `duplicates-${width}-${colorScheme}`);
      await opened.close();
    });
  }
}
