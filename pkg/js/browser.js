// The engine for browsers and bundlers: fetched from the file beside this one, ready when the import is.
import init from "./load.js";

await init();

export * from "./engine.js";
