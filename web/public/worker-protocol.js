// How a worker answers its page.
// In: {id, verb, args}. Out: {id, ok} with JSON text, {id, error} with JSON text of {message, help, …}, or {id, died}
// when the engine trapped and this worker must be replaced.
export function serve(ready) {
  self.onmessage = async ({ data: { id, verb, args = [] } }) => {
    try {
      const session = await ready;
      if (typeof session[verb] !== "function") {
        throw new Error(`the engine has no \`${verb}\``);
      }
      const answer = session[verb](...args);
      self.postMessage({ id, ok: typeof answer === "string" ? answer : JSON.stringify(answer ?? null) });
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        self.postMessage({ id, died: String(error.message) });
      } else {
        self.postMessage({ id, error: described(error) });
      }
    }
  };
}

// What was thrown, as JSON text: the engine throws it as text already, or as an object with these members.
function described(error) {
  if (typeof error === "string") {
    return error.startsWith("{") ? error : JSON.stringify({ message: error });
  }
  const { message = String(error), help, file, line, column } = error ?? {};
  return JSON.stringify({ message, help, file, line, column });
}
