// Starts a plan, keeps its state in a file, asks which actions are allowed, and takes some.
//
//	node client.mjs POLICYCHECK STATE_FILE
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , command, file] = process.argv;
const program = spawn(command, ["ask"], { stdio: ["pipe", "pipe", "inherit"] });
const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
const facts = { child: { born: "2014-05-20", consentToShare: true, lookedAfter: [{ from: "2026-01-05" }] } };

async function ask(question, given) {
  program.stdin.write(JSON.stringify({ ask: question, given: { facts, ...given } }) + "\n");
  const answer = JSON.parse((await lines.next()).value);
  if (answer.refused || answer.invalid) throw new Error(answer.message);
  return answer;
}

async function look(by) {
  const seen = await ask("plan.look", { plan: JSON.parse(readFileSync(file)), at: "2026-01-14T09:30:00Z", by });
  const may = Object.keys(seen.actions).filter((verb) => seen.actions[verb].allowed);
  console.log(`${by} may: ${may.sort().join(", ")}`);
  return seen;
}

async function step(plan, by, verb, given) {
  const taken = await ask("plan.step", { plan, step: { at: "2026-01-14T09:30:00Z", by, do: verb, with: given } });
  writeFileSync(file, JSON.stringify(taken.plan));
  console.log(`${verb}: the plan is ${taken.stage}, due ${taken.final.due ?? "-"}`);
  return taken.plan;
}

let state = await step(null, "social_worker", "start_initial", { meeting: "2026-01-28" });
const { blank } = await look("social_worker");
for (const section of ["1", "2"]) {
  const answers = Object.fromEntries(blank[section].map((question) => [question, "Answered"]));
  state = await step(state, "social_worker", "answer", { section: Number(section), answers });
}
await step(state, "social_worker", "delegate", { sections: "all" });
await look("designated_teacher");
program.stdin.end();
