/// <reference lib="esnext.disposable" />
// What `@interlock/engine/audit` exports, and what its JSON texts hold.
import type { ActionKind, Because, Entry, RecordRef, Target } from "./types.js";

export * from "./audit.js";

/** A response time that was not kept: what `Host.breaches` lists. */
export interface Breach {
  /** The record, `lead/123`. */
  record: string;
  /** Who has it. */
  owner: string;
  /** The rule of the contract's `sla`. */
  rule: string;
  /** What was not done. */
  of: "acceptance" | "response";
  /** When it should have been. */
  due: string;
  /** Who gets it now. */
  to?: Target;
}

/** What happened between decisions: `host.after(state, JSON.stringify([{ what: "accepted", record }]))`. */
export type Happened =
  | { what: "accepted" | "responded"; record: RecordRef }
  | { what: "paused" | "resumed"; record: RecordRef; at: string }
  | { what: "closed"; owner: string }
  | { what: "given_back"; pool: string; owner: string; at: string; names?: string[] }
  | { what: "settled"; record: RecordRef; action: ActionKind; field?: string }
  | { what: "refused"; record: RecordRef; action: ActionKind; field?: string; value: string; because: Because }
  | { what: "answered"; asked: Entry; answer: Entry }
  | { what: "touched"; who: string; at: string };
