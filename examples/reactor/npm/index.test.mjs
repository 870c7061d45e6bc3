// These environment variables are optional. REACTOR_WASM is the path of the module, if it
// is not beside this file. REACTOR_CASES is a file of JSON Lines; each line holds a
// question with the answer that the same rules gave outside a module. REACTOR_QUESTIONS
// is the number of questions that the memory test asks.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { test } from "node:test";
import { open } from "./index.mjs";

const wasm = process.env.REACTOR_WASM ?? new URL("reactor.wasm", import.meta.url);
const age = { ask: "term.age", given: { born: "2014-05-20", on: "2026-03-31" } };
const term = { ask: "term.of", given: { date: "2026-03-31" } };

test("the first answer", async (t) => {
  const began = performance.now();
  const rules = await open(wasm);
  assert.equal(rules.ask(age).age, 11);
  t.diagnostic(`after ${(performance.now() - began).toFixed(0)} ms`);
});

test("the version names the contract and the policy", async () => {
  const rules = await open(wasm);
  const { contract, revision } = rules.ask(age);
  const { module, ...rest } = rules.version;
  assert.deepEqual(rest, { contract, policy: "lancashire", revision });
  assert.equal(typeof module, "string");
});

test("two questions do not disturb each other", async () => {
  const [one, other] = [await open(wasm), await open(wasm)];
  const first = one.askText(JSON.stringify(age));
  const second = one.ask(term);
  assert.equal(second.term, "SPRING 2026");
  assert.equal(JSON.parse(first).age, 11);
  assert.equal(one.askText(JSON.stringify(age)), first);
  assert.equal(other.askText(JSON.stringify(age)), first, "instances share nothing");
  const many = await Promise.all(Array.from({ length: 50 }, async (_, n) => one.ask(n % 2 ? age : term)));
  many.forEach((answer, n) => assert.deepEqual(answer, n % 2 ? JSON.parse(first) : second));
});

test("bad input is answered, and so is the next question", async () => {
  const rules = await open(wasm);
  const padded = JSON.stringify(age).padEnd(2 ** 21);
  for (const [name, question, member] of [
    ["empty text", "", "question"],
    ["half a question", '{"ask":', "question"],
    ["an unknown question", '{"ask":"term.off","given":{}}', "ask"],
    ["a day that does not exist", '{"ask":"term.of","given":{"date":"2026-02-30"}}', "date"],
    ["a lone surrogate", '{"ask":"delegation.assignment","given":{"comment":"\ud800","formTerm":"SPRING 2026"}}', "comment"],
    ["its escape", '{"ask":"delegation.assignment","given":{"comment":"\\udc00","formTerm":"SPRING 2026"}}', "comment"],
    ["2 MiB", padded, "question"],
    ["a million levels", "[".repeat(1e6), "question"],
  ]) {
    assert.equal(JSON.parse(rules.askText(question)).invalid, member, name);
    assert.equal(rules.ask(age).age, 11, `after ${name}`);
  }
  assert.equal(rules.ask(undefined).invalid, "question");
  assert.equal(rules.ask({ ...term, given: { date: "\ud800" } }).invalid, "date");
  assert.equal(rules.askText(padded.slice(0, 2 ** 20)), rules.askText(JSON.stringify(age)), "1 MiB is not too long");
});

test("memory does not grow", async (t) => {
  const rules = await open(wasm);
  const most = Number(process.env.REACTOR_QUESTIONS ?? 5000);
  const began = performance.now();
  for (let n = 0; n < 1000; n++) rules.ask(n % 2 ? age : term);
  const bytes = rules.bytes;
  for (let n = 1000; n < most; n++) rules.ask(n % 2 ? age : term);
  const each = ((performance.now() - began) * 1000) / most;
  const texts = [age, term].map((question) => [question, rules.ask(question)]);
  const floor = performance.now();
  for (let n = 0; n < most; n++) for (const one of texts[n % 2]) JSON.parse(JSON.stringify(one));
  const least = ((performance.now() - floor) * 1000) / most;
  t.diagnostic(`${most} questions, ${each.toFixed(0)} µs each, of which writing and reading the JSON takes ${least.toFixed(0)} µs; ${bytes} bytes after 1000 questions and ${rules.bytes} at the end`);
  assert.ok(rules.bytes - bytes < 2 ** 20, "memory may grow by a page or two; the answers alone are more than 2 MiB");
});

test("the module comes from bytes or from the web", async () => {
  const bytes = await readFile(wasm);
  assert.equal((await open(bytes)).ask(age).age, 11);
  const server = createServer((request, response) => response.writeHead(request.url === "/there" ? 200 : 404).end(bytes));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const web = `http://127.0.0.1:${server.address().port}`;
  try {
    assert.equal((await open(`${web}/there`)).ask(age).age, 11);
    await assert.rejects(open(`${web}/elsewhere`), /cannot be loaded: 404/);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("the answers are the same as outside a module", { skip: !process.env.REACTOR_CASES }, async (t) => {
  const rules = await open(wasm);
  const lines = (await readFile(process.env.REACTOR_CASES, "utf8")).trim().split("\n");
  for (const line of lines) {
    const { question, answer } = JSON.parse(line);
    assert.deepEqual(rules.ask(question), answer);
  }
  t.diagnostic(`${lines.length} questions`);
});
