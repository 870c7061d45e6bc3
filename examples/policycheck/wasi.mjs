// Runs policycheck.wasm in Node, as any host of WASI preview 1 can. The arguments
// are the command line, standard input and output are Node's, and the module can read
// the files below the current folder.
//
//	node wasi.mjs policycheck.wasm run corpus/term.json
//	echo '{"ask":"term.of","given":{"date":"2026-03-31"}}' | node wasi.mjs policycheck.wasm ask
import { readFile } from "node:fs/promises";
import process from "node:process";
import { WASI } from "node:wasi";

const [, , file, ...args] = process.argv;
const wasi = new WASI({
  version: "preview1",
  args: ["policycheck", ...args],
  preopens: { "/": process.cwd() },
  returnOnExit: false, // the program ends Node itself, because returning made Node 20 crash
});
const { instance } = await WebAssembly.instantiate(await readFile(file), wasi.getImportObject());
wasi.start(instance);
