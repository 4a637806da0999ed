// The engine for Node: loaded from the file beside this one, ready when the import is.
import { readFileSync } from "node:fs";
import { initSync } from "./load.js";

initSync({ module: readFileSync(new URL("./engine_bg.wasm", import.meta.url)) });

export * from "./engine.js";
