// The engine in a worker: the page asks, nothing here blocks it.
// Message in: {id, verb, arguments}. Message out: {id, result} or {id, error}. `verb` is a function of engine.js.
import init, * as engine from "./engine.js";

const ready = init();

self.onmessage = async ({ data: { id, verb, arguments: given = [] } }) => {
  try {
    await ready;
    if (typeof engine[verb] !== "function") {
      throw new Error(`the engine has no \`${verb}\``);
    }
    self.postMessage({ id, result: engine[verb](...given) });
  } catch (error) {
    self.postMessage({ id, error: String(error.message ?? error) });
  }
};
