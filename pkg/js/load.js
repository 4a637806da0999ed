// The engine without its module: call the default export (or `initSync`) with it first. The word lists come along.
import init, { initSync as start, install_tables } from "./engine.js";
import tables from "./tables.js";

export * from "./engine.js";

export function initSync(module) {
  const engine = start(module);
  install_tables(tables);
  return engine;
}

export default async function load(module) {
  const engine = await init(module);
  install_tables(tables);
  return engine;
}
