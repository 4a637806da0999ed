// What reads audit logs and keeps the state between decisions, for browsers and bundlers: ready when the import is.
import init, { install_tables } from "./audit.js";
import tables from "./tables.js";

await init();
install_tables(tables);

export * from "./audit.js";
