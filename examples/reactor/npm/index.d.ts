/** A question of the contract. `policycheck ask -schema` prints the JSON Schema of all of them. */
export interface Question {
  /** The name of the question, such as "term.age". */
  ask: string;
  /** What the question is about, such as `{born: "2014-05-20", on: "2026-03-31"}`. */
  given: Record<string, unknown>;
  /** An overlay on the policy, for this question only. */
  overrides?: Record<string, unknown>;
  /** An id that the answer repeats, so that you can match the two. */
  id?: string | number;
  /** The policy that answers, as name or name@revision. The default is the module's own. */
  policy?: string;
  [member: string]: unknown;
}

/** An answer. Which further members it has depends on the question. */
export interface Answer {
  /** The number of the contract. */
  contract: number;
  /** The ids of the rules that decided. */
  rules: string[];
  /** The code of the reason. */
  reason: string;
  /** The reason as a sentence. */
  message: string;
  /** The id of the rule that refuses; absent if no rule does. */
  refused?: string;
  /** The member that makes the question invalid; absent if the question is valid. */
  invalid?: string;
  [member: string]: unknown;
}

/** The contract, policy and module that answer. */
export interface Version {
  /** The number of the contract of questions and answers. */
  readonly contract: number;
  /** The name of the policy. */
  readonly policy: string;
  /** The revision of the policy. */
  readonly revision: number;
  /** The version of the Go module; "(devel)" if it was built from a working copy. */
  readonly module: string;
}

/** An instance of the rules. Instances share nothing. */
export interface Rules {
  /** Answers a question. A refusal and an invalid question get an answer too. */
  ask(question: Question): Answer;
  /** Answers a question written as JSON with an answer written as JSON. It never throws. */
  askText(question: string): string;
  readonly version: Version;
  /** The size of the instance's memory, in bytes. */
  readonly bytes: number;
}

/**
 * Starts an instance of the module.
 * @param source the module's bytes, or where to load them from: an http(s) URL or,
 * in Node, a path or a file URL. The default is reactor.wasm beside this file.
 */
export function open(source?: string | URL | BufferSource): Promise<Rules>;
