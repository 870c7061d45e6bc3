/** A question of the contract. `policycheck ask -schema` prints the JSON Schema of all of them. */
export interface Question {
  /** What is asked, such as "term.age". */
  ask: string;
  /** What the question is about, such as `{born: "2014-05-20", on: "2026-03-31"}`. */
  given: Record<string, unknown>;
  /** An overlay on the policy for this question alone. */
  overrides?: Record<string, unknown>;
  /** What the answer repeats, so that the two can be matched. */
  id?: string | number;
  /** The policy that answers, by name or as name@revision; the module's own if absent. */
  policy?: string;
  [member: string]: unknown;
}

/** An answer has more members than these, which depend on the question. */
export interface Answer {
  /** The number of the contract. */
  contract: number;
  /** The rules that decided. */
  rules: string[];
  /** The code of the reason. */
  reason: string;
  /** The reason as a sentence. */
  message: string;
  /** The rule that refuses; absent where none does. */
  refused?: string;
  /** The member because of which this cannot be a question; absent where it can. */
  invalid?: string;
  [member: string]: unknown;
}

/** What answers. */
export interface Version {
  /** The number of the contract of questions and answers. */
  readonly contract: number;
  /** The name of the policy. */
  readonly policy: string;
  /** The revision of the policy. */
  readonly revision: number;
  /** The version of the Go module; "(devel)" where it was built from a working copy. */
  readonly module: string;
}

/** An instance of the rules. Instances share nothing. */
export interface Rules {
  /** Answers a question. A refusal and a question that cannot be one are answers too. */
  ask(question: Question): Answer;
  /** Answers a question that is written as JSON by an answer that is. It never throws. */
  askText(question: string): string;
  readonly version: Version;
  /** How much memory the instance has, in bytes. */
  readonly bytes: number;
}

/**
 * Starts an instance of the module.
 * @param source the module's bytes, or where they are: a path or file URL in Node,
 * a URL elsewhere. The default is reactor.wasm beside this file.
 */
export function open(source?: string | URL | BufferSource): Promise<Rules>;
