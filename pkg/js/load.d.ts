/// <reference lib="esnext.disposable" />
// The engine without its module: call the default export with it first.
export * from "./engine.js";
export { default } from "./engine.js";
