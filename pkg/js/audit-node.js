// What reads audit logs and keeps the state between decisions, for Node: ready when the import is.
import { readFileSync } from "node:fs";
import { initSync, install_tables } from "./audit.js";
import tables from "./tables.js";

initSync({ module: readFileSync(new URL("./audit_bg.wasm", import.meta.url)) });
install_tables(tables);

export * from "./audit.js";
