// What every browser test needs: the built command serving the panel, a Chromium, and pages that tell what went wrong.
//
// Environment: INTERLOCK (the command), CHROMIUM (the browser). `cargo xtask test browser` sets both.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = new URL("../../", import.meta.url);
const out = fileURLToPath(new URL("tests/out/", root));

function program() {
  const named = process.env.INTERLOCK ?? fileURLToPath(new URL("target/release/interlock", root));
  assert.ok(existsSync(named), `there is no \`${named}\`; run \`cargo xtask build\``);
  return named;
}

function browserProgram() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  assert.ok(found, "no Chromium; name one in the environment variable CHROMIUM");
  return found;
}

/** Starts `interlock serve` on a free port. `options` are further arguments. Gives {origin, stop}. */
export async function startPanel(...options) {
  const server = spawn(program(), ["serve", "--port", "0", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  // Not inherited: a server that outlives its test must not hold the pipes of the whole run open.
  server.stderr.on("data", (text) => process.stderr.write(text));
  const stop = () => server.kill();
  process.once("exit", stop);
  const ended = once(server, "exit").then(([code]) => {
    throw new Error(`interlock serve ended with exit code ${code}`);
  });
  ended.catch(() => {});
  const lines = createInterface({ input: server.stdout });
  const address = (async () => {
    for await (const line of lines) {
      const found = /http:\/\/[^\s/]+/.exec(line);
      if (found) return found[0];
    }
    throw new Error("interlock serve told no address");
  })();
  const origin = await Promise.race([address, ended]);
  return {
    origin,
    async stop() {
      process.off("exit", stop);
      stop();
      await once(server, "exit");
    },
  };
}

// The test runner ends a file that takes too long with SIGTERM; what it started ends with it.
process.once("SIGTERM", () => process.exit(143));

/** A page of another site, to frame the panel in: `pages` maps paths to HTML. Gives {origin, stop}. */
export async function startHost(pages, headers = {}) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, "http://host").pathname];
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(page ?? "no such page");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    // Not 127.0.0.1, where the panel is: a site is told by its host name, whatever the port.
    origin: `http://localhost:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A panel and a browser for all tests of a file: {panel, browser}, there once its tests run. */
export function panelAndBrowser() {
  const stage = {};
  before(async () => {
    stage.browser = await launch();
    stage.panel = await startPanel();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.panel?.stop();
  });
  return stage;
}

/** Starts Chromium with an empty profile and nothing to call home with. */
export function launch() {
  return chromium.launch({
    executablePath: browserProgram(),
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // No name but this machine's can be looked up: a foreign request fails, besides being recorded.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
}

/**
 * Opens a page in a profile of its own. Gives {page, problems, close}. `problems` fills while the page lives, and `close`
 * fails if there are any: console errors, policy violations, foreign or failed requests. A test of such problems sets
 * `troubled`. `origins` are those that may be asked; further options are Playwright's, such as {viewport, colorScheme}.
 */
export async function openPage(browser, url, { origins = [new URL(url).origin], troubled = false, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = { console: [], policy: [], foreign: [], failed: [] };

  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.console.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => problems.console.push(`uncaught: ${error.stack ?? error}`));
  page.on("crash", () => problems.console.push("the page crashed"));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && !origins.includes(origin)) problems.foreign.push(request.url());
  });
  context.on("response", (response) => {
    if (response.status() >= 400) problems.failed.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    problems.failed.push(`${request.failure()?.errorText} ${request.url()}`);
  });
  await context.exposeBinding("reportPolicyViolation", (_, text) => problems.policy.push(text));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.reportPolicyViolation(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });

  await page.goto(url);
  const close = async () => {
    if (!troubled) await assertNoProblems(page, problems);
    await context.close();
  };
  return { page, problems, close };
}

async function assertNoProblems(page, problems) {
  // Violations are reported in a later task than the one that was stopped.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  assert.deepEqual(problems, { console: [], policy: [], foreign: [], failed: [] });
}

/** Leaves a picture in tests/out/. */
export async function screenshot(page, name) {
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: `${out}${name}.png` });
}

/** What axe finds wrong on the page, one line each. `target-size` is off in axe unless asked for. */
export async function accessibilityProblems(page) {
  const axe = fileURLToPath(new URL("tests/node_modules/axe-core/axe.min.js", root));
  // The page's policy forbids foreign scripts; the debugger's own evaluation is not the page's.
  const { readFile } = await import("node:fs/promises");
  await page.evaluate(await readFile(axe, "utf8"));
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { rules: { "target-size": { enabled: true } } }),
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}
